import type { ConfigurationItem } from '../items/configuration-item.ts';
import type { FixPlan } from './remediation.ts';

/** JSON with keys in order and no white space: the same value gives the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, held]) => held !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`;
}

/**
 * What a person approves: which resource goes from which state to which. Its SHA-256 is the hash that Apply takes, so an
 * approval ends when the resource, or what the plan would make of it, changes.
 */
export const planText = (remediation: string, { accountId, region, resourceType, resourceId }: ConfigurationItem, { before, after, calls }: Extract<FixPlan, { outcome: 'apply' | 'needs-approval' }>): string =>
  canonical({ remediation, accountId, region, resourceType, resourceId, before, after, calls });
