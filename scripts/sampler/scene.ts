import { isDeepStrictEqual } from 'node:util';
import type { Objective, Perimeter, Question, QuestionKind } from '../../policy/index.ts';
import { deputySources } from '../../policy/tables/deputy-sources.ts';
import type { Random } from '../bench/random.ts';
import { accounts, foreign, foreignOrganizations, github, homes, own, pathIn, principals, regions, services, stranger, vpc, endpoint } from './cast.ts';
import { isOnPath } from './definitions.ts';
import { anchor, foreignAnchor, issuers, providerOf, rolesAnywhere } from './issuers.ts';
import { accountsSaid, instance, organizationsSaid, valueOf, type Said } from './said.ts';

/** An account, and which organization it belongs to, if any. */
export interface Account { readonly id: string; readonly organization: string | undefined; readonly path: string | undefined }
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'role' | 'user' | 'root' | 'federated'; readonly account: Account; readonly name: string; readonly session: string; readonly provider: string | undefined }
  | { readonly kind: 'service'; readonly name: string; readonly hasInstances: boolean; readonly source: Account; readonly sourceArn: string | undefined }
  | { readonly kind: 'web-identity' | 'saml'; readonly provider: string; readonly claims: Readonly<Record<string, string | readonly string[]>> };
export type Network =
  | { readonly kind: 'internet'; readonly address: string }
  | { readonly kind: 'vpc'; readonly vpc: string; readonly endpoint: string; readonly address: string; readonly owner: Account };
export interface Act { readonly service: string; readonly action: string; readonly resource: string; readonly owner: Account }
/** What a request comes of. Parts of it are drawn anew until a policy allows it. */
export interface Scene { readonly caller: Caller; readonly act: Act; readonly network: Network; readonly chain: readonly string[] | undefined; readonly accessPoint: Account | undefined; readonly partition: string; readonly time: number; readonly free: Readonly<Record<string, string | readonly string[]>> }

/** What is asked, as far as requests depend on it. */
export interface Setting {
  readonly kind: QuestionKind;
  readonly objective: Objective | 'any';
  readonly definition: Perimeter;
  readonly services: readonly string[];
  /** Whether the policies hang on the resource that its service is asked about. */
  readonly hangsOnResource: boolean;
  /** Whether policies hang on identities, which root users have none of. */
  readonly hasIdentity: boolean;
  readonly viaEndpoint: boolean;
  readonly callers?: Question['callers'];
  readonly said: Said;
}

export const isListed = ({ definition: { accounts, standaloneAccounts } }: Setting, id: string): boolean => id === own || (accounts ?? []).includes(id) || standaloneAccounts.includes(id);

/** Draws scenes of a setting, part by part. */
export class Scenes {
  private readonly random: Random;
  private readonly setting: Setting;
  constructor(random: Random, setting: Setting) { this.random = random; this.setting = setting; }

  start(): Scene {
    let scene: Scene = { caller: { kind: 'anonymous' }, act: { service: '', action: '', resource: '', owner: this.account([]) }, network: { kind: 'internet', address: '8.8.8.8' }, chain: undefined, accessPoint: undefined, partition: 'aws', time: 0, free: {} };
    for (const part of parts) scene = this.redraw(scene, part);
    return scene;
  }

  redraw(scene: Scene, part: Part): Scene {
    const { random, setting } = this;
    switch (part) {
      case 'caller': return { ...scene, caller: this.caller(scene) };
      case 'act': return { ...scene, act: this.act(scene) };
      case 'network': return { ...scene, network: this.network(scene) };
      case 'chain': return { ...scene, chain: setting.objective === 'networks' || random.chance(0.6) ? undefined : random.some(['cloudformation.amazonaws.com', 'athena.amazonaws.com', 'glue.amazonaws.com'], 0, 2) };
      case 'accessPoint': return { ...scene, accessPoint: random.chance(0.6) ? undefined : this.account(['account' in scene.caller ? [scene.caller.account] : [], [scene.act.owner]].flat()) };
      case 'partition': return { ...scene, partition: setting.hangsOnResource ? 'aws' : random.pick(['aws', ...Object.keys(homes).filter((one) => setting.said.text.includes(`arn:${one}:`))]) };
      case 'time': return { ...scene, time: random.pick([0, 1, 200, 400, 3000]) };
      case 'free': return { ...scene, free: Object.fromEntries([...this.freeKeys()].filter(() => random.chance(0.75)).map((key) => [key, this.freeValue(key)])) };
    }
  }

