import type { AnyRemediation } from '../../../core/remediation.ts';
import type { AnyRule } from '../../../core/rule.ts';
import { bucketName, DEFINITION_KEY, EVALUATOR, FINDINGS, PLANNER, REEVALUATOR, roleName } from '../../../deployment/names.ts';
import type { Role } from '../../../deployment/role.ts';
import { publisherRole } from '../../../deployment/stack/administrator/publisher.ts';
import type { Request } from '../../../policy/index.ts';
import { homes } from '../../../policy/tables/example-arns.ts';
import { isAbsentOfPerson, isAbsentOfRole, isAbsentOfService } from './keys.ts';
import { memberRoles } from './roles.ts';

/** One request that must get through for the pack to work. */
export interface Needed {
  /** Who makes it, without account and Region: `perimeter-planner`. */
  readonly by: string;
  readonly request: Request;
  /** Whose SCPs bind the caller; `undefined`: an AWS service, which SCPs do not bind. */
  readonly callerAccount: string | undefined;
  /** Whose RCPs bind the resource. */
  readonly ownerAccount: string;
  /** Whether the request is known to lack a key that it does not carry; in lower case. */
  readonly isAbsent: (key: string) => boolean;
}

/** Where requests are made, and by whom. */
export interface Setting {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly organization: string;
  /** Organization path of an account, such as `o-4tkekae453/r-ab12/ou-ab12-c3d4e5f6/`. */
  readonly pathOf: (account: string) => string;
  readonly administrator: { readonly account: string; readonly arn: string; readonly homeRegion: string };
  readonly inVpc: boolean;
  readonly rules: readonly AnyRule[];
  readonly remediations: readonly AnyRemediation[];
  readonly now: number;
}

/** IAM answers from one Region of each partition, whatever the caller's. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion */

/** An address from which functions outside of VPCs and Systems Manager call; nobody lists it as a network of his. */
const ADDRESS_OF_AWS = '52.94.5.10';
/** Stands for whatever name a resource has. */
const ANY_NAME = 'example';

