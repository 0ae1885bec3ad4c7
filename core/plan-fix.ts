import { isPresent, type ConfigurationItem } from '../items/configuration-item.ts';
import { UnreadableItem } from '../items/read.ts';
import type { Perimeter } from '../policy/index.ts';
import type { Definition } from './definition.ts';
import { evaluateItem, type Surroundings } from './evaluate.ts';
import { exceptionsFor, widen } from './exceptions.ts';
import { readParameters, type Parameters } from './parameters.ts';
import type { AnyRemediation, FixPlan, PlanNeed } from './remediation.ts';
import type { AnyRule } from './rule.ts';
import type { Verdict } from './verdict.ts';

/**
 * The one path from a configuration item to a fix plan; the command line, the planner and the tests all take it. A plan that would
 * leave a rule of the remediation unsatisfied is refused, whatever the remediation says of it.
 */
export function planFix(remediation: AnyRemediation, item: ConfigurationItem, surroundings: Surroundings): FixPlan {
  const { definition, related, now } = surroundings;
  const judged = remediation.rules.map((rule): [AnyRule, Verdict] => [rule, evaluateItem(rule, item, surroundings)]);
  const open = judged.filter(([, { kind }]) => kind === 'non-compliant' || kind === 'undecided');
  if (open.length === 0) return { outcome: 'noop', because: judged.map(([rule, verdict]) => `\`${rule.id}\` ${settled(verdict)}`).join('; ') };
  for (const [rule, verdict] of open) {
    if (verdict.kind === 'undecided') return { outcome: 'refuse', because: `\`${rule.id}\` is undecided: ${verdict.because}`, next: 'settle what the rule asks for, then plan again' };
  }
  const excluded = exclusionTagOf(item, definition.perimeter.exclusionTags.resource);
  if (excluded !== undefined) return { outcome: 'refuse', because: `the resource carries the exclusion tag \`${excluded}\``, next: 'take the tag off, or enter an exception in `perimeter.yaml`' };

  const unsettled = (because: string): FixPlan => ({ outcome: 'refuse', because, next: 'mend it by hand, as the rule says' });
  try {
    const proposal = remediation.plan(remediation.facts(item), { ...gather(remediation, item, surroundings), now, item });
    if (proposal.outcome !== 'change') return proposal;
    const { outcome: _, ...change } = proposal;
    const after: ConfigurationItem = { ...item, configuration: { ...item.configuration, ...change.after } };
    for (const rule of remediation.rules) {
      const verdict = evaluateItem(rule, after, { definition, related, now });
      if (verdict.kind === 'non-compliant') return unsettled(`\`${rule.id}\` would still find that ${verdict.findings[0].message}`);
      if (verdict.kind === 'undecided') return unsettled(`\`${rule.id}\` would be undecided after it: ${verdict.because}`);
    }
    return { outcome: change.approval.length === 0 ? 'apply' : 'needs-approval', ...change };
  } catch (error) {
    if (error instanceof UnreadableItem) return unsettled(error.message);
    throw error;
  }
}

/** The items a plan will ask for, so that they can be fetched first; none where the item cannot be read. */
export function planNeeds(remediation: AnyRemediation, item: ConfigurationItem, definition: Definition): readonly { readonly type: string; readonly id: string }[] {
  if (!isPresent(item)) return [];
  try {
    return wanted(remediation, item, definition).flatMap(({ type, ids }) => ids.map((id) => ({ type, id })));
  } catch (error) {
    if (error instanceof UnreadableItem) return [];
    throw error;
  }
}

function wanted(remediation: AnyRemediation, item: ConfigurationItem, { perimeter, remediations }: Definition): readonly { readonly name: string; readonly type: string; readonly ids: readonly string[] }[] {
  const parameters = readParameters(remediation.parameters, remediations[remediation.id] ?? {});
  const facts: unknown = remediation.facts(item);
  const needs = (remediation.needs ?? {}) as Readonly<Record<string, PlanNeed<unknown, Parameters>>>;
  return Object.entries(needs).map(([name, { type, ids }]) => ({ name, type, ids: ids(facts, perimeter, parameters) }));
}

function gather(remediation: AnyRemediation, item: ConfigurationItem, surroundings: Surroundings) {
  const { definition, related: find } = surroundings;
  const found = (type: string, id: string): [string, ConfigurationItem][] => {
    const one = find(type, id);
    return one === undefined || !isPresent(one) ? [] : [[id, one]];
  };
  return {
    perimeter: widened(remediation, item, surroundings),
    parameters: readParameters(remediation.parameters, definition.remediations[remediation.id] ?? {}),
    related: Object.fromEntries(wanted(remediation, item, definition).map(({ name, type, ids }) => [name, new Map(ids.flatMap((id) => found(type, id)))])),
  };
}

/** What exceptions in force let in must not be shut out. */
const widened = ({ rules }: AnyRemediation, { arn }: ConfigurationItem, { definition, now }: Surroundings): Perimeter =>
  (rules as readonly AnyRule[]).flatMap((rule) => exceptionsFor(definition, rule.id, arn, now).inForce.flatMap(({ allow }) => allow ?? [])).reduce(widen, definition.perimeter);

const settled = (verdict: Verdict): string => verdict.kind === 'not-applicable' ? `does not apply: ${verdict.because}`
  : verdict.kind === 'compliant' && verdict.excepted !== undefined ? `is excepted by ${verdict.excepted.owner} until ${verdict.excepted.expires}` : 'is compliant';

function exclusionTagOf({ tags }: ConfigurationItem, exclusion: Readonly<Record<string, string>>): string | undefined {
  const key = Object.keys(exclusion).find((one) => Object.hasOwn(tags, one) && tags[one] === exclusion[one]);
  return key === undefined ? undefined : `${key}=${exclusion[key]}`;
}
