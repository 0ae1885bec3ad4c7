/**
 * Finds the elements of `configurationItems` or `Results` in a stream of JSON without parsing them, so that items no rule
 * reads cost little. Works on bytes; UTF-8 needs no care, since every mark of JSON is a byte of its own.
 */
const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, COLON] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a];
const BYTE_ORDER_MARK = 0xef;
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export interface Element {
  readonly bytes: Buffer;
  /** What `resourceType` of the item itself says, if it says so as plain text. */
  readonly type: string | undefined;
  /** Where the element starts, in bytes of the uncompressed file. */
  readonly offset: number;
}
export interface Sink {
  /** An element of `configurationItems`, of `Results`, or of a list that is the whole document. */
  readonly element: (element: Element) => void;
  /** A document that is no such list: its members, still as text. */
  readonly document: (text: string, offset: number) => void;
  readonly problem: (message: string, offset: number) => void;
}

/** Members of documents that are not lists are kept up to this many bytes. */
const MOST_KEPT = 64 * 1024 * 1024;

export class Scanner {
  readonly #sink: Sink;
  #carry: Buffer = Buffer.alloc(0);
  /** Offset of the carry's first byte. */
  #offset = 0;
  #state: 'document' | 'members' | 'elements' | 'broken' = 'document';
  #isBareList = false;
  #sawDocument = false;
  #sawList = false;
  #kept: string[] = [];
  #keptBytes = 0;
  #start = 0;
  #type: string | undefined;

