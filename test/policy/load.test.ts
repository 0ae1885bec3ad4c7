import { expect, it } from 'vitest';

// The engine reads a policy of its own and its tables when it is loaded. A change that stops this leaves the other files without tests, and
// files without tests fail in CI only: to Stryker such a change has survived.
it('loads', async () => { expect(await import('../../policy/index.ts')).toHaveProperty('ask'); });
