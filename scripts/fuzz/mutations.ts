import type { Random } from '../bench/random.ts';

/** Anything JSON can say. Members are kept as entries, because a name such as `__proto__` is a member like any other in JSON. */
export type Value = null | boolean | number | string | readonly Value[] | Members;
export class Members {
  readonly entries: readonly (readonly [name: string, value: Value])[];
  constructor(entries: Members['entries']) { this.entries = entries; }
}

export const valueOf = (json: unknown): Value => Array.isArray(json) ? json.map(valueOf)
  : typeof json === 'object' && json !== null ? new Members(Object.entries(json).map(([name, value]) => [name, valueOf(value)])) : json as Value;

/** As text, with an own stack: a nesting as deep as some of these is too deep for JSON.stringify. */
export function textOf(value: Value): string {
  let text = '';
  const open: (Value | { readonly raw: string })[] = [value];
  while (open.length > 0) {
    const next = open.pop()!;
    if (typeof next === 'object' && next !== null && 'raw' in next) text += next.raw;
    else if (next instanceof Members) {
      open.push({ raw: '}' });
      for (const [i, [name, one]] of [...next.entries.entries()].reverse()) open.push(one, { raw: `${i === 0 ? '' : ','}${JSON.stringify(name)}:` });
      text += '{';
    } else if (isList(next)) {
      open.push({ raw: ']' });
      for (const [i, one] of [...next.entries()].reverse()) open.push(one, { raw: i === 0 ? '' : ',' });
      text += '[';
    } else text += JSON.stringify(next);
  }
  return text;
}
export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value);

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', 'AWS', 'Effect', 'Action', 'NotAction', 'Resource', 'NotPrincipal', 'Condition', 'StringEquals', 'ForAllValues:StringLike', 'Null', 'aws:PrincipalOrgID', 'Sid', 'Version'];
const odd = ['\u0000', '\ud800', '\udfff', '😀', '\u202e', '\u200b', 'e\u0301', 'İ', 'ß', '\u2028', '\\', '"', '${', '${}', '${*}', "${aws:username, 'x'}", '${aws:PrincipalOrgID}', '*', '?', '**', ':', '%', '\n'];
const nested = (depth: number, isMember: boolean): Value => {
  let value: Value = 'x';
  for (let i = 0; i < depth; i++) value = isMember ? new Members([['a', value]]) : [value];
  return value;
};
const replacements: readonly ((random: Random) => Value)[] = [
  () => null, () => true, () => false, () => 0, () => -0, () => 1.5, () => 1e308, () => '', () => [], () => new Members([]), () => '*', () => [['x']], () => new Members([['a', 'b']]),
  (random) => random.pick(names), (random) => random.pick(odd), (random) => nested(random.pick([3, 100, 20_000]), random.chance(0.5)),
  (random) => random.pick(['a', 'ab*', '?', '${aws:username}', 'arn:aws:iam::']).repeat(random.pick([100, 5_000])), (random) => Array.from({ length: random.pick([50, 3_000]) }, (_, i) => `v${i}`),
];

type Branch = readonly Value[] | Members;
const isBranch = (value: Value): value is Branch => isList(value) || value instanceof Members;
const sizeOf = (value: Value): number => isList(value) ? value.length : value instanceof Members ? value.entries.length : 0;
const childAt = (value: Branch, index: number): Value => isList(value) ? value[index]! : value.entries[index]![1];
const withChild = (value: Branch, index: number, child: Value): Branch => isList(value)
  ? value.map((one, i) => i === index ? child : one) : new Members(value.entries.map(([name, one], i) => [name, i === index ? child : one]));

/** Does something to one place, chosen on the way down from the root. */
export function mutated(random: Random, value: Value): Value {
  const size = sizeOf(value);
  if (isBranch(value) && size > 0 && random.chance(0.78)) { const index = random.below(size); return withChild(value, index, mutated(random, childAt(value, index))); }
  if (typeof value === 'string' && random.chance(0.6)) {
    const at = random.below(value.length + 1);
    return random.pick([value.slice(0, at) + random.pick(odd) + value.slice(at), value.slice(0, at), value.toUpperCase(), value + value, value.slice(at)]);
  }
  if (!isBranch(value) || size === 0 || random.chance(0.25)) return random.pick(replacements)(random);
  const index = random.below(size);
  const other = random.below(size);
  if (isList(value)) {
    return random.pick<() => Value>([
      () => value.filter((_, i) => i !== index), () => [...value, value[index]!], () => withChild(withChild(value, index, value[other]!), other, value[index]!), () => [...value, random.pick(replacements)(random)], () => [value],
    ])();
  }
  const { entries } = value;
  const [name, one] = entries[index]!;
  return random.pick<() => Value>([
    () => new Members(entries.filter((_, i) => i !== index)), () => new Members([...entries, [name, one]]), () => withChild(withChild(value, index, entries[other]![1]), other, one),
    () => new Members([...entries, [random.pick(names), random.pick(replacements)(random)]]), () => new Members(entries.map((entry, i) => i === index ? [random.pick(names), one] : entry)),
    () => new Members(entries.map((entry, i) => i === index ? [random.pick([name.toLowerCase(), name.toUpperCase(), `${name} `]), one] : entry)), () => [value],
  ])();
}

/** How far down smaller parts are looked for; what lies below goes with the part that holds it. */
const DEEPEST = 30;

/** Smaller values that may fail in the same way: less of a list or an object, shorter texts, a part in place of the whole. */
export function* smaller(value: Value, depth = 0): Generator<Value> {
  if (isBranch(value)) {
    const size = sizeOf(value);
    for (let chunk = Math.ceil(size / 2); chunk >= 1; chunk = chunk === 1 ? 0 : Math.ceil(chunk / 2)) {
      for (let start = 0; start < size; start += chunk) {
        const keeps = (i: number): boolean => i < start || i >= start + chunk;
        yield isList(value) ? value.filter((_, i) => keeps(i)) : new Members(value.entries.filter((_, i) => keeps(i)));
      }
    }
    for (let i = 0; i < size; i++) yield childAt(value, i);
    if (depth < DEEPEST) for (let i = 0; i < size; i++) for (const child of smaller(childAt(value, i), depth + 1)) yield withChild(value, i, child);
  } else if (typeof value === 'string' && value.length > 0) {
    for (let chunk = Math.ceil(value.length / 2); chunk >= 1; chunk = chunk === 1 ? 0 : Math.ceil(chunk / 2)) {
      for (let start = 0; start < value.length && start < 64 * chunk; start += chunk) yield value.slice(0, start) + value.slice(start + chunk);
    }
  }
}
