import { describe, expect, it } from 'vitest';
import { and, not, or, parsePolicy, policy, satisfies, type Formula, type Request } from '../../../policy/index.ts';
import { variablesOf } from '../../../policy/search/held.ts';
import { relaxed } from '../../../policy/search/relaxed.ts';

const team = 'aws:principaltag/team';
const variable = '${aws:PrincipalTag/team}';
const bucket = 'arn:aws:s3:::b';
const [folder, plain] = [`${bucket}/${variable}/*`, `${bucket}/plain/*`];
const statement = (Effect: string, more: object): object => ({ Effect, Principal: '*', Action: 's3:GetObject', Resource: '*', ...more });
const formulaOf = (...Statement: object[]): Formula => policy(parsePolicy({ Version: '2012-10-17', Statement }));
const open = statement('Allow', {});
const tagged = (operator: string): object => ({ Condition: { [operator]: { 's3:ExistingObjectTag/team': variable } } });
const isFree = (key: string): boolean => key === team;
const request = (key: string, tag?: string, context: Request['context'] = {}): Request => ({ principal: { kind: 'role', account: '111111111111', arn: 'arn:aws:iam::111111111111:role/app' }, action: 's3:GetObject', resource: `${bucket}/${key}`, context: { ...context, ...tag === undefined ? {} : { 'aws:PrincipalTag/team': tag } } });

const folderOf: Record<'Resource' | 'NotResource', object> = { Resource: { Resource: [folder, plain] }, NotResource: { Resource: undefined, NotResource: [folder, plain] } };
const formulas: readonly [string, Formula][] = [
  ['an Allow of a folder', formulaOf(statement('Allow', folderOf.Resource))], ['an Allow of other folders', formulaOf(statement('Allow', folderOf.NotResource))],
  ['an Allow of all but one folder', formulaOf(statement('Allow', { Resource: undefined, NotResource: folder }))],
  ['a Deny of a folder', formulaOf(open, statement('Deny', folderOf.Resource))], ['a Deny of other folders', formulaOf(open, statement('Deny', folderOf.NotResource))],
  ['an Allow by a tag', formulaOf(statement('Allow', tagged('StringEquals')))], ['an Allow by another tag', formulaOf(statement('Allow', tagged('StringNotEquals')))],
  ['a Deny by a tag', formulaOf(open, statement('Deny', tagged('StringEquals')))], ['a Deny by another tag', formulaOf(open, statement('Deny', tagged('StringNotEqualsIfExists')))],
];
const named = (name: string): Formula => formulas.find(([one]) => one === name)![1];
const joined: readonly [string, Formula][] = [...formulas, ...formulas.map(([name, one]): [string, Formula] => [`what is not of ${name}`, not(one)]), ['one of two', or(named('an Allow of a folder'), not(named('a Deny of a folder')))], ['both of two', and(named('an Allow of a folder'), not(named('an Allow by a tag')))]];
const requests = ['red/x', 'blue/x', 'plain/x', 'x'].flatMap((key) => [undefined, 'red', 'blue'].flatMap((tag) => [{}, { 's3:ExistingObjectTag/team': 'red' }].map((context) => request(key, tag, context))));

describe('a formula whatever its variables stand for', () => {
  it.each(joined)('holds of all that %s holds of, by no variable', (_, formula) => {
    const wide = relaxed(formula, isFree);
    expect(variablesOf(wide)).toEqual([]);
    expect(requests.filter((one) => satisfies(formula, one) && !satisfies(wide, one))).toEqual([]);
  });
  it.each<[string, Formula, Request, boolean]>([
    ['what begins otherwise than a folder', named('an Allow of a folder'), request('x', 'red'), false], ['any folder', named('an Allow of a folder'), request('red/x', 'blue'), true],
    ['a folder that a Deny names plainly', named('a Deny of a folder'), request('plain/x', 'red'), false], ['one that it may not name', named('a Deny of a folder'), request('red/x', 'red'), true],
    ['what a Deny of other folders denies in any case', named('a Deny of other folders'), request('x', 'red'), false], ['what an Allow of others may not take in', not(named('an Allow of other folders')), request('x', 'red'), false],
    ['what an Allow leaves out, beside one by a tag', not(named('an Allow by a tag')), request('x', 'red', { 's3:ExistingObjectTag/team': 'red' }), true],
  ])('says of %s whether that may be', (_, formula, one, expected) => { expect(satisfies(relaxed(formula, isFree), one)).toBe(expected); });
  it('keeps variables that are not open, alone and beside one that is', () => {
    const both = formulaOf(statement('Allow', { Resource: [`${bucket}/\${aws:username}/x`, `${bucket}/\${aws:username}/${variable}/*`] }), statement('Deny', { Condition: { StringEquals: { 'aws:PrincipalTag/x': '${aws:username}' } } }));
    const wide = relaxed(both, isFree);
    expect(variablesOf(wide)).toEqual(['aws:username', 'aws:username']);
    const of = (key: string): boolean => satisfies(wide, { ...request(key, 'red', { 'aws:username': 'ada' }), principal: { kind: 'user', account: '111111111111', arn: 'arn:aws:iam::111111111111:user/ada' } });
    expect([of('ada/x'), of('ada/blue/x'), of('bob/blue/x')]).toEqual([true, true, false]);
  });
  it('is made once for the same variables', () => {
    const formula = named('an Allow of a folder');
    expect(relaxed(formula, isFree)).toBe(relaxed(formula, isFree));
    expect(relaxed(formula, () => false)).not.toBe(relaxed(formula, isFree));
  });
});
