import type { AnyRemediation, Permission } from '../core/remediation.ts';
import { LEDGER, PLANNER, WRITER } from './names.ts';
import { functionArn, inAccount, lambdaTrust, logs, roleArn, type Role, type Statement, type Trust } from './role.ts';
import { runbooksOf, type Runbook, type RunbookKind } from './runbooks.ts';

/** Letters and digits are all that IAM takes. */
const sidOf = (action: string): string => action.replace(/(?:^|[:-])(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Attributes that make an item's key: DynamoDB wants them listed wherever attributes are. */
const KEY = ['pk', 'sk'];
const LOCK = ['lockedBy', 'lockUntil'];
const END = ['because', 'outcome'];

interface LedgerCall { readonly action: `dynamodb:${string}`; /** What it may write or hold against a condition; none: it reads. */ readonly attributes?: readonly string[] }
/** Runbooks with a plan end runs and take locks; what was planned and approved stands in attributes that they cannot write. */
const ledgerCalls: Readonly<Record<RunbookKind, readonly LedgerCall[]>> = {
  alone: [
    { action: 'dynamodb:Query' },
    { action: 'dynamodb:PutItem', attributes: ['after', 'arn', ...END, 'before', 'decision', 'mode', 'startedAt'] },
    { action: 'dynamodb:UpdateItem', attributes: [...END, 'decision', 'elasticIp', 'mode', 'startedAt'] },
  ],
  planned: [{ action: 'dynamodb:GetItem' }, { action: 'dynamodb:UpdateItem', attributes: [...END, ...LOCK] }],
  rollback: [{ action: 'dynamodb:GetItem' }, { action: 'dynamodb:UpdateItem', attributes: [...END, ...LOCK, 'holdBy', 'holdReason', 'holdUntil'] }],
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html */
const ledgerStatements = (calls: readonly LedgerCall[], remediations: readonly AnyRemediation[]): Statement[] => calls.map(({ action, attributes }) => ({
  Sid: sidOf(action), Effect: 'Allow', Action: [action], Resource: [inAccount('dynamodb', `table/${LEDGER}`)],
  Condition: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': remediations.map(({ id }) => `${id}#*`) },
    ...attributes === undefined ? {} : { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...KEY, ...attributes].sort() } },
  },
}));

const isWrite = ({ action }: Permission): boolean => !/:(?:Describe|Get|List)/.test(action);
const allow = ({ action, resource, condition }: Permission): Statement => ({
  Sid: sidOf(action), Effect: 'Allow', Action: [action], Resource: [resource], ...condition === undefined ? {} : { Condition: condition },
});

/** Roles whose trust others keep, and our own: who could change those could make himself all the others. */
const protectedRoles = [
  'aws-service-role/*', 'aws-reserved/*', 'AWSControlTower*', 'service-role/AWSControlTower*', 'aws-controltower-*', 'stacksets-exec-*', 'OrganizationAccountAccessRole',
  'perimeter-*',
].map(roleArn);
/** All that changes a role or uses it, so that it holds whatever else is allowed some day; reading stays, for a refusal reads too. */
const roleWrites = ['Add', 'Attach', 'Create', 'Delete', 'Detach', 'Pass', 'Put', 'Remove', 'Tag', 'Untag', 'Update'].map((start) => `iam:${start}*`);
const protectRoles = (writes: readonly string[]): Statement[] => !writes.includes('iam:UpdateAssumeRolePolicy') ? []
  : [{ Sid: 'LeaveProtectedRoles', Effect: 'Deny', Action: roleWrites, Resource: protectedRoles }];

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html */
const automationTrust: Trust = {
  Sid: 'AutomationOfThisAccount', Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: ['sts:AssumeRole'],
  Condition: {
    StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' },
    ArnLike: { 'aws:SourceArn': 'arn:${AWS::Partition}:ssm:*:${AWS::AccountId}:automation-execution/*' },
  },
};

function runbookRole({ stem, kind, remediation, hasWriter }: Runbook): Role {
  const permissions = remediation.permissions as readonly Permission[];
  const writes = permissions.filter(isWrite).map(({ action }) => action);
  const functions = [...kind === 'alone' ? [] : [PLANNER], ...hasWriter ? [WRITER] : []];
  return {
    stem, trust: automationTrust,
    description: `The runbook perimeter-${stem} runs as this role.`,
    statements: [
      ...permissions.map(allow),
      ...ledgerStatements(ledgerCalls[kind], [remediation]),
      ...functions.length === 0 ? [] : [{ Sid: 'InvokeFunctions', Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: functions.map(functionArn) } as const],
      ...protectRoles(writes),
    ],
    // An owner who tags a resource because a change broke it must be able to have that change undone.
    heedsExclusion: kind === 'rollback' ? [] : writes,
  };
}

/** Resources as they are, and what they refer to. */
const plannerReads = {
  anywhere: [
    'config:DescribeConfigRules', 'config:GetComplianceDetailsByConfigRule', 'config:ListDiscoveredResources',
    'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcEndpoints',
  ],
  roles: ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
  functions: ['lambda:GetFunctionConfiguration', 'lambda:ListTags'],
};

/** Has no permission to change anything but the ledger. */
function plannerRole(remediations: readonly AnyRemediation[]): Role {
  const planned = remediations.filter(({ decidedBy }) => decidedBy === 'planner');
  return {
    stem: 'planner', trust: lambdaTrust, heedsExclusion: [],
    description: 'The function perimeter-planner runs as this role, which reads and writes plans.',
    statements: [
      { Sid: 'Read', Effect: 'Allow', Action: plannerReads.anywhere, Resource: ['*'] },
      { Sid: 'ReadRoles', Effect: 'Allow', Action: plannerReads.roles, Resource: [roleArn('*')] },
      { Sid: 'ReadFunctions', Effect: 'Allow', Action: plannerReads.functions, Resource: [functionArn('*')] },
      // A new plan is a new item; of one that stands, only what was seen before and after the write is noted.
      ...ledgerStatements([{ action: 'dynamodb:GetItem' }, { action: 'dynamodb:PutItem' }, { action: 'dynamodb:Query' }, { action: 'dynamodb:UpdateItem', attributes: ['precheck', 'verify'] }], planned),
      logs(PLANNER),
    ],
  };
}

/** Writes what a plan in the ledger says, for the case that a step of a runbook cannot pass a policy on unchanged. */
function writerRole(runbooks: readonly Runbook[]): Role {
  const written = [...new Set(runbooks.filter(({ hasWriter }) => hasWriter).map(({ remediation }) => remediation))];
  const permissions = written.flatMap((remediation) => (remediation.permissions as readonly Permission[]).filter(isWrite));
  const writes = permissions.map(({ action }) => action);
  return {
    stem: 'writer', trust: lambdaTrust, heedsExclusion: writes,
    description: 'The function perimeter-writer runs as this role, which writes policies that were planned.',
    statements: [...permissions.map(allow), ...ledgerStatements([{ action: 'dynamodb:GetItem' }], written), ...protectRoles(writes), logs(WRITER)],
  };
}

/** All roles that remediation needs in an account and Region. */
export function remediationRoles(remediations: readonly AnyRemediation[]): readonly Role[] {
  const runbooks = runbooksOf(remediations);
  return [...runbooks.map(runbookRole), plannerRole(remediations), writerRole(runbooks)];
}
