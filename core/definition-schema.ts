/**
 * `perimeter.yaml` as a schema: which keys there are, what they hold and what to say when they don't.
 * It is bundled into the evaluator, so it needs valibot and nothing else, and says nothing of files or lines.
 * Formats are written as patterns where they can be, so that the JSON Schema for editors has them too.
 */
import * as v from 'valibot';
import { isCidr, isDate } from './formats.ts';

/** What stands in the file, in the reader's words. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `\`${value.length > 60 ? `${value.slice(0, 60)}…` : value}\``;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'number' ? `the number \`${value}\`` : `\`${String(value)}\``;
}

export const expected = (what: string) => (issue: { readonly input: unknown }): string => `expected ${what}, found ${show(issue.input)}`;

/** Quotes matter: YAML reads `012345678901` as a number and drops the zero. */
const expectedQuoted = (what: string) => (issue: { readonly input: unknown }): string =>
  `${expected(what)(issue)}${typeof issue.input === 'number' ? '; put it in quotes, for a YAML number loses its leading zeros' : ''}`;

/** Like `schema`, but judged by the one that `pick` chooses for the value: its messages are to the point where a union's are not. */
const judgedBy = <S extends v.GenericSchema>(schema: S, pick: (value: unknown) => v.GenericSchema): S =>
  ({ ...schema, '~run': (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) => pick(dataset.value)['~run'](dataset, config) });

export const text = (what: string, pattern = /\S/) => v.pipe(v.string(expectedQuoted(what)), v.regex(pattern, expectedQuoted(what)));

export const list = <S extends v.GenericSchema>(item: S, what: string) => v.array(item, expected(`a list of ${what}`));

// valibot takes a list for an object with the keys 0, 1, …: an empty list would pass for an empty section.
const noList = <S extends v.GenericSchema>(schema: S, what: string): S => {
  const refusal = v.never(expected(what));
  return judgedBy(schema, (value) => Array.isArray(value) ? refusal : schema);
};

export const object = <E extends v.ObjectEntries>(entries: E) => {
  const known = Object.keys(entries).map((key) => `\`${key}\``).join(', ');
  return noList(v.strictObject(entries, (issue) => {
    if (issue.expected === 'never') return `unknown key; known here: ${known}`;
    const missing = /^"(.*)"$/.exec(issue.expected ?? '')?.[1];
    if (missing !== undefined) return `is missing${about(entries[missing])}`;
    return `expected a mapping with keys of ${known}, found ${show(issue.input)}`;
  }), `a mapping with keys of ${known}`);
};
const about = (schema: unknown): string => {
  const description = v.getDescription(schema as v.GenericSchema);
  return description === undefined ? '' : `: ${description}`;
};

export const mapping = <S extends v.GenericSchema>(value: S, what: string) => noList(v.record(v.string(), value, expected(what)), what);

/** A word, or else a value of the other form. */
const wordOr = <const W extends string, S extends v.GenericSchema>(word: W, other: S) =>
  judgedBy(v.union([v.literal(word), other]), (value) => value === word ? v.literal(word) : other);

const described = <S extends v.GenericSchema>(schema: S, description: string) => v.pipe(schema, v.description(description));
export const section = <S extends v.GenericSchema>(schema: S, description: string) => v.optional(described(schema, description));

export const account = text('an account id of 12 digits in quotes', /^\d{12}$/);
const accounts = list(account, 'account ids');
const organization = text('an organization id such as `o-4tkekae453`', /^o-[a-z0-9]{10,32}$/);
export const arn = text('an ARN, or a pattern of one, such as `arn:aws:s3:::name/*`', /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/);
/*
 * What may be reached must not be something a stranger can make: bucket names are first come, first served, so no wildcard in
 * one, nor before it (a wildcard crosses colons, and `arn:aws:s3:*:*:name/x` would match a key of anybody's bucket).
 */
