import { allow, define, deny, document, foreign, inside, mine, ofOrganization, outside, own, partner, second, sibling, standalone, stranger, trust, undecided, when, type Case, type Group, type Test } from './case.ts';
import type { Partner } from '../../../policy/index.ts';

/** What the definition says of accounts, organizations and partners. */

const row = (name: string, policy: object, principals: NonNullable<Case['principals']>, because: string, given?: Case['given']): Case => ({ name, policy, principals, because, ...(given === undefined ? {} : { given }) });
const trusting = (Principal: unknown, ...tests: Test[]): object => document(trust(Principal, tests.length > 0 ? when(...tests) : {}));
const externalId = (value: unknown, operator = 'StringEquals'): Test => [operator, 'sts:ExternalId', value];
const agreed = (...terms: Partial<Partner>[]) => define({ partners: terms.map((one) => ({ name: 'Example Monitoring', accounts: [partner], externalIds: undefined, resources: [], reachable: [], ...one })) });
const notAgreed = outside('named-account', 'role');

const pinned = agreed({ externalIds: 'pinned' });
const reading = agreed({ resources: [{ arn: 'arn:aws:s3:::acme-data/shared/*', actions: ['s3:GetObject', 's3:List*'] }] });
const toPartner = (Action: unknown, Resource: unknown): object => document(allow({ Principal: { AWS: partner }, Action, Resource }));

const unit = `${mine}/r-ab12/ou-ab12-11111111`;
const inUnit = define({ organizationPaths: [`${unit}/*`], accounts: undefined });
const path = (value: unknown, operator = 'ForAnyValue:StringLike'): Test => [operator, 'aws:PrincipalOrgPaths', value];

