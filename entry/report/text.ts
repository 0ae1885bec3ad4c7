import pc from 'picocolors';
import type { AnyRule } from '../../core/rule.ts';
import type { CheckResult, Result, RuleSummary } from '../check.ts';
import { entriesOf, unknownsOf, type Entry, type UnknownOwner } from './group.ts';
import { indentedTo, inputLine, nameOf, placeOf, printable, problemSection, sentence, type Indented, type Paint } from './lines.ts';

export interface TextOptions { readonly color: boolean; readonly columns: number; readonly rules: readonly AnyRule[] }

/** The report a person reads: the summary, then what to do, worst first, then what was not read. */
export function textReport(result: CheckResult, { color, columns, rules }: TextOptions): string {
  const paint = pc.createColors(color);
  const severityPaint = { critical: paint.red, high: paint.red, medium: paint.yellow, low: paint.cyan, undecided: paint.magenta };
  const indented = indentedTo(columns);
  const entries = entriesOf(result.findings);
  const unknowns = unknownsOf(result.findings);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));

  const entry = (one: Entry): string => {
    const [first] = one.resources;
    const label = severityPaint[one.severity](one.severity.toUpperCase());
    const where = one.resources.slice(0, 5).map((resource) => indented(place(resource, one.at), '  '));
    const more = one.resources.length > 5 ? [`  and ${one.resources.length - 5} more`] : [];
    const fix = one.fix ?? (one.severity === 'undecided' ? undefined : byId.get(one.rule)?.fix);
    return [
      `${label} ${paint.bold(printable(nameOf(first!)))} ${paint.dim(one.rule)}`,
      indented(sentence(one.message), '  '), ...where.map(paint.dim), ...more,
      ...(fix === undefined ? [] : [`  ${paint.green('Do:')} ${indented(sentence(fix), '      ').trimStart()}`]),
    ].join('\n');
  };

  const sections = [
    summary(result, rules, paint),
    ...entries.map(entry),
    ...unknownSection(unknowns, indented, paint),
    ...exceptions(result.findings, indented, paint),
    inputLine(result.input),
    ...problemSection(result.input, indented, paint),
  ];
  return `${sections.filter((one) => one !== '').join('\n\n')}\n`;
}

const place = (result: Result, at: string | undefined): string => `${placeOf(result)}${at === undefined ? '' : ` at ${at}`}`;

const boundaries = { identity: 'Identity boundary', resource: 'Resource boundary', network: 'Network boundary' } as const;

function summary({ summary: tallies }: CheckResult, rules: readonly AnyRule[], paint: Paint): string {
  const longest = Math.max(...rules.map((rule) => rule.id.length));
  const cell = (count: number, colour: (text: string) => string): string => { const text = String(count).padStart(10); return count === 0 ? paint.dim(text) : colour(text); };
  const row = (rule: AnyRule, { nonCompliant, undecided, excepted, compliant, notApplicable }: RuleSummary): string =>
    `  ${rule.id.padEnd(longest)}${cell(nonCompliant, paint.red)}${cell(undecided, paint.magenta)}${cell(excepted, paint.yellow)}${cell(compliant, paint.green)}${cell(notApplicable, paint.dim)}`;
  const head = `  ${''.padEnd(longest)}${['breached', 'undecided', 'excepted', 'sound', 'n/a'].map((title) => title.padStart(10)).join('')}`;
  const sections = (Object.keys(boundaries) as (keyof typeof boundaries)[]).flatMap((boundary) => {
    const rows = rules.filter((rule) => rule.boundary === boundary && tallies[rule.id] !== undefined).map((rule) => row(rule, tallies[rule.id]!));
    return rows.length === 0 ? [] : [paint.bold(boundaries[boundary]), ...rows];
  });
  return [paint.dim(head), ...sections].join('\n');
}

function unknownSection(unknowns: readonly UnknownOwner[], indented: Indented, paint: Paint): string[] {
  return (['account', 'bucket'] as const).flatMap((kind) => {
    const some = unknowns.filter((one) => one.kind === kind);
    if (some.length === 0) return [];
    const count = some.length === 1 ? `1 ${kind} is` : `${some.length} ${kind}s are`;
    const rows = some.slice(0, 20).map(({ id, results }) => indented(`${id}, which would settle ${results.length === 1 ? nameOf(results[0]!) : `${results.length} resources, such as ${nameOf(results[0]!)}`}`, '  '));
    return [[`${paint.magenta('UNKNOWN')} ${count} unknown: yours? add ${some.length === 1 ? 'it' : 'them'} to \`${kind}s\` in perimeter.yaml`, ...rows, ...(some.length > 20 ? [`  and ${some.length - 20} more`] : [])].join('\n')];
  });
}

function exceptions(results: readonly Result[], indented: Indented, paint: Paint): string[] {
  const rows = results.flatMap((result) => result.verdict.kind === 'compliant' && result.verdict.excepted !== undefined
    ? [indented(`${nameOf(result)} (${result.rule}): ${result.verdict.excepted.reason}; ${result.verdict.excepted.owner} answers for it until ${result.verdict.excepted.expires}`, '  ')] : []);
  return rows.length === 0 ? [] : [[paint.yellow('EXCEPTIONS in force'), ...rows].join('\n')];
}