const wholeBucket = expected('the whole name of a bucket, for anybody can make one that matches a pattern');
const anyArn = expected('an ARN, or a pattern of one, that names its partition and service, such as `arn:aws:s3:::name/*`');
const reachable = v.pipe(
  v.string(anyArn),
  v.regex(
    /^arn:[a-z0-9-]+:(?:(?!s3:)[a-z0-9-]+:[^:]*:[^:]*:.+|s3:[^:*?]*:[^:*?]*:[^/*?]+(?:\/.*)?)$/,
    (issue) => (/^arn:[a-z0-9-]+:s3:/.test(issue.input) ? wholeBucket : anyArn)(issue),
  ),
);
const action = text('an action such as `s3:GetObject`', /^[a-z0-9-]+:[A-Za-z0-9*?]+$/);
const actions = list(action, 'actions');
const service = text('a service principal such as `events.amazonaws.com`', /^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
const services = list(service, 'service principals');
const anyText = text('text');

const partner = object({
  name: described(anyText, 'who the partner is'),
  accounts: section(accounts, "the partner's account ids"),
  trust: section(object({
    externalIds: section(
      wordOr('pinned', list(text('an external id of 2 to 1,224 letters, digits and `_+=,.@:/-`', /^[\w+=,.@:/-]{2,1224}$/), 'external ids, or the word `pinned`')),
      'the external ids agreed with the partner, or `pinned`: any exact id that the policy fixes',
    ),
  }), 'roles that the partner may assume'),
  resources: section(list(object({
    arn: described(arn, 'ARN pattern of my resource'),
    actions: described(actions, 'what the partner may do with it'),
  }), 'resources with their actions'), 'my resources that the partner may use'),
  reachable: section(list(reachable, 'ARNs'), "the partner's resources that my principals may reach"),
});

const issuer = described(text('an issuer without `https://`, such as `token.actions.githubusercontent.com`', /^(?!https?:)[A-Za-z0-9.-]+\.[A-Za-z0-9.*-]+(:\d+)?(\/[^\s]*)?$/), 'the issuer as the provider’s ARN spells it');
const providers = {
  claims: object({
    issuer, claims: described(
      v.pipe(mapping(list(text('a value, or a pattern of one'), 'values'), 'a mapping of claims to lists of values'), v.minEntries(1, 'expected at least one claim; for an issuer all of whose tokens are yours write `tenancy: own`')),
      'claims by which the tokens of my tenancy are told from others',
    ),
  }),
  tenancy: object({ issuer, tenancy: described(v.literal('own', expected('`own`')), 'every token of this issuer is mine') }),
  identityPools: object({
    issuer: described(v.literal('cognito-identity.amazonaws.com', expected('`cognito-identity.amazonaws.com`')), 'Amazon Cognito'),
    identityPools: described(list(text('an identity pool id such as `eu-west-1:` and a UUID', /^[\w-]+:[0-9a-f-]+$/), 'identity pool ids'), 'my identity pools'),
    guests: section(v.boolean(expected('true or false')), 'whether unauthenticated identities count as mine'),
  }),
  saml: object({ saml: described(text('the ARN of a SAML provider', /^arn:[^:]+:iam::(\d{12}|\*):saml-provider\/.+$/), 'ARN pattern of a SAML provider; `*` for the account means my accounts') }),
  trustAnchors: object({ trustAnchors: described(list(text('the ARN of a trust anchor', /^arn:[^:]+:rolesanywhere:[^:]*:[^:]*:trust-anchor\/.+$/), 'trust anchor ARNs'), 'IAM Roles Anywhere trust anchors that are mine') }),
};
const noProvider = v.never((issue) => typeof issue.input === 'object' && issue.input !== null && !Array.isArray(issue.input)
  ? `expected one of the keys ${Object.keys(providers).map((key) => `\`${key}\``).join(', ')}, which says what kind of provider it is`
  : expected('a mapping that describes an identity provider')(issue));
const identityProvider = judgedBy(v.union(Object.values(providers)), (value) =>
  Object.entries(providers).find(([key]) => typeof value === 'object' && value !== null && Object.hasOwn(value, key))?.[1] ?? noProvider);

const cidr = v.pipe(text('an address range such as `192.0.2.0/24`', /^[0-9A-Fa-f.:]+\/\d{1,3}$/), v.check(isCidr, expected('an address range such as `192.0.2.0/24` or `2001:db8::/32`')));
const tags = mapping(v.string(expectedQuoted('text')), 'a mapping of tag keys to values');

const exception = object({
  rule: described(text('the id of a rule'), 'the rule it is an exception to'),
  resource: described(arn, 'ARN of the resource, or a pattern of it with `*` and `?`'),
  owner: described(anyText, 'who answers for it'),
  reason: described(anyText, 'why it is granted'),
  expires: described(
    v.pipe(text('a date such as `2027-01-31`', /^\d{4}-\d{2}-\d{2}$/), v.check(isDate, expected('a day of the calendar'))),
    'the last day it holds (UTC), such as 2027-01-31',
  ),
  allow: section(object({
    unsignedActions: section(actions, 'actions that may be called unsigned'),
    accounts: section(accounts, 'accounts that count as mine'),
    organizations: section(list(organization, 'organization ids'), 'organizations that count as mine'),
    services: section(services, 'service principals that count as acting for me'),
    resources: section(list(reachable, 'ARNs'), 'resources that may be reached'),
  }), 'what it lets in, for this resource only; engine rules need it'),
});

const parameters = mapping(v.unknown(), 'parameters, `on` or `off`');

export const definitionSchema = object({
  version: section(v.literal(1, expected('1')), 'version of this format'),
  organizations: described(list(organization, 'organization ids'), 'ids of the organizations that are mine'),
  organizationPaths: section(
    list(text('an organization path such as `o-4tkekae453/r-ab12/ou-ab12-*/*`', /^o-[a-z0-9]{10,32}\/[a-z0-9*?/-]*$/), 'organization paths'),
    'paths that narrow which principals are mine, where `accounts` does not list them; left out: the whole organization',
  ),
  accounts: section(
    wordOr('organization', list(wordOr('organization', account), 'account ids, or the word `organization`')),
    'all accounts of my organizations; the word `organization` stands for those of the one that is deployed to, which deployment fills in; left out: an account named exactly is unknown',
  ),
  standaloneAccounts: section(accounts, 'accounts that are mine and in no organization'),
  partners: section(list(partner, 'partners'), 'outsiders with agreed access, for just that'),
  services: section(wordOr('any', list(service, 'service principals, or the word `any`')), 'service principals that count as AWS acting for me; left out: any'),
  identityProviders: section(
    list(identityProvider, 'identity providers'),
    'federation that is mine; left out: SAML providers of my accounts are mine, shared issuers are nobody’s',
  ),
  networks: section(object({
    vpcs: section(list(text('a VPC id such as `vpc-012abc01`', /^vpc-[0-9a-f]{8,17}$/), 'VPC ids'), 'VPCs that are mine'),
    subnets: section(list(text('a subnet id such as `subnet-012abc01`', /^subnet-[0-9a-f]{8,17}$/), 'subnet ids'), 'subnets that are mine'),
    vpcEndpoints: section(list(text('a VPC endpoint id such as `vpce-012abc01`', /^vpce-[0-9a-f]{8,17}$/), 'VPC endpoint ids'), 'VPC endpoints that are mine'),
    cidrs: section(list(cidr, 'address ranges'), 'address ranges that are mine'),
    organization: section(v.boolean(expected('true or false')), 'whether any VPC of my organization counts (aws:VpceOrgID)'),
  }), 'networks that are mine'),
  buckets: section(
    list(text('the name of an S3 bucket', /^[A-Za-z0-9](?:[A-Za-z0-9._*?-]|\$\{region\}){2,254}$/), 'bucket names'),
    'names of S3 buckets that are mine, since an S3 ARN names no account',
  ),
  awsOwnedResources: section(
    wordOr('catalogue', list(reachable, 'ARNs, or the word `catalogue`')),
    'AWS-owned resources that may be reached: the shipped `catalogue` (also when left out) or a list; `${region}` stands for a Region',
  ),
  unsignedActions: section(actions, 'actions that may be called unsigned; left out: sts:AssumeRoleWithWebIdentity, sts:AssumeRoleWithSAML, execute-api:Invoke'),
  exclusionTags: section(object({
    principal: section(tags, 'tags of principals that are left alone'),
    resource: section(tags, 'tags of resources that are left alone'),
  }), 'tags that take principals or resources out of the perimeter'),
  rules: section(
    mapping(judgedBy(v.union([v.picklist(['on', 'off']), parameters]), (value) =>
      typeof value === 'object' && value !== null ? parameters : v.picklist(['on', 'off'], expected('parameters, `on` or `off`'))), 'a mapping of rule ids to parameters, `on` or `off`'),
    'by rule id: its parameters, or whether it is on or off',
  ),
  exceptions: section(list(exception, 'exceptions'), 'what is let through, by whom and until when'),
  remediations: section(mapping(mapping(v.unknown(), 'parameters'), 'a mapping of remediation ids to parameters'), 'by remediation id: its parameters'),
});

/** `perimeter.yaml` as written, once it is known to be well formed. */
export type WrittenDefinition = v.InferOutput<typeof definitionSchema>;
export type WrittenProvider = NonNullable<WrittenDefinition['identityProviders']>[number];
