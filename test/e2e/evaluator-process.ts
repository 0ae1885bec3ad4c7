import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface Invocation { readonly event: object; readonly functionArn: string }
export interface Run {
  /** For each invocation `null`, or the message of the error it ended with. */
  readonly outcomes: readonly (string | null)[];
  /** The structured log, entry by entry. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
}

const runtime = fileURLToPath(new URL('./run-handler.mjs', import.meta.url));
export const bundle = fileURLToPath(new URL('../../dist/evaluator/index.js', import.meta.url));

/** Runs the built evaluator as Lambda would: one process with its environment, one event after the other. */
export async function runEvaluator(node: string, url: string, definition: string | undefined, invocations: readonly Invocation[], module = bundle): Promise<Run> {
  const child = spawn(node, [runtime, module], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: {
      AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', AWS_SESSION_TOKEN: 'session',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...definition === undefined ? {} : { PERIMETER_DEFINITION: definition },
    },
  });
  child.stdin.end(JSON.stringify(invocations));
  const [out, errors, outcomes, code] = await Promise.all([
    text(child.stdout), text(child.stderr), text(child.stdio[3] as Readable), new Promise<number | null>((ended, failed) => { child.once('error', failed); child.once('close', ended); }),
  ]);
  if (code !== 0 || errors !== '') throw new Error(`the evaluator ended with ${code} and wrote: ${errors}`);
  return {
    outcomes: JSON.parse(outcomes) as (string | null)[],
    log: out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
