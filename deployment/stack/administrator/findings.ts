import type { AnyRule } from '../../../core/rule.ts';
import { FINDINGS, FORWARDER, PREFIX } from '../../names.ts';
import { inAccount, type Role } from '../../role.ts';
import { alarm } from '../alarms.ts';
import { roleResource, subAll } from '../role-resource.ts';
import { newAlarms, newFindings } from '../starter.ts';

const topicArn = { Ref: 'FindingsTopic' };
const ruleName = (what: string): string => `${PREFIX}${what}`;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html: a rule of a bus that is not the default bears its name. */
const ruleArn = (what: string): string => inAccount('events', `rule/${FINDINGS}/${ruleName(what)}`);

/** What is told, and in which words: one line, since it becomes the whole text of a mail. */
interface Told { readonly id: string; readonly name: string; readonly description: string; readonly pattern: object; readonly paths: Readonly<Record<string, string>>; readonly line: string }

const told = (rules: readonly AnyRule[]): readonly Told[] => [
  {
    id: 'Findings', name: 'new-findings', description: 'Tells the topic which resources became non-compliant.',
    pattern: newFindings(rules.map(({ id }) => id)),
    paths: {
      account: '$.detail.awsAccountId', region: '$.detail.awsRegion', rule: '$.detail.configRuleName', type: '$.detail.resourceType', resource: '$.detail.resourceId',
      annotation: '$.detail.newEvaluationResult.annotation',
    },
    line: 'Account <account>, Region <region>: <rule> finds <type> <resource> non-compliant: <annotation>',
  },
  {
    id: 'Alarms', name: 'alarms', description: 'Tells the topic of alarms of functions in members.',
    pattern: newAlarms,
    paths: { account: '$.account', region: '$.region', alarm: '$.detail.alarmName', reason: '$.detail.state.reason' },
    line: 'Account <account>, Region <region>: alarm <alarm>: <reason>',
  },
];

/**
 * As a role, whose trust can name the rules: in a topic's policy EventBridge meets no conditions, and in a key's none that name a source.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const notifierRole = (rules: readonly AnyRule[]): Role => ({
  stem: 'notifier', heedsExclusion: [],
  description: 'Amazon EventBridge sends findings and alarms to the topic as this role.',
  trust: {
    Sid: 'RulesOfTheBus', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: ['sts:AssumeRole'],
    Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' }, ArnEquals: { 'aws:SourceArn': told(rules).map(({ name }) => ruleArn(name)) } },
  },
  statements: [
    { Sid: 'Tell', Effect: 'Allow', Action: ['sns:Publish'], Resource: ['${FindingsTopic}'] },
    { Sid: 'Encrypt', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: ['${FindingsKey.Arn}'] },
  ],
});

/** `AlarmActions` of this stack. */
export const tellTopic: readonly object[] = [topicArn];

/** A key of our own: the policy of aws/sns lets neither CloudWatch nor EventBridge use it, and cannot be changed. */
const key = {
  Type: 'AWS::KMS::Key', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete',
  Properties: {
    Description: `Encrypts what waits in the topic ${FINDINGS}.`, EnableKeyRotation: true, PendingWindowInDays: 7,
    KeyPolicy: { Version: '2012-10-17', Statement: subAll([
      { Sid: 'Account', Effect: 'Allow', Principal: { AWS: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' },
      {
        Sid: 'Alarms', Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' } },
      },
    ]) },
  },
};
/** Who may publish beside the role of the bus's rules: alarms of this stack. */
const topicPolicy = {
  Type: 'AWS::SNS::TopicPolicy',
  Properties: { Topics: [topicArn], PolicyDocument: { Version: '2012-10-17', Statement: subAll([
    {
      Sid: 'Alarms', Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: '${FindingsTopic}',
      Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' }, ArnLike: { 'aws:SourceArn': inAccount('cloudwatch', `alarm:${PREFIX}*`) } },
    },
    { Sid: 'OnlyWithTls', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '${FindingsTopic}', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ]) } },
};

/**
 * Members' rules send as their forwarder role. Nobody can forge what is told: only AWS services make events whose source begins with `aws.`
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
const busPolicy = {
  Type: 'AWS::Events::EventBusPolicy',
  Properties: { EventBusName: { Ref: 'FindingsBus' }, StatementId: 'MembersSend', Statement: subAll({
    Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '${FindingsBus.Arn}',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': '${OrganizationId}' }, ArnLike: { 'aws:PrincipalArn': `arn:\${AWS::Partition}:iam::*:role/${PREFIX}${FORWARDER}-*` } },
  }) },
};

/** What members found, and who is told. The template has the parameters `OrganizationId` and `NotifyEmail` and the condition `Notifies`. */
export const findings = (rules: readonly AnyRule[]): Readonly<Record<string, object>> => ({
  FindingsBus: { Type: 'AWS::Events::EventBus', Properties: { Name: FINDINGS } },
  FindingsBusPolicy: busPolicy,
  FindingsKey: key,
  FindingsTopic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: FINDINGS, KmsMasterKeyId: { 'Fn::GetAtt': ['FindingsKey', 'Arn'] } } },
  FindingsTopicPolicy: topicPolicy,
  FindingsSubscription: { Type: 'AWS::SNS::Subscription', Condition: 'Notifies', Properties: { TopicArn: topicArn, Protocol: 'email', Endpoint: { Ref: 'NotifyEmail' } } },
  NotifierRole: roleResource(notifierRole(rules)),
  ...Object.assign({}, ...told(rules).map(({ id, name, description, pattern, paths, line }) => ({
    [`${id}Rule`]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: ruleName(name), Description: description, EventBusName: { Ref: 'FindingsBus' }, EventPattern: pattern,
        Targets: [{
          Id: 'topic', Arn: topicArn, RoleArn: { 'Fn::GetAtt': ['NotifierRole', 'Arn'] },
          InputTransformer: { InputPathsMap: paths, InputTemplate: JSON.stringify(line) },
        }],
      },
    },
    // Told by CloudWatch, which needs no rule and no role: what the rules cannot deliver would be lost without a word.
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    [`${id}Undelivered`]: alarm({
      AlarmName: `${ruleName(name)}-undelivered`, AlarmDescription: `Events that the rule ${ruleName(name)} could not bring to the topic ${FINDINGS}: see what is non-compliant in AWS Config.`,
      Namespace: 'AWS/Events', MetricName: 'FailedInvocations', Dimensions: [{ Name: 'EventBusName', Value: FINDINGS }, { Name: 'RuleName', Value: ruleName(name) }],
    }, { AlarmActions: tellTopic }),
  }))) as Record<string, object>,
});
