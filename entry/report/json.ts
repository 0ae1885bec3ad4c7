import type { CheckResult, Result } from '../check.ts';
import { unknownsOf } from './group.ts';

const written = ({ verdict, ...resource }: Result): object => ({
  ...resource, kind: verdict.kind,
  ...(verdict.kind === 'non-compliant' ? { findings: verdict.findings } : {}),
  ...(verdict.kind === 'undecided' ? { because: verdict.because, unknowns: verdict.unknowns } : {}),
  ...(verdict.kind === 'compliant' ? { excepted: verdict.excepted } : {}),
});
const byPlace = (a: Result, b: Result): number => (`${a.rule} ${a.accountId} ${a.arn} ${a.resourceId}` < `${b.rule} ${b.accountId} ${b.arn} ${b.resourceId}` ? -1 : 1);
const unknowns = (result: CheckResult): object[] => unknownsOf(result.findings).map(({ kind, id, results }) => ({ kind, id, resources: results.length }));

/** One object: version, summary by rule, results that are not plainly compliant, unknown owners, what was read. */
export const jsonReport = (result: CheckResult): string =>
  `${JSON.stringify({ version: 1, summary: result.summary, results: [...result.findings].sort(byPlace).map(written), unknowns: unknowns(result), input: result.input }, null, 2)}\n`;

/** A result a line; the last line is the summary. */
export const jsonlReport = (result: CheckResult): string =>
  [...[...result.findings].sort(byPlace).map((one) => JSON.stringify(written(one))), JSON.stringify({ version: 1, summary: result.summary, unknowns: unknowns(result), input: result.input }), ''].join('\n');
