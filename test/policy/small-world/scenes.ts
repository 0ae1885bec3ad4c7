import { defaultPerimeter, type Perimeter, type Request } from '../../../policy/index.ts';
import { seeded } from '../../../scripts/bench/random.ts';
import { alone, block, foreign, foreignOrganizations, github, mine, own, partner, sibling, stranger, units, vpc } from '../../../scripts/sampler/cast.ts';
import { issuers } from '../../../scripts/sampler/issuers.ts';
import { isOutside } from '../../../scripts/sampler/outside.ts';
import { requestOf } from '../../../scripts/sampler/request.ts';
import { isImpossible, isListed, type Account, type Act, type Caller, type Network, type Scene, type Setting } from '../../../scripts/sampler/scene.ts';
import { asked } from './policies.ts';

// All scenes of a small world. What a request of a scene carries, and whether it violates an objective, is the sampler's definition, which is
// written from AWS's text beside the engine's.

const bare: Perimeter = { ...defaultPerimeter, awsOwnedResources: [], organizations: [mine], accounts: [own, sibling], networks: { ...defaultPerimeter.networks, vpcs: [vpc], cidrs: [block] } };
export const definitions: Readonly<Record<'bare' | 'full' | 'unlisted', Perimeter>> = {
  bare,
  full: {
    ...bare, services: ['s3.amazonaws.com'], buckets: ['acme-*'], exclusionTags: { principal: { 'dp:exclude': 'true' }, resource: {} }, unsignedActions: ['s3:ListBucket'],
    partners: [{ name: 'Acme', accounts: [partner], externalIds: ['12345'], resources: [{ arn: `${asked}/*`, actions: ['s3:Get*'] }], reachable: ['arn:aws:s3:::vendor-drop/*'] }],
    identityProviders: [{ kind: 'claims', issuer: github, claims: { sub: ['repo:acme/*'] } }, { kind: 'saml', arn: `arn:aws:iam::${own}:saml-provider/Okta` }], networks: { ...bare.networks, vpcs: [], organization: true },
  },
  unlisted: { ...bare, accounts: undefined, standaloneAccounts: [alone], organizationPaths: [`${mine}/r-ab12/${units[1]!}*`], unsignedActions: ['s3:GetObject'] },
};

const account = (id: string, organization?: string, unit = units[1]!): Account => ({ id, organization, path: organization === undefined ? undefined : `${organization}/r-ab12/${unit}` });
const [ours, siblings, theirs, theirsOfOthers, unknown] = [account(own, mine), account(sibling, mine), account(stranger), account(stranger, foreign), account('999999999999', foreignOrganizations[3])] as const;
const person = (kind: 'role' | 'user' | 'root', of: Account, name: string): Caller => ({ kind, account: of, name, session: 'jo', provider: undefined });
const people: readonly Caller[] = [
  ...[ours, siblings, theirs, theirsOfOthers, unknown, account(partner), account(alone)].map((one) => person('role', one, 'app')), person('role', ours, 'x'), person('role', unknown, 'x'),
  ...[ours, theirsOfOthers, unknown].map((one) => person('user', one, 'jo')), person('root', ours, ''), person('root', theirs, ''),
];
/** In my organization, where no list of accounts says otherwise, but off the paths that are mine. */
const offPath = person('role', account('555555555555', mine, units[2]), 'app');
const calling = (name: string, source: Account, sourceArn?: string): Caller => ({ kind: 'service', name, hasInstances: false, source, sourceArn });
const services: readonly Caller[] = [
  ...[ours, theirs, theirsOfOthers, unknown].map((one) => calling('cloudtrail.amazonaws.com', one, `arn:aws:cloudtrail:eu-west-1:${one.id}:trail/t`)),
  ...[ours, unknown].flatMap((one) => ['acme-logs', 'other'].map((name) => calling('s3.amazonaws.com', one, `arn:aws:s3:::${name}`))), calling('frob.amazonaws.com', ours),
];
const token = (sub: string): Caller => {
  const { name, token: claims } = issuers.find((one) => one.name === github)!;
  const made = claims((claim, others) => claim === 'sub' ? sub : others[0]!, seeded(1));
  return { kind: 'web-identity', provider: `arn:aws:iam::${own}:oidc-provider/${github}`, claims: Object.fromEntries(Object.entries(made).map(([claim, value]) => [`${name}:${claim}`, value])) };
};
const assertion = (provider: string): Caller => ({ kind: 'saml', provider: `arn:aws:iam::${own}:saml-provider/${provider}`, claims: { 'SAML:aud': 'https://signin.aws.amazon.com/saml', 'SAML:doc': `${own}/${provider}` } });
const tokens: readonly Caller[] = [...['repo:acme/app:ref:refs/heads/main', 'repo:evil/app:ref:refs/heads/main', 'repo:acme-evil/app:pull_request'].map(token), assertion('Okta'), assertion('Other')];

