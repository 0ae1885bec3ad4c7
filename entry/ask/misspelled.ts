import { pinsFor, written, type Outside } from '../../core/pins.ts';
import { asList, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, operatorsOn, withoutTest, withTest, type StatementChange } from '../../core/statement-changes.ts';
import type { Objective, Question } from '../../policy/index.ts';
import { keyNames } from '../../policy/tables/key-names.ts';
import { isUnheardOf } from '../../policy/tables/keys.ts';
import { lettersApart } from './letters.ts';

/** Where a statement tests a global key that AWS does not have, and so never sends: one of like name in its place, the likest first; of several such keys all at once, each by the likest. */
export function withKnownKeys(statement: Statement, place: string): StatementChange[] {
  const misspelled = unheardOf(statement).filter((one) => respelled(statement, one, place).length > 0);
  if (misspelled.length < 2) return misspelled.flatMap((one) => respelled(statement, one, place));
  return [misspelled.reduce<StatementChange>((made, one) => {
    const [next = { text: '', statement: made.statement }] = respelled(made.statement, one, place);
    return { text: [made.text, next.text].filter((text) => text !== '').join(', and '), statement: next.statement };
  }, { text: '', statement })];
}

const respelled = (statement: Statement, { operator, key, given }: Test, place: string): StatementChange[] => meantBy(key, operator, asList(given))
  .filter((one) => conditionsOf(statement)[operator]?.[one] === undefined)
  .map((one) => ({ text: `write \`${one}\` instead of \`${key}\` in ${place}, for AWS has no such key`, statement: withTest(withoutTest(statement, operator, key), operator, one, operator, given) }));

/** In an Allow, of a key that AWS does not have, what holds it to mine, for beside that key it would admit nobody; not where it tests the same already. */
export const inPlaceOfUnknownKeys = (question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): StatementChange[] =>
  unheardOf(statement).flatMap(({ operator, key, given }) => pinsFor(question, objective, answer).filter((pin) => operatorsOn(statement, pin.key).length === 0).map((pin) => ({
    text: `write \`"${pin.operator}": {"${pin.key}": ${JSON.stringify(written(pin))}}\` instead of \`"${operator}": {"${key}": ${JSON.stringify(given)}}\` in ${place}, for AWS has no key \`${key}\``,
    statement: withTest(withoutTest(statement, operator, key), pin.operator, pin.key, pin.operator, written(pin)),
  })));

interface Test { readonly operator: string; readonly key: string; readonly given: unknown }
export const unheardOf = (statement: Statement): Test[] => Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) =>
  Object.entries(keys).flatMap(([key, given]) => /^aws:/i.test(key) && isUnheardOf(key.toLowerCase()) ? [{ operator, key, given }] : []));

/** How keys end whose values look so. */
const endings: readonly (readonly [value: RegExp, ending: RegExp])[] = [[/^vpc-/, /vpc$/i], [/^vpce-/, /vpce$/i], [/^o-[^/]*$/, /orgid$/i], [/^o-.*\//, /orgpaths$/i], [/^\d{12}$/, /(?:account|owner)$/i], [/^arn:/, /arn$/i]];

const tagKeys = ['aws:PrincipalTag', 'aws:ResourceTag', 'aws:RequestTag'];
/** Keys of like name that take such values; those of tags by what stands before the name of the tag. */
function meantBy(key: string, operator: string, values: readonly unknown[]): string[] {
  const [, name = key, tag = ''] = /^([^/]*)(\/.*)$/.exec(key) ?? [];
  const apart = (one: string): number => lettersApart(one.toLowerCase(), name.toLowerCase());
  const ending = operator.includes('IpAddress') ? /ip(?:v4)?$/i : endings.find(([value]) => values.every((one) => value.test(String(one))))?.[1] ?? /(?:)/;
  return (tag === '' ? keyNames.filter((one) => ending.test(one)) : tagKeys).filter((one) => isLike(one.toLowerCase(), name.toLowerCase())).toSorted((a, b) => apart(a) - apart(b)).map((one) => `${one}${tag}`);
}

/** Whether one name is the other with letters left out, but not those that it begins with, or with at most two wrong. */
const isLike = (one: string, other: string): boolean => lettersApart(one, other) <= 2 || (one.startsWith(other.slice(0, 'aws:s'.length)) && (isLeftOf(one, other) || isLeftOf(other, one)));

/** Whether a name is left of another where letters of it go. */
function isLeftOf(short: string, long: string): boolean {
  let found = 0;
  for (const letter of long) if (letter === short[found]) found++;
  return found === short.length;
}
