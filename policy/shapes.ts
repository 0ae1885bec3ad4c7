import { parseBlock } from './addresses.ts';
import type { Setting } from './decide.ts';
import type { IdentityProvider, Partner, Perimeter } from './perimeter.ts';
import { kinds, type Subject } from './question.ts';
import { principalKinds, type Principal, type Request } from './request.ts';
import { LATEST } from './search/numbers.ts';

/** What is wrong with a value: `at` leads to it, such as `.partners.0.name`; empty: the whole. */
export interface Fault { readonly at: string; readonly expected: string; readonly found: string }
/** What belongs somewhere: finds what is wrong with a value there. Places are put together only then, for most values are right. */
export type Shape = (value: unknown) => Fault | undefined;
/** What belongs under each name. */
export type Members<T> = Readonly<Record<keyof T, Shape>>;

const shown = (value: unknown): string => Array.isArray(value) ? 'a list' : typeof value === 'object' && value !== null ? 'an object' : `\`${String(value)}\``;
export const faultOf = (expected: string, value: unknown): Fault => ({ at: '', expected, found: shown(value) });
const under = (name: string | number, { at, ...fault }: Fault): Fault => ({ ...fault, at: `.${name}${at}` });

export const a = (expected: string, isRight: (value: unknown) => boolean): Shape => (value) => isRight(value) ? undefined : faultOf(expected, value);
const isText = (value: unknown): value is string => typeof value === 'string';
export const text = a('text', isText);
const matching = (expected: string, pattern: RegExp): Shape => a(expected, (value) => isText(value) && pattern.test(value));
export const oneOf = (all: readonly unknown[]): Shape => a(all.join(', '), (value) => all.includes(value));
export const maybe = (shape: Shape): Shape => (value) => value === undefined ? undefined : shape(value);

export const listOf = (shape: Shape, what = 'a list, empty where there is none'): Shape => (value) => {
  if (!Array.isArray(value)) return faultOf(what, value);
  for (let i = 0; i < value.length; i++) { const fault = shape(value[i]); if (fault !== undefined) return under(i, fault); }
  return undefined;
};
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapping = (shape: Shape, what: string): Shape => (value) => {
  if (!isObject(value)) return faultOf(what, value);
  for (const name of Object.keys(value)) { const fault = shape(value[name]); if (fault !== undefined) return under(name, fault); }
  return undefined;
};
/** An object with these members, whatever others it has. */
export function having(members: Readonly<Record<string, Shape>>, what: string): Shape {
  const all = Object.entries(members);
  return (value) => {
    if (!isObject(value)) return faultOf(what, value);
    for (const [name, shape] of all) { const fault = shape(value[name]); if (fault !== undefined) return under(name, fault); }
    return undefined;
  };
}
/** One with these alone, so that none is misspelled. */
export function withMembers<T>(members: Members<T>, what: string): Shape {
  const shapes = new Map<string, Shape>(Object.entries(members));
  // Every question is looked at, and most name few of the members that they may.
  const needed = [...shapes].filter(([, shape]) => shape(undefined) !== undefined);
  return (value) => {
    if (!isObject(value)) return faultOf(what, value);
    let unknown: string | undefined;
    for (const name in value) {
      const shape = shapes.get(name);
      if (shape === undefined) unknown ??= name;
      const fault = value[name] === undefined ? undefined : shape?.(value[name]);
      if (fault !== undefined) return under(name, fault);
    }
    for (const [name, shape] of needed) if (value[name] === undefined) return under(name, shape(undefined)!);
    return unknown === undefined ? undefined : faultOf([...shapes.keys()].join(', '), unknown);
  };
}

const texts = listOf(text);
const isTrueOrFalse = a('true or false', (value) => typeof value === 'boolean');
const flag = maybe(isTrueOrFalse);
const account = matching('12 digits as text', /^\d{12}$/);
export const accounts = listOf(account);
const tags = mapping(text, 'an object of tags');
const wordOr = (word: string, shape: Shape): Shape => (value) => value === word ? undefined : Array.isArray(value) ? shape(value) : faultOf(`${word}, or a list`, value);

