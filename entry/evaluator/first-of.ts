/** The first few names, for a message that may be about thousands. */
export const firstOf = (names: readonly string[]): string => names.slice(0, 5).map((name) => `\`${name}\``).join(', ') + (names.length > 5 ? ', …' : '');
