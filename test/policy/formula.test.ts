import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admittedBy, mustAllow, policiesOf } from '../../policy/formula.ts';
import { and, compare, findRequest, formulaOf, not, or, parsePolicy, policy, satisfies, type Formula, type Policy, type Request } from '../../policy/index.ts';
import { allow, deny, document, foreign, mine, notOfOrganization, now, ofOrganization, own, perimeter, request, roleOf, serviceCaller, stranger, unsigned, when, type Test } from './cases/case.ts';
import { runs } from '../support/runs.ts';

const nothing = or();
const everything = and();
const subject = { kind: 'vpc-endpoint' as const, service: 's3', account: own, now, perimeter };

describe('a formula', () => {
  const members = parsePolicy(document(allow(when(ofOrganization()))));
  const reads = parsePolicy(document(allow({ Action: 's3:Get*' })));
  const noWrites = parsePolicy(document(deny({ Action: 's3:Put*' }), allow()));
  const writes = parsePolicy(document(deny({ Action: 's3:Get*' }), allow({ Action: 's3:Put*' })));
  const [ofMembers, ofReads, ofNoWrites, ofWrites] = [members, reads, noWrites, writes].map((one) => policy(one)) as [Formula, Formula, Formula, Formula];
  /** An SCP that only denies, beside which AWS's own stands that allows everything. */
  const ofGuardrail = formulaOf({ ...subject, kind: 'scp', policy: parsePolicy(document(deny({ Action: 'ec2:*' }))) });
  const [mineReads, mineWrites] = ['s3:GetObject', 's3:PutObject'].map((action) => request(roleOf(own, mine), action, 'arn:aws:s3:::data/key')) as [Request, Request];
  const strangerReads = request(roleOf(stranger), 's3:GetObject', 'arn:aws:s3:::data/key');

  it.each<[string, Formula, Request, boolean]>([
    ['a policy that allows', ofMembers, mineReads, true], ['a policy that does not', ofMembers, strangerReads, false],
    ['a policy that denies', ofNoWrites, mineWrites, false],
    ['not what allows', not(ofMembers), mineReads, false], ['not what does not', not(ofMembers), strangerReads, true],
    ['both of two that allow', and(ofMembers, ofReads), mineReads, true], ['both, where one does not', and(ofMembers, ofReads), strangerReads, false],
    ['either, where one does', or(ofMembers, ofReads), strangerReads, true], ['either, where none does', or(ofMembers, not(ofReads)), strangerReads, false],
    ['all of nothing', everything, mineReads, true], ['any of nothing', nothing, mineReads, false],
    ['the first without the second', and(ofReads, not(ofMembers)), strangerReads, true],
    ['an account behind a gateway', policy(parsePolicy(document(allow({ Principal: { AWS: own } }))), { gateway: true }), mineReads, false],
    ['a Deny without principal, attached', policy(parsePolicy({ Statement: [allow(), { Effect: 'Deny', Action: '*', Resource: '*' }] }), { attached: true }), mineReads, false],
    ['a Deny without principal, not attached', policy(parsePolicy({ Statement: [allow(), { Effect: 'Deny', Action: '*', Resource: '*' }] })), mineReads, true],
  ])('is satisfied or not: %s', (_, formula, one, expected) => { expect(satisfies(formula, one)).toBe(expected); });

  it.each<[string, Formula, readonly Policy[], readonly Policy[]]>([
    ['a policy alone', ofMembers, [members], [members]], ['both of two', and(ofMembers, ofReads), [members, reads], [members, reads]],
    ['either of two', or(ofMembers, ofReads), [], [members, reads]], ['not a policy', not(ofMembers), [], [members]],
    ['one, and either of two', and(ofNoWrites, or(ofMembers, ofReads)), [noWrites], [noWrites, members, reads]],
    ['one within another, but not a third', and(and(ofNoWrites, ofMembers), not(ofReads)), [noWrites, members], [noWrites, members, reads]],
    ['nothing', nothing, [], []],
  ])('tells which policies must allow, and which it is of: %s', (_, formula, must, all) => {
    expect(mustAllow(formula).map((one) => one.policy)).toEqual(must);
    expect(policiesOf(formula)).toEqual(all);
  });

  it.each<[string, Formula, Request, Policy | undefined, string | undefined]>([
    ['the statement that allows', ofNoWrites, mineReads, noWrites, '/Statement/1'], ['the first of several that must', and(ofNoWrites, ofMembers), mineReads, noWrites, '/Statement/1'],
    ['the one of several that does', or(ofMembers, ofReads), strangerReads, reads, '/Statement/0'], ['the one beside what must not', and(not(ofMembers), ofReads), strangerReads, reads, '/Statement/0'],
    ['not the Deny of one that does not', or(ofNoWrites, ofWrites), mineWrites, writes, '/Statement/1'], ['not the Deny of what must not', and(not(ofNoWrites), ofWrites), mineWrites, writes, '/Statement/1'],
    ['one that is written before one that is not', and(ofGuardrail, ofReads), mineReads, reads, '/Statement/0'], ['one that is not, where none is written', and(not(ofNoWrites), ofGuardrail), mineWrites, undefined, ''],
    ['none, where nothing must allow', not(ofMembers), strangerReads, undefined, undefined],
  ])('tells what admits a request: %s', (_, formula, one, of, at) => {
    const by = admittedBy(formula, one);
    expect([by?.at, of === undefined || of.statements.includes(by!)]).toEqual([at, true]);
  });

  it.each<[string, Formula, Formula]>([
    ['what is in order when either is', or(ofMembers, ofReads), not(and(not(ofMembers), not(ofReads)))],
    ['members who do not write, in one policy or two', policy(parsePolicy(document(deny({ Action: 's3:Put*' }), allow(when(ofOrganization()))))), and(ofMembers, ofNoWrites)],
    ['members and others', everything, or(ofMembers, policy(parsePolicy(document(allow(when(notOfOrganization()))))))],
    ['what a policy refuses of itself', nothing, and(ofMembers, not(ofMembers))],
  ])('means the same as another: %s', (_, one, other) => { expect(compare(subject, one, other)).toEqual({ added: { kind: 'nothing' }, removed: { kind: 'nothing' } }); });

  it('is satisfied by a request of which the search tells the statement, out of the policy it stands in', () => {
    const found = findRequest(subject, and(ofReads, not(ofMembers)));
    expect(found).toEqual({ kind: 'request', request: expect.objectContaining({ action: 's3:GetObject' }), statement: reads.statements[0] });
    if (found.kind === 'request') expect([found.statement === reads.statements[0], satisfies(ofMembers, found.request)]).toEqual([true, false]);
  });

  it('is searched on where one service is past the budget', () => {
    const formula = policy(parsePolicy(document(allow(), ...overlapping.map((one) => deny({ Action: 's3:*' }, when(['StringNotLike', 'aws:PrincipalArn', one]))))));
    const { service: _, ...anyService } = subject;
    expect(findRequest(anyService, formula)).toMatchObject({ kind: 'request', request: { action: expect.not.stringMatching(/^s3:/) as string } });
  });
  const overlapping = Array.from({ length: 60 }, (_, i) => `*a*${i}*b*c*`);
  it.each<[string, Formula, object]>([
    ['nothing has to allow it', not(ofMembers), { kind: 'request', statement: undefined }],
    ['AWS\'s own statement allows it', formulaOf({ ...subject, kind: 'scp', policy: parsePolicy({ Statement: { Effect: 'Deny', Action: 's3:Put*', Resource: '*' } }) }), { kind: 'request', statement: expect.objectContaining({ at: '', sid: 'FullAWSAccess' }) }],
    ['no request does', and(ofMembers, not(ofMembers)), { kind: 'nothing' }],
    ['accounts that patterns take in too many ways are not told apart', policy(parsePolicy(document(allow(when(['StringLike', 'aws:PrincipalArn', overlapping]))))), { kind: 'request' }],
    ['it is past the budget', policy(parsePolicy(document(allow(), ...overlapping.map((one) => deny(when(['StringNotLike', 'aws:PrincipalArn', one])))))), { kind: 'undecided', because: 'the policies are past the work budget of the search' }],
  ])('is searched: %s', (_, formula, expected) => { expect(findRequest(subject, formula)).toMatchObject(expected); });
});

