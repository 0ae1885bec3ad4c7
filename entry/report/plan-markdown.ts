import type { Result } from '../check.ts';
import { isChange, worst, type ByHand, type ChangingFix, type Fix, type PlanResult } from '../plan.ts';
import { commandOf, startOf } from '../plan/start.ts';
import { inputLine, nameOf, placeOf, printable, sentence } from './lines.ts';
import { diffOf } from './plan-diff.ts';
import { foundOn, handworkOf, provedOf, risksOf, tally } from './plan-words.ts';

/** The plans for a ticket or a pull request. */
export function planMarkdown(result: PlanResult, homeRegion: string): string {
  const changes = result.fixes.filter(isChange);
  const section = (title: string, entries: readonly string[]): string[] => entries.length === 0 ? [] : [`## ${title}`, ...entries];
  const counts = Object.entries(tally(result));
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return `${[
    '# Fix plans',
    [row(counts.map(([name]) => name.replaceAll('-', ' '))), row(counts.map(() => '---:')), row(counts.map(([, count]) => count))].join('\n'),
    ...section('Can be applied', changes.filter(({ plan }) => plan.outcome === 'apply').map((fix) => change(fix, homeRegion))),
    ...section('Approval needed', changes.filter(({ plan }) => plan.outcome === 'needs-approval').map((fix) => change(fix, homeRegion))),
    ...section('Refused', result.fixes.filter((fix) => !isChange(fix)).map(refusal)),
    ...section('By hand', result.byHand.map(byHand)),
    ...section('Nothing to do', result.nothing.length === 0 ? [] : [bullets(result.nothing.map(({ result: one, because }) => `${nameOf(one)} (${one.rule}): ${because}`))]),
    ...section('Not found', result.unmatched.length === 0 ? [] : [bullets(result.unmatched.map((one) => `no finding is of ${one}`))]),
    ...section('Not read', result.input.problems.length === 0 ? [] : [bullets(result.input.problems.map(({ file, place, message }) => `${file}${place === '' ? '' : ` (${place})`}: ${message}`))]),
    inputLine(result.input),
  ].join('\n\n')}\n`;
}

const head = (results: readonly [Result, ...Result[]], what: string): string[] => [
  `### ${worst(results)}: ${escaped(nameOf(results[0]))}, ${what}`, escaped(`${placeOf(results[0])}, recorded ${results[0].captureTime}`),
];
const part = (title: string, texts: readonly string[]): string[] => texts.length === 0 ? [] : [`**${title}**`, bullets(texts.map(sentence))];
const bullets = (texts: readonly string[]): string => texts.map((text) => `- ${escaped(text)}`).join('\n');

const change = (fix: ChangingFix, homeRegion: string): string => [
  ...head(fix.findings, fix.remediation.id),
  ...part('Found', fix.findings.flatMap(foundOn)), ...part('Approve', fix.plan.approval),
  ...part('Change', fix.plan.steps), ...diffOf(fix.plan).map((member) => member.kind === 'value'
    ? fenced('diff', [`- ${member.name}: ${member.before}`, `+ ${member.name}: ${member.after}`])
    : fenced('diff', [`--- ${member.name} as recorded`, `+++ ${member.name} as planned`, ...member.lines])),
  ...part('Breaks', risksOf(fix)), ...part('Proved', provedOf(fix.plan)), ...part('Undo', [fix.remediation.undo]),
  `**Start**, plan \`${fix.planSha256}\``, fenced('sh', [commandOf(startOf(fix, homeRegion))]),
].join('\n\n');
const refusal = (fix: Fix): string => [
  ...head(fix.findings, fix.remediation.id), ...part('Found', fix.findings.flatMap(foundOn)),
  ...fix.plan.outcome === 'refuse' ? [...part('Refused', [fix.plan.because]), ...part('Next', [fix.plan.next])] : [],
].join('\n\n');
const byHand = (entry: ByHand): string => [
  ...head([entry.result], entry.rule.id), ...part('Found', foundOn(entry.result)), ...part('By hand', [entry.reason]), ...part('Do', handworkOf(entry)),
].join('\n\n');

/** Text of recorded items outside its backticks, so that it cannot make links, images or markup of its own. */
const escaped = (text: string): string => printable(text).split(/(`[^`]*`)/).map((piece, i) => i % 2 === 1 ? piece : piece.replace(/[\\`*_[\]<>|#!~]/g, String.raw`\$&`)).join('');

/** A block whose fence is longer than any run of backticks in it. */
function fenced(language: string, lines: readonly string[]): string {
  const body = lines.map(printable).join('\n');
  const fence = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${language}\n${body}\n${fence}`;
}
