import type { Estimate, Line } from '../../deployment/cost/estimate.ts';
import { DAYS, type RuleEvaluations } from '../../deployment/cost/evaluations.ts';
import type { Prices } from '../../deployment/cost/prices.ts';
import type { Range } from '../../deployment/cost/range.ts';
import { count, range } from '../../deployment/cost/words.ts';
import { plural } from '../report/lines.ts';

/** `1,234.50`; below ten cents with two digits that count, for much is paid by the millionth. */
const money = (value: number): string => value === 0 ? '0' : value < 0.1 ? String(Number(value.toPrecision(2))) : value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
export const rangeOf = ({ low, high }: Range): string => money(low) === money(high) ? money(low) : `${money(low)} to ${money(high)}`;
/** More accounts than these are in the JSON only. */
const SHOWN_ACCOUNTS = 5;

/** What was estimated as lines for people: each sum with how it comes about, and what is not known. */
export function costText(found: Estimate, prices: Prices): string {
  const { currency, accounts, places, lines, monthly, once, recording, byAccount } = found;
  const line = ({ what, arithmetic, cost }: Line): string => `  ${what}: ${rangeOf(cost)} ${currency}\n    ${arithmetic}\n`;
  return [
    `Each month ${rangeOf(monthly)} ${currency} for ${plural(accounts, 'account')}, ${rangeOf({ low: monthly.low / accounts, high: monthly.high / accounts })} for each; an account in two Regions is paid for twice, and these are ${count(places)} together.\n`,
    evaluationsText(found, prices),
    `Each month\n${lines.map(line).join('')}`,
    ...byAccount.length < 2 ? [] : [`By account${byAccount.length > SHOWN_ACCOUNTS ? `, the ${SHOWN_ACCOUNTS} dearest of ${byAccount.length}` : ''}\n${byAccount.slice(0, SHOWN_ACCOUNTS).map((one) => `  ${one.account}: ${rangeOf(one.monthly)} ${currency}\n`).join('')}`],
    `Once, after the deployment\n${once.map(line).join('')}`,
    `Not by the pack\n${line(recording)}    AWS Config takes this for recording them, whether the pack stands or not; recording daily has other prices.\n`,
    `Assumed\n${Object.values(prices.assumptions).map(({ about, low, high }) => `  ${about}: ${low === high ? low : `${low} to ${high}`}\n`).join('')}`,
    pricesText(prices),
  ].join('\n');
}

/** How often each rule evaluates: the greatest of the costs, and the one to lower first. */
function evaluationsText({ rules, anew }: Estimate, { assumptions: { changesPerResource } }: Prices): string {
  const one = ({ rule, trigger, resources, asUsual, anew: again, monthly }: RuleEvaluations): string =>
    `  ${rule}: ${plural(resources, 'resource')}${resources === 0 ? '' : `, ${range(asUsual)} ${trigger === 'periodic' ? 'daily' : 'changes'} + ${range(again)} anew = ${range(monthly)}`}\n`;
  return `Evaluations each month: changes (where no history tells, resources × ${range(changesPerResource)}) or daily ones (resources × ${count(DAYS)}), and all resources anew × ${range(anew)}\n${rules.map(one).join('')}`;
}

function pricesText({ region, prices }: Prices): string {
  const dates = [...new Set(Object.values(prices).map(({ date }) => date))].sort();
  return [
    `Prices are those of ${region}, read ${dates.length === 1 ? `on ${dates[0]!}` : `from ${dates[0]!} to ${dates.at(-1)!}`}, without free tiers and taxes; other Regions differ. Their sources: --json. Other prices and assumptions: --prices FILE.\n`,
    'Not in it: VPC endpoints and NAT gateways of functions in VPCs, storage of logs and of the ledger, traffic between Regions, trails that record data events, support.\n',
  ].join('');
}