  private account(known: readonly Account[], wanted?: string): Account {
    const { random, setting } = this;
    const { accounts: listed, organizations, standaloneAccounts } = setting.definition;
    const said = accountsSaid(random, setting.said);
    const id = wanted ?? (said.length > 0 && random.chance(0.6) ? random.pick(said) : random.pick(accounts));
    const same = known.find((one) => one.id === id);
    if (same !== undefined) return same;
    const standsAlone = standaloneAccounts.includes(id);
    const ofMine = !standsAlone && isListed(setting, id);
    // Where every account of the organization is listed, any other is in none of mine.
    const possible = ofMine ? organizations : [...organizationsSaid(random, setting.said), ...foreignOrganizations].filter((one) => listed === undefined || !organizations.includes(one));
    const organization = standsAlone || possible.length === 0 || (!ofMine && random.chance(0.4)) ? undefined : random.pick(possible);
    return { id, organization, path: organization === undefined ? undefined : this.path(organization) };
  }
  private path(organization: string): string {
    const { random, setting } = this;
    const said = [...setting.said.keys].filter(([key]) => key.endsWith('orgpaths')).flatMap(([, values]) => values).map((one) => `${instance(random, one).replace(/\/+$/, '')}/`).map((one) => [organization, ...one.split('/').slice(1)].join('/'));
    const possible = said.filter((one) => /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*$/.test(one));
    return possible.length > 0 && random.chance(0.5) ? random.pick(possible) : pathIn(random, organization);
  }

