import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Fields } from '../../support/automation/types.ts';

export interface Credentials { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken: string }

/** A moto server on a loopback port: an AWS API that nobody here wrote, but for a filter (server.py). */
export interface Moto {
  readonly url: string;
  /** Rejects with an error whose `name` is AWS's code. Without credentials: as the administrator of account 123456789012. */
  readonly call: (service: string, api: string, input: Fields, credentials?: Credentials) => Promise<Record<string, unknown>>;
  /** Sends the calls of a service that moto does not play to another server. */
  readonly redirect: (service: string, url: string) => void;
  /** From now on every call needs an IAM policy that allows its action, or none does. */
  readonly enforceIam: (isOn: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The account that moto's default credentials belong to. */
export const motoAccount = '123456789012';
export const motoRegion = 'eu-west-1';

export async function startMoto(python: string): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // With that variable all keys would be of one account, also those of roles in others.
  const server = spawn(python, [fileURLToPath(new URL('./server.py', import.meta.url)), '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', env: { ...process.env, MOTO_ACCOUNT_ID: undefined, PYTHONDONTWRITEBYTECODE: '1' } });
  const calls = spawn(python, [fileURLToPath(new URL('./calls.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, AWS_REGION: motoRegion } });
  try { await answers(url, server); } catch (error) { end(server); end(calls); throw error; }

  const lines = createInterface({ input: calls.stdout })[Symbol.asyncIterator]();
  let queue: Promise<unknown> = Promise.resolve();
  const ask = (asked: object): Promise<Answer> => {
    const mine = queue.then(async () => {
      calls.stdin.write(`${JSON.stringify(asked)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error(`the caller of moto ended at ${JSON.stringify(asked)}`);
      return JSON.parse(line.value) as Answer;
    });
    queue = mine.catch(() => undefined);
    return mine;
  };
  const elsewhere = new Map<string, string>();
  return {
    url,
    redirect(service, to) { elsewhere.set(service, to); },
    async call(service, api, input, credentials) {
      const { answer, error } = await ask({ service, api, input, credentials, url: elsewhere.get(service) ?? url });
      if (error !== undefined) throw Object.assign(new Error(error.message), { name: error.code });
      return answer!;
    },
    async enforceIam(isOn) { await fetch(`${url}/moto-api/reset-auth`, { method: 'POST', body: isOn ? '0' : 'Infinity' }); },
    async stop() { await Promise.all([calls, server].map(async (child) => { const ended = once(child, 'close'); end(child); await ended; })); },
  };
}

interface Answer { readonly answer?: Record<string, unknown>; readonly error?: { readonly code: string; readonly message: string } }

const end = (child: ChildProcess): void => { child.kill(); };

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`moto ended with ${server.exitCode} before it answered`);
    try { if ((await fetch(`${url}/moto-api/`)).ok) return; } catch { /* It does not listen yet. */ }
    await sleep(100);
  }
  throw new Error('moto does not answer');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
