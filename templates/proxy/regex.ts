/**
 * POSIX extended regular expressions as Squid takes them, matched step by step over all states at once: a pattern in somebody's file
 * must not be able to keep us busy, as it could with the backtracking of RegExp.
 */
type Node = { readonly kind: 'char'; readonly test: (char: string) => boolean } | { readonly kind: 'start' | 'end' | 'nothing' }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] } | { readonly kind: 'repeat'; readonly of: Node; readonly least: number; readonly endless: boolean };
type Step = { readonly on: (char: string) => boolean; to: number } | { readonly at: 'start' | 'end'; to: number } | { readonly both: number[] };

export class BadPattern extends Error { override name = 'BadPattern' }
const LONGEST = 2000;
const DEEPEST = 50;

/** The pattern as a test of whole texts; throws BadPattern for one that is broken, too long or of a kind that is not read. */
export function matcher(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  if (pattern.length > LONGEST) throw new BadPattern(`is longer than ${LONGEST} characters`);
  const { node, rest } = alternatives(pattern, 0, 0, ignoreCase);
  if (rest < pattern.length) throw new BadPattern('has a `)` too many');
  const steps: Step[] = [];
  const begin = build(node, -1, steps);
  return (text) => run(steps, begin, ignoreCase ? text.toLowerCase() : text);
}

interface Read { readonly node: Node; readonly rest: number }

function alternatives(text: string, from: number, depth: number, fold: boolean): Read {
  if (depth > DEEPEST) throw new BadPattern('is nested too deep');
  const choices: Node[] = [];
  let parts: Node[] = [];
  let at = from;
  for (; at < text.length && text[at] !== ')';) {
    if (text[at] === '|') { choices.push({ kind: 'all', of: parts }); parts = []; at++; continue; }
    const atom = readAtom(text, at, depth, fold);
    at = atom.rest;
    let { node } = atom;
    for (; '*+?'.includes(text[at] ?? ' '); at++) node = text[at] === '?' ? { kind: 'any', of: [node, { kind: 'nothing' }] } : { kind: 'repeat', of: node, least: text[at] === '+' ? 1 : 0, endless: true };
    if (text[at] === '{') throw new BadPattern('counts with `{}`, which is not read');
    parts.push(node);
  }
  return { node: { kind: 'any', of: [...choices, { kind: 'all', of: parts }] }, rest: at };
}

function readAtom(text: string, at: number, depth: number, fold: boolean): Read {
  const char = text[at]!;
  if (char === '(') {
    const inner = alternatives(text, at + 1, depth + 1, fold);
    if (text[inner.rest] !== ')') throw new BadPattern('has a `(` too many');
    return { node: inner.node, rest: inner.rest + 1 };
  }
  if (char === '[') return readSet(text, at + 1, fold);
  if (char === '^' || char === '$') return { node: { kind: char === '^' ? 'start' : 'end' }, rest: at + 1 };
  if (char === '.') return { node: { kind: 'char', test: () => true }, rest: at + 1 };
  if ('*+?{'.includes(char)) throw new BadPattern(`repeats nothing with \`${char}\``);
  if (char === '\\' && /[A-Za-z0-9]/.test(text[at + 1] ?? 'a')) throw new BadPattern('has a `\\` that is not read');
  const wanted = char === '\\' ? text[at + 1]! : char;
  return { node: { kind: 'char', test: same(wanted, fold) }, rest: at + (char === '\\' ? 2 : 1) };
}
const same = (wanted: string, fold: boolean) => { const one = fold ? wanted.toLowerCase() : wanted; return (char: string): boolean => char === one; };

function readSet(text: string, from: number, fold: boolean): Read {
  const negated = text[from] === '^';
  const first = from + (negated ? 1 : 0);
  const end = text.indexOf(']', first + 1);
  if (end < 0) throw new BadPattern('has a `[` too many');
  const inside = fold ? text.slice(first, end).toLowerCase() : text.slice(first, end);
  if (/\[[:.=]/.test(inside)) throw new BadPattern('names a class of characters, which is not read');
  const ranges: [string, string][] = [];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i + 1] === '-' && i + 2 < inside.length) { ranges.push([inside[i]!, inside[i + 2]!]); i += 2; } else ranges.push([inside[i]!, inside[i]!]);
  }
  return { node: { kind: 'char', test: (char) => ranges.some(([low, high]) => low <= char && char <= high) !== negated }, rest: end + 1 };
}

/** Adds the steps of a node that go on to `next` and tells where they begin; -1 is the end. */
function build(node: Node, next: number, steps: Step[]): number {
  const add = (step: Step): number => steps.push(step) - 1;
  switch (node.kind) {
    case 'nothing': return next;
    case 'char': return add({ on: node.test, to: next });
    case 'start': case 'end': return add({ at: node.kind, to: next });
    case 'all': return node.of.reduceRight((to, one) => build(one, to, steps), next);
    case 'any': return add({ both: node.of.map((one) => build(one, next, steps)) });
    case 'repeat': {
      const both: number[] = [next];
      const fork = add({ both });
      const body = build(node.of, fork, steps);
      both.push(body);
      return node.least === 1 ? body : fork;
    }
  }
}

function run(steps: readonly Step[], begin: number, text: string): boolean {
  let states = new Set<number>();
  for (let at = 0; at <= text.length; at++) {
    // A match may begin anywhere.
    const open = [...states, begin];
    const seen = new Set<number>();
    while (open.length > 0) {
      const one = open.pop()!;
      if (seen.has(one)) continue;
      if (one === -1) return true;
      seen.add(one);
      const step = steps[one]!;
      if ('both' in step) open.push(...step.both);
      else if ('at' in step && at === (step.at === 'start' ? 0 : text.length)) open.push(step.to);
    }
    states = new Set([...seen].flatMap((one) => { const step = steps[one]!; return 'on' in step && at < text.length && step.on(text[at]!) ? [step.to] : []; }));
  }
  return false;
}
