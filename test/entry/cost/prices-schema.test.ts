import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { usualPrices } from '../../../deployment/cost/prices.ts';
import { pricesSchema } from '../../../entry/cost/prices-schema.ts';

describe('a price list', () => {
  const broken = (change: (list: { prices: Record<string, Record<string, unknown>>; assumptions: Record<string, Record<string, unknown>> } & Record<string, unknown>) => void): string[] => {
    const list = structuredClone(usualPrices) as never;
    change(list);
    return v.safeParse(pricesSchema, list).issues?.map(({ message, path }) => `${(path ?? []).map(({ key }) => String(key)).join('.')}: ${message}`) ?? [];
  };
  it('is read', () => { expect(broken(() => undefined)).toEqual([]); });
  it.each<[name: string, change: Parameters<typeof broken>[0], message: string]>([
    ['a price below nothing', ({ prices: all }) => { all['alarm']!['tiers'] = [{ price: -1 }]; }, 'prices.alarm.tiers.0.price: expected a price of 0 or more'],
    ['a price that is missing', ({ prices: all }) => { delete all['alarm']; }, 'prices.alarm: is missing: a price'],
    ['a price that nobody asks for', ({ prices: all }) => { all['coffee'] = all['alarm']!; }, 'prices.coffee: unknown key; known here: '],
    ['a price as text', ({ prices: all }) => { all['alarm']!['tiers'] = [{ price: '1' }]; }, 'prices.alarm.tiers.0.price: expected a price of 0 or more'],
    ['tiers that fall', ({ prices: all }) => { all['alarm']!['tiers'] = [{ upTo: 5, price: 1 }, { upTo: 4, price: 1 }, { price: 1 }]; }, 'prices.alarm: expected tiers whose `upTo` rises, and a last one without'],
    ['tiers that end', ({ prices: all }) => { all['alarm']!['tiers'] = [{ upTo: 5, price: 1 }]; }, 'prices.alarm: expected tiers whose `upTo` rises, and a last one without'],
    ['no tiers', ({ prices: all }) => { all['alarm']!['tiers'] = []; }, 'prices.alarm.tiers: expected at least one tier'],
    ['for no units', ({ prices: all }) => { all['alarm']!['per'] = 0; }, 'prices.alarm.per: expected for how many units the price is, 1 or more'],
    ['a day that is none', ({ prices: all }) => { all['alarm']!['date'] = 'yesterday'; }, 'prices.alarm.date: expected a date such as 2026-11-26'],
    ['a range upside down', ({ assumptions }) => { assumptions['logBytes']!['low'] = 9_999; }, 'assumptions.logBytes: expected `low` not to be above `high`'],
    ['an assumption that is missing', ({ assumptions }) => { delete assumptions['logBytes']; }, 'assumptions.logBytes: is missing: an assumption'],
  ])('with %s is refused', (_, change, message) => { expect(broken(change)[0]).toContain(message); });
});
