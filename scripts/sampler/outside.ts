import type { Perimeter, Request } from '../../policy/index.ts';
import { block, own, vpc, endpoint } from './cast.ts';
import { fits, isOnPath } from './definitions.ts';
import { isCognito, issuers, rolesAnywhere } from './issuers.ts';
import { isListed, type Account, type Caller, type Scene, type Setting } from './scene.ts';

const isOwnerMine = (setting: Setting, { id, organization }: Account): boolean => isListed(setting, id) || (organization !== undefined && setting.definition.organizations.includes(organization));
const isCallerMine = (setting: Setting, { id, organization, path }: Account): boolean => isListed(setting, id) || (organization !== undefined && setting.definition.organizations.includes(organization) && isOnPath(setting.definition, path!));

/** Whether a scene is a violation of the objective: by what the definition says alone. */
export function isOutside(setting: Setting, scene: Scene, request: Request): boolean {
  const { definition, kind } = setting;
  const { caller, act, network } = scene;
  if (setting.isAsked?.(request) === false) return false;
  // An account that policies name and whose organization nobody has told, may be of anybody.
  if (definition.accounts === undefined && [...'account' in caller ? [caller.account] : [], act.owner].some((one) => !isListed(setting, one.id) && setting.said.text.includes(one.id))) return false;
  const attached = kind === 'identity' || kind === 'scp';
  if (attached && !('account' in caller && isCallerMine(setting, caller.account))) return false;
  // What goes along with the begin of a session is no call by itself.
  if (setting.objective !== 'any' && kind !== 'trust' && /^sts:(TagSession|SetSourceIdentity)$/i.test(request.action)) return false;
  switch (setting.objective) {
    case 'any': return true;
    case 'principals': return isForeignCaller(setting, caller, request) && !(kind === 'vpc-endpoint' && isUnsignedAdmitted(setting, scene, request));
    case 'deputies': {
      if (caller.kind !== 'service' || caller.sourceArn === undefined || isOwnerMine(setting, caller.source)) return false;
      // A Deny that spares who tells no source holds of those who send it.
      if (request.context['aws:SourceArn'] === undefined && setting.said.tests.some(({ key, operator }) => operator === 'null' && key === 'aws:sourcearn')) return false;
      const bucket = /^arn:aws:s3:::([^/]+)/.exec(caller.sourceArn)?.[1];
      return bucket === undefined || !fits(definition.buckets, bucket);
    }
    case 'networks': {
      if (!('account' in caller) || !isCallerMine(setting, caller.account) || scene.chain !== undefined || isExcluded(definition, request)) return false;
      if (!isOwnerMine(setting, act.owner)) return false;
      const { networks } = definition;
      if (network.kind === 'internet') return !(networks.cidrs.includes(block) && network.address.startsWith('192.0.2.'));
      return !(networks.vpcs.includes(vpc) && network.vpc === vpc) && !(networks.vpcEndpoints.includes(endpoint) && network.endpoint === endpoint) && !(networks.organization && isOwnerMine(setting, network.owner));
    }
    case 'resources': {
      if (request.resource === undefined || isOwnerMine(setting, act.owner)) return false;
      if ('account' in caller && isCallerMine(setting, caller.account) && isExcluded(definition, request)) return false;
      return !isReachable(definition, request) && !(caller.kind === 'service' && isAdmitted(definition, caller.name));
    }
  }
}

/** Whether a service counts as AWS acting for me, also under the name of a Region or of China. */
export const isAdmitted = ({ services }: Perimeter, name: string): boolean => services === 'any' || services.includes(name) || services.includes(name.replace(/\.[a-z]+(-[a-z]+)+-\d(?=\.)/, '').replace(/\.cn$/, ''));

/** Whether the definition lets whoever calls reach a resource that is not mine. */
export function isReachable({ unsignedActions, awsOwnedResources, partners, buckets }: Perimeter, { action, resource = '' }: Request): boolean {
  const bucket = /^arn:[^:]*:s3:::([^/]+)/.exec(resource)?.[1];
  return fits(unsignedActions, action, 'i') || fits(awsOwnedResources.flatMap((one) => [one, `${one}/*`]), resource) || partners.some(({ reachable }) => reachable.some((one) => reaches(one, resource))) || (bucket !== undefined && fits(buckets, bucket));
}
/** A wildcard in a bucket's name takes in none of the keys in other buckets. */
function reaches(pattern: string, resource: string): boolean {
  const [, head, name, key] = /^(arn:[^:]*:s3:::)([^/]*)(.*)$/s.exec(pattern) ?? [];
  const [, bucket = '', rest = ''] = /^arn:[^:]*:s3:::([^/]*)(.*)$/s.exec(resource) ?? [];
  return fits([pattern], resource) && (head === undefined || (fits([name!], bucket) && fits([key!], rest)));
}
export const isExcluded = ({ exclusionTags }: Perimeter, { context }: Request): boolean => Object.entries(exclusionTags.principal).some(([name, value]) => context[`aws:principaltag/${name}`] === value);

