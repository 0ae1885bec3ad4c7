export type KeyKind = 'string' | 'arn' | 'bool' | 'number' | 'date' | 'ip' | 'binary';

/** What a key's name tells of its values; the tables hold the keys that are otherwise. Takes the key in lower case. */
export const kindByName = (key: string): KeyKind => /^[a-z0-9-]+:[^:/]*arns?$/.test(key) ? 'arn' : 'string';
