import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { InputFile, InputProblem } from './files.ts';
import { Scanner, type Element } from './scanner.ts';

/** One item as it was delivered: still bytes, with its type where that could be told without parsing. */
export interface DeliveredItem { readonly bytes: Buffer; readonly type: string | undefined; readonly file: string; readonly place: string }
export interface Reader {
  readonly item: (item: DeliveredItem) => void;
  readonly problem: (problem: InputProblem) => void;
  /** Bytes of the file read since the last call. */
  readonly progress: (bytes: number) => void;
}

const CHUNK = 256 * 1024;

/** Reads one file of whatever AWS Config delivers, gzipped or not, and hands its items out as they come by. */
export async function readItems(file: InputFile, { item, problem, progress }: Reader): Promise<{ bytes: number }> {
  let bytes = 0;
  let found = 0;
  const report = (message: string, offset: number): void => { problem({ file: file.path, place: `byte ${offset}`, message }); };
  const deliver = ({ bytes: raw, type, offset }: Element): void => {
    found++;
    const place = `item ${found}, byte ${offset}`;
    // Advanced queries give each result as the JSON text of an item.
    if (raw[0] !== 0x22) { item({ bytes: raw, type, file: file.path, place }); return; }
    try { item({ bytes: Buffer.from(JSON.parse(raw.toString('utf8')) as string), type: undefined, file: file.path, place }); } catch (error) {
      problem({ file: file.path, place, message: `a result is not JSON text: ${(error as Error).message}` });
    }
  };
  const scanner = new Scanner({
    element: deliver, problem: report,
    document: (text, offset) => { documentItems(text, (raw) => { found++; item({ bytes: Buffer.from(raw), type: undefined, file: file.path, place: `byte ${offset}` }); }, (message) => { report(message, offset); }); },
  });
  try {
    const gzipped = await isGzip(file.path);
    const source = createReadStream(file.path, { highWaterMark: CHUNK });
    const stream = gzipped ? source.pipe(createGunzip({ chunkSize: CHUNK })) : source;
    source.on('data', (chunk) => { progress(chunk.length); });
    source.on('error', (error) => { stream.destroy(error); });
    for await (const chunk of stream as AsyncIterable<Buffer>) { bytes += chunk.length; scanner.feed(chunk); }
    scanner.end();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    report(code === 'Z_BUF_ERROR' ? 'the gzip stream ends too early: fetch the file again' : `cannot be read: ${(error as Error).message}`, bytes);
  }
  return { bytes };
}

async function isGzip(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { start: 0, end: 1 }) as AsyncIterable<Buffer>) return chunk[0] === 0x1f && chunk[1] === 0x8b;
  return false;
}

/** Items of a document that is no list: an item by itself, or the event that a rule was invoked with. */
function documentItems(text: string, item: (text: string) => void, problem: (message: string) => void): void {
  let parsed: unknown;
  try { parsed = JSON.parse(text); } catch (error) { problem(`not JSON: ${(error as Error).message}`); return; }
  const value = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>;
  if (typeof value['invokingEvent'] === 'string') { documentItems(value['invokingEvent'], item, problem); return; }
  if (typeof value['configurationItem'] === 'object' && value['configurationItem'] !== null) item(JSON.stringify(value['configurationItem']));
  else if (value['configurationItemSummary'] !== undefined) problem('an oversized notification holds no configuration: get the item with `aws configservice get-resource-config-history`');
  else if (typeof value['resourceType'] === 'string') item(text);
  else if (typeof value['messageType'] === 'string') problem(`a \`${value['messageType']}\` holds no item`);
  else problem('not a file that AWS Config delivers: expected a snapshot, a history file, query results, an item or a rule event');
}
