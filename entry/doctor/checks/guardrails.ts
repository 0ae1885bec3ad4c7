import type { Organization, OrganizationAccount } from '../organization/organization.ts';
import { readGuardrails, type Guardrails, type GuardrailType } from '../organization/guardrails.ts';
import { isBoundByRcps } from '../../../policy/tables/rcp-services.ts';
import type { Check, Context, Located } from '../check.ts';
import { problem, unknown, type Said } from '../finding.ts';
import { exemption } from '../policies/exemption.ts';
import { stopsOf, type Level, type Stop } from '../policies/judgement.ts';
import { keysOf } from '../policies/open-keys.ts';
import { neededIn, type Needed } from '../policies/requests.ts';

interface Kind {
  readonly type: GuardrailType;
  readonly word: 'SCP' | 'RCP';
  readonly attached: boolean;
  /** Whose policies of the kind the request meets; `undefined`: nobody's. */
  readonly bound: (needed: Needed) => string | undefined;
}

const scp: Kind = { type: 'SERVICE_CONTROL_POLICY', word: 'SCP', attached: true, bound: ({ callerAccount }) => callerAccount };
const rcp: Kind = { type: 'RESOURCE_CONTROL_POLICY', word: 'RCP', attached: false, bound: ({ request, ownerAccount }) => isBoundByRcps(request.action.split(':')[0]!) ? ownerAccount : undefined };

export const serviceControlPolicies: Check = {
  id: 'service-control-policies',
  title: 'Service control policies let the pack be deployed and its roles work',
  run: (context) => judgeAll(scp, context),
};
export const resourceControlPolicies: Check = {
  id: 'resource-control-policies',
  title: 'Resource control policies let services assume the pack\'s roles, and members read the definition',
  run: (context) => judgeAll(rcp, context),
};

async function judgeAll(kind: Kind, context: Context): Promise<readonly Located[]> {
  const organization = await context.organization();
  if (!organization.policyTypes.has(kind.type)) return [];
  const guardrails = await readGuardrails(context.aws.organizations(context.settings.homeRegion), kind.type);
  const inScope = new Set(await context.accounts());
  const groups = groupsOf(organization.accounts.filter(({ id }) => inScope.has(id)), guardrails);
  return [
    ...guardrails.unread,
    ...groups.flatMap((accounts) => context.settings.regions.flatMap((region) => {
      const said = judge(kind, accounts[0]!, region, organization, guardrails, context);
      return accounts.flatMap(({ id: account }) => said.map((one): Located => ({ ...one, place: { account, region } })));
    })),
  ];
}

/**
 * Accounts for which the same policies hang on the same path are judged once, unless a policy can tell them apart: by their ids, or by
 * patterns of ids.
 */
function groupsOf(accounts: readonly OrganizationAccount[], { all, levelsOf }: Guardrails): readonly (readonly OrganizationAccount[])[] {
  const texts = all.map(({ document }) => JSON.stringify(document));
  const named = new Set(texts.flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []));
  const hasPatterns = texts.some((text) => /[":][\d?*]*\d[\d?*]*[?*][\d?*]*[":]|[":][?*]+\d[\d?*]*[":]/.test(text));
  const groups = new Map<string, OrganizationAccount[]>();
  for (const account of accounts) {
    const levels = levelsOf(account);
    const own = levels.at(-1)!;
    const key = hasPatterns || named.has(account.id) ? account.id : JSON.stringify([account.path.map(({ id }) => id), own.guardrails.map(({ id }) => id), own.isPartlyRead]);
    groups.set(key, [...groups.get(key) ?? [], account]);
  }
  return [...groups.values()];
}

