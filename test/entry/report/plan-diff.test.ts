import { expect, test } from 'vitest';
import { diffOf, type MemberDiff } from '../../../entry/report/plan-diff.ts';

const lines = (before: unknown, after: unknown): readonly string[] => diffOf({ before: { x: before }, after: { x: after } }).flatMap((one) => one.kind === 'document' ? one.lines : []);

test.each<[string, Record<string, unknown>, Record<string, unknown>, readonly MemberDiff[]]>([
  ['a flag', { open: true }, { open: false }, [{ kind: 'value', name: 'open', before: 'true', after: 'false' }]],
  ['a member that was not there, and one that goes', { a: 1 }, { b: 'x' }, [{ kind: 'value', name: 'a', before: '1', after: 'null' }, { kind: 'value', name: 'b', before: 'null', after: '"x"' }]],
  ['a document in the place of none', { v: null }, { v: { id: 1 } }, [{ kind: 'document', name: 'v', lines: ['@@ -1,1 +1,3 @@', '-null', '+{', '+  "id": 1', '+}'] }]],
])('%s', (_, before, after, diff) => { expect(diffOf({ before, after })).toEqual(diff); });

test('the last of a list goes: the comma before it is no change', () => {
  expect(lines({ a: ['x', 'y'] }, { a: ['x'] })).toEqual(['@@ -1,6 +1,5 @@', ' {', '   "a": [', '     "x"', '-    "y"', '   ]', ' }']);
});
test('one joins a list: the comma before it is no change', () => {
  expect(lines({ a: ['x'] }, { a: ['x', 'y,'] })).toEqual(['@@ -1,5 +1,6 @@', ' {', '   "a": [', '     "x",', '+    "y,"', '   ]', ' }']);
});
test('two places far apart are two hunks, numbered on both sides', () => {
  const long = (first: string, last: string): string[] => [first, ...Array.from({ length: 20 }, (_, i) => String(i)), last];
  expect(lines(long('a', 'y'), [...long('b', 'z'), 'new'])).toEqual([
    '@@ -1,6 +1,6 @@', ' [', '-  "a",', '+  "b",', '   "0",', '   "1",', '   "2",', '   "3",',
    '@@ -19,6 +19,7 @@', '   "16",', '   "17",', '   "18",', '   "19",', '-  "y"', '+  "z",', '+  "new"', ' ]',
  ]);
});