const texts = ['StringEquals', 'StringNotEquals', 'StringLikeIfExists', 'StringNotLike'];
const testOf: fc.Arbitrary<Test> = fc.oneof(
  fc.tuple(fc.constantFrom(...texts), fc.constant('aws:PrincipalOrgID'), fc.constantFrom<readonly string[]>([mine], [foreign], ['o-a*'], [mine, foreign])),
  fc.tuple(fc.constantFrom(...texts), fc.constant('aws:PrincipalTag/team'), fc.constantFrom<readonly string[]>(['blue'], ['b*'], ['red', 'x'])),
  fc.tuple(fc.constantFrom('Bool', 'BoolIfExists'), fc.constant('aws:PrincipalIsAWSService'), fc.constantFrom<readonly string[]>(['true'], ['false'])),
  fc.tuple(fc.constant('Null'), fc.constantFrom('aws:PrincipalOrgID', 'aws:PrincipalTag/team'), fc.constantFrom<readonly string[]>(['true'], ['false'])),
);
const statement = fc.record({
  effect: fc.constantFrom(allow, allow, deny), Principal: fc.constantFrom<unknown>('*', '*', { AWS: own }, { AWS: stranger, Service: 'sns.amazonaws.com' }),
  action: fc.constantFrom<object>({}, { Action: 's3:GetObject' }, { NotAction: 's3:GetObject' }), resource: fc.constantFrom<object>({}, {}, { Resource: 'arn:aws:s3:::data/*' }, { NotResource: 'arn:aws:s3:::data' }),
  tests: fc.array(testOf, { maxLength: 2 }),
}).map(({ effect, Principal, action, resource, tests }) => effect({ Principal }, action, resource, tests.length > 0 ? when(...tests) : {}));
const leaf = fc.tuple(fc.array(statement, { minLength: 1, maxLength: 2 }), fc.constantFrom({}, {}, { attached: true }, { gateway: true })).map(([statements, setting]) => policy(parsePolicy(document(...statements)), setting));
const formulas: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula; leaf: Formula }>((tie) => ({
  leaf,
  formula: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie('leaf'), fc.tuple(tie('formula'), tie('formula')).map((of) => and(...of)), fc.tuple(tie('formula'), tie('formula')).map((of) => or(...of)), tie('formula').map(not)),
})).formula;

