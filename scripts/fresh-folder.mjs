import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Whether a step was taken; not, where it fails with one of these codes. */
function isDone(step, ...codes) {
  try { step(); return true; } catch (error) { if (codes.includes(error.code)) return false; throw error; }
}

/**
 * A folder for what is to take the place of another, which stays as it is until `putInPlace`. It lies beside it, for within a file system alone is a
 * rename one step. However the process ends, nothing else stays.
 */
export function freshFolder(place) {
  const beside = mkdtempSync(join(dirname(place), `.${basename(place)}-`));
  const [fresh, old] = ['fresh', 'old'].map((name) => join(beside, name));
  mkdirSync(fresh);
  // Somebody else's may come in its place at any moment: then the last wins.
  const put = (folder, ...codes) => isDone(() => { renameSync(folder, place); }, 'ENOTEMPTY', 'EEXIST', ...codes);
  process.once('exit', () => {
    // It failed between the two renames, if there is an old one.
    put(old, 'ENOENT');
    rmSync(beside, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => { process.exit(1); });
  const putInPlace = () => {
    do {
      rmSync(old, { recursive: true, force: true });
      isDone(() => { renameSync(place, old); }, 'ENOENT');
    } while (!put(fresh));
    rmSync(beside, { recursive: true });
  };
  return { fresh, putInPlace };
}
