import { allow, define, deny, document, foreign, inside, mine, outside, own, sibling, standalone, stranger, trust, when, type Case, type Group, type Test } from './case.ts';

/** Where requests come from, and what they tell of the endpoint they come through. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (properties of the network) */

const row = (name: string, tests: readonly Test[], principals: NonNullable<Case['principals']>, because: string, given?: Case['given']): Case => ({ name, policy: document(allow(when(...tests))), principals, because, ...(given === undefined ? {} : { given }) });
const equals = (key: string, value: unknown): Test => ['StringEquals', `aws:${key}`, value];
const like = (key: string, value: unknown): Test => ['StringLike', `aws:${key}`, value];
const told = (key: string): Test => ['Null', `aws:${key}`, 'false'];
const untold = (key: string): Test => ['Null', `aws:${key}`, 'true'];
const below = (path: string, operator = 'ForAnyValue:StringLike'): Test => [operator, 'aws:VpceOrgPaths', path];
const origin = (value: string): Test => ['StringEquals', 's3:AccessPointNetworkOrigin', value];

const anybody = outside('anonymous', 'anonymous');
const fromThere = outside('network-bound', 'anonymous');
const bucket = 'arn:aws:s3:::acme-data';
const queue = `arn:aws:sqs:eu-west-1:${own}:orders`;
const units = [`${foreign}/r-ab12/ou-ab12-11111111/*`, `${foreign}/r-ab12/ou-ab12-22222222/*`] as const;
const reading = { Action: 's3:GetObject', Resource: `${bucket}/*` };
const everyVpc = { networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: [], organization: true } };
const alone = { account: standalone, ...define({ standaloneAccounts: [standalone] }) };

