import { isMine, textsOf } from './accounts.ts';
import type { Caller } from './callers.ts';
import type { Choice, Freedom } from './domains.ts';
import { ownResourceFreedom, ownResourceKeys } from './freedom.ts';
import type { Question } from './question.ts';
import type { Request } from './request.ts';
import type { Work } from './classes.ts';
import type { Region } from './search.ts';
import { arnsOf, takesNoResource } from './targets.ts';

/** Whose resource the requests of a region are about. */
export interface Owner {
  readonly account: string;
  readonly mine: boolean;
  /** Of an owner that is not mine: its organization, or `undefined`. */
  readonly organization?: string;
}

export const ownOwner = (question: Question): Owner => ({ account: question.account, mine: true });

/** My accounts that the policy names, the question's own first. */
export function myOwners(question: Question): Owner[] {
  const named = [...new Set(textsOf(question.policy).flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []))];
  return [question.account, ...named.filter((id) => id !== question.account && isMine(question, id))].map((account) => ({ account, mine: true }));
}

function ownerKeys(question: Question, owner: Owner): Record<string, Choice> {
  if (owner.mine) return ownResourceKeys(question, owner.account);
  return { 'aws:resourceaccount': [owner.account], 's3:resourceaccount': [owner.account], 'aws:resourceorgid': owner.organization === undefined ? null : [owner.organization] };
}

function ownerFreedom(key: string, question: Question, owner: Owner): Freedom | undefined {
  if (owner.mine) return ownResourceFreedom(key, question);
  if (key === 'aws:resourceorgpaths') {
    return owner.organization === undefined ? { missing: true, present: false }
      : { missing: false, present: true, one: true, form: [...owner.organization, '/', 'r', '-', { of: 'id-or-path', times: 'many' }, '/'] };
  }
  return undefined;
}

/** The requests of one caller on one owner's resources. */
export function regionOf(question: Question, caller: Caller, owner: Owner, actions: readonly string[], work: Work, spared?: (request: Request) => boolean): Region {
  return {
    principal: caller.principal, actions,
    fixed: { ...caller.fixed, ...(question.kind === 'trust' ? ownResourceKeys(question) : ownerKeys(question, owner)) },
    freedom: (key) => ownerFreedom(key, question, owner) ?? caller.freedom(key),
    resources: (action, valueOf) => {
      if (question.kind === 'trust') return [undefined];
      // An action without resource acts on the caller's account, so it belongs to no owner in particular.
      if (takesNoResource(action)) return [undefined];
      return arnsOf(question, action, owner, valueOf, work) ?? [];
    },
    ...(spared === undefined ? {} : { spared }),
  };
}
