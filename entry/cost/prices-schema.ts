/** A price list as a schema: which keys there are, what they hold and what to say when they don't. */
import * as v from 'valibot';
import { assumptionNames, priceNames } from '../../deployment/cost/prices.ts';

const text = (what: string) => v.pipe(v.string(`expected ${what}`), v.regex(/\S/, `expected ${what}`));
const amount = (what: string) => v.pipe(v.number(`expected ${what}`), v.minValue(0, `expected ${what}`));
const missing = (of: string, known: readonly string[]) => (issue: v.StrictObjectIssue): string => issue.expected === 'never' ? `unknown key; known here: ${known.map((one) => `\`${one}\``).join(', ')}` : `is missing: ${of}`;

const tier = v.strictObject({ upTo: v.optional(amount('the number of units up to which the price holds')), price: amount('a price of 0 or more') }, missing('a price, and up to how many units it holds', ['upTo', 'price']));
const price = v.pipe(v.strictObject({
  unit: text('what is paid for'), per: v.pipe(amount('for how many units the price is'), v.minValue(1, 'expected for how many units the price is, 1 or more')),
  tiers: v.pipe(v.array(tier, 'expected a list of tiers'), v.minLength(1, 'expected at least one tier')), date: v.pipe(v.string('expected a date such as 2026-11-26'), v.isoDate('expected a date such as 2026-11-26')), source: text('where the price was read'),
}, missing('`unit`, `per`, `tiers`, `date` and `source` of a price', ['unit', 'per', 'tiers', 'date', 'source'])), v.check(
  ({ tiers }) => tiers.every(({ upTo }, i) => i === tiers.length - 1 ? upTo === undefined : upTo !== undefined && upTo > (tiers[i - 1]?.upTo ?? 0)),
  'expected tiers whose `upTo` rises, and a last one without',
));
const assumption = v.pipe(v.strictObject({ low: amount('a number of 0 or more'), high: amount('a number of 0 or more'), about: text('what is assumed') }, missing('`low`, `high` and `about`', ['low', 'high', 'about'])),
  v.check(({ low, high }) => low <= high, 'expected `low` not to be above `high`'));

const entries = <N extends string, S extends v.GenericSchema>(names: readonly N[], schema: S): Record<N, S> => Object.fromEntries(names.map((name) => [name, schema])) as Record<N, S>;

/** Prices and assumptions, as in deployment/tables/prices.json. */
export const pricesSchema = v.strictObject({
  currency: text('a currency such as USD'), region: text('the Region whose prices they are'),
  prices: v.strictObject(entries(priceNames, price), missing('a price', priceNames)),
  assumptions: v.strictObject(entries(assumptionNames, assumption), missing('an assumption', assumptionNames)),
}, missing('`currency`, `region`, `prices` and `assumptions`', ['currency', 'region', 'prices', 'assumptions']));
