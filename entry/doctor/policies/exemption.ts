import { asList, placeOf, statementsOf, withStatement, type Statement } from '../../../core/policy-document.ts';
import { decide, parsePolicy, type Setting } from '../../../policy/index.ts';
import { openOf, type Guardrail } from './judgement.ts';
import { readings } from './open-keys.ts';
import type { Needed } from './requests.ts';

/**
 * What to add to the `Condition` of a Deny so that it stops none of the requests: their callers are spared by the names of their roles, and
 * AWS services as such. Tried before it is told; `undefined`: it does not help.
 */
export function exemption({ document, keys }: Guardrail, at: string, stopped: readonly Needed[], setting: Setting): Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined {
  const index = statementsOf(document).findIndex((_, i) => placeOf(document, i) === at);
  const statement = statementsOf(document)[index];
  if (statement === undefined) return undefined;
  const roles = [...new Set(stopped.flatMap(({ request }) => request.principal.arn === undefined ? [] : [patternOf(request.principal.arn)]))].sort();
  const added = {
    ...roles.length === 0 ? {} : { ArnNotLike: { 'aws:PrincipalArn': [...listed(statement, 'ArnNotLike', 'aws:PrincipalArn'), ...roles] } },
    ...stopped.some(({ request }) => request.principal.kind === 'service') ? { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } : {},
  };
  const changed = withStatement(document, index, withTests(statement, added));
  const policy = parsePolicy(changed);
  const helps = stopped.every((needed) => decide(readings(changed, policy, new Set(keys.filter(openOf(needed)))).possible, needed.request, setting).by?.at !== at);
  return helps ? added : undefined;
}

/** The role in whichever account and Region: `arn:aws:iam::*:role/perimeter-*`. */
const patternOf = (arn: string): string => arn.replace(/::\d{12}:/, '::*:').replace(/role\/(perimeter-|stacksets-exec-).*$/, 'role/$1*');

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const conditionsOf = (statement: Statement): Conditions => (statement['Condition'] ?? {}) as Conditions;
/** Whom the statement spares already: the list goes on. */
const listed = (statement: Statement, operator: string, key: string): readonly unknown[] => {
  const value = conditionsOf(statement)[operator]?.[key];
  return value === undefined ? [] : asList(value);
};
const withTests = (statement: Statement, added: Conditions): Statement => ({
  ...statement,
  Condition: Object.entries(added).reduce<Conditions>((all, [operator, tests]) => ({ ...all, [operator]: { ...all[operator], ...tests } }), conditionsOf(statement)),
});
