/** Writes examples/breached and examples/sound from scripts/examples/: `npm run examples`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { exampleFiles } from './examples/files.ts';

const root = join(import.meta.dirname, '..', 'examples');

/** Node writes neither name nor time; only the byte that names the machine's system differs from one to the next. */
function gzipped(text: string): Buffer {
  const bytes = gzipSync(text, { level: 9 });
  bytes[9] = 255;
  return bytes;
}

for (const state of ['breached', 'sound'] as const) {
  rmSync(join(root, state), { recursive: true, force: true });
  for (const { path, text } of exampleFiles(state)) {
    const target = join(root, state, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, path.endsWith('.gz') ? gzipped(text) : text);
  }
}
