import { deputySources } from '../../policy/tables/deputy-sources.ts';
import { isInSessions } from '../../policy/tables/shared-issuers.ts';
import type { Random } from '../bench/random.ts';
import { drawAccount } from './accounts.ts';
import { accounts, own, principals, regions } from './cast.ts';
import { anchor, foreignAnchor, issuers, providerOf, rolesAnywhere } from './issuers.ts';
import { ANY_ACCOUNT, meeting } from './meet.ts';
import { instance, valueOf } from './said.ts';
import type { Caller, Claims, Scene, Setting } from './scene.ts';

/** Somebody who may call, as the setting asks of callers. */
export function drawCaller(random: Random, setting: Setting, scene: Scene): Caller {
  const kind = random.pick(kindsOf(setting, scene));
  return kind === 'anonymous' ? { kind } : kind === 'service' ? service(random, setting, scene) : kind === 'web-identity' || kind === 'saml' ? token(random, setting, kind, scene) : person(random, setting, kind, scene);
}

function kindsOf({ kind, objective, hasIdentity }: Setting, { act: { service: called } }: Scene): readonly Caller['kind'][] {
  const ofAccounts: readonly Caller['kind'][] = ['role', 'role', 'role', 'user', 'user', ...called === 'sts' || kind === 'identity' ? [] : [...hasIdentity ? [] : ['root' as const], ...kind === 'scp' ? [] : ['federated' as const]]];
  if (objective === 'deputies') return ['service'];
  if (objective === 'networks' || kind === 'identity' || kind === 'scp') return ofAccounts;
  return [...ofAccounts, 'service', ...kind === 'trust' || called === 'sts' ? ['web-identity' as const, 'web-identity' as const, 'saml' as const] : ['anonymous' as const, 'anonymous' as const]];
}

type Person = 'role' | 'user' | 'root' | 'federated';
function person(random: Random, setting: Setting, kind: Person, { act: { owner }, network, free }: Scene): Caller {
  const { chance, pick } = random;
  const { said } = setting;
  const isOfOwn = setting.kind === 'identity' || setting.isOfOwnPrincipals === true;
  const known = drawAccount(random, setting, [owner, ...network.kind === 'vpc' ? [network.owner] : []], isOfOwn ? own : undefined);
  const type = kind === 'federated' ? 'federated-user' : kind;
  const begin = (account: string): string => `arn:aws:${kind === 'federated' ? 'sts' : 'iam'}::${account}:${type}/`;
  const patterns = [...said.principals, ...said.keys.get('aws:principalarn') ?? []];
  const met = patterns.length === 0 || chance(0.4) ? undefined : meeting(random, instance(random, pick(patterns), free, true), begin(chance(0.5) ? known.id : ANY_ACCOUNT), 'app');
  const [, id = known.id, rest = ''] = /::(\d{12}):[a-z-]+\/(.+)$/.exec(met ?? '') ?? [];
  const account = id === known.id || isOfOwn ? known : drawAccount(random, setting, [owner, ...network.kind === 'vpc' ? [network.owner] : []], id);
  const session = /:assumed-role\/([^/]+)\/(.+)$/.exec(patterns.length > 0 ? pick(patterns) : '');
  // A path may hold what looks like another ARN.
  const path = chance(0.1) ? pick([`x:${own}:role/`, `:iam::${own}:role/`, 'aws-reserved/x/']) : '';
  const username = said.keys.has('aws:username') && kind === 'user' && chance(0.5) ? [valueOf(random, said, 'aws:username', ['jo'], /^[\w+=,.@-]+$/, free)] : [];
  const name = `${path}${/^([\w+=,.@-]+\/)*[\w+=,.@-]+$/.test(rest) && !rest.startsWith('aws-') ? rest : kind === 'role' && session !== null && chance(0.5) ? session[1]! : pick([...username, 'app', 'path/app', 'jo', 'someone', 'App', 'eng/eve'])}`;
  return { kind, account, name: username.length > 0 && chance(0.5) ? [...name.split('/').slice(0, -1), username[0]].join('/') : name, session: session?.[2] ?? pick(['jo', 'session', 'app']), provider: undefined, ...kind === 'role' && setting.kind !== 'trust' && chance(0.25) ? begun(random, setting, account.id) : {} };
}

