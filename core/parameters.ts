/** A rule parameter: how it is explained, its default, and how a value from `perimeter.yaml` or Config's text becomes one. */
export interface Parameter<T = unknown> {
  readonly about: string;
  readonly fallback: T;
  /** Takes a value as YAML/JSON gives it or as the string Config hands over; throws BadParameter. */
  readonly parse: (value: unknown) => T;
}
export type Parameters = Readonly<Record<string, Parameter>>;
export type Values<P extends Parameters> = { readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

export class BadParameter extends Error { override name = 'BadParameter' }

/** Values for all of a rule's parameters; an unknown name or a value of the wrong form throws BadParameter. */
export function readParameters<P extends Parameters>(declared: P, given: Readonly<Record<string, unknown>>): Values<P> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name)) throw new BadParameter(`unknown parameter \`${name}\`; known: ${Object.keys(declared).map((one) => `\`${one}\``).join(', ') || 'none'}`);
  }
  return Object.fromEntries(Object.entries(declared).map(([name, parameter]) => {
    const value = given[name];
    if (value === undefined || value === '') return [name, parameter.fallback];
    try { return [name, parameter.parse(value)]; } catch (error) {
      if (error instanceof BadParameter) throw new BadParameter(`parameter \`${name}\`: ${error.message}`);
      throw error;
    }
  })) as Values<P>;
}

export const flag = (about: string, fallback: boolean): Parameter<boolean> => ({ about, fallback, parse(value) {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new BadParameter(`expected true or false, found \`${String(value)}\``);
} });

export const wholeNumber = (about: string, fallback: number, least: number, most: number): Parameter<number> => ({ about, fallback, parse(value) {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most) {
    throw new BadParameter(`expected a whole number from ${least} to ${most}, found \`${String(value)}\``);
  }
  return number;
} });

export const text = (about: string, fallback: string): Parameter<string> => ({ about, fallback, parse(value) {
  if (typeof value !== 'string') throw new BadParameter(`expected text, found \`${String(value)}\``);
  return value;
} });

/** A list; Config hands it over as one comma-separated string. */
export const list = (about: string, fallback: readonly string[] = []): Parameter<readonly string[]> => ({ about, fallback, parse(value) {
  const values: unknown[] = typeof value === 'string' ? value.split(',').map((one) => one.trim()).filter((one) => one !== '') : Array.isArray(value) ? value : [value];
  return values.map((one) => {
    if (typeof one !== 'string') throw new BadParameter(`expected a list of texts, found \`${String(one)}\``);
    return one;
  });
} });
