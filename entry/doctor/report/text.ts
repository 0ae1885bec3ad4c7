import pc from 'picocolors';
import { indentedTo, plural, printable, sentence } from '../../report/lines.ts';
import type { Diagnosis } from '../diagnose.ts';
import { severities, type Severity } from '../finding.ts';
import { grouped, type Group } from '../group.ts';

export interface TextOptions { readonly color: boolean; readonly columns: number }

const titles: Readonly<Record<Severity, string>> = { problem: 'PROBLEMS', warning: 'WARNINGS', unknown: 'NOT KNOWN', note: 'NOTES' };
/** Accounts that are named; the others are counted. */
const NAMED = 6;
const DETAILS = 8;

/** What a person reads: worst first, each with its place and the next step; then what was looked at. */
export function textReport(diagnosis: Diagnosis, { color, columns }: TextOptions): string {
  const paint = pc.createColors(color);
  const paints: Readonly<Record<Severity, (text: string) => string>> = { problem: paint.red, warning: paint.yellow, unknown: paint.magenta, note: paint.cyan };
  const indented = indentedTo(columns);
  const groups = grouped(diagnosis.findings);

  const entry = ({ check, message, next, details = [], accounts }: Group): string => [
    indented(sentence(message), '  '),
    ...accounts.size === 0 ? [] : [paint.dim(indented(placesIn(accounts, diagnosis.regions), '    '))],
    ...details.length > DETAILS / 2 ? [...details.slice(0, DETAILS).map((one) => paint.dim(`      ${printable(one)}`)), ...details.length > DETAILS ? [paint.dim(`      and ${details.length - DETAILS} more; --json lists all`)] : []] : [],
    // Whole, for they are copied from here.
    ...next.map((line, i) => `    ${paint.green(i === 0 ? 'Do:' : '   ')} ${printable(line)}`),
    paint.dim(`    (${check})`),
  ].join('\n');

  const sections = severities.flatMap((severity) => {
    const own = groups.filter((one) => one.severity === severity);
    return own.length === 0 ? [] : [[paints[severity](titles[severity]), ...own.map(entry)].join('\n\n')];
  });
  return `${[...sections, summary(diagnosis, groups)].join('\n\n')}\n`;
}

function placesIn(accounts: Group['accounts'], regions: readonly string[]): string {
  const where = (found: readonly string[]): string => found.length === 0 || regions.every((one) => found.includes(one)) ? '' : found.join(', ');
  const all = [...accounts].map(([account, found]) => ({ account, where: where(found) }));
  // Mostly a Region is what they have in common.
  const [first] = all;
  const common = first !== undefined && all.every((one) => one.where === first.where) ? first.where : undefined;
  const named = all.slice(0, NAMED).map((one) => common !== undefined || one.where === '' ? one.account : `${one.account} (${one.where})`);
  const more = accounts.size - named.length;
  return `in ${common === undefined || common === '' ? '' : `${common} of `}${plural(accounts.size, 'account')}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function summary({ checks, regions, accounts, looked, places }: Diagnosis, groups: readonly Group[]): string {
  const count = (severity: Severity): number => groups.filter((one) => one.severity === severity).length;
  const scope = accounts === undefined ? 'no account is known' : `${plural(accounts.length, 'account')} in ${plural(regions.length, 'Region')}`;
  return [
    `${plural(count('problem'), 'problem')}, ${plural(count('warning'), 'warning')}, ${count('unknown')} not known, ${plural(count('note'), 'note')}.`,
    `${plural(checks.length, 'check')}; ${scope}${looked < places ? `; ${places - looked} of ${places} accounts and Regions could not be looked into` : ''}.`,
  ].join('\n');
}