function judge(kind: Kind, { id: account }: OrganizationAccount, region: string, organization: Organization, guardrails: Guardrails, context: Context): readonly Said[] {
  const { settings, caller, rules, remediations, now } = context;
  const byId = new Map(organization.accounts.map((one) => [one.id, one]));
  const levels = new Map<string, readonly Level[]>();
  const levelsOf = (id: string): readonly Level[] => {
    const found = byId.get(id);
    // SCPs and RCPs do not bind the management account, nor whom nobody found in the organization.
    const made = levels.get(id) ?? (found === undefined || id === organization.managementAccount ? [] : guardrails.levelsOf(found).map((level) => level.target === account ? { ...level, target: 'the account' } : level));
    levels.set(id, made);
    return made;
  };
  const needed = neededIn({
    account, region, partition: caller.partition, organization: organization.id, rules, remediations, now, inVpc: settings.vpc[region] !== undefined,
    pathOf: (id) => [organization.id, ...byId.get(id)?.path.map((unit) => unit.id) ?? [], ''].join('/'),
    administrator: { account: caller.account, arn: roleOf(caller.arn), homeRegion: settings.homeRegion },
  });
  const setting = { attached: kind.attached };
  const stops = new Map<string, { readonly stop: Stop; readonly needed: Needed[] }>();
  for (const one of needed) {
    const bound = kind.bound(one);
    for (const stop of bound === undefined ? [] : stopsOf(levelsOf(bound), one, setting)) {
      const key = JSON.stringify([stop.target, stop.by?.guardrail.id, stop.by?.at, stop.dependsOn]);
      const entry = stops.get(key) ?? { stop, needed: [] };
      entry.needed.push(one);
      stops.set(key, entry);
    }
  }
  return [...stops.values()].map((entry) => said(kind, entry.stop, entry.needed));
}

/** The role of a session, which is what policies see of it as `aws:PrincipalArn`. */
const roleOf = (arn: string): string => arn.replace(/^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');

function said({ word, attached }: Kind, { target, by, dependsOn }: Stop, stopped: readonly Needed[]): Said {
  const actions = [...new Set(stopped.map(({ request }) => request.action))].sort();
  const callers = [...new Set(stopped.map((one) => one.by))].sort();
  const what = `${listed(actions)} to ${listed(callers)}`;
  const details = [...new Set(stopped.map((one) => `${one.by}: ${one.request.action}`))].sort();
  if (by === undefined) {
    const head = `no ${word} on ${target} allows ${what}`;
    const next = [`attach ${attached ? 'FullAWSAccess' : 'RCPFullAWSAccess'} to ${target} beside what hangs there, or add these actions to an Allow there`];
    return { ...dependsOn.length === 0 ? problem(head, ...next) : unknown(`${head}, unless a condition is met on ${dependsOn.join(', ')}`, ...next), details };
  }
  const { guardrail, at, sid } = by;
  const place = `${word} \`${guardrail.name}\` (${guardrail.id}) on ${target}, statement ${sid === undefined ? at : `\`${sid}\` (${at})`}`;
  const spares = exemption(guardrail, at, stopped, { attached });
  const next = spares === undefined
    ? [`take the pack's roles out of that statement, or attach ${guardrail.id} to other units`]
    : [
      `add to the \`Condition\` of that statement: ${JSON.stringify(spares).slice(1, -1)}`,
      ...spares['ArnNotLike'] === undefined ? [] : ['and keep others from making roles of such names: `perimeter write pack-protection-scp`'],
      ...guardrail.policy.statements.some((one) => one.at === at && keysOf(one).includes('aws:requestedregion')) ? ['or add the Region to those that the statement lets pass, or take it out of `regions` of the settings'] : [],
    ];
  return {
    ...dependsOn.length === 0
      ? problem(`${place} denies ${what}`, ...next)
      : unknown(`${place} may deny ${what}: that depends on ${dependsOn.join(', ')}, which only the request tells`, ...next),
    details,
  };
}

const MOST = 4;
const listed = (all: readonly string[]): string => all.length <= MOST ? all.join(', ') : `${all.slice(0, MOST).join(', ')} and ${all.length - MOST} more`;
