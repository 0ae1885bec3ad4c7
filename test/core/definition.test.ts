import { describe, expect, it, test } from 'vitest';
import { DefinitionError, readDefinition } from '../../core/definition.ts';
import { awsOwnedResources } from '../../policy/tables/aws-owned-resources.ts';

const organization = 'o-4tkekae453';
const least = { organizations: [organization] };
const leastPerimeter = {
  organizations: [organization], organizationPaths: [], accounts: undefined, standaloneAccounts: [], partners: [], services: 'any', identityProviders: undefined,
  networks: { vpcs: [], subnets: [], vpcEndpoints: [], cidrs: [], organization: false }, buckets: [], awsOwnedResources,
  unsignedActions: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'execute-api:Invoke'], exclusionTags: { principal: {}, resource: {} },
};
const leastException = { rule: 'a-rule', resource: 'arn:aws:s3:::public-site', owner: 'web', reason: 'a public site', expires: '2027-01-31' };

function issuesOf(value: unknown): readonly string[] {
  try { readDefinition(value); } catch (error) {
    if (error instanceof DefinitionError) return error.message.split('\n');
    throw error;
  }
  return [];
}

it('fills in what the smallest definition leaves out', () => {
  expect(readDefinition(least)).toEqual({ perimeter: leastPerimeter, rules: {}, on: [], off: [], exceptions: [], remediations: {} });
});