function isForeignCaller(setting: Setting, caller: Caller, { action, resource = '', context }: Request): boolean {
  const { definition, kind, said, callers } = setting;
  if (callers === 'partners' && !('account' in caller)) return false;
  switch (caller.kind) {
    case 'anonymous': return true;
    case 'service': return !isAdmitted(definition, caller.name) || (kind === 'trust' && caller.name === rolesAnywhere && isForeignAnchor(definition, caller.sourceArn!));
    case 'web-identity': case 'saml': return isForeignToken(definition, caller);
    default: {
      if (isCallerMine(setting, caller.account)) return false;
      const theirs = definition.partners.filter(({ accounts }) => accounts.includes(caller.account.id));
      if (callers === (theirs.length === 0 ? 'partners' : 'all-but-partners')) return false;
      if (theirs.length === 0) return true;
      if (kind !== 'trust') return !theirs.some(({ resources }) => resources.some((one) => fits([one.arn], resource) && fits(one.actions, action, 'i')));
      const id = context['sts:externalid'];
      return typeof id !== 'string' || !theirs.some(({ externalIds }) => externalIds === 'pinned' ? isPinned(said, id) : (externalIds ?? []).includes(id));
    }
  }
}

/** Whether a policy fixes an external id exactly, in any case where it is compared so. */
export const isPinned = ({ tests }: Setting['said'], id: string): boolean => tests.some(({ key, operator, values }) => key === 'sts:externalid' && values.some((one) => !/\$\{/.test(one) && (one === id || (operator.includes('ignorecase') && one.toLowerCase() === id.toLowerCase()))));

/** Where trust anchors are listed, those are mine alone. */
function isForeignAnchor({ identityProviders = [] }: Perimeter, arn: string): boolean {
  const listed = identityProviders.flatMap((one) => one.kind === 'trust-anchors' ? one.arns : []);
  return listed.length > 0 && !fits(listed, arn);
}

export function isForeignToken({ identityProviders, accounts, standaloneAccounts }: Perimeter, { kind, provider, claims }: Pick<Extract<Caller, { claims: object }>, 'kind' | 'provider' | 'claims'>): boolean {
  const of = /::(\d{12}):/.exec(provider)?.[1];
  if (of !== undefined && of !== own && !(accounts ?? []).includes(of) && !standaloneAccounts.includes(of)) return true;
  if (kind === 'saml') { const listed = (identityProviders ?? []).flatMap((one) => one.kind === 'saml' ? [one.arn] : []); return listed.length > 0 && !fits(listed, provider); }
  const issuer = provider.replace(/^.*oidc-provider\//, '');
  const entries = (identityProviders ?? []).filter((one) => one.kind === 'cognito' ? isCognito(issuer) : 'issuer' in one && fits([one.issuer], issuer));
  if (entries.length === 0) return identityProviders !== undefined || issuers.some(({ name, isShared }) => isShared && name === issuer);
  return !entries.some((one) => one.kind === 'own' || (one.kind === 'cognito' && one.identityPools.includes(String(claims[`${issuer}:aud`])) && (one.guests || !(claims[`${issuer}:amr`] ?? []).includes('unauthenticated')))
    || (one.kind === 'claims' && Object.entries(one.claims).some(([claim, values]) => fits(values, String(claims[`${issuer}:${claim}`])))));
}

/** What the definition lets pass through an endpoint without a signature. */
function isUnsignedAdmitted(setting: Setting, { caller, act }: Scene, { action, resource }: Request): boolean {
  if ('account' in caller || caller.kind === 'service') return false;
  const { unsignedActions, awsOwnedResources } = setting.definition;
  return (isOwnerMine(setting, act.owner) && fits(unsignedActions, action, 'i')) || fits(unsignedActions, 's3:GetObject', 'i') && action.toLowerCase() === 's3:getobject'
    || (resource !== undefined && fits(awsOwnedResources.flatMap((one) => [one, `${one}/*`]), resource) && /:(Get|List|Head|Describe|Batch)/i.test(action));
}
