import { and, decide, findRequest, not, parsePolicy, policy, type Difference, type Formula, type Policy, type Subject } from '../../policy/index.ts';
import { actionsOf, isKnown } from '../../policy/tables/actions.ts';

/** One of two policies that are compared, and what it allows. */
interface Side { readonly formula: Formula; readonly policy: Policy }

/** The same difference by a request that shows it better, where there is one: of the service whose key the two test differently, of an action of the service that the resource is of, and of one that AWS has. */
export function plainer(subject: Subject, found: Difference, allowing: Side, refusing: Side): Difference {
  if (found.kind !== 'request') return found;
  const { action } = found.request;
  const prefix = prefixIn(action);
  const [, , service = ''] = (found.request.resource ?? '').split(':');
  const own = prefixesTested(allowing.policy, refusing.policy);
  const tried = [...own.length === 0 || own.includes(prefix) ? [] : own.map((one) => [`${one}:*`]), ...isKnown(service) && service !== prefix ? [[`${service}:*`]] : [], ...isListed(action) ? [] : [['s3:GetObject'], actionsOf(prefix).withResource]];
  for (const actions of tried) {
    const other: Difference | undefined = actions.length === 0 ? undefined : byActions(subject, actions, allowing, refusing);
    if (other?.kind === 'request' && isListed(other.request.action)) return other;
  }
  return found;
}

function byActions(subject: Subject, Action: readonly string[], { formula }: Side, refusing: Side): Difference | undefined {
  const only = policy(parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }] }));
  const found = findRequest(subject, and(formula, only, not(refusing.formula)));
  return found.kind !== 'request' || formula.kind !== 'policy' ? undefined : { kind: 'request', request: found.request, at: decide(formula.policy, found.request, formula.setting).by?.at };
}

const prefixIn = (name: string): string => name.split(':', 1)[0]!.toLowerCase();
const isListed = (action: string): boolean => { const { withResource, withoutResource } = actionsOf(prefixIn(action)); return withResource.includes(action) || withoutResource.includes(action); };

/** The services of keys that one of two policies tests otherwise than the other. */
function prefixesTested(one: Policy, other: Policy): readonly string[] {
  const testsOf = ({ statements }: Policy): readonly (readonly [key: string, test: string])[] => statements.flatMap(({ effect, conditions }) => conditions.map(({ key, operator, values }) => [key, JSON.stringify([effect, key, operator.name, values])] as const));
  const [tests, others] = [testsOf(one), testsOf(other)];
  const differing = [...tests.filter(([, test]) => !others.some(([, same]) => same === test)), ...others.filter(([, test]) => !tests.some(([, same]) => same === test))];
  return [...new Set(differing.map(([key]) => prefixIn(key)))].filter((prefix) => prefix !== 'aws' && isKnown(prefix));
}
