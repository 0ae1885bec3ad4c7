import type { Document, Statement } from './documents.ts';
import { joined, separate } from './tests.ts';

/** Policies with one thing less. */
export function* smaller(of: Document): Generator<Document> {
  const { Statement } = of;
  const replaced = (at: number, by: readonly Statement[]): Document => ({ ...of, Statement: Statement.flatMap((one, i) => i === at ? by : [one]) });
  for (const [at, one] of Statement.entries()) {
    if (Statement.length > 1) yield replaced(at, []);
    const tests = separate(one);
    const { Condition: _, ...bare } = one;
    const withTests = (some: typeof tests): Document => replaced(at, [some.length === 0 ? bare as Statement : { ...bare, Condition: joined(some) } as Statement]);
    for (const [i, test] of tests.entries()) {
      yield withTests(tests.filter((_other, j) => j !== i));
      const [[operator, named]] = Object.entries(test) as [[string, Record<string, string | readonly string[]>]];
      const [[key, values]] = Object.entries(named) as [[string, string | readonly string[]]];
      if (Array.isArray(values) && values.length > 1) for (const value of values as readonly string[]) yield withTests(tests.map((other, j) => j === i ? { [operator]: { [key]: value } } : other));
      if (operator.endsWith('IfExists')) yield withTests(tests.map((other, j) => j === i ? { [operator.slice(0, -8)]: named } : other));
    }
    for (const [element, plain] of [['Action', '*'], ['Resource', '*'], ['Principal', '*']] as const) if (one[element] !== undefined && one[element] !== plain && !(element === 'Action' && String(one[element]).startsWith('sts:'))) yield replaced(at, [{ ...one, [element]: plain }]);
    for (const element of ['Action', 'Resource']) { const listed = one[element]; if (Array.isArray(listed) && listed.length > 1) for (const single of listed) yield replaced(at, [{ ...one, [element]: single }]); }
  }
}
