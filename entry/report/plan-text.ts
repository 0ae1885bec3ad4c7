import pc from 'picocolors';
import type { Result } from '../check.ts';
import { isChange, worst, type ByHand, type ChangingFix, type Fix, type PlanResult } from '../plan.ts';
import { indentedTo, inputLine, nameOf, placeOf, plural, printable, problemSection, sentence, type Paint } from './lines.ts';
import { diffOf, type MemberDiff } from './plan-diff.ts';
import { foundOn, handworkOf, provedOf, risksOf, tally } from './plan-words.ts';

export interface PlanTextOptions {
  readonly color: boolean; readonly columns: number;
  /** Whether more follows, so that the report does not say that nothing was changed. */
  readonly isFollowed: boolean;
}

/** The plans a person reads: what can be done, what somebody must agree to, what is left to people; worst first in each. */
export function planText(result: PlanResult, { color, columns, isFollowed }: PlanTextOptions): string {
  const paint = pc.createColors(color);
  const rankPaint = { critical: paint.red, high: paint.red, medium: paint.yellow, low: paint.cyan, undecided: paint.magenta };
  const indented = indentedTo(columns);
  /** Paragraphs behind a label, each beginning where the label ends. */
  const labelled = (label: string, texts: readonly string[]): string[] => texts.map((text, i) =>
    `  ${i === 0 ? paint.bold(label.padEnd(LABEL)) : ' '.repeat(LABEL)}${indented(sentence(text), ' '.repeat(LABEL + 2)).trimStart()}`);
  const head = (results: readonly [Result, ...Result[]], what: string): string[] => {
    const rank = worst(results);
    const [first] = results;
    return [
      `${rankPaint[rank](rank.toUpperCase())} ${paint.bold(printable(nameOf(first)))} ${paint.dim(what)}`,
      paint.dim(indented(`${placeOf(first)}${first.captureTime === '' ? '' : `, recorded ${first.captureTime}`}`, '  ')),
    ];
  };

  const change = (fix: ChangingFix): string => [
    ...head(fix.findings, fix.remediation.id),
    ...labelled('Found:', fix.findings.flatMap(foundOn)),
    ...labelled('Approve:', fix.plan.approval),
    ...labelled('Change:', fix.plan.steps), ...diffOf(fix.plan).flatMap((member) => diffLines(member, paint)),
    ...labelled('Breaks:', risksOf(fix)), ...labelled('Proved:', provedOf(fix.plan)), ...labelled('Undo:', [fix.remediation.undo]),
    `  ${paint.bold('Plan:'.padEnd(LABEL))}${paint.dim(fix.planSha256)}`,
  ].join('\n');
  const refusal = (fix: Fix): string => [
    ...head(fix.findings, fix.remediation.id), ...labelled('Found:', fix.findings.flatMap(foundOn)),
    ...fix.plan.outcome === 'refuse' ? [...labelled('Refused:', [fix.plan.because]), ...labelled('Next:', [fix.plan.next])] : [],
  ].join('\n');
  const byHand = (entry: ByHand): string => [
    ...head([entry.result], entry.rule.id), ...labelled('Found:', foundOn(entry.result)), ...labelled('By hand:', [entry.reason]), ...labelled('Do:', handworkOf(entry)),
  ].join('\n');
  const section = (title: string, entries: readonly string[]): string[] => entries.length === 0 ? [] : [paint.bold(paint.underline(`${title}: ${entries.length}`)), ...entries];

  const changes = result.fixes.filter(isChange);
  const idle = result.nothing.map(({ result: one, because }) => indented(`${nameOf(one)} (${one.rule}): ${because}`, '  '));
  const sections = [
    ...section('Can be applied', changes.filter(({ plan }) => plan.outcome === 'apply').map(change)),
    ...section('Approval needed', changes.filter(({ plan }) => plan.outcome === 'needs-approval').map(change)),
    ...section('Refused', result.fixes.filter((fix) => !isChange(fix)).map(refusal)),
    ...section('By hand', result.byHand.map(byHand)),
    ...idle.length === 0 ? [] : [[paint.bold(paint.underline(`Nothing to do: ${idle.length}`)), ...idle].join('\n')],
    ...result.unmatched.length === 0 ? [] : [indented(`No finding is of ${result.unmatched.map((one) => `\`${one}\``).join(', ')}.`, '')],
    inputLine(result.input), ...problemSection(result.input, indented, paint),
    summary(result, paint),
    ...changes.length === 0 || isFollowed ? [] : [indented(next(changes), '')],
  ];
  return `${sections.join('\n\n')}\n`;
}

const LABEL = 10;

function diffLines(member: MemberDiff, paint: Paint): string[] {
  const margin = ' '.repeat(LABEL + 2);
  if (member.kind === 'value') return [`${margin}${printable(member.name)}: ${paint.red(printable(member.before))} → ${paint.green(printable(member.after))}`];
  const painted = (line: string): string => line.startsWith('+') ? paint.green(line) : line.startsWith('-') ? paint.red(line) : line.startsWith('@') ? paint.cyan(line) : line;
  return [paint.red(`--- ${member.name} as recorded`), paint.green(`+++ ${member.name} as planned`), ...member.lines.map((line) => painted(printable(line)))].map((line) => `    ${line}`);
}

function summary(result: PlanResult, paint: Paint): string {
  const counts = Object.entries(tally(result)).map(([name, count]) => [name.replaceAll('-', ' '), String(count)] as const);
  const row = (texts: readonly string[]): string => `  ${texts.map((text, i) => text.padStart(counts[i]![0].length)).join('   ')}`;
  return [paint.dim(row(counts.map(([name]) => name))), row(counts.map(([, count]) => count))].join('\n');
}

function next(changes: readonly ChangingFix[]): string {
  const approvals = changes.filter(({ plan }) => plan.outcome === 'needs-approval').length;
  return [
    'Nothing was changed. `--out DIR` writes the policies to files; `--apply` starts the runbooks, where they are deployed',
    approvals === 0 ? '.' : `, and with \`--approve PLAN\` also ${approvals === 1 ? 'the one that needs' : `those of the ${plural(approvals, 'plan')} that need`} approval.`,
  ].join('');
}
