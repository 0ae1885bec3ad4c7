import type { Condition } from '../conditions.ts';
import type { Formula } from '../formula.ts';
import { once } from '../kept.ts';
import type { Pattern } from '../pattern.ts';
import type { Domain } from './region.ts';

/** The tests of a node as it joins them, and the domain of each test's key. */
export interface Asked { shape: string; readonly domains: Domain[] }

/** What a question may still spend, in steps: counted, not timed, so that no answer depends on the machine. */
export class Work {
  left: number;
  #texts: Map<string, { readonly text: string | undefined }> | undefined;
  /** Domains that what was asked of them, by its shape, cannot be met by. */
  #vain: Map<string, (readonly Domain[])[]> | undefined;
  #open: Map<string, readonly Pattern[]> | undefined;
  #reachable: Map<Domain, Map<string, Map<Formula, Formula>>> | undefined;
  constructor(steps: number) { this.left = steps; }

  /** Texts found for the same tests, for those who ask within this work. */
  get texts(): Map<string, { readonly text: string | undefined }> { return (this.#texts ??= new Map()); }

  /** What tests leave of another's patterns, by the ids of all. */
  get open(): Map<string, readonly Pattern[]> { return (this.#open ??= new Map()); }

  /** What is left of formulas where resources are of a domain, but for what tests take in. */
  reachable(resources: Domain, but: readonly Condition[]): Map<Formula, Formula> {
    const ofResources = once(this.#reachable ??= new Map<Domain, Map<string, Map<Formula, Formula>>>(), resources, () => new Map<string, Map<Formula, Formula>>());
    return once(ofResources, but.map((one) => one.id).join(), () => new Map<Formula, Formula>());
  }

  /** Whether the same was asked before in vain. */
  isVain({ shape, domains }: Asked): boolean { return this.#vain?.get(shape)?.some((before) => before.every((one, i) => one === domains[i])) ?? false; }
  addVain({ shape, domains }: Asked): void {
    const vain = (this.#vain ??= new Map<string, (readonly Domain[])[]>());
    const before = vain.get(shape);
    if (before === undefined) vain.set(shape, [domains]); else before.push(domains);
  }
  /** Throws PastBudget when nothing is left. */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new PastBudget();
  }
}

/** The search was given up; nothing is known of what it had not yet seen. */
export class PastBudget extends Error { override name = 'PastBudget' }
/** What is made, or something else where making it is past the budget. */
export function unlessPast<T>(make: () => T, otherwise: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof PastBudget)) throw error;
    return otherwise();
  }
}
