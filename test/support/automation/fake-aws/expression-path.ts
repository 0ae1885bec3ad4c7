import { isObject } from '../values.ts';
import { AwsError } from './service.ts';

/** A typed value, such as `{ S: 'text' }`. */
export type Value = Record<string, unknown>;
export type Item = Record<string, unknown>;
export type Path = readonly [string, ...(string | number)[]];

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  S: (value) => typeof value === 'string',
  N: (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  BOOL: (value) => typeof value === 'boolean',
  NULL: (value) => value === true,
  L: (value) => Array.isArray(value) && value.every((one) => { checkValue(one); return true; }),
  M: (value) => isObject(value) && Object.values(value).every((one) => { checkValue(one); return true; }),
  SS: (value) => Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every((one) => typeof one === 'string'),
};

/** The client refuses a number where the API has a text, so `N` holds digits in quotes. */
export function checkValue(value: unknown): asserts value is Value {
  const [[kind, held] = ['', undefined], ...more] = isObject(value) ? Object.entries(value) : [];
  if (more.length > 0 || kinds[kind]?.(held) !== true) throw new AwsError('ParamValidationError', `${JSON.stringify(value)} is not a typed value`);
}

const inside = (value: unknown, segment: string | number): unknown => {
  if (!isObject(value)) return undefined;
  if (typeof segment === 'number') return Array.isArray(value.L) ? value.L[segment] as unknown : undefined;
  return isObject(value.M) && Object.hasOwn(value.M, segment) ? value.M[segment] : undefined;
};
const [first, rest] = [([name]: Path) => name, ([, ...more]: Path) => more];

export const get = (item: Item, path: Path): Value | undefined => rest(path).reduce(inside, Object.hasOwn(item, first(path)) ? item[first(path)] : undefined) as Value | undefined;

/** Sets or, with `undefined`, removes; the document that holds the path must be there. */
export function put(item: Item, path: Path, value: Value | undefined): void {
  const last = path.at(-1)!;
  if (path.length === 1) { if (value === undefined) delete item[first(path)]; else item[first(path)] = value; return; }
  const holder = get(item, path.slice(0, -1) as unknown as Path);
  const held = typeof last === 'number' ? holder?.L : holder?.M;
  if (held === undefined) throw new AwsError('ValidationException', 'The document path provided in the update expression is invalid for update');
  if (Array.isArray(held)) {
    if (value === undefined) held.splice(last as number, 1);
    else held[Math.min(last as number, held.length)] = value;
  } else if (value === undefined) delete (held as Item)[last];
  else (held as Item)[last] = value;
}
