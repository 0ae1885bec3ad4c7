import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { accessKey } from '../support/signed.ts';

export interface Invocation { readonly event: object; readonly functionArn: string; /** The time to tell the function, in milliseconds since 1970. */ readonly now?: number }
export interface Run {
  /** For each invocation `null`, or the message of the error it ended with. */
  readonly outcomes: readonly (string | null)[];
  /** The structured log, entry by entry. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
}

const runtime = fileURLToPath(new URL('./run-handler.mjs', import.meta.url));
export const bundleOf = (name: string): string => fileURLToPath(new URL(`../../dist/${name}/index.js`, import.meta.url));
export const bundle = bundleOf('evaluator');

/** Runs the built evaluator as Lambda would: one process with its environment, one event after the other. */
export const runEvaluator = (node: string, url: string, definition: string | undefined, invocations: readonly Invocation[], module = bundle): Promise<Run> =>
  runFunction(node, url, module, definition === undefined ? {} : { PERIMETER_DEFINITION: definition }, invocations);

/** The same for any function, by the path of its module and the environment it has of its own. */
export async function runFunction(node: string, url: string, module: string, environment: Readonly<Record<string, string>>, invocations: readonly Invocation[]): Promise<Run> {
  const child = spawn(node, [runtime, module], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: {
      AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: accessKey.id, AWS_SECRET_ACCESS_KEY: accessKey.secret, AWS_SESSION_TOKEN: 'session',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...environment,
    },
  });
  child.stdin.end(JSON.stringify(invocations));
  const [out, errors, outcomes, code] = await Promise.all([
    text(child.stdout), text(child.stderr), text(child.stdio[3] as Readable), new Promise<number | null>((ended, failed) => { child.once('error', failed); child.once('close', ended); }),
  ]);
  if (code !== 0 || errors !== '') throw new Error(`the function ended with ${code} and wrote: ${errors}`);
  return {
    outcomes: JSON.parse(outcomes) as (string | null)[],
    log: out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
