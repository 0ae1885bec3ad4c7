import { plural, printable } from '../../report/lines.ts';
import type { Failing } from '../rollout.ts';

/** Rows of a table that a person reads; the others are counted. */
const ROWS = 40;

/** Columns padded to the widest of each; the last runs on. Cells that come from AWS are made printable. */
export function table(rows: readonly (readonly string[])[], indent = '  '): string {
  const clean = rows.map((row) => row.map(printable));
  const widths = clean.reduce<number[]>((widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)), []);
  return clean.map((row) => `${indent}${row.map((cell, column) => column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}

/** Accounts and Regions that failed, each with the reason that AWS gave. */
export function failingTable(failing: readonly Failing[]): string {
  const rows = failing.slice(0, ROWS).map(({ account, region, what, reason }) => [account, region, what, reason]);
  return `${table(rows)}${more(failing.length - rows.length)}`;
}

export const more = (count: number): string => count > 0 ? `  and ${plural(count, 'more', 'more')}; --json lists all\n` : '';

/** Those of a list that are named. */
export function named(all: readonly string[], most = 8): string {
  return all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${all.length - most} more`;
}