export const networks: readonly Group[] = [
  { title: 'a bucket and the endpoint of a stranger', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('any VPC and any endpoint', [like('SourceVpc', 'vpc-*'), like('SourceVpce', 'vpce-*')], anybody, 'a stranger has both'),
    row('a VPC with the id of something else', [told('SourceVpc'), ['StringNotLike', 'aws:SourceVpc', 'vpc-*']], inside, 'ids of VPCs begin with `vpc-`'),
    row('an endpoint with the id of something else', [told('SourceVpce'), ['StringNotLike', 'aws:SourceVpce', 'vpce-*']], inside, 'ids of endpoints begin with `vpce-`'),
    row('an endpoint of a stranger\'s account', [equals('VpceAccount', stranger)], anybody, 'everybody in that account\'s networks comes through it'),
    row('endpoints of an account by pattern', [like('VpceAccount', '9*')], anybody, 'strangers have such accounts'),
    row('an endpoint of another account of mine', [equals('VpceAccount', sibling)], fromThere, 'a stranger\'s own endpoint is of none of my accounts'),
    ...(['VpceAccount', 'SourceVpcArn'] as const).map((key) => row(`that of an account which nothing lists, by ${key}`, [[key === 'VpceAccount' ? 'StringEquals' : 'ArnLike', `aws:${key}`, key === 'VpceAccount' ? stranger : `arn:aws:ec2:*:${stranger}:vpc/*`]], fromThere, 'it may be mine, and then a stranger comes through it all the same', define({ accounts: undefined }))),
    row('an endpoint of what is no account', [told('VpceAccount'), ['StringNotLike', 'aws:VpceAccount', '????????????']], inside, 'accounts have twelve digits'),
    row('an endpoint of what is no organization', [told('VpceOrgID'), ['StringNotLike', 'aws:VpceOrgID', 'o-*']], inside, 'ids of organizations begin with `o-`'),
    row('a VPC with the ARN of something else', [told('SourceVpcArn'), ['ArnNotLike', 'aws:SourceVpcArn', 'arn:*:ec2:*:*:vpc/vpc-*']], inside, 'it is the ARN of a VPC'),
    row('VPCs of China by their ARN', [['ArnLike', 'aws:SourceVpcArn', 'arn:aws-cn:ec2:*:*:vpc/*']], anybody, 'strangers have VPCs there as well'),
    row('VPCs of the own account in China by their ARN', [['ArnLike', 'aws:SourceVpcArn', `arn:aws-cn:ec2:*:${own}:vpc/*`]], fromThere, 'networks of mine, not callers of mine'),
    row('the VPC that the definition lists, by its ARN in whatever account', [['ArnLike', 'aws:SourceVpcArn', 'arn:aws:ec2:*:*:vpc/vpc-012abc01']], fromThere, 'ids of VPCs are nobody else\'s'),
    row('an endpoint on the path of nothing', [told('VpceOrgPaths'), below('o-*/r-*/', 'ForAnyValue:StringNotLike')], inside, 'a path begins with the organization and its root'),
    row('an endpoint in no organization', [told('VpceAccount'), untold('VpceOrgID'), untold('VpceOrgPaths')], anybody, 'a stranger need not be in an organization'),
    row('an endpoint of another organization', [equals('VpceOrgID', foreign)], anybody, 'its members\' networks are no networks of mine'),
    row('endpoints below another organization', [below(`${foreign}/*`)], anybody, 'the path begins with the other organization'),
    row('endpoints below a unit of another organization', [below(units[0])], anybody, 'the unit is the other organization\'s'),
    row('endpoints below two units at once', [below(units[0]), below(units[1], 'ForAnyValue:StringLikeIfExists')], inside, 'an account lies in one place of its organization'),
    row('any VPC, and no endpoint\'s account', [like('SourceVpc', 'vpc-*'), untold('VpceAccount')], inside, 'S3 tells whose the endpoint is'),
    row('any VPC, and no ARN of it', [like('SourceVpc', 'vpc-*'), untold('SourceVpcArn')], inside, 'S3 tells the ARN of every VPC'),
    { name: 'a folder for each VPC', policy: document(allow({ Resource: `${bucket}/\${aws:SourceVpc}/*` })), principals: anybody, because: 'a stranger\'s VPC has its folder' },
    row('an access point that the internet reaches', [origin('Internet')], anybody, 'whoever calls by it may be anywhere'),
    row('an access point of a VPC', [origin('VPC')], anybody, 'strangers have VPCs, and access points to buckets of others'),
    row('an access point of mine and of a VPC', [origin('VPC'), ['StringEquals', 's3:DataAccessPointAccount', own]], inside, 'who comes through it, its own policy says'),
    row('an access point of a stranger and of a VPC', [origin('VPC'), ['StringEquals', 's3:DataAccessPointAccount', stranger]], anybody, 'its VPC is the stranger\'s'),
  ] },
  { title: 'a queue and a VPC', setting: { kind: 'resource', service: 'sqs', resource: queue }, cases: [
    row('any, and no endpoint\'s account', [like('SourceVpc', 'vpc-*'), untold('VpceAccount')], anybody, 'SQS does not tell whose an endpoint is'),
    row('any, and no ARN of it', [like('SourceVpc', 'vpc-*'), untold('SourceVpcArn')], anybody, 'SQS does not tell the ARN of a VPC'),
    row('one that is named, and no endpoint\'s account', [equals('SourceVpc', 'vpc-012abc01'), untold('VpceAccount')], fromThere, 'SQS does not tell whose an endpoint is'),
    row('one that is named, and no ARN of it', [equals('SourceVpc', 'vpc-012abc01'), untold('SourceVpcArn')], fromThere, 'SQS does not tell the ARN of a VPC'),
  ] },
  { title: 'a VPC, where the service is not said', setting: { kind: 'resource' }, cases: [
    row('any, and no endpoint\'s account', [like('SourceVpc', 'vpc-*'), untold('VpceAccount')], anybody, 'some services do not tell whose an endpoint is'),
  ] },
  { title: 'a role and a VPC', setting: { kind: 'trust', resource: `arn:aws:iam::${own}:role/deploy` }, cases: [
    { name: 'any, and no account of its endpoint', policy: document(trust({ AWS: '*' }, when(like('SourceVpc', 'vpc-*'), untold('VpceAccount')))), principals: outside('any-account', 'role'), because: 'STS does not tell whose an endpoint is' },
  ] },
  { title: 'a VPC, where the resource says which service', setting: { kind: 'resource', resource: bucket }, cases: [
    row('any, and no account of its endpoint', [like('SourceVpc', 'vpc-*'), untold('VpceAccount')], inside, 'the ARN is of S3, which tells whose the endpoint is'),
  ] },
  ...(['vpc-endpoint', 'resource'] as const).map((kind): Group => ({
    title: kind === 'resource' ? 'a bucket that is reached through an endpoint of mine' : 'an endpoint of mine', setting: { kind, service: 's3', ...kind === 'resource' ? { resource: bucket, viaEndpoint: true } : {} }, cases: [
      row('from the own account', [equals('VpceAccount', own)], anybody, 'every request through the endpoint is'),
      row('from a stranger\'s account', [equals('VpceAccount', stranger)], inside, 'the endpoint is of my account'),
      row('from my organization', [equals('VpceOrgID', mine)], anybody, 'every request through the endpoint is'),
      row('from another organization', [equals('VpceOrgID', foreign)], inside, 'the endpoint is of my organization'),
      row('from below my organization', [below(`${mine}/*`)], anybody, 'every request through the endpoint is'),
      row('from below another organization', [below(`${foreign}/*`)], inside, 'the endpoint is of my organization'),
      row('from below two units at once', [below(`${mine}/r-ab12/ou-ab12-11111111/*`), below(`${mine}/r-ab12/ou-ab12-22222222/*`, 'ForAnyValue:StringLikeIfExists')], inside, 'an account lies in one place of its organization'),
      row('from another account of mine', [equals('VpceAccount', sibling)], kind === 'resource' ? anybody : inside, kind === 'resource' ? 'an endpoint of mine may lie in any account of mine' : 'the endpoint lies in its own account'),
      row('from some organization, though the account is in none', [told('VpceOrgID')], kind === 'resource' ? anybody : inside, kind === 'resource' ? 'an endpoint of mine may lie in another account' : 'an account in no organization has none to tell', alone),
      row('from some path, though the account is in no organization', [told('VpceOrgPaths')], kind === 'resource' ? anybody : inside, kind === 'resource' ? 'an endpoint of mine may lie in another account' : 'an account in no organization lies on no path', alone),
      row('from the own account, which is in no organization, in some', [equals('VpceAccount', standalone), told('VpceOrgID')], inside, 'an account in no organization has none to tell', alone),
      row('from the own account, which is in no organization, on some path', [equals('VpceAccount', standalone), told('VpceOrgPaths')], inside, 'an account in no organization lies on no path', alone),
      row('from an endpoint with the id of something else', [['StringNotLike', 'aws:SourceVpce', 'vpce-*']], inside, 'ids of endpoints begin with `vpce-`'),
      row('from a VPC with the id of something else', [['StringNotLike', 'aws:SourceVpc', 'vpc-*']], inside, 'ids of VPCs begin with `vpc-`'),
      row('without the account of its endpoint', [untold('VpceAccount')], inside, 'S3 tells whose the endpoint is'),
      row('from an address', [told('SourceIp')], inside, 'behind an endpoint there is no address of the internet'),
    ],
  })),
  ...(['rcp', 'scp'] as const).map((kind): Group => ({
    title: `an ${kind.toUpperCase()}, and an endpoint of whichever account of mine`, setting: { kind, service: 's3', viaEndpoint: true }, cases: [[own, sibling, '555555555551', '555555555552', '555555555553'], undefined].map((accounts) => ({
      name: `the caller, the owner and the owner of the endpoint are three, ${accounts === undefined ? 'of mine that nothing lists' : 'listed'}`, given: define({ accounts }), networks: outside('network-bound', 'role'), because: 'each may lie in an account of its own',
      policy: document({
        Effect: 'Allow', ...kind === 'rcp' ? { Principal: '*' } : {}, Action: 's3:*', Resource: '*',
        Condition: { StringNotEquals: { 'aws:VpceAccount': ['${aws:PrincipalAccount}', '${aws:ResourceAccount}', own], 'aws:PrincipalAccount': ['${aws:ResourceAccount}', own], 'aws:ResourceAccount': own }, StringEquals: { 'aws:ResourceOrgID': mine }, Null: { 'aws:VpceAccount': 'false' } },
      }),
    })),
  })),
  { title: 'a bucket that is reached through an endpoint of whichever account of mine', setting: { kind: 'resource', service: 's3', resource: bucket, viaEndpoint: true }, cases: [
    { name: 'a central account\'s, for a stranger by name', policy: document(allow({ ...reading, Principal: { AWS: stranger } }, when(equals('VpceAccount', sibling)))), principals: outside('named-account', 'role'), because: 'the endpoint may lie in the central account' },
    { name: 'denied to others than a central account\'s', policy: document(allow(reading), deny(when(['StringNotEquals', 'aws:VpceAccount', sibling]))), principals: anybody, because: 'the endpoint may lie in the central account' },
    { name: 'denied to those of all accounts that a list has', policy: document(allow(reading), deny(when(['StringEquals', 'aws:VpceAccount', [own, sibling]]))), principals: inside, because: 'S3 tells whose the endpoint is, and the definition lists no other account' },
    { name: 'denied to those of all accounts but one that nothing names', policy: document(allow(reading), deny(when(['StringEquals', 'aws:VpceAccount', [own, sibling]]))), given: define({ accounts: [own, sibling, '555555555555'] }), principals: anybody, because: 'the endpoint may lie in the third' },
    { name: 'denied to those of all accounts that are named, where nothing lists mine', policy: document(allow(reading), deny(when(['StringEquals', 'aws:VpceAccount', [own, sibling]]))), given: define({ accounts: undefined }), principals: anybody, because: 'another account may be of my organization' },
    { name: 'the standalone account\'s in the organization', policy: document(allow(reading, when(equals('VpceAccount', standalone), equals('VpceOrgID', mine)))), given: define({ standaloneAccounts: [standalone] }), principals: inside, because: 'it is in no organization' },
    { name: 'the standalone account\'s in the organization, for services', policy: document(allow({ ...reading, Principal: { Service: 'cloudtrail.amazonaws.com' } }, when(equals('VpceAccount', standalone), equals('VpceOrgID', mine)))), given: define({ standaloneAccounts: [standalone], services: [] }), principals: inside, because: 'it is in no organization' },
    { name: 'a central account\'s in the organization, for services', policy: document(allow({ ...reading, Principal: { Service: 'cloudtrail.amazonaws.com' } }, when(equals('VpceAccount', sibling), equals('VpceOrgID', mine)))), given: define({ standaloneAccounts: [standalone], services: [] }), principals: outside('service', 'service'), because: 'the definition admits no service' },
    { name: 'an account\'s that is the caller\'s, for my own principals', policy: document(allow({ ...reading, Principal: { AWS: [own, sibling] } }, when(equals('VpceAccount', '${aws:PrincipalAccount}'), ['StringNotEquals', 'aws:PrincipalAccount', own]))), networks: outside('network-bound', 'role'), because: 'the endpoint may lie in the caller\'s account' },
    { name: 'the standalone account\'s', policy: document(allow(reading, when(equals('VpceAccount', standalone), untold('VpceOrgID')))), given: define({ standaloneAccounts: [standalone] }), principals: anybody, because: 'it is an account of mine' },
    { name: 'not the organization\'s', policy: document(allow(reading), deny(when(['StringNotEquals', 'aws:VpceOrgID', mine]))), given: alone, principals: anybody, because: 'the endpoint may lie in an account of the organization' },
    { name: 'a central account\'s, for my own principals', policy: document(allow({ ...reading, Principal: { AWS: own } }, when(equals('VpceAccount', sibling)))), networks: outside('network-bound', 'role'), because: 'the definition lists VPCs one by one' },
    { name: 'a central account\'s, where those of the organization count', policy: document(allow({ ...reading, Principal: { AWS: own } }, when(equals('VpceAccount', sibling)))), given: define(everyVpc), networks: inside, because: 'the account is of the organization' },
    { name: 'any, where those of the organization count and one account stands alone', policy: document(allow({ ...reading, Principal: { AWS: own } })), given: define(everyVpc, { standaloneAccounts: [standalone] }), networks: outside('network-bound', 'role'), because: 'the VPC of the account that stands alone is not of the organization' },
    { name: 'the organization\'s, where those count and one account stands alone', policy: document(allow({ ...reading, Principal: { AWS: own } }, when(equals('VpceOrgID', mine)))), given: define(everyVpc, { standaloneAccounts: [standalone] }), networks: inside, because: 'the account that stands alone tells no organization' },
  ] },
];
