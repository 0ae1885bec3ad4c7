import type { Policy } from '../parse.ts';
import type { Perimeter } from '../perimeter.ts';
import type { Question } from '../question.ts';
import type { Work } from '../search/work.ts';
import { profileOf, type Profile } from './profile.ts';

/** A question with all that its answer is made of. */
export interface World extends Question {
  readonly profile: Profile;
  readonly work: Work;
  /** Whether an account is known to be mine: the resource's own, or listed. */
  readonly isMine: (account: string) => boolean;
}

export function worldOf(question: Question, policies: readonly Policy[], work: Work): World {
  const listed = listedAccounts(question.perimeter);
  return { ...question, profile: profileOf(policies), work, isMine: (id) => id === question.account || listed.has(id) };
}

const known = new WeakMap<Perimeter, ReadonlySet<string>>();
function listedAccounts(perimeter: Perimeter): ReadonlySet<string> {
  const made = known.get(perimeter) ?? new Set([...perimeter.standaloneAccounts, ...perimeter.accounts ?? []]);
  known.set(perimeter, made);
  return made;
}

export const testsAny = ({ profile }: World, keys: Iterable<string>): boolean => {
  for (const key of keys) if (profile.keys.has(key)) return true;
  return false;
};
