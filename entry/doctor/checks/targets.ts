import type { Check } from '../check.ts';
import { note, problem } from '../finding.ts';
import { accountsInScope } from '../scope.ts';

export const targets: Check = {
  id: 'targets',
  title: 'The units and accounts of the settings are of the organization',
  async run({ organization, settings, caller }) {
    const found = await organization();
    const units = new Set(found.accounts.flatMap(({ path }) => path.map(({ id }) => id)));
    const accounts = new Set(found.accounts.map(({ id }) => id));
    const strange = [...new Set([...settings.targets, ...settings.canary])].filter((id) => !units.has(id));
    const gone = settings.excludeAccounts.filter((id) => !accounts.has(id));
    const inScope = accountsInScope(found, settings);
    return [
      ...settings.targets.length === 0 && settings.pack === 'stackset' ? [problem('the settings name no `targets`, so no account gets the pack', 'name organizational units, or the root, under `targets`')] : [],
      ...strange.map((id) => problem(`there is no active account below \`${id}\`, which the settings name`, 'correct the id under `targets` or `canary`: `aws organizations list-roots` and `list-organizational-units-for-parent` tell them')),
      ...gone.map((id) => note(`\`excludeAccounts\` lists ${id}, which is no active account of the organization`, 'take it out of the settings')),
      ...inScope.includes(found.managementAccount) && caller.account !== found.managementAccount
        ? [note(`StackSets do not reach the management account ${found.managementAccount}`, 'with credentials of that account: perimeter deploy apply --management', 'or list it under `excludeAccounts`')] : [],
    ];
  },
};
