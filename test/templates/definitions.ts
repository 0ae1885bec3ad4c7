import fc from 'fast-check';
import { readDefinition } from '../../core/definition.ts';
import type { Perimeter } from '../../policy/index.ts';

const subset = <T>(all: readonly T[], min = 0): fc.Arbitrary<T[]> => fc.subarray([...all], { minLength: min });
const organizations = ['o-4tkekae453', 'o-secondofmine'];

/** Small definitions with all that policies are made of: organizations, paths, standalone accounts, partners, tags, networks, federation. */
export const definitions: fc.Arbitrary<object> = fc.record({
  organizations: subset(organizations, 1), narrow: fc.boolean(), accounts: fc.boolean(), standaloneAccounts: subset(['333333333333', '444444444444']),
  services: fc.constantFrom<unknown>('any', ['cloudtrail.amazonaws.com', 'rolesanywhere.amazonaws.com'], []), unsignedActions: subset(['s3:GetObject', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'execute-api:Invoke']),
  externalIds: fc.constantFrom<unknown>(undefined, 'pinned', ['12345'], ['12345', 'acme-7Fk2']), grants: subset([
    { arn: 'arn:aws:s3:::shared/*', actions: ['s3:GetObject', 's3:PutObject'] }, { arn: 'arn:aws:s3:::shared/inbox/*', actions: ['s3:PutObject'] },
    { arn: 'arn:aws:sqs:eu-west-1:111111111111:jobs', actions: ['sqs:SendMessage'] }, { arn: 'arn:aws:sns:eu-west-1:111111111111:alerts', actions: ['sns:Publish'] },
  ]),
  reachable: subset(['arn:aws:s3:::vendor-drop/*', 'arn:aws:sqs:eu-west-1:123456789012:inbox']), awsOwnedResources: subset(['arn:aws:s3:::aws-ssm-${region}', 'arn:aws:s3:::amazon-eks', 'arn:aws:ssm:${region}::parameter/*', 'arn:aws:ecr:${region}:602401143452:repository/*']),
  tags: subset(['dp:exclude', 'dp:exclude:resource']), networks: fc.record({ cidrs: subset(['192.0.2.0/24', '2001:db8::/32'], 1), vpcs: subset(['vpc-012abc01', 'vpc-023edf34']), vpcEndpoints: subset(['vpce-012abc01']), organization: fc.boolean() }),
  providers: subset([
    { issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*'] } }, { issuer: 'oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF', tenancy: 'own' },
    { issuer: 'cognito-identity.amazonaws.com', identityPools: ['eu-west-1:01234567-89ab-cdef-0123-456789abcdef'], guests: false }, { saml: 'arn:aws:iam::*:saml-provider/Okta' },
    { trustAnchors: ['arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'] },
  ]),
  lists: fc.boolean(),
}).map(({ narrow, accounts, externalIds, grants, reachable, tags, providers, lists, ...rest }) => ({
  version: 1, ...rest,
  // A complete list of accounts tells whose they are, and paths would not narrow it.
  ...narrow && !accounts ? { organizationPaths: rest.organizations.map((one) => `${one}/r-ab12/ou-ab12-11111111/*`) } : {}, ...accounts ? { accounts: ['111111111111', '222222222222'] } : {},
  partners: [{ name: 'Example Monitoring', accounts: ['123456789012'], ...externalIds === undefined ? {} : { trust: { externalIds } }, resources: grants, reachable }],
  exclusionTags: { principal: Object.fromEntries(tags.map((one) => [one, 'true'])) }, ...lists ? { identityProviders: providers } : {},
}));

export const perimeterOf = (definition: object): Perimeter => readDefinition(JSON.parse(JSON.stringify(definition))).perimeter;
