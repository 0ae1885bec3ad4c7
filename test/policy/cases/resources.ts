import { allow, define, deny, document, inside, isService, mine, ofOrganization, outside, own, partner, sibling, stranger, undecided, when, type Case, type Group, type Test } from './case.ts';

/** Which resources callers reach through an endpoint. The callers are mine but for where a case says otherwise. */

const reach = (Resource: unknown, ...tests: Test[]): object => document(allow({ Resource }, when(ofOrganization(), ...tests)));
const only = (...tests: Test[]): object => reach('*', ...tests);
const unless = (...tests: Test[]): object => document(deny(when(...tests)), allow(when(ofOrganization())));
const row = (name: string, policy: object, resources: NonNullable<Case['resources']>, because: string, given?: Case['given']): Case => ({ name, policy, principals: inside, resources, because, ...(given === undefined ? {} : { given }) });
const anybodys = outside('any-account', 'role');
const service = (name: string, policy: object, resources: NonNullable<Case['resources']>, because: string): Case => ({ name, policy, resources, because });
const bucket = (name: string): string[] => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`];
const owner = (operator: string, value: unknown, key = 'aws:ResourceAccount'): Test => [operator, key, value];
const organization = (operator: string, value: unknown): Test => [operator, 'aws:ResourceOrgID', value];
/** No caller that signs but services gets through. */
const anonymously = (...given: object[]): object => document(allow(...given, when(['Null', 'aws:PrincipalArn', 'true'])));
const reachable = (...arns: string[]) => define({ partners: [{ name: 'Vendor', accounts: [partner], externalIds: undefined, resources: [], reachable: arns }] });
const dropBox = reachable(...bucket('vendor-drop'), `arn:aws:sqs:*:${partner}:inbox`);

/** What a team may use under names with its own and its environment's. */
const tagged = ['ssm:parameter/@/$/* parameter/common/*', 'secretsmanager:secret:@/*', 'dynamodb:table/@-$-*', 'lambda:function:@-$-*', 'logs:log-group:/aws/lambda/@-*:*', 'sqs:@-*', 'sns:@-*', 'ecr:repository/@/*'].map((one) => {
  const at = one.indexOf(':');
  return { Action: `${one.slice(0, at)}:*`, Resource: arnsOf(own, one.slice(0, at), one.slice(at + 1)) };
});
function arnsOf(account: string, service: string, names: string): string[] {
  return names.split(' ').map((name) => `arn:aws:${service}:*:${account}:${name.replace(/[@$]/g, (mark) => mark === '@' ? '${aws:PrincipalTag/team}' : "${aws:PrincipalTag/team, 'x'}")}`);
}

export const resources: readonly Group[] = [
  { title: 'an owner by key', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    row('any', only(), anybodys, 'nothing is asked of the resource'),
    row('my organization', only(organization('StringEquals', mine)), inside, 'the owner is in my organization'),
    row('my organization, if there is one', only(organization('StringEqualsIfExists', mine)), anybodys, 'resources of accounts in no organization pass'),
    row('a Deny of other organizations', unless(organization('StringNotEquals', mine)), inside, 'a missing organization is denied as well'),
    row('a Deny of other organizations, with IfExists', unless(organization('StringNotEqualsIfExists', mine)), inside, 'IfExists changes nothing for a negated operator'),
    row('a Deny of other organizations where there is one', unless(organization('StringNotEquals', mine), ['Null', 'aws:ResourceOrgID', 'false']), outside('any-account', 'role', 1), 'resources of accounts in no organization are spared'),
    row('any organization', only(organization('StringLike', 'o-*')), outside('any-organization-member', 'role'), 'other organizations match'),
    row('paths of my organization', only(['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', `${mine}/r-ab12/*`]), inside, 'the path begins with my organization'),
    row('all paths of my organization, or none', only(['ForAllValues:StringLike', 'aws:ResourceOrgPaths', `${mine}/*`]), anybodys, 'ForAllValues is true of no paths'),
    row('accounts of mine', only(owner('StringEquals', [own, sibling])), inside, 'both are known'),
    row('accounts of mine, by S3\'s key', only(owner('StringEquals', [own, sibling], 's3:ResourceAccount')), inside, 'both keys tell the owner'),
    row('an account of strangers', only(owner('StringEquals', [own, stranger])), outside('named-account', 'role'), 'one of the accounts is a stranger\'s'),
    row('a partner\'s account', only(owner('StringEquals', partner)), outside('named-account', 'role'), 'no resource of the partner was agreed to be reachable'),
    row('an account by pattern', only(owner('StringLike', '1111*')), anybodys, 'other accounts begin so too'),
    row('every account but one', only(owner('StringNotEquals', stranger)), anybodys, 'all others are left'),
    row('an account of mine, if the key exists', only(owner('StringEqualsIfExists', own)), inside, 'the owner\'s account is always told'),
    row('the caller\'s own account', only(owner('StringEquals', '${aws:PrincipalAccount}')), inside, 'the caller is mine, and so is its account'),
    row('a tag of the resource', only(['StringEquals', 'aws:ResourceTag/team', 'blue']), anybodys, 'a stranger tags its resources as it likes'),
    row('the organization twice over', only(organization('StringEquals', mine), organization('StringLike', 'o-*')), inside, 'both must hold'),
  ] },
  { title: 'a bucket by name', setting: { kind: 'vpc-endpoint', service: 's3', ...define({ buckets: ['acme-logs', 'acme-data-*'] }) }, cases: [
    row('one of mine', reach(bucket('acme-logs')), inside, 'the definition lists it'),
    row('buckets of mine by the definition\'s pattern', reach(bucket('acme-data-*')), inside, 'the definition lists the pattern'),
    row('one within the definition\'s pattern', reach(bucket('acme-data-eu')), inside, 'the pattern of the definition covers it'),
    row('buckets by a wider pattern', reach(bucket('acme-*')), anybodys, 'others have buckets of such names'),
    row('every bucket', reach('arn:aws:s3:::*'), anybodys, 'others have buckets'),
    row('one of unknown owner, beside a statement that names none', document(allow({ Resource: bucket('globex-data') }, when(ofOrganization())), allow({ Resource: undefined }, when(ofOrganization()))), outside('any-account', 'role', 1), 'what names no resource is about every one'),
    row('one of unknown owner', reach(bucket('globex-data')), undecided('globex-data'), 'a bucket\'s ARN tells no owner'),
    row('two of unknown owner', reach([...bucket('globex-data'), ...bucket('initech-data')]), undecided('globex-data', 'initech-data'), 'they are asked for at once'),
    row('one of unknown owner, and every bucket of a prefix', reach([...bucket('globex-data'), 'arn:aws:s3:::globex-x*']), anybodys, 'what is certain goes before what is not'),
    row('a Deny of all but one of unknown owner', document(deny({ NotResource: bucket('globex-data') }), allow(when(ofOrganization()))), undecided('globex-data'), 'an Allow of that bucket says the same'),
    row('a Deny of one of unknown owner', document(deny({ Resource: bucket('globex-data') }), allow({ Resource: 'arn:aws:s3:::globex-*' }, when(ofOrganization()))), outside('any-account', 'role', 1), 'others have buckets of such names'),
    row('a Deny of reads from one of unknown owner', document(deny({ Resource: bucket('globex-data'), Action: 's3:Get*' }), allow(when(ofOrganization()))), outside('any-account', 'role', 1), 'every other bucket is left'),
    row('one of unknown owner in China', reach('arn:aws-cn:s3:::globex-data/*'), undecided('globex-data'), 'a bucket\'s ARN tells no owner in any partition'),
    row('one of unknown owner in China, without its objects', reach('arn:aws-cn:s3:::globex-data'), undecided('globex-data'), 'a bucket\'s ARN tells no owner in any partition'),
    row('a regional bucket of an account that nobody listed', reach(bucket(`data-${stranger}-eu-west-1-an`)), undecided(`data-${stranger}-eu-west-1-an`), 'the definition lists no accounts, so the namespace may be mine', define({ accounts: undefined })),
    row('a bucket whose name only begins like a stranger\'s regional one', reach(bucket(`data-${stranger}-eu-west-1-analytics`)), undecided(`data-${stranger}-eu-west-1-analytics`), 'names of an account\'s namespace end in its mark'),
    row('a regional bucket of the caller\'s own account', reach('arn:aws:s3:::data-${aws:PrincipalAccount}-eu-west-1-an/*'), inside, 'the caller is mine, and the name ends in its account\'s namespace'),
    row('a regional bucket of an account by a tag', reach('arn:aws:s3:::data-${aws:PrincipalTag/of}-eu-west-1-an/*'), anybodys, 'the tag may hold anything'),
    row('one of unknown owner, held to my organization', reach(bucket('globex-data'), organization('StringEquals', mine)), inside, 'the owner has to be in my organization'),
    row('one of mine, with any key in it', reach('arn:aws:s3:::acme-logs/${aws:PrincipalAccount}/*'), inside, 'the bucket is mine, whatever the key'),
    row('a regional bucket of my account', reach(bucket(`data-${own}-eu-west-1-an`)), inside, 'the name ends in my account\'s namespace'),
    row('regional buckets of a sibling by pattern', reach(bucket(`*-${sibling}-eu-west-1-an`)), anybodys, 'a wildcard crosses slashes, and whoever has a bucket names its keys'),
    row('regional buckets of a sibling by pattern, of mine', reach(bucket(`*-${sibling}-eu-west-1-an`), organization('StringEquals', mine)), inside, 'the resource must be in my organization'),
    row('buckets listed by a pattern, by the same', reach(bucket('acme-*-logs/*')), anybodys, 'a key of another bucket may look like the rest of the name', define({ buckets: ['acme-*-logs'] })),
    row('a bucket listed by a pattern', reach(bucket('acme-eu-logs/*')), inside, 'the pattern takes the name', define({ buckets: ['acme-*-logs'] })),
    row('buckets listed by a beginning, by the same', reach(bucket('acme-*')), inside, 'what begins so is in such a bucket', define({ buckets: ['acme-*'] })),
    row('a bucket listed by a pattern, with a character open', reach(bucket('acme?logs/*')), anybodys, 'the character may be a slash', define({ buckets: ['acme?logs'] })),
    row('a bucket of mine in any partition', reach('arn:*:s3:::acme-data/*'), anybodys, 'a wildcard crosses colons, and keys may hold them'),
    row('a bucket of a partner by a beginning', reach(bucket('vendor-*')), inside, 'the definition lists all that begins so, with what lies in it', define({ partners: [{ name: 'Example Monitoring', accounts: [partner], externalIds: undefined, resources: [], reachable: ['arn:aws:s3:::vendor-*'] }] })),
    row('a name that ends like a namespace in no Region', reach(bucket(`x-${stranger}-prod-an/*`)), undecided(`x-${stranger}-prod-an`), 'it is no namespace'),
    row('a name with two accounts, of the last one\'s namespace', reach(bucket(`rep-${own}-to-${stranger}-eu-west-1-an/*`)), outside('named-account', 'role'), 'the account before the Region is the owner'),
    row('a regional bucket of a stranger', reach(bucket(`data-${stranger}-eu-west-1-an`)), outside('named-account', 'role'), 'the name ends in a stranger\'s namespace'),
    row('regional buckets of anybody', reach(bucket('*-eu-west-1-an')), anybodys, 'the namespace is left open'),
    row('a bucket that a partner lets be reached', reach(bucket('vendor-drop')), inside, 'the definition lists it as reachable', dropBox),
    row('a bucket that a partner lets be reached, by a pattern of services', reach(bucket('vendor-drop')), inside, 'the definition\'s pattern takes in s3', reachable('arn:aws:s?:::vendor-drop*')),
    row('a bucket of a partner that lets everything be reached', reach(bucket('vendor-drop')), inside, 'the definition lists all there is', reachable('*')),
    row('a bucket, where a partner lets its queues be reached', reach(bucket('vendor-drop')), undecided('vendor-drop'), 'the definition lists queues', reachable('arn:aws:sqs:*:*:*')),
    row('buckets like the one a partner lets be reached', reach(bucket('vendor-drop*')), anybodys, 'others have buckets of such names', dropBox),
    row('a bucket that AWS owns by the definition', reach(bucket('aws-ssm-eu-west-1')), inside, 'the definition lists it, with a Region for ${region}', define({ awsOwnedResources: bucket('aws-ssm-${region}') })),
    ...(['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-isof-south-1'] as const).map((region) => row(`the same in ${region}`, reach(bucket(`aws-ssm-${region}`)), undecided(`aws-ssm-${region}`), 'in the partition of the ARN there is no such Region, so anybody may have the name', define({ awsOwnedResources: bucket('aws-ssm-${region}') }))),
    row('a bucket that AWS owns in China', reach('arn:aws-cn:s3:::aws-ssm-cn-north-1/*'), inside, 'the ARN of the list is of that partition', define({ awsOwnedResources: ['arn:aws-cn:s3:::aws-ssm-${region}'] })),
    row('a bucket that AWS owns, whatever its partition', reach('arn:aws-cn:s3:::aws-ssm-cn-north-1/*'), inside, 'the list leaves it open', define({ awsOwnedResources: ['arn:*:s3:::aws-ssm-${region}'] })),
    row('all but one bucket of mine', document(allow({ NotResource: bucket('acme-logs') }, when(ofOrganization()))), anybodys, 'all others are left'),
    row('a Deny of all but buckets of mine', document(deny({ NotResource: [...bucket('acme-logs'), ...bucket('acme-data-*')] }), allow(when(ofOrganization()))), inside, 'all others are denied'),
  ] },
  { title: 'a queue by ARN', setting: { kind: 'vpc-endpoint', service: 'sqs' }, cases: [
    row('of my account', reach(`arn:aws:sqs:*:${own}:*`), inside, 'the account stands in its segment; no queue\'s name holds a colon'),
    row('of accounts of mine', reach([`arn:aws:sqs:*:${own}:*`, `arn:aws:sqs:eu-west-1:${sibling}:orders`]), inside, 'both are known'),
    row('of a stranger', reach(`arn:aws:sqs:*:${stranger}:*`), outside('named-account', 'role'), 'the account is a stranger\'s'),
    row('of any account', reach('arn:aws:sqs:eu-west-1:*:orders'), anybodys, 'any account may have such a queue'),
    row('with my account in its name', reach(`arn:aws:sqs:*:*:${own}-*`), anybodys, 'anybody can name a queue by my account'),
    row('of accounts by their first digits', reach('arn:aws:sqs:*:1111*:*'), anybodys, 'other accounts begin so too'),
    row('of a partner, as agreed', reach(`arn:aws:sqs:eu-west-1:${partner}:inbox`), inside, 'the definition lists it as reachable', dropBox),
    row('of a partner, but not the agreed one', reach(`arn:aws:sqs:eu-west-1:${partner}:outbox`), outside('named-account', 'role'), 'only one queue was agreed', dropBox),
    row('all but my account\'s', document(allow({ NotResource: `arn:aws:sqs:*:${own}:*` }, when(ofOrganization()))), anybodys, 'all others are left'),
    row('a Deny of all but my account\'s', document(deny({ NotResource: `arn:aws:sqs:*:${own}:*` }), allow(when(ofOrganization()))), inside, 'all others are denied'),
    row('in the partition of China', reach(`arn:aws-cn:sqs:*:${own}:*`), inside, 'the account is known in every partition'),
  ] },
  { title: 'an ARN without account, or of another service', setting: { kind: 'vpc-endpoint' }, cases: [
    row('any image', reach('arn:aws:ec2:*::image/*'), anybodys, 'anybody\'s images are named so', { service: 'ec2' }),
    row('any image of owners in my organization', reach('arn:aws:ec2:*::image/*', organization('StringEquals', mine)), inside, 'the owner is in my organization', { service: 'ec2' }),
    row('any snapshot', reach('arn:aws:ec2:*::snapshot/*'), anybodys, 'ebs reads snapshots, which are named as of ec2 and without account', { service: 'ebs' }),
    row('instances of any account', reach('arn:aws:ec2:*:*:instance/*'), anybodys, 'ssm sends commands to instances, which are of ec2', { service: 'ssm' }),
    row('instances of a stranger', reach(`arn:aws:ec2:*:${stranger}:instance/*`), outside('named-account', 'role'), 'the account is a stranger\'s', { service: 'ssm' }),
    row('instances of mine', reach(`arn:aws:ec2:*:${own}:instance/*`), inside, 'the account is mine', { service: 'ssm' }),
    row('instances, asked of queues', reach('arn:aws:ec2:*:*:instance/*'), inside, 'no action of sqs takes an instance', { service: 'sqs' }),
    row('AWS\'s parameters that nobody lists', reach('arn:aws:ssm:*::parameter/aws/*'), anybodys, 'the definition does not list them', { service: 'ssm' }),
    row('AWS\'s parameters', reach('arn:aws:ssm:*::parameter/aws/*'), inside, 'the definition lists them', { service: 'ssm', ...define({ awsOwnedResources: ['arn:aws:ssm:*::parameter/aws/*'] }) }),
    row('AWS\'s prefix lists, asked of ssm', reach('arn:aws:ec2:*:aws:prefix-list/*'), inside, 'what is listed of another service counts, too', { service: 'ssm', ...define({ awsOwnedResources: ['arn:aws:ec2:*:aws:prefix-list/*'] }) }),
    row('access points of anybody', reach('arn:aws:s3:*:*:accesspoint/*'), anybodys, 'an access point\'s ARN names an account, here any', { service: 's3' }),
    row('access points of a stranger', reach(`arn:aws:s3:eu-west-1:${stranger}:accesspoint/*`), outside('named-account', 'role'), 'the account is a stranger\'s', { service: 's3' }),
    row('objects of an access point of a stranger', reach(`arn:aws:s3:eu-west-1:${stranger}:accesspoint/app/object/team/*`), outside('named-account', 'role'), 'they stand behind its name', { service: 's3' }),
    row('what an access point of a stranger does not hold', reach(`arn:aws:s3:eu-west-1:${stranger}:accesspoint/app/team/*`), inside, 'objects stand behind `/object/`', { service: 's3' }),
    row('an access point whose Region a wildcard ends', reach(`arn:aws:s3:eu-*1:${own}:accesspoint/app`), outside('any-account', 'role'), 'a key of another\'s may end so', { service: 's3' }),
    row('access points of mine', reach(`arn:aws:s3:eu-west-1:${own}:accesspoint/*`), inside, 'the account is mine', { service: 's3' }),
    row('a Deny of all buckets but those of mine', document(deny({ Resource: 'arn:aws:s3:::*' }, when(organization('StringNotEquals', mine))), allow(when(ofOrganization()))), outside('any-account', 'role', 1), 'access points are no buckets', { service: 's3' }),
  ] },
  { title: 'a service that is not said', setting: { kind: 'identity' }, cases: [
    service('all but two services', document(allow({ NotAction: ['iam:*', 'organizations:*'] })), anybodys, 'all other services are left'),
    service('everything on tables', document(allow({ Action: '*', Resource: 'arn:aws:dynamodb:*:*:table/*' })), anybodys, 'tables are anybody\'s'),
    service('buckets of mine, and everything on tables', document(allow({ Action: 's3:*', Resource: bucket('acme-logs') }), allow({ Action: '*', Resource: 'arn:aws:dynamodb:*:*:table/*' })), outside('any-account', 'role', 1), 'the star takes in the service of tables'),
    service('services by a pattern', document(allow({ Action: 'dyn*:*' })), anybodys, 'the pattern takes in dynamodb'),
    service('one service, held to my organization', document(allow({ Action: 'kms:*' }, when(organization('StringEquals', mine)))), inside, 'nothing else is allowed'),
    service('functions by a pattern across colons', document(allow({ Action: 'lambda:InvokeFunction', Resource: 'arn:aws:*:*33:function:x:prod' })), anybodys, 'strangers\' accounts may end so'),
    service('streams of logs by a pattern across colons', document(allow({ Action: 'logs:PutLogEvents', Resource: 'arn:*:*3:log-group:x:log-stream:y' })), anybodys, 'strangers\' accounts may end so'),
    service('functions by a pattern across colons, within my account', document(allow({ Action: 'lambda:InvokeFunction', Resource: `arn:aws:lambda:*:${own}:*33:x:prod` })), inside, 'the account stands in its segment'),
    service('everything that tells its owner as mine, or tells none', document(allow(when(['StringEqualsIfExists', 'aws:ResourceAccount', [own, sibling]]))), anybodys, 'reads of snapshots and other requests tell no owner'),
    service('everything but what tells another owner', document(deny(when(['StringNotEquals', 'aws:ResourceAccount', [own, sibling]], ['Null', 'aws:ResourceAccount', 'false'])), allow()), outside('any-account', 'role', 1), 'reads of snapshots and other requests tell no owner'),
    service('the same, and no snapshots', document(deny({ Action: 'ebs:*' }), allow(when(['StringEqualsIfExists', 'aws:ResourceAccount', [own, sibling]]))), outside('any-account', 'role', 1), 'other requests that tell no owner are left'),
    service('everything that tells its owner as mine', document(allow(when(['StringEquals', 'aws:ResourceAccount', [own, sibling]]))), inside, 'what tells no owner does not pass'),
    service('everything, with a Deny for one service', document(deny({ Action: 's3:*' }, when(organization('StringNotEquals', mine))), allow()), outside('any-account', 'role', 1), 'the Deny is about S3'),
    service('everything, with a Deny for all services', document(deny(when(organization('StringNotEquals', mine))), allow()), inside, 'other owners are denied'),
  ] },
  { title: 'an action that takes no resource', setting: { kind: 'vpc-endpoint' }, cases: [
    ...([['s3', 's3:ListAllMyBuckets'], ['sqs', 'sqs:ListQueues'], ['dynamodb', 'dynamodb:ListTables'], ['kms', 'kms:ListKeys'], ['ec2', 'ec2:DescribeInstances']] as const)
      .map(([service, Action]) => row(Action, document(allow({ Action }, when(ofOrganization()))), inside, 'it acts on the caller\'s own account', { service })),
    row('a list of such actions and one more', document(allow({ Action: ['s3:ListAllMyBuckets', 's3:ListBucket'] }, when(ofOrganization()))), anybodys, 'one of them takes a bucket', { service: 's3' }),
    { name: 'where no resource is left', policy: document(deny({ Resource: 'arn:aws:sqs:*' }), allow()), given: { service: 'sqs' }, principals: outside('anonymous', 'anonymous', 1), resources: inside, because: 'strangers list their own queues' },
    { name: 'of a service that no table knows, where no resource is left', policy: document(deny({ Resource: 'arn:aws:unheard-of:*' }), allow()), given: { service: 'unheard-of' }, principals: inside, resources: inside, because: 'an action that no table knows takes a resource' },
    { name: 'for anybody', policy: document(allow({ Action: 'sqs:ListQueues' })), given: { service: 'sqs' }, principals: outside('anonymous', 'anonymous'), resources: inside, because: 'it reaches no resource, but strangers call it' },
  ] },
  { title: 'unsigned callers', setting: { kind: 'vpc-endpoint', service: 's3', ...define({ awsOwnedResources: bucket('aws-public') }) }, cases: [
    ...(['s3:GetObject', 's3:ListBucket', 's3:HeadBucket', 's3:DescribeJob'] as const)
      .map((Action): Case => ({ name: `${Action} of a bucket that AWS owns`, policy: anonymously({ Action, Resource: bucket('aws-public') }), principals: inside, resources: inside, because: 'the bucket is AWS\'s own, and this reads' })),
    { name: 'writes to a bucket that AWS owns', policy: anonymously({ Action: 's3:PutObject', Resource: bucket('aws-public') }), principals: outside('anonymous', 'anonymous'), resources: inside, because: 'anybody could use the endpoint for more than reads' },
    { name: 'reads of a bucket that AWS owns, whoever signs', policy: document(allow({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: bucket('aws-public') })), principals: inside, resources: inside, because: 'AWS signs URLs to it as accounts of its own' },
    { name: 'a partner\'s reads of a bucket that AWS owns', policy: document(allow({ Principal: { AWS: partner }, Action: 's3:GetObject', Resource: bucket('aws-public') })), principals: inside, resources: inside, because: 'whoever signs may' },
    { name: 'writes to a bucket that AWS owns, whoever signs', policy: document(allow({ Action: ['s3:GetObject', 's3:PutObject'], Resource: bucket('aws-public') }), deny({ Action: 's3:*' }, when(['Null', 'aws:PrincipalAccount', 'true']))), principals: outside('anonymous', 'anonymous'), because: 'anybody could use the endpoint for more than reads' },
    { name: 'reads of a bucket that AWS owns and of another', policy: document(allow({ Action: 's3:GetObject', Resource: [...bucket('aws-public'), ...bucket('somebodys')] }, when(['Bool', 'aws:PrincipalIsAWSService', 'false']))), principals: outside('any-account', 'role'), because: 'the other is not AWS\'s' },
    { name: 'reads of parameters that AWS owns, whoever signs', policy: document(allow({ Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:*::parameter/aws/*' }, when(['Bool', 'aws:PrincipalIsAWSService', 'false']))), given: { service: 'ssm', ...define({ awsOwnedResources: ['arn:aws:ssm:*::parameter/aws/*'] }) }, principals: outside('any-account', 'role'), because: 'of S3 alone AWS signs URLs' },
    { name: 'reads of any bucket, which the definition admits', policy: anonymously({ Action: 's3:GetObject' }), given: define({ unsignedActions: ['s3:getobject'] }), principals: inside, resources: inside, because: 'public objects are public wherever they lie, and case does not matter to actions' },
    { name: 'lists of any bucket, of which the definition admits reads', policy: anonymously({ Action: 's3:ListBucket' }), given: define({ unsignedActions: ['s3:GetObject'] }), principals: outside('anonymous', 'anonymous'), resources: outside('any-account', 'anonymous'), because: 'the definition admits no lists' },
  ] },
  { title: 'resources of several services', setting: { kind: 'vpc-endpoint' }, cases: [
    row('of a partner, as agreed', document(allow({ Action: ['s3:GetObject', 'sqs:SendMessage'], Resource: ['arn:aws:s3:::vendor-drop/*', `arn:aws:sqs:eu-west-1:${partner}:inbox`] }, when(ofOrganization()))), inside, 'the definition lists the bucket and the queue as reachable', dropBox),
    row('of a partner, but for the queue', document(allow({ Action: ['s3:GetObject', 'sqs:SendMessage'], Resource: ['arn:aws:s3:::vendor-drop/*', `arn:aws:sqs:eu-west-1:${partner}:outbox`] }, when(ofOrganization()))), outside('named-account', 'role'), 'another queue was agreed', dropBox),
  ] },
  { title: 'who reaches them', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    { name: 'services', policy: document(allow(when(isService()))), principals: inside, resources: inside, because: 'a call of an AWS service that acts for me is in order' },
    row('callers of mine from a VPC', document(allow(when(ofOrganization(), ['StringEquals', 'aws:SourceVpc', 'vpc-012abc01']))), anybodys, 'the endpoint may lie in that VPC'),
    { name: 'strangers, with an exclusion tag', policy: document(allow(when(['StringEquals', 'aws:PrincipalTag/dp:exclude', 'true']))), given: define({ exclusionTags: { principal: { 'dp:exclude': 'true' }, resource: {} } }), principals: outside('any-account', 'role'), resources: anybodys, because: 'the tag exempts principals of mine, and strangers have it too' },
    { name: 'callers of mine, with an exclusion tag', policy: document(allow(when(ofOrganization(), ['StringEquals', 'aws:PrincipalTag/dp:exclude', 'true']))), given: define({ exclusionTags: { principal: { 'dp:exclude': 'true' }, resource: {} } }), principals: inside, resources: inside, because: 'the tag exempts principals of mine' },
    { name: 'callers of mine, with a pattern for the exclusion tag', policy: document(allow(when(ofOrganization(), ['StringLike', 'aws:PrincipalTag/dp:exclude', '*']))), given: define({ exclusionTags: { principal: { 'dp:exclude': 'true' }, resource: {} } }), principals: inside, resources: anybodys, because: 'other values of the tag exempt nobody' },
    { name: 'unsigned callers only', policy: document(allow(when(['Null', 'aws:PrincipalArn', 'true'], ['Null', 'aws:PrincipalIsAWSService', 'true']))), principals: outside('anonymous', 'anonymous'), resources: outside('any-account', 'anonymous'), because: 'they reach whatever they like' },
    { name: 'tokens only', policy: document(allow({ Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithWebIdentity' })), given: { service: 'sts' }, principals: outside('anonymous', 'web-identity'), resources: inside, because: 'the definition admits the call unsigned' },
    { name: 'tokens and what goes along with them', policy: document(allow({ Action: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity'] }, when(['StringEquals', 'aws:ResourceOrgID', mine]))), given: { service: 'sts' }, principals: inside, resources: inside, because: 'tags are no call of their own, and the definition admits the calls unsigned' },
    { name: 'tokens only, where no call is admitted unsigned', policy: document(allow({ Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithWebIdentity' })), given: { service: 'sts', ...define({ unsignedActions: [] }) }, principals: outside('anonymous', 'web-identity'), resources: outside('any-account', 'web-identity'), because: 'a token assumes a role of its own account through the endpoint' },
    { name: 'tokens of a provider that AWS has', policy: document(allow({ Principal: { Federated: 'graph.facebook.com' }, Action: 'sts:AssumeRoleWithWebIdentity' })), given: { service: 'sts', ...define({ unsignedActions: [] }) }, principals: outside('shared-issuer', 'web-identity'), resources: outside('any-account', 'web-identity'), because: 'a token of anybody\'s assumes a role of whoever trusts the provider' },
    { name: 'tokens of a provider of mine', policy: document(allow({ Principal: { Federated: `arn:aws:iam::${own}:oidc-provider/gitlab.com` }, Action: 'sts:AssumeRoleWithWebIdentity' })), given: { service: 'sts', ...define({ unsignedActions: [] }) }, principals: outside('shared-issuer', 'web-identity'), resources: inside, because: 'GitLab gives tokens to anybody, but they are for roles of the provider\'s account' },
    { name: 'tokens of a pool of mine', policy: document(allow({ Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity' }, when(['StringEquals', 'cognito-identity.amazonaws.com:aud', 'eu-west-1:mine']))), given: { service: 'sts', ...define({ unsignedActions: [], identityProviders: [{ kind: 'cognito', identityPools: ['eu-west-1:mine'], guests: true }] }) }, principals: inside, resources: outside('any-account', 'web-identity'), because: 'a role of somebody else may trust my pool' },
    { name: 'tokens of a provider of a stranger', policy: document(allow({ Principal: { Federated: `arn:aws:iam::${stranger}:oidc-provider/gitlab.com` }, Action: 'sts:AssumeRoleWithWebIdentity' })), given: { service: 'sts', ...define({ unsignedActions: [] }) }, principals: outside('named-account', 'web-identity'), resources: outside('named-account', 'web-identity'), because: 'they are for roles of the stranger' },
    { name: 'assertions of a provider of mine', policy: document(allow({ Principal: { Federated: `arn:aws:iam::${own}:saml-provider/Okta` }, Action: 'sts:AssumeRoleWithSAML' })), given: { service: 'sts', ...define({ unsignedActions: [] }) }, principals: inside, resources: inside, because: 'the provider is of my account, and so are the roles that trust it' },
    { name: 'tokens only, to roles of the organization', policy: document(allow({ Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithWebIdentity' }, when(organization('StringEquals', mine)))), given: { service: 'sts', ...define({ unsignedActions: [] }) }, resources: inside, because: 'the role has to be in my organization' },
    { name: 'a stranger, to resources of mine', policy: document(allow({ Principal: { AWS: stranger } }, when(organization('StringEquals', mine)))), principals: outside('named-account', 'role'), resources: inside, because: 'the caller is outside, the resource is mine' },
  ] },
  { title: 'resources of mine by a tag of the caller, in any Region', setting: { kind: 'identity' }, cases: [
    ...(['ssm:parameter/@/* parameter/common/*', 'secretsmanager:secret:@/* secret:shared/*', 'lambda:function:$-*', 'dynamodb:table/@-* table/shared-*', 'ecr:repository/@/* repository/base/*', 'cloudformation:stack/@-*/* stack/CDKToolkit/*', 'logs:log-group:/app/$:*', 'logs:log-group:$:log-stream:@'] as const)
      .flatMap((one): Case[] => [[own, inside], [stranger, outside('named-account', 'role')], ['*', anybodys]].map(([account, expected]) => taggedIn(account as string, one, expected as NonNullable<Case['resources']>))),
    ...[undefined, 'dynamodb', 'logs', 'sqs'].map((service): Case => ({ name: `many of them, asked of ${service ?? 'all services'}`, policy: document(...tagged.map(({ Action, Resource }) => allow({ Action, Resource }))), resources: inside, because: 'whatever the tags say, the account stays', given: service === undefined ? {} : { service } })),
    { ...taggedIn(own, 'ssm:parameter/@/* parameter/common/*', inside), name: 'parameters through an endpoint', given: { kind: 'vpc-endpoint', service: 'ssm' } },
  ] },
];

/** Names behind an account, of which `@` stands for a tag of the caller and `$` for one with a default. */
function taggedIn(account: string, one: string, resources: NonNullable<Case['resources']>): Case {
  const at = one.indexOf(':');
  const service = one.slice(0, at);
  const arns = arnsOf(account, service, one.slice(at + 1));
  return { name: `${one} of ${account}`, policy: document(allow({ Action: `${service}:*`, Resource: arns })), resources, because: 'whatever the tag says, the account stays', given: { service } };
}
