import { describe, expect, it } from 'vitest';
import { absent, maybe, only } from '../../../policy/search/region.ts';
import { foreignOwners, myOwners, ownerDomain, ownOwner, tellsOwners, type Owner } from '../../../policy/world/owners.ts';
import { literal } from '../../../policy/pattern.ts';
import { accounts, definition, mine, other, own, partnered, sibling, worldOf, type Conditions, type Situation } from './world-of.ts';

const [partner, foreign, nobody] = ['123456789012', 'o-aaaaaaaaaa', '999999999999'];
const ofOwner = (values: unknown, key = 'aws:ResourceAccount'): Conditions => ({ StringEquals: { [key]: values } });

describe('owners are told apart', () => {
  it.each<[string, Conditions, Situation, boolean]>([
    ['by a condition on the account', ofOwner(own), {}, true], ['by a condition on the organization', ofOwner(mine, 'aws:ResourceOrgID'), {}, true], ['by a condition on the owner of an image', ofOwner('amazon', 'ec2:Owner'), {}, true],
    ['by the resources that are named', {}, { Resource: ['*', 'arn:aws:sqs:*:111111111111:*'] }, true], ['not by all resources', {}, { Resource: '*' }, false], ['not by a condition on callers', accounts(own), {}, false],
  ])('%s', (_, conditions, situation, expected) => { expect(tellsOwners(worldOf(conditions, situation))).toBe(expected); });
});

describe('owners of mine', () => {
  it.each<[string, Conditions, readonly string[]]>([
    ['are the own account', {}, [own]], ['are those named as owners', ofOwner([sibling, other]), [own, sibling]], ['are none named as callers', accounts(sibling, 'StringEquals'), [own]], ['are one of the others, where organizations are told', ofOwner(mine, 'aws:ResourceOrgID'), [own, sibling]],
  ])('%s', (_, conditions, expected) => { expect(myOwners(worldOf(conditions))).toEqual(expected.map((account) => ({ account, mine: true, reach: 'any-account' }))); });
});

describe('owners that are not mine', () => {
  const shown = ({ account, organization, reach, doubt }: Owner): unknown => [account, organization, reach, ...doubt === undefined ? [] : doubt.accounts ?? []];
  it.each<[string, Conditions, Situation, readonly unknown[]]>([
    ['are anybody', {}, {}, [[nobody, undefined, 'any-account']]],
    ['are those named, of no organization', ofOwner(other), {}, [[nobody, undefined, 'any-account'], [other, undefined, 'named-account']]],
    ['are members of other organizations where these are told, of whom none is a caller\'s', ofOwner(foreign, 'aws:ResourceOrgID'), {}, [['888888888888', undefined, 'any-account'], ['888888888888', 'o-zzzzzzzzzz', 'any-organization-member'], ['888888888888', foreign, 'any-organization-member']]],
    ['are of no organization where callers\' are told', { StringEquals: { 'aws:PrincipalOrgID': foreign } }, {}, [[nobody, undefined, 'any-account']]],
    ['are in doubt where no accounts are listed', ofOwner(other), { perimeter: { ...definition, accounts: undefined } }, [[nobody, undefined, 'any-account'], [other, undefined, 'named-account', other]]],
    ['are no partners whom nothing tells from anybody', {}, { perimeter: partnered(partner) }, [[nobody, undefined, 'any-account']]],
    ['are partners, of whom there is no doubt', ofOwner(partner), { perimeter: { ...partnered(partner), accounts: undefined } }, [[nobody, undefined, 'any-account'], [partner, undefined, 'named-account']]],
  ])('%s', (_, conditions, situation, expected) => { expect(foreignOwners(worldOf(conditions, situation)).map(shown)).toEqual(expected); });
});

describe('what a request carries of the resource', () => {
  const stranger: Owner = { account: other, mine: false, reach: 'any-account' };
  const tagged: Situation = { resourceTags: { Team: 'blue' } };
  it.each<[string, string, Owner | undefined, Situation, unknown]>([
    ['its account', 'aws:resourceaccount', stranger, {}, only(other)], ['its account, as S3 says it', 's3:resourceaccount', undefined, {}, only(own)], ['its account, as other services do not say it', 's3:resourceaccount', undefined, { service: 'sqs' }, absent],
    ['an image\'s account', 'ec2:owner', undefined, {}, maybe({ forms: [literal(own)] })], ['a stranger\'s image\'s account, or a name of EC2\'s', 'ec2:owner', stranger, {}, maybe({ forms: [literal(other), literal('aws-marketplace'), literal('amazon')] })],
    ['its organization', 'aws:resourceorgid', undefined, {}, only(mine)], ['none, of an account in none', 'aws:resourceorgid', stranger, {}, absent], ['a stranger\'s organization', 'aws:resourceorgid', { ...stranger, organization: foreign }, {}, only(foreign)],
    ['no path, of an account in no organization', 'aws:resourceorgpaths', stranger, {}, absent],
    ['its tag, however the key is written', 'aws:resourcetag/team', undefined, tagged, only('blue')], ['its tag by a service\'s key', 's3:resourcetag/team', undefined, tagged, only('blue')], ['no other tag', 'aws:resourcetag/unit', undefined, tagged, absent],
    ['nothing known of tags where they are not given', 'aws:resourcetag/team', undefined, {}, undefined], ['nothing known of a stranger\'s tags', 'aws:resourcetag/team', stranger, tagged, undefined],
    ['nothing known of tags under a key of another form', 'aws:existingresourcetag/team', undefined, tagged, undefined], ['nothing of the caller', 'aws:principalaccount', undefined, tagged, undefined],
  ])('is %s', (_, key, owner, situation, expected) => { const world = worldOf({}, situation); expect(ownerDomain(key, world, owner ?? ownOwner(world))).toEqual(expected); });

  it('is any organization of mine, and a path in it', () => {
    const world = worldOf({}, { perimeter: { ...definition, organizations: [mine, 'o-secondofmine'] } });
    const [organization, paths] = ['aws:resourceorgid', 'aws:resourceorgpaths'].map((key) => ownerDomain(key, world, ownOwner(world))!);
    const taken = (domain: typeof paths, text: string): boolean => domain!.forms!.some((one) => one.matches(text));
    expect([taken(organization, mine), taken(organization, 'o-secondofmine'), taken(organization, foreign), taken(paths, `${mine}/r-ab12/ou-1/`), taken(paths, `${foreign}/r-ab12/`), taken(paths, `${mine}/`)]).toEqual([true, true, false, true, false, false]);
    expect([paths!.missing, paths!.many, paths!.liked]).toEqual([false, false, [`${mine}/r-ab12/`, 'o-secondofmine/r-ab12/']]);
  });
});
