import { emptyDefinition, type Definition } from '../../core/definition.ts';
import { emptyPerimeter, type Perimeter } from '../../policy/index.ts';

/** The account that owns every item of `items.ts`. */
export const ownAccount = '111111111111';
/** Mine as well. */
export const siblingAccount = '222222222222';
export const partnerAccount = '123456789012';
export const strangerAccount = '999999999999';
export const organization = 'o-4tkekae453';

/** A small organization that works with one partner; tests and docs examples are judged against it unless they say otherwise. */
export const perimeter: Perimeter = {
  ...emptyPerimeter,
  organizations: [organization],
  accounts: [ownAccount, siblingAccount],
  partners: [{ name: 'Example Monitoring', accounts: [partnerAccount], externalIds: ['acme-7Fk2'], resources: [], reachable: [] }],
  networks: { vpcs: ['vpc-0a1b2c3d4e5f60718'], subnets: [], vpcEndpoints: [], cidrs: ['192.0.2.0/24'], organization: false },
  buckets: ['acme-*'],
  unsignedActions: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'execute-api:Invoke'],
};

export const definition: Definition = { ...emptyDefinition, perimeter };
/** 2026-09-01T00:00:00Z */
export const now = 1_788_220_800_000;
