import { operatorParts, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, withTest, type StatementChange } from '../../core/statement-changes.ts';

/** Where an Allow asks for what is not mine, it may mean the opposite: of each test, and of all that it has, for put right in one of two it would let nobody in. */
export function withOpposites(statement: Statement, place: string): StatementChange[] {
  const each = Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => {
    const { quantifier, name } = operatorParts(operator);
    const to = `${quantifier === undefined ? '' : 'ForAnyValue:'}${name.replace('Not', '')}`;
    return /Not/.test(name) ? Object.entries(keys).filter(([key]) => conditionsOf(statement)[to]?.[key] === undefined).map(([key, given]) => ({
      text: `write \`${to}\` instead of \`${operator}\` for \`${key}\` in ${place}`, put: (made: Statement): Statement => withTest(made, operator, key, to, given),
    })) : [];
  });
  return [...each.map((one) => [one]), ...each.length > 1 ? [each] : []].map((some) => ({ text: some.map(({ text }) => text).join(', and '), statement: some.reduce((made, { put }) => put(made), statement) }));
}
