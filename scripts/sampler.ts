import { parseArgs } from 'node:util';
import { PolicyError, type QuestionKind } from '../policy/index.ts';
import { seeded, type Random } from './bench/random.ts';
import { told } from './sampler/definitions.ts';
import { look, search, shrunk, STARTS } from './sampler/look.ts';
import { togetherTrial } from './sampler/together.ts';
import { comparingTrial, kinds, singleTrial, type Trial } from './sampler/trials.ts';

/**
 * Looks for wrong answers of the engine without its own classes: makes policies, definitions and requests that outsiders
 * can send by AWS's text, puts the requests to `decide`, and holds the engine to that. Where the engine says outside, its
 * witness is looked at, and now and then the sampler searches too: how often it finds a request there by itself is what
 * its silence about the others is worth.
 */
const subjects = [...kinds, 'together', 'compare'] as const;
const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, seconds: { type: 'string', default: '60' }, about: { type: 'string' } } });
const [seed, seconds] = [Number(values.seed), Number(values.seconds)];
if (!(seed > 0 && seconds > 0) || (values.about !== undefined && !subjects.some((one) => one === values.about))) {
  console.error(`--seed and --seconds take positive numbers, --about one of ${subjects.join(', ')}`);
  process.exit(2);
}
const MOST_SHOWN = 5;
/** Every so many answers `outside` the sampler searches as well. */
const ALSO_SEARCHED = 8;

function trialOf(random: Random): Trial {
  const about = values.about ?? random.pick(subjects);
  return about === 'together' ? togetherTrial(random) : about === 'compare' ? comparingTrial(random) : singleTrial(random, about as QuestionKind);
}

const answers = { inside: 0, outside: 0, undecided: 0 };
let [requests, searched, found] = [0, 0, 0];
const wrong = new Map<string, number>();
const end = performance.now() + seconds * 1000;
for (let run = 0; performance.now() < end; run++) {
  const random = seeded(seed * 1_000_003 + run);
  let trial: Trial;
  try { trial = trialOf(random); } catch (error) { throw error instanceof PolicyError ? new Error(`run ${run} of seed ${seed} made a policy that cannot be read: ${error.message}`) : error; }
  const seen = look(trial, random, STARTS);
  requests += seen.requests;
  if (++answers[seen.answer] % ALSO_SEARCHED === 0 && seen.answer === 'outside' && seen.wrong === undefined) { searched++; if (search(trial, random, STARTS).request !== undefined) found++; }
  if (seen.wrong === undefined) continue;
  const times = (wrong.get(seen.wrong.kind) ?? 0) + 1;
  wrong.set(seen.wrong.kind, times);
  if (times > MOST_SHOWN) continue;
  const small = shrunk(trial, seen.wrong, seed);
  console.log(`${small.wrong.kind}: ${small.trial.about}, run ${run} of seed ${seed}\n  definition ${JSON.stringify(told(small.trial.definition))}`);
  for (const [name, one] of Object.entries(small.trial.documents)) console.log(`  ${name} ${JSON.stringify(one)}`);
  console.log(`  ${small.wrong.text}`);
}
const asked = answers.inside + answers.outside + answers.undecided;
console.log(`seed ${seed}: ${asked} questions, ${answers.inside} inside, ${answers.outside} outside, ${answers.undecided} undecided; ${requests} requests tried against the inside ones`);
console.log(`where the engine says outside, the sampler finds a request by itself in ${found} of ${searched} cases`);
for (const [kind, times] of wrong) console.log(`${String(times).padStart(6)} ${kind}`);
console.log(`${[...wrong.values()].reduce((sum, times) => sum + times, 0)} answers look wrong`);
process.exitCode = wrong.size === 0 ? 0 : 1;
