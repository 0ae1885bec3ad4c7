import { parsePolicy, PolicyError, type Policy } from '../policy/index.ts';
import type { ConfigurationItem } from './configuration-item.ts';

/** Config recorded something this pack cannot read: the verdict is undecided and names it. */
export class UnreadableItem extends Error { override name = 'UnreadableItem' }

const label = (item: ConfigurationItem): string => `${item.resourceType} ${item.resourceName ?? item.resourceId}`;

const optional = <T>(what: string, is: (value: unknown) => value is T) => (item: ConfigurationItem, name: string): T | undefined => {
  const value = item.configuration[name];
  if (value === undefined || value === null) return undefined;
  if (!is(value)) throw new UnreadableItem(`${label(item)}: \`${name}\` is not ${what}`);
  return value;
};
const required = <T>(read: (item: ConfigurationItem, name: string) => T | undefined) => (item: ConfigurationItem, name: string): T => {
  const value = read(item, name);
  if (value === undefined) throw new UnreadableItem(`${label(item)}: the item has no \`${name}\``);
  return value;
};

export const optionalText = optional('text', (value): value is string => typeof value === 'string');
export const optionalFlag = optional('true or false', (value): value is boolean => typeof value === 'boolean');
export const optionalObject = optional('an object', (value): value is Readonly<Record<string, unknown>> => typeof value === 'object' && !Array.isArray(value));
export const text = required(optionalText);
export const flag = required(optionalFlag);

/** The ARN of the resource itself, which Config leaves out where it has none. */
export function arnOf(item: ConfigurationItem): string {
  if (!item.arn.startsWith('arn:')) throw new UnreadableItem(`${label(item)}: the item has no \`ARN\``);
  return item.arn;
}

/** A list of texts; absent counts as empty. */
export function texts(item: ConfigurationItem, name: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw new UnreadableItem(`${label(item)}: \`${name}\` is not a list of texts`);
  return value;
}

/**
 * Policies by their text: accounts of an organization carry the same ones over and over, and the engine keeps its answers
 * by policy. Bounded, so that an organization of a million different ones does not fill the memory.
 */
const parsed = new Map<string, Policy>();
const MOST_KEPT = 4_000;

function parseOnce(document: string): Policy {
  const known = parsed.get(document);
  if (known !== undefined) return known;
  const policy = parsePolicy(document.startsWith('%') ? decodeURIComponent(document) : document);
  if (parsed.size >= MOST_KEPT) parsed.clear();
  parsed.set(document, policy);
  return policy;
}

/** A policy document as Config writes it: an object, JSON text, or URL-encoded JSON text (IAM). */
export function policyDocument(item: ConfigurationItem, name: string, value: unknown): Policy {
  if (value === undefined || value === null) throw new UnreadableItem(`${label(item)}: the item has no \`${name}\``);
  try {
    // JSON cannot begin with a percent sign, so text that does is never a document in clear text.
    return typeof value === 'string' ? parseOnce(value) : parsePolicy(value);
  } catch (error) {
    if (error instanceof PolicyError || error instanceof URIError) throw new UnreadableItem(`${label(item)}: \`${name}\` cannot be read: ${error.message}`);
    throw error;
  }
}
