import { list, text, wholeNumber } from '../core/parameters.ts';
import type { Clause } from '../core/inside.ts';
import { parsePolicy } from '../policy/index.ts';
import { accountOf } from './account.ts';
import { keeps, refuses, type Place } from './claims.ts';
import { some, type Conditions } from './conditions.ts';
import { quotaOf, scpQuota } from './quotas.ts';
import { CannotWrite, defineTemplate, type Part, type Written } from './template.ts';

interface Protected { readonly sid: string; readonly does: string; readonly actions: readonly string[]; readonly resources: readonly string[] }

/**
 * What is deployed, by the names it has. Rules of an organization's conformance pack are of the service that made them, so its pack is
 * enough. https://docs.aws.amazon.com/config/latest/developerguide/conformance-pack-organization-apis.html
 */
const deployed: readonly Protected[] = [
  { sid: 'Recording', does: 'keeps AWS Config recording', actions: ['config:DeleteConfigurationRecorder', 'config:DeleteDeliveryChannel', 'config:StopConfigurationRecorder'], resources: ['*'] },
  { sid: 'Pack', does: 'keeps the conformance pack', actions: ['config:DeleteConformancePack', 'config:PutConformancePack'], resources: ['arn:aws:config:*:*:conformance-pack/aws-perimeter-pack*/*'] },
  { sid: 'Functions', does: 'keeps the evaluator and its code', actions: ['lambda:AddPermission', 'lambda:DeleteFunction', 'lambda:DeleteFunctionConcurrency', 'lambda:PutFunctionConcurrency', 'lambda:RemovePermission', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'], resources: ['arn:aws:lambda:*:*:function:aws-perimeter-pack-*'] },
  {
    sid: 'Roles', does: 'keeps the roles of the evaluator and the runbooks',
    actions: ['iam:AttachRolePolicy', 'iam:DeleteRole', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:TagRole', 'iam:UntagRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole'],
    resources: ['arn:aws:iam::*:role/aws-perimeter-pack-*', 'arn:aws:iam::*:role/perimeter-*'],
  },
  { sid: 'Runbooks', does: 'keeps the runbooks', actions: ['ssm:DeleteDocument', 'ssm:ModifyDocumentPermission', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'], resources: ['arn:aws:ssm:*:*:document/perimeter-*'] },
];

export const packProtectionScp = defineTemplate({
  kind: 'pack-protection-scp',
  title: 'Only administrators change what this pack deployed, or the tags that exclude from the perimeter',
  hangsOn: 'scp',
  options: {
    administrators: list('ARN patterns of the roles that may, such as `arn:aws:iam::*:role/perimeter-admin`'),
    account: text('an account it hangs on', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R51'],
  references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html'],
  // Who administers no definition says.
  usual: () => [],
  write(perimeter, { administrators, account, quota }): Written {
    if (administrators.length === 0) throw new CannotWrite('`administrators` is missing: ARN patterns of the roles that deploy the pack, such as `arn:aws:iam::*:role/perimeter-admin`; without them nobody could change it');
    const wrong = administrators.find((one) => !/^arn:[a-z0-9-]+:iam::(\d{12}|\*):role\/[^*?][^:]*$/.test(one));
    if (wrong !== undefined) throw new CannotWrite(`\`administrators\`: expected an ARN pattern of a role, such as \`arn:aws:iam::*:role/perimeter-admin\`, found \`${wrong}\``);
    const but: Conditions = { ArnNotLike: { 'aws:PrincipalArn': some(administrators) } };
    const tags = [...new Set([...Object.keys(perimeter.exclusionTags.principal), ...Object.keys(perimeter.exclusionTags.resource)])];
    const exceptions = [`administrators: ${administrators.join(', ')}`];
    const parts: Part[] = [
      ...deployed.map(({ sid, does, actions, resources }) => ({ statement: { Sid: sid, Effect: 'Deny', Action: some(actions), Resource: some(resources), Condition: but }, does, exceptions })),
      // Tags are set by actions of every service, and by sts:TagSession.
      ...tags.length === 0 ? [] : [{ statement: { Sid: 'ExclusionTags', Effect: 'Deny', Action: '*', Resource: '*', Condition: { ...but, 'ForAnyValue:StringEquals': { 'aws:TagKeys': some(tags) } } }, does: `keeps the tags ${tags.join(', ')}, which take principals or resources out of the perimeter`, exceptions }],
    ];
    const place: Place = { kind: 'scp', perimeter, account: accountOf(perimeter, account) };
    return {
      drafts: [{
        name: 'pack-protection-scp', hangsOn: 'scp', parts, quota: quotaOf(scpQuota, quota),
        claims: [
          ...deployed.map(({ does, actions, resources }) => refuses({ ...place, service: actions[0]!.split(':')[0]! }, clause(`others what ${does}`, actions, resources, but))),
          ...tags.length === 0 ? [] : ['iam:TagRole', 'sqs:TagQueue'].map((action) => refuses({ ...place, service: action.split(':')[0]! }, clause('others setting exclusion tags', [action], ['*'], { ...but, 'ForAnyValue:StringEquals': { 'aws:TagKeys': some(tags) } }))),
          ...['config', 'lambda', 'iam', 'ssm'].map((service) => keeps({ ...place, service }, [clause('administrators', [`${service}:*`], ['*'], { ArnLike: { 'aws:PrincipalArn': some(administrators) } })])),
          keeps({ ...place, service: 'lambda' }, [clause('functions of others', ['lambda:UpdateFunctionCode'], ['arn:aws:lambda:*:*:function:app-*'], tags.length === 0 ? {} : { Null: { 'aws:TagKeys': 'true' } })]),
        ],
      }],
      leftOut: [],
    };
  },
});

const clause = (of: string, Action: readonly string[], Resource: readonly string[], Condition: Conditions): Clause => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource, Condition }] }) });
