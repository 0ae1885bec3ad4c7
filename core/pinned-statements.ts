import type { Objective, Question } from '../policy/index.ts';
import { asAgreed } from './agreed.ts';
import { pinsFor, written, type Outside, type Pin } from './pins.ts';
import { asList, type Statement } from './policy-document.ts';
import { conditionsOf, filtered, isIt, operatorsOn, principalsOf, quoted, withTest, type StatementChange } from './statement-changes.ts';

/** A condition that holds callers, resources or sources to mine: a new one, or my values in the place of wrong ones. */
export const withCondition = (question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): StatementChange[] =>
  // A key that the statement tests already is held to mine rather than another beside it.
  pinsFor(question, objective, answer).toSorted((a, b) => Number(isTested(statement, b)) - Number(isTested(statement, a))).flatMap((pin) => pinned(statement, pin, place));
const isTested = (statement: Statement, { key }: Pin): boolean => operatorsOn(statement, key).length > 0;

/** The statement held to a pin, and to the one beside it. */
function pinned(statement: Statement, pin: Pin, place: string): StatementChange[] {
  const made = heldTo(statement, pin, place);
  const { and } = pin;
  return and === undefined ? made : made.flatMap((one) => pinned(one.statement, and, place).map((other) => ({ text: [one.text, other.text].filter((text) => text !== '').join(', and '), statement: other.statement })));
}

function heldTo(statement: Statement, pin: Pin, place: string): StatementChange[] {
  const { key, operator } = pin;
  const conditions = conditionsOf(statement);
  const known = Object.keys(conditions[operator] ?? {}).find((one) => one.toLowerCase() === key.toLowerCase());
  const to = (values: unknown): Statement => ({ ...statement, Condition: { ...conditions, [operator]: { ...conditions[operator], [known ?? key]: values } } });
  if (known === undefined) return [{ text: `add ${additionTo(statement, operator, { [key]: written(pin) })} ${place}`, statement: to(written(pin)) }, ...inPlaceOfOthers(statement, pin, place)];
  const given = asList(conditions[operator]![known]);
  if (given.length === pin.values.length && given.every((one) => pin.values.includes(String(one)))) return [{ text: '', statement }];
  const narrower = given.map((one) => pin.values.flatMap((mine) => (operator === 'ArnLike' ? withinArn : within)(String(one), mine) ?? []));
  return [...narrower.some((some) => some.length === 0) ? [] : [[...new Set(narrower.flat())]], pin.values].map((values) => ({ text: insteadOf(given, values, known, place), statement: to(written({ values })) }));
}

/** My values in the place of those that another operator asks for, beside which they could never hold. */
const inPlaceOfOthers = (statement: Statement, pin: Pin, place: string): StatementChange[] => Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => Object.entries(keys).flatMap(([key, given]): StatementChange[] =>
  key.toLowerCase() !== pin.key.toLowerCase() || /Not/.test(operator) || !/^(?:ForAnyValue:)?(?:String|Arn)/.test(operator) ? [] : [{
    text: `write \`"${pin.operator}": {"${key}": ${JSON.stringify(written(pin))}}\` instead of \`"${operator}": {"${key}": ${JSON.stringify(given)}}\` in ${place}`, statement: withTest(statement, operator, key, pin.operator, written(pin)),
  }]));

/** A test as a person adds it: as a condition of its own, to the condition that is there, or to the operator. */
function additionTo(statement: Statement, operator: string, test: object): string {
  const written = Object.entries(test).map(([key, values]) => `"${key}": ${JSON.stringify(values)}`).join(', ');
  if (statement['Condition'] === undefined) return `\`"Condition": {"${operator}": {${written}}}\` to`;
  return conditionsOf(statement)[operator] === undefined ? `\`"${operator}": {${written}}\` to the \`Condition\` of` : `\`${written}\` to \`${operator}\` of`;
}

