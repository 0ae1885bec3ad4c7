import { describe, expect, it } from 'vitest';
import { decide, parsePolicy, type Answer, type Objective, type Policy, type Question, type QuestionKind } from '../../policy/index.ts';
import { answerTo, now, own, perimeter, type Case, type Expected, type Group } from './cases/case.ts';
import { groups } from './cases/all.ts';
import { decisions, withoutPrincipal } from './cases/decisions.ts';
import { faultsOf } from './cases/witness.ts';

const objectives: readonly Objective[] = ['principals', 'resources', 'deputies', 'networks'];

const questionOf = ({ setting }: Group, { policy, given }: Case): Question => ({ account: own, perimeter, ...setting, ...given, now, policy: parsePolicy(policy) });

interface Written { readonly Version?: string; readonly Statement: readonly object[] }
const fullAccess = { Sid: 'FullAWSAccess', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

/**
 * A policy as it is in force. What hangs on identities or accounts names no principal: it is read as naming everybody. An
 * SCP or RCP of Denies is in force beside AWS's own that allows everything.
 */
function inForce(kind: QuestionKind, written: unknown): Policy {
  if (kind !== 'identity' && kind !== 'scp' && kind !== 'rcp') return parsePolicy(written);
  const { Statement, ...rest } = written as Written;
  return parsePolicy({ ...rest, Statement: [...Statement.map((one) => ({ Principal: '*', ...one })), ...(kind === 'identity' ? [] : [fullAccess])] });
}

/** The answer in the words of the expectation; of several statements or kinds that would do, the one it names. */
function summaryOf(answer: Answer, expected: Expected): unknown {
  switch (answer.answer) {
    case 'inside': return { answer: 'inside' };
    case 'undecided': return { answer: 'undecided', unknown: [...answer.unknownAccounts ?? [], ...answer.unknownBuckets ?? []].sort() };
    case 'outside': {
      const { reach, at, witness: { principal: { kind } } } = answer;
      const [places, kinds] = expected.answer === 'outside' ? [expected.at, expected.kinds] : [[], []];
      return { answer: 'outside', reach, at: places.includes(at) ? places : [at], kinds: kinds.includes(kind) ? kinds : [kind] };
    }
  }
}

function check(group: Group, one: Case, objective: Objective, expected: Expected): void {
  const question = questionOf(group, one);
  const answer = answerTo(question, objective);
  const wanted = expected.answer === 'undecided' ? { ...expected, unknown: [...expected.unknown].sort() } : expected;
  expect(summaryOf(answer, expected), `${one.because}; the engine says: ${answer.because}`).toEqual(wanted);
  expect(answer.because).not.toBe('');
  if (answer.answer !== 'outside') return;
  const gateway = question.kind === 'vpc-endpoint' && question.endpointType === 'gateway';
  const { allowed, by } = decide(inForce(question.kind, one.policy), answer.witness, { gateway });
  expect({ allowed, at: by?.sid === fullAccess.Sid ? '' : by?.at }, JSON.stringify(answer.witness)).toEqual({ allowed: true, at: answer.at });
  expect(faultsOf(question, objective, answer.witness), JSON.stringify(answer.witness)).toEqual([]);
}

// Loops and not `it.each`, which cuts names short: they are what people look for.
for (const group of groups) {
  describe(group.title, () => {
    for (const one of group.cases) {
      for (const objective of objectives) {
        const expected = one[objective];
        if (expected !== undefined) it(`${one.name}: ${objective}`, () => { check(group, one, objective, expected); });
      }
    }
  });
}

describe('one policy and one request', () => {
  for (const { name, policy, request, decision, because } of decisions) {
    it(name, () => {
      const { allowed, by } = decide(parsePolicy(policy), request);
      expect(allowed ? 'allowed' : by === undefined ? 'not allowed by any' : 'denied by a statement', because).toBe(decision);
    });
  }

  it('policies that name no principal are read', () => {
    for (const policy of withoutPrincipal) expect(parsePolicy(policy).statements.every((one) => one.principals === undefined)).toBe(true);
  });
});

describe('the corpus', () => {
  it('names every situation once', () => {
    const names = [...groups.flatMap(({ title, cases }) => cases.map(({ name }) => `${title}: ${name}`)), ...decisions.map(({ name }) => name)];
    expect(names.filter((one, i) => names.indexOf(one) !== i)).toEqual([]);
  });
  it('asks something of every policy', () => {
    expect(groups.flatMap(({ cases }) => cases.filter((one) => objectives.every((objective) => one[objective] === undefined)))).toEqual([]);
  });
});
