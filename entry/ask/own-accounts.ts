import type { Outside } from '../../core/pins.ts';
import { asList, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, quoted, withTest, type StatementChange } from '../../core/statement-changes.ts';
import type { Question } from '../../policy/index.ts';
import { asSlip, type CountedChange } from './counted.ts';
import { lettersApart } from './letters.ts';

/** Accounts as policies write them, alone or in ARNs. */
const accounts = /(?<![^:])\d{12}(?![^:])/g;

/** An account that is nobody's, but one of mine with a digit or two wrong, where an Allow names or asks for it or a Deny spares it: the nearest of mine in its place. The same of organizations on paths. */
export function withOwnAccounts({ account, perimeter: { accounts: listed = [], standaloneAccounts, partners, organizations } }: Question, statement: Statement, place: string): CountedChange[] {
  const mine = [account, ...listed, ...standaloneAccounts];
  const known = [...mine, ...partners.flatMap((one) => one.accounts)];
  const nearest = (one: string, all: readonly string[]): string => [1, 2].flatMap((apart) => all.find((other) => lettersApart(one, other) === apart) ?? [])[0] ?? one;
  const meant = (text: string): string => text.replace(accounts, (one) => known.includes(one) ? one : nearest(one, mine));
  const onPaths = (text: string): string => text.replace(/^o-[a-z0-9]+(?=\/)/, (one) => organizations.includes(one) ? one : nearest(one, organizations));
  const isAllow = statement['Effect'] !== 'Deny';
  return [
    ...inTests(statement, place, /(?:account|arn|owner)$/i, meant), ...inTests(statement, place, /orgpaths$/i, onPaths),
    ...inElement(statement, isAllow ? 'Principal' : 'NotPrincipal', place, meant), ...inElement(statement, isAllow ? 'Resource' : 'NotResource', place, meant),
  ].map(asSlip);
}

/** A source of the stranger whom the answer shows, which a Deny spares alone, gives way to the same of mine, for it would refuse whatever acts for me; of one that an ARN names exactly nothing tells that I have its like. */
export const withOwnSource = ({ account }: Question, { witness: { context } }: Outside, statement: Statement, place: string): StatementChange[] =>
  inTests(statement, place, /^aws:source(?:account|arn)$/i, (text) => isExact(text) ? text : text.replace(accounts, (one) => one === context['aws:SourceAccount'] ? account : one));

/** The same of callers, by account or by a pattern of ARNs; a partner is not mistaken for mine. */
export function withOwnCallers(question: Question, { witness: { principal } }: Outside, statement: Statement, place: string): StatementChange[] {
  const { account, perimeter: { accounts: listed, partners } } = question;
  // Where the definition does not list mine, another than the one that the answer shows may be.
  const isForeign = (one: string): boolean => (one === principal.account || listed !== undefined) && !isOfMine(question, one) && !partners.some((partner) => partner.accounts.includes(one));
  return inTests(statement, place, /^aws:principal(?:account|arn)$/i, (text) => isExact(text) ? text : text.replace(accounts, (one) => isForeign(one) ? account : one));
}

/** Whether an ARN names one resource. */
const isExact = (text: string): boolean => /^arn:(?:[^:]*:){4}[^*?]+$/.test(text);

/** The accounts of others for whom alone an Allow lets services in, by one of its tests; none where it does so for more. Mine in their place would be let in where nobody asked for that. */
export function sourcesOfOthers(question: Question, statement: Statement): readonly string[] {
  const tests = Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => /Not|IfExists|ForAllValues/.test(operator) ? [] : Object.entries(keys).flatMap(([key, given]) => /^aws:source(?:account|arn)$/i.test(key) ? [asList(given).map(String)] : []));
  const found = tests.map((values) => values.map((one) => isOfMine(question, one) ? undefined : one.match(accounts)?.[0]));
  return [...new Set(found.filter((all) => !all.includes(undefined)).flat().filter((one) => one !== undefined))];
}

/** Of all tests at once: where two keys name an account, with one of them put right the statement would let nobody in. */
function inTests(statement: Statement, place: string, keys: RegExp, meant: (text: string) => string): StatementChange[] {
  const tests = Object.entries(conditionsOf(statement)).filter(([operator]) => /Not/.test(operator) === (statement['Effect'] === 'Deny')).flatMap(([operator, all]) =>
    Object.entries(all).flatMap(([key, given]) => keys.test(key) ? exchanges(given, meant).map((one) => ({ ...one, operator, key })) : []));
  return tests.length === 0 ? [] : [{
    text: tests.map(({ text, key }) => `${text} for \`${key}\` in ${place}`).join(', and '),
    statement: tests.reduce((made, { operator, key, values }) => withTest(made, operator, key, operator, values), statement),
  }];
}

/** Of whom or what an element names, by its kind of principal where it has one. */
function inElement(statement: Statement, element: string, place: string, meant: (text: string) => string): StatementChange[] {
  const given = statement[element];
  const change = (named: unknown, put: (values: unknown) => unknown): StatementChange[] => exchanges(named, meant).map(({ text, values }) => ({ text: `${text} under \`${element}\` in ${place}`, statement: { ...statement, [element]: put(values) } }));
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given === undefined ? [] : change(given, (values) => values);
  return Object.entries(given).flatMap(([type, names]) => change(names, (values) => ({ ...given, [type]: values })));
}

/** Values as they are meant; none where they stay as they are. */
function exchanges(given: unknown, meant: (text: string) => string): { readonly text: string; readonly values: unknown }[] {
  const all = asList(given).map(String).map((from) => ({ from, to: meant(from) }));
  const changed = all.filter(({ from, to }) => from !== to);
  const values = [...new Set(all.map(({ to }) => to))];
  return changed.length === 0 ? [] : [{ text: `write ${quoted([...new Set(changed.map(({ to }) => to))])} instead of ${quoted(changed.map(({ from }) => from))}`, values: values.length === 1 ? values[0] : values }];
}

/** Whether a value names what the definition says is mine, or is in an account of mine. */
export function isOfMine({ account, perimeter: { organizations, accounts = [], standaloneAccounts, networks } }: Question, value: string): boolean {
  const named = /(?:^|:)(\d{12})(?=:|$)/.exec(value)?.[1];
  return organizations.some((one) => value === one || value.startsWith(`${one}/`)) || [...networks.vpcs, ...networks.vpcEndpoints, ...networks.cidrs].includes(value)
    || (named !== undefined && [account, ...accounts, ...standaloneAccounts].includes(named));
}

/** Whether all values of a key that tells more than one principal are of mine, and one of the account itself: who tests that they are not means the opposite. */
export const isOfOwn = (question: Question, key: string, values: readonly unknown[]): boolean => !/principalarn$/i.test(key) && values.every((one) => isOfMine(question, String(one))) && values.some((one) => String(one).split(':').includes(question.account));