  private caller({ act: { owner }, network }: Scene): Caller {
    const { random, setting } = this;
    const { chance, pick } = random;
    const kind = pick(this.callerKinds());
    switch (kind) {
      case 'anonymous': return { kind };
      case 'service': return this.service();
      case 'web-identity': case 'saml': return this.token(kind);
      default: {
        const account = setting.kind === 'identity' ? this.account([owner], own) : this.account([owner, ...network.kind === 'vpc' ? [network.owner] : []]);
        const named = [...setting.said.principals, ...setting.said.keys.get('aws:principalarn') ?? []].flatMap((one) => /:(?:role|user|federated-user|assumed-role)\/(.+)$/.exec(instance(random, one))?.[1] ?? []).filter((one) => /^([\w+=,.@-]+\/)*[\w+=,.@-]+$/.test(one) && !one.startsWith('aws-'));
        // A path may hold what looks like another ARN.
        const path = chance(0.1) ? pick([`x:${own}:role/`, `:iam::${own}:role/`, 'aws-reserved/x/']) : '';
        const name = `${path}${named.length > 0 && chance(0.6) ? pick(named) : pick(['app', 'path/app', 'jo', 'someone', 'App'])}`;
        const begun = ['cognito-identity.amazonaws.com', `arn:aws:iam::${account.id}:oidc-provider/${github}`, `arn:aws:iam::${account.id}:saml-provider/Okta`];
        return {
          kind, account, name, session: pick(['jo', 'session', 'app']),
          // A trust policy's provider stands for whoever presents a token, not for sessions.
          provider: kind === 'role' && setting.kind !== 'trust' && chance(0.15) ? pick(begun) : undefined,
        };
      }
    }
  }
  private callerKinds(): readonly Caller['kind'][] {
    const { kind, objective, hasIdentity, services: [service] } = this.setting;
    const ofAccounts: readonly Caller['kind'][] = ['role', 'role', 'role', 'user', 'user', ...service === 'sts' || kind === 'identity' ? [] : [...hasIdentity ? [] : ['root' as const], ...kind === 'scp' ? [] : ['federated' as const]]];
    if (objective === 'deputies') return ['service'];
    if (objective === 'networks' || kind === 'identity' || kind === 'scp') return ofAccounts;
    return [...ofAccounts, 'service', ...kind === 'trust' || service === 'sts' ? ['web-identity' as const, 'web-identity' as const, 'saml' as const] : ['anonymous' as const, 'anonymous' as const]];
  }
  private service(): Caller {
    const { random, setting } = this;
    const { pick, chance } = random;
    const named = [...setting.said.principals, ...setting.said.keys.get('aws:principalservicename') ?? [], ...setting.said.keys.get('aws:principalservicenameslist') ?? []].map((one) => instance(random, one.replace('.*.', `.${pick(regions)}.`))).filter((one) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/.test(one));
    const name = named.length > 0 && chance(0.6) ? pick(named) : pick(principals);
    // A service assumes roles for the account that they are of.
    const source = setting.services[0] === 'sts' ? this.account([], own) : this.account([]);
    if (setting.kind === 'trust' && name === rolesAnywhere) return { kind: 'service', name, hasInstances: chance(0.5), source, sourceArn: valueOf(random, setting.said, 'aws:SourceArn', [anchor, foreignAnchor, anchor.replace('eu-', 'us-')], new RegExp(`^arn:aws:rolesanywhere:[a-z]+-[a-z]+-\\d:${own}:trust-anchor/[\\w-]+$`)) };
    const forms = deputySources(name, setting.services[0])?.arns;
    if (forms === undefined) return { kind: 'service', name, hasInstances: chance(0.5), source, sourceArn: undefined };
    const form = pick(forms);
    const said = valueOf(random, setting.said, 'aws:SourceArn', ['x']);
    const fitting = [said.split(':').map((part, i) => i === 4 && /^\d{12}$/.test(part) ? source.id : part).join(':')].filter((one) => new RegExp(`^arn:aws:${form.replace('@', source.id).replace(/\*$/, '[\\w/.:-]+').replace(/\*/g, '[a-z0-9-]+')}$`).test(one));
    return { kind: 'service', name, hasInstances: chance(0.5), source, sourceArn: fitting[0] ?? `arn:aws:${form.replace('@', source.id).replace(/\*$/, pick(['x', 'trail/t', 'acme-x'])).replace(/\*/g, pick(regions))}` };
  }
  private token(kind: 'web-identity' | 'saml'): Caller {
    const { random, setting: { said } } = this;
    const { pick, chance } = random;
    const value = (key: string, others: readonly string[], fits?: RegExp): string => valueOf(random, said, key, others, fits);
    const named = said.principals.filter((one) => (kind === 'saml') === one.includes('saml-provider') && (kind === 'saml' || issuers.some(({ name }) => one.endsWith(name))));
    const account = chance(0.8) ? own : pick(accounts);
    const provider = named.length > 0 && chance(0.8) ? pick(named) : kind === 'saml' ? `arn:aws:iam::${account}:saml-provider/Okta` : providerOf(pick(issuers).name, account);
    if (kind === 'saml') return { kind, provider, claims: { 'SAML:aud': value('SAML:aud', ['https://signin.aws.amazon.com/saml']), 'SAML:iss': value('SAML:iss', ['https://idp.evil.example']), 'SAML:sub': value('SAML:sub', ['eve']), 'SAML:doc': provider.replace(/^.*::(\d+):saml-provider/, '$1') } };
    const { name, token } = issuers.find((one) => provider.endsWith(one.name))!;
    const claims = token((claim, others, fits) => value(`${name}:${claim}`, others, fits), random);
    return { kind, provider, claims: Object.fromEntries(Object.entries(claims).map(([claim, one]) => [`${name}:${claim}`, one])) };
  }

