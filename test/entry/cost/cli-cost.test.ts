import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { usualPrices } from '../../../deployment/cost/prices.ts';
import { run } from '../../../entry/cli.ts';
import { deployedIn } from '../../../entry/cost/deployed.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'perimeter-test-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const [own, other] = ['111111111111', '222222222222'];
/** A state of a resource; the day is in January 2026. */
const item = (resourceType: string, resourceId: string, day: number, more: object = {}): object => ({
  resourceType, resourceId, awsAccountId: own, awsRegion: 'eu-west-1', configurationItemStatus: 'OK', configurationItemCaptureTime: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`, configuration: {}, ...more,
});
const lambda = (name: string, day: number, more: object = {}): object => item('AWS::Lambda::Function', name, day, more);
const history = [
  // Three changes in thirty days: what was found is none, and a state that is told twice is one.
  lambda('a', 1), lambda('a', 10), lambda('a', 10), lambda('a', 20), lambda('b', 1), lambda('c', 31, { configurationItemStatus: 'ResourceDiscovered' }), lambda('gone', 1), lambda('gone', 15, { configurationItemStatus: 'ResourceDeleted' }),
  // Of these nobody knows how often they change: each came in one state.
  item('AWS::EC2::VPCEndpoint', 'vpce-1', 2),
];
/** The same, with a function that changed last when nobody looked, which does not make the month longer. */
const long = [...history, lambda('old', 1, { configurationItemCaptureTime: '2019-01-01T00:00:00.000Z' })];
/** A few days tell nothing. */
const short = [lambda('a', 1), lambda('a', 3), lambda('a', 7)];
const files: Readonly<Record<string, string>> = {
  'latest.json': JSON.stringify([lambda('a', 1), lambda('b', 2), lambda('a', 1, { awsRegion: 'us-east-1' }), lambda('a', 1, { awsAccountId: other }), item('AWS::IAM::Role', 'AROA1', 1, { awsRegion: 'global' }), item('AWS::EC2::Instance', 'i-1', 1)]),
  'history.json': JSON.stringify(history), 'long.json': JSON.stringify(long), 'short.json': JSON.stringify(short), 'others.json': JSON.stringify([item('AWS::EC2::Instance', 'i-1', 1)]), 'broken.json': '[{"resourceType":"AWS::Lambda::Function"}]',
  'prices.yaml': 'currency: EUR\nregion: eu-west-1\nprices:\n  alarm: {}\n', 'dear.json': JSON.stringify({ ...usualPrices, currency: 'EUR', prices: { ...usualPrices.prices, alarm: { ...usualPrices.prices.alarm, tiers: [{ price: 100 }] } } }),
};

async function cost(line: string): Promise<{ code: number | undefined; out: string; err: string }> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  let [code, out, err]: [number | undefined, string, string] = [undefined, '', ''];
  await run(['cost', ...line.split(' ').filter((word) => word !== '').map((word) => word.replace(/^~/, `${folder}/`))], {
    out: (text) => { out += text; }, err: (text) => { err += text; }, isTTY: false, color: false, columns: 80, now: () => 0, setExitCode: (given) => { code = given; },
  });
  return { code, out: out.replaceAll(folder, '~'), err: err.replaceAll(folder, '~') };
}
interface Amount { low: number; high: number }
interface Found { accounts: number; places: number; currency: string; monthly: Amount; byAccount: { account: string; monthly: Amount }[]; rules: { rule: string; resources: number; asUsual: Amount; monthly: Amount }[]; lines: { what: string; arithmetic: string; cost: { low: number } }[] }
async function found(line: string): Promise<Found> {
  const { code, out, err } = await cost(`${line} --json`);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Found;
}
const resourcesOf = ({ rules }: Found): object => Object.fromEntries(rules.filter(({ resources }) => resources > 0).map(({ rule, resources }) => [rule, resources]));

describe('perimeter cost', () => {
  it('counts what AWS Config recorded, roles in the home Region', async () => {
    const counted = await found('~latest.json --home-region eu-west-1');
    expect(counted.places).toBe(3);
    expect(resourcesOf(counted)).toEqual({ 'iam-role-external-id': 1, 'iam-role-single-service': 1, 'iam-role-trusted-principals': 1, 'lambda-in-perimeter-vpc': 4 });
  });
  const anew = { low: usualPrices.assumptions.definitionChanges.low, high: usualPrices.assumptions.definitionChanges.high + usualPrices.assumptions.accountChanges.high };
  const days = 730 / 24;
  it.each<[name: string, file: string, rule: string, resources: number, low: number, high: number]>([
    ['a month of changes, one of them a deletion', 'history', 'lambda-in-perimeter-vpc', 3, 3 / (30 / days), 3 / (30 / days)],
    ['the month before the newest state, and all that it holds', 'long', 'lambda-in-perimeter-vpc', 4, 6, 6],
    ['too few days', 'short', 'lambda-in-perimeter-vpc', 1, usualPrices.assumptions.changesPerResource.low, usualPrices.assumptions.changesPerResource.high],
    ['one state of each resource', 'history', 'vpc-endpoint-trusted-resources', 1, usualPrices.assumptions.changesPerResource.low, usualPrices.assumptions.changesPerResource.high],
  ])('takes from a recording how often resources change: %s', async (_, file, rule, resources, low, high) => {
    const one = (await found(`~${file}.json --home-region eu-west-1`)).rules.find((some) => some.rule === rule)!;
    expect(one.resources).toBe(resources);
    expect(one.asUsual.low).toBeCloseTo(low, 6);
    expect(one.asUsual.high).toBeCloseTo(high, 6);
    expect(one.monthly.low).toBeCloseTo(low + resources * anew.low, 6);
    expect(one.monthly.high).toBeCloseTo(high + resources * anew.high, 6);
  });
  it('tells the accounts apart, the dearest first', async () => {
    const { accounts, byAccount, monthly, lines } = await found('~latest.json --home-region eu-west-1');
    expect({ accounts, of: byAccount.map(({ account }) => account) }).toEqual({ accounts: 2, of: [own, other] });
    // What is left is the administrator's: alarms, key, publisher and mails.
    expect(byAccount.reduce((sum, one) => sum + one.monthly.low, 0)).toBeLessThan(monthly.low - lines.find(({ what }) => what === 'Key of the topic')!.cost.low);
    expect((await cost('~latest.json --home-region eu-west-1')).out).toMatch(/\nBy account\n {2}111111111111: [\d.]+ to [\d.]+ USD\n {2}222222222222: [\d.]+ to [\d.]+ USD\n\n/);
  });
  it('does not repeat the sum for an account alone', async () => { expect((await cost('~history.json --home-region eu-west-1')).out).not.toContain('By account'); });
  it('knows of which types the planner makes plans', () => {
    expect([...deployedIn(true).plannedTypes].sort()).toEqual(['AWS::EC2::VPCEndpoint', 'AWS::IAM::Role', 'AWS::Lambda::Function']);
  });
  it('multiplies numbers, and counts roles once an account', async () => {
    const counted = await found('--accounts 10 --regions 3 --resources AWS::IAM::Role=20 AWS::Lambda::Function=1.5');
    expect(counted.places).toBe(30);
    expect(resourcesOf(counted)).toMatchObject({ 'iam-role-external-id': 200, 'lambda-in-perimeter-vpc': 45 });
    // As many alarms as the stacks have.
    expect(counted.lines.find(({ what }) => what === 'Alarms')!.arithmetic).toMatch(/^4 × 30 accounts and Regions \+ 3 of the administrator, /);
  });
  it('leaves out what an account alone does not have', async () => {
    expect((await found('--accounts 1 --single-account')).lines.map(({ what }) => what)).not.toContain('Findings to the administrator account');
  });
  it('takes other prices', async () => {
    const { currency, lines } = await found('--accounts 1 --single-account --prices ~dear.json');
    expect({ currency, alarms: lines.find(({ what }) => what === 'Alarms')!.cost.low }).toEqual({ currency: 'EUR', alarms: 400 });
  });
  it('writes prices to edit, and reads them again', async () => {
    expect(await cost('--write-prices ~mine.json')).toEqual({ code: 0, out: 'Wrote ~/mine.json: prices and assumptions to edit, for --prices ~/mine.json\n', err: '' });
    expect(JSON.parse(readFileSync(join(folder, 'mine.json'), 'utf8'))).toEqual(usualPrices);
    expect((await found('--accounts 1 --prices ~mine.json')).monthly).toEqual((await found('--accounts 1')).monthly);
    expect(await cost('--write-prices ~mine.json')).toEqual({ code: 2, out: '', err: 'perimeter cost: `~/mine.json` exists; name another file\n' });
  });
  it('says the sum first, and what it rests on', async () => {
    const { out, code } = await cost('--accounts 10 --regions 2 --resources AWS::Lambda::Function=100');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^Each month [\d.,]+ to [\d.,]+ USD for 10 accounts, [\d.]+ to [\d.]+ for each; an account in two Regions is paid for twice, and these are 20 together\.$/);
    expect(out).toContain('\nEvaluations each month: changes (where no history tells, resources × 0.20 to 4) or daily ones (resources × 30), and all resources anew × 1 to 38\n');
    expect(out).toContain('  lambda-in-perimeter-vpc: 2,000 resources, 400 to 8,000 changes + 2,000 to 76,000 anew = 2,400 to 84,000\n  rds-cluster-not-public: 0 resources\n');
    expect(out).not.toContain('By account');
    expect(out).toContain(`  ${usualPrices.assumptions.complianceChanges.about}: 0.005 to 0.05\n`);
    expect(out).toContain('Prices are those of us-east-1, read on 2026-11-26, ');
  });
  it.each<[line: string, message: string]>([
    ['', 'perimeter cost: `--accounts` is missing: say how many there are, or name files and folders of what AWS Config recorded\n'],
    ['--accounts none', 'perimeter cost: `--accounts`: expected a number of 1 or more, found `none`\n'],
    ['--accounts 1 --regions 0', 'perimeter cost: `--regions`: expected a number of 1 or more, found `0`\n'],
    ['--accounts 1 --resources AWS::IAM::Role', 'perimeter cost: `--resources AWS::IAM::Role`: expected a type and a number, such as `AWS::IAM::Role=120`\n'],
    ['--accounts 1 --resources AWS::IAM::Role=1 AWS::IAM::Role=2', 'perimeter cost: `--resources AWS::IAM::Role=2`: `AWS::IAM::Role` is given twice\n'],
    ['--accounts 1 --automation-steps many', 'perimeter cost: `--automation-steps`: expected a number, found `many`\n'],
    ['~latest.json --accounts 3', 'perimeter cost: `--accounts` goes without files: what AWS Config recorded is counted\n'],
    ['~gone.json', '~/gone.json: there is no such file or folder\nperimeter cost: none of the 0 items read is of a type that a rule judges; name what AWS Config recorded of other types too, or count: `perimeter cost --accounts N`\n'],
    ['~others.json', 'perimeter cost: none of the 1 items read is of a type that a rule judges; name what AWS Config recorded of other types too, or count: `perimeter cost --accounts N`\n'],
    ['--accounts 1 --prices ~gone.yaml', 'perimeter cost: there is no price list `~/gone.yaml`; `perimeter cost --write-prices FILE` writes a first one\n'],
  ])('%s exits 2 and says why', async (line, message) => { expect(await cost(line)).toEqual({ code: 2, out: '', err: message }); });
  it('names the lines of a price list that are wrong', async () => {
    const { code, err } = await cost('--accounts 1 --prices ~prices.yaml');
    expect(code).toBe(2);
    expect(err).toContain('prices.yaml:4: prices.alarm.unit: is missing: `unit`, `per`, `tiers`, `date` and `source` of a price');
    expect(err).toContain('prices.yaml:1: assumptions: is missing');
  });
  it('tells what it could not read, and says so by its exit status', async () => {
    const { code, err } = await cost('~latest.json ~broken.json');
    expect(code).toBe(2);
    expect(err).toMatch(/^~\/broken\.json: item 1, byte 1: /);
  });
});
