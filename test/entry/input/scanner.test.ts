import { array, assert, constantFrom, integer, jsonValue, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scanner } from '../../../entry/input/scanner.ts';

interface Seen { readonly elements: readonly (readonly [string, string | undefined, number])[]; readonly documents: readonly (readonly [string, number])[]; readonly problems: readonly (readonly [string, number])[] }

function scan(chunks: readonly (string | Buffer)[]): Seen {
  const elements: [string, string | undefined, number][] = [];
  const documents: [string, number][] = [];
  const problems: [string, number][] = [];
  const scanner = new Scanner({
    element: ({ bytes, type, offset }) => { elements.push([bytes.toString('utf8'), type, offset]); },
    document: (text, offset) => { documents.push([text, offset]); },
    problem: (message, offset) => { problems.push([message, offset]); },
  });
  for (const chunk of chunks) scanner.feed(Buffer.from(chunk as string));
  scanner.end();
  return { elements, documents, problems };
}

const elements: Readonly<Record<string, readonly [string, Seen['elements']]>> = {
  'a snapshot': ['{"fileVersion":"1.0","configurationItems":[{"resourceType":"A"},{"resourceType":"B"}]}', [['{"resourceType":"A"}', 'A', 43], ['{"resourceType":"B"}', 'B', 64]]],
  'a snapshot with its list first': ['{"configurationItems":[{"resourceType":"A"}],"fileVersion":"1.0"}', [['{"resourceType":"A"}', 'A', 23]]],
  'a list in the middle, with spaces': ['{ "a" : { "configurationItems" : [ 1 ] } ,\n "configurationItems" : [ {"resourceType" : "A"} , 7 ] , "b" : null }\n', [['{"resourceType" : "A"}', 'A', 69], ['7', undefined, 94]]],
  'query results': ['{"Results":["{\\"resourceType\\":\\"A\\"}"],"QueryInfo":{}}', [['"{\\"resourceType\\":\\"A\\"}"', undefined, 12]]],
  'a bare list': ['[{"resourceType":"A"},{}]', [['{"resourceType":"A"}', 'A', 1], ['{}', undefined, 22]]],
  'two lists, one after the other': ['[1]\n[2]', [['1', undefined, 1], ['2', undefined, 5]]],
  'an empty list': ['{"configurationItems":[]}', []],
  'an empty bare list': [' [ ] ', []],
  'a byte order mark': ['\ufeff[{"resourceType":"A"}]', [['{"resourceType":"A"}', 'A', 4]]],
  'more than ASCII': ['[{"tags":{"größe":"日本 🚀"},"resourceType":"A"}]', [['{"tags":{"größe":"日本 🚀"},"resourceType":"A"}', 'A', 1]]],
  'escaped quotes and backslashes': ['[{"a":"x\\"]}\\\\","resourceType":"A"},{"b":"\\\\\\""}]', [['{"a":"x\\"]}\\\\","resourceType":"A"}', 'A', 1], ['{"b":"\\\\\\""}', undefined, 36]]],
  'brackets within texts': ['[{"a":"}]{[","b":[["}"]],"resourceType":"A"}]', [['{"a":"}]{[","b":[["}"]],"resourceType":"A"}', 'A', 1]]],
  'a resourceType of something within the item': ['[{"relationships":[{"resourceType":"B"}],"resourceType":"A"},{"x":{"resourceType":"B"}}]', [['{"relationships":[{"resourceType":"B"}],"resourceType":"A"}', 'A', 1], ['{"x":{"resourceType":"B"}}', undefined, 61]]],
  'resourceType as a value': ['[{"key":"resourceType","resourceType":"A"}]', [['{"key":"resourceType","resourceType":"A"}', 'A', 1]]],
  'a type that is not plain text': ['[{"resourceType":"AWS\\u003a"},{"resourceType":7}]', [['{"resourceType":"AWS\\u003a"}', undefined, 1], ['{"resourceType":7}', undefined, 30]]],
};

