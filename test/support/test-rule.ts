import { describe, expect, it } from 'vitest';
import { evaluateItem } from '../../core/evaluate.ts';
import type { AnyRule } from '../../core/rule.ts';
import type { Finding, Unknown, Verdict } from '../../core/verdict.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import type { Perimeter } from '../../policy/index.ts';
import { deepFreeze } from './deep-freeze.ts';
import { definition, now } from './perimeter.ts';

interface Case {
  readonly item: ConfigurationItem;
  /** Replaces sections of the common perimeter. */
  readonly perimeter?: Partial<Perimeter>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What else was recorded. */
  readonly related?: readonly ConfigurationItem[];
}
type Named<T> = Readonly<Record<string, Case & T>>;

/** Cases by situation; every verdict is compared whole. */
export interface Table {
  readonly compliant: Named<{ readonly notes?: readonly string[] }>;
  readonly nonCompliant: Named<{ readonly findings: readonly [Finding, ...Finding[]]; readonly notes?: readonly string[] }>;
  readonly undecided?: Named<{ readonly because: string; readonly unknowns?: readonly Unknown[] }>;
  readonly notApplicable?: Named<{ readonly because: string }>;
}

function evaluate(rule: AnyRule, { item, perimeter, parameters, related = [] }: Case): Verdict {
  // Frozen: a rule that changes what it is given throws.
  const frozen = deepFreeze({ ...definition, perimeter: { ...definition.perimeter, ...perimeter }, rules: parameters === undefined ? {} : { [rule.id]: parameters } });
  return evaluateItem(rule, deepFreeze(item), {
    definition: frozen, now,
    related: (type, id) => related.find((one) => one.resourceType === type && one.resourceId === id),
  });
}

export function testRule(rule: AnyRule, { compliant, nonCompliant, undecided = {}, notApplicable = {} }: Table): void {
  describe(rule.id, () => {
    it.each(Object.entries(compliant))('is compliant: %s', (_, row) => {
      expect(evaluate(rule, row)).toEqual({ kind: 'compliant', notes: row.notes ?? [] });
    });
    it.each(Object.entries(nonCompliant))('is non-compliant: %s', (_, row) => {
      expect(evaluate(rule, row)).toEqual({ kind: 'non-compliant', findings: row.findings, notes: row.notes ?? [] });
    });
    it.each(Object.entries(undecided))('is undecided: %s', (_, row) => {
      expect(evaluate(rule, row)).toEqual({ kind: 'undecided', because: row.because, unknowns: row.unknowns ?? [] });
    });
    it.each(Object.entries(notApplicable))('is not applicable: %s', (_, row) => {
      expect(evaluate(rule, row)).toEqual({ kind: 'not-applicable', because: row.because });
    });
    it('is tried with every parameter', () => {
      const cases: Case[] = [compliant, nonCompliant, undecided, notApplicable].flatMap((group) => Object.values<Case>(group));
      expect(Object.keys(rule.parameters as object).filter((name) => !cases.some(({ parameters }) => parameters?.[name] !== undefined))).toEqual([]);
    });
  });
}
