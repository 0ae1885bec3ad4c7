import type { Simulation } from '../peer.ts';
import { organization, partner, role, type Posed } from './world.ts';

/** An action and a resource of the type it takes: the peer refuses requests that AWS does not know. */
const ordinary: Readonly<Record<string, (account: string) => readonly [action: string, resource: string]>> = {
  s3: () => ['s3:GetObject', 'arn:aws:s3:::acme-data/key'],
  dynamodb: (account) => ['dynamodb:GetItem', `arn:aws:dynamodb:eu-west-1:${account}:table/orders`],
  sqs: (account) => ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${account}:jobs`],
  sns: (account) => ['sns:Publish', `arn:aws:sns:eu-west-1:${account}:alerts`],
  kms: (account) => ['kms:Decrypt', `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`],
  secretsmanager: (account) => ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-west-1:${account}:secret:db-AbCdEf`],
  ssm: (account) => ['ssm:GetParameter', `arn:aws:ssm:eu-west-1:${account}:parameter/app/url`],
  'ecr.api': (account) => ['ecr:BatchGetImage', `arn:aws:ecr:eu-west-1:${account}:repository/app`],
  logs: (account) => ['logs:CreateLogStream', `arn:aws:logs:eu-west-1:${account}:log-group:app`],
  sts: (account) => ['sts:AssumeRole', role(account, 'judged')],
  lambda: (account) => ['lambda:InvokeFunction', `arn:aws:lambda:eu-west-1:${account}:function:worker`],
  'kinesis-streams': (account) => ['kinesis:PutRecord', `arn:aws:kinesis:eu-west-1:${account}:stream/events`],
};
const anything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** One request of a partner's role, as a user of the peer would put it: the policy is the only thing that could stop it. */
export function simulationOf({ kind, text, account, service }: Posed): Simulation {
  const [action, resource] = ordinary[kind === 'trust' ? 'sts' : service ?? 's3']!(account);
  const policy: unknown = JSON.parse(text);
  const caller = role(partner.account, 'collector');
  return {
    request: {
      principal: caller, action, resource: { resource, accountId: account },
      contextVariables: { 'aws:PrincipalArn': caller, 'aws:PrincipalAccount': partner.account, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': organization, 'aws:ResourceAccount': account, 'aws:SecureTransport': 'true', 'aws:PrincipalIsAWSService': 'false' },
    },
    identityPolicies: [{ name: 'anything', policy: anything }], serviceControlPolicies: [], resourceControlPolicies: [],
    ...(kind === 'vpc-endpoint'
      ? { vpcEndpointPolicies: [{ name: 'judged', policy }], resourcePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] } }
      : { resourcePolicy: policy }),
  };
}
