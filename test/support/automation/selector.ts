import { isObject } from './values.ts';

export type Segment = { readonly child: string } | { readonly descendants: string } | { readonly index: number };

/** The part of JSONPath that AWS documents for runbooks: `.`, `..` and `[i]`; `undefined` for anything else. */
export function parseSelector(text: string): Segment[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const pattern = /\.\.([\w:-]+)|\.([\w:-]+)|\[(\d+)\]/y;
  const segments: Segment[] = [];
  for (pattern.lastIndex = 1; pattern.lastIndex < text.length;) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [, descendants, child, index] = match;
    if (descendants !== undefined) segments.push({ descendants });
    else if (child !== undefined) segments.push({ child });
    else segments.push({ index: Number(index) });
  }
  return segments;
}

/**
 * What a selector finds; `undefined` for nothing. A path with `..` finds a list, also of one.
 * AWS does not say what a missing target does; here nothing, null and an empty list of finds are all missing, which fails the step.
 */
export function select(value: unknown, segments: readonly Segment[]): unknown {
  let found: unknown[] = [value];
  for (const segment of segments) {
    if ('child' in segment) found = found.flatMap((one) => child(one, segment.child));
    else if ('index' in segment) found = found.flatMap((one) => Array.isArray(one) && segment.index < one.length ? [one[segment.index] as unknown] : []);
    else found = found.flatMap((one) => descendants(one, segment.descendants));
  }
  found = found.filter((one) => one !== null && one !== undefined);
  if (found.length === 0) return undefined;
  return segments.some((segment) => 'descendants' in segment) ? found : found[0];
}

const child = (value: unknown, name: string): unknown[] => isObject(value) && Object.hasOwn(value, name) ? [value[name]] : [];

function descendants(value: unknown, name: string): unknown[] {
  const below: readonly unknown[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return [...child(value, name), ...below.flatMap((one) => descendants(one, name))];
}
