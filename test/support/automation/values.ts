export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const types = ['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList'] as const;
export type Type = (typeof types)[number];

/** A value as a message shows it. */
export const show = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

export function fits(type: Type, value: unknown): boolean {
  switch (type) {
    case 'String': return typeof value === 'string';
    case 'Integer': return Number.isInteger(value);
    case 'Boolean': return typeof value === 'boolean';
    case 'StringList': return Array.isArray(value) && value.every((one) => typeof one === 'string');
    case 'StringMap': return isObject(value);
    case 'MapList': return Array.isArray(value) && value.every(isObject);
  }
}
