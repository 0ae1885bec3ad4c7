import { asList, statementsOf, withStatement, type Document, type Statement as Written } from '../../../core/policy-document.ts';
import { parsePolicy, type Policy, type Statement } from '../../../policy/index.ts';

/** A policy read twice where a request may carry some key or not. */
export interface Readings {
  /** Without the statements that hang on such keys: what holds whatever the request carries. */
  readonly sure: Policy;
  /** As if each of these tests were met: what may hold. */
  readonly possible: Policy;
}

/** Keys that a statement tests or has as variables, in lower case. */
export const keysOf = ({ conditions, variables }: Statement): readonly string[] => [...new Set([...conditions.map(({ key }) => key), ...variables])];

/** `open`: keys that the request may carry or not, in lower case. Statements keep their places. */
export function readings(document: Document, policy: Policy, open: ReadonlySet<string>): Readings {
  const hanging = policy.statements.flatMap((one, index) => keysOf(one).some((key) => open.has(key)) ? [index] : []);
  if (hanging.length === 0) return { sure: policy, possible: policy };
  const rewritten = (rewrite: (statement: Written) => Written): Policy =>
    parsePolicy(hanging.reduce((made, index) => withStatement(made, index, rewrite(statementsOf(document)[index]!)), document));
  return { sure: rewritten(() => reachesNothing), possible: rewritten((statement) => withoutTests(statement, open)) };
}

/** No service has such an action. */
const reachesNothing: Written = { Effect: 'Deny', Action: 'none:None', Resource: '*' };

function withoutTests({ Condition, Resource, NotResource, ...rest }: Written, open: ReadonlySet<string>): Written {
  const hasOpenVariable = (value: unknown): boolean => asList(value).some((one) => [...String(one).matchAll(/\$\{([^},]+)/g)].some(([, key = '']) => open.has(key.trim().toLowerCase())));
  const conditions = Object.entries((Condition ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) => {
    const kept = Object.entries(keys).filter(([key, value]) => !open.has(key.toLowerCase()) && !hasOpenVariable(value));
    return kept.length === 0 ? [] : [[operator, Object.fromEntries(kept)] as const];
  });
  return {
    ...rest,
    ...hasOpenVariable(Resource ?? NotResource) ? { Resource: '*' } : { ...Resource === undefined ? {} : { Resource }, ...NotResource === undefined ? {} : { NotResource } },
    ...conditions.length === 0 ? {} : { Condition: Object.fromEntries(conditions) },
  };
}
