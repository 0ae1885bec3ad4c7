import { execFileSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';
import type { Squid } from './squid/instance.ts';

export interface Parts { readonly node22: string; readonly node24: string; readonly python: string; readonly squid: Squid }

declare module 'vitest' {
  export interface ProvidedContext { parts: Parts }
}

/** Builds what is tested and finds what tests it; a missing part fails the run here with its install line. */
export default function setup(project: TestProject): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  const parts = execFileSync(process.execPath, ['scripts/e2e-parts.mjs', '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  project.provide('parts', JSON.parse(parts) as Parts);
}
