import { list, text, wholeNumber } from '../core/parameters.ts';
import type { Clause } from '../core/inside.ts';
import { parsePolicy } from '../policy/index.ts';
import { accountOf } from './account.ts';
import { keeps, refuses, type Place } from './claims.ts';
import { some, type Conditions } from './conditions.ts';
import { quotaOf, scpQuota } from './quotas.ts';
import { CannotWrite, defineTemplate, type Part, type Written } from './template.ts';

interface Protected {
  readonly sid: string;
  readonly does: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whether roles of the pack may as well, as their own policies say. */
  readonly byPack?: true;
}

/**
 * StackSets with service-managed permissions change stacks as this role of each account. Service-linked roles, as which AWS Config makes
 * rules and StackSets make this role, are bound by no SCP.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/CloudFormationStackSetsOrgAdminServiceRolePolicy.html
 */
const STACK_SETS = 'arn:*:iam::*:role/stacksets-exec-*';
const OWN_ROLES = 'arn:*:iam::*:role/perimeter-*';

/**
 * What is deployed, by the names it has. Rules of a conformance pack are of the service that made them, so the pack is enough.
 * https://docs.aws.amazon.com/config/latest/developerguide/conformance-pack-organization-apis.html
 */
const deployed = (administrators: readonly string[]): readonly Protected[] => [
  // A recorder that leaves a type out makes all of its resources not applicable.
  { sid: 'Recording', does: 'keeps AWS Config recording', actions: ['config:DeleteConfigurationRecorder', 'config:DeleteDeliveryChannel', 'config:PutConfigurationRecorder', 'config:StopConfigurationRecorder'], resources: ['*'] },
  { sid: 'Pack', does: 'keeps the conformance pack', actions: ['config:DeleteConformancePack', 'config:PutConformancePack'], resources: ['arn:*:config:*:*:conformance-pack/perimeter/*', 'arn:*:config:*:*:conformance-pack/OrgConformsPack-perimeter-*'] },
  { sid: 'Functions', does: 'keeps the functions and their code', actions: ['lambda:AddPermission', 'lambda:Delete*', 'lambda:Put*', 'lambda:RemovePermission', 'lambda:Update*'], resources: ['arn:*:lambda:*:*:function:perimeter-*'] },
  {
    // Those of administrators too: whoever could make a role of such a name would be one.
    sid: 'Roles', does: 'keeps the roles of the pack and of its administrators',
    actions: ['iam:Attach*', 'iam:Create*', 'iam:Delete*', 'iam:Detach*', 'iam:Put*', 'iam:Tag*', 'iam:Untag*', 'iam:Update*'], resources: [OWN_ROLES, ...administrators],
  },
  {
    // Those of runbooks stay, since people start runbooks.
    sid: 'RolesOfFunctions', does: 'keeps the roles of the functions to those functions',
    actions: ['iam:PassRole'], resources: ['evaluator', 'forwarder', 'planner', 'publisher', 'reevaluator', 'writer'].map((stem) => `arn:*:iam::*:role/perimeter-${stem}-*`),
  },
  {
    sid: 'Runbooks', does: 'keeps the runbooks, and the definition where a parameter holds it',
    actions: ['ssm:DeleteDocument', 'ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:ModifyDocumentPermission', 'ssm:PutParameter', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'],
    resources: ['arn:*:ssm:*:*:document/perimeter-*', 'arn:*:ssm:*:*:parameter/perimeter/*'],
  },
  {
    sid: 'Ledger', does: 'keeps the ledger to the runbooks and functions', byPack: true,
    actions: ['dynamodb:BatchWriteItem', 'dynamodb:Delete*', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:Put*', 'dynamodb:Update*'], resources: ['arn:*:dynamodb:*:*:table/perimeter-ledger'],
  },
  {
    sid: 'Logs', does: 'keeps the logs of the functions',
    actions: ['logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:DeleteRetentionPolicy', 'logs:PutRetentionPolicy'], resources: ['arn:*:logs:*:*:log-group:/aws/lambda/perimeter-*'],
  },
  {
    sid: 'Events', does: 'keeps the rules that start the functions and forward findings',
    actions: ['events:DeleteRule', 'events:DisableRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'], resources: ['arn:*:events:*:*:rule/perimeter-*'],
  },
  {
    sid: 'Alarms', does: 'keeps the alarms on the functions',
    actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions', 'cloudwatch:PutMetricAlarm', 'cloudwatch:SetAlarmState'], resources: ['arn:*:cloudwatch:*:*:alarm:perimeter-*'],
  },
  {
    sid: 'Stacks', does: 'keeps the stacks',
    actions: ['CancelUpdateStack', 'ContinueUpdateRollback', 'CreateChangeSet', 'DeleteStack', 'ExecuteChangeSet', 'RollbackStack', 'SetStackPolicy', 'UpdateStack', 'UpdateTerminationProtection'].map((action) => `cloudformation:${action}`),
    resources: ['arn:*:cloudformation:*:*:stack/StackSet-perimeter-*/*', 'arn:*:cloudformation:*:*:stack/perimeter-*/*'],
  },
];

export const packProtectionScp = defineTemplate({
  kind: 'pack-protection-scp',
  title: 'Only administrators change what this pack deployed, or the tags that exclude from the perimeter',
  hangsOn: 'scp',
  options: {
    administrators: list('ARN patterns of the roles that may, beside the one of CloudFormation StackSets; such as `arn:aws:iam::*:role/perimeter-admin`'),
    account: text('an account it hangs on', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R51'],
  references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html'],
  usual: () => [{}],
  write(perimeter, { administrators: others, account, quota }): Written {
    const wrong = others.find((one) => !/^arn:(?:\*|[a-z0-9-]+):iam::(\d{12}|\*):role\/[^*?][^:]*$/.test(one));
    if (wrong !== undefined) throw new CannotWrite(`\`administrators\`: expected an ARN pattern of a role, such as \`arn:aws:iam::*:role/perimeter-admin\`, found \`${wrong}\``);
    const administrators = [...new Set([STACK_SETS, ...others])];
    const but = (byPack?: true): Conditions => ({ ArnNotLike: { 'aws:PrincipalArn': some([...administrators, ...byPack ? [OWN_ROLES] : []]) } });
    const tags = [...new Set([...Object.keys(perimeter.exclusionTags.principal), ...Object.keys(perimeter.exclusionTags.resource)])];
    const exceptions = [`administrators: ${administrators.join(', ')}`];
    const all = deployed(administrators);
    const parts: Part[] = [
      ...all.map(({ sid, does, actions, resources, byPack }) => ({
        statement: { Sid: sid, Effect: 'Deny', Action: some(actions), Resource: some(resources), Condition: but(byPack) }, does, exceptions: [...exceptions, ...byPack ? [`roles of the pack: ${OWN_ROLES}`] : []],
      })),
      // Tags are set by actions of every service, and by sts:TagSession.
      ...tags.length === 0 ? [] : [{ statement: { Sid: 'ExclusionTags', Effect: 'Deny', Action: '*', Resource: '*', Condition: { ...but(), 'ForAnyValue:StringEquals': { 'aws:TagKeys': some(tags) } } }, does: `keeps the tags ${tags.join(', ')}, which take principals or resources out of the perimeter`, exceptions }],
    ];
    const place: Place = { kind: 'scp', perimeter, account: accountOf(perimeter, account) };
    const services = [...new Set(all.flatMap(({ actions }) => actions.map(serviceOf)))];
    return {
      drafts: [{
        name: 'pack-protection-scp', hangsOn: 'scp', parts, quota: quotaOf(scpQuota, quota),
        claims: [
          ...all.map(({ does, actions, resources, byPack }) => refuses({ ...place, service: serviceOf(actions[0]!) }, clause(`others what ${does}`, actions, resources, but(byPack)))),
          ...tags.length === 0 ? [] : ['iam:TagRole', 'sqs:TagQueue'].map((action) => refuses({ ...place, service: serviceOf(action) }, clause('others setting exclusion tags', [action], ['*'], { ...but(), 'ForAnyValue:StringEquals': { 'aws:TagKeys': some(tags) } }))),
          ...services.map((service) => keeps({ ...place, service }, [clause('administrators', [`${service}:*`], ['*'], { ArnLike: { 'aws:PrincipalArn': some(administrators) } })])),
          keeps({ ...place, service: 'dynamodb' }, [clause('runbooks and functions', ['dynamodb:PutItem', 'dynamodb:UpdateItem'], ['arn:aws:dynamodb:*:*:table/perimeter-ledger'], { ArnLike: { 'aws:PrincipalArn': OWN_ROLES }, ...untagged(tags) })]),
          keeps({ ...place, service: 'lambda' }, [clause('functions of others', ['lambda:UpdateFunctionCode'], ['arn:aws:lambda:*:*:function:app-*'], untagged(tags))]),
        ],
      }],
      leftOut: others.length > 0 ? [] : ['who administers the pack beside CloudFormation StackSets, which no definition says: before it hangs on the administrator account, or where AWS Control Tower sets up the recorder, pass `administrators`'],
    };
  },
});

const serviceOf = (action: string): string => action.split(':')[0]!;
const untagged = (tags: readonly string[]): Conditions => tags.length === 0 ? {} : { Null: { 'aws:TagKeys': 'true' } };
const clause = (of: string, Action: readonly string[], Resource: readonly string[], Condition: Conditions): Clause => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource, Condition }] }) });
