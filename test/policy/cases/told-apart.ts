import { defaultPerimeter } from '../../../policy/index.ts';
import { allow, define, deny, document, inside, mine, outside, own, partner, sibling, undecided, when, type Case, type Expected, type Group, type Test } from './case.ts';

/** By what accounts and organizations are told apart: parts of patterns, numbers, the definition, each other. */

type Given = Case['given'];
const row = (name: string, policy: object, principals: Expected, because: string, given?: Given): Case => ({ name, policy, principals, because, ...given === undefined ? {} : { given } });
const reached = (name: string, policy: object, resources: Expected, because: string, given?: Given): Case => ({ name, policy, resources, because, ...given === undefined ? {} : { given } });
const [anybody, members, anybodys, membersOwn] = [outside('any-account', 'role'), outside('any-organization-member', 'role'), outside('any-account', 'role'), outside('any-organization-member', 'role')];
const only = (...tests: Test[]): object => document(allow(when(...tests)));
const bucket = 'arn:aws:s3:::acme-data';
const third = '555555555555';
/** What one partner may use, and what of it may be reached. */
const agreed = (queues: readonly string[], reachable: readonly string[] = [], accounts: readonly string[] = [own, sibling]): ReturnType<typeof define> =>
  define({ accounts, partners: [{ name: 'Example', accounts: queues.length > 0 ? [partner] : [], externalIds: undefined, resources: queues.map((arn) => ({ arn, actions: ['sqs:*'] })), reachable }] });
const queues = (account: string): string => `arn:aws:sqs:*:${account}:*`;
const [caller, owner, tag] = ['aws:PrincipalAccount', 'aws:ResourceAccount', 'aws:PrincipalTag/a'];
const differ: Test = ['StringNotEquals', caller, '${aws:ResourceAccount}'];
const digits = (some: string): string[] => [...some].map((digit) => `${digit}*`);
const pair = (operator: string, value: unknown): Test[] => [[operator, caller, value], [operator, owner, value]];
const eight = ['331111111111', '332222222222', ...[...'12345678'].map((digit) => `53333333333${digit}`)];
/** Eight accounts, more than are asked about one by one, in names behind the account too. */
const series = [...'01234567'].map((digit) => `30000000000${digit}`);
const twice = (before: string, after: string): string[] => series.map((id) => `${before}${id}${after}${id}`);
const butFour = (before: string): string[] => [...'0123567'].map((digit) => `${before}${digit}`);
const vendors = Array.from({ length: 400 }, (_, i) => `arn:aws:s3:::vendor-${i}/*`);
const hundred = Array.from({ length: 100 }, (_, i) => String(700_000_000_000 + 7_919 * i));
/** My own resources for members of mine, and beside that something else. */
const besideMine = (service: string, ...more: object[]): object => document(allow({ Action: `${service}:*` }, when(['StringEquals', 'aws:PrincipalOrgID', mine], ['StringEquals', 'aws:ResourceOrgID', mine])), ...more);
const byTag: Test[] = [['StringEquals', owner, '${aws:PrincipalTag/a}'], ['StringEquals', caller, '${aws:PrincipalTag/a}']];
const byTagApart: Test[] = [byTag[0]!, ['StringNotEquals', caller, '${aws:PrincipalTag/a}']];
const ofOrganizationsApart: Test[] = [['StringEquals', 'aws:ResourceOrgID', '${aws:PrincipalTag/a}'], ['StringNotEquals', 'aws:PrincipalOrgID', '${aws:PrincipalTag/a}']];
const drop = (...patterns: string[]): Given => ({ kind: 'identity', service: 's3', ...agreed([], patterns.map((one) => `arn:aws:s3:::drop-${one}`)) });
const attached = (Effect: string, Action: string, ...more: object[]): object => Object.assign({ Effect, Action }, ...more) as object;
const queuesOf = twice('arn:aws:sqs:*:', ':q-');
/** Queues of one name, which no pattern says by itself. */
const oneName = ['22222222222?', '???????????2'].map((name) => deny({ Action: 'sqs:*' }, { NotResource: `arn:aws:sqs:eu-west-1:????????????:q-${name}` }));
const toPartner = (Resource: string, ...tests: Test[]): object => document(allow({ Principal: { AWS: partner }, Action: 'sqs:SendMessage', Resource, ...tests.length === 0 ? {} : when(...tests) }));

