import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Note { readonly index: number; readonly file: string; readonly place: string }
interface Aside { readonly note: Note; readonly bytes: Buffer }

/** Items put aside on disk until everything has been read, so that memory stays flat. */
export class Spool {
  readonly #folder = mkdtempSync(join(tmpdir(), 'perimeter-'));
  readonly #file = openSync(join(this.#folder, 'items'), 'w+');
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #written = 0;

  /** Tells where the item lies, for `at`. */
  add(note: Note, bytes: Buffer): number {
    const start = this.#written + this.#pendingBytes;
    const head = Buffer.from(JSON.stringify(note));
    const sizes = Buffer.alloc(8);
    sizes.writeUInt32LE(head.length, 0);
    sizes.writeUInt32LE(bytes.length, 4);
    this.#pending.push(sizes, head, Buffer.from(bytes));
    this.#pendingBytes += 8 + head.length + bytes.length;
    if (this.#pendingBytes > 1 << 20) this.#flush();
    return start;
  }

  #flush(): void {
    for (const bytes of this.#pending) this.#written += writeSync(this.#file, bytes, 0, bytes.length, this.#written);
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  at(start: number): Aside {
    this.#flush();
    const sizes = Buffer.alloc(8);
    readSync(this.#file, sizes, 0, 8, start);
    const [head, body] = [Buffer.alloc(sizes.readUInt32LE(0)), Buffer.alloc(sizes.readUInt32LE(4))];
    readSync(this.#file, head, 0, head.length, start + 8);
    readSync(this.#file, body, 0, body.length, start + 8 + head.length);
    return { note: JSON.parse(head.toString('utf8')) as Note, bytes: body };
  }

  *items(): Generator<Aside> {
    this.#flush();
    const sizes = Buffer.alloc(8);
    for (let start = 0; start < this.#written; start += 8 + sizes.readUInt32LE(0) + sizes.readUInt32LE(4)) {
      readSync(this.#file, sizes, 0, 8, start);
      yield this.at(start);
    }
  }

  remove(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
