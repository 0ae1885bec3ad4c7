import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { memberStack, withoutCode } from '../../../deployment/member-stack.ts';
import { exemption } from '../../../entry/doctor/policies/exemption.ts';
import { guardrail, stopsOf, type Level } from '../../../entry/doctor/policies/judgement.ts';
import { neededIn, type Needed, type Setting } from '../../../entry/doctor/policies/requests.ts';
import { memberRoles } from '../../../entry/doctor/policies/roles.ts';
import { remediations } from '../../../remediations/index.ts';
import { rules } from '../../../rules/index.ts';
import { now } from '../../support/perimeter.ts';

const setting: Setting = {
  account: '222222222222', region: 'eu-west-1', partition: 'aws', organization: 'o-4tkekae453', pathOf: () => 'o-4tkekae453/r-ab12/ou-ab12-c3d4e5f6/',
  administrator: { account: '111111111111', arn: 'arn:aws:iam::111111111111:role/Security', homeRegion: 'eu-west-1' }, inVpc: false, rules, remediations, now,
};
const of = (by: string, action: string, where: Setting = setting): Needed => {
  const found = neededIn(where).find((one) => one.by === by && one.request.action === action);
  if (found === undefined) throw new Error(`${by} never asks for ${action}`);
  return found;
};
const update = (where?: Setting): Needed => of('perimeter-attach-lambda-to-vpc', 'lambda:UpdateFunctionConfiguration', where);

const fullAccess = guardrail('p-full', 'FullAWSAccess', JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }));
const policyOf = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const denying = (statement: object, id = 'p-deny'): ReturnType<typeof guardrail> => guardrail(id, 'Deny', policyOf({ Effect: 'Deny', Resource: '*', ...statement }));
const level = (target: string, ...guardrails: Level['guardrails']): Level => ({ target, guardrails, isPartlyRead: false });
/** Each stop as `target id place`, with what it depends on. */
const stops = (needed: Needed, levels: readonly Level[], attached = true): string[] => stopsOf(levels, needed, { attached }).map(({ target, by, dependsOn }) =>
  [target, by === undefined ? 'allows nothing' : `${by.guardrail.id} ${by.at}`, ...dependsOn.length === 0 ? [] : [`if ${dependsOn.join(', ')}`]].join(' '));