/** Every request of the small world. */
const world: readonly Request[] = [roleOf(own, mine), roleOf(stranger), roleOf(stranger, foreign), roleOf('999999999999', 'o-abbbbbbbbb'), unsigned, serviceCaller('sns.amazonaws.com')].flatMap((caller) =>
  (caller.principal.kind === 'role' ? [{}, { 'aws:PrincipalTag/team': 'blue' }, { 'aws:PrincipalTag/team': 'red' }, { 'aws:PrincipalTag/team': 'big' }] : [{}]).flatMap((tags) =>
    ['s3:GetObject', 's3:PutObject'].flatMap((action) => ['arn:aws:s3:::data', 'arn:aws:s3:::data/key', 'arn:aws:s3:::other'].map((resource) =>
      request(caller, action, resource, { 'aws:ResourceAccount': own, 'aws:ResourceOrgID': mine, ...tags })))));

const written = (formula: Formula): unknown => formula.kind === 'policy'
  ? { ...formula.setting, statements: formula.policy.statements.map(({ effect, principals, actions, resources, conditions }) => [effect, principals?.aws, actions.negated, actions.test.values, resources?.negated, resources?.test.values, ...conditions.map((one) => [one.quantifier, one.operator.name, one.ifExists, one.name, one.values])]) }
  : { [formula.kind]: formula.kind === 'not' ? written(formula.of) : formula.of.map(written) };

describe('a random formula', () => {
  it('is satisfied by some request where the search finds one', () => {
    let [found, none] = [0, 0];
    fc.assert(fc.property(formulas, (formula) => {
      const { added } = compare(subject, nothing, formula);
      expect(findRequest(subject, formula).kind).toBe(added.kind);
      const example = world.find((one) => satisfies(formula, one));
      if (added.kind !== 'request') { none++; expect([added, example], JSON.stringify(written(formula))).toEqual([{ kind: 'nothing' }, undefined]); return; }
      found++;
      expect(satisfies(formula, added.request)).toBe(true);
      expect(added.at).toBe(admittedBy(formula, added.request)?.at);
      expect(compare(subject, everything, not(formula)).removed.kind).toBe('request');
    }), { numRuns: runs(100), seed: 20_261_003, endOnFailure: true });
    // Neither answer stands for all.
    expect([found > runs(30), none > runs(10)]).toEqual([true, true]);
  }, 60_000);

  it('means what its spelling out of not, and, or means', () => {
    const same = { added: { kind: 'nothing' }, removed: { kind: 'nothing' } };
    fc.assert(fc.property(formulas, formulas, (one, other) => {
      const said = JSON.stringify([one, other].map(written));
      expect(compare(subject, one, not(not(one))), said).toEqual(same);
      expect(compare(subject, not(and(one, other)), or(not(one), not(other))), said).toEqual(same);
      expect(compare(subject, one, or(one, and(other, one))), said).toEqual(same);
    }), { numRuns: runs(20), seed: 20_261_004, endOnFailure: true });
  }, 60_000);

  it('differs from another where some request tells them apart', () => {
    fc.assert(fc.property(formulas, formulas, (one, other) => {
      const { added, removed } = compare(subject, one, other);
      const said = JSON.stringify([one, other].map(written));
      for (const [difference, wide, narrow] of [[added, other, one], [removed, one, other]] as const) {
        if (difference.kind === 'request') expect([satisfies(wide, difference.request), satisfies(narrow, difference.request)], said).toEqual([true, false]);
        else expect([difference, world.find((request) => satisfies(wide, request) && !satisfies(narrow, request))], said).toEqual([{ kind: 'nothing' }, undefined]);
      }
    }), { numRuns: runs(40), seed: 20_261_005, endOnFailure: true });
  }, 60_000);
});
