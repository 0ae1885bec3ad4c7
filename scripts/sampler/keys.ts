import type { Random } from '../bench/random.ts';
import { accounts, block, callerArns, endpoint, foreign, foreignOrganizations, github, mine, own, partner, pathIn, principals, regions, second, stranger, vpc } from './cast.ts';
import { anchor, foreignAnchor, issuers, providerOf } from './issuers.ts';
import { blurred } from './meet.ts';

/** A key of conditions as policies write it. */
export interface Key {
  readonly name: string;
  readonly operators: readonly string[];
  readonly value: (random: Random) => string;
  readonly isList?: boolean;
  /** Services whose policies test it; every other key stands in policies of any. */
  readonly of?: readonly string[];
  /** How often it is taken. */
  readonly weight: number;
  /** Variables that policies hold it against. */
  readonly variables?: readonly string[];
}

const texts = ['StringEquals', 'StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'stringequals'];
const arns = ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals', 'StringLike', 'StringEquals', 'StringNotLike'];
const numbers = ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan'];
const dates = ['DateLessThan', 'DateGreaterThan', 'DateEquals', 'DateNotEquals'];
const [blocks, flags] = [['IpAddress', 'NotIpAddress'], ['Bool', 'Bool', 'StringEquals', 'StringNotEquals']];
const among = (...values: readonly string[]) => ({ pick }: Random): string => pick(values);
const account = among(...accounts, '3333*', '1111*', '33333333333?', '*7', '3*7', '*33', '3${*}*', '*');
/** Ids are numbers, too, between which others lie. */
const number = among(...accounts, '500000000000', '333333333330', '5', '5.5');
const organization = among(mine, mine, mine, second, foreign, ...foreignOrganizations, 'O-4TKEKAE453', 'o-*', `${mine}*`);
const path = (random: Random): string => random.pick([pathIn(random, mine), `${mine}/*`, `${mine}/r-ab12/ou-ab12-11111111/*`, `${foreign}/*`, pathIn(random, foreign), '*/ou-ab12-11111111/*']);
const callerArn = ({ pick }: Random): string => pick([...callerArns(pick(accounts)), `arn:aws:iam::${pick(accounts)}:role/*`, 'arn:aws:iam::*:role/app', 'arn:aws:iam::*:root', `arn:aws:iam::${own}:*`, `arn:aws:iam::1111111111??:role/*`, `arn:aws:iam::*${own}:role/*`, `*:${own}:*`, 'arn:aws:iam::*:role/aws-reserved/*', 'arn:aws:iam::*:user/eng/*', `arn:aws:iam::*7:role/*`, `arn:aws:sts::*:federated-user/*`, `arn:aws:iam::${partner}:role/*`, `arn:aws:sts::${own}:assumed-role/app/*`]);
const sourceArn = (random: Random): string => { const { pick } = random; const of = pick([own, own, stranger, '*']); return pick([`arn:aws:sns:*:${of}:*`, `arn:aws:cloudtrail:*:${of}:trail/*`, `arn:aws:logs:eu-west-1:${of}:*`, 'arn:aws:s3:::acme-*', 'arn:aws:s3:::*', `arn:aws:events:eu-west-1:${of}:rule/r`, `arn:aws:cloudfront::${of}:distribution/*`, `arn:aws:*:*:${of}:*`, `*:${of}:*`, blurred(random, `arn:aws:lambda:eu-west-1:${of}:function:x`), blurred(random, `arn:aws:logs:*:${of}:log-group:x`), `arn:aws:secretsmanager:*:${of}:*`]); };
const tag = among('red', 'Red', 'blue', 'true', '', own, stranger, mine, foreign, '3333*', 'o-*', 'x', 'xx', 'x*', 'x*', 'k', 'S*', 'home/*', github);
const flag = among('true', 'false');

const key = (name: string, weight: number, operators: readonly string[], value: (random: Random) => string, more: Partial<Key> = {}): Key => ({ name, weight, operators, value, ...more });
/** The claims of an issuer's tokens that policies ask for. */
export const claimKeys = (issuer: string, weight: number): Key[] => Object.entries(issuers.find(({ name }) => name === issuer)!.tested).map(([claim, values]) => key(`${issuer}:${claim}`, weight, texts, among(...values), { of: ['sts'], isList: claim === 'amr' }));
export const keys: readonly Key[] = [
  key('aws:PrincipalOrgID', 10, texts, organization, { variables: ['${aws:ResourceOrgID}', "${aws:ResourceOrgID, 'o-4tkekae453'}", '${aws:VpceOrgID}', '${aws:PrincipalTag/Team}', 'o-${aws:RequestTag/Team}'] }),
  key('aws:PrincipalAccount', 7, texts, account, { variables: ['${aws:ResourceAccount}', '${aws:PrincipalTag/Team}', '3333${aws:PrincipalTag/Project}'] }),
  ...['Principal', 'Resource', 'Source'].map((of) => key(`aws:${of}Account`, 2, numbers, number)),
  key('aws:PrincipalAccount', 1, dates, among(...accounts, '500000000000')),
  key('aws:PrincipalOrgPaths', 4, texts, path, { isList: true, variables: ['${aws:ResourceOrgID}/*'] }),
  key('aws:PrincipalArn', 7, arns, callerArn, { variables: ['arn:aws:iam::${aws:ResourceAccount}:role/app', 'arn:aws:iam::${aws:PrincipalAccount}:role/*', 'arn:aws:iam::${aws:PrincipalTag/Team}:role/app'] }),
  key('aws:PrincipalIsAWSService', 6, flags, flag),
  key('aws:PrincipalServiceName', 3, texts, among(...principals, 's3.*', '*.amazonaws.com', 'logs.*.amazonaws.com')),
  key('aws:PrincipalServiceNamesList', 2, texts, among(...principals, '*.us-east-1.amazonaws.com', 'cloudtrail.*'), { isList: true }),
  key('aws:PrincipalType', 3, texts, among('AssumedRole', 'User', 'Account', 'FederatedUser', 'Anonymous', 'A*')),
  key('aws:PrincipalTag/Team', 3, texts, tag, { variables: ['${aws:ResourceTag/Team}', '${aws:username}', '${aws:ResourceAccount}', '${aws:PrincipalTag/Project}', '${aws:username}-${aws:username}', 'x-${aws:PrincipalTag/Project}'] }),
  key('aws:PrincipalTag/Project', 2, texts, among('red', 'x-red', 'jo-jo', 'r*', '33333333', '', 'x', 'xx', 'x*', 'K'), { variables: ['${aws:username}', '${aws:ResourceTag/Team}${aws:ResourceTag/Team}', '${aws:RequestTag/Team}'] }),
  key('aws:PrincipalTag/dp:exclude', 2, texts, flag),
  key('aws:userid', 2, texts, among('AROAEXAMPLEID:*', 'AIDAEXAMPLEID', own, stranger, '*:jo', `${own}:*`, `${stranger}:jo`, '3333*:jo', '3*jo', '*33:*')),
  key('aws:username', 2, texts, among('jo', 'joe', 'e*', '*')),
  key('aws:ResourceOrgID', 8, texts, organization, { variables: ['${aws:PrincipalOrgID}', '${aws:PrincipalTag/Team}', "${aws:PrincipalOrgID, 'o-4tkekae453'}"] }),
  key('aws:ResourceAccount', 7, texts, account, { variables: ['${aws:PrincipalAccount}', '${aws:PrincipalTag/Team}', '${aws:VpceAccount}'] }),
  key('aws:ResourceOrgPaths', 3, texts, path, { isList: true, variables: ['${aws:PrincipalOrgID}/*'] }),
  key('aws:ResourceTag/Team', 3, texts, tag, { variables: ['${aws:PrincipalTag/Team}', "${aws:PrincipalTag/Team, 'red'}"] }),
  key('aws:SourceAccount', 6, texts, account, { variables: ['${aws:ResourceAccount}', '${aws:ResourceTag/Team}'] }),
  key('aws:SourceArn', 6, arns, sourceArn),
  key('aws:SourceOrgID', 4, texts, organization, { variables: ['${aws:ResourceOrgID}'] }),
  key('aws:SourceOrgPaths', 2, texts, path, { isList: true }),
  key('aws:SourceIp', 5, blocks, among(block, block, '192.0.2.0/25', '198.51.100.7', '0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8', '2001:db8::/32')),
  key('aws:SourceVpc', 5, texts, among(vpc, vpc, 'vpc-0ffff111', 'vpc-*')),
  key('aws:SourceVpce', 4, texts, among(endpoint, endpoint, 'vpce-0bbb2222', 'vpce-*')),
  key('aws:VpcSourceIp', 2, blocks, among('10.0.0.0/8', '10.1.2.3/32', '0.0.0.0/0')),
  key('aws:VpceAccount', 3, texts, account, { variables: ['${aws:PrincipalAccount}', '${aws:ResourceAccount}'] }),
  key('aws:VpceOrgID', 4, texts, organization, { variables: ['${aws:PrincipalOrgID}'] }),
  key('aws:VpceOrgPaths', 2, texts, path, { isList: true }),
  key('aws:SourceVpcArn', 3, arns, ({ pick }) => `arn:aws:ec2:*:${pick([own, stranger, '*'])}:vpc/${pick(['*', vpc])}`),
  key('aws:ViaAWSService', 4, flags, flag),
  key('aws:CalledVia', 2, texts, among('cloudformation.amazonaws.com', 'athena.amazonaws.com'), { isList: true }),
  key('aws:SecureTransport', 2, flags, flag),
  key('aws:MultiFactorAuthPresent', 2, flags, flag),
  key('aws:RequestedRegion', 2, texts, among(...regions, 'eu-*')),
  key('aws:CurrentTime', 1, dates, among('2025-06-01T00:00:00Z', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')),
  key('aws:EpochTime', 1, numbers, among('1704067200', '1798761600')),
  key('aws:Referer', 1, texts, among('https://acme.example/*', 'x*', 'Acme*'), { variables: ['${aws:UserAgent}'] }),
  key('aws:UserAgent', 1, texts, among('Acme*', 'x*'), { variables: ['${aws:Referer}'] }),
  // One whose issuer no provider can be called after.
  key('oidc.eks.*.amazonaws.com/id/*:sub', 1, texts, among('system:serviceaccount:prod:*'), { of: ['sts', 's3'] }),
  key('aws:RequestTag/Team', 1, texts, tag, { variables: ['${aws:PrincipalTag/Team}'] }),
  key('aws:TagKeys', 1, texts, among('Team', 'Project', '*'), { isList: true }),
  key('aws:SourceIdentity', 1, texts, among('jo', '*')),
  key('aws:TokenIssueTime', 1, dates, among('2025-06-01T00:00:00Z', '2025-12-31T12:00:00Z', '2026-06-01T00:00:00Z')),
  key('aws:MultiFactorAuthAge', 1, numbers, among('300', '3600')),
  key('aws:SourceOwner', 2, texts, account, { of: ['sns', 'sqs'] }),
  key('aws:FederatedProvider', 3, texts, among('cognito-identity.amazonaws.com', 'accounts.google.com', providerOf(github), providerOf('idp.example.com', stranger), 'arn:aws:iam::*:oidc-provider/*', `arn:aws:iam::${own}:oidc-provider/*`, '*')),
  key('ec2:Owner', 6, texts, among(own, stranger, 'amazon', 'aws-marketplace', '*'), { of: ['ec2'], variables: ['${aws:PrincipalAccount}', '${aws:ResourceAccount}'] }),
  key('s3:prefix', 3, texts, among('', 'home/', 'home/jo', `home/${stranger}/`, `home/${foreign}/`), { of: ['s3'], variables: ['home/${aws:username}/*', 'home/${aws:PrincipalAccount}/*', 'home/${aws:PrincipalOrgID}/', '${aws:PrincipalTag/Team}/${aws:PrincipalTag/Team}'] }),
  key('s3:max-keys', 1, numbers, among('10', '100'), { of: ['s3'] }),
  key('s3:ResourceAccount', 3, texts, account, { of: ['s3'], variables: ['${aws:PrincipalAccount}', '${aws:ResourceAccount}'] }),
  key('s3:DataAccessPointAccount', 4, texts, account, { of: ['s3'] }),
  key('s3:DataAccessPointArn', 3, arns, ({ pick }) => `arn:aws:s3:*:${pick([own, stranger, '*'])}:accesspoint/${pick(['ap', '*'])}`, { of: ['s3'] }),
  key('kms:CallerAccount', 6, texts, account, { of: ['kms'] }),
  key('s3:AccessPointNetworkOrigin', 2, texts, among('VPC', 'Internet'), { of: ['s3'] }),
  key('kms:ViaService', 6, texts, among('s3.eu-west-1.amazonaws.com', 's3.*.amazonaws.com', '*'), { of: ['kms'] }),
  key('kms:EncryptionContext:aws:cloudtrail:arn', 4, arns, ({ pick }) => `arn:aws:cloudtrail:*:${pick([own, stranger, '*'])}:trail/*`, { of: ['kms'] }),
  key('lambda:FunctionUrlAuthType', 6, texts, among('NONE', 'AWS_IAM', '*'), { of: ['lambda'] }),
  key('kms:EncryptionContext:purpose', 2, texts, among('x', 'y*'), { of: ['kms'] }),
  key('sts:ExternalId', 10, texts, among('12345', '12345', 'Ext-Id', 'ext-id', '67890', '*', '12*', '?????'), { of: ['sts'], variables: ['${aws:PrincipalAccount}', "${aws:PrincipalTag/Team, '12345'}"] }),
  key('sts:SourceIdentity', 2, texts, among('jo', 'a*', '*'), { of: ['sts'], variables: ['${aws:username}'] }),
  key('sts:TransitiveTagKeys', 1, texts, among('Team', 'Project'), { of: ['sts'], isList: true }),
  key('aws:SourceArn', 3, arns, among(anchor, foreignAnchor, `arn:aws:rolesanywhere:*:${own}:trust-anchor/*`), { of: ['sts'] }),
  key('aws:PrincipalTag/x509Subject/CN', 2, texts, among('acme', 'acme*'), { of: ['sts'] }),
  key('elasticfilesystem:AccessedViaMountTarget', 6, flags, flag, { of: ['elasticfilesystem'] }),
  key('sts:RoleSessionName', 4, texts, among('jo', 'a*', '*'), { of: ['sts'], variables: ['${aws:username}', '${aws:PrincipalTag/Team}'] }),
  key('SAML:aud', 2, texts, among('https://signin.aws.amazon.com/saml'), { of: ['sts'] }),
  key('SAML:iss', 1, texts, among('https://idp.acme.example'), { of: ['sts'] }),
  key('SAML:sub', 1, texts, among('jo', 'a*'), { of: ['sts'] }),
  key('SAML:doc', 1, texts, among(`${own}/Okta`, '*/Okta'), { of: ['sts'] }),
  ...issuers.flatMap(({ name }) => claimKeys(name, 1)),
  // Sessions tell some claims of the token that they began with.
  ...[['graph.facebook.com:app_id', '5550001'], ['cognito-identity.amazonaws.com:sub', 'eu-west-1:*'], ['accounts.google.com:sub', '1*']].map(([name, value]) => key(name!, 1, texts, among(value!))),
];
/** What texts may hold in place of a variable. */
export const variables: readonly string[] = ['aws:PrincipalTag/Team', 'aws:PrincipalTag/Project', 'aws:username', 'aws:userid', 'aws:PrincipalAccount', 'aws:ResourceAccount', 'aws:SourceAccount', 'aws:PrincipalOrgID', 'aws:ResourceOrgID', 'aws:RequestTag/Team', 'aws:PrincipalArn', 'aws:FederatedProvider', 'aws:Referer', 'aws:PrincipalServiceName'];