/** The part of a pattern that begins as mine does (`repo:acme` before `:main` for `repo:` before it); `undefined` where none does. */
function within(pattern: string, mine: string): string | undefined {
  const [begun] = mine.split('*', 1) as [string];
  const rest = pattern.startsWith(begun) ? pattern.slice(begun.length) : restAfter(pattern, begun);
  return rest === undefined ? undefined : rest === '*' ? mine : `${begun}${rest}`;
}

/** What a pattern asks of the rest of a text that begins so, the least that it can; `undefined`: no text that does meets it. */
function restAfter(pattern: string, begun: string): string | undefined {
  const places = [...begun].reduce((some, letter) => [...new Set(some.flatMap((at) => placesAfter(pattern, at, letter)))], [0]);
  return places.length === 0 ? undefined : pattern.slice(Math.max(...places));
}
const placesAfter = (pattern: string, at: number, letter: string): number[] => pattern[at] === '*' ? [at, ...placesAfter(pattern, at + 1, letter)] : pattern[at] === letter || pattern[at] === '?' ? [at + 1] : [];

/** The same of ARNs, part by part. */
function withinArn(pattern: string, mine: string): string | undefined {
  const theirs = pattern.split(':');
  const parts = mine.split(':').map((one, i) => within(theirs[i] ?? '', one));
  return theirs.length === parts.length && !parts.includes(undefined) ? parts.join(':') : undefined;
}

const insteadOf = (given: readonly unknown[], values: readonly unknown[], key: string, place: string): string => `write ${quoted(values)} instead of ${quoted(given)} for \`${key}\` in ${place}`;

/** A statement taken in two. */
export interface Apart { readonly text: string; readonly rest: Statement; readonly own: Statement }

/**
 * Where a condition for whom the answer shows would lock out others whom the statement names, services beside everybody or my accounts beside a
 * partner: the former in a statement of their own, with the condition; none where nobody is beside them.
 */
export function apart(question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): Apart[] {
  const all = principalsOf(statement);
  const named = filtered(all, isIt(answer, question.perimeter));
  // Whoever is not named comes through `*`, beside which other accounts need no statement of their own.
  const concerned = named.length > 0 ? isIt(answer, question.perimeter) : (_: unknown, type: string): boolean => type === 'AWS';
  const [own, rest] = [filtered(all, concerned), filtered(all, (one, type) => !concerned(one, type))];
  if (own.length === 0 || rest.length === 0) return [];
  const { Sid: _, ...unnamed } = statement;
  const alone = { ...unnamed, Principal: Object.fromEntries(own) };
  return [...pinsFor(question, objective, answer).flatMap((pin) => pinned(alone, pin, 'it')), ...objective === 'principals' ? asAgreed(question, answer, alone, 'it') : []].map((change) => ({
    text: `give ${quoted(own.flatMap(([, names]) => names))} of ${place} a statement of its own, like it otherwise, and ${change.text}`, own: change.statement, rest: { ...statement, Principal: Object.fromEntries(rest) },
  }));
}

/** A Deny of what does not carry my values, where it names others: mine in their place. */
export const withMine = (pins: readonly Pin[], statement: Statement, place: string): StatementChange[] => pins.flatMap((pin) => Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) =>
  (pin.operator === 'IpAddress' ? /^NotIpAddress(?:IfExists)?$/ : pin.operator.startsWith('ForAnyValue') ? /^(?:ForA(?:ll|ny)Values?:)?StringNot(?:Equals|Like)(?:IfExists)?$/ : /^StringNot(?:Equals|Like)(?:IfExists)?$/).test(operator)
    ? Object.entries(keys).flatMap(([key, given]): StatementChange[] => key.toLowerCase() !== pin.key.toLowerCase() ? [] : [{
      text: insteadOf(asList(given), pin.values, key, place), statement: withTest(statement, operator, key, operator, written(pin)),
    }]) : []));
