import type { Principal, Request } from '../../policy/index.ts';
import { sendsEndpointOwner } from '../../policy/tables/vpce-keys.ts';
import { now, own } from './cast.ts';
import { fits } from './definitions.ts';
import { rolesAnywhere } from './issuers.ts';
import { isAdmitted as isServiceAdmitted, isExcluded, isForeignToken, isPinned, isReachable } from './outside.ts';
import { isListed, type Setting } from './scene.ts';
import { isResource } from './services.ts';

const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
/** One that names a unit somewhere below another is told by its ends alone. */
const PATH = /^o-[a-z0-9]{10,32}\/r-[a-z0-9-]+\/([a-z0-9-]*\/)*$/;
const lists = /(orgpaths|nameslist|calledvia|tagkeys|:amr)$/;
const isRegion = (text: string): boolean => /^[a-z-]+-[a-z-]+-\d$/.test(text);
/** Keys that only callers of an account send; but for an external id, which some services send with the roles they assume, and the way of a call, for CloudFront reaches an access point by way of S3 Object Lambda. */
const ofAccounts = ['aws:principalorgid', 'aws:principalorgpaths', 'aws:username', 'aws:calledvia', 'aws:multifactorauthpresent', 'sts:externalid', 'kms:calleraccount'];
const ofServicesToo = ['sts:externalid', 'aws:calledvia'];
const ofServices = ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:principalservicename', 'aws:principalservicenameslist'];

