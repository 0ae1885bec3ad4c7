import { holds } from './conditions.ts';
import type { Work } from './classes.ts';
import { decide, matchesAction, matchesPrincipal, matchesResource, single, type Setting } from './decide.ts';
import { domainOf, type Choice, type Freedom } from './domains.ts';
import { canonicalName } from './key-names.ts';
import type { Condition, Policy, Statement } from './parse.ts';
import type { Principal, Request } from './request.ts';

/**
 * A set of requests: one caller, some actions and resources, and what each context key may carry. Whatever lies in it
 * and is not `spared` violates the objective.
 */
export interface Region {
  readonly principal: Principal;
  /** Keys whose values the caller or the resource settles. */
  readonly fixed: Readonly<Record<string, Choice>>;
  readonly actions: readonly string[];
  /** Resources of an action, once the keys that variables name are settled; `undefined`: the action takes none. */
  readonly resources: (action: string, valueOf: (key: string) => string | undefined) => readonly (string | undefined)[];
  readonly freedom: (key: string) => Freedom;
  /** Requests of the region that are in order all the same. */
  readonly spared?: (request: Request) => boolean;
}

export type Found =
  | { readonly kind: 'found'; readonly request: Request; readonly statement: Statement }
  | { readonly kind: 'none' }
  | { readonly kind: 'gap'; readonly because: string };

/**
 * Looks for a request of the region that the policy allows. Keys are settled one by one, each with one value for every
 * way the policy's tests can tell values apart; a branch is left as soon as the policy denies whatever is still open.
 */
export function search(policy: Policy, region: Region, setting: Setting, now: number, work: Work): Found {
  const candidates = policy.statements.filter((one) => matchesPrincipal(one, region.principal, setting));
  // What the caller and the resource's owner settle may already refuse everything, whatever is asked for.
  if (!candidates.some((one) => one.effect === 'Allow' && !isRefuted(one, region.fixed))) return { kind: 'none' };
  const settled = new Map<string, Choice>(Object.entries(region.fixed));
  const valueOf = (key: string): string | undefined => single(settled.get(key) ?? undefined);
  let gap: string | undefined;
  const conditions = policy.statements.flatMap((one) => one.conditions);

  const choicesOf = (key: string): readonly Choice[] => {
    const domain = domainOf(key, conditions, region.freedom(key), valueOf, now, work);
    gap ??= domain.gap;
    return domain.choices;
  };

  function settle(keys: readonly string[], rest: () => Request | undefined, possible: readonly Statement[]): Request | undefined {
    const open = standing(possible, settled, valueOf);
    if (--work.left < 0) return undefined;
    if (open === 'refused') return undefined;
    const [key, ...others] = keys;
    if (key === undefined) return rest();
    for (const choice of choicesOf(key)) {
      settled.set(key, choice);
      const request = isConsistent(settled) ? settle(others, rest, possible) : undefined;
      if (request !== undefined) return request;
      if (work.left < 0) break;
    }
    settled.delete(key);
    return undefined;
  }

  const unsettled = (keys: readonly string[]): string[] => [...new Set(keys)].filter((key) => !Object.hasOwn(region.fixed, key));
  const early = unsettled(candidates.flatMap((one) => one.variables));
  const request = settle(early, () => {
    for (const action of region.actions) {
      const acting = candidates.filter((one) => matchesAction(one, action));
      if (!acting.some((one) => one.effect === 'Allow')) continue;
      for (const resource of region.resources(action, valueOf)) {
        const possible = acting.filter((one) => matchesResource(one, resource, valueOf));
        if (!possible.some((one) => one.effect === 'Allow')) continue;
        const keys = unsettled(possible.flatMap((one) => one.conditions.map((condition) => condition.key))).filter((key) => !early.includes(key));
        const found = settle(byFewest(keys, possible), () => {
          const made = requestOf(region.principal, action, resource, settled, conditions);
          return region.spared?.(made) ? undefined : made;
        }, possible);
        if (found !== undefined) return found;
        if (work.left < 0) return undefined;
      }
    }
    return undefined;
  }, []);

  if (request !== undefined) {
    const decision = decide(policy, request, setting);
    // The definition has the last word: a witness it refuses is a fault of the search, never a finding.
    if (!decision.allowed || decision.by === undefined) throw new Error(`the witness does not replay: ${JSON.stringify(request)}`);
    return { kind: 'found', request, statement: decision.by };
  }
  if (work.left < 0) return { kind: 'gap', because: 'the policy is past the work budget of the search' };
  return gap === undefined ? { kind: 'none' } : { kind: 'gap', because: gap };
}

