import { pinsFor, written, type Outside } from '../../core/pins.ts';
import type { Statement } from '../../core/policy-document.ts';
import { conditionsOf, withoutTest, withTest, type StatementChange } from '../../core/statement-changes.ts';
import type { Objective, Question } from '../../policy/index.ts';
import { keyNames } from '../../policy/tables/key-names.ts';
import { isUnheardOf } from '../../policy/tables/keys.ts';
import { lettersApart } from './letters.ts';

/** Where a statement tests a global key that AWS does not have, and so never sends: one of like name in its place, or in an Allow what holds it to mine, for beside it that would admit nobody. */
export const withKnownKeys = (question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): StatementChange[] =>
  Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => Object.entries(keys).flatMap(([key, given]): StatementChange[] => {
    if (!/^aws:/i.test(key) || !isUnheardOf(key.toLowerCase())) return [];
    const rest = withoutTest(statement, operator, key);
    const meant = keyNames.filter((one) => isLike(one.toLowerCase(), key.toLowerCase()) && keys[one] === undefined);
    return [
      ...meant.map((one) => ({ text: `write \`${one}\` instead of \`${key}\` in ${place}, for AWS has no such key`, statement: withTest(rest, operator, one, operator, given) })),
      ...statement['Effect'] === 'Deny' ? [] : pinsFor(question, objective, answer).map((pin) => ({
        text: `write \`"${pin.operator}": {"${pin.key}": ${JSON.stringify(written(pin))}}\` instead of \`"${operator}": {"${key}": ${JSON.stringify(given)}}\` in ${place}, for AWS has no key \`${key}\``,
        statement: withTest(rest, pin.operator, pin.key, pin.operator, written(pin)),
      })),
    ];
  }));

/** Whether one name is the other with letters left out, or with at most two wrong. */
const isLike = (one: string, other: string): boolean => isLeftOf(one, other) || isLeftOf(other, one) || lettersApart(one, other) <= 2;

/** Whether a name is left of another where letters of it go. */
function isLeftOf(short: string, long: string): boolean {
  let found = 0;
  for (const letter of long) if (letter === short[found]) found++;
  return found === short.length;
}
