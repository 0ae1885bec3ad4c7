import { seeded, type Random } from './random.ts';
import { accounts, allow, deny, organization, policyText, role, strangers, type Json, type Posed } from './world.ts';

/** The most characters an endpoint policy may have. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const MOST = 20_480;

const account = '111111111111';
const everything: Json = { Principal: '*', Action: '*', Resource: '*' };
const when = (...conditions: readonly Json[]): Json => ({ ...everything, Condition: Object.assign({}, ...conditions) as Json });

/** As many parts as the limit of characters leaves room for. */
function fill(part: (i: number) => unknown, room = MOST): unknown[] {
  const parts: unknown[] = [];
  for (let left = room; ; ) {
    const next = part(parts.length);
    left -= JSON.stringify(next).length + 1;
    if (left < 0) return parts;
    parts.push(next);
  }
}
const values = (part: (i: number) => string, room = MOST - 600): unknown[] => fill(part, room);
const statements = (part: (i: number) => Json, room = MOST - 600): Json[] => fill(part, room) as Json[];
const word = (random: Random, i: number): string => `${random.text(2)}${i}`;

/** Random clauses of three literals over tags, as many to a tag as makes them hard: a request gets through where they can all be met. */
function clauses(random: Random, tags: number, ratio: number): Json[] {
  return Array.from({ length: Math.round(tags * ratio) }, () => {
    const picked = new Set<number>();
    while (picked.size < 3) picked.add(random.below(tags));
    return deny(when({ StringEquals: Object.fromEntries([...picked].map((i) => [`aws:PrincipalTag/${i}`, random.pick(['t', 'f'])])) }));
  });
}
const eitherWay = (tags: number): Json => allow(when({ StringEquals: Object.fromEntries(Array.from({ length: tags }, (_, i) => [`aws:PrincipalTag/${i}`, ['t', 'f']])) }));

/** Seven tags with six values, no two alike: no request gets through, and only counting tells. */
function pigeons(count: number): Json[] {
  const holes = Array.from({ length: count - 1 }, (_, i) => String(i));
  const keys = Array.from({ length: count }, (_, i) => `aws:PrincipalTag/${i}`);
  return [
    allow(when({ StringEquals: Object.fromEntries(keys.map((key) => [key, holes])) })),
    ...keys.flatMap((a, i) => keys.slice(i + 1).flatMap((b) => holes.map((hole) => ({ ...deny(everything), Condition: { StringEquals: { [a]: hole, [b]: hole } } })))),
  ];
}

