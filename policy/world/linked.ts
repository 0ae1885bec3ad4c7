import type { Condition } from '../conditions.ts';
import { RESOURCE } from '../parse.ts';
import { isPattern } from '../pattern.ts';
import { PRINCIPAL_ARN, USER_NAME } from '../search/compile.ts';
import type { Profile } from './profile.ts';

/**
 * Texts of conditions and resources that are held against values of some keys, at once or by way of variables: a variable's key and the one in whose tests it stands may
 * carry the same. What other texts say tells nothing of those values.
 */
export function textsLinkedTo(isAsked: (key: string) => boolean, { conditions, resources }: Profile): string[] {
  const lists = new Map<string, readonly Pick<Condition, 'given' | 'variables'>[]>(conditions);
  lists.set(RESOURCE, resources.map((one) => ({ given: [one], variables: isPattern(one) ? [] : one.variables })));
  // A user's name ends its ARN.
  const links = [...lists].flatMap(([key, all]) => all.flatMap(({ variables }) => variables.map((one): readonly [string, string] => [key, one]))).concat([[PRINCIPAL_ARN, USER_NAME]]);
  const linked = new Set([...lists.keys(), ...links.flat()].filter(isAsked));
  for (let before = -1; before < linked.size;) {
    before = linked.size;
    for (const pair of links) if (pair.some((key) => linked.has(key))) for (const key of pair) linked.add(key);
  }
  return [...lists].flatMap(([key, all]) => linked.has(key) ? all.flatMap(({ given }) => given.map(({ text }) => text)) : []);
}
