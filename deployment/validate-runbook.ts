import { checkApi } from './runbook-checks/api.ts';
import type { GivenModel } from './runbook-checks/api-model.ts';
import { flowOf } from './runbook-checks/flow.ts';
import { checkParameters, checkVariables } from './runbook-checks/parameters.ts';
import { checkReferences } from './runbook-checks/references.ts';
import { reportTo, type RunbookProblem } from './runbook-checks/report.ts';
import { allSteps, readRunbook } from './runbook-checks/runbook.ts';
import { checkSteps } from './runbook-checks/steps.ts';
import { checkSize, checkTopLevel } from './runbook-checks/top-level.ts';
import { readTree } from './runbook-checks/tree.ts';

export type { RunbookProblem } from './runbook-checks/report.ts';
export { readModel, type GivenModel } from './runbook-checks/api-model.ts';

/** More than this is not read at all. */
const READABLE = 1024 * 1024;

/**
 * Holds an Automation runbook of schema 0.3, YAML or JSON, to what AWS documents and to the models of the APIs it calls;
 * problems stand in the order of their lines. What only an execution knows is not measured.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export function validateRunbook(text: string, models: readonly GivenModel[] = []): RunbookProblem[] {
  const problems: RunbookProblem[] = [];
  const report = reportTo(problems);
  checkSize(report, text);
  const top = text.length > READABLE ? undefined : readTree(text, report);
  if (top?.kind === 'map') {
    const runbook = readRunbook(top, report);
    const flow = flowOf(runbook.steps, runbook.named);
    checkTopLevel(runbook, text);
    checkParameters(runbook);
    checkVariables(runbook);
    checkSteps(runbook, flow);
    checkReferences(runbook, flow);
    for (const step of allSteps(runbook.steps)) checkApi(runbook, step, models);
  } else if (!problems.some(({ severity }) => severity === 'error')) report.error(1, 'the runbook is not a mapping', "write `schemaVersion: '0.3'` and the sections below it", 'schema');
  return problems.sort((a, b) => a.line - b.line);
}