describe('an SCP against the role that attaches functions to VPCs', () => {
  const denied = ['ou p-deny /Statement/0'];
  it.each<[title: string, statement: object, expected: readonly string[]]>([
    ['denies the action to all but admins', { Action: 'lambda:UpdateFunctionConfiguration', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } }, denied],
    ['spares the roles of the pack', { Action: 'lambda:UpdateFunctionConfiguration', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/perimeter-*' } } }, []],
    ['denies another action', { Action: 'lambda:DeleteFunction' }, []],
    ['denies all but some actions', { NotAction: ['iam:*', 'lambda:Get*'] }, denied],
    ['denies all but this action', { NotAction: 'lambda:Update*' }, []],
    ['denies other Regions', { Action: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'] } } }, denied],
    ['lets the Region pass', { Action: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } } }, []],
    ['protects functions of another name', { Action: 'lambda:*', Resource: 'arn:aws:lambda:*:*:function:aws-controltower-*' }, []],
    ['denies what is not of the organization', { Action: '*', Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': 'o-4tkekae453' } } }, []],
    ['asks for a tag of the caller', { Action: '*', Condition: { StringNotEquals: { 'aws:PrincipalTag/admin': 'yes' } } }, denied],
    ['asks for a network of yours', { Action: 'lambda:*', Condition: { NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } } }, denied],
    ['asks for a second factor', { Action: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }, denied],
    ['hangs on a tag of the resource', { Action: 'lambda:*', Condition: { StringEquals: { 'aws:ResourceTag/Owner': 'core' } } }, ['ou p-deny /Statement/0 if aws:ResourceTag/Owner']],
    ['hangs on a tag of the resource, and spares the role', { Action: 'lambda:*', Condition: { StringEquals: { 'aws:ResourceTag/Owner': 'core' }, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/perimeter-*' } } }, []],
    ['hangs on a key of the service in a variable', { Action: 'lambda:*', Resource: 'arn:aws:lambda:*:*:function:${aws:userid}' }, ['ou p-deny /Statement/0 if aws:userid']],
    ['names the account in a variable', { Action: 'lambda:*', Resource: 'arn:aws:lambda:*:${aws:PrincipalAccount}:function:*' }, denied],
  ])('%s', (_, statement, expected) => { expect(stops(update(), [level('root', fullAccess), level('ou', fullAccess, denying(statement))])).toEqual(expected); });

  it('is asked of IAM in the one Region that IAM answers from', () => {
    const elsewhere = denying({ Action: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] } } });
    expect({ iam: stops(of('perimeter-confine-iam-role-trust', 'iam:UpdateAssumeRolePolicy'), [level('ou', fullAccess, elsewhere)]), lambda: stops(update(), [level('ou', fullAccess, elsewhere)]) }).toEqual({ iam: [], lambda: denied });
  });
  it('does not know the network of functions in a VPC, but that of runbooks', () => {
    const network = denying({ Action: '*', Condition: { StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } } });
    const inVpc = { ...setting, inVpc: true };
    expect({ planner: stops(of('perimeter-planner', 'ec2:DescribeSubnets', inVpc), [level('ou', fullAccess, network)]), runbook: stops(update(inVpc), [level('ou', fullAccess, network)]) })
      .toEqual({ planner: ['ou p-deny /Statement/0 if aws:SourceVpc'], runbook: denied });
  });
});

describe('levels', () => {
  const reading = guardrail('p-read', 'Reading', policyOf({ Effect: 'Allow', Action: ['*:Get*', '*:Describe*'], Resource: '*' }));
  const lambda = guardrail('p-lambda', 'Lambda', policyOf({ Effect: 'Allow', Action: 'lambda:*', Resource: '*' }));
  const tagged = guardrail('p-tagged', 'Tagged', policyOf({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/open': 'yes' } } }));
  it.each<[title: string, levels: readonly Level[], expected: readonly string[]]>([
    ['each must allow', [level('root', fullAccess), level('ou', reading), level('account', fullAccess)], ['ou allows nothing']],
    ['some policy of it suffices', [level('root', fullAccess), level('ou', reading, lambda)], []],
    ['nothing hangs there', [level('root', fullAccess), level('ou')], ['ou allows nothing']],
    ['an Allow that may hold', [level('ou', tagged)], ['ou allows nothing if aws:ResourceTag/open']],
    ['what could not be read may allow', [{ ...level('ou', reading), isPartlyRead: true }], []],
    ['but a Deny beside it holds', [{ ...level('ou', denying({ Action: 'lambda:*' })), isPartlyRead: true }], ['ou p-deny /Statement/0']],
    ['all that stops is told', [level('root', fullAccess, denying({ Action: 'lambda:*' }, 'p-one')), level('ou', fullAccess, guardrail('p-two', 'Two', policyOf({ Effect: 'Deny', Action: 'lambda:*', Resource: '*' }, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*' })))],
      ['root p-one /Statement/0', 'ou p-two /Statement/0', 'ou p-two /Statement/2']],
  ])('%s', (_, levels, expected) => { expect(stops(update(), levels)).toEqual(expected); });
});

describe('an RCP', () => {
  const rcpFull = guardrail('p-full', 'RCPFullAWSAccess', policyOf({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }));
  const against = (needed: Needed, statement: object): string[] => stops(needed, [level('ou', rcpFull, guardrail('p-rcp', 'Rcp', policyOf({ Effect: 'Deny', Principal: '*', Resource: '*', ...statement })))], false);
  const denied = ['ou p-rcp /Statement/0'];
  const onlyOrganization = { Action: 'sts:AssumeRole', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-4tkekae453' } } };
  const sparingServices = { ...onlyOrganization, Condition: { ...onlyOrganization.Condition, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } };
  const deputies = { Action: ['sts:*', 's3:*'], Condition: { StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-4tkekae453' }, Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' } } };
  it.each<[title: string, needed: Needed, statement: object, expected: readonly string[]]>([
    ['stops Lambda, which is in no organization', of('lambda.amazonaws.com', 'sts:AssumeRole'), onlyOrganization, denied],
    ['spares services', of('lambda.amazonaws.com', 'sts:AssumeRole'), sparingServices, []],
    ...([['spares', 'lambda.amazonaws.com', []], ['stops', 'ssm.amazonaws.com', denied]] as const).map(([does, service, expected]): [string, Needed, object, readonly string[]] =>
      [`${does} ${service} by the list of services`, of(service, 'sts:AssumeRole'), { Action: 'sts:AssumeRole', Condition: { 'ForAllValues:StringNotEquals': { 'aws:PrincipalServiceNamesList': ['lambda.amazonaws.com', 'logs.amazonaws.com'] }, Bool: { 'aws:PrincipalIsAWSService': 'true' } } }, expected]),
    ['lets the administrator account in', of('the administrator account', 'sts:AssumeRole'), onlyOrganization, []],
    ['stops the administrator account by its account', of('the administrator account', 'sts:AssumeRole'), { Action: 'sts:AssumeRole', Condition: { StringNotEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } } }, denied],
    ['holds deputies to the organization: Systems Manager acts for the account', of('ssm.amazonaws.com', 'sts:AssumeRole'), deputies, []],
    ['holds deputies to another organization', of('ssm.amazonaws.com', 'sts:AssumeRole'), JSON.parse(JSON.stringify(deputies).replace('o-4tkekae453', 'o-1111111111')) as object, denied],
    ['holds deputies to another organization: Lambda tells no source', of('lambda.amazonaws.com', 'sts:AssumeRole'), JSON.parse(JSON.stringify(deputies).replace('o-4tkekae453', 'o-1111111111')) as object, []],
    ['keeps members from the definition', of('perimeter-evaluator', 's3:GetObject'), { Action: 's3:GetObject', Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111111111111' } } }, denied],
    ['keeps strangers from the definition', of('perimeter-evaluator', 's3:GetObject'), { Action: 's3:*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-4tkekae453' } } }, []],
    ['asks a person for a second factor, which nobody knows', of('the administrator account', 'sts:AssumeRole'), { Action: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }, ['ou p-rcp /Statement/0 if aws:MultiFactorAuthPresent']],
  ])('%s', (_, needed, statement, expected) => { expect(against(needed, statement)).toEqual(expected); });
});

describe('how to exempt the pack', () => {
  const scp = (statement: object): unknown => exemption(denying(statement), '/Statement/0', [update()], { attached: true });
  const pattern = 'arn:aws:iam::*:role/perimeter-*';
  it.each<[title: string, statement: object, added: unknown]>([
    ['a plain Deny', { Action: '*' }, { ArnNotLike: { 'aws:PrincipalArn': [pattern] } }],
    ['a Deny that spares others by the same test', { Action: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } }, { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/admin', pattern] } }],
    ['a Deny that spares others by another', { Action: '*', Condition: { StringNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/admin' } } }, { ArnNotLike: { 'aws:PrincipalArn': [pattern] } }],
    ['a Deny that may hold', { Action: '*', Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } }, { ArnNotLike: { 'aws:PrincipalArn': [pattern] } }],
  ])('%s', (_, statement, added) => { expect(scp(statement)).toEqual(added); });

  it('spares services as such', () => {
    const rcp = guardrail('p-rcp', 'Rcp', policyOf({ Effect: 'Deny', Principal: '*', Action: 'sts:*', Resource: '*' }));
    expect(exemption(rcp, '/Statement/0', [of('lambda.amazonaws.com', 'sts:AssumeRole')], { attached: false })).toEqual({ BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } });
  });
  it('names the role of StackSets without its random part', () => {
    expect(exemption(denying({ Action: 'iam:CreateRole' }), '/Statement/0', [of('stacksets-exec', 'iam:CreateRole')], { attached: true })).toEqual({ ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/stacksets-exec-*'] } });
  });
});

describe('the roles that are asked about', () => {
  it('are those of the member stack', () => {
    const documents = new Proxy({}, { get: () => '{}' });
    const { Resources } = parse(memberStack(rules, remediations, documents, withoutCode)) as { Resources: Record<string, { Type: string; Properties: { RoleName: { 'Fn::Sub': string } } }> };
    const names = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role').map(({ Properties }) => Properties.RoleName['Fn::Sub'].replace(/^perimeter-|-\$\{AWS::Region\}$/g, ''));
    expect(memberRoles(rules, remediations).map(({ stem }) => stem).sort()).toEqual(names.sort());
  });
  it('leave no pattern or variable in a request', () => {
    const texts = neededIn({ ...setting, account: '111111111111' }).map(({ request }) => JSON.stringify([request.resource, request.principal]));
    expect(texts.filter((text) => /\$\{|[*?]/.test(text))).toEqual([]);
  });
  it('include the publisher in the administrator account only', () => {
    const has = (account: string, region: string): boolean => neededIn({ ...setting, account, region }).some(({ by }) => by === 'perimeter-publisher');
    expect([has('111111111111', 'eu-west-1'), has('111111111111', 'us-east-1'), has('222222222222', 'eu-west-1')]).toEqual([true, false, false]);
  });
});
