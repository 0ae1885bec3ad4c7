import { describe, expect, it } from 'vitest';
import { parsePolicy, policy } from '../../../policy/index.ts';
import { plainGlob } from '../../../policy/pattern.ts';
import type { Search } from '../../../policy/search/kinds.ts';
import { always, anything, maybe, only, present, settledChoice, type Choice, type Domain, type Region } from '../../../policy/search/region.ts';
import { fillingOf } from '../../../policy/search/held.ts';
import { settled } from '../../../policy/search/variables.ts';
import { Work } from '../../../policy/search/work.ts';

const account = '111111111111';
const bucket = 'arn:aws:s3:::home';
const users = plainGlob(`arn:aws:iam::${account}:user/?*`);

interface Asked { readonly resource?: string; readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>; readonly Principal?: unknown; readonly domains?: Readonly<Record<string, Domain>>; readonly requested?: string }
const formulaOf = ({ resource = '*', conditions = {}, Principal = '*' }: Asked) =>
  policy(parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: '*', Resource: resource, ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}) }] }));
const regionOf = ({ domains = {}, requested }: Asked): Region => ({
  principal: { kind: 'user', account }, now: Date.parse('2026-01-01T00:00:00Z'), actions: always, domain: (key) => domains[key] ?? anything,
  resources: () => present({ forms: [plainGlob(requested ?? `${bucket}/?*`)] }),
});
const fresh = (): Search => ({ work: new Work(10_000_000), now: Date.parse('2026-01-01T00:00:00Z'), gap: undefined });
/** The values of one key that stand for all, and why more may matter. */
function choicesOf(asked: Asked, key: string): { readonly choices: readonly (Choice | undefined)[]; readonly gap: string | undefined; readonly regions: readonly Region[] } {
  const search = fresh();
  const regions = [...settled(formulaOf(asked), regionOf(asked), search)];
  return { choices: regions.map((one) => settledChoice(one.domain(key))), gap: search.gap, regions };
}

const team = 'aws:principaltag/team';
const inFolder: Asked = { resource: `${bucket}/\${aws:PrincipalTag/team}/*`, domains: { [team]: always } };
/** More stands behind the variable, so each beginning of what may stand there is a kind of its own. */
const untilBlueA = ['b', 'bl', 'blu', 'blue', 'blue/', 'blue/a'].map((one) => [one]);
describe('values of a variable that stand for all', () => {
  it.each<[string, Asked, string, readonly (readonly string[] | null)[]]>([
    ['none, where there is no variable', { resource: `${bucket}/*` }, team, [undefined as unknown as null]],
    ['any value, where what follows takes it', { ...inFolder, requested: `${bucket}/*` }, team, [['x']]],
    ['the one that a resource asks for, and another', { ...inFolder, requested: `${bucket}/blue/a` }, team, [['x'], ...untilBlueA]],
    ['none and those, where it may be missing', { ...inFolder, requested: `${bucket}/blue/a`, domains: { [team]: anything } }, team, [null, ['x'], ...untilBlueA]],
    ['the one that is there always', { ...inFolder, domains: { [team]: only('red') } }, team, [['red']]],
    ['those that another test of the key takes and leaves', { ...inFolder, requested: `${bucket}/*`, conditions: { StringLike: { 'aws:PrincipalTag/team': 'r*' } } }, team, [['x'], ['r']]],
    ['those of a test that case does not matter to', { ...inFolder, requested: `${bucket}/blue/a`, conditions: { StringEqualsIgnoreCase: { 'aws:PrincipalTag/team': 'BLUE' } } }, team, [['x'], ['b'], ['bl'], ['blu'], ['BLUE'], ['blue'], ['blue/'], ['blue/a']]],
    ['of a form', { ...inFolder, requested: `${bucket}/blue/a`, domains: { [team]: present({ forms: [plainGlob('b*')] }) } }, team, [['b'], ['bx'], ...untilBlueA.slice(1)]],
    ['that pass the key\'s own tests', { ...inFolder, requested: `${bucket}/blue/a`, domains: { [team]: present({ tests: [{ test: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } }] }).statements[0]!.conditions[0]!, want: false }] }) } }, team, [['x'], ...untilBlueA.filter(([text]) => text !== 'blue')]],
    ['with those that people know', { ...inFolder, requested: `${bucket}/*`, domains: { [team]: present({ liked: ['green'] }) } }, team, [['green'], ['x']]],
    ['that equal another key\'s value', { conditions: { StringEquals: { 'aws:PrincipalTag/unit': '${aws:PrincipalTag/team}' } }, domains: { [team]: always, 'aws:principaltag/unit': only('blue') } }, team, [['x'], ['blue']]],
    ['that begin another key\'s value', { conditions: { StringLike: { 'aws:PrincipalTag/unit': '${aws:PrincipalTag/team}-*' } }, domains: { [team]: always, 'aws:principaltag/unit': only('blue-1') } }, team, [['x'], ['b'], ['bl'], ['blu'], ['blue'], ['blue-'], ['blue-1']]],
    ['that end another key\'s value', { conditions: { StringEquals: { 'aws:PrincipalTag/unit': 'a-${aws:PrincipalTag/team}' } }, domains: { [team]: always, 'aws:principaltag/unit': only('a-blue') } }, team, [['x'], ['blue']]],
    ['that end nothing, where what stands before does not fit', { conditions: { StringEquals: { 'aws:PrincipalTag/unit': 'b-${aws:PrincipalTag/team}' } }, domains: { [team]: always, 'aws:principaltag/unit': only('a-blue') } }, team, [['x']]],
    ['without regard to case, where the test has none', { conditions: { StringEqualsIgnoreCase: { 'aws:PrincipalTag/unit': 'A-${aws:PrincipalTag/team}' } }, domains: { [team]: always, 'aws:principaltag/unit': only('a-b') } }, team, [['x'], ['b']]],
    ['behind a wildcard', { conditions: { StringLike: { 'aws:PrincipalTag/unit': '*-${aws:PrincipalTag/team}' } }, domains: { [team]: always, 'aws:principaltag/unit': only('a-b') } }, team, [['x'], ['b']]],
    ['true and false of a flag', { resource: `${bucket}/\${aws:SecureTransport}/*`, domains: { 'aws:securetransport': always } }, 'aws:securetransport', [['true'], ['false']]],
    ['none, true and false of a flag that may be missing', { resource: `${bucket}/\${aws:SecureTransport}/*` }, 'aws:securetransport', [null, ['true'], ['false']]],
    ['an ARN that is listed as principal, and another', { resource: `${bucket}/\${aws:PrincipalArn}`, Principal: { AWS: `arn:aws:iam::${account}:user/ann` }, requested: `${bucket}/?*`, domains: { 'aws:principalarn': present({ forms: [users] }) } }, 'aws:principalarn', [[`arn:aws:iam::${account}:user/x`], [`arn:aws:iam::${account}:user/ann`]]],
  ])('%s', (_, asked, key, expected) => {
    const { choices, gap } = choicesOf(asked, key);
    const { present: isThere, forms, only: values, tests = [] } = asked.domains?.[key] ?? anything;
    // What has no form may be empty as well.
    const empty = key === team && choices.length > 1 && isThere && forms === undefined && values === undefined && tests.every(({ test, want }) => test.fits('') === want) ? [['']] : [];
    expect([choices, gap]).toEqual([[...expected, ...empty], undefined]);
  });
});

