/** From the least to the most that it may be. */
export interface Range { readonly low: number; readonly high: number }

export const exactly = (value: number): Range => ({ low: value, high: value });
export const plus = (...all: readonly Range[]): Range => ({ low: all.reduce((sum, one) => sum + one.low, 0), high: all.reduce((sum, one) => sum + one.high, 0) });
export const times = (...all: readonly (Range | number)[]): Range => all.reduce<Range>((product, one) => {
  const { low, high } = typeof one === 'number' ? exactly(one) : one;
  return { low: product.low * low, high: product.high * high };
}, exactly(1));
/** Of a function that grows with what it is given. */
export const mapRange = ({ low, high }: Range, grow: (value: number) => number): Range => ({ low: grow(low), high: grow(high) });
