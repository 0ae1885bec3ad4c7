import { collector, type Problem, type Say } from '../problems.ts';

/**
 * One thing to say about a runbook. `error`: AWS refuses it or a step cannot work; `warning`: it may work, with a consequence;
 * `note`: what was not checked.
 */
export type RunbookProblem = Problem<'error' | 'warning' | 'note'>;

const GUIDE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide';
const API = 'https://docs.aws.amazon.com/systems-manager/latest/APIReference';

/** The AWS pages that say so. */
export const sources = {
  schema: `${GUIDE}/documents-schemas-features.html`,
  elements: `${GUIDE}/documents-syntax-data-elements-parameters.html`,
  quotas: 'https://docs.aws.amazon.com/general/latest/gr/ssm.html',
  parameterTypes: `${GUIDE}/populating-input-parameters.html`,
  execution: `${API}/API_AutomationExecution.html`,
  stepNames: `${API}/API_StepExecution.html`,
  steps: `${GUIDE}/automation-actions.html`,
  outputs: `${GUIDE}/automation-action-outputs-inputs.html`,
  variables: `${GUIDE}/automation-variables.html`,
  branching: `${GUIDE}/automation-branch-condition.html`,
  permissions: `${GUIDE}/automation-setup.html`,
  configRole: 'https://docs.aws.amazon.com/config/latest/developerguide/setup-autoremediation.html',
  api: 'https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/index.html',
  approve: `${GUIDE}/automation-action-approve.html`,
  assert: `${GUIDE}/automation-action-assertAwsResourceProperty.html`,
  branch: `${GUIDE}/automation-action-branch.html`,
  changeInstanceState: `${GUIDE}/automation-action-changestate.html`,
  copyImage: `${GUIDE}/automation-action-copyimage.html`,
  createImage: `${GUIDE}/automation-action-create.html`,
  createStack: `${GUIDE}/automation-action-createstack.html`,
  createTags: `${GUIDE}/automation-action-createtag.html`,
  deleteImage: `${GUIDE}/automation-action-delete.html`,
  deleteStack: `${GUIDE}/automation-action-deletestack.html`,
  executeAutomation: `${GUIDE}/automation-action-executeAutomation.html`,
  executeAwsApi: `${GUIDE}/automation-action-executeAwsApi.html`,
  executeScript: `${GUIDE}/automation-action-executeScript.html`,
  executeStateMachine: `${GUIDE}/automation-action-executeStateMachine.html`,
  invokeWebhook: `${GUIDE}/invoke-webhook.html`,
  invokeLambdaFunction: `${GUIDE}/automation-action-lamb.html`,
  loop: `${GUIDE}/automation-action-loop.html`,
  pause: `${GUIDE}/automation-action-pause.html`,
  runCommand: `${GUIDE}/automation-action-runcommand.html`,
  runInstances: `${GUIDE}/automation-action-runinstance.html`,
  sleep: `${GUIDE}/automation-action-sleep.html`,
  updateVariable: `${GUIDE}/automation-action-update-variable.html`,
  wait: `${GUIDE}/automation-action-waitForAwsResourceProperty.html`,
} as const;
export type Source = keyof typeof sources;

export interface Report { readonly error: Say<Source>; readonly warning: Say<Source>; readonly note: Say<Source> }

export const reportTo = (problems: RunbookProblem[]): Report => ({
  error: collector(problems, 'error', sources), warning: collector(problems, 'warning', sources), note: collector(problems, 'note', sources),
});
