import { SingleBar } from 'cli-progress';

const LONG_INPUT = 32 * 1024 * 1024;

export interface ProgressBar { readonly update: (done: number, total: number) => void; readonly stop: () => void }

/** A bar on standard error, shown only on a terminal and only for what takes a while: bytes to read, unless said otherwise. */
export function progressBar(what = 'reading', shownFrom = LONG_INPUT): ProgressBar | undefined {
  if (!process.stderr.isTTY) return undefined;
  let bar: SingleBar | undefined;
  return {
    update(done, total) {
      if (total < shownFrom) return;
      if (bar === undefined) { bar = new SingleBar({ format: `${what} {bar} {percentage}% {eta_formatted} left`, hideCursor: true, clearOnComplete: true }); bar.start(total, 0); }
      bar.update(done);
    },
    stop() { bar?.stop(); },
  };
}
