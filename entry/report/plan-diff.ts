import { structuredPatch } from 'diff';
import type { Change } from '../../core/remediation.ts';

/** How one member of the configuration changes. */
export type MemberDiff =
  | { readonly kind: 'value'; readonly name: string; readonly before: string; readonly after: string }
  /** Lines of a unified diff of the JSON, each behind its mark; `@@` begins a hunk. */
  | { readonly kind: 'document'; readonly name: string; readonly lines: readonly string[] };

const CONTEXT = 4;

export function diffOf({ before, after }: Pick<Change, 'before' | 'after'>): readonly MemberDiff[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name): MemberDiff => {
    const [old, made] = [before[name] ?? null, after[name] ?? null];
    return isDocument(old) || isDocument(made) ? { kind: 'document', name, lines: lineDiff(pretty(old), pretty(made)) } : { kind: 'value', name, before: JSON.stringify(old), after: JSON.stringify(made) };
  });
}

/** Compared without the commas that end lines: one that comes or goes with what stands below is no change to read. */
function lineDiff(old: string, made: string): string[] {
  const bare = (text: string): string => text.replace(/,$/gm, '');
  const [oldLines, madeLines] = [old.split('\n'), made.split('\n')];
  return structuredPatch('', '', bare(old), bare(made), undefined, undefined, { context: CONTEXT }).hunks.flatMap((hunk) => {
    let [from, to] = [hunk.oldStart - 1, hunk.newStart - 1];
    return [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...hunk.lines.map((line) => {
      if (line.startsWith('-')) return `-${oldLines[from++]!}`;
      if (line.startsWith(' ')) from++;
      return `${line.charAt(0)}${madeLines[to++]!}`;
    })];
  });
}

/** JSON as people read it, ending in a line of its own. */
export const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
export const isDocument = (value: unknown): value is object => typeof value === 'object' && value !== null;