export const ownership: readonly Group[] = [
  { title: 'a partner that may assume a role', setting: { kind: 'trust' }, cases: [
    row('with the agreed id', trusting({ AWS: partner }, externalId('12345')), inside, 'this is what was agreed'),
    row('by role ARN, with the agreed id', trusting({ AWS: `arn:aws:iam::${partner}:role/collector` }, externalId('12345')), inside, 'a role of the partner\'s account'),
    row('without id, though its account is listed as mine', trusting({ AWS: partner }), inside, 'who is listed as mine needs no agreement', define({ accounts: [own, partner] })),
    row('without id', trusting({ AWS: partner }), notAgreed, 'the partner could be made to act for somebody else'),
    row('with another id', trusting({ AWS: partner }, externalId('54321')), notAgreed, 'the id is not the one that was agreed'),
    row('with a second id', trusting({ AWS: partner }, externalId(['12345', 'other'])), notAgreed, 'the second id was not agreed'),
    row('with an id by pattern', trusting({ AWS: partner }, externalId('123*', 'StringLike')), notAgreed, 'other ids match as well'),
    row('with the id as a pattern without wildcard', trusting({ AWS: partner }, externalId('12345', 'StringLike')), inside, 'only the agreed id matches'),
    row('with the id, if there is one', trusting({ AWS: partner }, externalId('12345', 'StringEqualsIfExists')), notAgreed, 'without id it passes too'),
    row('with any id', trusting({ AWS: partner }, ['Null', 'sts:ExternalId', 'false']), notAgreed, 'any id passes'),
    row('with any but one id', trusting({ AWS: partner }, externalId('00000', 'StringNotEquals')), notAgreed, 'any other id passes, and none as well'),
    ...['RoleSessionName', 'SourceIdentity'].flatMap((name) => ['jo', 'j', 'jo*', 'j:o'].map((value) => row(`named \`${value}\` by sts:${name}`, trusting({ AWS: partner }, ['StringEquals', `sts:${name}`, value]), value === 'jo' ? notAgreed : inside, 'such names have two characters at least, and neither colon nor asterisk'))),
    row('its roles under a source identity', trusting({ AWS: `arn:aws:iam::${partner}:role/collector` }, ['StringEquals', 'aws:SourceIdentity', 'jo']), notAgreed, 'whoever assumes a role may set one'),
    row('its users under a source identity', trusting({ AWS: `arn:aws:iam::${partner}:user/collector` }, ['StringEquals', 'aws:SourceIdentity', 'jo']), inside, 'only roles are assumed under one: nobody gets in'),
    row('with an id of one character', trusting({ AWS: partner }, externalId('1')), inside, 'an external id has two characters at least: nobody gets in'),
    row('with an id that STS does not take', trusting({ AWS: partner }, externalId('no spaces allowed')), inside, 'a space is not in the charset of external ids: nobody gets in'),
    row('with the agreed id, and a Deny of missing ones', document(trust({ AWS: partner }), trust('*', { Effect: 'Deny' }, when(externalId('12345', 'StringNotEquals')))), inside, 'whatever is not the agreed id is denied, a missing one as well'),
    row('that has no trust agreed', trusting({ AWS: partner }, externalId('12345')), notAgreed, 'no external id was agreed with it', agreed({})),
    row('with a pinned id', trusting({ AWS: partner }, externalId('98765')), inside, 'any exact id will do', pinned),
    row('with two pinned ids', trusting({ AWS: partner }, externalId(['98765', '43210'])), inside, 'any exact ids will do', pinned),
    row('pinned by a set operator', trusting({ AWS: partner }, externalId('98765', 'ForAnyValue:StringEquals')), inside, 'an exact id under a positive operator', pinned),
    row('with an id by pattern, where it is to be pinned', trusting({ AWS: partner }, externalId('98*', 'StringLike')), notAgreed, 'a pattern pins nothing', pinned),
    row('with a variable for id, where it is to be pinned', trusting({ AWS: partner }, externalId('${aws:PrincipalAccount}')), notAgreed, 'a variable pins nothing', pinned),
    row('with a pinned id in any case', trusting({ AWS: partner }, externalId('abc', 'StringEqualsIgnoreCase')), inside, 'an exact id, as the policy compares it', pinned),
    row('with an id in any case that was agreed in one', trusting({ AWS: partner }, externalId('abc', 'StringEqualsIgnoreCase')), notAgreed, 'ABC was not agreed', agreed({ externalIds: ['abc'] })),
    row('with a pinned id in any case and another by pattern', trusting({ AWS: partner }, ['StringLike', 'sts:ExternalId', 'ab*'], ['StringEqualsIgnoreCaseIfExists', 'sts:ExternalId', 'abc']), inside, 'an exact id, as the policy compares it', pinned),
    row('with all ids but one, where it is to be pinned', trusting({ AWS: partner }, externalId('98765', 'StringNotEquals')), notAgreed, 'a negated operator pins nothing', pinned),
    row('with a pinned id, if there is one', trusting({ AWS: partner }, externalId('98765', 'StringEqualsIfExists')), notAgreed, 'without id it passes too', pinned),
    row('with a pinned id, if there is one, and a Deny of missing ones', document(trust({ AWS: partner }, when(externalId('98765', 'StringEqualsIfExists'))), trust('*', { Effect: 'Deny' }, when(['Null', 'sts:ExternalId', 'true']))), inside, 'the id is there, and it is the one', pinned),
    row('with all ids pinned, and a Deny of missing ones', document(trust({ AWS: partner }, when(externalId('98765', 'ForAllValues:StringEquals'))), trust('*', { Effect: 'Deny' }, when(['Null', 'sts:ExternalId', 'true']))), inside, 'the id is there, and it is the one', pinned),
    row('with a number for id, where it is to be pinned', trusting({ AWS: partner }, externalId('98765', 'NumericEquals')), notAgreed, 'other texts are the same number', pinned),
    row('with a tag of the same text, where it is to be pinned', document(trust({ AWS: partner }, when(['StringEquals', 'aws:PrincipalTag/customer', '98765'])), trust('*', { Effect: 'Deny' }, when(externalId('98765', 'StringNotEquals')))), notAgreed, 'no Allow fixes the id', pinned),
    row('with an id that an Allow leaves out, where it is to be pinned', document(trust({ AWS: partner }, when(externalId('98765', 'StringNotEquals'))), trust({ AWS: partner }), trust('*', { Effect: 'Deny' }, when(externalId('98765', 'StringNotEquals')))), outside('named-account', 'role', 1), 'a negated operator pins nothing, though a Deny leaves that id alone', pinned),
    row('without id, where it is to be pinned', trusting({ AWS: partner }), notAgreed, 'no id at all', pinned),
    row('pinned in one statement, open in another', document(trust({ AWS: partner }, when(externalId('98765'))), trust({ AWS: partner }, when(externalId('*', 'StringLike')))), outside('named-account', 'role', 1), 'the other statement takes any id', pinned),
    row('pinned by a Deny only', document(trust({ AWS: partner }), trust('*', { Effect: 'Deny' }, when(externalId('98765', 'StringNotEquals')))), notAgreed, 'an id is pinned by a positive operator of an Allow', pinned),
    row('without id, asked about all but partners', trusting({ AWS: partner }), inside, 'partners have a rule of their own', { callers: 'all-but-partners' }),
    row('without id, asked about partners', trusting({ AWS: partner }), notAgreed, 'the partner lacks the id', { callers: 'partners' }),
    row('beside a stranger, asked about partners', trusting({ AWS: [partner, stranger] }, externalId('12345')), inside, 'the partner has the agreed id; the stranger is another rule\'s', { callers: 'partners' }),
    row('with an id that a Deny names, where it is to be pinned', document(trust({ AWS: partner }), trust('*', { Effect: 'Deny' }, when(externalId('98765'), ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/intern'])), trust('*', { Effect: 'Deny' }, when(externalId('98765', 'StringNotEquals')))), notAgreed, 'no Allow fixes the id', pinned),
    row('with the id of another partner', trusting({ AWS: partner }, externalId('67890')), notAgreed, 'that id was agreed with somebody else', agreed({ externalIds: ['12345'] }, { accounts: [stranger], externalIds: ['67890'] })),
    row('of two entries, with the id of the second', trusting({ AWS: partner }, externalId('67890')), inside, 'both entries name the account, and either was agreed', agreed({ externalIds: ['12345'] }, { externalIds: ['67890'] })),
    row('of two entries, with an id of neither', trusting({ AWS: partner }, externalId('11111')), notAgreed, 'neither entry has that id', agreed({ externalIds: ['12345'] }, { externalIds: ['67890'] })),
    row('among everybody, with its id', trusting({ AWS: '*' }, externalId('12345')), outside('any-account', 'role'), 'anybody who knows the id gets in'),
  ] },
  { title: 'a partner that may use a bucket', setting: { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data', ...reading }, cases: [
    row('as agreed', toPartner('s3:GetObject', 'arn:aws:s3:::acme-data/shared/*'), inside, 'action and resource were agreed'),
    row('by a pattern of actions that was agreed', toPartner('s3:ListMultipartUploadParts', 'arn:aws:s3:::acme-data/shared/*'), inside, 'the agreed pattern covers the action'),
    row('with another action', toPartner(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::acme-data/shared/*'), notAgreed, 'writes were not agreed'),
    row('in the whole bucket', toPartner('s3:GetObject', 'arn:aws:s3:::acme-data/*'), notAgreed, 'only one folder was agreed'),
    row('as agreed with another partner', toPartner('s3:GetObject', 'arn:aws:s3:::acme-data/shared/*'), notAgreed, 'the folder was agreed with somebody else', agreed({}, { accounts: [stranger], resources: [{ arn: 'arn:aws:s3:::acme-data/shared/*', actions: ['s3:GetObject'] }] })),
    row('as agreed in a second entry', toPartner('s3:GetObject', 'arn:aws:s3:::acme-data/shared/*'), inside, 'the first entry agrees on roles, the second on the folder', agreed({ externalIds: ['12345'] }, { resources: [{ arn: 'arn:aws:s3:::acme-data/shared/*', actions: ['s3:GetObject'] }] })),
    row('without agreement', toPartner('s3:GetObject', 'arn:aws:s3:::acme-data/shared/*'), notAgreed, 'nothing was agreed', agreed({})),
  ] },
  { title: 'accounts in no organization', setting: { kind: 'vpc-endpoint', service: 's3', ...define({ standaloneAccounts: [standalone] }) }, cases: [
    row('by account', document(allow({ Principal: { AWS: standalone } })), inside, 'the account is mine'),
    row('by key', document(allow(when(['StringEquals', 'aws:PrincipalAccount', [own, standalone]]))), inside, 'both accounts are mine'),
    row('by having no organization', document(allow(when(['Null', 'aws:PrincipalOrgID', 'true'], ['Null', 'aws:PrincipalArn', 'false']))), outside('any-account', 'role'), 'strangers have none either'),
    { name: 'by resource account', policy: document(allow(when(ofOrganization(), ['StringEquals', 'aws:ResourceAccount', standalone]))), principals: inside, resources: inside, because: 'the account is mine' },
    { name: 'that own the endpoint', policy: document(allow(when(['StringEquals', 'aws:PrincipalAccount', standalone], ['StringEquals', 'aws:ResourceAccount', standalone]))), given: { account: standalone }, principals: inside, resources: inside, because: 'the account is mine, though it has no organization' },
    row('that own the endpoint, held to the caller\'s own organization', document(allow(when(['StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}']))), outside('any-organization-member', 'role'), 'members of other organizations reach their own resources', { account: standalone }),
  ] },
  { title: 'an organization narrowed to a unit', setting: { kind: 'trust', ...inUnit }, cases: [
    row('the organization', trusting({ AWS: '*' }, ofOrganization()), outside('any-organization-member', 'role'), 'members outside the unit get in'),
    row('the unit', trusting({ AWS: '*' }, path(`${unit}/*`)), inside, 'the path is the unit\'s'),
    row('a unit within', trusting({ AWS: '*' }, path(`${unit}/ou-ab12-22222222/*`)), inside, 'the path begins with the unit\'s'),
    row('the root above', trusting({ AWS: '*' }, path(`${mine}/r-ab12/*`)), outside('any-organization-member', 'role'), 'other units of the root get in'),
    row('the unit and a sister', trusting({ AWS: '*' }, path([`${unit}/*`, `${mine}/r-ab12/ou-ab12-33333333/*`])), outside('any-organization-member', 'role'), 'the sister is not mine'),
    row('the unit of any organization', trusting({ AWS: '*' }, path('o-*/r-ab12/ou-ab12-11111111/*')), outside('any-organization-member', 'role'), 'ids of units are unique within an organization only'),
    row('all paths in the unit, or none', trusting({ AWS: '*' }, path(`${unit}/*`, 'ForAllValues:StringLike')), outside('any-account', 'role'), 'ForAllValues is true of no paths'),
    row('a Deny of all but the unit', document(trust({ AWS: '*' }), trust({ AWS: '*' }, { Effect: 'Deny' }, when(path(`${unit}/*`, 'ForAllValues:StringNotLike')))), inside, 'an account has one path, and without one the Deny hits too'),
    row('the own account, wherever it is', trusting({ AWS: own }), inside, 'the role\'s own account is known'),
    { name: 'resources of the whole organization', policy: document(allow(when(['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', `${mine}/*`]))), given: { kind: 'vpc-endpoint', service: 's3' }, resources: inside, because: 'paths narrow principals, not resources' },
    ...([['ResourceAccount', allow({ Action: 'sqs:*' }, when(ofOrganization(), ['StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}']))], ['ARN', allow({ Action: 'sqs:*', Resource: 'arn:aws:sqs:*:${aws:PrincipalAccount}:*' }, when(ofOrganization()))]] as const).map(([by, statement]): Case => ({ name: `what members have themselves, by ${by}`, policy: document(statement), given: { kind: 'vpc-endpoint', service: 'sqs', ...inUnit }, resources: inside, because: 'paths narrow callers, and what is in the organization is mine' })),
    ...['${aws:PrincipalOrgID}', mine].map((organization): Case => ({
      name: `members through an endpoint to what they have themselves, in \`${organization}\``, policy: document(allow(when(ofOrganization(), ['StringEquals', 'aws:ResourceOrgID', organization], ['StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}']))),
      given: { kind: 'vpc-endpoint', service: 's3', ...inUnit }, principals: outside('any-organization-member', 'role'), because: 'an account off the paths has resources in the organization as well',
    })),
    { name: 'members through an endpoint to what they have themselves, in the unit', policy: document(allow(when(ofOrganization(), ['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', `${unit}/*`], ['StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}']))),
      given: { kind: 'vpc-endpoint', service: 's3', ...inUnit }, principals: inside, because: 'an account lies where its resources lie' },
    row('the organization, where all accounts are listed', trusting({ AWS: '*' }, ofOrganization()), inside, 'the list of accounts is complete, so every member is known', define({ organizationPaths: [`${unit}/*`] })),
    ...[`${mine}/*`, `${mine}/r-*/*`, `${mine}/r-*`].map((path) => row(`the organization, where \`${path}\` is all of it`, trusting({ AWS: '*' }, ofOrganization()), inside, 'every member lies on such a path', define({ organizationPaths: [path], accounts: undefined }))),
    row('the organization, where another lies on the path', trusting({ AWS: '*' }, ofOrganization()), outside('any-organization-member', 'role'), 'no member of it lies on the path', define({ organizations: [mine, second], organizationPaths: [`${second}/*`], accounts: undefined })),
    { name: 'networks of members, where another organization lies on the path', policy: trusting({ AWS: '*' }, ofOrganization(foreign), ['StringNotEquals', 'aws:PrincipalAccount', own]), networks: inside, because: 'but for the own account no member of it is mine', given: define({ organizations: [mine, foreign], organizationPaths: [`${mine}/*`], accounts: undefined }) },
  ] },
  { title: 'two organizations of mine', setting: { kind: 'vpc-endpoint', service: 's3', ...define({ organizations: [mine, second] }) }, cases: [
    { name: 'both', policy: document(allow(when(ofOrganization([mine, second]), ['StringEquals', 'aws:ResourceOrgID', [mine, second]]))), principals: inside, resources: inside, because: 'both are mine, across as well' },
    { name: 'both and a third', policy: document(allow(when(ofOrganization([mine, second, foreign]), ['StringEquals', 'aws:ResourceOrgID', [mine, second, foreign]]))), principals: outside('any-organization-member', 'role'), resources: outside('any-organization-member', 'role'), because: 'the third is not mine' },
    row('each reaching itself', document(allow(when(ofOrganization([mine, second]), ['StringEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}']))), inside, 'callers of either are mine'),
    row('a Deny of all but both', document(deny(when(['StringNotEquals', 'aws:PrincipalOrgID', [mine, second]])), allow()), inside, 'callers of either are spared, nobody else'),
    row('paths of either', document(allow(when(path([`${mine}/*`, `${second}/r-ab12/*`])))), inside, 'both are mine'),
  ] },
  { title: 'accounts that the definition does not list', setting: { kind: 'trust', ...define({ accounts: undefined }) }, cases: [
    row('one by principal', trusting({ AWS: stranger }), undecided(stranger), 'it may be mine'),
    row('two by principal', trusting({ AWS: [stranger, `arn:aws:iam::${sibling}:role/app`] }), undecided(sibling, stranger), 'both may be mine, and are asked for at once'),
    row('one by key', trusting({ AWS: '*' }, ['StringEquals', 'aws:PrincipalAccount', stranger]), undecided(stranger), 'it may be mine'),
    row('one by ARN', trusting({ AWS: '*' }, ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${stranger}:role/*`]), undecided(stranger), 'it may be mine'),
    row('one by principal, and the organization', trusting({ AWS: stranger }, ofOrganization()), inside, 'the organization tells that it is mine'),
    row('one beside everybody', trusting({ AWS: [stranger, '*'] }), outside('any-account', 'role'), 'what is certain goes before what is not'),
    row('one by its first digits', trusting({ AWS: '*' }, ['StringLike', 'aws:PrincipalAccount', '3333*']), outside('any-account', 'role'), 'not all of these accounts are mine'),
    row('one in a Deny', document(trust({ AWS: own }), trust({ AWS: stranger }, { Effect: 'Deny' })), inside, 'a Deny lets nobody in'),
    row('the own account', trusting({ AWS: own }), inside, 'the role\'s own account is known'),
    row('a partner', trusting({ AWS: partner }), notAgreed, 'a partner is known, and not mine'),
    { name: 'one by resource', policy: document(allow({ Resource: `arn:aws:sqs:*:${stranger}:*` }, when(ofOrganization()))), given: { kind: 'vpc-endpoint', service: 'sqs' }, principals: inside, resources: undecided(stranger), because: 'it may be mine' },
    { name: 'one by resource key', policy: document(allow(when(ofOrganization(), ['StringEquals', 'aws:ResourceAccount', stranger]))), given: { kind: 'vpc-endpoint', service: 'sqs' }, principals: inside, resources: undecided(stranger), because: 'it may be mine' },
    { name: 'one by resource, in the organization', policy: document(allow({ Resource: `arn:aws:sqs:*:${stranger}:*` }, when(ofOrganization(), ['StringEquals', 'aws:ResourceOrgID', mine]))), given: { kind: 'vpc-endpoint', service: 'sqs' }, principals: inside, resources: inside, because: 'the organization tells that it is mine' },
  ] },
  { title: 'resources of accounts that the definition does not list', setting: { kind: 'vpc-endpoint', service: 'secretsmanager', ...define({ accounts: undefined }) }, cases: ([
    ['by their ARN', [allow({ Action: 'secretsmanager:*', Resource: `arn:aws:secretsmanager:*:${stranger}:secret:shared-*` }, when(['StringEquals', 'aws:ResourceOrgID', mine]))], outside('anonymous', 'anonymous')],
    ['by account', [allow(when(['StringEquals', 'aws:ResourceAccount', stranger], ['StringEquals', 'aws:ResourceOrgID', mine]))], outside('anonymous', 'anonymous')],
    ['by their place', [allow(when(['StringEquals', 'aws:ResourceAccount', stranger], ['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', `${mine}/*`]))], outside('anonymous', 'anonymous')],
    ['by Denies of all others', [allow(), deny(when(['StringNotEquals', 'aws:ResourceAccount', stranger])), deny(when(['StringNotEquals', 'aws:ResourceOrgID', mine]))], outside('anonymous', 'anonymous')],
    ['for members', [allow(when(ofOrganization(), ['StringEquals', 'aws:ResourceAccount', stranger], ['StringEquals', 'aws:ResourceOrgID', mine]))], inside],
    ['for themselves', [allow(when(['StringEquals', 'aws:PrincipalAccount', stranger], ['StringEquals', 'aws:ResourceAccount', stranger], ['StringEquals', 'aws:ResourceOrgID', mine]))], inside],
  ] as const).map(([name, statements, principals]): Case => ({ name, policy: document(...statements), principals, because: 'the account may be a member of mine, as the condition says' })) },
  { title: 'a partner that lies in my organization, off its paths', setting: { kind: 'trust', callers: 'partners', ...define({ organizationPaths: [`${mine}/r-ab12/ou-ab12-22222222/*`], accounts: undefined }) }, cases: [
    row('and may call from elsewhere in it', document(trust('*'), trust('*', { Effect: 'Deny' }, when(path(`${unit}/*`, 'ForAllValues:StringNotLike')))), outside('named-account', ['role', 'user']), 'it brings no external id that was agreed'),
  ] },
  { title: 'one account lies in one organization', setting: { kind: 'vpc-endpoint', service: 'sqs' }, cases: [
    ...([['StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}'], ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::${aws:ResourceAccount}:role/*']] as const).map((same) =>
      row(`the same by ${same[1]}, in different ones`, document(allow(when(same, ['StringNotEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'], ['Null', 'aws:ResourceOrgID', 'false']))), inside, 'caller and resource are of one account, so of one organization')),
    row('different accounts in different ones', document(allow(when(['StringNotEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}'], ['StringNotEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'], ['Null', 'aws:ResourceOrgID', 'false']))), outside('anonymous', 'anonymous'), 'even who does not sign has another account than the resource'),
  ] },
];
