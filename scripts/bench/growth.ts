import { accounts, allow, deny, organization, perimeterWith, posed, role, type Draft, type Json, type Posed } from './world.ts';

/** One shape of policy in growing sizes: what matters is how the time grows. */
export interface Growth { readonly name: string; readonly sizes: readonly { readonly size: number; readonly policy: Posed }[] }

const account = '111111111111';
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const endpoint = { kind: 'vpc-endpoint', account, service: 's3', endpointType: 'interface' } as const;
const bucket = { kind: 'resource', account, service: 's3', resource: 'arn:aws:s3:::acme-data' } as const;
const accountAt = (i: number): string => String(300000000000 + i * 7919);
const organizationAt = (i: number): string => i === 0 ? organization : `o-${i.toString(36).padStart(10, 'z')}`;

const statements: Readonly<Record<string, (count: number) => Draft>> = {
  'Allow statements, each for a role and a bucket': (count) => ({
    ...endpoint, name: '', statements: upTo(count).map((i) => allow({ Sid: `S${i}`, Principal: '*', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::acme-${i}/*`, Condition: { ArnEquals: { 'aws:PrincipalArn': role(accounts[i % accounts.length]!, `app-${i}`) } } })),
  }),
  'Allow statements, each for a tag of the organization': (count) => ({
    ...endpoint, name: '', statements: upTo(count).map((i) => allow({ Sid: `S${i}`, Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization, 'aws:ResourceOrgID': organization, [`aws:PrincipalTag/team-${i}`]: 'yes' } } })),
  }),
  'Deny statements beside one Allow': (count) => ({
    ...bucket, name: '', statements: [allow({ Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/*' }), ...upTo(count).map((i) => deny({ Sid: `S${i}`, Action: 's3:*', Resource: [`arn:aws:s3:::acme-data/folder-${i}/*`], Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization } } })),
      deny({ Action: 's3:*', Resource: 'arn:aws:s3:::acme-data/*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': organization } } })],
  }),
};

interface Values { readonly key: string; readonly is: string; readonly isNot: string; readonly at: (i: number) => string; readonly on: Omit<Draft, 'name' | 'statements'>; readonly mine?: (values: readonly string[]) => object }
/** Where `mine` is given the values are mine, so that the search has to look at all of them. */
const lists: Readonly<Record<string, Values>> = {
  'accounts': { key: 'aws:PrincipalAccount', is: 'StringEquals', isNot: 'StringNotEquals', at: accountAt, on: endpoint, mine: (values) => ({ accounts: values }) },
  'role ARNs': { key: 'aws:PrincipalArn', is: 'ArnLike', isNot: 'ArnNotLike', at: (i) => role(accountAt(i % 20), `app-${i}`), on: endpoint, mine: () => ({ accounts: upTo(20).map(accountAt) }) },
  'organization ids': { key: 'aws:PrincipalOrgID', is: 'StringEquals', isNot: 'StringNotEquals', at: organizationAt, on: endpoint, mine: (values) => ({ organizations: values }) },
  'CIDR blocks': { key: 'aws:SourceIp', is: 'IpAddress', isNot: 'NotIpAddress', at: (i) => `10.${i >> 7 & 255}.${i << 1 & 255}.0/24`, on: bucket },
  'VPC ids': { key: 'aws:SourceVpc', is: 'StringEquals', isNot: 'StringNotEquals', at: (i) => `vpc-${i.toString(16).padStart(17, '0')}`, on: bucket },
};

const withValues = ({ key, is, isNot, at, on, mine }: Values, negated: boolean, count: number): Posed => {
  const values = upTo(count).map(at);
  const everything: Json = { Principal: '*', Action: 's3:*', Resource: on.resource === undefined ? '*' : [on.resource, `${on.resource}/*`] };
  return posed({
    ...on, name: '', ...(mine === undefined ? {} : { perimeter: perimeterWith(mine(values)) }),
    statements: negated ? [allow(everything), deny({ ...everything, Condition: { [isNot]: { [key]: values } } })] : [allow({ ...everything, Condition: { [is]: { [key]: values } } })],
  });
};

const hundredCallers = upTo(100).map(accountAt);
/** One policy beside a definition of growing size. */
const definitions: Readonly<Record<string, (count: number) => { readonly perimeter: object; readonly statements: readonly Json[] }>> = {
  'accounts in the definition': (count) => ({ perimeter: { accounts: upTo(count).map(accountAt) }, statements: [ofOrganization] }),
  'buckets in the definition': (count) => ({ perimeter: { buckets: upTo(count).map((i) => `acme-${i}`) }, statements: [ofOrganization] }),
  'partners in the definition': (count) => ({ perimeter: { partners: upTo(count).map((i) => ({ name: `Partner ${i}`, accounts: [accountAt(i)], trust: { externalIds: [`id-${i}`] } })) }, statements: [ofOrganization] }),
  'organizations in the definition, beside accounts that nothing lists': (count) => ({
    perimeter: { accounts: undefined, organizations: upTo(count).map(organizationAt) }, statements: [allow({ Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': hundredCallers, 'aws:ResourceAccount': hundredCallers } } })],
  }),
};
const ofOrganization = allow({ Principal: '*', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization, 'aws:ResourceOrgID': organization } } });

export const growths: readonly Growth[] = [
  ...Object.entries(definitions).map(([name, make]): Growth => ({ name, sizes: [1, 10, 100, 1_000].map((size) => { const { perimeter, statements: some } = make(size); return { size, policy: posed({ ...endpoint, name: '', statements: some, perimeter: perimeterWith(perimeter) }) }; }) })),
  ...Object.entries(statements).map(([name, make]): Growth => ({ name, sizes: [1, 10, 100].map((size) => ({ size, policy: posed(make(size)) })) })),
  ...Object.entries(lists).flatMap(([name, values]) => [false, true].map((negated): Growth => ({
    name: `${name} under ${negated ? values.isNot : values.is}`, sizes: [1, 10, 100, 1_000].map((size) => ({ size, policy: withValues(values, negated, size) })),
  }))),
];
