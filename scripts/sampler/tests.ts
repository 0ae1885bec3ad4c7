import type { Random } from '../bench/random.ts';
import type { Issuer } from './issuers.ts';
import { claimKeys, keys, variables, type Key } from './keys.ts';
import { blurred } from './meet.ts';

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export const joined = (tests: readonly Conditions[]): Conditions => tests.reduce((all, one) => {
  const [[operator, of]] = Object.entries(one) as [[string, Conditions[string]]];
  return { ...all, [operator]: { ...all[operator], ...of } };
}, {});
/** Conditions, one key under one operator each. */
export const separate = ({ Condition = {} }: { readonly Condition?: Conditions }): Conditions[] => Object.entries(Condition).flatMap(([operator, tests]) => Object.entries(tests).map(([key, values]) => ({ [operator]: { [key]: values } })));

/** Keys that tell of the same, so that tests on them interact. */
const related: readonly RegExp[] = [
  // Callers and owners that one tag is held against.
  /^aws:((Principal|Resource)Account|PrincipalTag\/Team)$/, /^aws:((Principal|Resource)OrgID|PrincipalTag\/Team)$/, /^aws:(PrincipalArn|Resource(Account|OrgID)|PrincipalTag\/Team)$/,
  /^aws:(PrincipalAccount|PrincipalArn|userid)$/, /^aws:(PrincipalTag\/(Team|Project)|RequestTag\/Team|Referer|UserAgent)$/, /^aws:PrincipalTag\/(Team|Project)$/, /^aws:(username|PrincipalArn|PrincipalTag\/Team|userid)$/, /^aws:Resource/, /^aws:Source(Account|Arn|OrgID)$/,
  /^aws:(FederatedProvider|PrincipalTag\/Team)$|:(sub|app_id)$/, /^aws:(ViaAWSService|CalledVia|PrincipalArn|PrincipalIsAWSService)$/, /^aws:Principal(Org|Account)/, /^aws:(Source(Ip|Vpc)|Vpc)/, /^aws:Principal(IsAWSService|Service|Account)/, /^sts:|^aws:(username|PrincipalTag\/Team)$/,
];
const possible = (service: string): readonly Key[] => keys.filter((one) => one.of === undefined || one.of.includes(service));

/** The keys that a policy tests most: those that are told by the same, or some by chance. */
export function focusOf(random: Random, service: string, issuer: Issuer): readonly Key[] {
  const { below, chance, pick } = random;
  if (chance(0.3)) { const about = pick(related); return possible(service).filter(({ name }) => about.test(name)); }
  return chance(0.6) ? Array.from({ length: 1 + below(2) }, () => service === 'sts' && chance(0.4) ? pick(claimKeys(issuer.name, 1)) : randomKey(random, service)) : [];
}
function randomKey({ below }: Random, service: string): Key {
  const all = possible(service);
  let left = below(all.reduce((sum, one) => sum + one.weight, 0));
  return all.find((one) => (left -= one.weight) < 0)!;
}

export function randomTest(random: Random, service: string, focus: readonly Key[]): Conditions {
  const { chance, pick } = random;
  const key = focus.length > 0 && chance(focus.length > 2 ? 0.8 : 0.5) ? pick(focus) : randomKey(random, service);
  const name = chance(0.9) ? key.name : pick([key.name.toLowerCase(), key.name.toUpperCase()]);
  if (chance(0.08)) return { Null: { [name]: pick(['true', 'false']) } };
  const operator = pick(key.operators);
  const quantifier = chance(key.isList === true ? 0.75 : 0.04) ? pick(['ForAnyValue:', 'ForAllValues:']) : '';
  const isText = /^(String|Arn)/i.test(operator);
  const takesPatterns = /Like|^Arn/.test(operator);
  const value = (): string => !isText ? key.value(random) : chance(focus.length > 1 && focus.includes(key) ? 0.3 : key.variables !== undefined ? 0.2 : 0.03) ? withVariable(random, key, focus, takesPatterns) : alike(random, key.value(random), takesPatterns);
  const values = Array.from({ length: pick([1, 1, 1, 2, 3]) }, value);
  return { [`${quantifier}${operator}${chance(0.22) ? 'IfExists' : ''}`]: { [name]: values.length === 1 ? values[0]! : values } };
}

/** A text with a variable: one that people hold the key against, one of those that the policy tests, or any. */
function withVariable({ chance, pick }: Random, key: Key, focus: readonly Key[], takesPatterns: boolean): string {
  const others = focus.flatMap(({ name, isList }) => name === key.name || isList === true ? [] : [`\${${name}}`]);
  const one = others.length > 0 && chance(0.5) ? pick(others) : key.variables !== undefined && chance(0.8) ? pick(key.variables) : `\${${pick(variables)}}`;
  const variable = chance(0.08) ? one.replace(/\}$/, pick([", 'red'}", ", 'x*'}", ", ''}"])) : one;
  return chance(0.6) ? variable : pick([`x${variable}`, `${variable}x`, ...takesPatterns ? [`${variable}*`, `${variable}*`, `*${variable}`, `*${variable}*`, `x${variable}*`, `${variable}?`, `*/${variable}`, `${variable}/*`] : []]);
}

/** A value or one near it: with wildcards, in another case, one character off, longer. */
function alike(random: Random, value: string, takesPatterns: boolean): string {
  const { below, chance, pick } = random;
  if (chance(0.6)) return value;
  const at = below(value.length);
  const [before, after] = [value.slice(0, at), value.slice(at + 1)];
  return pick(takesPatterns ? [`${before}*`, `${before}?${after}`, `${before}*${after}`, `*${after}`, value.toUpperCase(), `${value}*`, blurred(random, value), blurred(random, value), `${before}\${*}${after}`, `${before}\${*}*`] : [value.toUpperCase(), `${before}x${after}`, `${value}x`, `${before}1${after}`, `${value}*`]) || value;
}
