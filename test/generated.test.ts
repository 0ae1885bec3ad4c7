import { expect, it } from 'vitest';
import { stale } from '../scripts/generate.ts';

it('finds every generated file current: run `npm run generate`', async () => { expect(Object.keys(await stale())).toEqual([]); });
