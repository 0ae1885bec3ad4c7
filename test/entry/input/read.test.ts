import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesBelow, type InputProblem } from '../../../entry/input/files.ts';
import { readItems } from '../../../entry/input/read.ts';
import { jsonFault } from '../../support/json-fault.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'perimeter-test-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });
const short = (text: string): string => text.replaceAll(folder, '~');

async function read(content: string | Buffer, name = 'file'): Promise<{ items: string[]; places: string[]; problems: string[]; bytes: number; progress: number }> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const items: string[] = [];
  const places: string[] = [];
  const problems: string[] = [];
  let progress = 0;
  const { bytes } = await readItems({ path, size: content.length }, {
    item: (one) => { items.push(one.bytes.toString('utf8')); places.push(one.place); },
    problem: ({ place, message }) => { problems.push(`${place}: ${message}`); },
    progress: (more) => { progress += more; },
  });
  return { items, places, problems, bytes, progress };
}

const item = '{"resourceType":"A"}';
const event = JSON.stringify({ messageType: 'ConfigurationItemChangeNotification', configurationItem: { resourceType: 'A' } });
const notDelivered = 'not a file that AWS Config delivers: expected a snapshot, a history file, query results, an item or a rule event';

const forms: Readonly<Record<string, readonly [string, readonly string[], readonly string[]]>> = {
  'a snapshot': [`{"configurationItems":[${item},${item}]}`, [item, item], []],
  'query results': [JSON.stringify({ Results: [item] }), [item], []],
  'a bare list': [`[${item}]`, [item], []],
  'JSON lines': [`${item}\n${item}\n`, [item, item], []],
  'a single item': [item, [item], []],
  'a rule event': [JSON.stringify({ version: '1.0', invokingEvent: event, ruleParameters: '{}' }), [item], []],
  'an invoking event by itself': [event, [item], []],
  'an empty list': ['{"configurationItems":[]}', [], []],
  'an oversized notification': [
    JSON.stringify({ invokingEvent: JSON.stringify({ messageType: 'OversizedConfigurationItemChangeNotification', configurationItemSummary: {} }) }), [],
    ['byte 0: an oversized notification holds no configuration: get the item with `aws configservice get-resource-config-history`'],
  ],
  'a scheduled notification': [JSON.stringify({ messageType: 'ScheduledNotification' }), [], ['byte 0: a `ScheduledNotification` holds no item']],
  'a document of something else': ['{"Version":"2012-10-17"}', [], [`byte 0: ${notDelivered}`]],
  'an invoking event that is no object': ['{"invokingEvent":"null"}', [], [`byte 0: ${notDelivered}`]],
  'an empty file': ['', [], ['byte 0: the file is empty']],
  'a file of white space': [' \n\t', [], ['byte 0: the file is empty']],
  'a result that is no JSON text': ['{"Results":["\\x", "{}"]}', ['{}'], [`item 1, byte 12: a result is not JSON text: ${jsonFault('"\\x"')}`]],
};

describe('readItems', () => {
  it.each(Object.entries(forms))('reads %s', async (_, [text, items, problems]) => {
    const seen = await read(text);
    expect({ items: seen.items, problems: seen.problems, bytes: seen.bytes }).toEqual({ items, problems, bytes: Buffer.byteLength(text) });
  });
  it('says where an item stood', async () => {
    expect((await read(`[${item},${item}]`)).places).toEqual(['item 1, byte 1', 'item 2, byte 22']);
  });
  it.each(['snapshot.json.gz', 'snapshot.json', 'snapshot'])('unzips by content, whatever the name: %s', async (name) => {
    const zipped = gzipSync(`[${item}]`);
    expect(await read(zipped, name)).toEqual({ items: [item], places: ['item 1, byte 1'], problems: [], bytes: 22, progress: zipped.length });
  });
  it('reads plain text whose name says gzip', async () => {
    expect((await read(`[${item}]`, 'snapshot.json.gz')).items).toEqual([item]);
  });
  it('keeps the items before the end of a truncated gzip file', async () => {
    const zipped = gzipSync(`[${item},{"rest":"${'x'.repeat(1000)}"}]`, { level: 0 });
    expect(await read(zipped.subarray(0, 500))).toMatchObject({ items: [item], problems: [expect.stringMatching(/^byte \d+: the gzip stream ends too early: fetch the file again$/)] });
  });
  it('names a gzip file that is damaged', async () => {
    expect((await read(Buffer.from([0x1f, 0x8b, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]))).problems).toEqual(['byte 0: cannot be read: unknown compression method']);
  });
  it('names a file that is gone', async () => {
    const problems: InputProblem[] = [];
    await readItems({ path: join(folder, 'gone.json'), size: 1 }, { item: () => undefined, progress: () => undefined, problem: (one) => { problems.push(one); } });
    expect(problems.map(({ message }) => short(message))).toEqual(["cannot be read: ENOENT: no such file or directory, open '~/gone.json'"]);
  });
});

describe('filesBelow', () => {
  const list = (...paths: string[]): { files: string[]; problems: string[] } => {
    const problems: string[] = [];
    const files = filesBelow(paths.map((path) => join(folder, path)), ({ file, message }) => { problems.push(short(`${file}: ${message}`)); });
    return { files: files.map(({ path, size }) => `${short(path)} ${size}`), problems };
  };
  it('takes JSON from folders, sorted, and whatever is named itself', () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    for (const name of ['a/z.json', 'a/b/x.jsonl', 'a/b/y.json.gz', 'a/readme.md', 'notes']) writeFileSync(join(folder, name), '[]');
    expect(list('notes', 'a')).toEqual({ files: ['~/notes 2', '~/a/b/x.jsonl 2', '~/a/b/y.json.gz 2', '~/a/z.json 2'], problems: [] });
  });
  it('names a folder without JSON', () => {
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a/readme.md'), '');
    expect(list('a')).toEqual({ files: [], problems: ['~/a: the folder holds no JSON files; name the folder or file that AWS Config delivered'] });
  });
  it('names a path that is missing, and goes on', () => {
    writeFileSync(join(folder, 'a.json'), '[]');
    expect(list('gone', 'a.json')).toEqual({ files: ['~/a.json 2'], problems: ['~/gone: there is no such file or folder'] });
  });
  it('reads a folder once that links to itself', () => {
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a/x.json'), '[]');
    symlinkSync('..', join(folder, 'a/up'));
    symlinkSync('.', join(folder, 'a/self'));
    expect(list('a')).toEqual({ files: ['~/a/x.json 2'], problems: [] });
  });
});
