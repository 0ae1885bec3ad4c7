import { describe, expect, it } from 'vitest';
import type { Result } from '../../../entry/check.ts';
import type { ChangingFix } from '../../../entry/plan.ts';
import { apply, NotStarted, type ApplyOptions, type Run } from '../../../entry/plan/apply.ts';
import { remediations } from '../../../remediations/index.ts';

const account = '111111111111';
interface Row { readonly name: string; readonly in?: string; readonly hash?: string; readonly needsApproval?: boolean }
function fixOf({ name, in: accountId = account, hash = name, needsApproval = false }: Row): ChangingFix {
  const result: Result = { rule: 'a-rule', accountId, region: 'eu-west-1', resourceType: 'AWS::RDS::DBInstance', resourceId: name, resourceName: name, arn: '', captureTime: '', verdict: { kind: 'not-applicable', because: '' } };
  return {
    remediation: remediations.find(({ id }) => id === 'make-rds-instance-private')!, findings: [result], planSha256: hash.padEnd(64, '0'),
    plan: { outcome: needsApproval ? 'needs-approval' : 'apply', steps: ['x'], before: {}, after: {}, calls: [{ service: 'rds', api: 'X', input: {} }], approval: needsApproval ? ['read it'] : [], risks: [] },
  };
}

interface Case {
  readonly fixes: readonly Row[];
  readonly options?: Partial<Omit<ApplyOptions, 'question'>>;
  /** What the person types; left out: there is no terminal. */
  readonly types?: string;
  readonly caller?: string;
  readonly missing?: readonly string[];
  readonly looks?: Readonly<Record<string, readonly (Run | 'lost')[]>>;
  readonly said: readonly string[];
  readonly asked?: string;
  /** Resources whose runbook was started. */
  readonly started?: readonly string[];
  readonly mended?: readonly string[];
  readonly failed?: boolean;
  readonly refused?: string;
  readonly sleeps?: number;
}

async function outcomeOf({ fixes, options = {}, types, caller = account, missing = [], looks = {} }: Case): Promise<Omit<Case, 'fixes'>> {
  const said: string[] = [];
  const started: string[] = [];
  let [asked, sleeps]: [string | undefined, number] = [undefined, 0];
  const result = { said, started };
  const left = new Map(Object.entries(looks).map(([name, list]) => [name, [...list]]));
  try {
    const { mended, failed } = await apply(fixes.map(fixOf), {
      caller: () => caller === '' ? Promise.reject(new Error('no credentials')) : Promise.resolve({ account: caller, arn: `arn:aws:iam::${caller}:user/ana` }),
      start({ parameters }) {
        const [id] = parameters['ResourceId'] as readonly [string];
        if (missing.includes(id)) return Promise.reject(Object.assign(new Error('not deployed'), { name: 'AutomationDefinitionNotFoundException' }));
        started.push(id);
        return Promise.resolve(`run-${id}`);
      },
      follow(region, id) {
        const look = left.get(id.slice('run-'.length))?.shift();
        return look === undefined || look === 'lost' ? Promise.reject(new Error(`nothing of ${id} in ${region}`)) : Promise.resolve(look);
      },
      sleep: () => { sleeps++; return Promise.resolve(); },
    }, {
      approve: [], yes: false, wait: false, homeRegion: 'us-east-1', ...options, say: (line) => { said.push(line); },
      question: types === undefined ? undefined : (text) => { asked = text; return Promise.resolve(types); },
    });
    return { ...result, ...asked === undefined ? {} : { asked }, mended: mended.map(({ findings: [{ resourceId }] }) => resourceId), failed, sleeps };
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    return { ...result, ...asked === undefined ? {} : { asked }, refused: error.message, sleeps };
  }
}

const ended = (status: string, outcome?: string, message?: string): Run => ({ status, outcome, message });
const toStart = (name: string): string => `to start: make-rds-instance-private for ${name} in eu-west-1`;
const following = (name: string): string => `started make-rds-instance-private for ${name}: execution run-${name}`;
const startedAs = (name: string): string => `${following(name)}\n  aws ssm get-automation-execution --region eu-west-1 --automation-execution-id run-${name}`;
const needs = (name: string): string => `not started: make-rds-instance-private for ${name} needs approval: read its plan, then pass --approve ${name.padEnd(12, '0')}`;
const question = (count: string): string => `Type ${count} in account ${account} as arn:aws:iam::${account}:user/ana: `;
const yes = { yes: true };
const waiting = { yes: true, wait: true };

