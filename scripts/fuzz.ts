import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inputAt } from './fuzz/inputs.ts';
import type { Report, Work } from './fuzz/worker.ts';

/**
 * Feeds parsePolicy, ask, askTogether and compare with anything for a bounded time. A policy that cannot be read is an error with its
 * place; one that can is answered, soon, by itself, beside another and against it, and whoever is said to get in gets in by `decide`.
 * `--seed` repeats a run, `--case` one case of it.
 */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' }, case: { type: 'string' } } });
const seed = Number(values.seed);
const MOST_SHOWN = 2_000;
/** A case that takes this long counts as one that never ends. */
const HANG = 30_000;

function shown(text: string): string {
  const folded = text.replace(/(.{1,20}?)\1{19,}/gs, (whole: string, part: string) => `${part}‹${whole.length / part.length} times›`);
  return folded.length <= MOST_SHOWN ? folded : `${folded.slice(0, MOST_SHOWN)}… (${text.length} characters)`;
}
const show = (kind: string, detail: string, index: number, text: string, original: string): void => {
  process.exitCode = 1;
  console.log(`${kind}${detail === '' ? '' : `: ${shown(detail)}`}\n  again with --seed ${seed} --case ${index}\n  input ${shown(text)}${text === original ? '' : `\n  shrunk from ${original.length} characters`}`);
};

const end = performance.now() + (values.case === undefined ? Number(values.seconds) * 1_000 : 1);
const seen = new Set<string>();

/** Runs cases in a process of its own from the given one on; after one that does not end, another goes on behind it. */
function run(first: number): void {
  const work: Work = { seed, first, milliseconds: end - performance.now(), seen: [...seen] };
  const worker = fork(fileURLToPath(new URL('./fuzz/worker.ts', import.meta.url)), [JSON.stringify(work)]);
  let [current, since, isStuck] = [first, performance.now(), false];
  const watch = setInterval(() => {
    if (performance.now() - since < HANG) return;
    isStuck = true;
    worker.kill('SIGKILL');
  }, 1_000);
  worker.on('message', (report: Report) => {
    since = performance.now();
    if ('at' in report) current = report.at;
    else if ('failure' in report) {
      seen.add(report.failure.kind);
      show(report.failure.kind, report.failure.detail, report.index, report.input.text, report.original.text);
    } else {
      const { cases, slowest, slowestIndex, byName } = report.done;
      console.log(`${cases} cases of seed ${seed} from ${first} on (${Object.entries(byName).map(([name, count]) => `${count} ${name}`).join(', ')}); the slowest, ${slowestIndex}, took ${slowest.toFixed(0)} ms`);
    }
  });
  worker.on('exit', (code) => {
    clearInterval(watch);
    if (code !== 0) process.exitCode = 1;
    if (!isStuck) return;
    const { text, name } = inputAt(seed, current);
    show('a case that does not end', name, current, text, text);
    if (performance.now() < end) run(current + 1);
  });
}
run(Number(values.case ?? 0));
