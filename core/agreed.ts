import type { Question } from '../policy/index.ts';
import { matches } from './exceptions.ts';
import type { Outside } from './pins.ts';
import { asList, operatorParts, type Statement } from './policy-document.ts';
import { conditionsOf, principalsOf, isIt, quoted, type StatementChange } from './statement-changes.ts';

/**
 * A statement for nobody but a partner held to what it was granted of that: none where that is nothing, where it was granted different actions on different resources, or where what is
 * left would be tested for what only the actions that go may carry.
 */
export function asAgreed({ kind, perimeter, resource = '' }: Question, answer: Outside, statement: Statement, place: string): StatementChange[] {
  const partners = perimeter.partners.filter((one) => one.accounts.includes(answer.witness.principal.account ?? ''));
  const names = principalsOf(statement).flatMap(([, some]) => some);
  const granted = partners.flatMap((one) => one.resources).flatMap(({ arn, actions }) => onResource(arn, resource).map((one) => ({ arn: one, actions })));
  const [first] = granted;
  const { Action, Resource } = statement;
  if (kind === 'trust' || Action === undefined || first === undefined || names.length === 0 || !names.every(isIt(answer, perimeter)) || granted.some(({ actions }) => String(actions) !== String(first.actions))) return [];
  const actions = shared(Action, first.actions);
  // The policies of some services name no resource: they are of the one that they hang on.
  const resources = Resource === undefined ? undefined : shared(Resource, granted.map(({ arn }) => arn));
  if (actions.length === 0 || resources?.length === 0 || (String(actions) !== String(asList(Action)) && isTestedOfService(statement))) return [];
  return [{
    text: `hold ${place} to ${quoted(actions)}${resources === undefined ? '' : ` on ${quoted(resources)}`}, as agreed with ${partners[0]!.name}`,
    statement: { ...statement, Action: inOne(Action, actions), ...resources === undefined ? {} : { Resource: inOne(Resource, resources) } },
  }];
}

/** What a grant is of a resource and of what lies below it, for what the policy of one says of others AWS refuses; all of it, where no resource is said. */
const onResource = (granted: string, resource: string): readonly string[] => granted.split(/[*?]/, 1)[0]!.startsWith(resource) ? [granted]
  : [resource, ...resource.includes(':s3:::') ? [`${resource}/*`] : []].filter((one) => matches(granted, one));

/** Where a Resource takes in more of a service than a partner lets my principals reach: just that. */
export function asReachable({ perimeter: { partners } }: Question, { witness: { resource = '' } }: Outside, statement: Statement, place: string): StatementChange[] {
  const given = asList(statement['Resource']).map(String);
  const open = given.filter((one) => matches(one, resource));
  const [, , service] = resource.split(':');
  const reachable = partners.flatMap((one) => one.reachable).filter((arn) => arn.split(':')[2] === service && open.some((one) => matches(one, arn)));
  return reachable.length === 0 ? [] : [{
    text: `write ${quoted(reachable)} instead of ${quoted(open)} under \`Resource\` in ${place}`, statement: { ...statement, Resource: [...given.filter((one) => !open.includes(one)), ...reachable] },
  }];
}

/** Whatever of it a statement says and is granted, where one takes in the other. */
function shared(given: unknown, granted: readonly string[]): readonly string[] {
  const takesIn = (pattern: string, one: string): boolean => matches(pattern.toLowerCase(), one.toLowerCase());
  const all = asList(given).map(String);
  const isGranted = (one: string): boolean => granted.some((pattern) => takesIn(pattern, one));
  if (all.every(isGranted)) return all;
  return [...new Set(all.flatMap((one) => { const within = granted.filter((pattern) => takesIn(one, pattern)); return within.length === 0 && isGranted(one) ? [one] : within; }))];
}
/** As the statement writes it, in a list or not, where it takes no more than one. */
const inOne = (given: unknown, values: readonly string[]): unknown => Array.isArray(given) || values.length > 1 ? values : values[0];

/** Whether a statement asks for something that a key of its service must be, which many actions do not carry: reading an object tells neither a prefix nor a header of writing. */
const isTestedOfService = (statement: Statement): boolean => Object.entries(conditionsOf(statement)).some(([operator, keys]) => {
  const { quantifier, name, ifExists } = operatorParts(operator);
  return !ifExists && quantifier !== 'ForAllValues' && !/Not|Null/.test(name) && Object.keys(keys).some((key) => asList(statement['Action']).some((one) => key.toLowerCase().startsWith(`${String(one).split(':', 1)[0]!.toLowerCase()}:`)));
});
