import { pinsFor, written, type Outside } from '../../core/pins.ts';
import { asList, operatorParts, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, operatorsOn, principalsOf, withoutTest, withTest, type StatementChange } from '../../core/statement-changes.ts';
import { issuerOf, type Objective, type Question } from '../../policy/index.ts';
import { canonicalName, keyNames } from '../../policy/tables/key-names.ts';
import { isUnheardOf } from '../../policy/tables/keys.ts';
import { asSlip, type CountedChange } from './counted.ts';
import { lettersApart } from './letters.ts';

/** Where a statement tests a key that AWS does not have, and so never sends: one of like name in its place, the likest first; of several such keys all at once, each by the likest. */
export function withKnownKeys(statement: Statement, place: string): CountedChange[] {
  const misspelled = unheardOf(statement).filter((one) => respelled(statement, one, place).length > 0);
  if (misspelled.length < 2) return misspelled.flatMap((one) => respelled(statement, one, place)).map(counted(statement));
  return [counted(statement)(misspelled.reduce<StatementChange>((made, one) => {
    const [next = { text: '', statement: made.statement }] = respelled(made.statement, one, place);
    return { text: [made.text, next.text].filter((text) => text !== '').join(', and '), statement: next.statement };
  }, { text: '', statement }))];
}

/** The key of like name that some statement of the documents means by one that AWS does not have. */
export const meantFor = (key: string, documents: readonly Document[]): string | undefined => documents.flatMap((one) => statementsOf(one)).flatMap(unheardOf)
  .filter((one) => one.key.toLowerCase() === key.toLowerCase()).flatMap((one) => meantBy(one.key, one.operator, asList(one.given)))[0];

/** What it costs counts from what it makes where nobody came past the statement before: where an Allow asks for what is never sent, or a Deny refuses whoever does not send it. */
const counted = (statement: Statement) => (change: StatementChange): CountedChange => (statement['Effect'] === 'Deny') === isNeverMet(statement) ? asSlip(change) : { ...asSlip(change), from: change.statement };
/** Whether a statement tests a key that AWS does not have, and not in a way that what is missing passes. */
const isNeverMet = (statement: Statement): boolean => unheardOf(statement).some(({ operator, given }) => {
  const { quantifier, name, ifExists } = operatorParts(operator);
  return name === 'Null' ? !asList(given).map(String).includes('true') : !ifExists && quantifier !== 'ForAllValues' && (quantifier !== undefined || !/Not/.test(name));
});

const respelled = (statement: Statement, { operator, key, given }: Test, place: string): StatementChange[] => (isAddress.test(key) ? [key.replace(isAddress, '')] : [...claimsMeantBy(key, statement), ...meantBy(key, operator, asList(given))])
  .filter((one) => conditionsOf(statement)[operator]?.[one] === undefined)
  .map((one) => ({ text: `write \`${one}\` instead of \`${key}\` in ${place}, for AWS has no such key`, statement: withTest(withoutTest(statement, operator, key), operator, one, operator, given) }));

/** In an Allow, of a key that AWS does not have, what holds it to mine, for beside that key it may admit nobody; not where it tests the same already. */
export const inPlaceOfUnknownKeys = (question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): CountedChange[] =>
  unheardOf(statement).flatMap(({ operator, key, given }) => pinsFor(question, objective, answer).filter((pin) => operatorsOn(statement, pin.key).length === 0).map((pin) => ({
    text: `write \`"${pin.operator}": {"${pin.key}": ${JSON.stringify(written(pin))}}\` instead of \`"${operator}": {"${key}": ${JSON.stringify(given)}}\` in ${place}, for AWS has no key \`${key}\``,
    statement: withTest(withoutTest(statement, operator, key), pin.operator, pin.key, pin.operator, written(pin)),
  }))).map(counted(statement));

interface Test { readonly operator: string; readonly key: string; readonly given: unknown }
export const unheardOf = (statement: Statement): Test[] => Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) =>
  Object.entries(keys).flatMap(([key, given]) => isNone(key.toLowerCase()) ? [{ operator, key, given }] : []));

/**
 * Whether AWS has no such key; of most services the tables do not tell. What names an account's or organization's side of a request is global, an external id is
 * one of STS or CloudTrail, a claim is called after its issuer's host, and no key goes without a prefix, by an address or by an ARN.
 */
export const isNone = (key: string): boolean => key.startsWith('aws:') ? isUnheardOf(key)
  : canonicalName(key) === undefined && (!key.includes(':') || isAddress.test(key) || strayClaim.test(key) || /:(?:(?:principal|source|resource|vpce)org(?:id|paths)|(?:principal|source)account)$/.test(key)
    || /:external[-_]?id(?:s|entifier)?$/.test(key) || keyNames.some((one) => !one.startsWith('aws:') && [1, 2].includes(lettersApart(one.toLowerCase(), key))));

const isAddress = /^(?:https?:\/\/|arn:[^:]*:iam::\d*:oidc-provider\/)/i;
const strayClaim = /^(?!saml:)[^.:]+:(amr|aud|oaud|sub)$/i;
/** What is called as a claim alone, or under no issuer's name, is meant of the issuers that the statement names. */
function claimsMeantBy(key: string, statement: Statement): string[] {
  const claim = key.includes(':') ? strayClaim.exec(key)?.[1] : key;
  return claim === undefined ? [] : principalsOf(statement).flatMap(([type, names]) => type === 'Federated' ? names.map((one) => `${issuerOf(String(one))}:${claim}`) : []);
}

/** How keys end whose values look so. */
const endings: readonly (readonly [value: RegExp, ending: RegExp])[] = [[/^vpc-/, /vpc$/i], [/^vpce-/, /vpce$/i], [/^o-[^/]*$/, /orgid$/i], [/^o-.*\//, /orgpaths$/i], [/^\d{12}$/, /(?:account|owner)$/i], [/^arn:/, /arn$/i]];

const tagKeys = ['aws:PrincipalTag', 'aws:ResourceTag', 'aws:RequestTag'];
/** Keys of like name that take such values; those of tags by what stands before the name of the tag. */
function meantBy(key: string, operator: string, values: readonly unknown[]): string[] {
  const [, name = key, tag = ''] = /^([^/]*)(\/.*)$/.exec(key) ?? [];
  // One of a service, or of none, may be a global one's name under a wrong prefix.
  const spellings = [...new Set([name, `aws:${name.slice(name.indexOf(':') + 1)}`])].map((one) => one.toLowerCase());
  const apart = (one: string): number => Math.min(...spellings.map((spelling) => lettersApart(one.toLowerCase(), spelling)));
  const ending = operator.includes('IpAddress') ? /ip(?:v4)?$/i : endings.find(([value]) => values.every((one) => value.test(String(one))))?.[1] ?? /(?:)/;
  return (tag === '' ? keyNames.filter((one) => ending.test(one)) : tagKeys).filter((one) => spellings.some((spelling) => isLike(one.toLowerCase(), spelling))).toSorted((a, b) => apart(a) - apart(b)).map((one) => `${one}${tag}`);
}

/** Whether one name is the other with letters left out, but not those that it begins with, or with at most two wrong. */
const isLike = (one: string, other: string): boolean => lettersApart(one, other) <= 2 || (one.startsWith(other.slice(0, 'aws:s'.length)) && (isLeftOf(one, other) || isLeftOf(other, one)));

/** Whether a name is left of another where letters of it go. */
function isLeftOf(short: string, long: string): boolean {
  let found = 0;
  for (const letter of long) if (letter === short[found]) found++;
  return found === short.length;
}
