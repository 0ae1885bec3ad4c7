import type { Condition } from './conditions.ts';
import type { Element, Statement } from './parse.ts';
import { isPattern } from './pattern.ts';
import { ofText, wordsOf, type Words } from './same-words.ts';
import type { TextTest } from './search/region.ts';
import { findText } from './search/texts.ts';
import { unlessPast, Work } from './search/work.ts';

/** Steps for telling of all statements whether their actions are denied; what is not told in as many is searched for. */
const BUDGET = 200_000;

/**
 * Whether a Deny stops nobody but whom some Denies stop, as far as is seen: each of its actions one of theirs denies to the same callers, on the same resources or
 * more, under conditions that hold wherever its own do. So a Deny is told from the same one split by actions, which no search for a request need do service by service.
 */
export function deniedBy(denies: readonly Statement[]): (one: Statement) => boolean {
  const all = denies.map(wordsOf);
  const work = new Work(BUDGET);
  return (one) => {
    const own = wordsOf(one);
    const wider = all.filter((each) => each.principals === own.principals && isOnMore(each, own) && each.of.conditions.every((condition) => one.conditions.some((narrow) => isImplied(condition, narrow))));
    return wider.length > 0 && unlessPast(() => findText([isAmong(one.actions, true), ...wider.map(({ of }) => isAmong(of.actions, false))], undefined, [], work) === undefined, () => false);
  };
}

const isAmong = ({ negated, test }: Element, isSo: boolean): TextTest => ({ test, want: isSo !== negated });

/** Whether a statement is seen to be about all resources that another is about. */
function isOnMore(one: Words, { of: { resources: narrow }, resources }: Words): boolean {
  const wide = one.of.resources;
  if (one.resources === resources) return true;
  return wide !== undefined && narrow !== undefined && !wide.negated && wide.test.patterns.some((each) => each.isEverything || (!narrow.negated && narrow.test.given.every((text) => isPattern(text) && each.covers(text, false))));
}

/** Whether a condition holds wherever another of the same key and operator does: one of more values, or where those are what it must not be of fewer. */
function isImplied(one: Condition, by: Condition): boolean {
  if (one.key !== by.key || one.operator.name !== by.operator.name || one.quantifier !== by.quantifier || one.ifExists !== by.ifExists || one.isEmpty !== by.isEmpty) return false;
  const [few, many] = one.operator.negated ? [one, by] : [by, one];
  return few.given.length <= many.given.length && [...textsIn(few)].every((value) => textsIn(many).has(value));
}

const texts = new WeakMap<Condition, ReadonlySet<string>>();
/** A condition's values in words, made once: each is held against those of all others. */
function textsIn(one: Condition): ReadonlySet<string> {
  const made = texts.get(one) ?? new Set(one.given.map(ofText));
  texts.set(one, made);
  return made;
}
