import { plural } from '../../report/lines.ts';
import { isFine, type PlaceStatus, type Status } from '../status.ts';
import { more, named, table } from './lines.ts';

const ROWS = 40;

/** The summary first, then what is not as it should be. */
export function statusText(status: Status): string {
  const { stacks, stackSet, places, outside } = status;
  const count = (is: (one: PlaceStatus) => boolean): number => places.filter(is).length;
  const by = (coverage: PlaceStatus['coverage']): number => count((one) => one.coverage === coverage);
  const standing = places.filter(({ coverage }) => coverage !== 'not covered');
  const recorders = { off: standing.filter(({ recorder }) => recorder === 'off' || recorder === 'none'), unknown: standing.filter(({ recorder }) => recorder === 'unknown') };
  const code = { differs: standing.filter((one) => one.code.state === 'differs'), unknown: standing.filter((one) => one.code.state === 'unknown') };
  const total = places.length;
  const rows = ([
    [by('covered'), 'covered'], [by('outdated'), 'out of date'], [by('failing'), 'failing'], [by('not covered'), 'not covered'], [by('under way'), 'being changed now'],
    [recorders.off.length, 'without a recorder that records'], [recorders.unknown.length, 'not known whether recording'], [code.differs.length, 'with code that is not what was deployed'], [code.unknown.length, 'not known which code runs'],
  ] as const).filter(([number], index) => number > 0 || index === 0);
  const stackRows = [...stacks.map(({ name, region, state, status: of }) => [`stack ${name}`, region, state, of ?? '']), ...stackSet === undefined ? [] : [['StackSet', '', stackSet, '']]];
  return [
    `${isFine(status) ? 'Everything is as it should be.' : 'Not everything is as it should be, or known to be.'}\n`,
    `Of ${plural(total, 'account and Region', 'accounts and Regions')}:\n${table(rows.map(([number, what]) => [String(number), what]))}`,
    table(stackRows),
    section('Failing', places.filter(({ coverage }) => coverage === 'failing'), ({ reason }) => reason ?? 'CloudFormation gives no reason'),
    section('Not covered', places.filter(({ coverage }) => coverage === 'not covered'), () => 'no stack; `perimeter deploy apply` makes it'),
    section('Out of date', places.filter(({ coverage }) => coverage === 'outdated'), () => 'another version or other settings; `perimeter deploy apply` brings it up to date'),
    section('Without a recorder that records', recorders.off, ({ recorder }) => recorder === 'none' ? 'AWS Config has no recorder' : 'the recorder is stopped'),
    section('Code that is not what was deployed', code.differs, (one) => one.code.state === 'differs' ? one.code.functions.join('; ') : ''),
    section('Not known', [...new Set([...recorders.unknown, ...code.unknown])], (one) => one.code.state === 'unknown' ? one.code.reason : one.recorderReason ?? 'AWS did not say'),
    ...outside.length === 0 ? [] : [`Accounts that nothing is deployed to: ${outside.length}\n${grouped(outside)}`],
  ].filter((part) => part !== '').join('\n');
}

function section(title: string, places: readonly PlaceStatus[], reasonOf: (one: PlaceStatus) => string): string {
  if (places.length === 0) return '';
  // Most places that share a fault share its reason, so it is told once.
  const byReason = new Map<string, PlaceStatus[]>();
  for (const one of places) {
    const reason = reasonOf(one).replaceAll(one.account, 'ACCOUNT').split('\n').slice(0, 2).join('; ');
    byReason.set(reason, [...byReason.get(reason) ?? [], one]);
  }
  const rows = [...byReason].slice(0, ROWS).map(([reason, here]) => `  ${named([...new Set(here.map(({ account, region }) => `${account} ${region}`))], 6)}\n${table([[reason]], '    ')}`);
  return `${title}: ${places.length}\n${rows.join('')}${more(byReason.size - rows.length)}`;
}

function grouped(outside: Status['outside']): string {
  const by = new Map<string, string[]>();
  for (const { account, because } of outside) by.set(because, [...by.get(because) ?? [], account]);
  return table([...by].map(([because, accounts]) => [named(accounts, 6), because]));
}
