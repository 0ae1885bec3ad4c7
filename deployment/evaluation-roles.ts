import type { AnyRule, Needs } from '../core/rule.ts';
import type { RelatedType } from '../items/facts.ts';
import { EVALUATOR, LEDGER, REEVALUATOR, REEVALUATOR_STATE } from './names.ts';
import { inAccount, lambdaTrust, logs, type Role } from './role.ts';

/** What the evaluator asks of a service itself: for types that Config does not record, */
const listed: Readonly<Record<string, string>> = { 'AWS::RedshiftServerless::Workgroup': 'redshift-serverless:ListWorkgroups' };
/** for related resources that a recorder leaves out, */
const related: Readonly<Record<RelatedType, string>> = { 'AWS::EC2::Subnet': 'ec2:DescribeSubnets' };
/** and for what an item may lack. */
const completed: Readonly<Record<string, string>> = { 'AWS::EC2::VPCEndpoint': 'ec2:DescribeVpcEndpoints' };

/** What the rules need of AWS beside the item that an event carries. */
function needsOf(rule: AnyRule): readonly string[] {
  const types = rule.resourceTypes as readonly string[];
  const wanted = Object.values((rule.needs ?? {}) as Needs<unknown>).map(({ type }) => related[type]);
  return [
    ...rule.trigger === 'periodic' ? ['config:GetComplianceDetailsByConfigRule', ...types.map((type) => listingOf(type, rule))] : ['config:GetResourceConfigHistory'],
    ...wanted.length === 0 ? [] : ['config:BatchGetResourceConfig', ...wanted],
    ...types.flatMap((type) => completed[type] ?? []),
  ];
}

function listingOf(type: string, { id }: AnyRule): string {
  const action = listed[type];
  if (action === undefined) throw new Error(`the periodic rule \`${id}\` judges \`${type}\`, and no action is known that lists it`);
  return action;
}

/** Reads, and reports to AWS Config; reports bear a token that Config gave out for one rule, so they name no resource. */
export const evaluatorRole = (rules: readonly AnyRule[]): Role => ({
  stem: 'evaluator', trust: lambdaTrust, heedsExclusion: [],
  description: `The function ${EVALUATOR} runs as this role, which reads resources and reports to AWS Config.`,
  statements: [
    { Sid: 'Read', Effect: 'Allow', Action: [...new Set(rules.flatMap(needsOf))].sort(), Resource: ['*'] },
    { Sid: 'Report', Effect: 'Allow', Action: ['config:PutEvaluations'], Resource: ['*'] },
    logs(EVALUATOR),
  ],
});

/** Has rules evaluated anew, and keeps in one item of the ledger what it saw last. */
export const reevaluatorRole = (): Role => ({
  stem: 'reevaluator', trust: lambdaTrust, heedsExclusion: [],
  description: `The function ${REEVALUATOR} runs as this role, which has AWS Config evaluate the pack's rules anew.`,
  statements: [
    { Sid: 'Read', Effect: 'Allow', Action: ['config:DescribeConfigRules'], Resource: ['*'] },
    { Sid: 'Evaluate', Effect: 'Allow', Action: ['config:StartConfigRulesEvaluation'], Resource: [inAccount('config', 'config-rule/*')] },
    {
      Sid: 'State', Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: [inAccount('dynamodb', `table/${LEDGER}`)],
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [REEVALUATOR_STATE] } },
    },
    logs(REEVALUATOR),
  ],
});
