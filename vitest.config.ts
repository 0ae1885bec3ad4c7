import { defineConfig } from 'vitest/config';
// Laws and explorations take seconds, and several times that on a busy machine: a limit is for what hangs. Files share modules, for
// reading them anew for each takes as long as the tests do; so no test may mock a module.
export default defineConfig({ test: { include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'], testTimeout: 120_000, isolate: false } });