const open = allow(everything);
const endpoints: Readonly<Record<string, (random: Random) => Json[]>> = {
  'stars in ARN patterns': (random) => [allow(when({ ArnLike: { 'aws:PrincipalArn': values((i) => `arn:aws:iam::*:role/*${word(random, i)}*/*b*c*`) } }))],
  'stars in ARN patterns, refused': (random) => [open, deny(when({ ArnNotLike: { 'aws:PrincipalArn': values((i) => `arn:aws:iam::${accounts[i % 40]!}:role/*a*${word(random, i)}*`) } }))],
  'overlapping StringLike and StringNotLike on PrincipalArn': () => [
    allow(when({ StringLike: { 'aws:PrincipalArn': values((i) => `*a*${i}*b*c*`, 9_000) } })), deny(when({ StringNotLike: { 'aws:PrincipalArn': values((i) => `*b*${i}*a*`, 9_000) } })),
  ],
  'overlapping patterns on tags': (random) => statements((i) => i % 2 === 0
    ? allow(when({ StringLike: { [`aws:PrincipalTag/${i % 7}`]: Array.from({ length: 6 }, () => `*${random.text(1, 'ab')}*${random.text(2, 'abc')}*`) } }))
    : deny(when({ StringNotLike: { [`aws:PrincipalTag/${(i + 3) % 7}`]: Array.from({ length: 4 }, () => `*${random.text(2, 'abc')}*`) } }))),
  'prefixes of prefixes': () => [open, ...statements((i) => deny(when({ StringLike: { 'aws:PrincipalTag/name': `${'a'.repeat(i + 1)}*b` } }))).slice(0, 90)],
  'dozens of refusals over many keys': (random) => [open, ...statements((i) => deny(when(
    { StringNotEquals: { [`aws:PrincipalTag/${i % 11}`]: random.text(4) } }, { StringLike: { 'aws:UserAgent': `*${random.text(3)}*`, 'aws:Referer': `*${i % 13}*` } },
    { Bool: { 'aws:SecureTransport': random.pick(['true', 'false']) } }, { NumericLessThan: { 's3:max-keys': String(i * 3) } }, { NotIpAddress: { 'aws:VpcSourceIp': `10.${i}.0.0/16` } },
    { DateGreaterThan: { 'aws:CurrentTime': `20${30 + i % 60}-01-01T00:00:00Z` } })))],
  'clauses over tags that can be met': (random) => [eitherWay(28), ...clauses(random, 28, 3.7)],
  'clauses over tags that cannot': (random) => [eitherWay(17), ...clauses(random, 17, 6.2)],
  'more tags than values': () => pigeons(7),
  'mixed quantifiers': (random) => [open, ...statements((i) => deny(when(
    { [random.pick(['ForAllValues:StringLike', 'ForAllValues:StringNotEquals'])]: { 'aws:TagKeys': [`k${i}*`, random.text(2)] } },
    { [random.pick(['ForAnyValue:StringNotLike', 'ForAnyValue:StringEquals'])]: { 'aws:CalledVia': [`${random.text(3)}.amazonaws.com`], 'aws:TagKeys': `*${i}` } })))],
  'lists of NotResource': (random) => statements((i) => ({ ...(i % 3 === 0 ? allow({}) : deny({})), Principal: '*', Action: 's3:*', NotResource: Array.from({ length: 4 }, () => `arn:aws:s3:::*${random.text(2)}*/${random.text(1)}*`) })),
  'variables in a chain': () => [open, ...statements((i) => deny(when(
    { StringNotEquals: { [`aws:PrincipalTag/${i % 12}`]: `\${aws:PrincipalTag/${(i + 1) % 12}}` } }, { StringLike: { [`aws:ResourceTag/${i % 5}`]: `*\${aws:PrincipalTag/${i % 12}, 'x${i}'}*` } })))],
  'one variable in hundreds of resources': () => statements((i) => allow({ Principal: '*', Action: 's3:GetObject', Resource: Array.from({ length: 6 }, (_, k) => `arn:aws:s3:::home-${i}-${k}/\${aws:username}/*`) })),
  'one variable a thousand times in a resource': () => [allow({ Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::home/${'${aws:userid}'.repeat(1_500)}` })],
  'hundreds of variables in one text': () => [allow(when({ StringLike: { 'aws:PrincipalTag/x': values((i) => `\${aws:PrincipalTag/t${i}}`).join('') } }))],
  'defaults between variables': () => [allow(when({ StringLike: { 'aws:PrincipalTag/x': values((i) => `\${aws:PrincipalTag/y, '${String(i).repeat(12)}'}`).join('') } }))],
  'patterns of actions': (random) => statements((i) => ({ ...(i % 2 === 0 ? allow({}) : deny({})), Principal: '*', [i % 3 === 0 ? 'NotAction' : 'Action']: Array.from({ length: 5 }, () => `s3:*${random.text(1, 'GPLDe')}*${random.text(1, 'tobjcse')}*`), Resource: '*' })),
  'one value as long as the policy': () => [open, deny(when({ StringNotLike: { 'aws:PrincipalArn': `*${'a'.repeat(9_000)}*b` } })), deny(when({ StringLike: { 'aws:PrincipalArn': `*${'a?'.repeat(4_500)}*` } }))],
  'one key under operators of every kind': (random) => [open, ...statements((i) => deny(when(
    { StringNotLike: { 'aws:SourceIp': `1${i}*` } }, { NotIpAddress: { 'aws:SourceIp': `${10 + i % 200}.0.0.0/8` } }, { NumericLessThan: { 's3:max-keys': String(i) } }, { StringNotEquals: { 's3:max-keys': random.digits(2) } })))],
  'hundreds of roles and everybody but them': () => [
    allow({ Principal: { AWS: values((i) => role(accounts[i % 40]!, `app-${i}`), 12_000) }, Action: '*', Resource: '*' }),
    { Effect: 'Deny', NotPrincipal: { AWS: values((i) => role(accounts[i % 40]!, `app-${i * 2}`), 7_000) }, Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': organization } } },
  ],
  'blocks of addresses in each other': () => [allow(when({ IpAddress: { 'aws:VpcSourceIp': values((i) => `10.${i & 255}.${i * 7 & 255}.0/${17 + i % 12}`, 9_000) } })), deny(when({ NotIpAddress: { 'aws:VpcSourceIp': values((i) => `10.${i * 3 & 255}.0.0/${9 + i % 12}`, 9_000) } }))],
};

const github = 'token.actions.githubusercontent.com';
const others: readonly ((random: Random) => Omit<Posed, 'text'> & { readonly statements: readonly Json[] })[] = [
  (random) => ({ name: 'subjects that overlap', kind: 'trust', account, statements: [
    { Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${github}` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringLike: { [`${github}:sub`]: values((i) => `repo:acme/*${word(random, i)}*:*ref*${i}*`) } } }] }),
  () => ({ name: 'external ids that overlap', kind: 'trust', account, statements: [
    { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringLike: { 'sts:ExternalId': values((i) => `*${i}?*${i * 7}*`, 9_000) } } },
    { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringNotLike: { 'sts:ExternalId': values((i) => `?*${i * 3}*`, 5_000) }, StringNotEquals: { 'aws:PrincipalOrgID': organization } } }] }),
  ...[['wildcards alone', '?'], ['wildcards and letters', '*a'], ['wildcards and digits', '1*']].map(([name, unit]) => () => ({ name: `an organization's path of ${name!}`, kind: 'resource', account, service: 's3', statements: [
    allow(when({ StringLike: { 'aws:PrincipalOrgPaths': unit!.repeat(18_000 / unit!.length), 'aws:UserAgent': '*a'.repeat(500) } }))] } as const)),
  () => ({ name: 'names of services that overlap', kind: 'resource', account, service: 's3', statements: [allow(when({ StringLike: { 'aws:PrincipalServiceName': values((i) => `*${i}*${(i * 7) % 97}*`, 15_000) } }))] }),
  (random) => ({ name: 'sources that overlap', kind: 'resource', account, service: 'sqs', resource: `arn:aws:sqs:eu-west-1:${account}:jobs`, statements: [
    { Effect: 'Allow', Principal: { Service: ['sns.amazonaws.com', 's3.amazonaws.com', 'events.amazonaws.com'] }, Action: 'sqs:SendMessage', Resource: '*', Condition: { ArnLike: { 'aws:SourceArn': values((i) => `arn:aws:*:*:${accounts[i % 40]!}:*${word(random, i)}*`, 12_000) } } },
    deny({ Action: '*', Resource: '*', Condition: { StringNotLike: { 'aws:SourceArn': values((i) => `*:${i % 2 === 0 ? accounts[i % 40]! : strangers[i % 3]!}:*${i}`, 6_000) } } })] }),
];

/** Policies that the limits of AWS admit and that make a search work hardest. */
export function adversarialPolicies(seed: number): Posed[] {
  const random = seeded(seed);
  const made = [
    ...Object.entries(endpoints).map(([name, make]) => ({ name, kind: 'vpc-endpoint', account, service: 's3', endpointType: 'interface', statements: make(random) } as const)),
    ...others.map((make) => make(random)),
  ].map(({ statements: all, ...rest }): Posed => ({ ...rest, text: policyText(all) }));
  const long = made.find(({ text }) => text.length > MOST);
  if (long !== undefined) throw new Error(`\`${long.name}\` has ${long.text.length} characters; the limit is ${MOST}`);
  return made;
}
