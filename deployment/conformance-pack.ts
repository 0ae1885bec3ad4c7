import type { AnyRemediation } from '../core/remediation.ts';
import type { AnyRule } from '../core/rule.ts';
import { documentName, logicalId, roleName } from './runbooks.ts';
import { templateText } from './template-text.ts';

/** The evaluator's name in every account and Region; the stack that deploys it uses the same. */
export const EVALUATOR_NAME = 'aws-perimeter-pack-evaluator';
/** IAM's items are recorded in every Region that records global types, so its rules run in one. */
const GLOBAL_TYPES = new Set(['AWS::IAM::Role']);

/** Where a pack is put. AWS Config takes the role of a remediation as a literal ARN only, so the pack's text must know. */
export interface PackPlace { readonly partition: string; readonly account: string; readonly region: string }
/** For a text that is shown, not deployed: the account is one that `validate-pack --deployable` refuses. */
export const placeholder: PackPlace = { partition: 'aws', account: '000000000000', region: 'us-east-1' };

const MODE = 'PlannedRemediationMode';

/**
 * The pack as CloudFormation text, in the long form of intrinsics. Rules are told which they are by `ruleId`; everything
 * else comes from the definition, since InputParameters hold at most 1,024 characters.
 * https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html
 */
export function conformancePack(rules: readonly AnyRule[], remediations: readonly AnyRemediation[], place: PackPlace): string {
  // AWS Config starts the others never: it does not record what they mend.
  const started = remediations.filter(({ start }) => start !== 'direct');
  const pack = {
    Parameters: {
      EvaluatorFunctionName: { Type: 'String', Default: EVALUATOR_NAME, Description: 'Name of the evaluator Lambda function in each account and Region.' },
      HomeRegion: { Type: 'String', Default: 'us-east-1', Description: 'The Region in which the rules about IAM run; AWS Config must record global types there.' },
      ...Object.fromEntries(started.map((remediation) => [logicalId(remediation.id), switchOf(remediation)])),
      [MODE]: {
        Type: 'String', Default: 'Plan', AllowedValues: ['Plan', 'Apply'],
        Description: 'What remediations with a plan do when started from AWS Config. Plan only writes the plan; Apply also applies it if it needs no approval, for AWS Config cannot pass the hash of an approved plan.',
      },
    },
    Conditions: {
      InHomeRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'HomeRegion' }] },
      ...Object.assign({}, ...started.map(conditionsOf)) as object,
    },
    Resources: {
      ...Object.fromEntries(rules.map((rule) => [logicalId(rule.id), configRule(rule)])),
      ...Object.fromEntries(started.flatMap((remediation) => remediation.rules.map((rule) => [`${logicalId(rule.id)}Remediation`, configuration(remediation, rule, place)]))),
    },
  };
  return templateText('rules/ and remediations/', pack);
}

const isGlobal = (types: readonly string[]): boolean => types.some((type) => GLOBAL_TYPES.has(type));

function configRule(rule: AnyRule): object {
  const messages = rule.trigger === 'periodic'
    ? [{ EventSource: 'aws.config', MessageType: 'ScheduledNotification', MaximumExecutionFrequency: 'TwentyFour_Hours' }]
    // Large items come as the second kind only; without it they would never be evaluated.
    : ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'].map((MessageType) => ({ EventSource: 'aws.config', MessageType }));
  return {
    Type: 'AWS::Config::ConfigRule',
    ...isGlobal(rule.resourceTypes as readonly string[]) ? { Condition: 'InHomeRegion' } : {},
    Properties: {
      ConfigRuleName: rule.id, Description: rule.title,
      ...(rule.trigger === 'change' ? { Scope: { ComplianceResourceTypes: [...rule.resourceTypes as readonly string[]] } } : {}),
      InputParameters: { ruleId: rule.id },
      Source: {
        Owner: 'CUSTOM_LAMBDA',
        SourceIdentifier: { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${EvaluatorFunctionName}' },
        SourceDetails: messages,
      },
    },
  };
}

const isOn = ({ id }: AnyRemediation): string => `${logicalId(id)}IsOn`;
const isAutomatic = ({ id }: AnyRemediation): string => `${logicalId(id)}IsAutomatic`;

/** Off unless the administrator says otherwise. */
const switchOf = ({ start, title, risk }: AnyRemediation): object => ({
  Type: 'String', Default: 'off', AllowedValues: ['off', 'manual', ...start === 'automatic' ? ['automatic'] : []],
  Description: `${title}: whether AWS Config offers it${start === 'automatic' ? ', or starts it by itself' : ''}. ${risk}`,
});

function conditionsOf(remediation: AnyRemediation): object {
  const equals = (value: string): object => ({ 'Fn::Equals': [{ Ref: logicalId(remediation.id) }, value] });
  const on = { 'Fn::Not': [equals('off')] };
  return {
    [isOn(remediation)]: isGlobal([remediation.resourceType]) ? { 'Fn::And': [{ Condition: 'InHomeRegion' }, on] } : on,
    ...remediation.start === 'automatic' ? { [isAutomatic(remediation)]: equals('automatic') } : {},
  };
}

function configuration(remediation: AnyRemediation, rule: AnyRule, { partition, account, region }: PackPlace): object {
  const value = (one: unknown): object => ({ StaticValue: { Values: [one] } });
  return {
    Type: 'AWS::Config::RemediationConfiguration', Condition: isOn(remediation), DependsOn: logicalId(rule.id),
    Properties: {
      ConfigRuleName: rule.id, ResourceType: remediation.resourceType,
      // Without TargetVersion, which means the default: versions are counted in each account from its first deployment, so a
      // number would be another text in each account, and an old one after the first update.
      TargetType: 'SSM_DOCUMENT', TargetId: documentName(remediation.id),
      // One resource and not one for each way of starting: a rule has one remediation, so CloudFormation would make the new one in
      // place of the old and then, when it removes the old, take the new one away.
      Automatic: remediation.start === 'automatic' ? { 'Fn::If': [isAutomatic(remediation), true, false] } : false,
      MaximumAutomaticAttempts: 3, RetryAttemptSeconds: 3600,
      ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: 5, ErrorPercentage: 10 } },
      Parameters: {
        AutomationAssumeRole: value(`arn:${partition}:iam::${account}:role/${roleName(remediation.id, region)}`),
        ResourceId: { ResourceValue: { Value: 'RESOURCE_ID' } },
        ...remediation.decidedBy === 'planner' ? { Mode: value({ Ref: MODE }) } : {},
      },
    },
  };
}