  private act({ caller, act: { owner: before } }: Scene): Act {
    const { random, setting } = this;
    const { pick, chance, below } = random;
    const service = pick(setting.services);
    const of = services[service]!;
    const theirs = 'account' in caller ? [caller.account] : [];
    const owner = setting.hangsOnResource ? this.account(theirs, own) : chance(0.3) && before.id !== '' ? theirs.find(({ id }) => id === before.id) ?? before : this.account(theirs);
    const tokens = caller.kind === 'web-identity' ? 'sts:AssumeRoleWithWebIdentity' : caller.kind === 'saml' ? 'sts:AssumeRoleWithSAML' : undefined;
    const patterns = setting.said.actions.map((one) => instance(random, one)).filter((one) => new RegExp(`^${service}:[a-z][a-z0-9]*$`, 'i').test(one) && service !== 'sts');
    const action = tokens ?? (setting.kind === 'trust' ? 'sts:AssumeRole' : patterns.length > 0 && chance(0.3) ? pick(patterns) : pick(of.actions));
    if (setting.hangsOnResource) return { service, action, owner, resource: `${of.asked}${pick(of.below)}` };
    const named = setting.said.resources.map((one) => this.filled(one, service, owner)).filter((one) => one !== undefined);
    const resource = named.length > 0 && chance(0.5) ? pick(named) : of.arn(owner.id, pick(regions), of.names[below(of.names.length)]!);
    return { service, action, owner, resource };
  }
  /** A resource that a pattern stands for, of the account. */
  private filled(pattern: string, service: string, owner: Account): string | undefined {
    const { random } = this;
    const { arn, names } = services[service]!;
    const sample = arn(owner.id, random.pick(regions), random.pick(names)).split(':');
    const written = pattern.split(':');
    if (written.length < 6) return undefined;
    const filled = [...sample.slice(0, 5).map((part, i) => i === 3 && part !== '' && /^[a-z0-9-]+$/.test(written[3]!) ? written[3]! : part), instance(random, written.slice(5).join(':'))].join(':');
    return isResource(service, filled, owner.id) ? filled : undefined;
  }

  private network({ caller, act: { owner } }: Scene): Network {
    const { random, setting } = this;
    const { pick, chance } = random;
    const known = ['account' in caller ? [caller.account] : [], [owner]].flat();
    const through = setting.kind === 'vpc-endpoint' || setting.viaEndpoint;
    if (!through && (caller.kind === 'service' || chance(0.5))) {
      const said = (setting.said.keys.get('aws:sourceip') ?? []).map((one) => one.split('/')[0]!).filter((one) => !/^(0|10)\./.test(one));
      return { kind: 'internet', address: pick([...said, '8.8.8.8', '192.0.2.5', '192.0.2.200', '198.51.100.9', '150.1.1.1', '2001:db8::1', '2a00::1']) };
    }
    return {
      kind: 'vpc', vpc: valueOf(random, setting.said, 'aws:SourceVpc', [vpc, 'vpc-0ffff111', 'vpc-0eeee222'], /^vpc-[0-9a-f]{4,17}$/), endpoint: valueOf(random, setting.said, 'aws:SourceVpce', [endpoint, 'vpce-0bbb2222', 'vpce-0eeee222'], /^vpce-[0-9a-f]{4,17}$/),
      address: pick(['10.1.2.3', '10.9.9.9', '172.16.0.5']), owner: through ? this.account(known, setting.kind === 'vpc-endpoint' ? own : pick([own, ...accounts.filter((id) => isListed(setting, id))])) : chance(0.5) ? pick(known) : this.account(known),
    };
  }

