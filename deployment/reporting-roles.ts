import { FORWARDER, PREFIX, STATUS } from './names.ts';
import { functionArn, inAccount, type Role } from './role.ts';

/** What the administrator account looks at in members: whether all is there, whether Config records, and what of the account's quotas is used. */
const looksAt = [
  'config:DescribeConfigRules', 'config:DescribeConfigurationRecorders', 'config:DescribeConfigurationRecorderStatus', 'config:DescribeConformancePackStatus',
  'config:DescribeConformancePacks', 'config:DescribeDeliveryChannels', 'config:GetDiscoveredResourceCounts',
  'iam:GetAccountSummary', 'lambda:GetAccountSettings', 'ssm:ListDocuments',
];

/**
 * For `perimeter deploy status` and `perimeter doctor`; reads only. By the account's root, since the names of its roles are not known here:
 * who may assume it is said by policies in that account. The organization besides, for an account that has left it is a stranger.
 */
export const statusRole = (): Role => ({
  stem: STATUS, heedsExclusion: [],
  description: 'The administrator account assumes this role to see what is deployed and recorded here. It changes nothing.',
  trust: {
    Sid: 'AdministratorAccount', Effect: 'Allow', Principal: { AWS: 'arn:${AWS::Partition}:iam::${AdministratorAccount}:root' }, Action: ['sts:AssumeRole'],
    Condition: { StringEquals: { 'aws:PrincipalOrgID': '${OrganizationId}' } },
  },
  statements: [
    { Sid: 'Read', Effect: 'Allow', Action: looksAt, Resource: ['*'] },
    { Sid: 'ReadCode', Effect: 'Allow', Action: ['lambda:GetFunction'], Resource: [functionArn(`${PREFIX}*`)] },
  ],
});

/**
 * For EventBridge, which sends to a bus of another account or Region as a role only.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
export const forwarderRole = (): Role => ({
  stem: FORWARDER, heedsExclusion: [],
  description: 'Amazon EventBridge sends findings and alarms to the administrator account as this role.',
  trust: {
    Sid: 'EventBridgeOfThisAccount', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: ['sts:AssumeRole'],
    Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' }, ArnLike: { 'aws:SourceArn': inAccount('events', `rule/${PREFIX}forward-*`) } },
  },
  statements: [{ Sid: 'Forward', Effect: 'Allow', Action: ['events:PutEvents'], Resource: ['${FindingsBusArn}'] }],
});
