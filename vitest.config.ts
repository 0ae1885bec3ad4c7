import { defineConfig } from 'vitest/config';
// Laws and explorations take seconds, and several times that on a busy machine: a limit is for what hangs.
export default defineConfig({ test: { include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'], testTimeout: 120_000 } });
