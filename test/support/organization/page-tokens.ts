import type { Context } from './context.ts';
import type { Fields } from './wire/decode.ts';

const names = ['NextToken', 'nextToken'] as const;
/** Parameters that may differ from page to page. */
const sizes: readonly string[] = [...names, 'MaxResults', 'Limit', 'limit'];
const same = (operation: string, input: Fields, { account, region }: Context): string =>
  JSON.stringify([operation, account, region, Object.entries(input).filter(([name]) => !sizes.includes(name)).sort(([a], [b]) => a < b ? -1 : 1)]);

/** Tokens of pages as AWS has them: opaque, and good only for the request that they were given out to. `complain` hears of others. */
export function pageTokens(complain: (fault: string) => void): { readonly giveOut: (operation: string, input: Fields, context: Context, output: Fields) => Fields; readonly takeBack: (operation: string, input: Fields, context: Context) => Fields } {
  const given = new Map<string, { readonly request: string; readonly place: unknown }>();
  return {
    giveOut(operation, input, context, output) {
      const name = names.find((one) => output[one] !== undefined);
      if (name === undefined) return output;
      const token = `token-${operation}-${given.size}`;
      given.set(token, { request: same(operation, input, context), place: output[name] });
      return { ...output, [name]: token };
    },
    takeBack(operation, input, context) {
      const name = names.find((one) => input[one] !== undefined);
      if (name === undefined) return input;
      const known = given.get(String(input[name]));
      if (known?.request === same(operation, input, context)) return { ...input, [name]: known.place };
      complain(`${operation}: the ${name} \`${String(input[name])}\` was not given out to this request`);
      return { ...input, [name]: undefined };
    },
  };
}
