import { accounts, allAccounts, organization, subnetIds, vpcs, type VpcName } from './accounts.ts';
import { creationTime, hex, item, type Item, type State } from './item.ts';

type Statement = Readonly<Record<string, unknown>>;
type Document = { readonly Version?: '2012-10-17' | '2008-10-17'; readonly Statement: readonly Statement[] };

interface Endpoint {
  readonly name: string;
  readonly vpc: VpcName;
  readonly service: string;
  readonly type?: 'Gateway' | 'Interface' | 'GatewayLoadBalancer';
  readonly requesterManaged?: boolean;
  /** `none`: the item holds no document, as for types that take none, or items recorded too early. */
  readonly policy: Document | 'none';
  /** What it became when it was mended. */
  readonly mended?: Document;
}

// The whitepaper spells the key so; names of keys are case-insensitive.
const ours = { 'aws:PrincipalOrgId': organization };
const statement = (Sid: string, Effect: 'Allow' | 'Deny', Action: unknown, Resource: unknown, Condition?: unknown): Statement =>
  ({ Sid, Principal: '*', Action, Effect, Resource, ...(Condition === undefined ? {} : { Condition }) });

/** What every endpoint has until somebody writes something else. */
export const everything: Document = { Version: '2008-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

const ourPrincipalsToOurResources = (action: string): Document => ({
  Version: '2012-10-17',
  Statement: [statement('OurPrincipalsToOurResources', 'Allow', action, '*', { StringEquals: { 'aws:PrincipalOrgID': organization, 'aws:ResourceOrgID': organization } })],
});

// The whitepaper's list of actions that name no table. ListExports has learnt to name one since, so the list lets it list a stranger's.
const tableless2021 = ['DescribeLimits', 'DescribeReservedCapacity', 'DescribeReservedCapacityOfferings', 'ListBackups', 'ListContributorInsights', 'ListExports', 'ListGlobalTables', 'ListStreams', 'ListTables', 'PurchaseReservedCapacityOfferings'].map((one) => `dynamodb:${one}`);
const tableless = tableless2021.filter((one) => one !== 'dynamodb:ListExports');
const ownTables = (account: string, withoutTable = tableless): Document => ({
  Statement: [
    { Sid: 'PreventUnintendedPrincipalsAndResources', Principal: '*', NotAction: withoutTable, Effect: 'Allow', Resource: [`arn:aws:dynamodb:*:${account}:*`], Condition: { StringEquals: ours } },
    statement('PreventUnintendedPrincipals', 'Allow', withoutTable, '*', { StringEquals: ours }),
  ],
});

const ourBuckets = statement('PreventUnintendedPrincipalsAndResources', 'Allow', '*', ['*'], { StringEquals: { ...ours, 's3:ResourceAccount': allAccounts } });
const awsServices = statement('AllowAWSServices', 'Allow', '*', ['*'], { Bool: { 'aws:PrincipalIsAWSService': 'true' } });
const packages = statement('PackageRepositories', 'Allow', 's3:GetObject', ['arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*'], { StringEquals: ours });

/** VPC endpoints by the situation they show. */
const endpoints: readonly Endpoint[] = [
  // Made by the wizard on a Friday; the policy was «for later».
  { name: 'storefront-dynamodb', vpc: 'storefront', service: 'dynamodb', type: 'Gateway', policy: everything, mended: ownTables(accounts.storefront) },
  // The whitepaper's first DynamoDB policy: keeps strangers out, but ours can still write to a stranger's table.
  {
    name: 'payments-dynamodb', vpc: 'payments', service: 'dynamodb', type: 'Gateway',
    policy: { Statement: [statement('PreventUnintendedPrincipals', 'Allow', ['dynamodb:*'], '*', { StringEquals: ours })] }, mended: ownTables(accounts.payments),
  },
  // The same said with a Deny: the same verdict.
  {
    name: 'logistics-dynamodb', vpc: 'logistics', service: 'dynamodb', type: 'Gateway',
    policy: { Statement: [
      statement('PreventUnintendedPrincipals', 'Deny', '*', '*', { StringNotEquals: ours }),
      statement('AllowAllDynamoDB', 'Allow', 'dynamodb:*', '*'),
    ] }, mended: ownTables(accounts.logistics),
  },
  // The whitepaper's second, NotAction on the account's own ARNs: right when it was written, and with the list brought up to date.
  { name: 'data-dynamodb', vpc: 'data', service: 'dynamodb', type: 'Gateway', policy: ownTables(accounts.data, tableless2021), mended: ownTables(accounts.data) },
  { name: 'hub-dynamodb', vpc: 'network', service: 'dynamodb', type: 'Gateway', policy: ownTables(accounts.network) },

  // The whitepaper's policy for S3, and the package repositories of AWS beside it.
  { name: 'storefront-s3', vpc: 'storefront', service: 's3', type: 'Gateway', policy: { Statement: [ourBuckets, awsServices, packages] } },
  // «Our buckets all begin with larkfield-», but anybody may make a bucket of that name.
  {
    name: 'payments-s3', vpc: 'payments', service: 's3', type: 'Gateway',
    policy: { Version: '2012-10-17', Statement: [statement('OurBuckets', 'Allow', 's3:*', ['arn:aws:s3:::larkfield-*', 'arn:aws:s3:::larkfield-*/*'], { StringEquals: ours })] },
    mended: { Version: '2012-10-17', Statement: [ourBuckets, awsServices] },
  },
  // The old invoices bucket: nobody remembers in which account it is, and the definition does not say.
  {
    name: 'logistics-s3', vpc: 'logistics', service: 's3', type: 'Gateway',
    policy: { Version: '2012-10-17', Statement: [ourBuckets, awsServices, statement('OldInvoices', 'Allow', ['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::tidewater-invoices-2019/*'], { StringEquals: ours })] },
    mended: { Version: '2012-10-17', Statement: [ourBuckets, awsServices] },
  },
  // Browsers on WorkSpaces: the whitepaper's anonymous statement, which names no principal, so signed requests of strangers pass too.
  {
    name: 'workspaces-s3', vpc: 'network', service: 's3', type: 'Gateway',
    policy: { Statement: [{ Sid: 'AllowAnonymousGetObject', Action: 's3:GetObject', Effect: 'Allow', Resource: ['*'] }, ourBuckets, awsServices] },
    mended: { Version: '2012-10-17', Statement: [statement('AllowAnonymousGetObject', 'Allow', 's3:GetObject', ['*'], { StringEquals: { 'aws:PrincipalType': 'Anonymous' } }), ourBuckets, awsServices] },
  },

  // Interface endpoints that say both halves by organization.
  { name: 'hub-sqs', vpc: 'network', service: 'sqs', policy: ourPrincipalsToOurResources('sqs:*') },
  { name: 'hub-kms', vpc: 'network', service: 'kms', policy: ourPrincipalsToOurResources('kms:*') },
  // Accounts instead of the organization, both ways.
  {
    name: 'payments-secretsmanager', vpc: 'payments', service: 'secretsmanager',
    policy: { Version: '2012-10-17', Statement: [statement('OurAccounts', 'Allow', 'secretsmanager:*', '*', { StringEquals: { 'aws:PrincipalAccount': allAccounts, 'aws:ResourceAccount': allAccounts } })] },
  },
  // «IfExists, or the pipeline breaks»: whoever is in no organization has no such key, and passes.
  {
    name: 'storefront-sqs', vpc: 'storefront', service: 'sqs',
    policy: { Version: '2012-10-17', Statement: [statement('OurOrganization', 'Allow', 'sqs:*', '*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': organization }, StringEquals: { 'aws:ResourceOrgID': organization } })] },
    mended: ourPrincipalsToOurResources('sqs:*'),
  },
  // Opened in an incident, never closed.
  { name: 'data-secretsmanager', vpc: 'data', service: 'secretsmanager', policy: everything, mended: ourPrincipalsToOurResources('secretsmanager:*') },
  // Recorded by an old recorder, before the item held the document.
  { name: 'data-sns', vpc: 'data', service: 'sns', policy: 'none', mended: ourPrincipalsToOurResources('sns:*') },

  // Nothing to judge: AWS manages the first, the others take no policy.
  { name: 'data-redshift-managed', vpc: 'data', service: 'redshift-serverless', requesterManaged: true, policy: everything },
  { name: 'hub-inspection', vpc: 'network', service: 'vpce-svc-0f31c88d9e2b7a461', type: 'GatewayLoadBalancer', policy: 'none' },
  { name: 'hub-monitoring-intake', vpc: 'network', service: 'vpce-svc-02b6f8814c7de9530', policy: everything },
];

