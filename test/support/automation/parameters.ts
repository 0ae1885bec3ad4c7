import { InvalidDocument, InvalidParameters } from './errors.ts';
import type { Fields } from './types.ts';
import { fits, isObject, show, types, type Type } from './values.ts';

export interface Declaration {
  readonly type: string;
  readonly default?: unknown;
  readonly allowedValues?: readonly unknown[];
  readonly allowedPattern?: string;
  readonly minItems?: number; readonly maxItems?: number;
  readonly minChars?: number; readonly maxChars?: number;
}
export type Declarations = Readonly<Record<string, Declaration>>;

/** Of a parameter's value and of a variable's text. */
const mostCharacters = 512;
const keys = ['type', 'description', 'default', 'allowedValues', 'allowedPattern', 'minItems', 'maxItems', 'minChars', 'maxChars'];
const rolePattern = /^arn:(aws|aws-cn|aws-us-gov|aws-iso|aws-iso-b):iam::[0-9]{12}:role\/.*$/;

/** The plain type behind a declared one: an `AWS::…` type is text, a `List<AWS::…>` a list of texts. */
function plain(type: string): Type | undefined {
  if (/^AWS::[\w:]+$/.test(type)) return 'String';
  if (/^List<AWS::[\w:]+>$/.test(type)) return 'StringList';
  return types.find((one) => one === type);
}

/** `what`: `parameter` or `variable`. Defaults are held to the declaration as well. */
export function readDeclarations(what: string, raw: unknown): Declarations {
  if (raw === undefined) return {};
  if (!isObject(raw)) throw new InvalidDocument(`${what}s: expected a map`);
  for (const [name, declaration] of Object.entries(raw)) {
    const refuse = (message: string): never => { throw new InvalidDocument(`${what} \`${name}\`: ${message}`); };
    if (!/^\w+$/.test(name)) refuse('the name may hold letters, digits and _');
    if (!isObject(declaration)) return refuse('expected a map');
    for (const key of Object.keys(declaration)) if (!keys.includes(key)) refuse(`\`${key}\` is unknown`);
    if (typeof declaration.type !== 'string' || plain(declaration.type) === undefined) return refuse(`the type ${show(declaration.type)} is unknown`);
    const { allowedPattern } = declaration;
    // AWS does not say whether a pattern must match the whole value; an anchored one leaves nothing to ask.
    if (allowedPattern !== undefined && !(typeof allowedPattern === 'string' && /^\^.*\$$/.test(allowedPattern))) refuse('`allowedPattern` must begin with ^ and end with $');
    const [fault] = declaration.default === undefined ? [] : faults(declaration as unknown as Declaration, declaration.default);
    if (fault !== undefined) refuse(`the default ${fault}`);
  }
  return raw as unknown as Declarations;
}

/** Values as a caller gives them or as the API does, every value a list of texts; checked, typed, with defaults. */
export function readParameters(declared: Declarations, given: Fields): Fields {
  const refuse = (name: string, message: string): never => { throw new InvalidParameters(`parameter \`${name}\` ${message}`); };
  for (const name of Object.keys(given)) if (!Object.hasOwn(declared, name)) refuse(name, 'is not in the document');
  return Object.fromEntries(Object.entries(declared).map(([name, declaration]) => {
    const value = given[name] === undefined ? declaration.default : typed(plain(declaration.type)!, given[name]);
    if (value === undefined) refuse(name, 'is missing and has no default');
    const [fault] = faults(declaration, value);
    if (fault !== undefined) refuse(name, fault);
    return [name, value];
  }));
}

function typed(type: Type, given: unknown): unknown {
  if (type === 'StringList') return given;
  if (type === 'MapList') return Array.isArray(given) ? given.map(json) : given;
  const one: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
  if (type === 'String' || typeof one !== 'string') return one;
  if (type === 'StringMap') return json(one);
  if (type === 'Boolean') return one === 'true' ? true : one === 'false' ? false : one;
  return /^-?\d+$/.test(one) ? Number(one) : one;
}
function json(value: unknown): unknown {
  try { return typeof value === 'string' ? JSON.parse(value) : value; } catch { return value; }
}

/** What a declaration holds against a value, in words that follow its name. */
export function faults(declaration: Declaration, value: unknown): string[] {
  const type = plain(declaration.type)!;
  if (!fits(type, value)) return [`is ${show(value)}, not a ${declaration.type}`];
  const found: string[] = [];
  const { allowedValues, allowedPattern, minItems, maxItems, minChars = 0, maxChars = mostCharacters } = declaration;
  const ones: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const one of ones) {
    const text = typeof one === 'string' ? one : JSON.stringify(one);
    if (text.length > mostCharacters) found.push(`has ${text.length} characters, more than the ${mostCharacters} that AWS takes`);
    else if (text.length < minChars || text.length > maxChars) found.push(`has ${text.length} characters, not ${minChars} to ${maxChars}`);
    if (allowedValues !== undefined && !allowedValues.includes(one)) found.push(`is ${show(one)}, none of ${show(allowedValues)}`);
    if (allowedPattern !== undefined && !new RegExp(allowedPattern).test(text)) found.push(`is ${show(one)}, which does not fit ${allowedPattern}`);
    if (declaration.type.includes('AWS::IAM::Role::Arn') && !rolePattern.test(text)) found.push(`is ${show(one)}, not the ARN of a role`);
  }
  const count = isObject(value) ? Object.keys(value).length : ones.length;
  if (!fits('String', value) && (count < (minItems ?? 0) || count > (maxItems ?? Infinity))) found.push(`has ${count} items, not ${minItems ?? 0} to ${maxItems ?? 'many'}`);
  return found;
}
