import { ask } from '../ask.ts';
import type { Policy, Statement } from '../parse.ts';
import type { Objective, Question } from '../question.ts';

/** What keeps outsiders out: without it, somebody outside would get through. */
export interface Binding { readonly at: string; readonly text: string }

/**
 * The parts of a policy each of which keeps outsiders out: taken away alone, the question has another answer. None,
 * where several do so and any would suffice.
 */
export function bindings(question: Question, objective: Objective): Binding[] {
  const { policy } = question;
  const opens = (index: number, statement: Statement | undefined): boolean =>
    ask({ ...question, policy: withStatement(policy, index, statement) }, objective).answer === 'outside';
  return policy.statements.flatMap((one, index): Binding[] => {
    const place = `${one.at.slice(1).replace('/', ' ')}${one.sid === undefined ? '' : ` (\`${one.sid}\`)`}`;
    if (one.effect === 'Deny') return opens(index, undefined) ? [{ at: one.at, text: `the Deny of ${place}${keysOf(one)}` }] : [];
    const conditions = one.conditions.flatMap((condition): Binding[] => opens(index, { ...one, conditions: one.conditions.filter((other) => other !== condition) })
      ? [{ at: `${one.at}/Condition`, text: `\`${condition.name}\` in ${place}, which must ${condition.operator.negated ? 'not ' : ''}be ${condition.values.slice(0, 3).map((value) => `\`${value}\``).join(' or ')}${condition.values.length > 3 ? ` or ${condition.values.length - 3} more` : ''}` }] : []);
    const { principals } = one;
    const isNamed = principals !== undefined && !principals.everyone && !principals.negated;
    const named = isNamed && opens(index, { ...one, principals: { ...principals, everyone: true } })
      ? [{ at: `${one.at}/Principal`, text: `${place} names only ${[...principals.aws, ...principals.services, ...principals.federated].slice(0, 3).map((name) => `\`${name}\``).join(', ')}` }] : [];
    return [...conditions, ...named];
  });
}

const withStatement = (policy: Policy, index: number, statement: Statement | undefined): Policy =>
  ({ ...policy, statements: policy.statements.flatMap((one, i) => i !== index ? [one] : statement === undefined ? [] : [statement]) });
const keysOf = ({ conditions }: Statement): string => conditions.length === 0 ? '' : ` on ${conditions.map(({ name }) => `\`${name}\``).join(', ')}`;
