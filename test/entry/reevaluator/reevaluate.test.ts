import { readFileSync } from 'node:fs';
import type { ConfigRule } from '@aws-sdk/client-config-service';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, test } from 'vitest';
import { readDefinition } from '../../../core/definition.ts';
import { reevaluatorRole } from '../../../deployment/evaluation-roles.ts';
import { reevaluate, type Ports } from '../../../entry/reevaluator/reevaluate.ts';

const HOUR = 3_600_000;
const noon = Date.parse('2026-05-10T12:00:00Z');
const evaluator = 'arn:aws:lambda:eu-west-1:111111111111:function:perimeter-evaluator';
const rule = (ConfigRuleName: string, ruleId = ConfigRuleName, more: Partial<ConfigRule> = {}): ConfigRule =>
  ({ ConfigRuleName, ConfigRuleState: 'ACTIVE', InputParameters: JSON.stringify({ ruleId }), Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: evaluator }, ...more });
const exception = { rule: 'a', resource: 'arn:aws:s3:::x', owner: 'web', reason: 'a site', expires: '2026-05-10' };
const written = { organizations: ['o-4tkekae453'], accounts: ['111111111111'] };

/** An account whose AWS Config answers calls with the errors of `faults` first, by what it is asked to start. */
function account(configRules: ConfigRule[] = [rule('a'), rule('b')]) {
  const calls: string[][] = [];
  const slept: number[] = [];
  const log: string[] = [];
  const given = { definition: written as object, modified: new Date(0) as Date | undefined, now: noon, code: 'one', configRules, fault: (_: readonly string[]): string | undefined => undefined, item: undefined as Record<string, AttributeValue> | undefined };
  const ports: Ports = {
    ledgerTable: 'perimeter-ledger', now: () => given.now,
    sleep: async (duration) => { slept.push(duration); given.now += duration; },
    log: (level, message) => { log.push(`${level} ${message}`); },
    definition: async () => ({ definition: readDefinition(given.definition), etag: undefined, modified: given.modified }),
    describeConfigRules: async () => given.configRules,
    async startConfigRulesEvaluation(names) {
      calls.push([...names]);
      const name = given.fault(names);
      if (name !== undefined) throw Object.assign(new Error(`${name} is played`), { name });
    },
    getItem: async (input) => {
      expect(input).toEqual({ TableName: 'perimeter-ledger', Key: { pk: { S: 'reevaluator' }, sk: { S: 'STATE' } }, ConsistentRead: true });
      return { Item: given.item };
    },
    putItem: async ({ Item }) => { given.item = Item!; },
  };
  const run = async (): Promise<string[][]> => { calls.length = 0; log.length = 0; await reevaluate({ evaluator, code: given.code, until: given.now + 5 * 60_000 }, ports); return [...calls]; };
  /** After a first run, with nothing to do but for what changes then. */
  const settled = async (): Promise<void> => { await run(); given.now += HOUR; };
  return { given, run, settled, calls, slept, log };
}