describe('each section', () => {
  const partner = { name: 'Example Monitoring', accounts: ['123456789012'] };
  const readPartner = { name: 'Example Monitoring', accounts: ['123456789012'], externalIds: undefined, resources: [], reachable: [] };
  test.each<[string, object, object]>([
    ['version', { version: 1 }, {}],
    ['organizationPaths', { organizationPaths: [`${organization}/r-ab12/ou-ab12-*/*`] }, { organizationPaths: [`${organization}/r-ab12/ou-ab12-*/*`] }],
    ['accounts', { accounts: ['011111111111'] }, { accounts: ['011111111111'] }],
    ['accounts that deployment fills in', { accounts: 'organization' }, { accounts: undefined }],
    ['accounts that deployment adds to', { accounts: ['011111111111', 'organization'] }, { accounts: undefined }],
    ['no accounts, which is a complete list', { accounts: [] }, { accounts: [] }],
    ['standaloneAccounts', { standaloneAccounts: ['222222222222'] }, { standaloneAccounts: ['222222222222'] }],
    ['accounts that are listed twice', { accounts: ['111111111111', '111111111111'], standaloneAccounts: ['222222222222', '222222222222'] }, { accounts: ['111111111111', '111111111111'], standaloneAccounts: ['222222222222', '222222222222'] }],
    ['standaloneAccounts alone, which are all', { organizations: [], standaloneAccounts: ['222222222222'] }, { organizations: [], accounts: [], standaloneAccounts: ['222222222222'] }],
    ['a partner without external ids', { partners: [partner] }, { partners: [readPartner] }],
    ['a partner with external ids', { partners: [{ ...partner, trust: { externalIds: ['12345'] } }] }, { partners: [{ ...readPartner, externalIds: ['12345'] }] }],
    ['a partner with any pinned external id', { partners: [{ ...partner, trust: { externalIds: 'pinned' } }] }, { partners: [{ ...readPartner, externalIds: 'pinned' }] }],
    ["a partner's resources", { partners: [{ ...partner, resources: [{ arn: 'arn:aws:s3:::shared/*', actions: ['s3:GetObject'] }] }] }, { partners: [{ ...readPartner, resources: [{ arn: 'arn:aws:s3:::shared/*', actions: ['s3:GetObject'] }] }] }],
    ['a partner that is only reached', { partners: [{ name: 'Vendor', reachable: ['arn:aws:s3:::vendor-drop/*'] }] }, { partners: [{ ...readPartner, name: 'Vendor', accounts: [], reachable: ['arn:aws:s3:::vendor-drop/*'] }] }],
    ['any services', { services: 'any' }, {}],
    ['services', { services: ['events.amazonaws.com'] }, { services: ['events.amazonaws.com'] }],
    ['an issuer shared by tenants', { identityProviders: [{ issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }] }, { identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }] }],
    ['an issuer of one tenant, by a claim that shared ones have for every tenant', { identityProviders: [{ issuer: 'id.example.com', claims: { email: ['ci@example.com'] } }] }, { identityProviders: [{ kind: 'claims', issuer: 'id.example.com', claims: { email: ['ci@example.com'] } }] }],
    ['an issuer of my own', { identityProviders: [{ issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/*', tenancy: 'own' }] }, { identityProviders: [{ kind: 'own', issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/*' }] }],
    ['an issuer of my own beside a shared one, and one of my own that begins like that', { identityProviders: [{ issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }, { issuer: 'token.actions.githubusercontent.com/acme', tenancy: 'own' }] }, { identityProviders: [{ kind: 'claims', issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }, { kind: 'own', issuer: 'token.actions.githubusercontent.com/acme' }] }],
    ['identity pools', { identityProviders: [{ issuer: 'cognito-identity.amazonaws.com', identityPools: ['eu-west-1:0a1b2c3d-0000-4000-8000-000000000000'] }] }, { identityProviders: [{ kind: 'cognito', identityPools: ['eu-west-1:0a1b2c3d-0000-4000-8000-000000000000'], guests: false }] }],
    ['identity pools with guests', { identityProviders: [{ issuer: 'cognito-identity.amazonaws.com', identityPools: [], guests: true }] }, { identityProviders: [{ kind: 'cognito', identityPools: [], guests: true }] }],
    ['a SAML provider', { identityProviders: [{ saml: 'arn:aws:iam::*:saml-provider/Okta' }] }, { identityProviders: [{ kind: 'saml', arn: 'arn:aws:iam::*:saml-provider/Okta' }] }],
    ['trust anchors', { identityProviders: [{ trustAnchors: ['arn:aws:rolesanywhere:*:111111111111:trust-anchor/*'] }] }, { identityProviders: [{ kind: 'trust-anchors', arns: ['arn:aws:rolesanywhere:*:111111111111:trust-anchor/*'] }] }],
    ['no providers, which is not the same as leaving them out', { identityProviders: [] }, { identityProviders: [] }],
    ['networks', { networks: { vpcs: ['vpc-012abc01'], subnets: ['subnet-012abc01'], vpcEndpoints: ['vpce-0123456789abcdef0'], cidrs: ['192.0.2.0/24', '2001:db8::/32'], organization: true } }, { networks: { vpcs: ['vpc-012abc01'], subnets: ['subnet-012abc01'], vpcEndpoints: ['vpce-0123456789abcdef0'], cidrs: ['192.0.2.0/24', '2001:db8::/32'], organization: true } }],
    ['some networks', { networks: { vpcs: ['vpc-012abc01'] } }, { networks: { ...leastPerimeter.networks, vpcs: ['vpc-012abc01'] } }],
    ['buckets', { buckets: ['logs', 'data-${region}', 'acme-*'] }, { buckets: ['logs', 'data-${region}', 'acme-*'] }],
    ['the catalogue of AWS-owned resources', { awsOwnedResources: 'catalogue' }, { awsOwnedResources }],
    ['AWS-owned resources', { awsOwnedResources: ['arn:aws:s3:::packages.${region}.amazonaws.com/*', 'arn:aws:ssm:*::parameter/aws/*'] }, { awsOwnedResources: ['arn:aws:s3:::packages.${region}.amazonaws.com/*', 'arn:aws:ssm:*::parameter/aws/*'] }],
    ['unsignedActions, instead of the usual', { unsignedActions: ['s3:GetObject'] }, { unsignedActions: ['s3:GetObject'] }],
    ['exclusionTags', { exclusionTags: { principal: { 'dp:exclude:resource': 'true' } } }, { exclusionTags: { principal: { 'dp:exclude:resource': 'true' }, resource: {} } }],
  ])('%s', (_, written, read) => {
    expect(readDefinition({ ...least, ...written }).perimeter).toEqual({ ...leastPerimeter, ...read });
  });

  test('rules: parameters, on and off', () => {
    const { rules, on, off } = readDefinition({ ...least, rules: { 'with-parameters': { minimumZones: 2 }, 'opted-in': 'on', 'not-wanted': 'off' } });
    expect({ rules, on, off }).toEqual({ rules: { 'with-parameters': { minimumZones: 2 } }, on: ['with-parameters', 'opted-in'], off: ['not-wanted'] });
  });

  test('exceptions, with and without what they allow', () => {
    const allow = { unsignedActions: ['s3:GetObject'], accounts: ['999999999999'], organizations: ['o-0000000000'], services: ['events.amazonaws.com'], resources: ['arn:aws:s3:::a/*'] };
    expect(readDefinition({ ...least, exceptions: [leastException, { ...leastException, allow }] }).exceptions).toEqual([leastException, { ...leastException, allow }]);
  });
});

describe('everything wrong is named with what is expected and what was found', () => {
  const keys = '`version`, `organizations`, `organizationPaths`, `accounts`, `standaloneAccounts`, `partners`, `services`, `identityProviders`, `networks`, `buckets`, `awsOwnedResources`, `unsignedActions`, `exclusionTags`, `rules`, `exceptions`, `remediations`';
  const quote = 'put it in quotes, for a YAML number loses its leading zeros';
  const path = 'an organization path such as `o-4tkekae453/r-ab12/ou-ab12-*/*`';
  const bucket = 'expected the whole name of a bucket, for anybody can make one that matches a pattern';
  const arn = 'expected an ARN, or a pattern of one, such as `arn:aws:s3:::name/*`';
  test.each<[unknown, ...string[]]>([
    [null, `expected a mapping with keys of ${keys}, found nothing`],
    [[], `expected a mapping with keys of ${keys}, found an empty list`],
    ['text', `expected a mapping with keys of ${keys}, found \`text\``],
    [{}, 'organizations: is missing: ids of the organizations that are mine'],
    [{ ...least, Accounts: [] }, `Accounts: unknown key; known here: ${keys}`],
    [{ ...least, version: 2 }, 'version: expected 1, found the number `2`'],
    [{ ...least, version: '1' }, 'version: expected 1, found `1`'],
    [{ organizations: [] }, 'organizations: expected at least one organization id, found an empty list; accounts without an organization go into `standaloneAccounts`'],
    [{ organizations: organization }, 'organizations: expected a list of organization ids, found `o-4tkekae453`'],
    [{ organizations: ['o-short'] }, 'organizations[0]: expected an organization id such as `o-4tkekae453`, found `o-short`'],
    [{ organizations: ['o-4TKEKAE453'] }, 'organizations[0]: expected an organization id such as `o-4tkekae453`, found `o-4TKEKAE453`'],
    [{ organizations: [`o-${'a'.repeat(33)}`] }, `organizations[0]: expected an organization id such as \`o-4tkekae453\`, found \`o-${'a'.repeat(33)}\``],
    [{ ...least, organizationPaths: ['r-ab12/*'] }, `organizationPaths[0]: expected ${path}, found \`r-ab12/*\``],
    [{ ...least, organizationPaths: [organization] }, `organizationPaths[0]: expected ${path}, found \`${organization}\``],
    [{ ...least, organizationPaths: ['o-0000000000/*'] }, 'organizationPaths[0]: expected a path of one of `organizations`, found `o-0000000000`, which is not listed there'],
    [{ ...least, accounts: [111111111111] }, `accounts[0]: expected an account id of 12 digits in quotes, found the number \`111111111111\`; ${quote}`],
    [{ ...least, accounts: ['1111'] }, 'accounts[0]: expected an account id of 12 digits in quotes, found `1111`'],
    [{ ...least, accounts: 'all' }, 'accounts: expected a list of account ids, or the word `organization`, found `all`'],
    [{ ...least, accounts: null }, 'accounts: expected a list of account ids, or the word `organization`, found nothing'],
    [{ organizations: [], standaloneAccounts: ['222222222222'], accounts: ['111111111111'] }, 'accounts: expected an organization they belong to in `organizations`, found none; accounts without an organization go into `standaloneAccounts`'],
    [{ ...least, accounts: ['111111111111', '222222222222'], standaloneAccounts: ['333333333333', '222222222222'] }, 'standaloneAccounts[1]: expected an account in no organization, found `222222222222`, which stands in `accounts[1]`'],
    [{ ...least, accounts: ['111111111111'], partners: [{ name: 'x', accounts: ['123456789012', '111111111111'] }] }, 'partners[0].accounts[1]: expected an account that is not mine, found `111111111111`, which stands in `accounts[0]`'],
    [{ ...least, standaloneAccounts: ['222222222222'], partners: [{ name: 'x', accounts: ['222222222222'] }] }, 'partners[0].accounts[0]: expected an account that is not mine, found `222222222222`, which stands in `standaloneAccounts[0]`'],
    [{ ...least, identityProviders: [{ issuer: 'id.example.com', claims: { sub: ['a'] } }, { issuer: 'ID.example.com', tenancy: 'own' }] }, 'identityProviders[1]: expected `own` or `claims` of an issuer, found both: `identityProviders[0]` names claims'],
    [{ ...least, identityProviders: [{ issuer: 'GitLab.com', tenancy: 'own' }] }, 'identityProviders[0]: expected `claims` or `identityPools`, found `own`, but `gitlab.com` issues tokens to everybody'],
    [{ ...least, identityProviders: [{ issuer: 'token.actions.*', tenancy: 'own' }] }, 'identityProviders[0]: expected `claims` or `identityPools`, found `own`, but `token.actions.githubusercontent.com` issues tokens to everybody'],
    [{ ...least, identityProviders: [{ issuer: 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/', tenancy: 'own' }] }, 'identityProviders[0]: expected `claims` or `identityPools`, found `own`, but `sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/` issues tokens to everybody'],
    [{ ...least, identityProviders: [{ issuer: 'cognito-identity.amazonaws.com', tenancy: 'own' }] }, 'identityProviders[0]: expected `claims` or `identityPools`, found `own`, but `cognito-identity.amazonaws.com` issues tokens to everybody'],
    [{ ...least, identityProviders: [{ issuer: 'Token.actions.githubusercontent.com', claims: { Sub: ['repo:acme/*'], environment: ['production'], job_workflow_ref: ['acme/ci/*'] } }] }, 'identityProviders[0].claims.environment: expected a claim that tells tenants of `token.actions.githubusercontent.com` apart (`sub`, `repository`, `repository_id`, `repository_owner_id`, `enterprise_id`), found `environment`, whose values every tenant may have', 'identityProviders[0].claims.job_workflow_ref: expected a claim that tells tenants of `token.actions.githubusercontent.com` apart (`sub`, `repository`, `repository_id`, `repository_owner_id`, `enterprise_id`), found `job_workflow_ref`, whose values every tenant may have'],
    [{ ...least, identityProviders: [{ issuer: 'token.actions.*', claims: { aud: ['acme'] } }] }, 'identityProviders[0].claims.aud: expected a claim that tells tenants of `token.actions.githubusercontent.com` apart (`sub`, `repository`, `repository_id`, `repository_owner_id`, `enterprise_id`), found `aud`, whose values every tenant may have'],
    [{ ...least, identityProviders: [{ issuer: 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/', claims: { aud: ['api://acme'] } }] }, 'identityProviders[0].claims.aud: expected an issuer that some claim divides, found `sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/`: every tenant of it may have the same `aud`'],
    [{ ...least, standaloneAccounts: ['a'] }, 'standaloneAccounts[0]: expected an account id of 12 digits in quotes, found `a`'],
    [{ ...least, partners: [{ accounts: [] }] }, 'partners[0].name: is missing: who the partner is'],
    [{ ...least, partners: [[]] }, 'partners[0]: expected a mapping with keys of `name`, `accounts`, `trust`, `resources`, `reachable`, found an empty list'],
    [{ ...least, partners: [{ name: 'x', trust: {} }] }, 'partners[0]: expected `accounts` beside `trust` and `resources`, found none: nobody could use the access'],
    [{ ...least, partners: [{ name: 'x', accounts: ['123456789012'], trust: { externalIds: 'any' } }] }, 'partners[0].trust.externalIds: expected a list of external ids, or the word `pinned`, found `any`'],
    [{ ...least, partners: [{ name: 'x', accounts: ['123456789012'], trust: { externalIds: [12345] } }] }, `partners[0].trust.externalIds[0]: expected an external id of 2 to 1,224 letters, digits and \`_+=,.@:/-\`, found the number \`12345\`; ${quote}`],
    [{ ...least, partners: [{ name: 'x', accounts: ['123456789012'], trust: { externalIds: ['*'] } }] }, 'partners[0].trust.externalIds[0]: expected an external id of 2 to 1,224 letters, digits and `_+=,.@:/-`, found `*`'],
    [{ ...least, partners: [{ name: 'x', accounts: ['123456789012'], resources: [{ arn: 'shared' }] }] }, `partners[0].resources[0].arn: ${arn}, found \`shared\``, 'partners[0].resources[0].actions: is missing: what the partner may do with it'],
    [{ ...least, partners: [{ name: 'x', reachable: ['arn:aws:s3:::vendor-*/*'] }] }, `partners[0].reachable[0]: ${bucket}, found \`arn:aws:s3:::vendor-*/*\``],
    [{ ...least, services: ['events'] }, 'services[0]: expected a service principal such as `events.amazonaws.com`, found `events`'],
    [{ ...least, identityProviders: [{ issuer: 'example.com' }] }, 'identityProviders[0]: expected one of the keys `claims`, `tenancy`, `identityPools`, `saml`, `trustAnchors`, which says what kind of provider it is'],
    [{ ...least, identityProviders: ['example.com'] }, 'identityProviders[0]: expected a mapping that describes an identity provider, found `example.com`'],
    [{ ...least, identityProviders: [{ issuer: 'https://example.com', tenancy: 'mine' }] }, 'identityProviders[0].issuer: expected an issuer without `https://`, such as `token.actions.githubusercontent.com`, found `https://example.com`', 'identityProviders[0].tenancy: expected `own`, found `mine`'],
    [{ ...least, identityProviders: [{ issuer: 'example.com', claims: ['sub'] }] }, 'identityProviders[0].claims: expected a mapping of claims to lists of values, found a list'],
    [{ ...least, identityProviders: [{ issuer: 'example.com', claims: {} }] }, 'identityProviders[0].claims: expected at least one claim; for an issuer all of whose tokens are yours write `tenancy: own`'],
    [{ ...least, identityProviders: [{ issuer: 'example.com', claims: { sub: 'x' } }] }, 'identityProviders[0].claims.sub: expected a list of values, found `x`'],
    [{ ...least, identityProviders: [{ issuer: 'example.com', identityPools: ['pool'], guests: 'no' }] }, 'identityProviders[0].issuer: expected `cognito-identity.amazonaws.com`, found `example.com`', 'identityProviders[0].identityPools[0]: expected an identity pool id such as `eu-west-1:` and a UUID, found `pool`', 'identityProviders[0].guests: expected true or false, found `no`'],
    [{ ...least, identityProviders: [{ saml: 'Okta' }] }, 'identityProviders[0].saml: expected the ARN of a SAML provider, found `Okta`'],
    [{ ...least, identityProviders: [{ saml: 'arn:aws:iam::*:saml-provider/Okta', issuer: 'x.y' }] }, 'identityProviders[0].issuer: unknown key; known here: `saml`'],
    [{ ...least, identityProviders: [{ trustAnchors: ['arn:aws:iam::1:x'] }] }, 'identityProviders[0].trustAnchors[0]: expected the ARN of a trust anchor, found `arn:aws:iam::1:x`'],
    [{ ...least, networks: [] }, 'networks: expected a mapping with keys of `vpcs`, `subnets`, `vpcEndpoints`, `cidrs`, `organization`, found an empty list'],
    [{ ...least, networks: { vpcs: ['vpce-012abc01'], subnets: ['vpc-012abc01'], vpcEndpoints: ['vpc-012abc01'], cidrs: ['10.0.0.0/33', 'anywhere'], organization: 'yes' } },
      'networks.vpcs[0]: expected a VPC id such as `vpc-012abc01`, found `vpce-012abc01`', 'networks.subnets[0]: expected a subnet id such as `subnet-012abc01`, found `vpc-012abc01`',
      'networks.vpcEndpoints[0]: expected a VPC endpoint id such as `vpce-012abc01`, found `vpc-012abc01`', 'networks.cidrs[0]: expected an address range such as `192.0.2.0/24` or `2001:db8::/32`, found `10.0.0.0/33`',
      'networks.cidrs[1]: expected an address range such as `192.0.2.0/24`, found `anywhere`', 'networks.organization: expected true or false, found `yes`'],
    [{ ...least, buckets: ['arn:aws:s3:::logs', '*'] }, 'buckets[0]: expected the name of an S3 bucket, found `arn:aws:s3:::logs`', 'buckets[1]: expected the name of an S3 bucket, found `*`'],
    [{ ...least, awsOwnedResources: 'all' }, 'awsOwnedResources: expected a list of ARNs, or the word `catalogue`, found `all`'],
    [{ ...least, awsOwnedResources: ['arn:aws:s3:::aws-*', 'arn:aws:s3:*:*:name/x', 'arn:*:s3:::name/x'] }, `awsOwnedResources[0]: ${bucket}, found \`arn:aws:s3:::aws-*\``, `awsOwnedResources[1]: ${bucket}, found \`arn:aws:s3:*:*:name/x\``,
      'awsOwnedResources[2]: expected an ARN, or a pattern of one, that names its partition and service, such as `arn:aws:s3:::name/*`, found `arn:*:s3:::name/x`'],
    [{ ...least, unsignedActions: ['GetObject'] }, 'unsignedActions[0]: expected an action such as `s3:GetObject`, found `GetObject`'],
    [{ ...least, exclusionTags: { principal: { exclude: true }, resource: ['exclude'] } }, 'exclusionTags.principal.exclude: expected text, found `true`', 'exclusionTags.resource: expected a mapping of tag keys to values, found a list'],
    [{ ...least, rules: { 'a-rule': true, 'b-rule': [], 'c-rule': 'yes' } }, 'rules.a-rule: expected parameters, `on` or `off`, found `true`', 'rules.b-rule: expected parameters, `on` or `off`, found an empty list', 'rules.c-rule: expected parameters, `on` or `off`, found `yes`'],
    [{ ...least, exceptions: [{}] }, 'exceptions[0].rule: is missing: the rule it is an exception to', 'exceptions[0].resource: is missing: ARN of the resource, or a pattern of it with `*` and `?`',
      'exceptions[0].owner: is missing: who answers for it', 'exceptions[0].reason: is missing: why it is granted', 'exceptions[0].expires: is missing: the last day it holds (UTC), such as 2027-01-31'],
    [{ ...least, exceptions: [{ ...leastException, owner: ' ', reason: '', rule: 3 }] }, 'exceptions[0].rule: expected the id of a rule, found the number `3`; put it in quotes, for a YAML number loses its leading zeros', 'exceptions[0].owner: expected text, found ` `', 'exceptions[0].reason: expected text, found an empty text'],
    [{ ...least, exceptions: [{ ...leastException, expires: '2027-02-30' }] }, 'exceptions[0].expires: expected a day of the calendar, found `2027-02-30`'],
    [{ ...least, exceptions: [{ ...leastException, expires: 'never' }] }, 'exceptions[0].expires: expected a date such as `2027-01-31`, found `never`'],
    [{ ...least, exceptions: [{ ...leastException, resource: '*' }] }, `exceptions[0].resource: ${arn}, found \`*\``],
    [{ ...least, exceptions: [{ ...leastException, allow: { everything: true } }] }, 'exceptions[0].allow.everything: unknown key; known here: `unsignedActions`, `accounts`, `organizations`, `services`, `resources`'],
    [{ ...least, exceptions: [{ ...leastException, allow: { resources: ['arn:aws:s3:::*'] } }] }, `exceptions[0].allow.resources[0]: ${bucket}, found \`arn:aws:s3:::*\``],
  ])('%j', (value, ...issues) => {
    expect(issuesOf(value)).toEqual(issues);
  });
});

it('leads to each issue by its path', () => {
  try { readDefinition({ ...least, exceptions: [{ ...leastException, expires: 'never' }] }); expect.unreachable(); } catch (error) {
    expect((error as DefinitionError).issues).toEqual([{ path: ['exceptions', 0, 'expires'], message: 'expected a date such as `2027-01-31`, found `never`' }]);
  }
});
