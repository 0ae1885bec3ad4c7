import { asList, operatorParts, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, principalsOf, withTest } from '../../core/statement-changes.ts';
import type { Objective, Question } from '../../policy/index.ts';
import type { CountedChange } from './counted.ts';
import { isOfOwn } from './own-accounts.ts';

/** Whether a policy may keep its principals away from what is mine on purpose, as those who act in customers' accounts: a test of it says what it means. */
export const isKeptAway = ({ kind }: Question, objective: Objective): boolean => kind === 'identity' && objective === 'resources';

/** Where an Allow asks for what is not mine, it may mean the opposite: of all tests that it has, and of each, for put right in one of two it would let nobody in. Where it names the account itself, only those who do not carry the key count as lost, of services none. */
export function withOpposites(question: Question, objective: Objective, statement: Statement, place: string): CountedChange[] {
  if (isKeptAway(question, objective)) return [];
  const isForServices = principalsOf(statement).length > 0 && principalsOf(statement).every(([type]) => type === 'Service');
  const each = Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => {
    const { quantifier, name } = operatorParts(operator);
    const to = `${quantifier === undefined ? '' : 'ForAnyValue:'}${name.replace('Not', '')}`;
    return /Not/.test(name) ? Object.entries(keys).filter(([key]) => conditionsOf(statement)[to]?.[key] === undefined).map(([key, given]) => ({
      text: `write \`${to}\` instead of \`${operator}\` for \`${key}\` in ${place}`, put: (made: Statement): Statement => withTest(made, operator, key, to, given),
      putFrom: (made: Statement): Statement => isOfOwn(question, key, asList(given)) ? withTest(made, operator, key, isForServices ? to : `${to}IfExists`, given) : made,
    })) : [];
  });
  return [...each.length > 1 ? [each] : [], ...each.map((one) => [one])].map((some) => ({ text: some.map(({ text }) => text).join(', and '), statement: some.reduce((made, { put }) => put(made), statement), from: some.reduce((made, { putFrom }) => putFrom(made), statement) }));
}