describe('what is evaluated anew', () => {
  it('is every rule at first, and none when nothing has changed', async () => {
    const { run, given, log } = account();
    expect(await run()).toEqual([['a', 'b']]);
    given.now += HOUR;
    expect(await run()).toEqual([]);
    expect(log).toEqual(['info nothing to evaluate anew']);
  });

  test.each<[string, object, string[][]]>([
    ['the perimeter: every rule', { services: ['events.amazonaws.com'] }, [['a', 'b']]],
    ['parameters: the rule they are of', { rules: { b: { minimumZones: 2 } } }, [['b']]],
    ['an exception: the rule it is to', { exceptions: [{ ...exception, rule: 'b' }] }, [['b']]],
    ['a remediation: none', { remediations: { some: { size: 1 } } }, []],
    ['a rule that is switched on: none', { rules: { b: 'on' } }, []],
    ['accounts that are not known any more: every rule', { accounts: undefined }, [['a', 'b']]],
  ])('after a change of %s', async (_, change, expected) => {
    const { run, given, settled } = account();
    await settled();
    given.definition = { ...written, ...change };
    expect(await run()).toEqual(expected);
  });

  it('is a rule when its exception ends at midnight (UTC), and only then', async () => {
    const { run, given } = account();
    given.definition = { ...written, exceptions: [exception] };
    await run();
    given.now = Date.parse('2026-05-10T23:59:59.999Z');
    expect(await run()).toEqual([]);
    given.now = Date.parse('2026-05-11T00:00:00Z');
    expect(await run()).toEqual([['a']]);
    given.now += HOUR;
    expect(await run()).toEqual([]);
  });

  it('is every rule when the evaluator is another', async () => {
    const { run, given, settled } = account();
    await settled();
    given.code = 'two';
    expect(await run()).toEqual([['a', 'b']]);
  });

  it('is every rule for a changed list of accounts, but once a day', async () => {
    const { run, given } = account();
    await run();
    given.definition = { ...written, accounts: ['111111111111', '222222222222'] };
    given.now += 23 * HOUR;
    expect(await run()).toEqual([]);
    given.now += HOUR;
    expect(await run()).toEqual([['a', 'b']]);
    given.definition = written;
    given.now += 24 * HOUR;
    expect(await run()).toEqual([['a', 'b']]);
  });

  it('waits until evaluators have read a definition', async () => {
    const { run, given, settled, log } = account();
    await settled();
    given.definition = { ...written, services: [] };
    given.modified = new Date(given.now - 6 * 60_000 + 1);
    expect(await run()).toEqual([]);
    expect(log).toEqual(['info the definition was written a moment ago, and evaluators may not have read it; the next run starts what it changes']);
    given.now += 1;
    expect(await run()).toEqual([['a', 'b']]);
  });

  it('takes any definition for settled when its age is not known', async () => {
    const { run, given } = account();
    given.modified = undefined;
    expect(await run()).toEqual([['a', 'b']]);
  });

  it('is nothing of others, and nothing that is being deleted', async () => {
    const other = (SourceIdentifier: string): Partial<ConfigRule> => ({ Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier } });
    const { run } = account([
      rule('mine-conformance-pack-abc', 'a'), rule('by-alias', 'b', other(`${evaluator}:live`)), rule('parameters-of-none', 'c', { InputParameters: '' }),
      rule('deleting', 'a', { ConfigRuleState: 'DELETING' }), rule('managed', 'a', other('S3_BUCKET_VERSIONING_ENABLED')), rule('planner', 'a', other(`${evaluator}-two`)), rule('elsewhere', 'a', other(evaluator.replace('eu-west-1', 'eu-west-2'))),
    ]);
    expect(await run()).toEqual([['mine-conformance-pack-abc', 'by-alias', 'parameters-of-none']]);
  });

  it('forgets rules that have gone', async () => {
    const { run, given } = account();
    await run();
    given.configRules = [rule('b')];
    given.code = 'two';
    await run();
    expect(Object.keys(JSON.parse(given.item!['rules']!.S!) as object)).toEqual(['b']);
  });

  it('says when there is no rule', async () => {
    const { run, log } = account([]);
    expect(await run()).toEqual([]);
    expect(log).toEqual([`warn no rule of AWS Config asks \`${evaluator}\``, 'info nothing to evaluate anew']);
  });

  it('is every rule when the ledger cannot be read', async () => {
    const { run, given, settled, log } = account();
    await settled();
    given.item = { rules: { S: '{' } };
    expect(await run()).toEqual([['a', 'b']]);
    expect(log[0]).toBe('warn the ledger does not tell what the rules were evaluated with, and all are started');
  });
});

