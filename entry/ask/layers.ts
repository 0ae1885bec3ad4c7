import { asList, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf } from '../../core/statement-changes.ts';
import type { Question } from '../../policy/index.ts';

/**
 * Whether a policy hangs on a layer of Lambda, which takes it statement by statement: each allows one account or everybody, and may hold everybody to one organization. Functions take
 * whole documents. https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html, https://docs.aws.amazon.com/lambda/latest/api/API_PutResourcePolicy.html
 */
export const isOfLayer = ({ kind, resource = '' }: Question): boolean => kind === 'resource' && /^arn:[^:]*:lambda:[^:]*:[^:]*:layer:/.test(resource);

/** Whether AWS takes what a document has in the place of another. */
export function isTaken(question: Question, before: Document, after: Document): boolean {
  const given = statementsOf(before);
  return !isOfLayer(question) || statementsOf(after).every((one) => given.includes(one) || isPermission(one));
}

function isPermission(statement: Statement): boolean {
  const { 'aws:PrincipalOrgID': organization, ...others } = { ...conditionsOf(statement)['StringEquals'] };
  const isHeld = organization !== undefined;
  return statement['Effect'] === 'Allow' && Object.keys(others).length === 0 && Object.keys(conditionsOf(statement)).length === Number(isHeld) && (!isHeld || (asList(organization).length === 1 && JSON.stringify(statement['Principal']).includes('"*"')));
}
