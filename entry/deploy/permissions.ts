import { ADMINISTRATOR_STACK, BUCKET_STACK, DEFINITION_PARAMETER, MANAGEMENT_STACK, MEMBER_STACK, ORGANIZATION_PACK_STACK, PREFIX, STATUS } from '../../deployment/names.ts';

/** What a person wants to do, and to what. */
export type Task = 'preview' | 'apply' | 'status' | 'destroy';
export type PlaceKind = 'account' | 'organization' | 'management';

/** Calls of one kind, with the resources they name and who makes them when. */
export interface Grant { readonly actions: readonly string[]; readonly resources: readonly string[]; readonly tasks: readonly Task[]; readonly places: readonly PlaceKind[] }

const all: readonly Task[] = ['preview', 'apply', 'status', 'destroy'];
const everywhere: readonly PlaceKind[] = ['account', 'organization', 'management'];
const inOrganization: readonly PlaceKind[] = ['organization'];

const stackArns = [BUCKET_STACK, ADMINISTRATOR_STACK, MEMBER_STACK, MANAGEMENT_STACK, ORGANIZATION_PACK_STACK].map((name) => `arn:\${partition}:cloudformation:*:*:stack/${name}/*`);
// StackSets of an organization are of its management account, whoever administers them.
const stackSetArns = [`arn:\${partition}:cloudformation:*:*:stackset/${MEMBER_STACK}:*`, 'arn:${partition}:cloudformation:*:*:stackset-target/*', 'arn:${partition}:cloudformation:*::type/resource/*'];
const bucketArn = `arn:\${partition}:s3:::${PREFIX}*`;
const anything = ['*'];

