import { pinsFor, written, type Outside } from '../../core/pins.ts';
import { asList, operatorParts, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, operatorsOn, quoted, withTest, type StatementChange } from '../../core/statement-changes.ts';
import type { Objective, Question } from '../../policy/index.ts';
import { asSlip, type CountedChange } from './counted.ts';
import { lettersApart } from './letters.ts';

interface Listed { readonly operator: string; readonly key: string; readonly values: readonly unknown[] }
/** The values for which an Allow lets in, or a Deny spares. */
const listed = (statement: Statement): Listed[] => Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => /Not/.test(operatorParts(operator).name) !== (statement['Effect'] === 'Deny') ? []
  : Object.entries(keys).map(([key, given]) => ({ operator, key, values: asList(given) })));

/** A person reads no longer list at a glance, and each value is a question. */
const MOST_VALUES = 20;

/** Several values go of a list, those with each of which alone it would be open; `opens` asks. */
export const withoutForeign = (statement: Statement, place: string, opens: (statement: Statement) => boolean): StatementChange[] => listed(statement).flatMap(({ operator, key, values }) => {
  if (values.length < 3 || values.length > MOST_VALUES) return [];
  const gone = values.filter((one) => opens(withTest(statement, operator, key, operator, one)));
  return gone.length < 2 || gone.length === values.length ? [] : [{
    text: `remove ${quoted(gone)} from \`${key}\`${operatorsOn(statement, key).length > 1 ? ` under \`${operator}\`` : ''} in ${place}`, statement: withTest(statement, operator, key, operator, values.filter((one) => !gone.includes(one))),
  }];
});

/** Values that begin as mine do but for a letter or two, `repo:acm/infra:main` where `repo:acme/*` are mine, begin as those do. */
export const withOwnBeginnings = (question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): CountedChange[] => pinsFor(question, objective, answer).filter((pin) => pin.operator === 'StringLike').flatMap((pin) =>
  listed(statement).filter(({ key }) => key.toLowerCase() === pin.key.toLowerCase()).flatMap(({ operator, key, values }) => {
    const all = values.map(String).map((from) => ({ from, to: pin.values.flatMap((mine) => beginning(mine.split('*', 1)[0]!, from) ?? [])[0] ?? from }));
    const changed = all.filter(({ from, to }) => from !== to);
    return changed.length === 0 ? [] : [asSlip({
      text: `write ${quoted(changed.map(({ to }) => to))} instead of ${quoted(changed.map(({ from }) => from))} for \`${key}\` in ${place}`, statement: withTest(statement, operator, key, operator, written({ values: all.map(({ to }) => to) })),
    })];
  }));

/** A text with what it begins with put right, up to the last letter of that; `undefined`: it begins with something else, with a wildcard, which is no slip and may stand for several of mine, or is right. */
function beginning(right: string, text: string): string | undefined {
  const [end] = right.slice(-1);
  const at = [...text].flatMap((letter, i) => letter === end ? [i + 1] : []).find((i) => !text.slice(0, i).includes('*') && lettersApart(text.slice(0, i), right) <= 2);
  return at === undefined || text.startsWith(right) ? undefined : `${right}${text.slice(at)}`;
}
