import { code, openStage, settingsText, type Answer, type Stage } from './stage.ts';
import type { PlaceKind, Task } from '../../../entry/deploy/permissions.ts';

/** Something that somebody does with a deployment: what was there before, and what is run. */
export interface Scenario {
  readonly title: string;
  readonly task: Task;
  readonly place: PlaceKind;
  /** Commands are run afterwards. */
  readonly before: () => Promise<Stage>;
  readonly act: (stage: Stage) => Promise<Answer>;
}

const accounts = 4;
const inOrganization = (settings = settingsText): Promise<Stage> => openStage({ accounts }, settings);
const deployed = async (settings?: string): Promise<Stage> => {
  const stage = await inOrganization(settings);
  await stage.apply();
  return stage;
};
/** A new version of functions that both the stacks of accounts and the administrator's have, and one Region less. */
const changed = async (settings?: string): Promise<Stage> => {
  const stage = await deployed(settings);
  stage.release({ ...code, writer: "exports.handler = () => 'next';", publisher: "exports.handler = () => 'next';" });
  stage.write('deployment.yaml', 'homeRegion: eu-west-1\ntargets: [r-perm]\n');
  return stage;
};
const alone = async (): Promise<Stage> => openStage({ accounts }, 'homeRegion: eu-west-1\nregions: [eu-west-1, us-east-1]\n', 'version: 1\norganizations: [o-perimeter01]\n');
const managing = async (): Promise<Stage> => {
  const stage = await deployed();
  stage.as(stage.organization.state.management);
  return stage;
};
const single = { singleAccount: true };
const management = { management: true };

export const scenarios: readonly Scenario[] = [
  { title: 'the first preview', task: 'preview', place: 'organization', before: () => inOrganization(), act: (stage) => stage.preview() },
  { title: 'the first deployment', task: 'apply', place: 'organization', before: () => inOrganization('homeRegion: eu-west-1\nregions: [eu-west-1, us-east-1]\ntargets: [ou-perm-security, ou-perm-workloads, ou-perm-sandbox0]\n'), act: (stage) => stage.apply() },
  { title: 'a preview of a change', task: 'preview', place: 'organization', before: () => changed(), act: (stage) => stage.preview() },
  { title: 'a change', task: 'apply', place: 'organization', before: () => changed(), act: (stage) => stage.apply() },
  { title: 'a deployment whose administrator stack failed', task: 'apply', place: 'organization', before: failed, act: (stage) => stage.apply() },
  { title: 'a deployment to accounts that kept their ledgers', task: 'apply', place: 'organization', before: keptLedgers, act: (stage) => stage.apply() },
  { title: 'a look', task: 'status', place: 'organization', before: () => deployed(), act: (stage) => stage.status() },
  { title: 'a removal', task: 'destroy', place: 'organization', before: () => deployed(), act: (stage) => stage.destroy({ deleteBucket: true }) },
  { title: 'the first deployment to one account', task: 'apply', place: 'account', before: alone, act: (stage) => stage.apply(single) },
  { title: 'a look at one account', task: 'status', place: 'account', before: async () => { const stage = await alone(); await stage.apply(single); return stage; }, act: (stage) => stage.status(single) },
  { title: 'a removal from one account', task: 'destroy', place: 'account', before: async () => { const stage = await alone(); await stage.apply(single); return stage; }, act: (stage) => stage.destroy({ ...single, deleteBucket: true }) },
  { title: 'a deployment to the management account', task: 'apply', place: 'management', before: managing, act: (stage) => stage.apply(management) },
  { title: 'a look at the management account', task: 'status', place: 'management', before: async () => { const stage = await managing(); await stage.apply(management); return stage; }, act: (stage) => stage.status(management) },
  { title: 'a removal from the management account', task: 'destroy', place: 'management', before: async () => { const stage = await managing(); await stage.apply(management); return stage; }, act: (stage) => stage.destroy(management) },
];

async function failed(): Promise<Stage> {
  const stage = await inOrganization();
  const { faults, state } = stage.organization;
  faults.fail = [{ account: state.administrator, stack: 'perimeter-administrator', reason: 'a role of that name exists', times: 1 }];
  const { exit, out } = await stage.apply();
  if (exit !== 1 || !out.includes('a role of that name exists')) throw new Error(`expected the stack to fail with its reason, found exit ${exit}:\n${out}`);
  return stage;
}

/** An account that was left out for a while, whose ledger outlived its stacks. */
async function keptLedgers(): Promise<Stage> {
  const stage = await deployed();
  stage.write('deployment.yaml', `${settingsText}excludeAccounts: ["100000000003"]\n`);
  await stage.apply();
  stage.write('deployment.yaml', settingsText);
  const { exit } = await stage.apply();
  if (exit !== 1) throw new Error(`expected the ledger to be in the way, found exit ${exit}`);
  return stage;
}
