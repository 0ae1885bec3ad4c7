import { enter, step, type Pattern, type Template } from '../pattern.ts';
import { isVariable } from './held.ts';
import type { Work } from './work.ts';

/** Where in a pattern the variable may begin: the positions after what the template has before it, each way apart, once for every place where it stands. */
export function beginnings({ parts }: Template, key: string, { tokens }: Pattern, ignoreCase: boolean, valueOf: (name: string) => string | undefined, work: Work): { readonly ways: Ways; readonly isLast: boolean }[] {
  work.spend(60 + 2 * parts.length);
  let ways: Ways = [enter(tokens, 0)];
  let anywhere: Ways | undefined;
  const found: { ways: Ways; isLast: boolean }[] = [];
  const last = parts.findLastIndex((part) => isVariable(part, key));
  for (const [i, part] of parts.entries()) {
    const isKey = isVariable(part, key);
    const isLast = i === parts.length - 1;
    if (isKey && (isLast || found.at(-1)?.ways !== ways)) {
      work.spend(20 * ways.length);
      found.push({ ways, isLast });
    }
    if (i >= last || ways.length === 0) break;
    const text = typeof part === 'string' ? part : 'variable' in part && !isKey ? valueOf(part.variable) : undefined;
    if (text !== undefined) {
      for (const char of text.split('')) {
        work.spend(10 * ways.length);
        ways = ways.map((one) => step(tokens, one, char, ignoreCase)).filter((one) => one.length > 0);
      }
    // Any text may stand here, so the variable may begin at any place from here on.
    } else if (ways !== anywhere) {
      work.spend(10 * tokens.length);
      const least = Math.min(...ways.flat());
      ways = anywhere = tokens.map((_, i) => i).concat(tokens.length).filter((i) => i >= least).map((i) => enter(tokens, i));
    }
  }
  return found;
}

/** Sets of positions in a pattern, of which one holds. */
type Ways = readonly (readonly number[])[];
