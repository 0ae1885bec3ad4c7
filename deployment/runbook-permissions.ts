import { callsApi } from './runbook-checks/actions.ts';
import { actionPrefix, type GivenModel } from './runbook-checks/api-model.ts';
import { isTemplate } from './runbook-checks/fields.ts';
import { calledBy } from './runbook-checks/operations.ts';
import { reportTo } from './runbook-checks/report.ts';
import { allSteps, readRunbook, type Step } from './runbook-checks/runbook.ts';
import { readTree } from './runbook-checks/tree.ts';

export interface Permissions {
  /** What the steps ask of IAM, in the order of the alphabet. */
  readonly actions: readonly { readonly action: string; readonly steps: readonly string[] }[];
  /** Steps that ask for more than the runbook tells. */
  readonly unknown: readonly string[];
}

/** Actions of Automation that call AWS in a way their pages tell: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html */
const fixed: Readonly<Record<string, readonly string[]>> = {
  'aws:approve': ['sns:Publish'], 'aws:executeAutomation': ['ssm:StartAutomationExecution'], 'aws:invokeLambdaFunction': ['lambda:InvokeFunction'], 'aws:invokeWebhook': ['ssm:GetParameter'],
  'aws:branch': [], 'aws:loop': [], 'aws:pause': [], 'aws:sleep': [], 'aws:updateVariable': [],
};

/** The IAM actions that a runbook's steps call; an operation needs the action of its name, unless the API is wrong. */
export function permissionsOf(text: string, models: readonly GivenModel[] = []): Permissions {
  const report = reportTo([]);
  const top = readTree(text, report);
  const steps = top?.kind === 'map' ? [...allSteps(readRunbook(top, report).steps)] : [];
  const actions = new Map<string, string[]>();
  const unknown: string[] = [];
  for (const step of steps) {
    const needed = neededBy(step, models);
    if (needed === undefined) unknown.push(step.name);
    for (const action of needed ?? []) actions.set(action, [...(actions.get(action) ?? []), step.name]);
  }
  return { actions: [...actions].map(([action, by]) => ({ action, steps: by })).sort((a, b) => (a.action < b.action ? -1 : 1)), unknown };
}

function neededBy(step: Step, models: readonly GivenModel[]): readonly string[] | undefined {
  if (Object.hasOwn(fixed, step.action)) return fixed[step.action];
  const [service, api] = ['Service', 'Api'].map((key) => step.inputs?.entries.get(key)?.value);
  if (!callsApi(step.action) || service?.kind !== 'scalar' || api?.kind !== 'scalar' || isTemplate(service.text) || isTemplate(api.text)) return undefined;
  const called = calledBy(step, models);
  if (called === undefined || called.kind === 'wrong') return undefined;
  const operation = called.kind === 'known' ? called.operation : pascal(api.text);
  return [`${actionPrefix(service.text)}:${operation}`];
}
/** boto3's method as an operation; acronyms cannot be told. */
const pascal = (api: string): string => (api.includes('_') ? api.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : api);