const paths = ['o-4tkekae453*ou-ab12-11111111/*', 'o-4tkekae453*r-ab12/*', 'o-4tkekae45??r-ab12/*'];

export const toldApart: readonly Group[] = [
  { title: 'an organization by a path whose wildcard may stand for the slash', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    ...paths.map((path) => row(path, only(['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', path]), members, 'an organization whose id begins as that of mine has such a path')),
    ...paths.map((path) => row(`${path}, denied to others`, document(allow(), deny(when(['ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', path]))), members, 'an organization whose id begins as that of mine has such a path')),
    row('a path with its slash', only(['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${mine}/*ou-ab12-11111111/*`]), inside, 'only mine has that id'),
    ...paths.map((path) => reached(`${path}, of resources`, only(['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', path]), membersOwn, 'an organization whose id begins as that of mine has such a path', { kind: 'vpc-endpoint', service: 'sqs' })),
  ] },
  { title: 'accounts of mine by what a partner may use', setting: { kind: 'vpc-endpoint', service: 'sqs' }, cases: [
    row('that of two of three', toPartner('arn:aws:sqs:*:*:*', ['StringEquals', 'aws:ResourceOrgID', mine]), outside('named-account', 'role'), 'the partner reaches the third', agreed([queues(own), queues(sibling)], [], [own, sibling, third])),
    row('that of all', toPartner('arn:aws:sqs:*:*:*', ['StringEquals', 'aws:ResourceOrgID', mine]), inside, 'it was agreed', agreed([own, sibling, third].map(queues), [], [own, sibling, third])),
    row('that of one and of a stranger', toPartner('*'), outside('named-account', 'role'), 'the partner reaches others', agreed([queues(own), queues('999999999999')])),
    row('that of all whose ids begin as mine', toPartner('*', ['StringEquals', 'aws:ResourceOrgID', mine]), outside('named-account', 'role'), 'the id of the other begins otherwise', agreed([queues('1*')])),
    row('through an RCP, which binds all of mine', document(allow(), deny({ Action: 'sqs:*' }, when(['StringNotEqualsIfExists', 'aws:PrincipalOrgID', mine], ['StringNotEqualsIfExists', caller, partner], ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false']))), outside('named-account', 'role'), 'the partner reaches queues of the other', { kind: 'rcp', ...agreed([queues(own)]) }),
    row('by names that hold their ids, through an RCP', document(allow(), deny({ Action: 'sqs:*' }, when(['StringNotEquals', 'aws:PrincipalOrgID', mine], ['StringNotEquals', caller, partner])), ...oneName), outside('named-account', 'role'), 'it may use the queue of that name of two of three', { kind: 'rcp', ...agreed([queues(own), ...[sibling, third].map((id) => `arn:aws:sqs:*:${id}:q-${id}`)], [], [own, sibling, third]) }),
  ] },
  { title: 'a stranger that the definition names, and no other is like it', setting: { kind: 'resource', service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:q` }, cases: [
    row('by a number', only(['NumericGreaterThan', caller, '999999999998']), outside('any-account', 'role'), 'its bucket does not make it mine', define({ buckets: ['x-999999999999'] })),
    row('by a number, where a queue of it is named', document(allow(when(['NumericGreaterThan', caller, '999999999998'])), allow({ Principal: { AWS: own }, Resource: 'arn:aws:sqs:eu-west-1:999999999999:q' })), outside('any-account', 'role'), 'a queue does not make it mine'),
    row('by patterns', only(['StringLike', caller, '33333333333?'], ['StringNotLike', caller, [...'012456789'].map((digit) => `*${digit}`)]), outside('any-account', 'role'), 'its bucket does not make it mine', define({ buckets: ['x-333333333333'] })),
    row('which is mine', only(['NumericGreaterThan', caller, '999999999998']), inside, 'it is mine', define({ accounts: [own, '999999999999'], buckets: ['x-999999999999'] })),
  ] },
  { title: 'an owner that a pattern singles out, and policies name as a caller alone', setting: { kind: 'identity', service: 'sqs' }, cases: [
    reached('by two patterns', document(attached('Allow', 'sqs:*', { Resource: 'arn:aws:sqs:*:33333333333?:q' }, when(['StringLike', owner, '*3'])), attached('Deny', 'sqs:DeleteQueue', { Resource: '*' }, when(['StringEquals', caller, '333333333333']))), outside('named-account', 'role'), 'queues of it are foreign'),
    reached('where no account is listed', document(attached('Allow', 'sqs:*', { Resource: 'arn:aws:sqs:*:33333333333?:q' }, when(['StringLike', owner, '*3'])), attached('Deny', 'sqs:DeleteQueue', { Resource: '*' }, when(['StringEquals', caller, '333333333333']))), undecided('333333333333'), 'it may be mine', define({ accounts: undefined })),
    reached('by numbers', document(attached('Allow', 'sqs:*', { Resource: '*' }, when(['NumericGreaterThan', owner, '333333333332'], ['NumericLessThan', owner, '333333333334'])), attached('Deny', 'sqs:DeleteQueue', { Resource: '*' }, when(['StringEquals', caller, '333333333333']))), outside('named-account', 'role'), 'queues of it are foreign'),
    { name: 'at an endpoint', policy: document(allow({ Action: 'sqs:*', Resource: 'arn:aws:sqs:*:33333333333?:q' }, when(['StringLike', owner, '*3'])), deny({ Action: 'sqs:DeleteQueue' }, when(['StringEquals', caller, '333333333333']))), principals: outside('anonymous', 'anonymous'), resources: outside('named-account', 'role'), because: 'queues of it are foreign', given: { kind: 'vpc-endpoint' } },
    reached('which is mine', document(attached('Allow', 'sqs:*', { Resource: 'arn:aws:sqs:*:22222222222?:q' }, when(['StringLike', owner, '*2'])), attached('Deny', 'sqs:DeleteQueue', { Resource: '*' }, when(['StringEquals', caller, sibling]))), inside, 'no other is like it'),
    row('a caller likewise, that is named as an owner alone', document(allow({ Action: 'sqs:*' }, when(['StringLike', caller, '33333333333?'], ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*3:*'])), deny({ Action: 'sqs:DeleteQueue', Resource: 'arn:aws:sqs:*:333333333333:q' })), outside('any-account', 'role'), 'it is foreign', { kind: 'vpc-endpoint' }),
  ] },
  { title: 'strangers by what the definition lists', setting: { kind: 'vpc-endpoint', service: 'sqs' }, cases: [
    ...['999999999999', '9*'].flatMap((id) => [
      reached(`what may be reached in ${id}`, document(allow({ Action: 'sqs:SendMessage' })), anybodys, 'queues of others can be reached too', agreed([], [queues(id)])),
      reached(`what AWS owns in ${id}`, document(allow({ Action: 'sqs:SendMessage' })), anybodys, 'queues of others can be reached too', define({ awsOwnedResources: [queues(id)] })),
    ]),
    reached('what may be reached by a pattern, of many that are named', document(allow({ Action: 'sqs:SendMessage', Resource: eight.map((id) => `arn:aws:sqs:*:${id}:q`) })), outside('named-account', 'role'), 'the pattern does not take all of them', agreed([], [queues('33*')])),
  ] },
  { title: 'two accounts of one kind', setting: { kind: 'vpc-endpoint', service: 'sqs' }, cases: [
    row('of one pattern', only(...pair('StringLike', '9*'), differ), anybody, 'strangers of two such accounts'),
    row('beyond one number', only(...pair('NumericGreaterThan', 900_000_000_000), differ), anybody, 'strangers of two such accounts'),
    row('that no pattern takes', only(...pair('StringNotLike', digits('12345678')), ['StringEquals', tag, 'y'], differ), anybody, 'strangers of two such accounts'),
    row('by ARNs', only(...pair('StringLike', '9*'), ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::${aws:ResourceAccount}:*']), anybody, 'strangers of two such accounts'),
    row('that are one', only(...pair('StringEquals', third), differ), inside, 'nobody is of two accounts'),
    row('in two organizations', only(...pair('NumericGreaterThan', 900_000_000_000), ['StringEquals', 'aws:PrincipalOrgID', 'o-aaaaaaaaaa'], ['StringNotEquals', 'aws:ResourceOrgID', ['o-aaaaaaaaaa', mine]]), members, 'strangers of two such accounts'),
    row('two organizations', only(['StringLike', 'aws:PrincipalOrgID', 'o-x*'], ['StringLike', 'aws:ResourceOrgID', 'o-x*'], ['StringNotEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}']), members, 'strangers of two such organizations'),
    ...(['scp', 'rcp'] as const).flatMap((kind) => [[own, sibling, third], undefined].map((accounts): Case => ({
      name: `of mine, beside the own: ${kind}, ${accounts === undefined ? 'none listed' : 'listed'}`, policy: document(allow(when(['StringEquals', 'aws:ResourceOrgID', mine])), ...[['StringEquals', caller, own], ['StringEquals', owner, own], ['StringEquals', caller, '${aws:ResourceAccount}']].map((test) => deny(when(test as unknown as Test)))),
      networks: outside('network-bound', 'role'), because: 'one reaches resources of another', given: { kind, service: 's3', ...define({ accounts }) },
    }))),
  ] },
  { title: 'many accounts of which none is listed', setting: { kind: 'vpc-endpoint', service: 's3', endpointType: 'gateway', ...define({ accounts: undefined, awsOwnedResources: defaultPerimeter.awsOwnedResources }) }, cases: [
    { name: 'callers and owners', policy: document(allow({ Action: '*' }, when(...pair('StringEquals', hundred)))), principals: undecided(...hundred), resources: undecided(...hundred), because: 'each may be mine or not' },
    { name: 'callers, of whom some own besides', policy: document(allow({ Action: '*' }, when(['StringEquals', caller, hundred], ['StringEquals', owner, hundred.slice(0, 40)]))), principals: undecided(...hundred), resources: undecided(...hundred.slice(0, 40)), because: 'each may be mine or not' },
    { name: 'owners of VPCs', policy: only(['StringEquals', 'aws:PrincipalOrgID', mine], ['StringEquals', 'aws:VpceAccount', hundred]), networks: undecided(...hundred), because: 'each may be mine or not', given: { kind: 'resource', resource: bucket, ...define({ accounts: undefined, networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: [], organization: true } }) } },
  ] },
  { title: 'thousands of buckets of mine, beside hundreds that a partner lets be reached', setting: { kind: 'vpc-endpoint', service: 's3', ...define({
    buckets: Array.from({ length: 3_000 }, (_, i) => `acme-${i}`), partners: [{ name: 'Example', accounts: [partner], externalIds: undefined, resources: [], reachable: vendors }],
  }) }, cases: [
    reached('these alone', document(allow({ Action: '*', Resource: vendors }, when(['StringEquals', 'aws:PrincipalOrgID', mine])), allow({ Action: '*', Resource: [...vendors, `${bucket}-x*`] }, when(['Bool', 'aws:PrincipalIsAWSService', 'true']))), inside, 'each of them is listed'),
  ] },
  { title: 'accounts and organizations that are held against one tag', setting: { kind: 'vpc-endpoint', service: 's3' }, cases: [
    ...(['principals', 'resources'] as const).flatMap((objective): Case[] => [
      { name: `one account, beside what is mine: ${objective}`, policy: besideMine('s3', allow(when(...byTag))), [objective]: outside('any-account', 'role', 1), because: 'whoever carries the id of the own account reaches what is of it' },
      { name: `one account, in an ARN: ${objective}`, policy: besideMine('sqs', allow({ Action: 'sqs:*', Resource: queues('${aws:PrincipalTag/a}') }, when(byTag[1]!))), [objective]: outside('any-account', 'role', 1), because: 'whoever carries the id of the own account reaches what is of it', given: { service: 'sqs' } },
    ]),
    row('two accounts', document(allow(when(...byTagApart)), ...[own, sibling].map((id) => deny(when(['StringEquals', owner, id])))), anybody, 'whoever carries the id of another account reaches what is of that'),
    row('two accounts, by a user\'s name', document(allow(when(['StringEquals', owner, '${aws:username}'], ['StringNotEquals', caller, '${aws:username}'])), ...[own, sibling].map((id) => deny(when(['StringEquals', owner, id])))), outside('any-account', 'user'), 'a user may be called like another account'),
    row('two organizations', document(allow(when(...ofOrganizationsApart)), deny(when(['Null', 'aws:PrincipalOrgID', 'true'])), deny(when(['StringEquals', 'aws:ResourceOrgID', mine]))), members, 'whoever carries the id of another organization reaches what is of that'),
    ...[[own, sibling, third], undefined].map((accounts): Case => ({
      name: `two accounts of mine, ${accounts === undefined ? 'none listed' : 'listed'}`, policy: document(allow(when(...byTagApart)), ...[own, sibling].flatMap((id) => [deny(when(['StringEquals', owner, id])), deny(when(['StringEquals', caller, id]))]), deny(when(['StringNotEquals', 'aws:PrincipalOrgID', mine])), deny(when(['StringNotEquals', 'aws:ResourceOrgID', mine]))),
      networks: outside('network-bound', 'role'), because: 'one reaches resources of another', given: { kind: 'rcp', ...define({ accounts: accounts === undefined ? undefined : [...accounts, '666666666666'] }) },
    })),
  ] },
  { title: 'organizations that patterns tell apart where a variable carries their ids', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    ...['o-??????????', '????????????', 'o-???????????*', 'o?abc*'].map((pattern) => row(`by a tag, ${pattern}`, document(allow(when(['StringEquals', tag, '${aws:PrincipalOrgID}'], ['StringLike', tag, pattern])), deny(when(['StringEquals', 'aws:PrincipalOrgID', mine]))), members, 'strangers have such organizations')),
    row('by a tag, but those of ten characters', document(allow(when(['StringEquals', tag, '${aws:PrincipalOrgID}'])), deny(when(['StringLike', tag, ['o-??????????', mine]]))), members, 'ids have up to 32 characters'),
    row('by the name of a user, which ends its ARN', only(['StringEquals', 'aws:username', '${aws:PrincipalOrgID}'], ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/*o-??????????'], ['StringNotEquals', 'aws:PrincipalOrgID', mine]), outside('any-organization-member', 'user'), 'ids have up to 32 characters'),
    reached('in names that may be reached, of ten characters', document(attached('Allow', 's3:*', { Resource: 'arn:aws:s3:::drop-${aws:ResourceOrgID}/*' })), membersOwn, 'ids have up to 32 characters', drop('o-??????????/*')),
    reached('in names that may be reached, of two organizations', document(attached('Allow', 's3:*', { Resource: 'arn:aws:s3:::drop-${aws:ResourceOrgID}/*' })), membersOwn, 'there are others', drop('o-z*', 'o-y*')),
  ] },
  { title: 'a tag of the resource that is empty', setting: { kind: 'resource', service: 's3', resource: bucket, resourceTags: { team: '' } }, cases: [
    row('which a tag of the caller is held against', only(['StringEquals', 'aws:PrincipalTag/team', '${aws:ResourceTag/team}']), anybody, 'a stranger may carry an empty tag'),
    row('in a name', document(allow({ Action: 's3:GetObject', Resource: `${bucket}/\${aws:ResourceTag/team}*` })), outside('anonymous', 'anonymous'), 'it is every name'),
    row('of two names that are one', only(['StringEquals', 'aws:PrincipalTag/team', '${aws:ResourceTag/team}'], ['StringNotEquals', 'aws:ResourceTag/team', 'x']), anybody, 'a stranger may carry an empty tag', { service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:jobs`, resourceTags: { team: '', Team: 'x' } }),
  ] },
  { title: 'variables for calls without a resource', setting: { kind: 'vpc-endpoint', service: 'ec2' }, cases: [
    row('of which one is settled', document(allow({ Action: 'ec2:DescribeInstances', Resource: "*${aws:PrincipalTag/a}${aws:PrincipalOrgID, ''}" })), anybody, 'both may be empty'),
  ] },
  { title: 'an account that a tag tells in part', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('its first digit', only(['StringEquals', tag, '7'], ['StringLike', caller, '${aws:PrincipalTag/a}*']), anybody, 'strangers have such accounts'),
    row('digits in the middle', only(['StringEquals', tag, '3456'], ['StringLike', caller, '??${aws:PrincipalTag/a}??????']), anybody, 'strangers have such accounts'),
    row('by a pattern', only(['StringLike', tag, '7777?'], ['StringLike', caller, '${aws:PrincipalTag/a}*']), anybody, 'strangers have such accounts'),
    row('with what stands before it in an ARN', only(['StringEquals', tag, 'iam::7777'], ['StringLike', 'aws:PrincipalArn', 'arn:aws:${aws:PrincipalTag/a}*']), anybody, 'strangers have such accounts'),
    row('the rest of it, by a default', only(['StringEquals', caller, "33${aws:PrincipalTag/a, '3333333333'}"], ['Null', tag, 'true']), anybody, 'whoever has no such tag is of that account'),
    row('an organization', only(['StringEquals', tag, 'aaaa'], ['StringLike', 'aws:PrincipalOrgID', 'o-${aws:PrincipalTag/a}*']), members, 'strangers have such organizations'),
  ] },
  { title: 'an account that a tag of the resource tells in part', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('where a bucket may have none, and a default counts', only(['StringLike', caller, "${aws:ResourceTag/a, '7777'}*"]), anybody, 'strangers have such accounts', { resourceTags: { a: own } }),
    row('by two names that are one', only(['StringLike', caller, '${aws:ResourceTag/a}*']), anybody, 'strangers have such accounts', { resourceTags: { A: own, a: '7777' } }),
    row('with a tag of the caller before it', only(['StringEquals', tag, '77'], ['StringEquals', caller, '${aws:PrincipalTag/a}${aws:ResourceTag/b}']), anybody, 'strangers have such accounts', { service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:q`, resourceTags: { b: '3333333333' } }),
    row('with a tag of the caller behind it', only(['StringEquals', tag, '77'], ['StringEquals', caller, '${aws:ResourceTag/b}${aws:PrincipalTag/a}']), anybody, 'strangers have such accounts', { service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:q`, resourceTags: { b: '3333333333' } }),
    row('of resources beside the one asked about', document(allow({ Action: 'events:PutRule' }, when(['StringLike', caller, '${aws:ResourceTag/a}77777777']))), anybody, 'their tags are open', { service: 'events', resource: `arn:aws:events:us-east-1:${own}:event-bus/x`, resourceTags: { a: '1' } }),
  ] },
  { title: 'accounts of which some are listed', setting: { kind: 'resource', service: 'sqs' }, cases: [
    row('where the first that a pattern takes is', only(['StringLike', caller, '55555555555?']), anybody, 'nine others are not', agreed([], [queues('555555555559')])),
    reached('where the first that a pattern of queues takes is', document(allow({ Action: 'sqs:*', Resource: queues('55555555555*') })), anybodys, 'nine others are not', { kind: 'vpc-endpoint', ...agreed([], [queues('555555555559')]) }),
    row('a thousand, beside two patterns', only(['StringEquals', 'aws:PrincipalOrgID', mine]), inside, 'only callers of mine are of it', agreed([], ['arn:aws:s3:::vendor/1*', 'arn:aws:s3:::vendor/2*'], [own, ...Array.from({ length: 1_000 }, (_, i) => String(600_000_000_000 + 7_919 * i))])),
    row('tags of two names with many values each', document(allow({ Action: 's3:GetObject', Resource: `${bucket}/\${aws:PrincipalTag/team}/\${aws:PrincipalTag/env}/*` }, when(...['team', 'env'].map((name): Test => ['StringEquals', `aws:PrincipalTag/${name}`, Array.from({ length: 30 }, (_, i) => `${name}${i}`)]), ['StringEquals', 'aws:PrincipalOrgID', mine]))), inside, 'only callers of mine are of it', { service: 's3', resource: bucket }),
  ] },
  { title: 'accounts by numbers', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('between which a partner alone lies', only(['NumericGreaterThan', caller, 123_456_789_011], ['NumericLessThan', caller, 123_456_789_013]), outside('named-account', 'role'), 'nothing was agreed'),
    row('between which one of mine alone lies', only(['NumericGreaterThan', owner, 222_222_222_221], ['NumericLessThan', owner, 222_222_222_223]), outside('anonymous', 'anonymous'), 'anybody reaches what is of it', { kind: 'vpc-endpoint', service: 'sqs' }),
    row('that a variable carries', only(['StringEquals', 'aws:RequestTag/x', '${aws:PrincipalAccount}'], ['NumericLessThan', 'aws:RequestTag/x', 9_999_999_999]), anybody, 'strangers have such accounts'),
    row('that a variable carries before another digit', only(['StringEquals', 'aws:RequestTag/x', '${aws:PrincipalAccount}1'], ['NumericLessThan', 'aws:RequestTag/x', 1_050_000_000_000]), undecided(), 'which ids those are is not worked out'),
    row('that a variable carries behind another digit, as a date', only(['StringEquals', 'aws:RequestTag/x', '1${aws:PrincipalAccount}'], ['DateLessThan', 'aws:RequestTag/x', '2033-05-18T03:33:20Z']), undecided(), 'which ids those are is not worked out'),
    row('that a variable carries behind another digit, or that is too great', only(['StringEquals', 'aws:RequestTag/x', ['1${aws:PrincipalAccount}', '9999999999999']], ['NumericLessThan', 'aws:RequestTag/x', 1_050_000_000_000]), undecided(), 'which ids those are is not worked out'),
    row('that a variable carries behind another digit', only(['StringEquals', 'aws:RequestTag/x', '1${aws:PrincipalAccount}'], ['NumericLessThan', 'aws:RequestTag/x', 1_050_000_000_000]), undecided(), 'which ids those are is not worked out'),
  ] },
  { title: 'many accounts, whose ids stand in names behind them too', setting: { kind: 'resource', service: 's3', resource: bucket }, cases: [
    row('roles', document(allow({ Principal: { AWS: twice('arn:aws:iam::', ':role/deploy-') }, Action: 's3:GetObject' }, when(['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/deploy-*4']))), outside('named-account', 'role'), 'the pattern takes the role of one'),
    row('roles of no such name', document(allow({ Principal: { AWS: twice('arn:aws:iam::', ':role/deploy-') }, Action: 's3:GetObject' }, when(['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/deploy-*9']))), inside, 'the pattern takes none of them'),
    row('users', document(allow({ Principal: { AWS: twice('arn:aws:iam::', ':user/u-') }, Action: 's3:GetObject' }, when(['StringLike', 'aws:username', 'u-*4']))), outside('named-account', 'user'), 'the pattern takes the user of one'),
    row('users by a number', document(allow({ Principal: { AWS: twice('arn:aws:iam::', ':user/') }, Action: 's3:GetObject' }, when(['NumericGreaterThan', 'aws:username', '300000000006']))), outside('named-account', 'user'), 'the name of one is greater'),
    row('federated users', document(allow({ Action: 's3:GetObject' }, when(['StringLike', 'aws:userid', twice('', ':name-')], ['StringNotLike', 'aws:userid', butFour('*:name-*')]))), outside('named-account', 'user'), 'the patterns spare one'),
    row('roles, in a trust policy', document({ Effect: 'Allow', Principal: { AWS: twice('arn:aws:iam::', ':role/ci-') }, Action: 'sts:AssumeRole', ...when(['ArnNotLike', 'aws:PrincipalArn', butFour('arn:aws:iam::*:role/ci-*0')]) }), outside('named-account', 'role'), 'the patterns spare the role of one', { kind: 'trust' }),
    { name: 'sources', policy: document(allow({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sqs:SendMessage' }, when(['ArnLike', 'aws:SourceArn', twice('arn:aws:cloudwatch:*:', ':alarm:a-')])), deny(when(['ArnNotLike', 'aws:SourceArn', 'arn:aws:cloudwatch:*:*:alarm:a-*4']))), deputies: outside('service', 'service'), because: 'the pattern takes the alarm of one', given: { service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${own}:q` } },
    reached('queues', document(attached('Allow', 'sqs:*', { Resource: queuesOf }), attached('Deny', 'sqs:*', { NotResource: 'arn:aws:sqs:*:*:q-*4' })), outside('named-account', 'role'), 'the pattern takes the queue of one', { kind: 'identity', service: 'sqs' }),
    reached('queues of no such name', document(attached('Allow', 'sqs:*', { Resource: queuesOf.map((arn) => arn.replace('*', 'eu-west-1')) }), attached('Deny', 'sqs:*', { NotResource: 'arn:aws:sqs:*:*:q-*9' })), inside, 'the pattern takes none of them', { kind: 'identity', service: 'sqs' }),
    reached('buckets of their own namespaces', document(attached('Allow', 's3:*', { Resource: series.map((id) => `arn:aws:s3:::x-${id}-eu-west-1-an`) }), attached('Deny', 's3:*', { NotResource: 'arn:aws:s3:::x-*4-eu-west-1-an' })), outside('named-account', 'role'), 'the pattern takes the bucket of one', { kind: 'identity' }),
    reached('queues that may be reached by a pattern', document(attached('Allow', 'sqs:*', { Resource: queuesOf.map((arn) => arn.replace('*', 'eu-west-1')) })), outside('named-account', 'role'), 'the pattern does not take that of one', { kind: 'identity', service: 'sqs', ...agreed([], butFour('arn:aws:sqs:*:*:q-?0000000000')) }),
  ] },
];