/** What StackSets do in an account when they make the member stack. */
const deployment: readonly (readonly [action: string, resource: string])[] = [
  ['cloudwatch:PutMetricAlarm', 'arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:perimeter-evaluator-errors'],
  ['config:PutConformancePack', 'arn:${AWS::Partition}:config:${AWS::Region}:${AWS::AccountId}:conformance-pack/perimeter/*'],
  ['dynamodb:CreateTable', 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/perimeter-ledger'],
  ['events:PutRule', 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/perimeter-reevaluate'],
  ['events:PutTargets', 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/perimeter-reevaluate'],
  ['iam:CreateRole', 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/perimeter-evaluator-${AWS::Region}'],
  ['iam:PassRole', 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/perimeter-evaluator-${AWS::Region}'],
  ['iam:PutRolePolicy', 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/perimeter-evaluator-${AWS::Region}'],
  ['lambda:AddPermission', 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:perimeter-evaluator'],
  ['lambda:CreateFunction', 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:perimeter-evaluator'],
  ['lambda:UpdateFunctionCode', 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:perimeter-evaluator'],
  ['logs:CreateLogGroup', 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/perimeter-evaluator'],
  ['logs:PutRetentionPolicy', 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/perimeter-evaluator'],
  ['ssm:CreateDocument', 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:document/perimeter-example'],
];
/** The name ends in 32 hexadecimal digits. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html */
const EXECUTION_ROLE = 'stacksets-exec-';

/** All that the pack does in an account and Region: each action of each role once for each kind of resource, and what must assume the roles. */
export function neededIn(setting: Setting): readonly Needed[] {
  const { account, region, partition, administrator, inVpc } = setting;
  const isAdministration = account === administrator.account && region === administrator.homeRegion;
  const roles = [...memberRoles(setting.rules, setting.remediations), ...isAdministration ? [publisherRole()] : []];
  const fill = filler(setting);
  const role = (name: string): string => `arn:${partition}:iam::${account}:role/${name}`;
  const bucket = `arn:${partition}:s3:::${bucketName(administrator.account, administrator.homeRegion)}/${DEFINITION_KEY}`;
  const readers = [EVALUATOR, PLANNER, REEVALUATOR];

  const byRole = (by: string, name: string, action: string, resource: string, isInVpc: boolean, owner = account): Needed => ({
    by, callerAccount: account, ownerAccount: owner, isAbsent: isAbsentOfRole(isInVpc),
    request: {
      principal: { kind: 'role', account, arn: role(name) }, action, ...resource === '*' ? {} : { resource },
      context: {
        ...ofPrincipal(setting, account, role(name)), ...ofResource(setting, owner), ...common(setting, action),
        'aws:MultiFactorAuthPresent': 'false', ...isInVpc ? {} : { 'aws:SourceIp': ADDRESS_OF_AWS },
      },
    },
  });
  const assumed = ({ stem, trust }: Role): readonly Needed[] => {
    const resource = role(roleName(stem, region));
    const base = { ownerAccount: account } as const;
    if ('AWS' in trust.Principal) {
      const { arn, account: from } = administrator;
      return [{
        ...base, by: 'the administrator account', callerAccount: from, isAbsent: isAbsentOfPerson,
        request: { principal: { kind: 'role', account: from, arn }, action: 'sts:AssumeRole', resource, context: { ...ofPrincipal(setting, from, arn), ...ofResource(setting, account), ...common(setting, 'sts:AssumeRole') } },
      }];
    }
    const service = trust.Principal.Service;
    // Lambda tells no source when it assumes a role; the others act for something in the account.
    const source = service.startsWith('lambda.') ? {} : { 'aws:SourceAccount': account, 'aws:SourceOrgID': setting.organization, 'aws:SourceOrgPaths': [setting.pathOf(account)] };
    return [{
      ...base, by: service, callerAccount: undefined, isAbsent: (key) => isAbsentOfService(key) || (service.startsWith('lambda.') && key.startsWith('aws:source')),
      request: {
        principal: { kind: 'service', name: service }, action: 'sts:AssumeRole', resource,
        context: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': service, 'aws:PrincipalServiceNamesList': [service], 'aws:ViaAWSService': 'false', 'aws:PrincipalType': 'AWSService', ...source, ...ofResource(setting, account), ...common(setting, 'sts:AssumeRole') },
      },
    }];
  };

  return [
    ...roles.flatMap((one) => [
      ...one.statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action, Resource }) => Action.flatMap((action) => Resource.map((resource) =>
        byRole(`perimeter-${one.stem}`, roleName(one.stem, region), action, fill(resource), inVpc && isFunction(one))))),
      ...assumed(one),
    ]),
    ...readers.map((name) => byRole(name, `${name}-${region}`, 's3:GetObject', bucket, inVpc, administrator.account)),
    ...deployment.map(([action, resource]) => byRole(EXECUTION_ROLE.slice(0, -1), `${EXECUTION_ROLE}0123456789abcdef0123456789abcdef`, action, fill(resource), false)),
  ];
}

/** Whether the role is a function's, which alone can be in a VPC of yours. */
const isFunction = ({ trust }: Role): boolean => 'Service' in trust.Principal && trust.Principal.Service === 'lambda.amazonaws.com';

const filler = ({ account, region, partition, administrator }: Setting) => (resource: string): string => resource
  .replaceAll('${AWS::Partition}', partition).replaceAll('${AWS::Region}', region).replaceAll('${AWS::AccountId}', account)
  .replaceAll('${FindingsBusArn}', `arn:${partition}:events:${administrator.homeRegion}:${administrator.account}:event-bus/${FINDINGS}`)
  .replaceAll(/(?<!^)\*/g, ANY_NAME);

type Context = Record<string, string | readonly string[]>;
const ofPrincipal = ({ organization, pathOf }: Setting, account: string, arn: string): Context => ({
  'aws:PrincipalArn': arn, 'aws:PrincipalAccount': account, 'aws:PrincipalOrgID': organization, 'aws:PrincipalOrgPaths': [pathOf(account)], 'aws:PrincipalType': 'AssumedRole',
  'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false',
});
const ofResource = ({ organization, pathOf }: Setting, owner: string): Context => ({ 'aws:ResourceAccount': owner, 'aws:ResourceOrgID': organization, 'aws:ResourceOrgPaths': [pathOf(owner)] });
const common = ({ region, partition, now }: Setting, action: string): Context => ({
  'aws:RequestedRegion': action.startsWith('iam:') ? homes[partition] ?? region : region, 'aws:SecureTransport': 'true',
  'aws:CurrentTime': new Date(now).toISOString(), 'aws:EpochTime': String(Math.floor(now / 1000)),
});
