import { PREFIX } from '../names.ts';

interface Given {
  /** Stem of the rule's name. */
  readonly name: string;
  readonly description: string;
  /** `EventPattern` or `ScheduleExpression`. */
  readonly when: object;
  /** Logical id of the function. */
  readonly starts: string;
  /** A condition of the template by which the rule works. */
  readonly onlyIf?: string;
}

/** A rule of EventBridge that starts a function, with the permission to; the rule's logical id is `id`. */
export const starter = (id: string, { name, description, when, starts, onlyIf }: Given): Readonly<Record<string, object>> => ({
  [id]: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: `${PREFIX}${name}`, Description: description, ...when, State: onlyIf === undefined ? 'ENABLED' : { 'Fn::If': [onlyIf, 'ENABLED', 'DISABLED'] },
      Targets: [{ Id: 'function', Arn: { 'Fn::GetAtt': [starts, 'Arn'] } }],
    },
  },
  [`${id}Permission`]: {
    Type: 'AWS::Lambda::Permission',
    Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: starts }, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [id, 'Arn'] } },
  },
});

/** Findings of rules of the pack as AWS Config tells them; by prefix, since a pack puts a suffix on the names of its rules. */
export const newFindings = (ruleIds: readonly string[]): object => ({
  source: ['aws.config'], 'detail-type': ['Config Rules Compliance Change'],
  detail: { messageType: ['ComplianceChangeNotification'], configRuleName: ruleIds.map((prefix) => ({ prefix })), newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
});

/** Alarms of the pack that go off. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export const newAlarms: object = { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], detail: { alarmName: [{ prefix: PREFIX }], state: { value: ['ALARM'] } } };