export const endpointId = (name: string): string => `vpce-0${hex(`endpoint/${name}`, 16)}`;

function endpointItem(endpoint: Endpoint, state: State): Item {
  const { account, region, id: vpcId } = vpcs[endpoint.vpc];
  const id = endpointId(endpoint.name);
  const type = endpoint.type ?? 'Interface';
  const gateway = type === 'Gateway';
  const policy = state === 'sound' ? endpoint.mended ?? endpoint.policy : endpoint.policy;
  const subnets = gateway ? [] : subnetIds(endpoint.vpc);
  const tags = { Name: endpoint.name };
  return item({
    account, region, type: 'AWS::EC2::VPCEndpoint', id, arn: `arn:aws:ec2:${region}:${account}:vpc-endpoint/${id}`, tags,
    relationships: [
      { resourceId: vpcId, resourceType: 'AWS::EC2::VPC', name: 'Is contained in Vpc' },
      ...subnets.map((one) => ({ resourceId: one, resourceType: 'AWS::EC2::Subnet', name: 'Is contained in Subnet' })),
    ],
    configuration: {
      vpcEndpointId: id, vpcEndpointType: type, vpcId,
      serviceName: endpoint.service.startsWith('vpce-svc-') ? `com.amazonaws.vpce.${region}.${endpoint.service}` : `com.amazonaws.${region}.${endpoint.service}`,
      state: 'available',
      ...(policy === 'none' ? {} : { policyDocument: JSON.stringify(policy) }),
      routeTableIds: gateway ? [`rtb-0${hex(`routes/${endpoint.vpc}`, 16)}`] : [],
      subnetIds: subnets,
      groups: type === 'Interface' ? [{ groupId: `sg-0${hex(`endpoints/${endpoint.vpc}`, 16)}`, groupName: 'endpoints' }] : [],
      privateDnsEnabled: type === 'Interface' && !endpoint.service.startsWith('vpce-svc-'),
      requesterManaged: endpoint.requesterManaged ?? false,
      networkInterfaceIds: subnets.map((one) => `eni-0${hex(`${id}/${one}`, 16)}`),
      dnsEntries: type === 'Interface' ? [{ dnsName: `${id}-${hex(`${id}/dns`, 8)}.${endpoint.service}.${region}.vpce.amazonaws.com`, hostedZoneId: `Z${hex(region, 12).toUpperCase()}` }] : [],
      creationTimestamp: creationTime(id), ownerId: account,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    },
  });
}

export const endpointItems = (state: State): Item[] => endpoints.map((one) => endpointItem(one, state));
