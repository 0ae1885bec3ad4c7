import { defineConfig } from 'vitest/config';
// A mutant must fail within seconds: of the properties a share is tried, and policies made to be past the budget are left out.
export default defineConfig({ test: { include: ['test/policy/{together,load.test}.ts'], env: { PROPERTY_SHARE: '0.12' }, testNamePattern: /^(?!.*made to be hard)/, testTimeout: 20_000 } });
