import { StepFailed } from './errors.ts';
import { fits, show, type Type } from './values.ts';

/**
 * An output brought to its declared type by the conversions that AWS lists: text to list, number and flag; number to text and list;
 * a list of one to what it holds. AWS lists flag to text and to list too, but not whether the text is `true` or `True`, so here that fails.
 */
export function convert(value: unknown, type: Type): unknown {
  if (fits(type, value)) return value;
  if (Array.isArray(value) && value.length === 1 && ['String', 'Integer', 'Boolean'].includes(type) && !Array.isArray(value[0])) return convert(value[0], type);
  if (typeof value === 'boolean' && (type === 'String' || type === 'StringList')) throw new StepFailed(`AWS does not say how ${show(value)} reads as ${type}; declare Boolean`);
  const text = typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : undefined;
  if (text !== undefined) {
    if (type === 'String') return text;
    if (type === 'StringList') return [text];
    if (type === 'Integer' && /^-?\d+$/.test(text)) return Number(text);
    if (type === 'Boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  }
  throw new StepFailed(`${show(value)} cannot be converted to ${type}`);
}

/** How assert and wait compare: texts as they are, flags as `True` and `False`, numbers in digits; nothing else has a text. */
export function asDesired(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}
