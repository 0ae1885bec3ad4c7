import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Items put aside on disk until everything has been read, so that memory stays flat. */
export class Spool {
  readonly #folder = mkdtempSync(join(tmpdir(), 'perimeter-'));
  readonly #file = openSync(join(this.#folder, 'items'), 'w+');
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #written = 0;

  add(note: { readonly index: number; readonly file: string; readonly place: string }, bytes: Buffer): void {
    const head = Buffer.from(JSON.stringify(note));
    const sizes = Buffer.alloc(8);
    sizes.writeUInt32LE(head.length, 0);
    sizes.writeUInt32LE(bytes.length, 4);
    this.#pending.push(sizes, head, Buffer.from(bytes));
    this.#pendingBytes += 8 + head.length + bytes.length;
    if (this.#pendingBytes > 1 << 20) this.#flush();
  }

  #flush(): void {
    for (const bytes of this.#pending) this.#written += writeSync(this.#file, bytes, 0, bytes.length, this.#written);
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  *items(): Generator<{ readonly note: { readonly index: number; readonly file: string; readonly place: string }; readonly bytes: Buffer }> {
    this.#flush();
    const sizes = Buffer.alloc(8);
    for (let at = 0; at < this.#written;) {
      readSync(this.#file, sizes, 0, 8, at);
      const [head, body] = [Buffer.alloc(sizes.readUInt32LE(0)), Buffer.alloc(sizes.readUInt32LE(4))];
      readSync(this.#file, head, 0, head.length, at + 8);
      readSync(this.#file, body, 0, body.length, at + 8 + head.length);
      at += 8 + head.length + body.length;
      yield { note: JSON.parse(head.toString('utf8')) as { index: number; file: string; place: string }, bytes: body };
    }
  }

  remove(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
