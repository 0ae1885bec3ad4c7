// Runs the benchmarks as one bundle, the form in which the engine is shipped: what compiles as it loads keeps the name of every inner
// function, which costs the engine a fifth of its time.
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

const outfile = 'node_modules/.cache/aws-perimeter-pack/bench.mjs';
await build({ entryPoints: ['scripts/bench.ts'], outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm', packages: 'external', logLevel: 'warning' });
process.exitCode = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
