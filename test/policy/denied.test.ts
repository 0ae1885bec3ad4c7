import { describe, expect, it } from 'vitest';
import { deniedBy } from '../../policy/denied.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { deny, document, mine, foreign, when } from './cases/case.ts';

const isDenied = (one: object, ...by: readonly object[]): boolean => deniedBy(parsePolicy(document(...by)).statements)(parsePolicy(document(one)).statements[0]!);
const ofVpcs = (...vpcs: readonly string[]): object => when(['StringNotEquals', 'aws:SourceVpc', vpcs]);
const ofOrganizations = (operator: string, ...organizations: readonly string[]): object => when([operator, 'aws:ResourceOrgID', organizations]);
const actions = (...Action: readonly string[]): object => ({ Action });
const others = (...NotAction: readonly string[]): object => ({ NotAction });
const on = (...Resource: readonly string[]): object => ({ Resource });

describe('a Deny stops nobody but whom others stop', () => {
  it.each<[string, object, ...object[]]>([
    ['the same', deny(), deny()],
    ['all but some actions, by those but for more, and more', deny(others('iam:*')), deny(others('iam:*', 's3:*')), deny(actions('s3:*'))],
    ['some actions in other letters', deny(actions('s3:Get*', 'S3:PUT*')), deny(actions('S3:get*')), deny(actions('s3:Put*', 's3:List*'))],
    ['a part of what one names', deny(actions('s3:GetObject')), deny(actions('s3:*'))],
    ['a pattern, in parts', deny(actions('s3:Get?')), deny(others('s3:Get*')), deny(actions('s3:G*'))],
    ['what all but some actions hold', deny(actions('s3:GetObject')), deny(others('iam:*'))],
    ['where one asks for less', deny(ofVpcs('vpc-1')), deny()],
    ['where one spares fewer', deny(ofVpcs('vpc-1', 'vpc-2')), deny(ofVpcs('vpc-2'))],
    ['where one names more', deny(ofOrganizations('StringEquals', mine)), deny(ofOrganizations('StringEquals', foreign, mine))],
    ['under the same conditions in another order', deny(ofVpcs('vpc-1', 'vpc-2')), deny(ofVpcs('vpc-2', 'vpc-1'))],
    ['on all resources', deny(on('arn:aws:s3:::data/*')), deny()],
    ['on more resources', deny(on('arn:aws:s3:::data/a', 'arn:aws:s3:::data/b*')), deny(on('arn:aws:s3:::data/*'))],
    ['on all but some, by all', deny({ NotResource: 'arn:aws:s3:::data/*' }), deny()],
    ['on what a variable tells, by the same text', deny(on('arn:aws:s3:::${aws:PrincipalTag/team}/*')), deny(on('arn:aws:s3:::${aws:PrincipalTag/team}/*'))],
    ['for some callers, beside a Deny of others', deny({ Principal: { AWS: '111111111111' } }), deny({ Principal: { AWS: '222222222222' } }), deny({ Principal: { AWS: '111111111111' } })],
  ])('%s', (_, one, ...by) => { expect(isDenied(one, ...by)).toBe(true); });
  it.each<[string, object, ...object[]]>([
    ['nothing denies', deny()],
    ['all actions, by all but one', deny(), deny(others('iam:*'))],
    ['all but some actions, with a gap', deny(others('iam:*')), deny(others('iam:*', 's3:*')), deny(actions('s3:Get*'))],
    ['another action', deny(actions('s3:GetObject')), deny(actions('s3:PutObject'))],
    ['where one asks for more', deny(), deny(ofVpcs('vpc-1'))],
    ['where one spares more', deny(ofVpcs('vpc-1')), deny(ofVpcs('vpc-1', 'vpc-2'))],
    ['where one names fewer', deny(ofOrganizations('StringEquals', mine, foreign)), deny(ofOrganizations('StringEquals', mine))],
    ['where half of the actions are denied of fewer', deny(ofVpcs('vpc-1')), deny(actions('s3:*'), ofVpcs('vpc-1', 'vpc-2')), deny(others('s3:*'), ofVpcs('vpc-1'))],
    ['where a missing key is read otherwise', deny(ofOrganizations('StringEqualsIfExists', mine)), deny(ofOrganizations('StringEquals', mine))],
    ['under another operator', deny(ofOrganizations('StringEquals', 'o-*')), deny(ofOrganizations('StringLike', 'o-*'))],
    ['with another quantifier', deny(when(['ForAllValues:StringEquals', 'aws:TagKeys', 'a'])), deny(when(['ForAnyValue:StringEquals', 'aws:TagKeys', 'a']))],
    ['on another key', deny(when(['StringEquals', 'aws:SourceVpc', 'vpc-1'])), deny(when(['StringEquals', 'aws:SourceVpce', 'vpc-1']))],
    ['where one names no value', deny(ofOrganizations('StringNotEquals', mine)), deny(ofOrganizations('StringNotEquals'))],
    ['on fewer resources', deny(), deny(on('arn:aws:s3:::data/*'))],
    ['on one more', deny(on('arn:aws:s3:::data/a', 'arn:aws:s3:::logs/a')), deny(on('arn:aws:s3:::data/*'))],
    ['on all but some', deny(on('arn:aws:s3:::data/*')), deny({ NotResource: 'arn:aws:s3:::logs/*' })],
    ['on all but some, by the pattern that it spares', deny({ NotResource: 'arn:aws:s3:::data/a' }), deny(on('arn:aws:s3:::data/*'))],
    ['on what a variable tells', deny(on('arn:aws:s3:::data/${aws:PrincipalTag/team}')), deny(on('arn:aws:s3:::data/*'))],
    ['for other callers', deny({ Principal: { AWS: '111111111111' } }), deny({ Principal: { AWS: '222222222222' } })],
  ])('not seen: %s', (_, one, ...by) => { expect(isDenied(one, ...by)).toBe(false); });
});
