import { decide, parsePolicy, type Objective, type Perimeter, type Policy, type Request } from '../../policy/index.ts';
import type { Setting as Reading } from '../../policy/decide.ts';
import { isBoundByRcps } from '../../policy/tables/rcp-services.ts';
import { own } from './cast.ts';
import type { Document, Statement } from './documents.ts';
import { saidBy } from './said.ts';
import type { Trial } from './trials.ts';

export const onPrincipal: ReadonlySet<string> = new Set(['identity', 'boundary', 'scp', 'second scp']);
export const counts = (name: string, objective: Objective): boolean => name === 'endpoint' || objective === 'networks' || onPrincipal.has(name) === (objective === 'resources');
/** Whether RCPs bind what a request is about. */
export const isBound = ({ action }: Request): boolean => isBoundByRcps(action.split(':')[0]!.toLowerCase());
/** Whether RCPs by themselves speak of a request: of services that they bind, and of those that they name where they name any. */
export function askedOf(documents: readonly Document[]): (request: Request) => boolean {
  const { actions, resources, text } = saidBy(documents);
  const named = actions.map((one) => one.split(':')[0]!.toLowerCase()).filter((one) => isBoundByRcps(one));
  const onResources = resources.map((one) => one.split(':')[2]);
  return (request) => isBound(request) && (named.length === 0 || text.includes('"NotAction"') || [...named, ...onResources].includes(request.action.split(':')[0]!.toLowerCase()));
}
const everything: Statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

/**
 * Whether all planes together allow a request, written from AWS's page beside the engine's formulas:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluation(documents: Trial['documents'], objective: Objective, isTrust: boolean, { accounts = [], organizations, standaloneAccounts }: Perimeter): (request: Request) => boolean {
  const policyOf = (of: Document): Policy | undefined => of.Statement.length === 0 ? undefined : parsePolicy(of);
  const pick = (name: string, effect: 'Allow' | 'Deny', more: readonly Statement[] = []): Policy | undefined => { const of = documents[name]; return of === undefined ? undefined : policyOf({ ...of, Statement: [...of.Statement.filter((one) => one.Effect === effect), ...more] }); };
  const reading = (name: string): Reading => onPrincipal.has(name) ? { attached: true } : {};
  const names = Object.keys(documents).filter((name) => counts(name, objective));
  // A Deny with NotPrincipal denies whoever has a boundary: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  const denials = names.map((name): [string, Policy, Reading] => [name, withoutSpared(pick(name, 'Deny', [everything])!, names.includes('boundary') && name === 'resource'), reading(name)]);
  const grants = new Map(names.map((name) => [name, pick(name, 'Allow')]));
  const allows = (name: string, request: Request): boolean => { const of = grants.get(name); return of !== undefined && decide(of, request, reading(name)).allowed; };
  const direct = directGrants(documents['resource']);
  const allowsOrLacks = (name: string, request: Request): boolean => !names.includes(name) || allows(name, request);
  // A guardrail that only denies is one beside the full access that AWS attaches.
  const guards = names.filter((name) => ['scp', 'second scp', 'rcp', 'endpoint'].includes(name) && (name === 'endpoint' || grants.get(name) !== undefined));
  // Whoever reaches a resource may be in no organization, and so may the account that is asked about.
  const [isOnResource, isOnIdentity] = [names.includes('resource') || names.includes('rcp'), names.includes('identity') || names.includes('boundary')];
  // Nor need whoever comes to an endpoint be of an organization of mine.
  const isStrange = ({ principal: { account = '' }, context }: Request): boolean => organizations.length > 0 ? !organizations.includes(String(context['aws:PrincipalOrgID'])) : ![own, ...accounts].includes(account);
  const isForAll = objective === 'resources' && names.includes('endpoint') && !isOnIdentity;
  const standsAlone = standaloneAccounts.includes(own);
  const [hasRcps, hasScps] = [!standsAlone || !('resource' in documents), !standsAlone || !('identity' in documents || 'boundary' in documents)];
  // What an account has that stands alone no RCP binds; of an account that RCPs hang on none is asked about.
  const isBeyondRcps = ({ context }: Request): boolean => isOnIdentity && standaloneAccounts.includes(String(context['aws:ResourceAccount']));
  const isUnbound = (name: string, request: Request): boolean => name === 'rcp' ? !hasRcps || !isBound(request) || isBeyondRcps(request) : name.endsWith('scp') && (!hasScps || (isForAll ? isStrange(request) : isOfNone(request)));
  const isOfNone = ({ principal: { account = '' } }: Request): boolean => isOnResource && standaloneAccounts.includes(account);
  return (request) => {
    if (denials.some(([name, one, how]) => !isUnbound(name, request) && !decide(one, request, how).allowed) || guards.some((name) => !isUnbound(name, request) && !allows(name, request))) return false;
    if (objective !== 'networks') return ['identity', 'boundary', 'resource'].every((name) => allowsOrLacks(name, request));
    if (!names.includes('resource')) return allowsOrLacks('identity', request) && allowsOrLacks('boundary', request);
    if (!names.some((name) => onPrincipal.has(name))) return allows('resource', request);
    if (request.principal.account !== own) return ['identity', 'boundary', 'resource'].every((name) => allowsOrLacks(name, request));
    const limited = allowsOrLacks('boundary', request);
    const granted = direct.some(({ policy, byRole }) => decide(policy, request).allowed && (!byRole || limited));
    if (isTrust || /^kms:/i.test(request.action)) return allows('resource', request) && (granted || (allowsOrLacks('identity', request) && limited));
    // What is not given may grant anything.
    return granted || (allowsOrLacks('identity', request) && limited);
  };
}

const withoutSpared = (policy: Policy, isBounded: boolean): Policy => !isBounded ? policy : {
  ...policy, statements: policy.statements.map((one) => one.effect === 'Deny' && one.principals?.negated === true ? { ...one, principals: { ...one.principals, negated: false, everyone: true } } : one),
};

/** What a resource's policy grants principals of its account whatever their own policies say; a role by its ARN within its boundary. */
function directGrants(of: Document | undefined): readonly { readonly policy: Policy; readonly byRole: boolean }[] {
  const isAccount = (one: string): boolean => /^\d{12}$/.test(one) || one.endsWith(':root');
  const isRole = (one: string): boolean => /:iam::\d+:role\//.test(one);
  return (of?.Statement ?? []).filter(({ Effect }) => Effect === 'Allow').flatMap((one) => {
    const { Principal } = one as { readonly Principal?: string | { readonly AWS?: string | readonly string[]; readonly Federated?: unknown } };
    const with_ = (principal: unknown, byRole: boolean) => ({ policy: parsePolicy({ Version: of!.Version, Statement: [{ ...one, Principal: principal }] }), byRole });
    if (typeof Principal !== 'object') return Principal === undefined ? [] : [with_(Principal, false)];
    const named = [Principal.AWS ?? []].flat();
    return [...named.filter((name) => !isAccount(name)).map((name) => with_({ AWS: name }, isRole(name))), ...Principal.Federated === undefined ? [] : [with_({ Federated: Principal.Federated }, false)]];
  });
}
