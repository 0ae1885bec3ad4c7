import { accounts, subnetIds, vpcs, type VpcName } from './accounts.ts';
import { creationTime, hex, item, uuid, type Item, type State } from './item.ts';

/** Where a function runs: `none` as Config writes it today (empty lists), `absent` as it did before, or subnets of a VPC. */
type Place = 'none' | 'absent' | { readonly vpc: VpcName; readonly subnets: readonly string[] };

interface LambdaFunction {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly at: Place;
  /** Where it runs since it was mended. */
  readonly mended?: Place;
  readonly more?: Readonly<Record<string, unknown>>;
}

const { storefront, payments, data, logistics } = accounts;
const inside = (vpc: VpcName): Place => ({ vpc, subnets: subnetIds(vpc) });

/** Functions by the situation they show. */
const functions: readonly LambdaFunction[] = [
  { name: 'checkout-tax', account: storefront, region: 'eu-west-1', at: inside('storefront') },
  // «Thumbnails need no VPC, and cold starts are slower in one.»
  { name: 'image-resize', account: storefront, region: 'eu-west-1', at: 'none', mended: inside('storefront') },
  // Deployed from a laptop by somebody who has left.
  { name: 'coupon-import', account: storefront, region: 'eu-west-1', at: 'absent', mended: inside('storefront') },
  // At CloudFront's edge there is no VPC: the original is left out by name, the replica by what it is.
  { name: 'edge-redirects', account: storefront, region: 'us-east-1', at: 'none' },
  { name: 'us-east-1_edge-headers', account: storefront, region: 'us-east-1', at: 'none', more: { masterArn: `arn:aws:lambda:us-east-1:${storefront}:function:edge-headers:7` } },

  { name: 'payments-webhook', account: payments, region: 'eu-west-1', at: inside('payments') },
  // «The subnets of the payments VPC had no addresses left.» The default VPC had.
  { name: 'ledger-export', account: payments, region: 'eu-west-1', at: inside('paymentsDefault'), mended: inside('payments') },
  // One subnet was enough for the test.
  { name: 'settlement-nightly', account: payments, region: 'eu-west-1', at: { vpc: 'payments', subnets: [subnetIds('payments')[0]] }, mended: inside('payments') },

  { name: 'lake-compaction', account: data, region: 'eu-central-1', at: inside('data') },
  // A capacity provider holds the VPC settings of its functions.
  { name: 'lake-embedding', account: data, region: 'eu-central-1', at: 'none', more: { capacityProviderConfig: { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: `arn:aws:lambda:eu-central-1:${data}:capacity-provider:lake` } } } },

  { name: 'parcel-events', account: logistics, region: 'eu-central-1', at: inside('logistics') },
  // Its subnets belong to the carrier's old network, which this recording does not hold.
  { name: 'carrier-poll', account: logistics, region: 'eu-central-1', at: { vpc: 'logistics', subnets: ['subnet-07b1c9de44a8f2036', 'subnet-07b1c9de44a8f2037'] }, mended: inside('logistics') },
];

function functionItem({ name, account, region, at, mended, more }: LambdaFunction, state: State): Item {
  const place = state === 'sound' ? mended ?? at : at;
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  const role = `arn:aws:iam::${account}:role/${name}`;
  const groups = typeof place === 'object' ? [`sg-0${hex(`workloads/${place.vpc}`, 16)}`] : [];
  return item({
    account, region, type: 'AWS::Lambda::Function', id: name, name, arn, zone: 'Not Applicable', tags: { team: name.split('-')[0] ?? name },
    relationships: [
      { resourceName: name, resourceType: 'AWS::IAM::Role', name: 'Is associated with ' },
      ...(typeof place === 'object' ? place.subnets : []).map((one) => ({ resourceId: one, resourceType: 'AWS::EC2::Subnet', name: 'Is contained in ' })),
      ...groups.map((one) => ({ resourceId: one, resourceType: 'AWS::EC2::SecurityGroup', name: 'Is associated with ' })),
    ],
    configuration: {
      functionName: name, functionArn: arn, runtime: 'nodejs22.x', role, handler: 'index.handler',
      codeSize: 4_096 + parseInt(hex(name, 5), 16), description: '', timeout: 30, memorySize: 512,
      lastModified: creationTime(`${name}/code`).replace('Z', '+0000'), codeSha256: Buffer.from(hex(`${name}/code`, 64), 'hex').toString('base64'),
      version: '$LATEST', tracingConfig: { mode: 'PassThrough' }, revisionId: uuid(name), layers: [], packageType: 'Zip', architectures: ['arm64'],
      ...(place === 'absent' ? {} : { vpcConfig: place === 'none' ? { subnetIds: [], securityGroupIds: [] } : { subnetIds: place.subnets, securityGroupIds: groups } }),
      ...more,
    },
    supplementary: { Policy: null, Tags: { team: name.split('-')[0] ?? name } },
  });
}

export const functionItems = (state: State): Item[] => functions.map((one) => functionItem(one, state));

/** VPCs and their subnets, which place the functions. */
export function networkItems(): Item[] {
  return Object.entries(vpcs).flatMap(([key, { id, account, region, name, cidr }]) => {
    const tags: Record<string, string> = name === '' ? {} : { Name: name };
    const listed = Object.entries(tags).map(([tag, value]) => ({ key: tag, value }));
    return [
      item({
        account, region, type: 'AWS::EC2::VPC', id, arn: `arn:aws:ec2:${region}:${account}:vpc/${id}`, tags,
        configuration: { vpcId: id, cidrBlock: `${cidr}.0.0/16`, state: 'available', dhcpOptionsId: `dopt-0${hex(id, 16)}`, instanceTenancy: 'default', isDefault: name === '', ownerId: account, tags: listed },
      }),
      ...subnetIds(key as VpcName).map((subnetId, i) => item({
        account, region, type: 'AWS::EC2::Subnet', id: subnetId, arn: `arn:aws:ec2:${region}:${account}:subnet/${subnetId}`, zone: `${region}${'ab'[i]}`, tags,
        relationships: [{ resourceId: id, resourceType: 'AWS::EC2::VPC', name: 'Is contained in Vpc' }],
        configuration: { subnetId, subnetArn: `arn:aws:ec2:${region}:${account}:subnet/${subnetId}`, vpcId: id, cidrBlock: `${cidr}.${i * 16}.0/20`, availabilityZone: `${region}${'ab'[i]}`, availableIpAddressCount: 4_011, defaultForAz: name === '', mapPublicIpOnLaunch: name === '', state: 'available', ownerId: account, tags: listed },
      })),
    ];
  });
}
