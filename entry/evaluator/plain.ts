/** What the SDK answers as JSON would hold it: times as ISO 8601 text, absent members left out. */
export const plain = (value: object): Record<string, unknown> => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
