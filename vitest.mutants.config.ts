import { defineConfig } from 'vitest/config';
// Tables only: a mutant must fail within seconds. Policies made to be past the budget would make every run a long one.
export default defineConfig({ test: { include: ['test/policy/{ask,answers,cases,decide,deputies,duplicate-keys,kept,parse,compare,planes,values}.test.ts'], testNamePattern: /^(?!.*(made to be hard|of a small world))/, testTimeout: 20_000 } });