describe('calls', () => {
  const names = Array.from({ length: 60 }, (_, index) => `rule-${index}`);
  const many = () => account(names.map((name) => rule(name)));

  it('name 25 rules at most', async () => { expect(await many().run()).toEqual([names.slice(0, 25), names.slice(25, 50), names.slice(50)]); });

  it('that are too many are made again a minute later', async () => {
    const { run, given, slept } = many();
    let left = 2;
    given.fault = (asked) => asked[0] === 'rule-25' && left-- > 0 ? 'LimitExceededException' : undefined;
    expect(await run()).toEqual([names.slice(0, 25), names.slice(25, 50), names.slice(25, 50), names.slice(25, 50), names.slice(50)]);
    expect(slept).toEqual([60_000, 60_000]);
  });

  it('that stay too many are left for the next run, which starts no rule twice', async () => {
    const { run, given, log } = many();
    given.fault = (asked) => asked[0] === 'rule-25' ? 'LimitExceededException' : undefined;
    await run();
    expect(log).toContain('warn AWS Config evaluates them already or had too many calls; the next run tries again');
    given.fault = () => undefined;
    given.now += HOUR;
    expect(await run()).toEqual([names.slice(25, 50)]);
    expect(given.item).not.toHaveProperty('waitingSince');
  });

  test.each([['is busy', 'ResourceInUseException'], ['has gone', 'NoSuchConfigRuleException']])('are made one by one when a rule among them %s', async (_, fault) => {
    const { run, given } = account([rule('a'), rule('b'), rule('c')]);
    given.fault = (asked) => asked.includes('b') ? fault : undefined;
    expect(await run()).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
    given.fault = () => undefined;
    given.now += HOUR;
    expect(await run()).toEqual([['b']]);
  });

  it('leave out a rule that is being evaluated, until it is not', async () => {
    const { run, given } = account([rule('a'), rule('b', 'b', { ConfigRuleState: 'EVALUATING' })]);
    expect(await run()).toEqual([['a']]);
    given.configRules = [rule('a'), rule('b')];
    expect(await run()).toEqual([['b']]);
  });

  it('fail when a rule has waited for more than six hours', async () => {
    const { run, given } = account([rule('a')]);
    given.fault = () => 'ResourceInUseException';
    await run();
    given.now += 6 * HOUR;
    await run();
    given.now += 1;
    await expect(run()).rejects.toThrow('1 rules could not be started since 2026-05-10T12:00:00.000Z: `a`');
  });

  it('that AWS Config refuses fail the run, after the other rules have been started, and name what to do', async () => {
    const { run, given, log, calls } = account([rule('a'), rule('b'), rule('c')]);
    given.fault = (asked) => asked.includes('a') ? 'InvalidParameterValueException' : undefined;
    await expect(run()).rejects.toThrow("AWS Config does not evaluate 1 of the pack's rules on demand: `a`; what they show is from before the change, see `Rules that cannot be started` in docs/operations.md");
    expect(calls).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
    expect(log).toContain('error AWS Config does not evaluate `a` on demand');
    // Told once, so that the alarm ends and can ring for the next change.
    given.now += HOUR;
    expect(await run()).toEqual([]);
    given.code = 'another evaluator';
    await expect(run()).rejects.toThrow('`a`');
  });

  it('that fail otherwise fail the run, and keep what was started', async () => {
    const { run, given } = many();
    given.fault = (asked) => asked[0] === 'rule-25' ? 'AccessDeniedException' : undefined;
    await expect(run()).rejects.toThrow('AccessDeniedException is played');
    given.fault = () => undefined;
    expect(await run()).toEqual([names.slice(25, 50), names.slice(50)]);
  });
});

it('its role may do what its code calls', () => {
  const code = readFileSync(new URL('../../../entry/reevaluator/aws.ts', import.meta.url), 'utf8');
  const calls = [...code.matchAll(/\bsdk\.paginate(\w+)|\bnew sdk\.(\w+)Command\b/g)].map(([, paged, sent]) => paged ?? sent!);
  const allowed = reevaluatorRole().statements.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('logs:')).map((action) => action.slice(action.indexOf(':') + 1));
  // Of the ledger what the ports take; the definition is read by a policy of its own.
  expect([...calls, 'GetItem', 'PutItem'].sort()).toEqual(allowed.sort());
});
