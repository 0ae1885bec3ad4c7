/** How often a property is tried: `count`, or the share of it that is asked for where many runs of the tests have to be short. */
export const runs = (count: number): number => Math.ceil(count * Number(process.env['PROPERTY_SHARE'] ?? 1));
