import { isPresent, type ConfigurationItem } from '../items/configuration-item.ts';
import { readers, relatedReaders, type Related, type RelatedType, type ResourceType } from '../items/facts.ts';
import { UnreadableItem } from '../items/read.ts';
import type { Perimeter } from '../policy/index.ts';
import type { Definition, Exception } from './definition.ts';
import { exceptionsFor, widen } from './exceptions.ts';
import { readParameters } from './parameters.ts';
import type { AnyRule, Needs } from './rule.ts';
import { notApplicable, undecided, type Verdict } from './verdict.ts';

/** What an evaluation is given beside the item. */
export interface Surroundings {
  readonly definition: Definition;
  /** Finds a related item; `undefined` where there is none. */
  readonly related: (type: string, id: string) => ConfigurationItem | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The one path from a configuration item to a verdict; the Lambda, the CLI, the docs check and the tests all take it.
 * Throws BadParameter where the definition gives the rule parameters it does not take: that is an error, never a verdict.
 */
export function evaluateItem(rule: AnyRule, item: ConfigurationItem, { definition, related, now }: Surroundings): Verdict {
  const aside = whyNotJudged(rule, item, definition);
  if (aside !== undefined) return aside;
  const parameters = readParameters(rule.parameters, definition.rules[rule.id] ?? {});
  const judge = (perimeter: Perimeter): Verdict => unlessUnreadable(() => {
    const facts = factsOf(item);
    return rule.evaluate(facts, {
      perimeter, parameters, related: relatedFacts(rule, facts, perimeter, parameters, related), now, account: item.accountId, region: item.region, arn: item.arn,
    });
  });

  const verdict = judge(definition.perimeter);
  if (verdict.kind === 'compliant' || verdict.kind === 'not-applicable') return verdict;
  const { inForce, expired } = exceptionsFor(definition, rule.id, item.arn, now);
  const notes = expired.map((exception) => `exception of ${exception.owner} expired on ${exception.expires}`);
  const [first, ...others] = rule.exception === 'whole' ? inForce : inForce.filter((exception) => exception.allow !== undefined);
  if (first === undefined) return withNotes(verdict, notes);
  // One whole exception is enough, so the longest counts; what several allow is needed together, so the shortest does.
  if (rule.exception === 'whole') return exceptedBy(others.reduce((longest, one) => one.expires > longest.expires ? one : longest, first), []);
  const widened = judge([first, ...others].reduce((perimeter, exception) => widen(perimeter, exception.allow ?? {}), definition.perimeter));
  if (widened.kind !== 'compliant') return withNotes(widened, notes);
  return exceptedBy(others.reduce((shortest, one) => one.expires < shortest.expires ? one : shortest, first), widened.notes);
}

/** The items that an evaluation will ask `related` for, so that they can be fetched first; none where the item will not be judged or cannot be read. */
export function relatedIds(rule: AnyRule, item: ConfigurationItem, definition: Definition): readonly { readonly type: RelatedType; readonly id: string }[] {
  if (rule.needs === undefined || whyNotJudged(rule, item, definition) !== undefined) return [];
  const parameters = readParameters(rule.parameters, definition.rules[rule.id] ?? {});
  try {
    const facts = factsOf(item);
    const wanted = Object.values(needsOf(rule)).flatMap(({ type, ids }) => ids(facts, definition.perimeter, parameters).map((id) => ({ type, id })));
    return [...new Map(wanted.map((one) => [`${one.type} ${one.id}`, one])).values()];
  } catch (error) {
    if (error instanceof UnreadableItem) return [];
    throw error;
  }
}

const absences: Readonly<Record<string, string>> = {
  ResourceDeleted: 'the resource was deleted',
  ResourceDeletedNotRecorded: 'the resource was deleted and AWS Config does not record its type',
  ResourceNotRecorded: 'AWS Config does not record the resource',
};

function whyNotJudged(rule: AnyRule, item: ConfigurationItem, definition: Definition): Verdict | undefined {
  if (!(rule.resourceTypes as readonly string[]).includes(item.resourceType)) {
    return notApplicable(`the rule judges ${rule.resourceTypes.join(', ')}, not ${item.resourceType}`);
  }
  if (definition.off.includes(rule.id)) return notApplicable('switched off in the definition');
  if (isPresent(item)) return undefined;
  const absence = absences[item.status];
  return absence === undefined ? undecided(`the item has the status \`${item.status}\`, which this version does not know`) : notApplicable(absence);
}

function unlessUnreadable(judge: () => Verdict): Verdict {
  try { return judge(); } catch (error) {
    if (error instanceof UnreadableItem) return undecided(error.message);
    throw error;
  }
}

const factsOf = (item: ConfigurationItem): unknown => readers[item.resourceType as ResourceType](item);

const needsOf = (rule: AnyRule): Needs<unknown> => (rule.needs ?? {}) as Needs<unknown>;

/** Facts of related items by need and id; one that is missing or gone is absent, and the rule says so by name. */
function relatedFacts(rule: AnyRule, facts: unknown, perimeter: Perimeter, parameters: Readonly<Record<string, unknown>>, find: Surroundings['related']): Record<string, ReadonlyMap<string, Related<RelatedType>>> {
  return Object.fromEntries(Object.entries(needsOf(rule)).map(([name, { type, ids }]) => {
    const found = ids(facts, perimeter, parameters).flatMap((id): [string, Related<RelatedType>][] => {
      const item = find(type, id);
      return item === undefined || !isPresent(item) ? [] : [[id, relatedReaders[type](item)]];
    });
    return [name, new Map(found)];
  }));
}

const exceptedBy = ({ owner, reason, expires }: Exception, notes: readonly string[]): Verdict => ({ kind: 'compliant', notes, excepted: { owner, reason, expires } });

function withNotes(verdict: Verdict, notes: readonly string[]): Verdict {
  if (notes.length === 0 || verdict.kind === 'not-applicable') return verdict;
  return verdict.kind === 'undecided' ? { ...verdict, because: [verdict.because, ...notes].join('; ') } : { ...verdict, notes: [...verdict.notes, ...notes] };
}
