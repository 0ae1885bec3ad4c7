import { documentOf, type Document } from '../../../core/policy-document.ts';
import { decide, parsePolicy, type Policy, type Setting, type Statement } from '../../../policy/index.ts';
import { keysOf, readings, type Readings } from './open-keys.ts';
import type { Needed } from './requests.ts';

/** An SCP or RCP as it hangs somewhere. */
export interface Guardrail {
  readonly id: string;
  readonly name: string;
  readonly document: Document;
  readonly policy: Policy;
  /** How it is to be read where a request may carry these keys or not. */
  readonly read: (open: readonly string[]) => Readings;
  /** Every key that it tests, in lower case. */
  readonly keys: readonly string[];
}

/** `content`: the policy as text; throws PolicyError where it is none. */
export function guardrail(id: string, name: string, content: string): Guardrail {
  const [document, policy] = [documentOf(content), parsePolicy(content)];
  const known = new Map<string, Readings>();
  return {
    id, name, document, policy, keys: [...new Set(policy.statements.flatMap(keysOf))],
    read(open) {
      const made = known.get(open.join(' ')) ?? readings(document, policy, new Set(open));
      known.set(open.join(' '), made);
      return made;
    },
  };
}

/** The root, a unit or an account, with what hangs on it. */
export interface Level {
  readonly target: string;
  readonly guardrails: readonly Guardrail[];
  /** Whether something hangs there besides that could not be read. */
  readonly isPartlyRead: boolean;
}

/** What stops a request at a level. */
export interface Stop {
  readonly target: string;
  /** The Deny; `undefined`: nothing on the level allows the request. */
  readonly by: { readonly guardrail: Guardrail; readonly at: string; readonly sid: string | undefined } | undefined;
  /** Condition keys that the request may carry or not, and on which it hangs; empty: it is stopped in any case. */
  readonly dependsOn: readonly string[];
}

/**
 * All that stops the request, wherever it hangs, so that nobody has to mend one to hear of the next. Every level must allow, by some policy
 * of its own, and no Deny may hold. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export const stopsOf = (levels: readonly Level[], needed: Needed, setting: Setting): readonly Stop[] => {
  const isOpen = openOf(needed);
  return levels.flatMap((level) => stopsAt(level, needed, setting, isOpen));
};

/** Whether the request may carry a key or not; in lower case. */
export function openOf({ request: { context }, isAbsent }: Needed): (key: string) => boolean {
  const carried = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  return (key) => !carried.has(key) && !isAbsent(key);
}

function stopsAt({ target, guardrails, isPartlyRead }: Level, { request }: Needed, setting: Setting, isOpen: (key: string) => boolean): readonly Stop[] {
  const read = guardrails.map((one) => ({ guardrail: one, ...one.read(one.keys.filter(isOpen)) }));
  const denials = read.flatMap(({ guardrail: one, possible }) => denialsOf(possible, request, setting).map(({ at, sid }): Stop => ({ target, by: { guardrail: one, at, sid }, dependsOn: openIn(one, at, isOpen) })));
  if (isPartlyRead) return denials;
  // Without its Denies, which have been told.
  const allows = (policy: Policy): Statement | undefined => decide({ ...policy, statements: policy.statements.filter(({ effect }) => effect === 'Allow') }, request, setting).by;
  if (read.some(({ sure }) => allows(sure) !== undefined)) return denials;
  const perhaps = read.flatMap(({ guardrail: one, possible }) => { const at = allows(possible)?.at; return at === undefined ? [] : openIn(one, at, isOpen); });
  return [...denials, { target, by: undefined, dependsOn: [...new Set(perhaps)] }];
}

/** Every Deny that applies. */
function denialsOf(policy: Policy, request: Needed['request'], setting: Setting): readonly Statement[] {
  const { by } = decide(policy, request, setting);
  return by?.effect !== 'Deny' ? [] : [by, ...denialsOf({ ...policy, statements: policy.statements.filter((one) => one !== by) }, request, setting)];
}

/** Keys of a statement that the request may carry or not, as they are written. */
function openIn({ policy }: Guardrail, at: string, isOpen: (key: string) => boolean): readonly string[] {
  const statement = policy.statements.find((one) => one.at === at);
  if (statement === undefined) return [];
  const names = new Map(statement.conditions.map(({ key, name }) => [key, name]));
  return keysOf(statement).filter(isOpen).map((key) => names.get(key) ?? key);
}
