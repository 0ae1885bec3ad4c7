import type { Question } from '../policy/index.ts';
import { matches } from './exceptions.ts';
import type { Outside } from './pins.ts';
import { asList, type Statement } from './policy-document.ts';
import { principalsOf, isIt, quoted, type StatementChange } from './statement-changes.ts';

/** A statement for nobody but a partner held to what it was granted of the resource; none where it was granted different actions on different ones. */
export function asAgreed({ kind, perimeter, resource = '' }: Question, answer: Outside, statement: Statement, place: string): StatementChange[] {
  const partners = perimeter.partners.filter((one) => one.accounts.includes(answer.witness.principal.account ?? ''));
  const names = principalsOf(statement).flatMap(([, some]) => some);
  // What a policy says of other resources than its own, AWS refuses.
  const granted = partners.flatMap((one) => one.resources).filter(({ arn }) => arn.split(/[*?]/, 1)[0]!.startsWith(resource));
  const [first] = granted;
  const { Action, Resource } = statement;
  if (kind === 'trust' || Action === undefined || Resource === undefined || first === undefined || names.length === 0 || !names.every(isIt(answer, perimeter)) || granted.some(({ actions }) => String(actions) !== String(first.actions))) return [];
  const actions = within(Action, first.actions);
  const resources = within(Resource, granted.map(({ arn }) => arn));
  return [{
    text: `hold ${place} to ${quoted(asList(actions))} on ${quoted(asList(resources))}, as agreed with ${partners[0]!.name}`,
    statement: { ...statement, Action: actions, Resource: resources },
  }];
}

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

/** What a statement says where that is all granted, else what is granted. */
function within(given: unknown, granted: readonly string[]): unknown {
  const isGranted = (one: unknown): boolean => granted.some((pattern) => matches(pattern.toLowerCase(), String(one).toLowerCase()));
  return asList(given).every(isGranted) ? given : granted.length === 1 ? granted[0] : granted;
}
