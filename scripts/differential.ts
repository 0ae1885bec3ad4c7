import { parseArgs } from 'node:util';
import { seeded } from './bench/random.ts';
import { explain } from './differential/explain.ts';
import { exceptionNamed } from './differential/exceptions.ts';
import { randomDocument, type Document, type Kind } from './differential/random-policies.ts';
import { randomRequest } from './differential/random-requests.ts';
import { ours, theirs, theirsInPublic, type Situation } from './differential/sides.ts';
import { loadCore, loadRunSimulation, PeerMissing } from './peer.ts';

/**
 * Puts random policies and requests to our `decide` and to an independent evaluator. Each disagreement must come from
 * tests on which the peer is known to differ, all of them named with their reason; any other fails the run.
 */
const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '60000' }, verbose: { type: 'boolean', default: false } } });
const seed = Number(values.seed);
const runs = Number(values.runs);
const MOST_SHOWN = 20;
/** Every so many comparisons the public entry is asked too, to show that its core is called as it calls it. */
const PUBLIC = 25;

async function main(): Promise<void> {
  const [core, runSimulation] = [await loadCore(), await loadRunSimulation()];
  const sides = { ours, theirs: (document: Document, situation: Situation) => theirs(core, document, situation) };
  const counts = new Map<string, number>();
  let [differing, agreedInPublic, unexplained] = [0, 0, 0];
  const report = (title: string, document: Document, situation: Situation, run: number): void => {
    if (unexplained++ < MOST_SHOWN) console.log(`${title}\n  run ${run} of seed ${seed}, ${situation.kind}${situation.gateway ? ', gateway' : ''}\n  policy ${JSON.stringify(document)}\n  request ${JSON.stringify(situation.request)}`);
  };
  for (let run = 0; run < runs; run++) {
    const random = seeded(seed * 1_000_003 + run);
    const kind = random.pick<Kind>(['resource', 'resource', 'trust', 'vpc-endpoint']);
    const document = randomDocument(random, kind);
    const situation: Situation = { kind, gateway: kind === 'vpc-endpoint' && random.chance(0.3), request: randomRequest(random, kind) };
    const difference = explain(document, situation, sides, random);
    if (difference.isWhole) differing++;
    for (const name of difference.named) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const one of difference.unexplained) report(one.title, one.document, one.situation, run);
    if (run % PUBLIC !== 0) continue;
    const inPublic = await theirsInPublic(runSimulation, document, situation);
    if (inPublic === undefined) continue;
    if (inPublic.answer === theirs(core, document, inPublic.situation)) agreedInPublic++;
    else report(`the peer's public entry says ${inPublic.answer}, its core as called here does not`, document, inPublic.situation, run);
  }
  console.log(`${runs} policies with a request each, seed ${seed}: ${differing} answers differ, ${unexplained} tests differ without a known reason`);
  console.log(`the peer's public entry agrees with its core as called here on ${agreedInPublic} requests`);
  console.log('tests that differ for a known reason:');
  for (const [name, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    const { is, reason, source } = exceptionNamed(name);
    console.log(`  ${String(count).padStart(6)} ${is.padEnd(7)} ${name}${values.verbose ? `: ${reason} (${source})` : ''}`);
  }
  process.exitCode = unexplained === 0 ? 0 : 1;
}

try { await main(); } catch (error) {
  if (!(error instanceof PeerMissing)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
