import type { Failure } from './guarded.ts';
import { check } from './invariants.ts';
import type { Input } from './inputs.ts';
import { smaller, textOf, valueOf, type Value } from './mutations.ts';

const MOST_MILLISECONDS = 15_000;

/** A smaller input that fails in the same way, as small as a bounded time allows. */
export function shrunk(input: Input, failure: Failure, beat: () => void): Input {
  // What is unreadable by construction would not be so any more.
  if (input.isUnreadable) return input;
  const end = performance.now() + MOST_MILLISECONDS;
  const fails = (text: string): boolean => check({ ...input, text }, beat)?.kind === failure.kind;
  const value = jsonOf(input.text);
  return { ...input, text: value === undefined ? shrunkText(input.text, fails, end) : shrunkValue(value, fails, end) };
}

/** The value, where nothing is lost in it: a member that stands there twice is. */
function jsonOf(text: string): Value | undefined {
  try { const value = valueOf(JSON.parse(text)); return textOf(value).length === text.length ? value : undefined; } catch { return undefined; }
}

function shrunkValue(start: Value, fails: (text: string) => boolean, end: number): string {
  let best = start;
  search: while (performance.now() < end) {
    for (const candidate of smaller(best)) {
      if (performance.now() > end) break search;
      if (!fails(textOf(candidate))) continue;
      best = candidate;
      continue search;
    }
    break;
  }
  return textOf(best);
}

function shrunkText(start: string, fails: (text: string) => boolean, end: number): string {
  let best = start;
  for (let chunk = Math.ceil(best.length / 2); chunk >= 1; chunk = chunk === 1 ? 0 : Math.ceil(chunk / 2)) {
    for (let at = 0; at < best.length && performance.now() < end;) {
      const candidate = best.slice(0, at) + best.slice(at + chunk);
      if (fails(candidate)) best = candidate; else at += chunk;
    }
  }
  return best;
}
