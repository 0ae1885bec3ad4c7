import { awsOwnedResources } from '../../../policy/tables/aws-owned-resources.ts';
import { regions } from '../../../policy/tables/regions.ts';
import { allow, define, deny, document, foreign, inside, mine, notOfOrganization, ofOrganization, outside, own, second, sibling, standalone, stranger, undecided, when, type Case, type Group, type Test } from './case.ts';

/**
 * Identity policies, SCPs and RCPs: the whitepaper's appendices 1 and 2 and AWS's samples. They name no principal, and
 * those with only Denies stand beside the full access that AWS attaches with them, which has no place in the policy.
 */

const attached = (...statements: object[]): object => document(...statements.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'Principal'))));
const row = (name: string, policy: object, expected: Pick<Case, 'principals' | 'resources' | 'networks'>, because: string, given?: Case['given']): Case => ({ name, policy, ...expected, because, ...(given === undefined ? {} : { given }) });
const besides = '';

/** Appendix 1. */
const queues = (...accounts: string[]): object => attached(allow({ Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], Resource: accounts.map((id) => `arn:aws:sqs:*:${id}:*`) }), allow({ Action: ['sqs:ListQueues'] }));
const buckets = (...accounts: string[]): object => attached(allow({ Action: 's3:*' }, when(['StringEquals', 's3:ResourceAccount', accounts])));
const bucketControl = (...accounts: string[]): object => attached(deny({ Action: ['s3:*'] }, when(['StringNotEquals', 's3:ResourceAccount', accounts])));

/** AWS's sample of an SCP for resources, without its exception for what Amazon owns. */
const excluded = 'dp:exclude:resource';
const resourceControl = (spared: readonly string[], ...tests: Test[]): object => attached(deny({ NotResource: spared }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], ...tests)));
const ownedInRegion = awsOwnedResources.filter((one) => one.startsWith('arn:aws:s3:::')).flatMap((one) => [one, `${one}/*`]).map((one) => one.replace('${region}', 'eu-west-1'));
const exceptTag: Test = ['StringNotEqualsIfExists', `aws:PrincipalTag/${excluded}`, 'true'];
const exempt = { exclusionTags: { principal: { [excluded]: 'true' }, resource: {} } };

/** The sample with its exception for actions that do not tell the owner, and repositories of a Region each. */
const ofCallers = [deny({ NotAction: ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListEntitiesForPolicy'] }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'], exceptTag))];
const repositories = regions.map((region, i) => `arn:aws:ecr:${region}:${String(600_000_000_000 + 7_919 * i)}:repository/*`);
const ofAmazon = ['ssm:*::document/*', 'imagebuilder:*:aws:image/*', 'ec2:*:aws:prefix-list/*', 'iot:*::jobtemplate/*', 'bedrock:*::foundation-model/*', 'cloudformation:*:aws:transform/*', 'ec2:*::snapshot/*'].map((one) => `arn:aws:${one}`);
const besidesRepositories = [deny({ NotAction: 's3:*', NotResource: [...repositories, ...ofAmazon] }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine])), deny({ Action: 's3:*' }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine]))];

/** Appendix 2, and AWS's sample after it. */
const elsewhere = (addresses: readonly string[], vpcs: readonly string[]): Test[] => [['NotIpAddressIfExists', 'aws:SourceIp', addresses], ['StringNotEqualsIfExists', 'aws:SourceVpc', vpcs]];
const directly: Test[] = [['Bool', 'aws:ViaAWSService', 'false'], ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/aws:ec2-infrastructure']];
const untagged: Test = ['Null', 'aws:PrincipalTag/IpRestrictedExempt', true];
const networkControl = (...tests: Test[]): object => attached(deny({ NotAction: ['es:ESHttp*', 'dax:GetItem', 'dax:PutItem', 'dax:Query'] }, when(...tests)));
const office = ['192.0.2.0/24'];
const vpc = ['vpc-012abc01'];
const oneEndpoint = define({ networks: { vpcs: [], subnets: [], vpcEndpoints: ['vpce-012abc01'], cidrs: [], organization: false } });
const everyVpc = { networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: [], organization: true } };
const tagged = define({ exclusionTags: { principal: { IpRestrictedExempt: 'true' }, resource: {} } });
const noTags = define();

