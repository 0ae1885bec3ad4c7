import { readdirSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { endpointService } from '../../items/tables/endpoint-services.ts';
import { asOf } from '../../policy/tables/actions-data.ts';
import { actionsOf } from '../../policy/tables/actions.ts';
import { deputySources } from '../../policy/tables/deputy-sources.ts';
import { isMultivalued, keyKind } from '../../policy/tables/keys.ts';
import { actionPrefix } from '../../policy/tables/service-prefixes.ts';
import { tenancyClaims } from '../../policy/tables/shared-issuers.ts';

it.each([
  ['s3', 'ListAllMyBuckets', true], ['s3', 'GetObject', false], ['dynamodb', 'ListTables', true], ['dynamodb', 'GetItem', false], ['sqs', 'ListQueues', true],
  ['sts', 'GetCallerIdentity', true], ['sts', 'AssumeRole', false], ['kms', 'ListKeys', true], ['kms', 'Decrypt', false], ['ec2', 'DescribeInstances', true],
])('%s:%s takes no resource: %s', (prefix, action, expected) => {
  expect(actionsOf(prefix).withoutResource.includes(`${prefix}:${action}`)).toBe(expected);
});

it('knows nothing of a service by the name of an object\'s own member', () => { expect(actionsOf('constructor')).toEqual({ withResource: [], withoutResource: [] }); });

it.each([
  ['com.amazonaws.eu-west-1.s3', { supportsPolicy: true, prefix: 's3' }], ['com.amazonaws.eu-west-1.ecr.api', { supportsPolicy: true, prefix: 'ecr' }],
  ['com.amazonaws.us-gov-west-1.monitoring', { supportsPolicy: true, prefix: 'cloudwatch' }], ['com.amazonaws.eu-west-1.kinesis-streams', { supportsPolicy: true, prefix: 'kinesis' }],
  ['cn.com.amazonaws.cn-north-1.sts', { supportsPolicy: true, prefix: 'sts' }], ['com.amazonaws.eu-west-1.email-smtp', { supportsPolicy: false, prefix: 'ses' }],
  ['com.amazonaws.eu-west-1.something-new', { supportsPolicy: undefined, prefix: 'something-new' }], ['com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0', undefined],
])('reads the endpoint service %s', (name, expected) => { expect(endpointService(name)).toEqual(expected); });

it.each([['ecr.dkr', 'ecr'], ['s3', 's3'], ['sagemaker.runtime', 'sagemaker'], ['kinesis-firehose', 'firehose']])('takes the actions of %s to begin with %s', (service, prefix) => { expect(actionPrefix(service)).toBe(prefix); });

it('knows which claims tell the tenant of an issuer', () => {
  expect(tenancyClaims('token.actions.githubusercontent.com')).toContain('sub');
  expect(tenancyClaims('cognito-identity.amazonaws.com')).toEqual(['aud']);
  expect(tenancyClaims('oidc.eks.eu-west-1.amazonaws.com/id/ABC')).toBeUndefined();
});

it('knows which services tell their source, whatever the Region in their name', () => {
  expect(deputySources('cloudtrail.amazonaws.com')).toEqual({ account: true, arn: true, organization: true });
  expect(deputySources('logs.eu-west-1.amazonaws.com')).toEqual({ account: true, arn: true, organization: true });
  expect(deputySources('somebody.amazonaws.com')).toBeUndefined();
});

it('knows the kinds of keys', () => {
  expect([keyKind('aws:sourceip'), keyKind('aws:currenttime'), keyKind('aws:viaawsservice'), keyKind('aws:principaltag/team')]).toEqual(['ip', 'date', 'bool', undefined]);
  expect([isMultivalued('aws:principalorgpaths'), isMultivalued('aws:principalorgid')]).toEqual([true, false]);
});

it('dates the actions and keeps all tables within 80 KiB', () => {
  expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  const bytes = ['policy/tables', 'items/tables'].flatMap((folder) => readdirSync(folder).map((file) => statSync(`${folder}/${file}`).size)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThanOrEqual(80 * 1024);
});
