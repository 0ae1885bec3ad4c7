import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface InputFile { readonly path: string; readonly size: number }
export interface InputProblem { readonly file: string; readonly place: string; readonly message: string }

const readable = /\.(json|jsonl|ndjson|json\.gz|gz)$/i;

/** The files below the paths, sorted by name; in folders only JSON, plain or gzipped. A folder reached twice is read once. */
export function filesBelow(paths: readonly string[], problem: (problem: InputProblem) => void): InputFile[] {
  const files: InputFile[] = [];
  const seen = new Set<string>();
  const visit = (path: string, given: boolean): void => {
    try {
      const stats = statSync(path);
      if (stats.isDirectory()) {
        const real = realpathSync(path);
        if (seen.has(real)) return;
        seen.add(real);
        const before = files.length;
        for (const name of readdirSync(path).sort()) visit(join(path, name), false);
        if (given && files.length === before) problem({ file: path, place: '', message: 'the folder holds no JSON files; name the folder or file that AWS Config delivered' });
      } else if (given || (readable.test(path) && stats.isFile())) files.push({ path, size: stats.size });
    } catch (error) {
      problem({ file: path, place: '', message: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file or folder' : (error as Error).message });
    }
  };
  for (const path of paths) visit(path, true);
  return files;
}