function callersOf({ kind, definition, objective, hasIdentity }: Setting): readonly Caller[] {
  if (objective === 'deputies') return services;
  // An SCP binds no account outside of an organization; root users have no identity policies.
  const inAccounts = people.filter((one) => 'account' in one && (one.account.id !== alone || kind !== 'scp') && (one.kind !== 'root' || !hasIdentity));
  const all = definition.accounts === undefined ? [...inAccounts, offPath] : inAccounts;
  switch (kind) {
    case 'identity': return all.filter((one) => one.kind !== 'root' && 'account' in one && one.account === ours);
    case 'scp': return all;
    // A service assumes roles for the account that they are of, and root users none.
    case 'trust': return [...all.filter((one) => one.kind !== 'root'), ...tokens, ...services.filter((one) => 'source' in one && one.source === ours)];
    default: return [{ kind: 'anonymous' }, ...all, ...services];
  }
}

const tells = (setting: Setting, pattern: RegExp): boolean => [...setting.said.keys.keys()].some((key) => pattern.test(key));
const s3 = ['s3:GetObject', 's3:PutObject', 's3:ListBucket'];
const everywhere = ['arn:aws:s3:::acme-data/x', 'arn:aws:s3:::acme-data/red/y', 'arn:aws:s3:::other', 'arn:aws:s3:::vendor-drop/a', `arn:aws:s3:::data-${stranger}/x`];
/** What callers do, by the owner of what they do it to. */
function actsOf(setting: Setting): readonly (readonly Act[])[] {
  const { kind, hangsOnResource } = setting;
  if (kind === 'trust') return [['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'].map((action) => ({ service: 'sts', action, resource: `arn:aws:iam::${own}:role/app`, owner: ours }))];
  const owners = hangsOnResource ? [ours] : tells(setting, /resource(account|org)/) ? [ours, siblings, theirs, theirsOfOthers, unknown] : [ours, theirs];
  return owners.map((owner) => (hangsOnResource ? [asked, `${asked}/x`, `${asked}/red/y`, `${asked}/jo/y`] : everywhere).flatMap((resource) => s3.map((action) => ({ service: 's3', action, resource, owner }))));
}

const inVpc = (id: string, of: Account): Network => ({ kind: 'vpc', vpc: id, endpoint: id === vpc ? 'vpce-0aaa1111' : 'vpce-0bbb2222', address: '10.1.2.3', owner: of });
const internet: readonly Network[] = ['8.8.8.8', '192.0.2.5', '192.0.2.200', '2001:db8::1'].map((address) => ({ kind: 'internet', address }));
function networksOf(setting: Setting): readonly Network[] {
  // An endpoint's policy is of its account; of others it may lie in any of mine.
  const elsewhere = setting.kind === 'vpc-endpoint' || !isListed(setting, siblings.id) ? [] : [inVpc(vpc, siblings)];
  if (setting.kind === 'vpc-endpoint' || setting.viaEndpoint) return tells(setting, /source(ip|vpc)|vpce/) ? [inVpc(vpc, ours), inVpc('vpc-0ffff111', ours), ...elsewhere] : [inVpc(vpc, ours)];
  return setting.objective === 'networks' || tells(setting, /source(ip|vpc)|vpce/) ? [...internet, inVpc(vpc, ours), inVpc('vpc-0ffff111', ours), inVpc('vpc-0ffff111', unknown)] : internet.slice(0, 1);
}