const documents: Readonly<Record<string, readonly [string, Seen['documents']]>> = {
  'a single item': ['{"resourceType":"A","configuration":{"x":[1]}}', [['{"resourceType":"A","configuration":{"x":[1]}}', 0]]],
  'JSON lines': ['{"a":1}\n{"b" : "é"}\n\n{}\n', [['{"a":1}', 0], ['{"b" : "é"}', 8], ['{}', 22]]],
  'a rule event': ['{"invokingEvent":"{\\"configurationItem\\":{}}","ruleParameters":"{}"}', [['{"invokingEvent":"{\\"configurationItem\\":{}}","ruleParameters":"{}"}', 0]]],
  'items of another name': ['{"configurationItems":null}', [['{"configurationItems":null}', 0]]],
};

const cut = 'the file ends in the middle of a document';
const problems: Readonly<Record<string, readonly [string, number, Seen['problems']]>> = {
  'text that is no JSON': ['hello, world, here', 0, [['expected JSON, found `hello, world`', 0]]],
  'bytes that are no text': ['\u0000\u0001x', 0, [['expected JSON, found `??x`', 0]]],
  'a member without quotes behind the list': ['{"configurationItems":[1],oops:2}', 1, [['expected a member, found `oops:2}`', 26]]],
  'a member without a value': ['{"a":}', 0, [['expected a value of `a`', 5]]],
  'a list closed as an object': ['[1,2}', 2, [['expected an element of the list', 4]]],
  'a second document that is broken': ['[1]\n!', 1, [['expected JSON, found `!`', 4]]],
  'an end within an item': ['[{"a":1},{"a":', 1, [[cut, 9]]],
  'an end within a text': ['[{"a":1},"abc', 1, [[cut, 9]]],
  'an end within a list': ['{"configurationItems":[{"a":1}', 1, [[cut, 31]]],
  'an end within the members': ['{"a":1,"b"', 0, [[cut, 7]]],
};

describe('Scanner', () => {
  it.each(Object.entries(elements))('finds the elements: %s', (_, [text, seen]) => {
    expect(scan([text])).toEqual({ elements: seen, documents: [], problems: [] });
  });
  it.each(Object.entries(documents))('keeps the document: %s', (_, [text, seen]) => {
    expect(scan([text])).toEqual({ elements: [], documents: seen, problems: [] });
  });
  it.each(Object.entries(problems))('names the problem, and keeps what came before: %s', (_, [text, count, seen]) => {
    const { elements: found, problems: named } = scan([text]);
    expect([found.length, named]).toEqual([count, seen]);
  });
  it.each(Object.entries({ ...elements, ...documents }))('reads the same byte by byte: %s', (_, [text]) => {
    expect(scan([...Buffer.from(text)].map((byte) => Buffer.from([byte])))).toEqual(scan([text]));
  });
  it('gives the same elements however the bytes are cut into chunks', () => {
    const item = record({ resourceType: constantFrom('A', 'B"\\', 'é'), configuration: jsonValue({ maxDepth: 3 }), note: string({ unit: 'binary' }) });
    const form = constantFrom<(items: readonly object[]) => string>(
      (items) => JSON.stringify({ fileVersion: '1.0', configurationItems: items, after: { x: [] } }),
      (items) => JSON.stringify(items, null, 2), (items) => `\ufeff${JSON.stringify({ Results: items.map((one) => JSON.stringify(one)) })}`,
      (items) => items.map((one) => JSON.stringify(one)).join('\n'),
    );
    assert(property(array(item, { maxLength: 4 }), form, array(integer({ min: 0, max: 400 }), { maxLength: 12 }), (items, write, cuts) => {
      const bytes = Buffer.from(write(items));
      const places = [0, ...cuts.map((one) => Math.min(one, bytes.length)).sort((a, b) => a - b), bytes.length];
      expect(scan(places.slice(1).map((end, i) => bytes.subarray(places[i], end)))).toEqual(scan([bytes]));
    }));
  });
});
