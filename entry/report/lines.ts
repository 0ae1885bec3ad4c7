import type pc from 'picocolors';
import type { CheckResult, Result } from '../check.ts';

export type Paint = ReturnType<typeof pc.createColors>;
/** A text as lines that keep to the width, each behind the indent. */
export type Indented = (text: string, indent: string) => string;

/** Names come from recorded items, so control characters in them are written out: they could drive the reader's terminal. */
export const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

export function indentedTo(columns: number): Indented {
  const width = Math.max(60, Math.min(columns, 120));
  return (text, indent) => wrap(printable(text), width - indent.length).map((line) => `${indent}${line}`).join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

type Resource = Pick<Result, 'accountId' | 'region' | 'arn' | 'resourceId' | 'resourceName'>;
export const nameOf = ({ resourceName, resourceId }: Resource): string => resourceName ?? resourceId;
export const placeOf = ({ accountId, region, arn, resourceId }: Resource): string => `${arn === '' ? resourceId : arn} (account ${accountId}${region === '' || region === 'global' ? '' : `, ${region}`})`;
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
export const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

export function inputLine(input: CheckResult['input']): string {
  const parts = [`Read ${plural(input.items, 'item')} from ${plural(input.files, 'file')}`];
  if (input.superseded > 0) parts.push(`${input.superseded} older than another of the same resource`);
  if (input.deleted > 0) parts.push(plural(input.deleted, 'deletion'));
  if (input.duplicates > 0) parts.push(`${input.duplicates} delivered twice`);
  if (input.conflicts > 0) parts.push(`${plural(input.conflicts, 'conflict')} (same resource and time, other content: the worst counts)`);
  return `${parts.join('; ')}.`;
}

/** What was not read, as a section of its own; none where all was. */
export function problemSection({ problems }: CheckResult['input'], indented: Indented, paint: Paint): string[] {
  if (problems.length === 0) return [];
  const shown = problems.slice(0, 20).map(({ file, place, message }) => indented(`${file}${place === '' ? '' : ` (${place})`}: ${message}`, '  '));
  const more = problems.length > 20 ? [`  and ${problems.length - 20} more; --format json lists all`] : [];
  return [[paint.red(`NOT READ: ${plural(problems.length, 'problem')}; what is above may be incomplete`), ...shown, ...more].join('\n')];
}