/** What is wrong with a witness: why nobody could send it by AWS's text, or why who sends it is not outside. */
export function faultsOf(setting: Setting, witness: Request): readonly string[] {
  const { principal, resource, action } = witness;
  const keys = new Map(Object.entries(witness.context).map(([name, value]) => [name.toLowerCase(), typeof value === 'string' ? [value] : value]));
  const one = (key: string): string | undefined => keys.get(key)?.[0];
  const faults: string[] = [];
  const unless = (fine: boolean, fault: string): void => { if (!fine) faults.push(fault); };
  const { definition } = setting;
  const { organizations } = definition;
  const standsAlone = (id: string): boolean => definition.standaloneAccounts.includes(id) || organizations.length === 0;
  const belongs = (what: string, id: string | undefined, organization: string | undefined): void => {
    if (id === undefined || organization === undefined) return;
    if (isListed(setting, id)) unless(!definition.standaloneAccounts.includes(id) && (organizations.length === 0 || organizations.includes(organization)), `${what}: ${id} is mine and in ${organization}`);
    else if (definition.accounts !== undefined) unless(!organizations.includes(organization), `${what}: ${id} is not listed and in ${organization}`);
  };

  for (const [key, values] of keys) {
    // What is tested as a list may be one where AWS does not say.
    unless(lists.test(key) || values.length === 1 || !key.startsWith('aws:'), `${key} has ${values.length} values`);
    // Tags have values that may be empty, and so have parameters of calls.
    unless(values.every((value) => value !== '') || !key.startsWith('aws:') || /tag\/|^aws:(referer|useragent)$/.test(key), `${key} is empty`);
    if (/orgid$/.test(key)) unless(values.every((value) => ORGANIZATION.test(value)), `${key} ${values}`);
    if (/orgpaths$/.test(key)) unless(values.every((value) => PATH.test(value)), `${key} ${values}`);
    if (/^(aws|s3|kms):.*account$/.test(key)) unless(values.every((value) => /^\d{12}$/.test(value) || (value === 'anonymous' && principal.kind === 'anonymous')), `${key} ${values}`);
    if (/(isawsservice|viaawsservice|securetransport|authpresent)$/.test(key)) unless(/^(true|false)$/.test(values[0]!), `${key} ${values}`);
  }
  for (const of of ['principal', 'vpce', ...organizations.length > 1 ? [] : ['resource'], ...setting.objective === 'deputies' ? ['source'] : []]) {
    const [organization, path] = [one(`aws:${of}orgid`), one(`aws:${of}orgpaths`)];
    unless(organization === undefined || path === undefined || path.startsWith(`${organization}/`), `aws:${of}orgpaths against aws:${of}orgid`);
    // AWS lists services that tell an endpoint's place and not its organization; where the service is not said, it may be one of those.
    const tellsBoth = of !== 'vpce' || (setting.services.length === 1 && sendsEndpointOwner(action.split(':')[0]!, 'aws:vpceorgid'));
    unless(path === undefined || organization !== undefined || !tellsBoth || !setting.said.keys.has(`aws:${of}orgid`), `aws:${of}orgpaths without aws:${of}orgid`);
  }
  if (setting.viaEndpoint) belongs('endpoint', one('aws:vpceaccount'), one('aws:vpceorgid'));
  const ofAccount = principal.kind === 'role' || principal.kind === 'user' || principal.kind === 'root';
  if (ofAccount) {
    const { account, arn = one('aws:principalarn') } = principal;
    unless(arn !== undefined && (one('aws:principalarn') ?? arn) === arn && new RegExp(`^arn:aws[a-z-]*:(iam::${account}:(root|(role|user)/([!-~]+/)?[\\w+=,.@:-]+)|sts::${account}:federated-user/[\\w+=,.@-]+)$`).test(arn), `principal ${arn} of ${account}`);
    for (const key of ['aws:principalaccount', 'kms:calleraccount']) unless((one(key) ?? account) === account, `${key} is not the caller's`);
    unless((one('aws:principalisawsservice') ?? 'false') === 'false', 'no service');
    const type = principal.kind === 'root' ? 'Account' : principal.kind === 'role' ? 'AssumedRole' : arn?.includes('federated-user') ? 'FederatedUser' : 'User';
    unless((one('aws:principaltype') ?? type) === type, `type of ${principal.kind}`);
    unless(!keys.has('aws:username') || (type === 'User' && one('aws:username') === arn?.split('/').at(-1)), 'name of the user');
    unless(principal.sessionArn === undefined || principal.sessionArn.split('/')[1] === arn?.split('/').at(-1), 'session of another role');
    belongs('caller', account, one('aws:principalorgid'));
    unless(!setting.said.keys.has('aws:principalorgid') || !isListed(setting, account!) || standsAlone(account!) || keys.has('aws:principalorgid'), 'mine without its organization');
  } else for (const key of ofAccounts) unless(!keys.has(key) || (ofServicesToo.includes(key) && principal.kind === 'service'), `${principal.kind} with ${key}`);
  // An account that sends events by a rule tells the rule.
  const isOfRule = (key: string): boolean => action.toLowerCase().startsWith('events:') && principal.account !== undefined && (key === 'aws:sourceaccount' ? one(key) === principal.account : key === 'aws:sourcearn' && one(key)?.split(':')[4] === principal.account && one(key)?.split(':')[5]?.startsWith('rule/') === true);
  if (principal.kind !== 'service') for (const key of ofServices) unless(!keys.has(key) || isOfRule(key), `${principal.kind} with ${key}`);
  else {
    // Of services that are judged for themselves nothing ties their sources.
    const isKnown = setting.objective === 'deputies';
    unless((one('aws:principalisawsservice') ?? 'true') === 'true' && (one('aws:principalservicename') ?? principal.name) === principal.name && one('aws:viaawsservice') !== 'true', 'keys of a service');
    const [arn, account] = [one('aws:sourcearn'), one('aws:sourceaccount')];
    unless(!isKnown || arn === undefined || account === undefined || !/^\d{12}$/.test(arn.split(':')[4] ?? '') || arn.split(':')[4] === account, 'aws:SourceArn of another account than aws:SourceAccount');
    if (isKnown) belongs('source', account, one('aws:sourceorgid'));
  }
  if (principal.kind === 'anonymous') unless(one('aws:viaawsservice') !== 'true' && !keys.has('aws:principalarn') && !keys.has('aws:principalisawsservice'), 'anonymous and signed');
  const [first, chain] = [one('aws:calledviafirst'), keys.get('aws:calledvia')];
  unless((chain === undefined && first === undefined) || principal.kind === 'service' || one('aws:viaawsservice') !== 'false', 'a direct call with a chain');
  unless(!keys.has('aws:sourceip') || !['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip', 'aws:vpceaccount', 'aws:vpceorgid'].some((key) => keys.has(key)), 'an address and a VPC');
  const [time, epoch] = [one('aws:currenttime'), one('aws:epochtime')];
  unless(time === undefined || Date.parse(time) >= now, 'in the past');
  unless(time === undefined || epoch === undefined || Math.abs(Date.parse(time) / 1000 - Number(epoch)) < 1, 'two clocks');
  const owner = one('aws:resourceaccount') ?? one('s3:resourceaccount') ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource ?? '')?.[1];
  unless((one('s3:resourceaccount') ?? owner) === owner && [owner, undefined].includes(/^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource ?? '')?.[1]), 'resource of two accounts');
  belongs('resource', owner, one('aws:resourceorgid'));
  unless(!ofAccount || owner !== principal.account || !keys.has('aws:resourceorgid') || !keys.has('aws:principalorgid') || one('aws:resourceorgid') === one('aws:principalorgid'), 'one account in two organizations');
  const [, partition, named, region = ''] = (resource ?? '').split(':');
  unless(resource === undefined || principal.arn === undefined || principal.arn.split(':')[1] === partition, 'caller and resource of two partitions');
  unless(named === undefined || named === '' || region === '' || isRegion(region), `Region of ${resource}`);
  unless(isRegion(one('aws:requestedregion') ?? 'us-east-1'), `called in ${one('aws:requestedregion')}`);
  // Where policies are compared and no service is said, a resource of any form will do.
  const isFormed = setting.objective === 'any' && setting.services.length > 1;
  if (owner !== undefined && resource !== undefined && partition === 'aws' && !isFormed) unless(named === 'route53' ? setting.objective === 'any' || resource.startsWith('arn:aws:route53:::') : named !== 's3' || isResource('s3', resource, owner), `no resource: ${resource}`);
  faults.push(...whollyTold(setting, witness, keys));
  return [...faults, ...insiders(setting, witness, one, owner, keys)];
}

