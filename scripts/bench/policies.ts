import { endpointPolicy } from './endpoint-policies.ts';
import { seeded } from './random.ts';
import { resourcePolicy } from './resource-policies.ts';
import { trustPolicy } from './trust-policies.ts';
import { posed, type Posed } from './world.ts';

/** The share of policies that people got right. */
const SOUND = 0.86;

/** Policies as an organization has them: a third each of endpoints, roles and resources, most of them sound. */
export function realisticPolicies(count: number, seed: number): Posed[] {
  const random = seeded(seed);
  const kinds = [endpointPolicy, trustPolicy, resourcePolicy];
  return Array.from({ length: count }, (_, i) => posed(kinds[i % kinds.length]!(random, random.chance(SOUND))));
}

/** The same policy as a text not seen before: engines that keep answers by text or by policy gain nothing. */
export function renamed({ text }: Posed, name: string): string {
  const document = JSON.parse(text) as { Statement: Record<string, unknown>[] };
  return JSON.stringify({ ...document, Statement: document.Statement.map((one, i) => i === 0 ? { ...one, Sid: name } : one) });
}
