import type { Estimate, Line } from '../../deployment/cost/estimate.ts';
import type { Prices } from '../../deployment/cost/prices.ts';
import type { Range } from '../../deployment/cost/range.ts';

/** `1,234.50`; below ten cents with two digits that count, for much is paid by the millionth. */
const money = (value: number): string => value === 0 ? '0' : value < 0.1 ? value.toPrecision(2) : value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const rangeOf = ({ low, high }: Range): string => money(low) === money(high) ? money(low) : `${money(low)} to ${money(high)}`;
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** What was estimated as lines for people: each sum with how it comes about, and what is not known. */
export function costText({ currency, places, rules, lines, monthly, once, recording }: Estimate, { region, prices, assumptions }: Prices): string {
  const line = ({ what, arithmetic, cost }: Line): string => `  ${what}: ${rangeOf(cost)} ${currency}\n    ${arithmetic}\n`;
  const dates = [...new Set(Object.values(prices).map(({ date }) => date))].sort();
  return [
    `Each month ${rangeOf(monthly)} ${currency}, for ${whole(places)} accounts and Regions (an account in two Regions counts twice): ${rangeOf({ low: monthly.low / places, high: monthly.high / places })} for each.\n`,
    `Evaluations\n${rules.map((rule) => `  ${rule.rule}: ${whole(rule.monthly.low)} to ${whole(rule.monthly.high)} a month, of ${whole(rule.resources)} resources\n`).join('')}`,
    `Each month\n${lines.map(line).join('')}`,
    `Once, after the deployment\n${once.map(line).join('')}`,
    `Not by the pack\n${line(recording)}    AWS Config takes this for recording them, whether the pack stands or not.\n`,
    `Assumed\n${Object.values(assumptions).map(({ about, low, high }) => `  ${about}: ${low === high ? low : `${low} to ${high}`}\n`).join('')}`,
    `Prices are those of ${region} of ${dates.length === 1 ? dates[0]! : `${dates[0]!} to ${dates.at(-1)!}`}, without free tiers and taxes; other Regions differ. Other prices and assumptions: --prices FILE.\nNot in it: VPC endpoints and NAT gateways of functions in VPCs, storage of logs and of the ledger, support.\n`,
  ].join('\n');
}
