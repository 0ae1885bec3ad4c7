import { describe, expect, it } from 'vitest';
import { normalizeItem } from '../../items/normalize.ts';
import { iamRole } from '../../items/iam-role.ts';
import { UnreadableItem } from '../../items/read.ts';
import { parsePolicy } from '../../policy/index.ts';

const document = { Version: '2012-10-17', Statement: [{ Sid: 'Grüße', Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const role = (assumeRolePolicyDocument: unknown) => normalizeItem({
  awsAccountId: '111111111111', awsRegion: 'global', resourceType: 'AWS::IAM::Role', resourceId: 'AROAEXAMPLEEXAMPLE123', resourceName: 'deploy',
  ARN: 'arn:aws:iam::111111111111:role/deploy', configuration: { path: '/', assumeRolePolicyDocument },
});

describe('a policy document is read in every form that Config delivers', () => {
  it.each(Object.entries({
    'URL-encoded JSON text': encodeURIComponent(JSON.stringify(document)),
    'URL-encoded, beginning with a line break': encodeURIComponent(`\n ${JSON.stringify(document, null, 2)}`),
    'JSON text': JSON.stringify(document),
    'an object': document,
  }))('%s', (_, form) => { expect(iamRole(role(form)).trustPolicy).toEqual(parsePolicy(document)); });
});

describe('a policy document that cannot be read is named', () => {
  it.each(Object.entries({
    'none': [undefined, 'AWS::IAM::Role deploy: the item has no `assumeRolePolicyDocument`'],
    'a broken encoding': ['%7B%ZZ', 'AWS::IAM::Role deploy: `assumeRolePolicyDocument` cannot be read: URI malformed'],
    'a number': [7, 'AWS::IAM::Role deploy: `assumeRolePolicyDocument` cannot be read: expected a policy, as text or as an object with Version and Statement, found 7'],
  }))('%s', (_, [form, message]) => {
    expect(() => iamRole(role(form))).toThrow(new UnreadableItem(message as string));
  });
  it('a role without its ARN', () => { expect(() => iamRole({ ...role('{}'), arn: '' })).toThrow(new UnreadableItem('AWS::IAM::Role deploy: the item has no `ARN`')); });
});
