import type { PriceName, Prices } from './prices.ts';
import type { Range } from './range.ts';

/** Numbers as the arithmetic of an estimate shows them. */
export const count = (value: number): string => value >= 10 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-US') : value.toPrecision(2);
export const range = ({ low, high }: Range): string => count(low) === count(high) ? count(low) : `${count(low)} to ${count(high)}`;
const percent = (value: number): string => String(Number((value * 100).toPrecision(3)));
export const share = ({ low, high }: Range): string => low === high ? `${percent(low)} %` : `${percent(low)} to ${percent(high)} %`;
const money = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 6, useGrouping: false });

/** `0.001 USD each up to 100,000, 0.0008 USD up to 500,000, 0.0005 USD beyond`; of a price without tiers `0.2 USD for 1,000,000 invocations`. */
export function priceText({ prices, currency }: Prices, name: PriceName): string {
  const { tiers, per, unit } = prices[name];
  const [first, ...others] = tiers.map(({ upTo, price }) => ({ price: `${money(price)} ${currency}`, end: upTo === undefined ? 'beyond' : `up to ${count(upTo)}` }));
  return [`${first!.price} ${per === 1 ? 'each' : `for ${count(per)} ${unit}`}${others.length === 0 ? '' : ` ${first!.end}`}`, ...others.map(({ price, end }) => `${price} ${end}`)].join(', ');
}
