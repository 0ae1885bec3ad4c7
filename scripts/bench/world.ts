import { readDefinition } from '../../core/definition.ts';
import type { Perimeter } from '../../policy/index.ts';
import { seeded, type Random } from './random.ts';

/** The organization that the policies of the benchmark belong to, its partners, and strangers. */
export const organization = 'o-4tkekae453';
export const strangeOrganization = 'o-a1b2c3d4e5';
const numbered = seeded(7);
export const accounts: readonly string[] = ['111111111111', '222222222222', ...Array.from({ length: 38 }, () => numbered.digits(12))];
export const strangers: readonly string[] = ['999988887777', '555566667777', '444455556666'];
export const partner = { account: '123456789012', externalId: '12345-acme', bucket: 'vendor-drop' } as const;
export const identityPool = 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef';
export const trustAnchor = (account: string): string => `arn:aws:rolesanywhere:eu-west-1:${account}:trust-anchor/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`;
export const regions: readonly string[] = ['eu-west-1', 'eu-central-1', 'us-east-1', 'ap-southeast-2'];
export const vpcs: readonly string[] = ['vpc-012abc01', 'vpc-012abc02', 'vpc-0f00ba4fee1dead10'];

/** As `perimeter.yaml` says it, read as the command line reads it. */
export const perimeterWith = (more: object = {}): Perimeter => readDefinition({
  version: 1, organizations: [organization], accounts: [...accounts],
  partners: [{ name: 'Example Monitoring', accounts: [partner.account], trust: { externalIds: [partner.externalId] }, reachable: [`arn:aws:s3:::${partner.bucket}/*`] }],
  identityProviders: [
    { issuer: 'token.actions.githubusercontent.com', claims: { sub: ['repo:acme/*', 'repo:acme@123/*'] } },
    { issuer: 'oidc.eks.*.amazonaws.com/id/*', tenancy: 'own' },
    { issuer: 'cognito-identity.amazonaws.com', identityPools: [identityPool], guests: false },
    { saml: 'arn:aws:iam::*:saml-provider/Okta' },
    { trustAnchors: accounts.map(trustAnchor) },
  ],
  networks: { vpcs: [...vpcs], cidrs: ['192.0.2.0/24', '198.51.100.0/24'] },
  buckets: ['acme-*'],
  ...more,
}).perimeter;

/** One policy as JSON text, with what has to be known to ask about it. */
export interface Posed {
  readonly name: string;
  readonly kind: 'vpc-endpoint' | 'resource' | 'trust';
  readonly text: string;
  readonly account: string;
  readonly service?: string;
  readonly endpointType?: 'gateway' | 'interface';
  readonly resource?: string;
  /** Where the answers belong to another definition than the common one. */
  readonly perimeter?: Perimeter;
}

export type Json = Record<string, unknown>;
export interface Draft extends Omit<Posed, 'text'> { readonly version?: string; readonly statements: readonly Json[] }

export const policyText = (statements: readonly Json[], version = '2012-10-17'): string => JSON.stringify({ Version: version, Statement: statements });
export const posed = ({ statements, version, ...rest }: Draft): Posed => ({ ...rest, text: policyText(statements, version) });

export const allow = (more: Json): Json => ({ Effect: 'Allow', ...more });
export const deny = (more: Json): Json => ({ Effect: 'Deny', Principal: '*', ...more });
export const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
export const roleNames: readonly string[] = ['app', 'ops', 'deploy', 'batch/nightly', 'service/reports', 'AWSReservedSSO_Admin_0123456789abcdef', 'ci', 'data/loader'];
export const anyRole = (random: Random): string => role(random.pick(accounts), random.pick(roleNames));
/** A single value is written bare about as often as in a list of one. */
export const list = <T>(random: Random, values: readonly T[]): T | readonly T[] => values.length === 1 && random.chance(0.5) ? values[0]! : values;
