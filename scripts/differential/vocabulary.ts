import type { Random } from '../bench/random.ts';

/** Few values, so that policies and requests meet often; beside each key some that differ by a hair. */
export const accounts: readonly string[] = ['111111111111', '222222222222'];
export const organizations: readonly string[] = ['o-4tkekae453', 'O-4TKEKAE453', 'o-aaaaaaaaaa'];
export const roles: readonly string[] = ['app', 'App', 'team/app', 'ops'];
export const users: readonly string[] = ['ann', 'Ann', 'bob'];
export const github = 'token.actions.githubusercontent.com';
export const providers = {
  web: [...accounts.map((one) => `arn:aws:iam::${one}:oidc-provider/${github}`), 'cognito-identity.amazonaws.com', 'accounts.google.com', 'graph.facebook.com'],
  saml: accounts.map((one) => `arn:aws:iam::${one}:saml-provider/Okta`),
} as const;
export const services: readonly string[] = ['lambda.amazonaws.com', 'cloudtrail.amazonaws.com', 's3.amazonaws.com'];
export const iam = (account: string, path: string): string => `arn:aws:iam::${account}:${path}`;
export const session = (account: string, role: string, name: string): string => `arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1)!}/${name}`;

export const actions: readonly string[] = ['s3:GetObject', 's3:PutObject', 's3:getobject', 'sqs:SendMessage', 'kms:Decrypt', 'lambda:InvokeFunction'];
export const trustActions: readonly string[] = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'sts:TagSession'];
export const resources: readonly string[] = [
  'arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/ann/x', 'arn:aws:s3:::bucket/bob/x', 'arn:aws:s3:::other/ann', 'arn:aws-cn:s3:::bucket/ann/x',
  ...accounts.flatMap((one) => [`arn:aws:sqs:eu-west-1:${one}:jobs`, `arn:aws:lambda:eu-west-1:${one}:function:worker:live`, `arn:aws:iam::${one}:role/team/app`, `arn:aws:logs:eu-west-1:${one}:log-group:app:log-stream:x`]),
];

export type Form = 'text' | 'arn' | 'bool' | 'number' | 'date' | 'address' | 'binary';
export interface Key { readonly name: string; readonly form: Form; readonly values: readonly string[]; readonly isList?: boolean }
export const keys: readonly Key[] = [
  { name: 'aws:PrincipalOrgID', form: 'text', values: organizations },
  { name: 'aws:PrincipalAccount', form: 'text', values: accounts },
  { name: 'aws:username', form: 'text', values: [...users, ''] },
  { name: 'aws:PrincipalTag/team', form: 'text', values: ['red', 'Red', 'r*d', 'r?d', 'blue', 'a$b', 'ann', '${aws:username}', 'größe', '𠀀red'] },
  { name: 's3:prefix', form: 'text', values: ['', 'home/ann/', 'home/bob/', 'home/', 'a:b/c'] },
  { name: 'sts:ExternalId', form: 'text', values: ['12345', '12345-acme'] },
  { name: 'aws:PrincipalOrgPaths', form: 'text', values: ['o-4tkekae453/r-ab12/ou-1/', 'o-4tkekae453/r-ab12/', 'o-aaaaaaaaaa/r-zz99/'], isList: true },
  { name: 'aws:TagKeys', form: 'text', values: ['team', 'Team', 'stage', 'red'], isList: true },
  { name: 'aws:PrincipalArn', form: 'arn', values: accounts.flatMap((one) => [...roles.map((role) => iam(one, `role/${role}`)), iam(one, 'user/ann'), iam(one, 'root')]) },
  { name: 'aws:SourceArn', form: 'arn', values: ['arn:aws:s3:::bucket', 'arn:aws:sns:eu-west-1:111111111111:alerts', 'arn:aws:cloudtrail:eu-west-1:222222222222:trail/all', 'arn:aws:states:eu-west-1:111111111111:execution:machine:one', 'not-an-arn'] },
  { name: 'aws:SecureTransport', form: 'bool', values: ['true', 'false', 'True'] },
  { name: 'aws:MultiFactorAuthPresent', form: 'bool', values: ['true', 'false'] },
  { name: 's3:max-keys', form: 'number', values: ['0', '9', '10', '10.0', '10.5', '-3', '1000'] },
  { name: 'aws:MultiFactorAuthAge', form: 'number', values: ['10', '300', '10abc', '1e2', 'none'] },
  { name: 'aws:CurrentTime', form: 'date', values: ['2026-11-25T10:00:00Z', '2026-11-25', '2030-01-01T00:00:00.000Z'] },
  { name: 'aws:EpochTime', form: 'date', values: ['1795600800', '1893456000'] },
  { name: 'aws:TokenIssueTime', form: 'date', values: ['2026-11-25T11:00:00+01:00', '2026-11-25T10:00:00Z', 'never'] },
  { name: 'aws:SourceIp', form: 'address', values: ['192.0.2.9', '192.0.2.200', '198.51.100.1', '2001:db8::7', '2001:DB8:0:0:0:0:0:7', '::1'] },
  { name: 'aws:VpcSourceIp', form: 'address', values: ['10.0.0.1', '10.255.0.1', 'unknown'] },
  { name: 'test:Digest', form: 'binary', values: ['QmluYXJ5', 'qmluyxj5'] },
];

/** Another spelling: key names are case-insensitive. */
export const respelled = (random: Random, name: string): string => random.chance(0.8) ? name : random.chance(0.5) ? name.toLowerCase() : name.replace(/^aws:/, 'AWS:');