/** AWS's sample of an RCP for identities. */
const identityControl = (actions: readonly string[], ...tests: Test[]): object => document(deny({ Action: actions }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ...tests, ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])));
const identityQueues = document(deny({ NotResource: `arn:aws:sqs:*:${sibling}:*` }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'])));
const resourceTag: Test = ['StringNotEqualsIfExists', 'aws:ResourceTag/dp:exclude:identity', 'true'];

const bucket = 'arn:aws:s3:::acme-data';
const objects = { Action: 's3:GetObject', Resource: `${bucket}/*` };
const fromOwnNetworks = (...tests: Test[]): object => document(deny(when(...tests)), allow(objects, when(ofOrganization())));
const queue = `arn:aws:sqs:us-east-1:${own}:q`;
const withTag: Test[] = [['StringEquals', 'aws:ResourceTag/env', 'test'], ['StringEquals', 'aws:ResourceAccount', own]];
const elsewhereBound = (statement: number | string = besides) => outside('network-bound', 'role', statement);

export const guardrails: readonly Group[] = [
  { title: 'an identity policy', setting: { kind: 'identity' }, cases: [
    row('queues of my accounts', queues(own, sibling), { resources: inside }, 'the ARNs name known accounts, and listing takes no resource', { service: 'sqs' }),
    row('queues of a stranger among them', queues(own, stranger), { resources: outside('named-account', 'role') }, 'one of the ARNs names a stranger', { service: 'sqs' }),
    row('buckets of my accounts', buckets(own, sibling), { resources: inside }, 'the owner has to be known', { service: 's3' }),
    row('buckets of a stranger among them', buckets(own, stranger), { resources: outside('named-account', 'role') }, 'one of the owners is a stranger', { service: 's3' }),
    row('any bucket, from a VPC', attached(allow({ Action: 's3:*' }, when(['StringEquals', 'aws:SourceVpc', vpc]))), { resources: outside('any-account', 'role') }, 'callers in the VPC reach the buckets of others', { service: 's3' }),
    row('any bucket, from an office', attached(allow({ Action: 's3:*' }, when(['IpAddress', 'aws:SourceIp', office]))), { resources: outside('any-account', 'role') }, 'callers in the office reach the buckets of others', { service: 's3' }),
    row('any bucket, from both at once', attached(allow({ Action: 's3:*' }, when(['IpAddress', 'aws:SourceIp', office], ['StringEquals', 'aws:SourceVpc', vpc]))), { resources: inside }, 'behind an endpoint there is no address', { service: 's3' }),
    row('any bucket', attached(allow({ Action: 's3:*' })), { resources: outside('any-account', 'role') }, 'a star for resource takes in those of others', { service: 's3' }),
  ] },
  { title: 'a resource beside what hangs on none', setting: { kind: 'identity' }, cases: [
    row('a queue beside an identity with any bucket', attached(allow({ Action: 's3:*' })), { resources: outside('any-account', 'role') }, 'what an identity reaches is any resource', { resource: queue }),
    row('a role beside an identity with any bucket', attached(allow({ Action: 's3:*' })), { resources: outside('any-account', 'role') }, 'the identity\'s own ARN says nothing of what it reaches', { resource: `arn:aws:iam::${own}:role/app` }),
    row('a queue beside an identity with queues of mine', attached(allow({ Action: 'sqs:*', Resource: `arn:aws:sqs:*:${own}:*` })), { resources: inside }, 'the ARN names an account of mine', { resource: queue }),
    row('an endpoint by its ARN', document(allow({ Action: 's3:*' })), { principals: outside('anonymous', 'anonymous'), resources: outside('any-account', ['anonymous', 'role']) }, 'what comes through it goes to any service', { kind: 'vpc-endpoint', resource: `arn:aws:ec2:eu-west-1:${own}:vpc-endpoint/vpce-0aaa1111` }),
    row('an SCP by its ARN', attached(deny({ Action: 'organizations:*' })), { resources: outside('any-account', 'role', besides) }, 'it denies nothing of other services', { kind: 'scp', resource: `arn:aws:organizations::${own}:policy/${mine}/service_control_policy/p-examplepolicyid111` }),
    row('an RCP above the queue', document(deny({ Action: 's3:*' })), { principals: outside('anonymous', 'anonymous', besides) }, 'the RCP is asked about the queue, of which it says nothing', { kind: 'rcp', resource: queue }),
  ] },
  { title: 'tags beside what hangs on no resource', setting: { kind: 'identity', service: 'secretsmanager', resourceTags: { env: 'prod' } }, cases: [
    row('an identity with those of mine that have another', attached(allow(when(...withTag))), { networks: outside('network-bound', 'role') }, 'other secrets of mine may have the tag'),
    row('an SCP that leaves those of mine that have another', attached(allow(when(...withTag))), { networks: outside('network-bound', 'role') }, 'other secrets of mine may have the tag', { kind: 'scp' }),
    row('an endpoint for those of mine that have another', document(allow(when(...withTag))), { principals: outside('anonymous', 'anonymous') }, 'other secrets of mine may have the tag', { kind: 'vpc-endpoint' }),
    row('an RCP that spares those that have another', document(deny(when(['StringNotEqualsIfExists', 'aws:ResourceTag/env', 'test']))), { principals: outside('anonymous', 'anonymous', besides) }, 'other secrets of mine may have the tag', { kind: 'rcp' }),
    row('an RCP that spares another tag than the secret has', document(deny(when(['StringNotEqualsIfExists', 'aws:ResourceTag/env', 'test']))), { principals: inside }, 'the secret has another', { kind: 'rcp', resource: `arn:aws:secretsmanager:eu-west-1:${own}:secret:a-AbCdEf` }),
    row('a secret with another tag', document(allow(when(...withTag))), { principals: inside }, 'the secret\'s tags are known', { kind: 'resource' }),
  ] },
  { title: 'an SCP for resources', setting: { kind: 'scp', service: 's3' }, cases: [
    row('buckets of my accounts', bucketControl(own, sibling), { resources: inside }, 'other owners are denied'),
    row('buckets of a stranger among them', bucketControl(own, stranger), { resources: outside('named-account', 'role', besides) }, 'one of the owners that are spared is a stranger'),
    row('buckets of my accounts, asked of queues', bucketControl(own), { resources: outside('any-account', 'role', besides) }, 'the Deny is about S3', { service: 'sqs' }),
    row('resources of the organization', resourceControl(['arn:aws:iam::aws:policy/*']), { resources: inside }, 'other owners are denied'),
    row('resources of the organization, or callers from a VPC', resourceControl([], ['StringNotEqualsIfExists', 'aws:SourceVpc', vpc]), { resources: outside('any-account', 'role', besides) }, 'callers in the VPC reach resources of others'),
    row('resources of the organization, or tagged callers', resourceControl([], exceptTag), { resources: inside }, 'the definition exempts the tag', define(exempt)),
    row('resources of the organization, or callers with a tag of their own', resourceControl([], exceptTag), { resources: outside('any-account', 'role', besides) }, 'the definition does not exempt the tag'),
    row('resources of the organization, or what Amazon owns', resourceControl([], ['StringNotEqualsIfExists', 'ec2:Owner', 'amazon']), { resources: inside }, 'only images of Amazon and of those that it has verified come under its name', { service: 'ec2' }),
    row('images of Amazon, for whoever calls', document(allow({ Action: 'ec2:RunInstances' }, when(['StringEquals', 'ec2:Owner', 'amazon']))), { principals: outside('anonymous', 'anonymous'), resources: inside }, 'strangers start such images too, and only whose they are is agreed', { kind: 'vpc-endpoint', service: 'ec2' }),
    row('resources of the organization, or what sellers of the Marketplace own', resourceControl([], ['StringNotEqualsIfExists', 'ec2:Owner', 'aws-marketplace']), { resources: outside('any-account', 'role', besides) }, 'anybody may sell images', { service: 'ec2' }),
    row('resources of the organization, or images of a stranger', resourceControl([], ['StringNotEqualsIfExists', 'ec2:Owner', stranger]), { resources: outside('named-account', 'role', besides) }, 'an image\'s owner is its account', { service: 'ec2' }),
    row('resources of the organization, or images of a sibling', resourceControl([], ['StringNotEqualsIfExists', 'ec2:Owner', sibling]), { resources: inside }, 'the sibling is mine', { service: 'ec2' }),
    row('resources of the organization, or one bucket of unknown owner', resourceControl(['arn:aws:s3:::globex-data', 'arn:aws:s3:::globex-data/*']), { resources: undecided('globex-data') }, 'a bucket\'s ARN tells no owner'),
    row('resources of the organization, or all buckets that AWS owns in a Region', resourceControl(ownedInRegion), { resources: inside }, 'the definition lists them, by the names of all Regions', define({ awsOwnedResources })),
    row('resources of the organization, or one bucket more', resourceControl([...ownedInRegion, 'arn:aws:s3:::aws-ssm-eu-west', 'arn:aws:s3:::aws-ssm-eu-west/*']), { resources: undecided('aws-ssm-eu-west') }, 'no Region has that name', define({ awsOwnedResources })),
    row('resources of the organization, or objects of any bucket that begins so', resourceControl([...ownedInRegion, 'arn:aws:s3:::aws-ssm-eu-west-1*/*']), { resources: outside('any-account', 'role', besides) }, 'others have buckets of such names', define({ awsOwnedResources })),
    row('resources of the organization, or any bucket of a prefix', resourceControl(['arn:aws:s3:::sc-*']), { resources: outside('any-account', 'role', besides) }, 'others have buckets of such names'),
  ] },
  { title: 'an SCP for resources of whatever service', setting: { kind: 'scp' }, cases: [
    row('resources of the organization, or what Amazon owns', resourceControl([], ['StringNotEqualsIfExists', 'ec2:Owner', 'amazon']), { resources: inside }, 'what is no image has no such owner, and IfExists denies it'),
    row('the same of actions that name an owner alone', attached(deny({ Action: '*' }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], ['StringNotEquals', 'ec2:Owner', 'amazon']))), { resources: inside }, 'a missing owner is not Amazon'),
    row('resources of the caller\'s organization, beside repositories in many accounts that the definition lists', attached(...ofCallers, ...besidesRepositories), { resources: inside }, 'one Deny or the other stops each', define({ awsOwnedResources: [...repositories, ...ofAmazon] })),
    row('the same where it lists none of them', attached(...besidesRepositories), { resources: outside('named-account', 'role', besides) }, 'the Deny spares them', define({ awsOwnedResources: ofAmazon })),
    row('resources of the organization, or whatever names Amazon', attached(deny({ Action: '*' }, when(['StringNotEqualsIfExists', 'aws:ResourceOrgID', mine], ['Null', 'ec2:Owner', false]))), { resources: outside('any-account', 'role', besides) }, 'what is no image names no owner, so the Deny spares it'),
  ] },
  { title: 'an SCP for networks', setting: { kind: 'scp', service: 's3', ...tagged }, cases: [
    row('as the whitepaper has it', networkControl(...elsewhere(office, vpc), ...directly, untagged), { networks: elsewhereBound() }, 'the tag exempts with any value, the definition with one only'),
    row('with the tag\'s value', networkControl(...elsewhere(office, vpc), ...directly, ['StringNotEqualsIfExists', 'aws:PrincipalTag/IpRestrictedExempt', 'true']), { networks: inside }, 'callers from elsewhere are denied but for what the definition exempts; calls to S3 always tell whether AWS acts'),
    row('asked of EC2, which does not always tell that AWS acts', networkControl(...elsewhere(office, vpc), ['Bool', 'aws:ViaAWSService', 'false']), { networks: elsewhereBound() }, 'where the key is missing, Bool is false and the Deny does not hit', { service: 'ec2' }),
    row('asked of EC2, with IfExists', networkControl(...elsewhere(office, vpc), ['BoolIfExists', 'aws:ViaAWSService', 'false']), { networks: inside }, 'a missing key is denied as well', { service: 'ec2' }),
    row('with a tag that the definition does not exempt', networkControl(...elsewhere(office, vpc), ...directly, ['StringNotEqualsIfExists', 'aws:PrincipalTag/IpRestrictedExempt', 'true']), { networks: elsewhereBound() }, 'tagged callers may come from anywhere', noTags),
    row('without exceptions', networkControl(...elsewhere(office, vpc)), { networks: inside }, 'callers from elsewhere are denied'),
    row('with an address that is not mine', networkControl(...elsewhere([...office, '198.51.100.0/24'], vpc)), { networks: elsewhereBound() }, 'the definition does not list that network'),
    row('with a VPC that is not mine', networkControl(...elsewhere(office, [...vpc, 'vpc-0stranger'])), { networks: elsewhereBound() }, 'the definition does not list that VPC'),
    row('for tagged callers only', networkControl(...elsewhere(office, vpc), ['StringEquals', 'aws:PrincipalTag/dp:include:network', 'true']), { networks: elsewhereBound() }, 'callers without the tag may come from anywhere'),
    row('asked of a data plane that it leaves out', networkControl(...elsewhere(office, vpc)), { networks: elsewhereBound() }, 'NotAction spares calls within a VPC wherever they come from', { service: 'es' }),
    row('with one of two tests only', networkControl(['NotIpAddressIfExists', 'aws:SourceIp', office]), { networks: inside }, 'behind an endpoint there is no address, and IfExists denies that too'),
    row('with a test that needs an address', networkControl(['NotIpAddress', 'aws:SourceIp', office], ['Null', 'aws:SourceIp', 'false']), { networks: elsewhereBound() }, 'behind an endpoint there is no address, and the Deny does not hit'),
    row('that allows what comes through access points of mine', attached(allow(when(['StringEquals', 's3:DataAccessPointAccount', own]))), { networks: elsewhereBound(0) }, 'an SCP leaves nothing to what hangs on resources'),
    row('with a star for a VPC under an operator that knows none', attached(deny(when(['StringNotEquals', 'aws:SourceVpc', 'vpc-*']))), { networks: inside }, 'no VPC has a star in its id, so everything is denied'),
    row('with the VPCs of a standalone account, where those of the organization count', attached(deny(when(['StringNotEqualsIfExists', 'aws:VpceAccount', standalone]))), { networks: elsewhereBound() }, 'it is in no organization', define({ standaloneAccounts: [standalone], ...everyVpc })),
    row('for members of the organization, asked beside an account that stands alone', attached(deny(when(['StringNotEquals', 'aws:ResourceOrgID', mine], ['StringEquals', 'aws:PrincipalOrgID', mine]))), { resources: inside }, 'an SCP binds accounts of the organization', define({ standaloneAccounts: [standalone] })),
    row('for an account that stands alone, which is asked about', attached(allow()), { resources: outside('any-account', 'role') }, 'whatever it hangs on, it lets everything through', define({ standaloneAccounts: [own] })),
    row('of addresses, for calls that principals make themselves', attached(allow({ Action: 's3:*' }), deny(when(['NotIpAddress', 'aws:SourceIp', office], ['Bool', 'aws:ViaAWSService', 'false']))), { networks: inside }, 'S3 always tells whether AWS calls', { kind: 'identity' }),
    row('for root users, of whom an identity policy speaks never', attached(allow(when(['StringEquals', 'aws:PrincipalType', 'Account']))), { resources: inside }, 'identity policies hang on users and roles', { kind: 'identity' }),
    row('for root users, as an SCP may have it', attached(allow(when(['StringEquals', 'aws:PrincipalType', 'Account']))), { resources: outside('any-account', 'root', 0) }, 'SCPs bind root users'),
  ] },
  { title: 'an RCP for identities', setting: { kind: 'rcp', service: 's3' }, cases: [
    row('members and services', identityControl(['s3:*', 'sqs:*', 'kms:*']), { principals: inside }, 'whoever is not in the organization is denied'),
    row('members and services, asked of topics', identityControl(['s3:*', 'sqs:*', 'kms:*']), { principals: outside('anonymous', 'anonymous', besides) }, 'topics are not on the list', { service: 'sns' }),
    row('members, services, and tagged resources', identityControl(['s3:*'], resourceTag), { principals: outside('anonymous', 'anonymous', besides) }, 'resources that carry the tag are open'),
    row('members and services, by the ARNs of buckets', document(deny({ Resource: 'arn:aws:s3:::*' }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), { principals: outside('anonymous', 'anonymous', besides) }, 'access points are no buckets'),
    row('members, services, and an account', identityControl(['s3:*'], ['StringNotEqualsIfExists', 'aws:PrincipalAccount', stranger]), { principals: outside('named-account', 'role', besides) }, 'the account that is spared is a stranger\'s'),
  ] },
  { title: 'an RCP for identities that spares an account\'s queues', setting: { kind: 'rcp', service: 'sqs' }, cases: [
    row('asked of a queue of another account', identityQueues, { principals: inside }, 'the queue is none of those spared', { resource: `arn:aws:sqs:eu-west-1:${own}:orders` }),
    row('asked of a queue of that account', identityQueues, { principals: outside('anonymous', 'anonymous', besides) }, 'the queue is spared', { resource: `arn:aws:sqs:eu-west-1:${sibling}:orders`, account: sibling }),
  ] },
  { title: 'an RCP for identities, of whatever service', setting: { kind: 'rcp' }, cases: [
    row('of services that RCPs bind, and of one that they do not', identityControl(['s3:*', 'sns:*']), { principals: inside }, 'of topics an RCP says nothing'),
    row('of accounts, where one is told', document(deny(when(['StringNotEquals', 'aws:PrincipalAccount', [own, sibling]], ['Null', 'aws:PrincipalAccount', 'false']))), { principals: outside('anonymous', 'web-identity', besides) }, 'tokens tell no account, so they are spared'),
    row('of accounts', document(deny(when(['StringNotEquals', 'aws:PrincipalAccount', [own, sibling]]))), { principals: inside }, 'who tells no account is denied'),
    row('members and services, of all that RCPs bind', identityControl(['*']), { principals: inside }, 'tokens are denied as all others who are not in the organization'),
    row('members of a stranger\'s, of all but STS', document(deny({ NotAction: 'sts:*' }, when(notOfOrganization(foreign))), deny({ Action: 'sts:*' }, when(notOfOrganization()))), { principals: outside('any-organization-member', ['role', 'user', 'root'], besides) }, 'NotAction speaks of all other services'),
    row('members, of all but STS, and of STS', document(deny({ NotAction: 'sts:*' }, when(notOfOrganization())), deny({ Action: 'sts:*' }, when(notOfOrganization()))), { principals: inside }, 'every service is held to the organization'),
    row('networks of mine, for calls that principals make themselves', document(deny(when(...elsewhere(office, vpc), ...directly))), { networks: inside }, 'what AWS may leave out, services that RCPs do not bind leave out alone'),
    row('of a service that RCPs do not bind', identityControl(['sns:*']), { principals: outside('anonymous', 'anonymous', besides) }, 'it denies nothing that it binds'),
  ] },
  { title: 'where callers of mine come from', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('anywhere', document(allow(objects, when(ofOrganization()))), { networks: elsewhereBound(0) }, 'nothing is asked of the network'),
    row('the office or the VPC', fromOwnNetworks(...elsewhere(office, vpc)), { networks: inside }, 'callers from elsewhere are denied'),
    row('a part of the office', fromOwnNetworks(...elsewhere(['192.0.2.128/25'], vpc)), { networks: inside }, 'the part lies in a network of mine'),
    row('more than the office', fromOwnNetworks(...elsewhere(['192.0.2.0/23'], vpc)), { networks: elsewhereBound(1) }, 'half of the block is not mine'),
    row('endpoints of the organization', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:VpceOrgID', mine]))), { networks: elsewhereBound(0) }, 'the definition lists networks one by one'),
    row('endpoints of the organization, which count', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:VpceOrgID', mine]))), { networks: inside }, 'any VPC of the organization is mine', define(everyVpc)),
    row('endpoints on paths of the organization, which count', document(allow(objects, when(ofOrganization(), ['ForAnyValue:StringLike', 'aws:VpceOrgPaths', `${mine}/*`]))), { networks: inside }, 'a path of the organization tells the same', define(everyVpc)),
    row('endpoints of the own account, where those of the organization count', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:VpceAccount', own]))), { networks: inside }, 'the account is of the organization', define(everyVpc)),
    ...([['StringEquals', 'aws:VpceAccount', '${aws:ResourceAccount}'], ['ArnLike', 'aws:SourceVpcArn', 'arn:aws:ec2:*:${aws:ResourceAccount}:vpc/*']] as const).flatMap((network) => [undefined, [own, sibling]].map((accounts) =>
      row(`endpoints of the resource's owner by ${network[1]}, where those of the organization count${accounts === undefined ? ' and no accounts are listed' : ''}`, document(allow(when(network, ['StringEquals', 'aws:ResourceOrgID', mine]))), { networks: inside }, 'the owner is of the organization',
        { kind: 'scp', ...define({ accounts, ...everyVpc }) }))),
    ...([['an endpoint', ['StringEquals', 'aws:VpceAccount', stranger]], ['a VPC', ['ArnLike', 'aws:SourceVpcArn', `arn:aws:ec2:*:${stranger}:vpc/*`]], ['an endpoint in no organization', ['StringEquals', 'aws:VpceAccount', stranger], ['Null', 'aws:VpceOrgID', 'true']]] as const).flatMap(([what, ...network]) => [
      row(`${what} of an account that nothing lists, where those of the organization count`, document(allow(objects, when(ofOrganization(), ...network))), { networks: undecided(stranger) }, 'only a list of accounts tells whose it is', define({ accounts: undefined }, everyVpc)),
      row(`${what} of an account that is not listed, where those of the organization count`, document(allow(objects, when(ofOrganization(), ...network))), { networks: elsewhereBound(0) }, 'it is not among mine', define(everyVpc)),
    ]),
    ...['auditmanager', 'detective', 'ds', 'es', 'guardduty', 'macie2', 'securityhub'].map((service) =>
      row(`invitations of strangers by ${service}, which do not tell the owner`, attached(deny(when(['StringNotEqualsIfExists', 'aws:ResourceAccount', [own, sibling]], ['Null', 'aws:ResourceAccount', 'false']))), { resources: outside('any-account', 'role', besides) }, 'the Deny wants the key', { kind: 'scp', service })),
    row('a repository by its name, and queues of whatever partition', attached(allow({ Action: 'ecr:PutImage', Resource: [`arn:aws:ecr:eu-west-1:${own}:repository/app`, `arn:aws*:sqs:*:${own}:orders`] })), { networks: elsewhereBound(0) }, 'nothing is asked of the network', { kind: 'scp', service: 'ecr' }),
    row('an endpoint of the caller\'s own account, which nothing lists', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:VpceAccount', stranger], ['StringEquals', 'aws:PrincipalAccount', stranger]))), { networks: inside }, 'a caller of my organization is in an account of mine', define({ accounts: undefined }, everyVpc)),
    row('an endpoint of the owner\'s own account, which nothing lists', document(deny(when(['StringNotEqualsIfExists', 'aws:VpceAccount', stranger])), deny(when(['StringNotEqualsIfExists', 'aws:ResourceAccount', stranger]))), { networks: inside }, 'the RCP hangs on accounts of mine alone', { kind: 'rcp', ...define({ accounts: undefined }, everyVpc) }),
    row('a VPC of mine by its ARN', document(allow(objects, when(ofOrganization(), ['ArnLike', 'aws:SourceVpcArn', 'arn:aws:ec2:*:*:vpc/vpc-012abc01']))), { networks: inside }, 'the ARN names a VPC of mine'),
    row('every VPC of the own account by ARN', document(allow(objects, when(ofOrganization(), ['ArnLike', 'aws:SourceVpcArn', `arn:aws:ec2:*:${own}:vpc/*`]))), { networks: elsewhereBound(0) }, 'the definition lists VPCs one by one'),
    row('an endpoint of mine', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:SourceVpce', 'vpce-012abc01']))), { networks: inside }, 'the definition lists the endpoint', oneEndpoint),
    row('an endpoint of mine and another', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:SourceVpce', ['vpce-012abc01', 'vpce-0stranger']]))), { networks: elsewhereBound(0) }, 'the definition lists one of the two', oneEndpoint),
    row('endpoints of two organizations', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:VpceOrgID', [mine, second]]))), { networks: elsewhereBound(0) }, 'the second organization is not mine', define(everyVpc)),
    row('nobody of mine', document(allow(objects, { Principal: { Service: 'cloudtrail.amazonaws.com' } })), { networks: inside }, 'a service is no IAM principal'),
    row('through AWS services only', document(allow(objects, when(ofOrganization(), ['Bool', 'aws:ViaAWSService', 'true']))), { networks: inside }, 'AWS acting with my credentials does not call directly'),
    row('through one AWS service only', document(allow(objects, when(ofOrganization(), ['ForAnyValue:StringEquals', 'aws:CalledVia', 'athena.amazonaws.com']))), { networks: inside }, 'only AWS acting with my credentials tells through whom it calls'),
    row('through one AWS service first', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:CalledViaFirst', 'cloudformation.amazonaws.com']))), { networks: inside }, 'only AWS acting with my credentials tells through whom it calls'),
    row('EC2\'s own role, or a user of such a name', document(allow(objects, when(ofOrganization(), ['ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/aws:ec2-infrastructure', 'arn:aws:iam::*:user/ec2-infrastructure']]))), { networks: outside('network-bound', 'user') }, 'EC2 acts under no user'),
    row('EC2\'s own role, or a user whom nobody can call so', document(allow(objects, when(ofOrganization(), ['ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/aws:ec2-infrastructure', 'arn:aws:iam::*:user/aws:ec2-infrastructure']]))), { networks: inside }, 'names of users hold no colon'),
    row('EC2\'s own role only', document(allow(objects, when(ofOrganization(), ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/aws:ec2-infrastructure']))), { networks: inside }, 'EC2 acts under this role from networks of AWS'),
    row('roles linked to services only', document(allow(objects, when(ofOrganization(), ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/aws-service-role/*']))), { networks: inside }, 'only their services assume them'),
    row('roles below a path of another name', document(allow(objects, when(ofOrganization(), ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/aws-service-roles/*']))), { networks: outside('network-bound', 'role') }, 'anybody of mine may be such a role'),
    row('an exempt tag only', document(allow(objects, when(ofOrganization(), ['StringEquals', 'aws:PrincipalTag/net', 'any']))), { networks: inside }, 'the definition exempts the tag', define({ exclusionTags: { principal: { net: 'any' }, resource: {} } })),
  ] },
];