const asInEmpty = 'an object as in emptyPerimeter';
const partner: Members<Partner> = {
  name: text, accounts, externalIds: maybe(wordOr('pinned', texts)), reachable: texts,
  resources: listOf(withMembers<Partner['resources'][number]>({ arn: text, actions: texts }, 'an object with arn and actions')),
};
const networks: Members<Perimeter['networks']> = {
  vpcs: texts, subnets: texts, vpcEndpoints: texts, organization: isTrueOrFalse,
  cidrs: listOf(a('an address range such as 192.0.2.0/24', (value) => isText(value) && parseBlock(value) !== undefined)),
};
const issuer = matching('an issuer without its https://, such as token.actions.githubusercontent.com', /^(?!https?:\/\/)./i);
const providers: { readonly [Kind in IdentityProvider['kind']]: Members<Extract<IdentityProvider, { readonly kind: Kind }>> } = {
  claims: { kind: text, issuer, claims: mapping(texts, 'an object of claims') }, own: { kind: text, issuer },
  cognito: { kind: text, identityPools: texts, guests: isTrueOrFalse }, saml: { kind: text, arn: text }, 'trust-anchors': { kind: text, arns: texts },
};
const someProvider = having({ kind: oneOf(Object.keys(providers)) }, 'an identity provider');
const ofKind = new Map(Object.entries(providers).map(([kind, members]) => [kind, withMembers(members, '')]));
const provider: Shape = (value) => someProvider(value) ?? ofKind.get((value as IdentityProvider).kind)!(value);

const wholePerimeter = withMembers<Perimeter>({
  organizations: listOf(matching('an id such as o-4tkekae453', /^o-[a-z0-9]+$/)), organizationPaths: listOf(matching('a path such as o-4tkekae453/*', /^o-/)),
  accounts: maybe(accounts), standaloneAccounts: accounts, partners: listOf(withMembers(partner, 'a partner')), services: wordOr('any', texts), identityProviders: maybe(listOf(provider)),
  networks: withMembers(networks, asInEmpty), buckets: texts, awsOwnedResources: texts, unsignedActions: texts, exclusionTags: withMembers<Perimeter['exclusionTags']>({ principal: tags, resource: tags }, asInEmpty),
}, 'an object such as defaultPerimeter with what is yours');
const known = new WeakSet<object>();
/** Each is looked at once, for it is large, and of many questions. */
export const perimeter: Shape = (value) => {
  if (known.has(value as object)) return undefined;
  const fault = wholePerimeter(value);
  if (fault === undefined) known.add(value as object);
  return fault;
};

export const subject: Members<Subject> = {
  kind: oneOf(kinds), account, perimeter,
  // Later years have no date that conditions could be held against; such a number is one of microseconds.
  now: a('milliseconds since 1970, up to the year 9999', (value) => typeof value === 'number' && value >= 0 && value <= LATEST),
  service: maybe(text), endpointType: maybe(oneOf(['gateway', 'interface'])), resourceTags: maybe(tags),
  // A policy that hangs on what is no resource's ARN would pass for closed. AWS ends those of log groups with `:*`.
  resource: maybe(matching('the ARN of one resource, with six fields and no * or ?', /^arn:[^:*?]+:[a-z0-9-]+:[^:*?]*:(?:\d{12})?:(?:[^*?]+|log-group:[^*?]+:\*)$/)),
  callers: maybe(oneOf(['all', 'all-but-partners', 'partners', 'roles-and-users'])), acceptNetworkBound: flag, viaEndpoint: flag,
};

export const setting = withMembers<Setting>({ gateway: flag, attached: flag }, 'an object with gateway or attached');

const optional = maybe(text);
export const principal = withMembers<Principal>({ kind: oneOf(principalKinds), account: optional, arn: optional, sessionArn: optional, name: optional, provider: optional, canonicalUser: optional }, 'an object with kind');
const oneText = a('text or a list of texts', isText);
export const request = withMembers<Request>({
  principal, action: matching('text such as s3:GetObject', /:/), resource: optional,
  context: mapping((value) => Array.isArray(value) ? texts(value) : oneText(value), 'an object of condition keys'),
}, 'an object with principal, action and context');