const cases: Readonly<Record<string, Case>> = {
  'the number typed': { fixes: [{ name: 'a' }, { name: 'b' }], types: '2\n', said: [toStart('a'), toStart('b'), startedAs('a'), startedAs('b')], asked: question('2 to start 2 runbooks'), started: ['a', 'b'] },
  'another number typed': { fixes: [{ name: 'a' }, { name: 'b' }], types: '1', said: [toStart('a'), toStart('b')], asked: question('2 to start 2 runbooks'), refused: 'expected `2`, found `1`' },
  'yes typed, as habit has it': { fixes: [{ name: 'a' }], types: 'yes', said: [toStart('a')], asked: question('1 to start 1 runbook'), refused: 'expected `1`, found `yes`' },
  'no terminal': { fixes: [{ name: 'a' }], said: [toStart('a')], refused: 'there is no terminal to confirm at: pass --yes' },
  'no terminal, and --yes': { fixes: [{ name: 'a' }], options: yes, said: [toStart('a'), startedAs('a')], started: ['a'] },
  'no credentials': { fixes: [{ name: 'a' }], options: yes, caller: '', said: [], refused: 'AWS does not say who calls: no credentials' },
  'nothing to start asks nobody': { fixes: [{ name: 'a', needsApproval: true }], options: yes, caller: '', said: [needs('a')] },
  '--yes approves nothing': { fixes: [{ name: 'a', needsApproval: true }, { name: 'b' }], options: yes, said: [needs('a'), toStart('b'), startedAs('b')], started: ['b'] },
  'approved by the beginning of its hash': { fixes: [{ name: 'abcdef01', needsApproval: true }], options: { ...yes, approve: ['abcdef01'] }, said: [toStart('abcdef01'), startedAs('abcdef01')], started: ['abcdef01'] },
  'approved, but no longer the plan': { fixes: [{ name: 'a' }], options: { ...yes, approve: ['abcdef01'] }, said: [], refused: 'no plan here has the hash `abcdef01`: the resource, the definition or the plan has changed since it was approved' },
  'a hash that fits two': { fixes: [{ name: 'a', hash: 'abcdef012' }, { name: 'b', hash: 'abcdef013' }], options: { ...yes, approve: ['abcdef01'] }, said: [], refused: 'the hash `abcdef01` fits 2 plans: give more of it' },
  'another account': {
    fixes: [{ name: 'a', in: '222222222222' }, { name: 'b' }], types: '1',
    said: ['not started: make-rds-instance-private for a lies in account 222222222222: run this again with credentials of that account', toStart('b'), startedAs('b')], asked: question('1 to start 1 runbook'), started: ['b'],
  },
  'only other accounts': { fixes: [{ name: 'a', in: '222222222222' }], said: ['not started: make-rds-instance-private for a lies in account 222222222222: run this again with credentials of that account'] },
  'a name that drives terminals': { fixes: [{ name: 'a\u001b[2J' }], said: ['to start: make-rds-instance-private for a\\u001b[2J in eu-west-1'], refused: 'there is no terminal to confirm at: pass --yes' },
  'one that is not deployed does not stop the others': {
    fixes: [{ name: 'a' }, { name: 'b' }], options: yes, missing: ['a'], failed: true, started: ['b'],
    said: [toStart('a'), toStart('b'), 'not started: make-rds-instance-private for a: AutomationDefinitionNotFoundException: not deployed', startedAs('b')],
  },
  'waits for both': {
    fixes: [{ name: 'a' }, { name: 'b' }], options: waiting, started: ['a', 'b'], sleeps: 2, mended: ['b', 'a'],
    looks: { a: [ended('Pending'), ended('InProgress'), ended('Success', 'applied')], b: [ended('InProgress'), ended('Success', 'noop')] },
    said: [toStart('a'), toStart('b'), following('a'), following('b'), 'noop: make-rds-instance-private for b', 'applied: make-rds-instance-private for a'],
  },
  'a refusal is no failure, and mends nothing': {
    fixes: [{ name: 'a' }], options: waiting, started: ['a'], looks: { a: [ended('Success', 'refused')] }, said: [toStart('a'), following('a'), 'refused: make-rds-instance-private for a'],
  },
  'a run that fails': {
    fixes: [{ name: 'a' }], options: waiting, started: ['a'], looks: { a: [ended('TimedOut', undefined, 'step Wait timed out')] }, failed: true,
    said: [toStart('a'), following('a'), 'TimedOut: make-rds-instance-private for a: step Wait timed out\n  aws ssm get-automation-execution --region eu-west-1 --automation-execution-id run-a'],
  },
  'a run without an outcome': {
    fixes: [{ name: 'a' }], options: waiting, started: ['a'], looks: { a: [ended('Success')] }, failed: true,
    said: [toStart('a'), following('a'), 'Success: make-rds-instance-private for a: the runbook gave no outcome\n  aws ssm get-automation-execution --region eu-west-1 --automation-execution-id run-a'],
  },
  'a run that is lost': {
    fixes: [{ name: 'a' }, { name: 'b' }], options: waiting, started: ['a', 'b'], looks: { a: ['lost'], b: [ended('Success', 'applied')] }, failed: true, mended: ['b'],
    said: [toStart('a'), toStart('b'), following('a'), following('b'), 'cannot be followed: make-rds-instance-private for a, execution run-a: nothing of run-a in eu-west-1', 'applied: make-rds-instance-private for b'],
  },
};

describe('apply', () => {
  it.each(Object.entries(cases))('%s', async (_, row) => {
    const { said, asked, started = [], mended = [], failed = false, refused, sleeps = 0 } = row;
    expect(await outcomeOf(row)).toEqual({ said, started, sleeps, ...asked === undefined ? {} : { asked }, ...refused === undefined ? { mended, failed } : { refused } });
  });
});
