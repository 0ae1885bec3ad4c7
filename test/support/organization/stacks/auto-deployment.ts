import { makeId, unitsAbove, type Account, type State } from '../state.ts';
import { enqueue, unitTargeting, wantedInstances } from './stack-set-operations.ts';

/** StackSets with auto-deployment whose targets take the account bring it their stacks. */
export function accountJoined(state: State, account: Account): void {
  for (const set of state.stackSets) {
    if (set.autoDeployment?.Enabled !== true) continue;
    for (const [unit, { filter, accounts, regions, overrides }] of set.targets) {
      const targets = { OrganizationalUnitIds: [unit], ...filter === 'NONE' ? {} : { Accounts: [...accounts], AccountFilterType: filter } };
      const missing = [...regions].filter((region) => !set.instances.has(`${account.id}/${region}`));
      if (missing.length === 0 || unitTargeting(state, targets, account.id, account.parent) === undefined) continue;
      const id = makeId();
      const results = wantedInstances(state, set, { OrganizationalUnitIds: [account.parent], Accounts: [account.id], AccountFilterType: 'INTERSECTION' }, missing, overrides, id);
      enqueue(state, set, { id, action: 'CREATE', input: { DeploymentTargets: targets, Regions: missing }, results });
    }
  }
}

/** StackSets with auto-deployment take their stacks from an account that no target holds any longer. */
export function accountLeft(state: State, account: Account): void {
  for (const set of state.stackSets) {
    if (set.autoDeployment?.Enabled !== true) continue;
    const above = unitsAbove(state, account.parent);
    const left = [...set.instances.values()].filter((instance) => instance.account === account.id && ![...set.targets.keys()].some((unit) => above.includes(unit)));
    for (const instance of set.instances.values()) if (instance.account === account.id) instance.unit = account.parent;
    if (left.length === 0) continue;
    enqueue(state, set, { id: makeId(), action: 'DELETE', input: {}, retain: set.autoDeployment.RetainStacksOnAccountRemoval, results: left.map(({ region }) => ({ account: account.id, region, unit: account.parent, status: 'PENDING', reason: undefined })) });
  }
}