/** A token or assertion that a session began with. A trust policy's provider stands for whoever presents one, not for sessions. */
function begun(random: Random, setting: Setting, account: string): { readonly provider: string; readonly claims: Claims } {
  const { chance, pick } = random;
  if (chance(0.25)) return { provider: `arn:aws:iam::${account}:saml-provider/${pick(['Okta', 'Other'])}`, claims: chance(0.5) ? { 'SAML:sub': valueOf(random, setting.said, 'SAML:sub', ['eve']) } : {} };
  const { name, token: tokenOf } = pick(issuers);
  const claims = Object.entries(tokenOf((claim, others, fits) => valueOf(random, setting.said, `${name}:${claim}`, others, fits), random)).map(([claim, value]) => [`${name}:${claim}`, value] as const);
  return { provider: providerOf(name, account), claims: Object.fromEntries(claims.filter(([claim]) => isInSessions(claim.toLowerCase()))) };
}

function service(random: Random, setting: Setting, { act: { service: called, owner } }: Scene): Caller {
  const { pick, chance } = random;
  const { said } = setting;
  const names = [...said.principals, ...said.keys.get('aws:principalservicename') ?? [], ...said.keys.get('aws:principalservicenameslist') ?? []].map((one) => instance(random, one.replace('.*.', `.${pick(regions)}.`))).filter((one) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(one));
  const name = names.length > 0 && chance(0.6) ? pick(names) : pick(principals);
  // A service assumes roles for the account that they are of.
  const source = called === 'sts' ? owner : drawAccount(random, setting, [owner]);
  if (setting.kind === 'trust' && name === rolesAnywhere) return { kind: 'service', name, hasInstances: chance(0.5), source, sourceArn: valueOf(random, said, 'aws:SourceArn', [anchor, foreignAnchor, anchor.replace('eu-', 'us-')], new RegExp(`^arn:aws:rolesanywhere:[a-z]+-[a-z]+-\\d:${own}:trust-anchor/[\\w-]+$`)) };
  const forms = deputySources(name, called)?.arns;
  if (forms === undefined) return { kind: 'service', name, hasInstances: chance(0.5), source, sourceArn: undefined };
  const form = pick(forms);
  const [patterns, region, usual] = [said.keys.get('aws:sourcearn') ?? [], pick(regions), pick(['x', 'trail/t', 'acme-x', 'function:x'])];
  const begin = (account: string): string => `arn:aws:${form.slice(0, -1).replace('@', account).replaceAll('*', region)}`;
  const met = patterns.length === 0 || chance(0.3) ? undefined : meeting(random, instance(random, pick(patterns), {}, true), begin(chance(0.5) ? source.id : ANY_ACCOUNT), usual);
  if (met === undefined || !/^[\w/.:-]+$/.test(met.slice(begin(source.id).length))) return { kind: 'service', name, hasInstances: chance(0.5), source, sourceArn: `${begin(source.id)}${usual}` };
  const id = form.includes('@') ? met.split(':')[4]! : source.id;
  return { kind: 'service', name, hasInstances: chance(0.5), source: id === source.id ? source : drawAccount(random, setting, [owner], id), sourceArn: met };
}

function token(random: Random, { said }: Setting, kind: 'web-identity' | 'saml', { act: { owner } }: Scene): Caller {
  const { pick, chance } = random;
  const value = (key: string, others: readonly string[], fits?: RegExp): string => valueOf(random, said, key, others, fits);
  const isOf = (one: string): boolean => (kind === 'saml') === one.includes('saml-provider') && (kind === 'saml' || issuers.some(({ name }) => one.endsWith(name)));
  const named = [...said.principals, ...said.keys.get('aws:federatedprovider') ?? []].filter((one) => isOf(one) && !/[*?$]/.test(one));
  const account = chance(0.8) && owner.id !== '' ? owner.id : pick(accounts);
  const provider = named.length > 0 && chance(0.7) ? pick(named) : kind === 'saml' ? `arn:aws:iam::${account}:saml-provider/${pick(['Okta', 'Okta', 'Other'])}` : providerOf(pick(issuers).name, account);
  if (kind === 'saml') return { kind, provider, claims: { 'SAML:aud': value('SAML:aud', ['https://signin.aws.amazon.com/saml']), 'SAML:iss': value('SAML:iss', ['https://idp.evil.example']), 'SAML:sub': value('SAML:sub', ['eve']), 'SAML:doc': provider.replace(/^.*::(\d+):saml-provider/, '$1') } };
  const { name, token: tokenOf } = issuers.find((one) => provider.endsWith(one.name))!;
  const claims = tokenOf((claim, others, fits) => value(`${name}:${claim}`, others, fits), random);
  return { kind, provider, claims: Object.fromEntries(Object.entries(claims).map(([claim, one]) => [`${name}:${claim}`, one])) };
}
