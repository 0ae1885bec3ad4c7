import { describe, expect, it } from 'vitest';
import { evaluateItem } from '../../core/evaluate.ts';
import { planFix, planNeeds } from '../../core/plan-fix.ts';
import type { AnyRemediation, Change, FixPlan } from '../../core/remediation.ts';
import type { Definition } from '../../core/definition.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import type { Perimeter } from '../../policy/index.ts';
import { deepFreeze } from './deep-freeze.ts';
import { definition, now } from './perimeter.ts';

export interface Case {
  readonly item: ConfigurationItem;
  /** Replaces sections of the common perimeter. */
  readonly perimeter?: Partial<Perimeter>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** By rule id. */
  readonly rules?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What else was recorded, found by resource id or ARN. */
  readonly related?: readonly ConfigurationItem[];
}
type Named<T> = Readonly<Record<string, Case & T>>;

/** Cases by situation; every plan is compared whole. */
export interface Table {
  readonly noop: Named<{ readonly because: string }>;
  readonly refuse: Named<{ readonly because: string; readonly next: string }>;
  readonly apply?: Named<{ readonly change: Omit<Change, 'approval'> }>;
  readonly needsApproval?: Named<{ readonly change: Change }>;
}

export const definitionOf = (remediation: AnyRemediation, { perimeter, parameters, rules = {} }: Omit<Case, 'item'>): Definition => deepFreeze({
  ...definition, perimeter: { ...definition.perimeter, ...perimeter }, rules, remediations: parameters === undefined ? {} : { [remediation.id]: parameters },
});

/** Finds what was recorded, as programs do it. */
export const finderOf = (related: readonly ConfigurationItem[]) => (type: string, id: string): ConfigurationItem | undefined =>
  related.find((one) => one.resourceType === type && (one.resourceId === id || one.arn === id));

/** The plan for frozen items, of which it sees only those that it asked for. */
export function planCase(remediation: AnyRemediation, { item, related = [], ...given }: Case): FixPlan {
  const known = definitionOf(remediation, given);
  const asked = new Set(planNeeds(remediation, item, known).map(({ type, id }) => `${type} ${id}`));
  const find = finderOf(related.map(deepFreeze));
  return planFix(remediation, deepFreeze(item), { definition: known, now, related: (type, id) => asked.has(`${type} ${id}`) ? find(type, id) : undefined });
}

/** The item as the plan leaves it. */
export const afterwards = (item: ConfigurationItem, { after }: Change): ConfigurationItem => ({ ...item, configuration: { ...item.configuration, ...after } });

/** The IAM action of a call: for the services here, the operation's name under the service's prefix. */
export const actionOf = ({ service, api }: Change['calls'][number]): string => `${service}:${api}`;

export function testRemediation(remediation: AnyRemediation, { noop, refuse, apply = {}, needsApproval = {} }: Table): void {
  const changes = { ...apply, ...needsApproval };
  describe(remediation.id, () => {
    it.each(Object.entries(noop))('has nothing to do: %s', (_, row) => {
      expect(planCase(remediation, row)).toEqual({ outcome: 'noop', because: row.because });
    });
    it.each(Object.entries(refuse))('refuses: %s', (_, row) => {
      expect(planCase(remediation, row)).toEqual({ outcome: 'refuse', because: row.because, next: row.next });
    });
    it.each(Object.entries(apply))('applies: %s', (_, row) => {
      expect(planCase(remediation, row)).toEqual({ outcome: 'apply', approval: [], ...row.change });
    });
    it.each(Object.entries(needsApproval))('needs approval: %s', (_, row) => {
      expect(planCase(remediation, row)).toEqual({ outcome: 'needs-approval', ...row.change });
    });
    it.each(Object.entries(changes))('heals and settles: %s', (_, row) => {
      const item = afterwards(row.item, row.change as Change);
      const surroundings = { definition: definitionOf(remediation, row), now, related: finderOf(row.related ?? []) };
      expect(remediation.rules.map((rule) => evaluateItem(rule, item, surroundings).kind)).toEqual(remediation.rules.map(() => 'compliant'));
      expect(planCase(remediation, { ...row, item }).outcome).toBe('noop');
    });
    it('calls only what its permissions name', () => {
      const permitted = remediation.permissions.map(({ action }) => action);
      expect(Object.values(changes).flatMap((row) => row.change.calls.map(actionOf)).filter((action) => !permitted.includes(action as `${string}:${string}`))).toEqual([]);
    });
    it('is tried with every parameter', () => {
      const cases: Case[] = [noop, refuse, apply, needsApproval].flatMap((group) => Object.values<Case>(group));
      expect(Object.keys(remediation.parameters as object).filter((name) => !cases.some(({ parameters }) => parameters?.[name] !== undefined))).toEqual([]);
    });
  });
}
