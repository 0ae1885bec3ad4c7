import { ask, decide, parsePolicy, type Answer, type Objective, type Perimeter } from '../../policy/index.ts';
import { loadRunSimulation, PeerMissing, type RunSimulation, type Simulation } from '../peer.ts';
import { adversarialPolicies } from './adversarial.ts';
import { growths } from './growth.ts';
import { realisticPolicies, renamed } from './policies.ts';
import { simulationOf } from './simulation.ts';
import { bundledBytes } from './size.ts';
import { perimeterWith, type Posed } from './world.ts';

/**
 * What it costs to judge a policy, from its text to the answers to all objectives of its kind, in one warm process. Every
 * measured text is one not seen before and is parsed again, so that kept answers do not help. Times say much of the
 * machine; the ratios against a peer that replays one request, and against the smallest size, say less of it.
 */
const SEED = 20_261_125;
const ROUNDS = 9;
/** Passes over all policies before any is measured: so many that the compiler has come to rest, ours and the peer's alike. */
const WARM_UP = 30;
const NOW = Date.parse('2026-11-25T00:00:00Z');

const objectives: Readonly<Record<Posed['kind'], readonly Objective[]>> = { 'vpc-endpoint': ['principals', 'resources'], resource: ['principals', 'deputies'], trust: ['principals'] };
const common = perimeterWith();

/** `each`: what every answer took by itself, reading apart. */
interface Judged { readonly milliseconds: number; readonly answers: readonly Answer[]; readonly each: readonly number[] }
let names = 0;
function judge(one: Posed): Judged {
  const text = renamed(one, `n${names++}`);
  const { kind, account, service, endpointType, resource } = one;
  const perimeter: Perimeter = one.perimeter ?? common;
  const start = performance.now();
  const policy = parsePolicy(text);
  const question = { kind, policy, perimeter, account, now: NOW, ...(service === undefined ? {} : { service }), ...(endpointType === undefined ? {} : { endpointType }), ...(resource === undefined ? {} : { resource }) };
  const stops = [performance.now()];
  const answers = objectives[kind].map((objective) => { const answer = ask(question, objective); stops.push(performance.now()); return answer; });
  return { milliseconds: stops.at(-1)! - start, answers, each: stops.slice(1).map((stop, i) => stop - stops[i]!) };
}

const sorted = (all: readonly number[]): number[] => [...all].sort((a, b) => a - b);
const quantile = (all: readonly number[], q: number): number => sorted(all)[Math.min(all.length - 1, Math.floor(all.length * q))]!;
const median = (all: readonly number[]): number => quantile(all, 0.5);
const figure = (number: number): string => number >= 100 ? number.toFixed(0) : number.toPrecision(3);
const micro = (milliseconds: number): string => `${figure(milliseconds * 1_000)} µs`;
const duration = (milliseconds: number): string => milliseconds < 1 ? micro(milliseconds) : `${figure(milliseconds)} ms`;

/**
 * All in turn, round after round, as somebody meets them who judges many: what is judged twice in a row finds the processor's caches
 * filled and takes a third less. Of each every round, the quickest first: whatever else the machine does only adds to that.
 */
function inTurn(policies: readonly Posed[]): Judged[][] {
  console.log(`cold, the first of ${WARM_UP} passes before any is measured: median ${micro(median(policies.map((one) => judge(one).milliseconds)))}`);
  for (let pass = 1; pass < WARM_UP; pass++) for (const one of policies) judge(one);
  const rounds = Array.from({ length: ROUNDS }, () => policies.map(judge));
  return policies.map((_, i) => rounds.map((all) => all[i]!).sort((a, b) => a.milliseconds - b.milliseconds));
}
/** The quickest of several in a row. */
const undisturbed = (one: Posed, rounds: number): Judged => Array.from({ length: rounds }, () => judge(one)).sort((a, b) => a.milliseconds - b.milliseconds)[0]!;

interface Measure { readonly name: string; readonly limit: string; readonly found: string; readonly isMet: boolean }

function realistic(policies: readonly Posed[]): { readonly times: readonly number[]; readonly measures: readonly Measure[] } {
  const all = inTurn(policies);
  const judged = all.map((rounds) => rounds[0]!);
  const times = judged.map((one) => one.milliseconds);
  const share = (answer: Answer['answer']): number => judged.filter(({ answers }) => (['outside', 'undecided', 'inside'] as const).find((worst) => answers.some((one) => one.answer === worst)) === answer).length;
  console.log(`${policies.length} policies from text to all answers: median ${micro(median(times))}, p99 ${micro(quantile(times, 0.99))}, max ${micro(Math.max(...times))}; the middle of its ${ROUNDS} rounds instead of the quickest: median ${micro(median(all.map((rounds) => rounds[ROUNDS >> 1]!.milliseconds)))}`);
  console.log(`  answers: ${share('inside')} inside, ${share('outside')} outside, ${share('undecided')} undecided`);
  for (const kind of ['vpc-endpoint', 'trust', 'resource'] as const) {
    const some = times.filter((_, i) => policies[i]!.kind === kind);
    console.log(`  ${kind}: median ${micro(median(some))}, p99 ${micro(quantile(some, 0.99))}`);
  }
  const slowest = [...judged.entries()].sort(([, a], [, b]) => b.milliseconds - a.milliseconds).slice(0, 3);
  console.log(`  slowest: ${slowest.map(([i, { milliseconds }]) => `${policies[i]!.name} ${micro(milliseconds)}`).join('; ')}`);
  return { times, measures: [
    { name: 'median', limit: '≤ 50 µs', found: micro(median(times)), isMet: median(times) <= 0.05 },
    { name: 'p99', limit: '≤ 2 ms', found: micro(quantile(times, 0.99)), isMet: quantile(times, 0.99) <= 2 },
  ] };
}

