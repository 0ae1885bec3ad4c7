import { BUDGET } from './answer.ts';
import { refuseApart } from './misuse.ts';
import type { Policy } from './parse.ts';
import type { Perimeter } from './perimeter.ts';
import type { Pattern } from './pattern.ts';
import { unlessPast, Work } from './search/work.ts';
import { accountPatterns } from './world/account-patterns.ts';
import { accountForm, anotherLike, othersThan } from './world/accounts.ts';
import { likenessBy } from './world/alike.ts';
import { trustAnchorsOf } from './world/of-definition.ts';
import { idsIn, profileOf, textsOnResource, withResource, type About, type Profile } from './world/profile.ts';

/** Stands for an account of mine where the definition lists none. */
export const UNLISTED = '000000000000';

/**
 * Accounts of mine as of which to ask where nothing says whose the policies are: one for every way in which they and the definition tell mine apart, by names, patterns
 * or numbers, those that the policies do not name before the others; `undefined` where there are too many ways. `about`: what is known of what the policies hang on; `named`: accounts that are to be looked at besides. Where the
 * definition lists no account, each that the policies name may be mine, and of the rest one for each way in which they are told apart.
 *
 * Throws TypeError for what its type rules out.
 */
export function accountsApart(policies: readonly Policy[], perimeter: Perimeter, about: About = {}, named: readonly string[] = []): readonly [string, ...string[]] | undefined {
  refuseApart(policies, perimeter, about, named);
  const profile = withResource(profileOf(policies), about);
  // A variable may be held against what the resource is called.
  const known: readonly (readonly string[])[] = profile.variables.length === 0 ? [] : textsOnResource(about).map(idsIn);
  // Which sessions of IAM Roles Anywhere are mine is said by account.
  const anchors = about.kind !== undefined && about.kind !== 'trust' ? [] : trustAnchorsOf(perimeter);
  return unlessPast(() => {
    const patterns = accountPatterns({ profile, perimeter, question: about });
    const alike = likenessBy(policies, { profile, perimeter }, patterns);
    const likeness = (id: string): string => JSON.stringify([alike(id), known.map((ids) => ids.includes(id)), anchors.filter((arn) => idsIn(arn).includes(id)).map((arn) => arn.split(id))]);
    const all = [...new Set([...mineAmong(profile, perimeter, patterns), ...named])];
    const isNamed = (id: string): boolean => profile.accounts.has(id);
    const apart = new Map<string, string>();
    for (const id of [...all.filter((one) => !isNamed(one)), ...all.filter(isNamed)]) {
      const like = likeness(id);
      if (!apart.has(like)) apart.set(like, id);
    }
    const [first = UNLISTED, ...rest] = apart.values();
    return [first, ...rest];
  }, () => undefined);
}

/** Accounts that are mine, or may be where the definition does not list them. */
function mineAmong(profile: Profile, { accounts, organizations, partners, standaloneAccounts }: Perimeter, patterns: readonly Pattern[]): readonly string[] {
  const isTheirs = (id: string): boolean => partners.some((one) => one.accounts.includes(id));
  const mine = [...accounts ?? [], ...standaloneAccounts];
  const maybe = accounts === undefined ? [...profile.accounts.keys()].filter((id) => !isTheirs(id)) : [];
  const isListed = accounts === undefined ? mine.length > 0 && organizations.length === 0 : mine.length > 0;
  if (isListed) return [...mine, ...maybe];
  const work = new Work(BUDGET);
  const others = patterns.length === 0 ? [] : othersThan(UNLISTED, accountForm, patterns, [], work).flatMap((id) => isTheirs(id) ? anotherLike(id, UNLISTED, accountForm, patterns, isTheirs, work) : [id]);
  return [UNLISTED, ...others, ...mine, ...maybe];
}
