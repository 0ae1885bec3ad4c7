import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Invoke } from '../../support/automation/types.ts';
import { motoAccount, motoRegion, type Credentials, type Moto } from './moto.ts';

const runtime = fileURLToPath(new URL('../run-handler.mjs', import.meta.url));

/** Invokes the built planner and writer as Lambda would, each under its own role, with moto for AWS. */
export const functionsAt = (moto: Moto, roles: ReadonlyMap<string, Credentials>, node: string, definition: string): Invoke => async (name, payload) => {
  const stem = name.replace(/^perimeter-/, '');
  const { AccessKeyId, SecretAccessKey, SessionToken } = roles.get(stem)!;
  const child = spawn(node, [runtime, fileURLToPath(new URL(`../../../dist/${stem}/index.js`, import.meta.url))], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: {
      AWS_ENDPOINT_URL: moto.url, AWS_REGION: motoRegion, AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, AWS_SESSION_TOKEN: SessionToken,
      AWS_MAX_ATTEMPTS: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', PERIMETER_DEFINITION: definition,
    },
  });
  child.stdin.end(JSON.stringify([{ event: payload, functionArn: `arn:aws:lambda:${motoRegion}:${motoAccount}:function:${name}` }]));
  const [errors, outcomes] = await Promise.all([text(child.stderr), text(child.stdio[3] as Readable), text(child.stdout)]);
  if (errors !== '') throw new Error(`\`${name}\` wrote: ${errors}`);
  const [error] = JSON.parse(outcomes) as (string | null)[];
  return error === null ? { StatusCode: 200, Payload: '{"ok":"true"}' } : { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify({ errorMessage: error }) };
};
