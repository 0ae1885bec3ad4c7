import { describe, expect, it } from 'vitest';
import { and, not, or, parsePolicy, policy, type Formula } from '../../../policy/index.ts';
import { policiesOf } from '../../../policy/formula.ts';
import { testOn } from '../../../policy/conditions.ts';
import { patternsOperator } from '../../../policy/operators.ts';
import { oneOrMore, patternOf, plainGlob } from '../../../policy/pattern.ts';
import { all, any, literalOf } from '../../../policy/search/logic.ts';
import { reachable } from '../../../policy/search/reachable.ts';
import { always, anything, present, type Domain, type Region } from '../../../policy/search/region.ts';
import { Work } from '../../../policy/search/work.ts';

const team = '${aws:PrincipalTag/team}';
const ofAccount = (account: string): string => `arn:aws:sqs:*:${account}:${team}-*`;
const [mine, theirs] = ['111111111111', '999999999999'];
const statement = (Resource: unknown, Condition?: object): object => ({ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource, ...Condition === undefined ? {} : { Condition } });
const formulaOf = (...Statement: object[]): Formula => policy(parsePolicy({ Version: '2012-10-17', Statement }));
const queues = (account: string, more: Partial<Domain> = {}): Domain => ({ ...present({ forms: [patternOf(`arn:aws:sqs:eu-west-1:${account}:`, oneOrMore('name'))] }), ...more });
const regionOf = (domain: Domain | undefined): Region => ({ principal: { kind: 'role', account: mine }, now: 0, actions: always, domain: () => anything, resources: domain === undefined ? undefined : () => domain });
const left = (formula: Formula, domain: Domain | undefined = queues(theirs)): Formula => reachable(formula, regionOf(domain), new Work(1_000_000));
const textsOf = (formula: Formula) => policiesOf(formula).map(({ statements }) => statements.map(({ resources, variables }) => [resources?.test.values, variables]));

describe('what is left of a formula where resources are of an account', () => {
  const tag = 'aws:principaltag/team';
  const some = formulaOf(statement([ofAccount(mine), ofAccount(theirs), `arn:aws:sqs:*:${mine}:plain`]));
  it('are the texts that one of them may be, and those without variables', () => { expect(textsOf(left(some))).toEqual([[[[ofAccount(theirs), `arn:aws:sqs:*:${mine}:plain`], [tag]]]]); });
  it('are no statements of which none of them is', () => { expect(textsOf(left(formulaOf(statement(ofAccount(mine)))))).toEqual([[]]); });
  it('are none of conditions that stand beside such', () => {
    const formula = formulaOf(statement(ofAccount(mine), { StringEquals: { 'aws:ResourceTag/user': '${aws:username}' } }), statement([ofAccount(mine), ofAccount(theirs)], { StringEquals: { 'aws:ResourceTag/user': '${aws:username}' } }));
    expect(textsOf(left(formula))).toEqual([[[[ofAccount(theirs)], [tag, 'aws:username']]]]);
  });
  it('are all others than a NotResource names', () => { expect(textsOf(left(formulaOf({ Effect: 'Allow', Principal: '*', Action: 'sqs:*', NotResource: ofAccount(mine) })))).toEqual([[[[], []]]]); });
  it('are other statements as they are', () => {
    const formula = formulaOf(statement(ofAccount(mine)), statement('*'), statement(ofAccount(theirs)));
    const { statements } = policiesOf(left(formula))[0]!;
    expect(statements.map((one, i) => one === policiesOf(formula)[0]!.statements[i + 1])).toEqual([true, true]);
  });
  it('is the same of formulas within formulas', () => {
    const whole = formulaOf(statement(ofAccount(theirs)));
    const expected = [[[[ofAccount(theirs)], [tag]]], [[[ofAccount(theirs), `arn:aws:sqs:*:${mine}:plain`], [tag]]]];
    for (const join of [and(whole, some), or(whole, some), and(whole, not(some)), not(and(whole, some))]) {
      const found = left(join);
      expect([textsOf(found), found.kind]).toEqual([expected, join.kind]);
    }
  });
  it.each<[string, Formula, Domain | undefined]>([
    ['each may be one of them', formulaOf(statement([ofAccount(theirs), '*'])), queues(theirs)], ['there are no variables', formulaOf(statement(`arn:aws:sqs:*:${mine}:x`)), queues(theirs)],
    ['no statement names a resource', formulaOf({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': '${aws:username}' } } }), queues(theirs)],
    ['requests are of no resource', some, undefined], ['they may be any', some, always], ['all is joined of such', and(formulaOf(statement('*')), not(formulaOf(statement(ofAccount(theirs))))), queues(theirs)],
  ])('is all, unchanged, where %s', (_, formula, domain) => { expect(reachable(formula, regionOf(domain), new Work(1_000_000))).toBe(formula); });
  it('are no texts that all else of the resources rules out', () => {
    const spared = queues(theirs, { tests: [{ test: testOn('#resource', patternsOperator, [plainGlob('*-*')]), want: false }] });
    expect(textsOf(left(formulaOf(statement(ofAccount(theirs))), spared))).toEqual([[]]);
  });
  it('are none that the region leaves out', () => {
    const literal = (positive: boolean) => literalOf('#resource', testOn('#resource', patternsOperator, [plainGlob('*-*')]), positive);
    const among = (also: NonNullable<Region['also']>) => textsOf(reachable(formulaOf(statement(ofAccount(theirs))), { ...regionOf(queues(theirs)), also }, new Work(1_000_000)));
    expect([among(() => all([literal(false), literalOf('aws:requestedregion', testOn('aws:requestedregion', patternsOperator, []), true)])), among(() => literal(true)), among(() => any([literal(false), literalOf('aws:requestedregion', testOn('aws:requestedregion', patternsOperator, []), true)]))]).toEqual([[[]], [[[[ofAccount(theirs)], [tag]]]], [[[[ofAccount(theirs)], [tag]]]]]);
  });
  it('is found once for the same resources, at a cost that counts', () => {
    const [domain, work] = [queues(theirs), new Work(1_000_000)];
    const first = reachable(some, regionOf(domain), work);
    const spent = work.left;
    expect([reachable(some, regionOf(domain), work) === first, work.left === spent, spent < 1_000_000]).toEqual([true, true, true]);
  });
});