describe('a value of a variable', () => {
  it('of a user\'s name ends its ARN', () => {
    const asked: Asked = { resource: `${bucket}/\${aws:username}/*`, requested: `${bucket}/ann/a`, domains: { 'aws:username': always, 'aws:principalarn': present({ forms: [users] }) } };
    const { regions } = choicesOf(asked, 'aws:username');
    const ann = regions.find((one) => settledChoice(one.domain('aws:username'))?.[0] === 'ann')!.domain('aws:principalarn');
    expect([ann.liked, ...['ann', 'team/ann', 'bob', 'team/annie'].map((name) => ann.forms!.some((one) => one.matches(`arn:aws:iam::${account}:user/${name}`)))]).toEqual([[`arn:aws:iam::${account}:user/ann`], true, true, false, false]);
  });
  it('of an ARN is the principal\'s', () => {
    const asked: Asked = { resource: `${bucket}/\${aws:PrincipalArn}`, domains: { 'aws:principalarn': present({ forms: [users] }) } };
    expect(choicesOf(asked, 'aws:principalarn').regions.map((one) => one.principal.arn)).toEqual([`arn:aws:iam::${account}:user/x`]);
  });
  it.each([['aws:EpochTime', 'aws:currenttime'], ['aws:CurrentTime', 'aws:epochtime']])('of %s is that of the other clock', (key, other) => {
    const asked: Asked = { resource: `${bucket}/\${${key}}`, conditions: { DateGreaterThan: { [key]: '2026-06-01T00:00:00Z' } }, domains: { 'aws:currenttime': always, 'aws:epochtime': always } };
    const { regions, gap } = choicesOf(asked, key.toLowerCase());
    const times = (name: string): number[] => regions.map((one) => settledChoice(one.domain(name))![0]!).map((text) => name === 'aws:epochtime' ? Number(text) * 1_000 : Date.parse(text));
    expect([gap, times(other)]).toEqual([`the variable \`\${${key.toLowerCase()}}\` stands for too many values to try`, times(key.toLowerCase())]);
    expect(times(other).map((one) => one > Date.parse('2026-06-01T00:00:00Z'))).toEqual(expect.arrayContaining([true, false]));
  });
  it('of a number is one on either side of a test', () => {
    const { choices, gap } = choicesOf({ resource: `${bucket}/\${s3:max-keys}`, conditions: { NumericLessThan: { 's3:max-keys': '5' } }, domains: { 's3:max-keys': maybe({}) } }, 's3:max-keys');
    expect([choices, gap]).toEqual([[null, ['0'], ['5']], 'the variable `${s3:max-keys}` stands for too many values to try']);
  });
  it('is not tried where there are too many', () => {
    const { gap } = choicesOf({ ...inFolder, requested: `${bucket}/${'a'.repeat(400)}` }, team);
    expect(gap).toBe('the variable `${aws:principaltag/team}` stands for too many values to try');
  });
});

it('filling is counted by the texts that hold variables and their places', () => {
  expect([fillingOf(formulaOf({})), fillingOf(formulaOf(inFolder)), fillingOf(formulaOf({ conditions: { StringEquals: { 'aws:PrincipalTag/a': ['${aws:username}', 'b', 'c'], 'aws:PrincipalTag/b': 'd' } } })), fillingOf(formulaOf({ resource: '${aws:username}'.repeat(100) }))]).toEqual([0, 450, 750, 15_200]);
});