/** What callers carry as they like, where policies ask for it. */
const free: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'aws:principaltag/team': [undefined, 'red', 'blue'], 'aws:principaltag/dp:exclude': [undefined, 'true', 'false'], 'aws:securetransport': ['true', 'false'], 's3:max-keys': [undefined, '5', '7', '50'], 'sts:externalid': [undefined, '12345', '1x', 'zz'],
};
function freesOf(setting: Setting): readonly Scene['free'][] {
  const asked = [...Object.entries(free).filter(([key]) => setting.said.keys.has(key)), ...setting.said.keys.has('aws:tagkeys') ? ['a', 'b'].map((name) => [`aws:requesttag/${name}`, [undefined, 'v']] as const) : []];
  return asked.reduce<Scene['free'][]>((made, [key, values]) => made.flatMap((one) => values.map((value) => value === undefined ? one : { ...one, [key]: value })), [{}]);
}

const judgedBy = new Set(Object.keys(free));
const carrying = ({ keys }: Setting['said'], request: Request): Request => ({ ...request, context: Object.fromEntries(Object.entries(request.context).filter(([key]) => keys.has(key.toLowerCase()) || judgedBy.has(key))) });

/** What only a list can settle: an account that a policy names and no definition knows, a bucket that one names and nobody lists. */
function isInDoubt({ definition, objective, said }: Setting, { caller, act }: Scene): boolean {
  if (definition.accounts === undefined && 'source' in caller && caller.source.id !== own && said.text.includes(caller.source.id)) return true;
  const bucket = /^arn:aws:s3:::([^/]+)/.exec(act.resource)?.[1];
  return objective === 'resources' && bucket !== undefined && said.resources.some((one) => one === `arn:aws:s3:::${bucket}` || one.startsWith(`arn:aws:s3:::${bucket}/`));
}

/** A request of the small world that is allowed and violates the objective; `certainly`: none of which the definition may not tell whether it does. */
export function violation(setting: Setting, allows: (request: Request) => boolean, certainly = false): Request | undefined {
  // Through an endpoint the definition may admit unsigned calls, whatever else they meet.
  const judged: Setting = { ...setting, ...setting.viaEndpoint && setting.kind === 'resource' ? { kind: 'vpc-endpoint' } : {}, ...certainly ? {} : { said: { ...setting.said, text: '' } } };
  // What hangs on accounts or principals keeps them from other networks whatever they reach.
  const ownerless = setting.objective === 'networks' && (setting.kind === 'scp' || setting.kind === 'identity');
  const [acts, networks, frees] = [actsOf(setting), networksOf(setting), freesOf(setting)];
  const chains = setting.said.keys.has('aws:viaawsservice') ? [undefined, ['cloudformation.amazonaws.com']] : [undefined];
  const times = setting.said.keys.has('aws:currenttime') ? [0, 3000] : [0];
  for (const caller of callersOf(setting)) for (const ofOwner of acts) for (const network of networks) {
    const sceneOf = (act: Act): Scene => ({ caller, act, network, chain: undefined, accessPoint: undefined, partition: 'aws', time: 0, free: {} });
    // Of actions it matters in trust policies alone which one somebody can call.
    if (setting.kind !== 'trust' && isImpossible(sceneOf(ofOwner[0]!), setting)) continue;
    const scenes = ofOwner.map(sceneOf).filter((scene) => !(setting.kind === 'trust' && isImpossible(scene, setting)) && !(certainly && isInDoubt(setting, scene)));
    for (const time of times) for (const free of frees) for (const chain of 'account' in caller ? chains : [undefined]) {
      let shared: Request | undefined;
      for (const of of scenes) {
        const scene = { ...of, chain, time, free };
        // What a request carries does not hang on its action, or on which of an owner's resources it is about; what nobody asks for is left out.
        shared ??= carrying(setting.said, requestOf(scene));
        const request = { ...shared, action: of.act.action, resource: of.act.resource };
        if (allows(request) && isOutside(judged, ownerless ? { ...scene, act: { ...of.act, owner: ours } } : scene, request)) return request;
      }
    }
  }
  return undefined;
}
