import { BadParameter, type Parameters } from '../../core/parameters.ts';

/** Options of a kind as a command line gives them: some have options of the command, all can be `--set`. */
export interface GivenOptions { readonly service?: string; readonly account?: string; readonly region?: string; readonly resource?: string; readonly set: readonly string[] }

/** One text for each option: lists may stand several times and grow, everything else stands once. Throws BadParameter. */
export function given(options: Parameters, { service, account, region, resource, set }: GivenOptions): Readonly<Record<string, string>> {
  const named = Object.entries({ service, account, region, resource }).flatMap(([name, value]) => value === undefined ? [] : [[name, value] as const]);
  const made = new Map<string, string>();
  for (const [name, value] of [...named, ...set.map(pair)]) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw new BadParameter(`it has no option \`${name}\`; known: ${Object.keys(options).join(', ')}`);
    const before = made.get(name);
    if (before !== undefined && !Array.isArray(option.fallback)) throw new BadParameter(`\`${name}\` is given twice, as \`${before}\` and as \`${value}\`: give it once`);
    made.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(made);
}

function pair(one: string): readonly [string, string] {
  const at = one.indexOf('=');
  if (at < 1) throw new BadParameter(`\`--set\`: expected name=value, found \`${one}\``);
  return [one.slice(0, at), one.slice(at + 1)];
}