  constructor(sink: Sink) { this.#sink = sink; }

  feed(chunk: Buffer): void {
    if (this.#state === 'broken') { this.#offset += chunk.length; return; }
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    const used = this.#consume(bytes, false);
    this.#carry = Buffer.from(bytes.subarray(used));
    this.#offset += used;
  }

  end(): void {
    if (this.#state === 'broken') return;
    const used = this.#consume(Buffer.concat([this.#carry, Buffer.from('\n')]), true);
    // What the last step broke at has been named.
    if ((this.#state as string) === 'broken') return;
    const left = this.#carry.subarray(Math.min(used, this.#carry.length));
    if (this.#state !== 'document' || left.some((byte) => !isSpace(byte))) this.#sink.problem('the file ends in the middle of a document', this.#offset + used);
    else if (!this.#sawDocument) this.#sink.problem('the file is empty', 0);
  }

  #break(message: string, at: number): void {
    this.#state = 'broken';
    this.#sink.problem(message, this.#offset + at);
  }

  /** Works through the bytes as far as they hold whole elements; returns how many are done with. */
  #consume(bytes: Buffer, last: boolean): number {
    let at = 0;
    for (;;) {
      while (at < bytes.length && (isSpace(bytes[at]!) || (this.#state !== 'document' && bytes[at] === COMMA))) at++;
      if (at >= bytes.length) return at;
      if (this.#state === 'document') {
        const mark = bytes[at]!;
        if (mark === BYTE_ORDER_MARK && this.#offset + at === 0) {
          if (bytes.length < 3 && !last) return at;
          at += 3;
          continue;
        }
        this.#start = this.#offset + at;
        this.#sawDocument = true;
        if (mark === OPEN) { this.#state = 'members'; this.#kept = []; this.#keptBytes = 0; this.#sawList = false; at++; }
        else if (mark === OPEN_LIST) { this.#state = 'elements'; this.#isBareList = true; at++; }
        else if (mark === COMMA) at++;
        else { this.#break(`expected JSON, found \`${printable(bytes.subarray(at, at + 12))}\``, at); return at; }
      } else if (this.#state === 'elements') {
        if (bytes[at] === CLOSE_LIST) {
          this.#state = this.#isBareList ? 'document' : 'members';
          this.#isBareList = false;
          at++;
          continue;
        }
        const end = this.#valueEnd(bytes, at, true);
        if (end === undefined) return last ? this.#cutShort(at) : at;
        if (end < 0) { this.#break('expected an element of the list', at); return at; }
        this.#sink.element({ bytes: bytes.subarray(at, end), type: this.#type, offset: this.#offset + at });
        at = end;
      } else {
        if (bytes[at] === CLOSE) {
          if (!this.#sawList) this.#sink.document(`{${this.#kept.join(',')}}`, this.#start);
          this.#state = 'document';
          at++;
          continue;
        }
        const done = this.#member(bytes, at, last);
        if (done === undefined) return at;
        at = done;
        if ((this.#state as string) === 'broken') return at;
      }
    }
  }

  /** One member of the document's object: a list to go into, or a value to keep. */
  #member(bytes: Buffer, at: number, last: boolean): number | undefined {
    const keyEnd = bytes[at] === QUOTE ? stringEnd(bytes, at) : -1;
    if (keyEnd === undefined) return last ? this.#cutShort(at) : undefined;
    let value = keyEnd;
    if (keyEnd > 0) while (value < bytes.length && isSpace(bytes[value]!)) value++;
    if (keyEnd > 0 && value >= bytes.length) return last ? this.#cutShort(at) : undefined;
    if (keyEnd < 0 || bytes[value] !== COLON) { this.#break(`expected a member, found \`${printable(bytes.subarray(at, at + 12))}\``, at); return at; }
    value++;
    while (value < bytes.length && isSpace(bytes[value]!)) value++;
    if (value >= bytes.length) return last ? this.#cutShort(at) : undefined;
    const key = bytes.toString('latin1', at + 1, keyEnd - 1);
    if ((key === 'configurationItems' || key === 'Results') && bytes[value] === OPEN_LIST) {
      this.#state = 'elements';
      this.#sawList = true;
      return value + 1;
    }
    const end = this.#valueEnd(bytes, value, false);
    if (end === undefined) return last ? this.#cutShort(at) : undefined;
    if (end < 0) { this.#break(`expected a value of \`${key}\``, value); return at; }
    this.#keptBytes += end - at;
    if (this.#keptBytes > MOST_KEPT) this.#break('the document holds no list of items and is too large to be one item', at);
    else this.#kept.push(bytes.toString('utf8', at, end));
    return end;
  }

  #cutShort(at: number): number {
    this.#break('the file ends in the middle of a document', at);
    return at;
  }

  /** The end of the value at `at`; `undefined`: not all there yet; negative: no value. Notes an item's own resourceType on the way. */
  #valueEnd(bytes: Buffer, at: number, isElement: boolean): number | undefined {
    this.#type = undefined;
    const mark = bytes[at]!;
    if (mark === QUOTE) return stringEnd(bytes, at);
    if (mark !== OPEN && mark !== OPEN_LIST) {
      let end = at;
      while (end < bytes.length && !isSpace(bytes[end]!) && bytes[end] !== COMMA && bytes[end] !== CLOSE && bytes[end] !== CLOSE_LIST) end++;
      return end >= bytes.length ? undefined : end === at ? -1 : end;
    }
    let depth = 0;
    for (let i = at; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === QUOTE) {
        const end = stringEnd(bytes, i);
        if (end === undefined) return undefined;
        if (isElement && depth === 1 && this.#type === undefined && end - i === 14 && bytes.toString('latin1', i + 1, end - 1) === 'resourceType') this.#type = textAfter(bytes, end);
        i = end - 1;
      } else if (byte === OPEN || byte === OPEN_LIST) depth++;
      else if ((byte === CLOSE || byte === CLOSE_LIST) && --depth === 0) return i + 1;
    }
    return undefined;
  }
}

/** The place behind a string's closing quote; `undefined`: it is not there yet. */
function stringEnd(bytes: Buffer, at: number): number | undefined {
  let end = bytes.indexOf(QUOTE, at + 1);
  while (end >= 0) {
    let slashes = 0;
    while (bytes[end - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
    end = bytes.indexOf(QUOTE, end + 1);
  }
  return undefined;
}

/** The text of a member behind its key, where it is plain. */
function textAfter(bytes: Buffer, at: number): string | undefined {
  let i = at;
  while (i < bytes.length && (isSpace(bytes[i]!) || bytes[i] === COLON)) i++;
  const end = bytes[i] === QUOTE ? stringEnd(bytes, i) : undefined;
  const text = end === undefined ? undefined : bytes.toString('latin1', i + 1, end - 1);
  return text?.includes('\\') === true ? undefined : text;
}

const printable = (bytes: Buffer): string => bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '?');
