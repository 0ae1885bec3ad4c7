import { describe, expect, it } from 'vitest';
import { patternOf, plainGlob, type CharClass, type Pattern } from '../../../policy/pattern.ts';
import { charactersAt, DEAD, entriesOf, everyKind, Language, shortestText } from '../../../policy/search/languages.ts';
import { Work } from '../../../policy/search/work.ts';

const much = 1_000_000;
const work = new Work(much);
const a = (of: CharClass, times: 'one' | 'many' = 'one'): Pattern => patternOf({ of, times });
type Written = string | Pattern;
const entries = (patterns: readonly Written[], ignoreCase?: boolean): ReturnType<typeof entriesOf> => entriesOf(patterns.map((one) => typeof one === 'string' ? plainGlob(one) : one), ignoreCase);
const language = (...patterns: Written[]): Language => new Language(entries(patterns), work);
const anyCase = (...patterns: Written[]): Language => new Language(entries(patterns, true), work);

it.each<[within: Written[], without: Written[], text: string | undefined]>([
  [['*'], [], 'x'], [['*'], ['*a'], 'x'], [['*'], ['?*'], undefined], [['a*b'], ['ab'], 'axb'], [['a*', '*b'], ['ab', 'axb'], 'ayb'], [['a*'], ['ab*'], 'a'], [['ab'], ['a?'], undefined],
  // Case matters, and a letter is another in capitals.
  [['a'], ['A'], 'a'], [['?'], ['X'], 'x'],
  // What ends in one character, or in some of a kind, does not take all that is longer.
  [['*'], ['?'], 'xx'], [['*'], [a('digit', 'many')], 'x'], [['*'], ['*x'], 'y'], [['?*'], ['??*'], 'x'],
  [[a('alphanumeric')], [a('letter')], '9'], [[a('alphanumeric')], [a('letter'), patternOf({ of: 'digit', times: 'one' }, 'x')], '9'], [[a('any')], [a('letter'), a('digit')], '-'],
])('finds in %j and not in %j the text %s', (within, without, text) => {
  expect(shortestText(within.map((one) => language(one)), without.length === 0 ? [] : [language(...without)], work)).toBe(text);
});
it('finds a text in another case, where that does not matter', () => {
  expect(shortestText([anyCase('a')], [language('a')], work)).toBe('A');
  expect(shortestText([anyCase('A')], [language('A')], work)).toBe('a');
  expect(shortestText([anyCase('a')], [language('a', 'A')], work)).toBeUndefined();
});

describe('the states of some patterns', () => {
  it.each<[Written, boolean]>([['*', true], ['?*', false], ['*a', false], ['?', false], ['a', false], [a('digit', 'many'), false]])('%s takes every text: %s', (pattern, expected) => {
    const { start, ...one } = { start: language(pattern).start, of: language(pattern) };
    expect(one.of.acceptsForever(start)).toBe(expected);
  });
  it('take every longer text once they are in their last wildcard', () => { const one = language('a*'); expect(one.acceptsForever(one.step(one.start, 'a'))).toBe(true); });
  it('are lost where no pattern can match any more', () => {
    const one = language('ab', 'cd');
    expect([one.step(one.start, 'a') === DEAD, one.step(one.start, 'b'), one.step(DEAD, 'a'), language().start, new Language([{ tokens: ['a'], ignoreCase: false, from: [] }], work).start]).toEqual([false, DEAD, DEAD, DEAD, DEAD]);
  });
  it('are worth no character but those they name, where there is no wildcard', () => {
    const [one, other] = [language('ab', 'c'), language('b?')];
    expect(charactersAt([one], [one.start])).toEqual(['a', 'c']);
    expect(charactersAt([other], [other.step(other.start, 'b')])).toHaveLength(1);
  });
});

describe('a text of every kind', () => {
  const kinds = (forms: readonly Written[], accepting: readonly Written[], open: readonly Written[] = [], most = Infinity): string[] =>
    everyKind(entries(forms).map(({ tokens }) => patternOf(tokens)), accepting.map((one) => entries([one])), entries(open), most, work);
  it.each<[what: string, found: string[], expected: string[]]>([
    ['one, where nothing tells them apart', kinds(['?*'], []), ['x']],
    ['of a whole form only', kinds(['ab'], []), ['ab']],
    ['the shortest', kinds(['?', '??'], []), ['x']],
    ['in a pattern and not', kinds(['?*'], ['a*']), ['x', 'a']],
    ['in two, in each and in none', kinds(['?*'], ['a*', '*b']).sort(), ['a', 'ab', 'b', 'x']],
    ['how far a pattern is matched does not matter', kinds(['?'], ['ab', 'c']), ['x', 'c']],
    ['but does where more may follow', kinds(['?'], [], ['ab', 'cd']), ['x', 'a', 'c']],
    ['nor that more may follow on the same way', kinds(['?'], [], ['ab', 'a?']), ['x', 'a']],
    ['no more than one over as many as are asked for', kinds(['?'], ['a', 'b', 'c', 'd'], [], 2), ['x', 'a', 'b']],
  ])('%s', (_, found, expected) => { expect(found).toEqual(expected); });
});

/** What a search costs decides which are given up: what is lost is not walked, and more patterns cost more. */
describe('the work of a search', () => {
  const spent = (run: (work: Work) => unknown): number => { const mine = new Work(much); run(mine); return much - mine.left; };
  const made = (pattern: Written, mine: Work): Language => new Language(entries([pattern]), mine);
  const [some, more] = ['??', '????????'];
  it('does not grow behind what is lost', () => {
    const within = (rest: string): number => spent((mine) => { shortestText([made('b', mine), made(rest, mine)], [], mine); });
    expect(within(more)).toBe(within(some));
    const without = (rest: string): number => spent((mine) => { shortestText([made(rest, mine)], [made('?*', mine)], mine); });
    expect(without(more)).toBe(without(some));
    const forms = (rest: string): number => spent((mine) => { everyKind([plainGlob('b')], [entries([rest])], [], Infinity, mine); });
    expect(forms(more)).toBe(forms(some));
  });
  it('is none where all is lost from the start', () => { expect(spent((mine) => { shortestText([new Language([], mine), made('?', mine)], [], mine); })).toBe(0); });
  it('is less where the same was walked before, and more for more patterns', () => {
    const costs = [1, 2, 4].map((count) => {
      const mine = new Work(much);
      const languages = Array.from({ length: count }, () => made('????', mine));
      return [1, 2].map(() => { const { left } = mine; shortestText(languages, [], mine); return left - mine.left; });
    });
    for (const [first, again] of costs) expect(again).toBeLessThan(first!);
    const again = costs.map(([, one]) => one!);
    expect(again).toEqual([...again].sort((one, other) => one - other));
    expect(new Set(again).size).toBe(3);
  });
});
