import { accounts, vpcs, type VpcName } from './accounts.ts';
import { creationTime, hex, item, uuid, type Item } from './item.ts';

const { security, storefront, payments, data } = accounts;

/** What a snapshot is mostly made of: resources that no core rule reads. They are the same before and after. */
export const surroundingItems = (): Item[] => [
  ...([
    ['larkfield-storefront-assets', storefront, 'eu-west-1'], ['larkfield-storefront-uploads', storefront, 'eu-west-1'], ['larkfield-payments-statements', payments, 'eu-west-1'],
    ['larkfield-lake-raw', data, 'eu-central-1'], ['larkfield-lake-curated', data, 'eu-central-1'], ['larkfield-log-archive', security, 'eu-west-1'], ['larkfield-config-111122223333', security, 'eu-west-1'],
  ] as const).map(([name, account, region]) => bucket(name, account, region)),
  ...(Object.keys(vpcs) as VpcName[]).filter((one) => one !== 'logistics').flatMap((one) => [
    securityGroup(one, 'endpoints', 443), securityGroup(one, 'workloads', 8443), securityGroup(one, 'databases', 5432),
  ]),
  ...(['storefront', 'storefront', 'payments', 'data', 'network'] as const).map((one, i) => instance(one, i)),
  ...([[storefront, 'eu-west-1'], [payments, 'eu-west-1'], [data, 'eu-central-1']] as const).map(([account, region]) => key(account, region)),
  user(security, 'billing-export'),
];

function bucket(name: string, account: string, region: string): Item {
  return item({
    account, region, type: 'AWS::S3::Bucket', id: name, name, arn: `arn:aws:s3:::${name}`, zone: 'Regional',
    configuration: { name, owner: { displayName: null, id: hex(`owner/${account}`, 64) }, creationDate: creationTime(name), region },
    supplementary: {
      // A JSON text inside JSON, as Config writes it.
      AccessControlList: JSON.stringify({ grantSet: null, grantList: [{ grantee: { id: hex(`owner/${account}`, 64), displayName: null }, permission: 'FullControl' }], owner: { displayName: null, id: hex(`owner/${account}`, 64) }, isRequesterCharged: false }),
      BucketPolicy: { policyText: null },
      PublicAccessBlockConfiguration: { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true },
    },
  });
}

function securityGroup(vpc: VpcName, name: string, port: number): Item {
  const { account, region, id: vpcId, cidr } = vpcs[vpc];
  const id = `sg-0${hex(`${name}/${vpc}`, 16)}`;
  const range = { cidrIp: `${cidr}.0.0/16` };
  return item({
    account, region, type: 'AWS::EC2::SecurityGroup', id, name, arn: `arn:aws:ec2:${region}:${account}:security-group/${id}`, zone: 'Not Applicable',
    relationships: [{ resourceId: vpcId, resourceType: 'AWS::EC2::VPC', name: 'Is contained in Vpc' }],
    configuration: {
      description: name, groupName: name, groupId: id, vpcId, ownerId: account, tags: [],
      ipPermissions: [{ fromPort: port, ipProtocol: 'tcp', ipv6Ranges: [], prefixListIds: [], toPort: port, userIdGroupPairs: [], ipv4Ranges: [range], ipRanges: [range.cidrIp] }],
      ipPermissionsEgress: [{ ipProtocol: '-1', ipv6Ranges: [], prefixListIds: [], userIdGroupPairs: [], ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }], ipRanges: ['0.0.0.0/0'] }],
    },
  });
}

function instance(vpc: VpcName, i: number): Item {
  const { account, region, id: vpcId, cidr } = vpcs[vpc];
  const id = `i-0${hex(`instance/${vpc}/${i}`, 16)}`;
  return item({
    account, region, type: 'AWS::EC2::Instance', id, arn: `arn:aws:ec2:${region}:${account}:instance/${id}`, zone: `${region}a`, tags: { team: vpc },
    relationships: [
      { resourceId: vpcId, resourceType: 'AWS::EC2::VPC', name: 'Is contained in Vpc' },
      { resourceId: `sg-0${hex(`workloads/${vpc}`, 16)}`, resourceType: 'AWS::EC2::SecurityGroup', name: 'Is associated with SecurityGroup' },
    ],
    configuration: { instanceId: id, instanceType: 'm7g.large', launchTime: creationTime(id), privateIpAddress: `${cidr}.0.${10 + i}`, state: { code: 16, name: 'running' }, vpcId, architecture: 'arm64', tags: [{ key: 'team', value: vpc }] },
  });
}

function key(account: string, region: string): Item {
  const id = uuid(`key/${account}`);
  const arn = `arn:aws:kms:${region}:${account}:key/${id}`;
  return item({
    account, region, type: 'AWS::KMS::Key', id, arn,
    configuration: { keyId: id, arn, awsaccountId: account, creationDate: Date.parse(creationTime(id)), enabled: true, description: 'default', keyUsage: 'ENCRYPT_DECRYPT', keyState: 'Enabled', origin: 'AWS_KMS', keyManager: 'CUSTOMER' },
    supplementary: { KeyRotationStatus: true, Tags: [], Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }] }) },
  });
}

function user(account: string, name: string): Item {
  const id = `AIDA${hex(name, 17).toUpperCase()}`;
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return item({
    account, region: 'global', type: 'AWS::IAM::User', id, name, arn,
    configuration: { path: '/', userName: name, userId: id, arn, createDate: creationTime(id), userPolicyList: [], groupList: [], attachedManagedPolicies: [], permissionsBoundary: null, tags: [] },
  });
}
