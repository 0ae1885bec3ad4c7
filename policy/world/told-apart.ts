import { testOn, type Condition } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE } from '../parse.ts';
import { plainGlob, withVariables } from '../pattern.ts';
import { isApart } from '../search/texts.ts';
import type { Acts } from './acts.ts';
import { put, tellsNames } from './alike.ts';
import type { Caller } from './caller.ts';
import type { Owner } from './owners.ts';
import { idsIn, textsOnResource } from './profile.ts';
import { resourcesOf } from './targets.ts';
import type { World } from './world.ts';

/**
 * Whether all that a caller of mine does with what an account has of a service it does with what a stranger has whom no policy names, as far as policies tell: where
 * they name the account in ARNs of other services alone, one put in place of the other wherever a request has it changes nothing that they say of that. What the
 * definition says of an account only admits more.
 */
export function isLikeStranger(world: World, { principal: { account: caller = '' } }: Caller, { account, reach }: Owner, { prefix }: Acts): boolean {
  if (reach !== 'named-account' || !world.isMine(caller) || world.accountPatterns.length > 0 || tellsNames(world)) return false;
  const { arns, elsewhere } = world.once('named in ARNs alone', () => namedBy(world));
  const named = (): Condition => world.once(`named ${account}`, () => testOn(RESOURCE, patternsOperator, (arns.get(account) ?? []).map((text) => plainGlob(withVariables(text, () => '*')))));
  // The same whoever calls, and many services have many callers.
  return !elsewhere.has(account) && world.once(`named of ${prefix} ${account}`, () => isApart(named(), resourcesOf(world, prefix, account).forms!));
}

/** ARNs of resources that name accounts, by account, and the accounts that something else names. */
interface Named { readonly arns: ReadonlyMap<string, readonly string[]>; readonly elsewhere: ReadonlySet<string> }

function namedBy({ profile, question }: World): Named {
  const arns = new Map<string, string[]>();
  for (const { text } of profile.resources) for (const id of idsIn(text)) put(arns, id, text);
  const others = [...textsOnResource(question), ...profile.principals, ...profile.principalArns, ...profile.federated, ...profile.canonicalUsers, ...[...profile.conditions.values()].flat().flatMap((one) => one.given.map(({ text }) => text))];
  return { arns, elsewhere: new Set(others.flatMap(idsIn)) };
}