type Keys = ReadonlyMap<string, readonly string[]>;
const isToken = (of: Principal): of is Principal & { readonly kind: 'web-identity' | 'saml' } => of.kind === 'web-identity' || of.kind === 'saml';
/** Claims by the name that their issuer has in the provider. */
const inCase = ({ provider = '' }: Principal, keys: Keys): Readonly<Record<string, readonly string[]>> => {
  const issuer = provider.replace(/^.*oidc-provider\//, '');
  return Object.fromEntries([...keys].map(([key, values]) => [key.startsWith(`${issuer.toLowerCase()}:`) ? `${issuer}${key.slice(issuer.length)}` : key, values]));
};

/** What a call tells of its session, or of its token, against what else it tells. */
function whollyTold({ kind }: Setting, { principal, action }: Request, keys: Keys): readonly string[] {
  const one = (key: string): string | undefined => keys.get(key)?.[0];
  const faults: string[] = [];
  const unless = (fine: boolean, fault: string): void => { if (!fine) faults.push(fault); };
  unless(principal.kind === 'role' || !['aws:sourceidentity', 'ec2:sourceinstancearn', 'aws:federatedprovider'].some((key) => keys.has(key)) || isToken(principal), 'a session of no role');
  unless(/^[\w+=,.@-]{2,64}$/.test(one('sts:rolesessionname') ?? 'xx') && /^[\w+=,.@-]{2,64}$/.test(one('sts:sourceidentity') ?? 'xx') && /^[\w+=,.@:/-]{2,1224}$/.test(one('sts:externalid') ?? 'xx'), 'no such parameter');
  const names = keys.get('aws:principalservicenameslist');
  unless(names === undefined || names.includes(principal.name!), 'names of another service');
  if (kind === 'trust' && !/^sts:(TagSession|SetSourceIdentity)$/i.test(action)) unless(action.toLowerCase() === `sts:assumerole${principal.kind === 'saml' ? 'withsaml' : principal.kind === 'web-identity' ? 'withwebidentity' : ''}`, `${action} by ${principal.kind}`);
  if (!isToken(principal)) return faults;
  const issuer = (principal.provider ?? '').replace(/^.*oidc-provider\//, '').toLowerCase();
  for (const key of keys.keys()) {
    unless(/^(aws:|sts:)/.test(key) || (principal.kind === 'saml' ? key.startsWith('saml:') : key.startsWith(`${issuer}:`)), `${principal.kind} of ${issuer} with ${key}`);
    unless(!/^aws:(principal|multifactor|tokenissue|sourceidentity|calledvia|username|userid)/.test(key), `${principal.kind} with ${key}`);
  }
  unless((one('aws:federatedprovider') ?? principal.provider) === principal.provider, 'another provider');
  const account = /::(\d{12}):/.exec(principal.provider ?? '')?.[1];
  // A stranger's provider stands for those of all strangers.
  unless(!keys.has('saml:doc') || one('saml:doc')!.startsWith(`${account}/`) || (account === '999999999999' && !one('saml:doc')!.startsWith(`${own}/`)), 'an assertion for another account');
  return faults;
}

/** Why the witness is not outside. */
function insiders(setting: Setting, witness: Request, one: (key: string) => string | undefined, owner: string | undefined, keys: Keys): readonly string[] {
  const { definition: { networks, organizations, organizationPaths, accounts, partners, identityProviders = [] }, definition, kind, objective, callers } = setting;
  const { principal, action } = witness;
  const isMine = (id: string | undefined): boolean => id !== undefined && isListed(setting, id);
  const anchors = kind === 'trust' && principal.name === rolesAnywhere ? identityProviders.flatMap((each) => each.kind === 'trust-anchors' ? each.arns : []) : [];
  const isAdmitted = principal.kind === 'service' && (anchors.length === 0 || fits(anchors, one('aws:sourcearn') ?? '')) && isServiceAdmitted(definition, principal.name!);
  const theirs = principal.account === undefined ? [] : partners.filter((each) => each.accounts.includes(principal.account!));
  const partnership = (): string[] => kind !== 'trust' ? [] : [
    ...callers !== undefined && (callers === 'partners') !== (theirs.length > 0) ? [`not asked: ${callers}`] : [],
    ...theirs.some(({ externalIds }) => Array.isArray(externalIds) && externalIds.includes(one('sts:externalid') ?? '')) || theirs.some(({ externalIds }) => externalIds === 'pinned' && isPinned(setting.said, one('sts:externalid') ?? '')) ? ['the external id is agreed'] : [],
  ];
  switch (objective) {
    case 'any': return [];
    case 'principals': return [...partnership(), ...isToken(principal) && !isForeignToken(setting.definition, { kind: principal.kind, provider: principal.provider!, claims: inCase(principal, keys) }) ? ['the token is mine'] : [], ...isMine(principal.account) ? ['the caller is mine'] : [], ...isAdmitted ? ['the service is admitted'] : [],
      ...principal.account !== undefined && organizations.includes(one('aws:principalorgid') ?? '') && organizationPaths.length === 0 ? ['the caller is in my organization'] : []];
    case 'resources': return [...isMine(owner) || organizations.includes(one('aws:resourceorgid') ?? '') ? ['the resource is mine'] : [], ...isReachable(definition, witness) ? ['the definition admits it'] : [], ...isMine(principal.account) && isExcluded(definition, { ...witness, context: Object.fromEntries(Object.entries(witness.context).map(([key, value]) => [key.toLowerCase(), value])) }) ? ['the principal is excluded'] : [], ...isAdmitted ? ['the service is admitted'] : [], ...kind === 'identity' && principal.account !== own ? ['an identity of another account'] : []];
    case 'deputies': return isMine(one('aws:sourceaccount')) || organizations.includes(one('aws:sourceorgid') ?? '') ? ['the source is mine'] : [];
    case 'networks': return [...accounts !== undefined && !isMine(principal.account) ? ['the caller is not mine'] : [], ...one('aws:viaawsservice') === 'true' ? [`${action} through a service`] : [],
      ...networks.vpcs.includes(one('aws:sourcevpc') ?? '') || networks.vpcEndpoints.includes(one('aws:sourcevpce') ?? '') || (networks.cidrs.length > 0 && (one('aws:sourceip') ?? '').startsWith('192.0.2.')) ? ['the network is mine'] : [],
      ...networks.organization && organizations.includes(one('aws:vpceorgid') ?? '') ? ['the network is of my organization'] : []];
  }
}
