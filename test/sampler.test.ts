import { describe, expect, it } from 'vitest';
import { seeded } from '../scripts/bench/random.ts';
import { look, shrunk } from '../scripts/sampler/look.ts';
import { togetherTrial } from '../scripts/sampler/together.ts';
import { comparingTrial, kinds, singleTrial, type Trial } from '../scripts/sampler/trials.ts';
import type { Random } from '../scripts/bench/random.ts';

const makers: Readonly<Record<string, (random: Random) => Trial>> = { ...Object.fromEntries(kinds.map((kind) => [kind, (random: Random) => singleTrial(random, kind)])), together: togetherTrial, compare: comparingTrial };
const TRIALS = 25;
/** An engine that says inside of everything. */
const trusting = (of: Trial): Trial => ({ ...of, again: (documents, definition) => trusting(of.again(documents, definition)), ask: () => ({ answer: 'inside', because: 'it says so' }) });

describe('the sampler of wrong answers', () => {
  it.each(Object.entries(makers))('finds requests by itself and nothing wrong with the engine: %s', (_, make) => {
    let [outside, found] = [0, 0];
    for (let seed = 1; seed <= TRIALS; seed++) {
      const trial = make(seeded(seed));
      const seen = look(trial, seeded(seed), 2);
      expect(seen.wrong, trial.about).toBeUndefined();
      if (seen.answer !== 'outside') continue;
      outside++;
      if (look(trusting(trial), seeded(seed), 12).wrong !== undefined) found++;
    }
    expect(outside).toBeGreaterThan(TRIALS / 8);
    expect(found / outside).toBeGreaterThan(0.4);
  });

  it('shows a wrong answer in the smallest policy that has it', () => {
    const trial = Array.from({ length: 50 }, (_, seed) => trusting(singleTrial(seeded(seed), 'resource'))).find((one) => one.documents['policy']!.Statement.length > 1 && look(one, seeded(1), 12).wrong !== undefined)!;
    const wrong = look(trial, seeded(1), 12).wrong!;
    const small = shrunk(trial, wrong, 1);
    expect(small.trial.documents['policy']).toMatchObject({ Statement: [{ Effect: 'Allow' }] });
    expect(small.wrong.text).toContain('it says so, but {"principal"');
  });

  it('sees witnesses that nobody can send', () => {
    const trial = singleTrial(seeded(1), 'resource');
    const witness = { principal: { kind: 'role' as const, account: '333333333333', arn: 'arn:aws:iam::444444444444:role/someone' }, action: 's3:GetObject', context: { 'aws:PrincipalAccount': '444444444444', 'aws:SourceAccount': '333333333333', 'aws:SourceIp': '192.0.2.1', 'aws:SourceVpc': 'vpc-1' } };
    const { wrong } = look({ ...trial, isAllowed: () => true, ask: () => ({ answer: 'outside', witness }) }, seeded(1), 1);
    expect(wrong?.text).toMatch(/^principal arn:aws:iam::444444444444:role\/someone of 333333333333; aws:principalaccount is not the caller's; role with aws:sourceaccount; an address and a VPC/);
    expect(look({ ...trial, isAllowed: () => false, ask: () => ({ answer: 'outside', witness }) }, seeded(1), 1).wrong?.kind).toBe('the witness is not allowed');
  });
});
