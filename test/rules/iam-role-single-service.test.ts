import { iamRoleSingleService } from '../../rules/iam-role-single-service.ts';
import { iamRole, policy } from '../support/items.ts';
import { testRule } from '../support/test-rule.ts';

const trust = (...services: string[]) => ({ Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' });
const finding = (statement: number, count: number, names: string) => ({
  at: `/assumeRolePolicyDocument/Statement/${statement}`,
  message: `${count} AWS services can assume this role (${names}), each with the rights meant for the others`,
  severity: 'low',
} as const);

testRule(iamRoleSingleService, {
  compliant: {
    'one service': { item: iamRole(policy(trust('lambda.amazonaws.com'))) },
    'no service at all': { item: iamRole(policy({ Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'sts:AssumeRole' })) },
    'one service under two Region labels': { item: iamRole(policy(trust('states.eu-west-1.amazonaws.com', 'states.us-gov-west-1.amazonaws.com', 'states.amazonaws.com'))) },
    'one service in two partitions': { item: iamRole(policy(trust('ec2.amazonaws.com', 'ec2.amazonaws.com.cn'))) },
    'two parts of one service': { item: iamRole(policy(trust('rds.amazonaws.com'), trust('monitoring.rds.amazonaws.com'))) },
    'one service twice': { item: iamRole(policy(trust('ec2.amazonaws.com'), trust('EC2.amazonaws.com'))) },
    'lambda and Lambda@Edge, allowed by default': { item: iamRole(policy(trust('lambda.amazonaws.com', 'edgelambda.amazonaws.com'))) },
    'codebuild and codepipeline, allowed by default': { item: iamRole(policy(trust('codepipeline.amazonaws.com'), trust('codebuild.amazonaws.com'))) },
    'three services that a parameter joins': {
      item: iamRole(policy(trust('ec2.amazonaws.com', 'ssm.amazonaws.com', 'ecs-tasks.amazonaws.com'))), parameters: { allowedPairs: ['ec2+ecs-tasks+ssm'] },
    },
    'a second service that is only denied': { item: iamRole(policy(trust('ec2.amazonaws.com'), { ...trust('ssm.amazonaws.com'), Effect: 'Deny' })) },
  },
  nonCompliant: {
    'two services in one statement': {
      item: iamRole(policy(trust('lambda.amazonaws.com', 'ec2.amazonaws.com'))), findings: [finding(0, 2, '`ec2`, `lambda`')],
    },
    'a second service in another statement': {
      item: iamRole(policy(trust('lambda.amazonaws.com'), { Effect: 'Deny', Principal: '*', Action: 'sts:TagSession' }, trust('glue.amazonaws.com'))),
      findings: [finding(2, 2, '`glue`, `lambda`')],
    },
    'an allowed pair and a third': {
      item: iamRole(policy(trust('lambda.amazonaws.com', 'edgelambda.amazonaws.com', 'ec2.amazonaws.com'))),
      findings: [finding(0, 3, '`ec2`, `edgelambda`, `lambda`')],
    },
    'a default pair where a parameter replaces the defaults': {
      item: iamRole(policy(trust('lambda.amazonaws.com', 'edgelambda.amazonaws.com'))), parameters: { allowedPairs: 'ec2+ssm' },
      findings: [finding(0, 2, '`edgelambda`, `lambda`')],
    },
    'every service': {
      item: iamRole(policy(trust('*'))),
      findings: [{
        at: '/assumeRolePolicyDocument/Statement/0',
        message: 'every AWS service can assume this role, each with the rights meant for the others', severity: 'low',
      }],
    },
  },
  undecided: {
    'a trust policy that is no policy': {
      item: iamRole('{"Version":"2012-10-17"}'),
      because: 'AWS::IAM::Role deploy: `assumeRolePolicyDocument` cannot be read: has no Statement',
    },
  },
  notApplicable: {
    'a service-linked role': {
      item: iamRole(policy(trust('ops.apigateway.amazonaws.com', 'lambda.amazonaws.com')), { name: 'AWSServiceRoleForAPIGateway', path: '/aws-service-role/ops.apigateway.amazonaws.com/' }),
      because: 'AWS keeps the trust policies of roles under `/aws-service-role/ops.apigateway.amazonaws.com/`',
    },
  },
});