  private *freeKeys(): Generator<string> { for (const key of this.setting.said.keys.keys()) if (free.test(key)) yield key; }
  private freeValue(key: string): string | readonly string[] {
    const { random, setting } = this;
    if (key === 's3:max-keys') return random.pick(['1', '10', '50', '100', '1000']);
    if (key === 'sts:transitivetagkeys') return random.some(['Team', 'Project', 'x'], 1, 2);
    if (/present$|securetransport$|dp:exclude$|mounttarget$/.test(key)) return random.pick(['true', 'false']);
    return valueOf(random, setting.said, key, ['red', 'jo', 'x1', '', own, stranger, foreign], key === 'sts:externalid' ? /^[\w+=,.@:/-]{2,1224}$/ : /^(sts:rolesessionname|(aws|sts):sourceidentity)$/.test(key) ? /^[\w+=,.@-]{2,64}$/ : /^/);
  }
}
const forms: Readonly<Record<string, RegExp>> = {
  s3: /^arn:aws:s3:(::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.+)?|([a-z]+(-[a-z]+)+-\d)?:\d{12}:accesspoint\/[a-z0-9][a-z0-9.-]+[a-z0-9](\/object\/.+)?)$/s, sts: /^arn:aws:iam::\d{12}:role\/([\w+=,.@-]+\/)*[\w+=,.@-]+$/,
  ec2: /^arn:aws:ec2:[a-z0-9-]+:(:(image\/ami|snapshot\/snap)|\d{12}:[a-z]+\/[a-z]+)-[0-9a-f]+$/, route53: /^arn:aws:route53:::hostedzone\/[A-Z0-9]+$/,
};
/** Whether an ARN is one of a service's that an account may own: a bucket in an account's namespace is that account's. */
export function isResource(service: string, arn: string, owner: string): boolean {
  const namespace = /-(\d{12})-[a-z]+(?:-[a-z]+)+-\d-an(\/|$)/.exec(arn)?.[1];
  return (forms[service] ?? /^arn:aws:[a-z0-9-]+:[a-z]+(-[a-z]+)+-\d:\d{12}:[A-Za-z][^\s:*?]*(:[^:*?]+){0,3}$/).test(arn) && (namespace ?? owner) === owner;
}
/** Keys that callers, or owners of what they call, set as they like. */
const free = /^(aws:(principaltag|requesttag|resourcetag)\/|aws:(referer|useragent|securetransport|multifactorauthpresent|sourceidentity)$|s3:(prefix|max-keys)$|kms:encryptioncontext:purpose$|elasticfilesystem:|sts:(externalid|rolesessionname|sourceidentity|transitivetagkeys)$)/;

export const parts = ['act', 'caller', 'act', 'network', 'chain', 'accessPoint', 'partition', 'time', 'free'] as const;
export type Part = typeof parts[number];

/** Whether nothing of the kind is in the world: one account in two organizations, a token shown for another action, a service in a VPC. */
export function isImpossible({ caller, act: { owner, action, resource }, network, accessPoint }: Scene, setting: Setting): boolean {
  const { kind, viaEndpoint, definition: { organizations, standaloneAccounts } } = setting;
  // To an access point of mine, which has a policy of its own, a bucket may leave who comes.
  const point = resource?.startsWith('arn:aws:s3:') && resource.includes(':accesspoint/') ? owner : accessPoint;
  if (setting.objective !== 'any' && (kind === 'resource' || kind === 'rcp') && point !== undefined && (isListed(setting, point.id) || organizations.includes(point.organization ?? ''))) return true;
  // An SCP binds accounts of the organization.
  if (kind === 'scp' && setting.objective !== 'any' && 'account' in caller && caller.account.id !== own && organizations.length > 0 && standaloneAccounts.includes(caller.account.id)) return true;
  // The account that is asked about is mine, wherever my paths lie.
  if ('account' in caller && caller.account.id === own && setting.definition.accounts === undefined && caller.account.organization !== undefined && !isOnPath(setting.definition, caller.account.path!)) return true;
  if (caller.kind === 'service' && network.kind === 'vpc' && kind !== 'vpc-endpoint' && !viaEndpoint) return true;
  if ((caller.kind === 'web-identity' || caller.kind === 'saml') && !(action.startsWith('sts:') && /:iam::\d{12}:role\//.test(resource))) return true;
  if (action.startsWith('sts:') && (caller.kind === 'web-identity') !== /WithWebIdentity$/.test(action)) return true;
  if (action.startsWith('sts:') && (caller.kind === 'saml') !== /WithSAML$/.test(action)) return true;
  // A role trusts the providers of its own account, and those that AWS has.
  if ('claims' in caller && (/::(\d{12}):/.exec(caller.provider)?.[1] ?? owner.id) !== owner.id) return true;
  const all = [accessPoint === undefined ? [] : [accessPoint], 'account' in caller ? [caller.account] : [], 'source' in caller ? [caller.source] : [], [owner], network.kind === 'vpc' ? [network.owner] : []].flat();
  return all.some((one, i) => all.some((other, j) => j > i && one.id === other.id && !isDeepStrictEqual(one, other)));
}