/** Whether a condition without variables already fails on what the region fixes. */
const isRefuted = (one: Statement, fixed: Region['fixed']): boolean => one.conditions.some((condition) =>
  condition.variables.length === 0 && Object.hasOwn(fixed, condition.key) && !holds(condition, fixed[condition.key] ?? undefined, () => undefined));

/** Whether what is fixed already refuses every Allow, so that no search is needed. */
export const isHopeless = (policy: Policy, fixed: Region['fixed']): boolean => policy.statements.every((one) => one.effect === 'Deny' || isRefuted(one, fixed));

/** Keys that variables of other conditions name come first; then those that most statements test, which cut soonest. */
function byFewest(keys: readonly string[], statements: readonly Statement[]): string[] {
  const uses = (key: string): number => statements.filter((one) => one.conditions.some((condition) => condition.key === key)).length;
  return [...keys].sort((a, b) => uses(b) - uses(a));
}

/** Whether what is settled so far already refuses every request: a Deny holds for certain, or no Allow can hold any more. */
function standing(possible: readonly Statement[], settled: ReadonlyMap<string, Choice>, valueOf: (key: string) => string | undefined): 'refused' | 'open' {
  if (possible.length === 0) return 'open';
  const truth = (one: Statement): boolean | undefined => {
    let unknown = false;
    for (const condition of one.conditions) {
      const choice = settled.get(condition.key);
      if (choice === undefined || !variablesSettled(condition, settled)) { unknown = true; continue; }
      if (!holds(condition, choice ?? undefined, valueOf)) return false;
    }
    return unknown ? undefined : true;
  };
  let allowable = false;
  for (const one of possible) {
    const holding = truth(one);
    if (one.effect === 'Deny' && holding === true) return 'refused';
    if (one.effect === 'Allow' && holding !== false) allowable = true;
  }
  return allowable ? 'open' : 'refused';
}
const variablesSettled = (condition: Condition, settled: ReadonlyMap<string, Choice>): boolean =>
  condition.variables.every((name) => settled.has(name));

/** Combinations that no request carries: a chain of services without a service in between, two kinds of network at once. */
function isConsistent(settled: ReadonlyMap<string, Choice>): boolean {
  const has = (key: string): boolean => (settled.get(key) ?? null) !== null;
  const via = settled.get('aws:viaawsservice');
  if (via?.[0] === 'false' && (has('aws:calledvia') || has('aws:calledviafirst') || has('aws:calledvialast'))) return false;
  const throughEndpoint = ['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip', 'aws:sourcevpcarn', 'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'].some(has);
  if (throughEndpoint && has('aws:sourceip')) return false;
  const [time, epoch] = [settled.get('aws:currenttime')?.[0], settled.get('aws:epochtime')?.[0]];
  return time === undefined || epoch === undefined || new Date(time).getTime() === new Date(epoch).getTime();
}

function requestOf(principal: Principal, action: string, resource: string | undefined, settled: ReadonlyMap<string, Choice>, conditions: readonly Condition[]): Request {
  const written = new Map(conditions.map((one) => [one.key, one.name]));
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, choice] of settled) {
    if (choice === null) continue;
    context[canonicalName(key) ?? written.get(key) ?? key] = choice.length === 1 && !isList(key, conditions) ? choice[0]! : choice;
  }
  return { principal, action, ...(resource === undefined ? {} : { resource }), context };
}
const isList = (key: string, conditions: readonly Condition[]): boolean =>
  key === 'aws:principalorgpaths' || conditions.some((one) => one.key === key && one.quantifier !== undefined);
