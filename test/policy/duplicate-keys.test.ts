import fc from 'fast-check';
import { expect, it } from 'vitest';
import { duplicateKey } from '../../policy/duplicate-keys.ts';

const found = (text: string): string | undefined => duplicateKey(text, JSON.parse(text));

it.each<[text: string, place: string | undefined]>([
  ['{}', undefined], ['[]', undefined], ['null', undefined], ['"a"', undefined], ['{"a":1,"b":1}', undefined],
  ['{"a":1,"a":1}', '/a'], ['{"a":1,"b":2,"a":3}', '/a'], ['{"a":null,"a":null}', '/a'], ['{"a" \n\t:1,"a"\r :1}', '/a'],
  // The same member of two objects is no duplicate.
  ['[{"a":1},{"a":1}]', undefined], ['{"a":{"a":{"a":1}}}', undefined], ['{"a":{"b":1},"b":{"a":1}}', undefined],
  // The place counts the commas of lists, not those within texts or inner lists.
  ['{"Statement":[{"a":1},{"a":1,"a":2}]}', '/Statement/1/a'], ['{"s":[1,[2,3,4],"5,6",{"x":0},{"b":1,"b":2}]}', '/s/4/b'], ['[[],[[0],[{"c":1,"c":1}]]]', '/1/1/0/c'],
  ['{"s":{"t":[{"u":{"a":1,"b":2,"a":3}}]}}', '/s/t/0/u/a'], ['{"b":{"c":[]},"d":1,"d":1}', '/d'],
  // Texts that look like members, and quotes that do not end a text.
  ['{"a":"\\"a\\":1"}', undefined], ['{"a":"a","b":"a:"}', undefined], ['["a","a"]', undefined], ['["a",{"a":"a"}]', undefined],
  ['{"a\\"":1,"a\\"":2}', '/a"'], ['{"a\\\\":1,"a\\\\":2}', '/a\\'], ['{"\\\\\\"":1,"\\\\\\"":2}', '/\\"'], ['{"a":"\\\\","a":"\\\\"}', '/a'],
  // One text that ends like a name, and one name that is lost.
  ['{"a":"b:","a":1}', '/a'],
  // Quotes and colons where a text begins or ends, and lists that hold as many as are lost.
  ['{"":":","":1}', '/'], ['{":":":",":" :":"}', '/:'], ['["\\":",{"a":": ","a":"}"}]', '/1/a'], ['{"a":[1],"a":[1]}', '/a'], ['{"a" :1,"a":1}', '/a'], ['{"a"  :1,"a":1}', '/a'], ['{"a":{"b":1},"a":{"c":2}}', '/a'], ['{"a":null,"b":{"c":null,"c":1}}', '/b/c'],
  ['{"a":["x",":"],"b":[{"x":","},",",{"c":1,"c":2}]}', '/b/2/c'], ['{"a":"{","b":"[","b":1}', '/b'], ['{"a":"]}","b":{"c":"x","c":1}}', '/b/c'], ['{"a":"\\\\","b":"\\\":\\\"","a":1}', '/a'],
  // A name is the same however it is spelled.
  ['{"a":1,"\\u0061":2}', '/a'], ['{"a":1,"A":2}', undefined],
])('finds in %s the member %s', (text, place) => { expect(found(text)).toBe(place); });

it('finds none in what was written from an object', () => {
  fc.assert(fc.property(fc.json({ maxDepth: 4 }), (text) => { expect(found(text)).toBeUndefined(); }), { seed: 20261126 });
});
it('finds the one that was put in twice', () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, pick) => {
    const names = Object.keys(object);
    const name = names[pick % names.length]!;
    const members = [...names, name].map((one) => `${JSON.stringify(one)} : ${JSON.stringify(object[one])}`);
    expect(found(`{ ${members.join(' , ')} }`)).toBe(`/${name.replace(/[~/]/g, (one) => `~${'~/'.indexOf(one)}`)}`);
  }), { seed: 20261126 });
});
