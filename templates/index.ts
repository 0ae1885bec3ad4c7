import type { Perimeter } from '../policy/index.ts';
import { faultsOf, type Fault } from './claims.ts';
import { endpointPolicy } from './endpoint-policy.ts';
import { identityGuardrail } from './identity-guardrail.ts';
import { lambdaVpcScp } from './lambda-vpc-scp.ts';
import { networkScp } from './network-scp.ts';
import { packProtectionScp } from './pack-protection-scp.ts';
import { rcp } from './rcp.ts';
import { resourcePolicy } from './resource-policy.ts';
import { resourceScp } from './resource-scp.ts';
import { serviceCatalogProduct } from './service-catalog-product.ts';
import { split, type PolicyDocument } from './split.ts';
import { writeWith, type AnyTemplate, type Stack } from './template.ts';
import { trustPolicy } from './trust-policy.ts';

/** Every template, in the order in which `--all` writes them. */
export const templates: readonly AnyTemplate[] = [
  networkScp, resourceScp, lambdaVpcScp, packProtectionScp, rcp, identityGuardrail, endpointPolicy, resourcePolicy, trustPolicy, serviceCatalogProduct,
];

export interface Proved {
  readonly documents: readonly PolicyDocument[];
  readonly leftOut: readonly string[];
  /** What was proved of the policies, in words. */
  readonly proved: readonly string[];
  /** Claims that do not hold: a fault of ours, and a reason to hand out nothing. */
  readonly faults: readonly Fault[];
  readonly stack?: Stack;
}

/** Writes a policy, proves it and cuts it to size; throws BadParameter or CannotWrite. `now`: milliseconds since 1970. */
export function write(template: AnyTemplate, perimeter: Perimeter, given: Readonly<Record<string, unknown>>, now: number): Proved {
  const { drafts, leftOut, stack } = writeWith(template, perimeter, given);
  // A policy in several documents denies what the whole denies, so the whole is what is proved.
  return {
    documents: drafts.flatMap(split), leftOut, ...stack === undefined ? {} : { stack },
    proved: drafts.flatMap((one) => one.claims.map(({ of }) => of)), faults: drafts.flatMap((one) => faultsOf(one, now)),
  };
}
