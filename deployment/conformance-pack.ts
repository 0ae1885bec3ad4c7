import type { AnyRemediation } from '../core/remediation.ts';
import type { AnyRule } from '../core/rule.ts';
import { documentName, EVALUATOR, logicalId, roleName } from './names.ts';
import { templateText } from './template-text.ts';

/** IAM's items are recorded in every Region that records global types, so its rules run in one. */
export const GLOBAL_TYPES: ReadonlySet<string> = new Set(['AWS::IAM::Role']);

/** Where a pack is put. AWS Config takes the role of a remediation as a literal ARN only, so the pack's text must know. */
export interface PackPlace { readonly partition: string; readonly account: string; readonly region: string }
/** For a text that is shown, not deployed: the account is one that `validate-pack --deployable` refuses. */
export const placeholder: PackPlace = { partition: 'aws', account: '000000000000', region: 'us-east-1' };

const MODE = 'PlannedRemediationMode';
const EDITION = 'Edition';

/** `evaluator`: the ARN of the function, where the pack is for one account and Region; otherwise the pack finds it by its name in each. */
interface PackForm { readonly remediates?: boolean; readonly evaluator?: string }

/**
 * The pack as CloudFormation text, in the long form of intrinsics. Rules are told which they are by `ruleId`; everything
 * else comes from the definition, since InputParameters hold at most 1,024 characters.
 * `remediates: false` leaves the remediations out and keeps their parameters: CloudFormation refuses a template with a type that it does
 * not have in a Region, whatever its conditions, and it does not have remediations everywhere.
 * https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html
 */
export function conformancePack(rules: readonly AnyRule[], remediations: readonly AnyRemediation[], place: PackPlace, { remediates = true, evaluator }: PackForm = {}): string {
  const started = remediates ? startedByConfig(remediations) : [];
  const pack = {
    Parameters: {
      ...evaluator === undefined ? { EvaluatorFunctionName: { Type: 'String', Default: EVALUATOR, Description: 'Name of the evaluator Lambda function in each account and Region.' } } : {},
      ...passedParameters(remediations),
    },
    Conditions: {
      InHomeRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'HomeRegion' }] },
      HasEdition: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: EDITION }, ''] }] },
      ...Object.assign({}, ...started.map(conditionsOf)) as object,
    },
    Resources: {
      ...Object.fromEntries(rules.map((rule) => [logicalId(rule.id), configRule(rule, evaluator ?? here)])),
      ...Object.fromEntries(started.flatMap((remediation) => remediation.rules.map((rule) => [`${logicalId(rule.id)}Remediation`, configuration(remediation, rule, place)]))),
    },
  };
  return templateText('rules/ and remediations/', pack);
}

/** AWS Config starts the others never: it does not record what they mend. */
const startedByConfig = (remediations: readonly AnyRemediation[]): readonly AnyRemediation[] => remediations.filter(({ start }) => start !== 'direct');

/** Parameters of the pack that a stack which holds it has too, under the same names, and passes on. */
export const passedParameters = (remediations: readonly AnyRemediation[]): Readonly<Record<string, object>> => ({
  HomeRegion: { Type: 'String', Default: 'us-east-1', Description: 'The Region in which the rules about IAM run; AWS Config must record global types there.' },
  ...Object.fromEntries(startedByConfig(remediations).map((remediation) => [logicalId(remediation.id), switchOf(remediation)])),
  [MODE]: {
    Type: 'String', Default: 'Plan', AllowedValues: ['Plan', 'Apply'],
    Description: 'What remediations with a plan do when started from AWS Config. Plan only writes the plan; Apply also applies it if it needs no approval, for AWS Config cannot pass the hash of an approved plan.',
  },
  // For the case that AWS Config does not start evaluations of a pack's rules when it is asked to: a rule that is updated is evaluated.
  [EDITION]: { Type: 'String', Default: '', AllowedPattern: '^[A-Za-z0-9.-]{0,20}$', Description: 'Any text. Another one changes the descriptions of all rules, so that AWS Config evaluates them anew.' },
});

/** Whether any of the remediations that AWS Config can start is switched on, as a condition over the passed parameters. */
export function remediatesCondition(remediations: readonly AnyRemediation[]): object {
  const [first, ...others] = startedByConfig(remediations).map((remediation) => ({ 'Fn::Not': [isSwitch(remediation, 'off')] }));
  // `Fn::Or` takes ten at most.
  return others.reduce<object>((any, one) => ({ 'Fn::Or': [any, one] }), first ?? { 'Fn::Equals': ['on', 'off'] });
}

const isGlobal = (types: readonly string[]): boolean => types.some((type) => GLOBAL_TYPES.has(type));

/** Published packs show no function in this place, so a pack for one account names it literally. */
const here = { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${EvaluatorFunctionName}' };

function configRule(rule: AnyRule, evaluator: unknown): object {
  const messages = rule.trigger === 'periodic'
    ? [{ EventSource: 'aws.config', MessageType: 'ScheduledNotification', MaximumExecutionFrequency: 'TwentyFour_Hours' }]
    // Large items come as the second kind only; without it they would never be evaluated.
    : ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'].map((MessageType) => ({ EventSource: 'aws.config', MessageType }));
  return {
    Type: 'AWS::Config::ConfigRule',
    ...isGlobal(rule.resourceTypes as readonly string[]) ? { Condition: 'InHomeRegion' } : {},
    Properties: {
      ConfigRuleName: rule.id, Description: { 'Fn::If': ['HasEdition', { 'Fn::Sub': `${rule.title} (edition \${${EDITION}})` }, rule.title] },
      ...(rule.trigger === 'change' ? { Scope: { ComplianceResourceTypes: [...rule.resourceTypes as readonly string[]] } } : {}),
      InputParameters: { ruleId: rule.id },
      Source: {
        Owner: 'CUSTOM_LAMBDA',
        SourceIdentifier: evaluator,
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

const isSwitch = ({ id }: AnyRemediation, value: string): object => ({ 'Fn::Equals': [{ Ref: logicalId(id) }, value] });

function conditionsOf(remediation: AnyRemediation): object {
  const on = { 'Fn::Not': [isSwitch(remediation, 'off')] };
  return {
    [isOn(remediation)]: isGlobal([remediation.resourceType]) ? { 'Fn::And': [{ Condition: 'InHomeRegion' }, on] } : on,
    ...remediation.start === 'automatic' ? { [isAutomatic(remediation)]: isSwitch(remediation, 'automatic') } : {},
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
