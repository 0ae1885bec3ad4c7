import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Moto } from './moto.ts';

const program = fileURLToPath(new URL('../../../bin/perimeter.mjs', import.meta.url));

export interface Ran { readonly exit: number; readonly out: string; readonly err: string }

/** A folder of an administrator, who runs the built `perimeter deploy` with moto for AWS. */
export interface Administrator {
  readonly folder: string;
  readonly write: (file: 'perimeter.yaml' | 'deployment.yaml', text: string) => void;
  readonly deploy: (...args: readonly string[]) => Promise<Ran>;
  readonly leave: () => void;
}

export function administrator(moto: Moto, definition: string, settings: string): Administrator {
  const folder = mkdtempSync(join(tmpdir(), 'perimeter-deployment-'));
  const write: Administrator['write'] = (file, written) => { writeFileSync(join(folder, file), written); };
  write('perimeter.yaml', definition);
  write('deployment.yaml', settings);
  return {
    folder, write,
    async deploy(...args) {
      const child = spawn(process.execPath, [program, 'deploy', ...args], {
        cwd: folder, stdio: ['ignore', 'pipe', 'pipe'],
        // moto answers 500 to what it does not play, which more attempts do not change.
        env: { PATH: process.env['PATH'], AWS_ENDPOINT_URL: moto.url, AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_MAX_ATTEMPTS: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      });
      const [out, err, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number]>]);
      return { exit, out, err };
    },
    leave() { rmSync(folder, { recursive: true }); },
  };
}
