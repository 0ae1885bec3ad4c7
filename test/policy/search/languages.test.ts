import { expect, it } from 'vitest';
import { plainGlob } from '../../../policy/pattern.ts';
import { entriesOf, Language, shortestText } from '../../../policy/search/languages.ts';
import { Work } from '../../../policy/search/work.ts';

const work = new Work(1_000_000);
const language = (...texts: string[]): Language => new Language(entriesOf(texts.map(plainGlob)), work);

it.each<[within: string[], without: string[], text: string | undefined]>([
  [['*'], [], 'x'], [['*'], ['*a'], 'x'], [['*'], ['?*'], undefined], [['a*b'], ['ab'], 'axb'], [['a*', '*b'], ['ab', 'axb'], 'ayb'], [['a*'], ['ab*'], 'a'], [['ab'], ['a?'], undefined],
])('finds in %j and not in %j the text %s', (within, without, text) => {
  expect(shortestText(within.map((one) => language(one)), without.length === 0 ? [] : [language(...without)], work)).toBe(text);
});
