import type { Change } from '../../core/remediation.ts';
import { printable, sentence } from '../report/lines.ts';
import { diffOf } from '../report/plan-diff.ts';
import { provedOf } from '../report/plan-words.ts';
import type { Decided } from './decide.ts';

export interface Told extends Decided {
  readonly title: string;
  readonly resource: string;
  readonly change: Change | undefined;
  readonly planSha256: string | undefined;
  readonly undo: string;
}

/** The console shows a summary as an output of a step; whole documents are in the record. */
const LONGEST = 8_000;

/** A plan in Markdown, for whoever approves it. */
export function summaryOf({ decision, because, title, resource, change, planSha256, undo }: Told): string {
  const part = (name: string, texts: readonly string[]): string[] => texts.length === 0 ? [] : [`**${name}**`, texts.map((text) => `- ${printable(sentence(text))}`).join('\n')];
  const head = [`### ${title}`, `\`${printable(resource)}\`: **${decision}**`, printable(sentence(because))];
  if (change === undefined) return cut(head.join('\n\n'));
  const diff = diffOf(change).map((one) => one.kind === 'value' ? [`- ${one.name}: ${one.before}`, `+ ${one.name}: ${one.after}`] : [`--- ${one.name}`, ...one.lines]);
  // The diff last: it is what a long summary can lose.
  return cut([
    ...head, ...planSha256 === undefined ? [] : [`Plan \`${planSha256}\``],
    ...part('Change', change.steps), ...part('Approve', change.approval), ...part('Breaks', change.risks), ...part('Proved', provedOf(change)), ...part('Undo', [undo]),
    `~~~diff\n${diff.flat().map(printable).join('\n')}\n~~~`,
  ].join('\n\n'));
}

const cut = (text: string): string => text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…`;
