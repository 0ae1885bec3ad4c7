import { matches } from '../../core/exceptions.ts';
import { asList, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, type Conditions } from '../../core/statement-changes.ts';

/** What a copy of a statement is held to, so that it lets in one kind of requests only. */
export interface Hold {
  /** Such as `members of the organization`. */
  readonly of: string;
  /** Tells the copy's `Sid` from that of the statement. */
  readonly suffix: string;
  readonly condition?: Conditions;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
}

/** The statement held to one kind of requests, or `undefined` where it lets none of them in, or where its conditions leave no room. */
export function heldTo(statement: Statement, { condition = {}, actions, resources }: Hold): Statement | undefined {
  const conditions = withConditions(conditionsOf(statement), condition);
  const onActions = actions === undefined ? statement : limited(statement, 'Action', actions);
  const held = onActions === undefined || resources === undefined ? onActions : limited(onActions, 'Resource', resources);
  return conditions === undefined || held === undefined ? undefined : { ...held, ...Object.keys(conditions).length === 0 ? {} : { Condition: conditions } };
}

/**
 * Conditions with others beside them. Values of one key under one operator are alternatives, so adding to a key that is there already
 * would let more in: it stays as it is where it is the narrower one, and else there is no room for ours.
 */
function withConditions(given: Conditions, added: Conditions): Conditions | undefined {
  let made: Conditions = given;
  for (const [operator, keys] of Object.entries(added)) {
    const written = Object.keys(made).find((one) => one.toLowerCase() === operator.toLowerCase()) ?? operator;
    for (const [key, values] of Object.entries(keys)) {
      const known = Object.entries(made[written] ?? {}).find(([one]) => one.toLowerCase() === key.toLowerCase());
      if (known !== undefined && asList(known[1]).every((value) => asList(values).includes(value))) continue;
      if (known !== undefined) return undefined;
      const list = asList(values);
      made = withoutTwin({ ...made, [written]: { ...made[written], [key]: list.length === 1 ? list[0] : list } }, operator, key, list);
    }
  }
  return made;
}

/** Without the `…IfExists` form of a test, which its strict form makes idle. */
function withoutTwin(conditions: Conditions, operator: string, key: string, values: readonly unknown[]): Conditions {
  const twin = Object.keys(conditions).find((one) => one.toLowerCase() === `${operator}IfExists`.toLowerCase());
  if (twin === undefined) return conditions;
  const { [twin]: tests = {}, ...others } = conditions;
  const left = Object.entries(tests).filter(([one, given]) => one.toLowerCase() !== key.toLowerCase() || !values.every((value) => asList(given).includes(value)));
  return left.length === 0 ? others : { ...others, [twin]: Object.fromEntries(left) };
}

/** The statement with its actions or resources cut down to what the wanted patterns match as well. */
function limited(statement: Statement, element: 'Action' | 'Resource', wanted: readonly string[]): Statement | undefined {
  const isSame = element === 'Action' ? (text: string): string => text.toLowerCase() : (text: string): string => text;
  const covers = (pattern: string, text: string): boolean => matches(isSame(pattern), isSame(text));
  const { [`Not${element}`]: excluded, [element]: given, ...rest } = statement;
  const left = excluded === undefined
    ? asList(given).map(String).flatMap((one) => wanted.flatMap((other) => covers(one, other) ? [other] : covers(other, one) ? [one] : []))
    : wanted.filter((one) => asList(excluded).map(String).every((other) => !covers(other, one) && !covers(one, other)));
  const unique = [...new Set(left)];
  return unique.length === 0 ? undefined : { ...rest, [element]: unique.length === 1 ? unique[0] : unique };
}
