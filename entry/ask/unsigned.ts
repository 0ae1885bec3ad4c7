import { matches } from '../../core/exceptions.ts';
import { withCondition, type Apart } from '../../core/pinned-statements.ts';
import type { Outside } from '../../core/pins.ts';
import { asList, type Document, type Statement } from '../../core/policy-document.ts';
import { quoted } from '../../core/statement-changes.ts';
import { ask, parsePolicy, prefixOf, type Question } from '../../policy/index.ts';

/**
 * Calls that are never signed tell no organization: at an endpoint they go to a statement of their own, which holds the resource to mine, for a condition on callers would
 * shut them out. https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/vpc_endpoint_policies/sts_endpoint_policy.json
 */
export function unsignedApart(question: Question, answer: Outside, document: Document, statement: Statement, place: string): Apart[] {
  const given = asList(statement['Action']).map(String);
  const unsigned = question.perimeter.unsignedActions.filter((one) => one.split(':', 1)[0] === prefixOf(question));
  const own = unsigned.filter((one) => given.some((action) => covers(action, one)));
  const rest = given.filter((action) => !own.some((one) => covers(one, action)));
  if (question.kind !== 'vpc-endpoint' || own.length === 0 || rest.length === 0) return [];
  const { Sid: _, ...unnamed } = statement;
  const [alone] = withCondition(question, 'resources', answer, { ...unnamed, Action: own }, 'it');
  // A statement that would let in whoever signs such a call is no way out.
  if (ask({ ...question, policy: parsePolicy({ ...document, Statement: [alone!.statement] }) }, 'principals').answer === 'outside') return [];
  return withCondition(question, 'principals', answer, { ...statement, Action: rest }, place).map((change) => ({
    text: `give ${quoted(own)} of ${place} a statement of its own, like it otherwise${alone!.text === '' ? '' : `, and ${alone!.text}`}; then ${change.text}`, rest: change.statement, own: alone!.statement,
  }));
}

const covers = (pattern: string, action: string): boolean => matches(pattern.toLowerCase(), action.toLowerCase());
