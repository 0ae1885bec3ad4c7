import type { Request } from '../../policy/index.ts';
import { PolicyError } from '../../policy/index.ts';
import { seeded, type Random } from '../bench/random.ts';
import { climb } from './climb.ts';
import { simplerDefinitions } from './definitions.ts';
import { smaller } from './shrink.ts';
import type { Told, Trial } from './trials.ts';
import { faultsOf } from './witness.ts';

/** Something that looks wrong, with what is said to a reader. */
export interface Wrong { readonly kind: string; readonly text: string }
export interface Look { readonly answer: Told['answer']; readonly wrong: Wrong | undefined; readonly requests: number }

/** How many random scenes a search begins from. */
export const STARTS = 12;
const MOST_SHRINKING = 10_000;
const [INSIDE, THROWN] = ['inside', 'the engine throws'] as const;

export function search({ setting, distanceOf, isAllowed }: Trial, random: Random, starts: number): { readonly request: Request | undefined; readonly requests: number } {
  let requests = 0;
  return { request: climb(random, setting, distanceOf, isAllowed, starts, () => { requests++; }), requests };
}

/** What the engine says, and what is wrong with it, if anything is seen: a request that gets through where it says inside, or a witness that is none. */
export function look(trial: Trial, random: Random, starts: number): Look {
  let told: Told;
  try { told = trial.ask(); } catch (error) { return { answer: 'undecided', requests: 0, wrong: { kind: THROWN, text: error instanceof Error ? error.message : String(error) } }; }
  const { answer } = told;
  if (answer === 'undecided') return { answer, wrong: undefined, requests: 0 };
  if (answer === 'outside') return { answer, wrong: wrongWitness(trial, told.witness), requests: 0 };
  const { request, requests } = search(trial, random, starts);
  return { answer, requests, wrong: request === undefined ? undefined : { kind: INSIDE, text: `${told.because}, but ${JSON.stringify(request)}` } };
}

function wrongWitness({ isAllowed, setting }: Trial, witness: Request): Wrong | undefined {
  const written = JSON.stringify(witness);
  if (!isAllowed(witness)) return { kind: 'the witness is not allowed', text: written };
  const faults = faultsOf(setting, witness);
  return faults.length === 0 ? undefined : { kind: `witness: ${faults[0]!.replace(/\d{12}/g, '…').replace(/o-[a-z0-9]+/g, 'o-…')}`, text: `${faults.join('; ')}: ${written}` };
}

/** The smallest trial found within a bounded time in which the same is wrong, with what is wrong in it. */
export function shrunk(trial: Trial, wrong: Wrong, seed: number): { readonly trial: Trial; readonly wrong: Wrong } {
  const end = performance.now() + MOST_SHRINKING;
  const again = (make: () => Trial): { readonly trial: Trial; readonly wrong: Wrong } | undefined => {
    try {
      const made = make();
      const seen = look(made, seeded(seed), wrong.kind === INSIDE ? 3 * STARTS : 1).wrong;
      return seen?.kind === wrong.kind ? { trial: made, wrong: seen } : undefined;
    } catch (error) {
      if (error instanceof PolicyError) return undefined;
      throw error;
    }
  };
  let best = { trial, wrong };
  search: while (performance.now() < end) {
    for (const candidate of simpler(best.trial)) {
      if (performance.now() > end) break search;
      const still = again(candidate);
      if (still === undefined) continue;
      best = still;
      continue search;
    }
    break;
  }
  return best;
}

function* simpler({ documents, definition, again }: Trial): Generator<() => Trial> {
  const names = Object.keys(documents);
  if (names.length > 1 && !names.includes('before')) for (const name of names) yield () => again(Object.fromEntries(Object.entries(documents).filter(([other]) => other !== name)), definition);
  for (const name of names) for (const less of smaller(documents[name]!)) yield () => again({ ...documents, [name]: less }, definition);
  for (const less of simplerDefinitions(definition)) yield () => again(documents, less);
}