/** Every call that `perimeter deploy` makes as its caller. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export const grants: readonly Grant[] = [
  { actions: ['organizations:DescribeOrganization'], resources: anything, tasks: all, places: ['organization', 'management'] },
  { actions: ['organizations:ListAccounts', 'organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent', 'organizations:ListRoots'], resources: anything, tasks: all, places: inOrganization },
  // CloudFormation looks the delegation up as the caller.
  { actions: ['organizations:ListDelegatedAdministrators'], resources: anything, tasks: all, places: ['organization', 'management'] },
  { actions: ['organizations:ListAWSServiceAccessForOrganization', 'cloudformation:DescribeOrganizationsAccess'], resources: anything, tasks: ['preview', 'apply'], places: inOrganization },
  { actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'], resources: stackArns, tasks: ['preview', 'apply', 'status'], places: everywhere },
  { actions: ['cloudformation:CreateChangeSet', 'cloudformation:DescribeChangeSet', 'cloudformation:DeleteChangeSet'], resources: stackArns, tasks: ['preview', 'apply'], places: everywhere },
  { actions: ['cloudformation:ExecuteChangeSet', 'cloudformation:DescribeStackEvents', 'cloudformation:DeleteStack', 'cloudformation:TagResource'], resources: stackArns, tasks: ['apply'], places: everywhere },
  { actions: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackEvents', 'cloudformation:DeleteStack'], resources: stackArns, tasks: ['destroy'], places: everywhere },
  { actions: ['cloudformation:DescribeStackSet', 'cloudformation:ListStackInstances'], resources: stackSetArns, tasks: all, places: inOrganization },
  { actions: ['cloudformation:CreateStackSet', 'cloudformation:UpdateStackSet', 'cloudformation:CreateStackInstances', 'cloudformation:UpdateStackInstances', 'cloudformation:TagResource'], resources: stackSetArns, tasks: ['apply'], places: inOrganization },
  { actions: ['cloudformation:DeleteStackInstances', 'cloudformation:DescribeStackSetOperation', 'cloudformation:ListStackSetOperations', 'cloudformation:ListStackSetOperationResults'], resources: stackSetArns, tasks: ['apply', 'destroy'], places: inOrganization },
  { actions: ['cloudformation:DeleteStackSet'], resources: stackSetArns, tasks: ['destroy'], places: inOrganization },
  // For the estimate of what it costs.
  { actions: ['config:GetAggregateDiscoveredResourceCounts'], resources: anything, tasks: ['preview'], places: inOrganization },
  { actions: ['config:GetDiscoveredResourceCounts'], resources: anything, tasks: ['preview'], places: ['account', 'management'] },
  { actions: ['servicequotas:ListServiceQuotas'], resources: anything, tasks: ['preview', 'apply'], places: inOrganization },
  { actions: ['s3:ListBucket'], resources: [bucketArn], tasks: ['preview', 'apply', 'destroy'], places: ['account', 'organization'] },
  { actions: ['s3:GetObject'], resources: [`${bucketArn}/*`], tasks: ['preview', 'apply'], places: everywhere },
  { actions: ['s3:PutObject'], resources: [`${bucketArn}/*`], tasks: ['apply'], places: ['account', 'organization'] },
  { actions: ['s3:ListBucketVersions', 's3:DeleteBucket'], resources: [bucketArn], tasks: ['destroy'], places: ['account', 'organization'] },
  { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resources: [`${bucketArn}/*`], tasks: ['destroy'], places: ['account', 'organization'] },
  { actions: ['ssm:GetParameter'], resources: [`arn:\${partition}:ssm:*:*:parameter${DEFINITION_PARAMETER}`], tasks: ['preview', 'apply'], places: ['account'] },
  { actions: ['ssm:PutParameter'], resources: [`arn:\${partition}:ssm:*:*:parameter${DEFINITION_PARAMETER}`], tasks: ['apply'], places: ['account'] },
  { actions: ['ssm:DeleteParameter'], resources: [`arn:\${partition}:ssm:*:*:parameter${DEFINITION_PARAMETER}`], tasks: ['destroy'], places: ['account'] },
  { actions: ['sts:AssumeRole'], resources: [`arn:\${partition}:iam::*:role/${PREFIX}${STATUS}-*`], tasks: ['status'], places: inOrganization },
  // In the caller's own account, which it does not become a role in.
  { actions: ['config:DescribeConfigurationRecorders', 'config:DescribeConfigurationRecorderStatus'], resources: anything, tasks: ['status'], places: everywhere },
  { actions: ['lambda:GetFunction'], resources: [`arn:\${partition}:lambda:*:*:function:${PREFIX}*`], tasks: ['status'], places: everywhere },
];

interface Statement { readonly Sid: string; readonly Effect: 'Allow'; readonly Action: readonly string[]; readonly Resource: readonly string[]; readonly Condition?: object }

/** The least that somebody needs for tasks at a place, as an IAM policy. */
export function policyFor(tasks: readonly Task[], place: PlaceKind, partition: string, throughCloudFormation: readonly ServiceGrant[]): { readonly Version: '2012-10-17'; readonly Statement: readonly Statement[] } {
  const wanted = grants.filter((grant) => grant.places.includes(place) && grant.tasks.some((task) => tasks.includes(task)));
  const changes = tasks.includes('apply') || tasks.includes('destroy');
  const service = changes ? throughCloudFormation.filter(({ places }) => places.includes(place)) : [];
  const render = (resources: readonly string[]): readonly string[] => resources.map((one) => one.replaceAll('${partition}', partition));
  return {
    Version: '2012-10-17',
    Statement: [
      ...merged(wanted).map(({ actions, resources }, index) => ({ Sid: `Deploy${index + 1}`, Effect: 'Allow' as const, Action: actions, Resource: render(resources) })),
      ...service.map(({ sid, actions, resources }) => ({
        Sid: `Stacks${sid}`, Effect: 'Allow' as const, Action: actions, Resource: render(resources),
        // CloudFormation makes what a stack holds as the caller.
        Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } },
      })),
    ],
  };
}

/** What CloudFormation does as the caller for resources of types that a stack holds. */
export interface ServiceGrant { readonly sid: string; readonly types: readonly string[]; readonly actions: readonly string[]; readonly resources: readonly string[]; readonly places: readonly PlaceKind[] }

/** Those with the same resources as one. */
function merged(some: readonly Grant[]): readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[] {
  const byResources = new Map<string, { actions: Set<string>; resources: readonly string[] }>();
  for (const { actions, resources } of some) {
    const known = byResources.get(resources.join()) ?? { actions: new Set<string>(), resources };
    for (const action of actions) known.actions.add(action);
    byResources.set(resources.join(), known);
  }
  return [...byResources.values()].map(({ actions, resources }) => ({ actions: [...actions].sort(), resources }));
}