/** Milliseconds to read a policy and decide the one request that the peer is asked about. */
function decision(one: Posed, { request: { principal, action, resource: { resource }, contextVariables } }: Simulation): number {
  const arn = principal as string;
  const request = { principal: { kind: 'role', account: arn.split(':')[4]!, arn }, action, resource, context: contextVariables } as const;
  const setting = one.endpointType === 'gateway' ? { gateway: true } : {};
  const text = renamed(one, `d${names++}`);
  const start = performance.now();
  decide(parsePolicy(text), request, setting);
  return performance.now() - start;
}

async function againstPeer(policies: readonly Posed[], times: readonly number[]): Promise<Measure> {
  const name = 'one request by iam-simulate against all answers of ours';
  const limit = '≥ 20×';
  let run: RunSimulation;
  try { run = await loadRunSimulation(); } catch (error) {
    if (!(error instanceof PeerMissing)) throw error;
    console.log(error.message);
    return { name, limit, found: 'not measured', isMet: false };
  }
  const simulations = policies.map(simulationOf);
  const all = simulations.map((simulation, i) => ({ simulation, ours: times[i]!, refusal: undefined as string | undefined, theirs: Infinity, decided: Infinity }));
  for (let pass = 0; pass < WARM_UP + ROUNDS; pass++) {
    for (const one of all) {
      const start = performance.now();
      const { resultType, errors } = await run(one.simulation, {});
      if (pass >= WARM_UP) one.theirs = Math.min(one.theirs, performance.now() - start);
      if (resultType === 'error') one.refusal = errors?.message ?? '';
    }
  }
  for (let pass = 0; pass < WARM_UP + ROUNDS; pass++) for (const [i, one] of all.entries()) { const took = decision(policies[i]!, one.simulation); if (pass >= WARM_UP) one.decided = Math.min(one.decided, took); }
  // A request that its validation refuses is not evaluated, so it is not compared.
  const compared = all.filter(({ refusal }) => refusal === undefined);
  const [theirs, ours, decided] = [compared.map((one) => one.theirs), compared.map((one) => one.ours), compared.map((one) => one.decided)];
  const refusals = new Map<string, number>();
  for (const { refusal } of all) if (refusal !== undefined) refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
  const ratio = median(theirs) / median(ours);
  console.log(`iam-simulate's runSimulation of one request: median ${micro(median(theirs))}, p99 ${micro(quantile(theirs, 0.99))} on ${theirs.length} policies; ${figure(ratio)}× ours on the same`);
  console.log(`the same request decided by ours, from the policy's text: median ${micro(median(decided))}; theirs ${figure(median(theirs) / median(decided))}× that`);
  for (const [message, count] of refusals) console.log(`  not evaluated, ${message}: ${count}`);
  return { name, limit, found: `${figure(ratio)}×`, isMet: ratio >= 20 };
}

/** What a tenfold of statements or values may cost at most: near-linear, with room for what the machine does meanwhile. */
const TENFOLD = 15;

function growth(): Measure {
  console.log('growth, against the smallest size:');
  let [steepest, where] = [0, ''];
  for (const { name, sizes } of growths) {
    const all = sizes.map(({ size, policy }) => { judge(policy); return { size, ...undisturbed(policy, 9) }; });
    const smallest = all[0]!.milliseconds;
    for (const [i, { size, milliseconds }] of all.slice(1).entries()) if (milliseconds / all[i]!.milliseconds > steepest) [steepest, where] = [milliseconds / all[i]!.milliseconds, `${name}, ${size}`];
    console.log(`  ${name}: ${all.map(({ size, milliseconds, answers }) => `${size}: ${duration(milliseconds)} (${figure(milliseconds / smallest)}×, ${answers.map((one) => one.answer).join('/')})`).join(', ')}`);
  }
  return { name: 'growth', limit: `a tenfold costs ≤ ${TENFOLD}×`, found: `${figure(steepest)}× (${where})`, isMet: steepest <= TENFOLD };
}

function adversarial(): Measure {
  console.log('adversarial policies:');
  let [late, slowest] = [0, 0];
  for (const one of adversarialPolicies(SEED)) {
    const { milliseconds, answers, each } = undisturbed(one, ROUNDS);
    slowest = Math.max(slowest, milliseconds);
    late += answers.filter((answer, i) => each[i]! > 100 && answer.answer !== 'undecided').length;
    console.log(`  ${one.name} (${one.text.length} characters): ${answers.map((answer, i) => `${objectives[one.kind][i]!} ${answer.answer} ${duration(each[i]!)}`).join(', ')}`);
  }
  return { name: 'adversarial', limit: '≤ 100 ms or undecided', found: `${late} answers later, the slowest policy ${duration(slowest)}`, isMet: late === 0 };
}

export async function benchEngine(): Promise<void> {
  const policies = realisticPolicies(1_000, SEED);
  const { times, measures } = realistic(policies);
  const peer = await againstPeer(policies, times);
  const grown = growth();
  const hard = adversarial();
  const { code, tables } = await bundledBytes();
  const kibibytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;
  console.log('limits:');
  for (const { name, limit, found, isMet } of [
    ...measures, peer, grown, hard,
    { name: 'code of policy/, minified', limit: '≤ 60 KiB', found: kibibytes(code), isMet: code <= 60 * 1024 },
    { name: 'tables of policy/, minified', limit: '≤ 80 KiB', found: kibibytes(tables), isMet: tables <= 80 * 1024 },
  ]) console.log(`  ${isMet ? 'met    ' : 'NOT MET'} ${name}: ${found} (${limit})`);
}
