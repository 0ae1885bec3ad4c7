import { StepFailed } from './errors.ts';
import type { Readings } from './types.ts';
import { isObject, show } from './values.ts';

export interface Scope {
  /** The value of a reference's inside, such as `ResourceId`, `Resolve.Id` or `variable:x`; `undefined` when there is none. */
  readonly lookup: (name: string) => unknown;
  readonly jsonText?: Readings['jsonText'];
}

/**
 * Replaces the references of a step's input. One that is the whole text keeps its type, so a StringList stays a list.
 * What comes out is never expanded again: whoever controls an output must not reach another step's values.
 */
export function expand(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return expandText(value, scope);
  if (Array.isArray(value)) return value.map((one) => expand(one, scope));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => {
    // AWS documents references in values only.
    if (key.includes('{{')) throw new StepFailed(`the key ${show(key)} holds a reference`);
    return [key, expand(one, scope)];
  }));
}

function expandText(text: string, { lookup, jsonText }: Scope): unknown {
  const resolve = (inside: string): unknown => {
    const value = lookup(inside.trim());
    if (value === undefined) throw new StepFailed(`\`{{ ${inside.trim()} }}\` cannot be resolved`);
    return value;
  };
  const whole = /^\{\{([^{}]*)\}\}$/.exec(text);
  if (whole !== null) {
    const value = resolve(whole[1]!);
    return jsonText === 'parsed' && typeof value === 'string' ? parsed(value) : value;
  }
  const pattern = /\{\{([^{}]*)\}\}/g;
  if (text.replace(pattern, '').includes('{{')) throw new StepFailed(`${show(text)} holds a broken reference`);
  return text.replace(pattern, (_, inside: string) => {
    const value = resolve(inside);
    // AWS does not say how flags, lists and maps read inside a text.
    if (typeof value !== 'string' && !Number.isInteger(value)) throw new StepFailed(`\`{{ ${inside.trim()} }}\` is ${show(value)}, which has no form inside a text`);
    return String(value);
  });
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try { return JSON.parse(text); } catch { return text; }
}
