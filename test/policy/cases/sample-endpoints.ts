import { readDefinition } from '../../../core/definition.ts';
import { allow, define, document, foreign, inside, isService, mine, ofOrganization, outside, own, partner, stranger, undecided, when, type Case, type Group, type Test } from './case.ts';

/** The shapes of https://github.com/aws-samples/data-perimeter-policy-examples, vpc_endpoint_policies, from parameters. */

const tag = 'dp:exclude:resource';
const tagged: Test = ['StringEquals', `aws:PrincipalTag/${tag}`, 'true'];
/** My callers to my resources; AWS services; what one service needs besides; my callers with the tag to anything. */
const sample = (...besides: object[]): object => sampleFor(mine, ...besides);
const sampleFor = (organization: string, ...besides: object[]): object => document(
  allow(when(ofOrganization(organization), ['StringEquals', 'aws:ResourceOrgID', organization])), allow(when(isService())), ...besides, allow(when(ofOrganization(organization), tagged)),
);
/** My callers to resources of AWS: by ARN, by the account that owns them, or by a key of the service. */
const toAwsOwned = (Resource: unknown, Action: unknown = '*', ...tests: Test[]): object => allow({ Action, Resource }, when(ofOrganization(), ...tests));
/** Buckets of AWS that instances in a Region read, open to unsigned callers as AWS publishes it. */
const packages = (region: string): string[] => [`arn:aws:s3:::packages.${region}.amazonaws.com/*`, `arn:aws:s3:::amazonlinux-2-repos-${region}/*`, `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`, `arn:aws:s3:::aws-ssm-${region}/*`];
const anybodyReads = (Resource: unknown, ...tests: Test[]): object => allow({ Action: ['s3:GetObject'], Resource }, tests.length > 0 ? when(...tests) : {});
const withoutArn: Test = ['Null', 'aws:PrincipalArn', 'true'];
/** What an outsider may do with its own resources through the endpoint. */
const outsiderToItself = (account: string, Resource: string, Action: string): object => allow({ Action, Resource }, when(['StringEquals', 'aws:PrincipalAccount', [account]], ['StringEquals', 'aws:ResourceAccount', [account]]));
const minesToOutsider = (account: string, Resource: string, Action: string): object => allow({ Action, Resource }, when(ofOrganization(), ['StringEquals', 'aws:ResourceAccount', [account]]));
/** Federation through an STS endpoint: AWS writes `{"Federated": "*"}` for callers that cannot be named. */
const federated = (confined: object = {}): object => allow({ Principal: { Federated: '*' }, Action: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'] }, confined);

const exempt = { exclusionTags: { principal: { [tag]: 'true' }, resource: {} } };
const catalogue = readDefinition({ version: 1, organizations: [mine] }).perimeter.awsOwnedResources;
const owned = (...awsOwnedResources: string[]) => define(exempt, { awsOwnedResources });
const vendor = (granted: boolean) => define(exempt, { partners: [{
  name: 'Vendor', accounts: [partner], externalIds: undefined, resources: granted ? [{ arn: 'arn:aws:s3:::vendor-drop/*', actions: ['s3:GetObject'] }] : [], reachable: granted ? ['arn:aws:s3:::vendor-drop/*'] : [],
}] });

/** One sample that lets my callers reach resources of AWS: inside both ways once the definition lists those. */
const besideAwsOwned = (service: string, name: string, besides: object, ...listed: string[]): Case => ({
  name: `${service}: ${name}`, policy: sample(besides), given: { service, ...owned(...listed) }, principals: inside, resources: inside, because: 'only my callers are let in, and what they reach besides is listed as owned by AWS',
});

export const sampleEndpoints: readonly Group[] = [
  { title: 'AWS\'s sample for any endpoint', setting: { kind: 'vpc-endpoint', service: 'sqs', ...define(exempt) }, cases: [
    { name: 'as published', policy: sample(), principals: inside, resources: inside, because: 'callers of mine on resources of mine, services, and the tag that the definition exempts' },
    { name: 'a tag that the definition does not exempt', policy: sample(), given: define(), principals: inside, resources: outside('any-account', 'role', 2), because: 'tagged callers may reach anything' },
    { name: 'the tag with another value', policy: sample(), given: define({ exclusionTags: { principal: { [tag]: 'yes' }, resource: {} } }), principals: inside, resources: outside('any-account', 'role', 2), because: 'a tag exempts by name and value' },
    { name: 'services that the definition does not admit', policy: sample(), given: define(exempt, { services: ['cloudformation.amazonaws.com'] }), principals: outside('service', 'service', 1), resources: outside('any-account', 'service', 1), because: 'any service gets through, and it may carry somebody else\'s data' },
    { name: 'the tag without the organization', policy: document(allow(when(tagged))), principals: outside('any-account', 'role'), resources: outside('any-account', 'role'), because: 'a stranger tags its own roles as it likes' },
    { name: 'somebody else\'s organization', policy: sampleFor(foreign), principals: outside('any-organization-member', 'role', [0, 2]), resources: outside('any-account', 'role', 2), because: 'the parameter was not filled in with my organization, and the exclusion tag is for callers of mine' },
    { name: 'the document AWS Config records for no policy', policy: { Version: '2008-10-17', Statement: [allow()] }, principals: outside('anonymous', 'anonymous'), resources: outside('any-account', 'role'), because: 'full access' },
  ] },
  { title: 'AWS\'s sample for S3', setting: { kind: 'vpc-endpoint', service: 's3', endpointType: 'gateway', ...owned(...catalogue) }, cases: [
    { name: 'AWS-owned buckets for everybody, as published', policy: sample(anybodyReads(packages('eu-west-1'))), principals: inside, resources: inside, because: 'whoever signs may read them, for AWS signs URLs to them as accounts of its own' },
    { name: 'AWS-owned buckets for unsigned callers', policy: sample(anybodyReads(packages('eu-west-1'), withoutArn)), principals: inside, resources: inside, because: 'an unsigned read of what AWS owns is inside' },
    { name: 'AWS-owned buckets for the organization', policy: sample(anybodyReads(packages('eu-west-1'), ofOrganization())), principals: inside, resources: inside, because: 'callers of mine may reach what AWS owns' },
    { name: 'AWS-owned buckets of another Region', policy: sample(anybodyReads(packages('ap-southeast-4'), ofOrganization())), principals: inside, resources: inside, because: '${region} in the catalogue stands for any Region\'s name' },
    { name: 'AWS-owned buckets by a wildcard in the name', policy: sample(anybodyReads('arn:aws:s3:::packages.*.amazonaws.com/*', ofOrganization())), principals: inside, resources: outside('any-account', 'role', 2), because: 'anybody may make a bucket `packages.x.amazonaws.com`-like: the name is left open' },
    { name: 'AWS-owned buckets of whatever Region', policy: sample(anybodyReads('arn:aws:s3:::amazonlinux-2-repos-*/*', ofOrganization())), principals: inside, resources: outside('any-account', 'role', 2), because: 'the star matches more than Regions, and anybody can make a bucket `amazonlinux-2-repos-mine`' },
    { name: 'a bucket named like AWS\'s, but for no Region', policy: sample(anybodyReads('arn:aws:s3:::aws-ssm-backup/*', ofOrganization())), principals: inside, resources: undecided('aws-ssm-backup'), because: '`backup` is no Region, so the bucket is not in the catalogue and nobody knows its owner' },
    { name: 'a pattern across services beside a bucket of mine', policy: document(allow({ Resource: [`arn:aws:*:*:${own}:*`, 'arn:aws:s3:::acme-logs/*'] }, when(ofOrganization()))), given: define({ buckets: ['acme-logs'], awsOwnedResources: catalogue }), principals: inside, resources: outside('any-account', 'role'), because: 'the star stands for colons too, and a key of somebody else\'s bucket may hold my account id' },
    { name: 'AWS-owned buckets where the definition lists none', policy: sample(anybodyReads(packages('eu-west-1').slice(0, 1), ofOrganization())), given: owned(), principals: inside, resources: undecided('packages.eu-west-1.amazonaws.com'), because: 'an exactly named bucket of unknown owner' },
    { name: 'unsigned writes to AWS-owned buckets', policy: sample(allow({ Action: 's3:PutObject', Resource: packages('eu-west-1') }, when(withoutArn))), principals: outside('anonymous', 'anonymous', 2), resources: inside, because: 'only reads of what AWS owns may be unsigned' },
    { name: 'a partner to its own bucket, as agreed', policy: sample(outsiderToItself(partner, 'arn:aws:s3:::vendor-drop/*', 's3:GetObject')), given: vendor(true), principals: inside, resources: inside, because: 'the definition grants the partner the action and lets the bucket be reached' },
    { name: 'a partner to its own bucket, with more than agreed', policy: sample(outsiderToItself(partner, 'arn:aws:s3:::vendor-drop/*', 's3:*')), given: vendor(true), principals: outside('named-account', 'role', 2), resources: inside, because: 'the grant is for s3:GetObject' },
    { name: 'an outsider to its own buckets', policy: sample(outsiderToItself(stranger, '*', '*')), principals: outside('named-account', 'role', 2), resources: outside('named-account', 'role', 2), because: 'neither the caller nor the bucket is mine' },
    { name: 'a partner to buckets of its own that were not agreed', policy: sample(outsiderToItself(partner, '*', '*')), given: vendor(false), principals: outside('named-account', 'role', 2), resources: outside('named-account', 'role', 2), because: 'a partner has what it was granted, here nothing' },
    { name: 'my callers to a partner\'s bucket', policy: sample(minesToOutsider(partner, 'arn:aws:s3:::vendor-drop/*', '*')), given: vendor(true), principals: inside, resources: inside, because: 'the partner\'s bucket is reachable by agreement' },
    { name: 'my callers to any bucket of a partner', policy: sample(minesToOutsider(partner, '*', '*')), given: vendor(true), principals: inside, resources: outside('named-account', 'role', 2), because: 'one bucket was agreed, not all' },
    { name: 'my callers to a bucket of AWS Glue\'s account', policy: sample(toAwsOwned('*', 's3:GetObject', ['StringEquals', 'aws:ResourceAccount', stranger])), principals: inside, resources: outside('named-account', 'role', 2), because: 'the definition does not know the account' },
  ] },
  { title: 'AWS\'s samples for services with resources of AWS', setting: { kind: 'vpc-endpoint', ...define(exempt) }, cases: [
    besideAwsOwned('ssm', 'public parameters and documents', toAwsOwned(['arn:aws:ssm:eu-west-1::parameter/aws/*', 'arn:aws:ssm:eu-west-1::document/*'], ['ssm:Describe*', 'ssm:List*', 'ssm:Get*', 'ssm:SendCommand', 'ssm:CreateAssociation', 'ssm:StartSession']), 'arn:aws:ssm:*::parameter/aws/*', 'arn:aws:ssm:*::document/*'),
    besideAwsOwned('ssm', 'public parameters, from the catalogue', toAwsOwned('arn:aws:ssm:eu-west-1::parameter/aws/*', 'ssm:Get*'), ...catalogue),
    besideAwsOwned('ssm', 'public parameters of any Region, from the catalogue', toAwsOwned('arn:aws:ssm:*::parameter/aws/*', 'ssm:Get*'), ...catalogue),
    besideAwsOwned('bedrock', 'foundation models, from the catalogue', toAwsOwned('arn:aws:bedrock:*::foundation-model/*', 'bedrock:InvokeModel'), ...catalogue),
    besideAwsOwned('iam', 'managed policies, from the catalogue', toAwsOwned('arn:aws:iam::aws:policy/*'), ...catalogue),
    besideAwsOwned('ecr.api', 'repositories of AWS\'s account', toAwsOwned('*', '*', ['StringEquals', 'aws:ResourceAccount', '602401143452']), 'arn:aws:ecr:*:602401143452:*'),
    besideAwsOwned('lambda', 'layers of AWS\'s account', toAwsOwned('arn:aws:lambda:*:580247275435:layer:*'), 'arn:aws:lambda:*:580247275435:layer:*'),
    besideAwsOwned('cloudformation', 'transforms', toAwsOwned('arn:aws:cloudformation:eu-west-1:aws:transform/*', 'cloudformation:CreateChangeSet'), 'arn:aws:cloudformation:*:aws:transform/*'),
    besideAwsOwned('imagebuilder', 'components', toAwsOwned('arn:aws:imagebuilder:eu-west-1:aws:component/*', 'imagebuilder:GetComponent'), 'arn:aws:imagebuilder:*:aws:component/*'),
    besideAwsOwned('iot', 'job templates', toAwsOwned('arn:aws:iot:*::jobtemplate/*'), 'arn:aws:iot:*::jobtemplate/*'),
    { name: 'ecr.api: repositories of an account nobody lists', policy: sample(toAwsOwned('*', '*', ['StringEquals', 'aws:ResourceAccount', '602401143452'])), given: { service: 'ecr.api' }, principals: inside, resources: outside('named-account', 'role', 2), because: 'the definition does not say that the account is AWS\'s' },
    { name: 'lambda: layers of an account nobody lists', policy: sample(toAwsOwned('arn:aws:lambda:*:580247275435:layer:*')), given: { service: 'lambda' }, principals: inside, resources: outside('named-account', 'role', 2), because: 'the definition does not say that the account is AWS\'s' },
    { name: 'ec2: images that Amazon owns', policy: sample(toAwsOwned('*', 'ec2:RunInstances', ['StringEquals', 'ec2:Owner', 'amazon'])), given: { service: 'ec2' }, principals: inside, resources: inside, because: 'only images of Amazon and of those that it has verified come under its name' },
  ] },
  { title: 'AWS\'s sample for STS', setting: { kind: 'vpc-endpoint', service: 'sts', ...define(exempt) }, cases: [
    { name: 'federated callers to roles of mine, as published', policy: sample(federated(when(['StringEquals', 'aws:ResourceOrgID', mine]))), principals: inside, resources: inside, because: 'calls of the federation are never signed, and the roles are mine' },
    { name: 'federated callers to any role', policy: sample(federated()), principals: outside('anonymous', ['web-identity', 'saml', 'anonymous'], 2), resources: inside, because: 'unsigned calls are admitted on roles of mine only; the resource objective spares actions that the definition admits unsigned' },
    { name: 'anybody without a signature to roles of mine', policy: document(allow({ Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEquals', 'aws:ResourceOrgID', mine]))), principals: inside, resources: inside, because: 'nobody signs this call, so no IAM principal makes it' },
    { name: 'anybody without a signature to any role', policy: document(allow({ Action: 'sts:AssumeRoleWithSAML' })), principals: outside('anonymous', ['web-identity', 'saml', 'anonymous']), because: 'the policy does not confine the role to mine' },
    { name: 'anybody to any role, signed', policy: document(allow({ Action: 'sts:AssumeRole' })), principals: outside('any-account', 'role'), resources: outside('any-account', 'role'), because: 'sts:AssumeRole is always signed' },
    { name: 'my callers to roles of my account', policy: document(allow({ Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${own}:role/*` }, when(ofOrganization()))), principals: inside, resources: inside, because: 'the ARN names a known account' },
    { name: 'my callers asking who they are', policy: document(allow({ Action: 'sts:GetCallerIdentity' }, when(ofOrganization()))), principals: inside, resources: inside, because: 'the action supports no resource' },
  ] },
];
