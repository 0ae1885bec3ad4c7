import type { Random } from '../bench/random.ts';
import { Members, type Value } from './mutations.ts';

/**
 * Ways to make one member of a statement unreadable. By IAM's grammar none of them has a meaning, so none may be judged:
 * whatever stands there could be the condition that keeps outsiders out. A given name becomes the member of that name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
type Break = readonly [name: string, member: string, value: (random: Random) => Value];

const members = (...entries: readonly (readonly [string, Value])[]): Members => new Members(entries);
const noText: readonly Value[] = [null, 5, true, members(['a', 'b']), [null], [5], [['s3:*']], ['s3:*', members()]];
const noObject: readonly Value[] = [null, 5, true, 'text', [], ['a']];
const strange = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];
const test = (operator: string, key: string, value: Value): Members => members([operator, members([key, value])]);

export const statementBreaks: readonly Break[] = [
  ['an Effect that is none', 'Effect', (random) => random.pick<Value>(['allow', 'ALLOW', 'Permit', '', null, 5, ['Allow'], members()])],
  ['an element nobody knows', '', (random) => members([random.pick(['Principle', 'Conditions', 'condition', 'Resources', 'effect', 'NotCondition', ...strange]), random.pick<Value>(['*', members(), null])])],
  ['actions that are no text', 'Action', (random) => random.pick(noText)],
  ['resources that are no text', 'Resource', (random) => random.pick(noText)],
  ['a Principal that is no object', 'Principal', (random) => random.pick<Value>([null, 5, false, [], ['*'], 'arn:aws:iam::111111111111:root', ''])],
  ['a kind of principal nobody knows', 'Principal', (random) => members([random.pick(['Aws', 'User', 'Services', '*', ...strange]), '*'])],
  ['a principal that is no text', 'Principal', (random) => members([random.pick(['AWS', 'Service', 'Federated', 'CanonicalUser']), random.pick(noText)])],
  ['a Condition that is no object', 'Condition', (random) => random.pick(noObject)],
  ['an operator nobody knows', 'Condition', (random) => test(random.pick(['StringEqual', 'StringsLike', 'Equals', 'ForAnyValues:StringLike', 'ForAllValue:StringEquals', 'StringEqualsIfExist', 'IfExists', 'StringLike ', '', ...strange]), 'aws:PrincipalOrgID', 'o-4tkekae453')],
  ['an operator whose keys are no object', 'Condition', (random) => members(['StringEquals', random.pick(noObject)])],
  ['values of a condition that are no text', 'Condition', (random) => test('StringEquals', 'aws:PrincipalOrgID', random.pick<Value>([null, members(), [null], [['o-4tkekae453']], ['o-4tkekae453', members()]]))],
  ['Null with IfExists', 'Condition', () => test('NullIfExists', 'aws:PrincipalOrgID', 'false')],
  ['an address that is none', 'Condition', (random) => test(random.pick(['IpAddress', 'NotIpAddress']), 'aws:SourceIp', random.pick<Value>(['10.0.0.256', '10.0.0.0/33', '10.0.0', 'x', '2001:db8::/129', ['192.0.2.0/24', 'anywhere']]))],
  ['a number that is none', 'Condition', (random) => test('NumericLessThan', 's3:max-keys', random.pick<Value>(['ten', '', ['5', 'x']]))],
  ['a date that is none', 'Condition', (random) => test('DateLessThan', 'aws:CurrentTime', random.pick<Value>(['tomorrow', '2026-13-01', '', ['2026-01-01', 'x']]))],
  ['a truth that is none', 'Condition', (random) => test('Bool', 'aws:SecureTransport', random.pick<Value>(['yes', '', 1, ['true', 'maybe']]))],
  ['a Sid that is no text', 'Sid', (random) => random.pick<Value>([null, 5, ['a'], members()])],
];

const negations = { Action: 'NotAction', Resource: 'NotResource', Principal: 'NotPrincipal' } as const;
/** The statement with that member in place of its own, or added where the name is empty. */
export function brokenStatement(random: Random, statement: Members, [, member, value]: Break): Members {
  const made = value(random);
  if (member === '') return new Members([...statement.entries, ...(made as Members).entries]);
  const negation = (negations as Readonly<Record<string, string>>)[member];
  const [own, written] = negation !== undefined && random.chance(0.3) ? [[member, negation], negation] : [[member, negation ?? member], member];
  return new Members([...statement.entries.filter(([name]) => !own.includes(name)), [written, made]]);
}

/** Breaks of the document around its statements. */
export const documentBreaks: readonly (readonly [name: string, break_: (random: Random, statement: Members) => Value])[] = [
  ['a Version nobody knows', (random, statement) => members(['Version', random.pick<Value>(['2012-10-18', '2012', 5, null, ['2012-10-17'], members()])], ['Statement', [statement]])],
  ['a document without Statement', () => members(['Version', '2012-10-17'])],
  ['a Statement that is none', (random) => members(['Version', '2012-10-17'], ['Statement', random.pick<Value>([null, 5, 'Allow', true])])],
  ['a statement that is no object', (random, statement) => members(['Version', '2012-10-17'], ['Statement', [statement, random.pick<Value>([null, 5, 'Allow', [statement], [], true])]])],
  ['an element of the document nobody knows', (random, statement) => members(['Version', '2012-10-17'], ['Statement', [statement]], [random.pick(['Statements', 'statement', 'version', ...strange]), random.pick<Value>([null, '*', members()])])],
  ['a member that stands there twice', (random, statement) => members(['Version', '2012-10-17'], ['Statement', [new Members([...statement.entries, random.pick(statement.entries)])]])],
  ['both an element and its negation', (random, statement) => {
    const [name, negation] = random.pick(Object.entries(negations));
    return members(['Version', '2012-10-17'], ['Statement', [new Members([...statement.entries.filter(([own]) => own !== name && own !== negation), [name, '*'], [negation, '*']])]]);
  }],
  ['a statement without actions', (_, statement) => members(['Version', '2012-10-17'], ['Statement', [new Members(statement.entries.filter(([name]) => name !== 'Action' && name !== 'NotAction'))]])],
];
