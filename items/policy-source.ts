import type { ConfigurationItem } from './configuration-item.ts';
import { UnreadableItem } from './read.ts';

export type PolicySource = Readonly<Record<string, unknown>>;

/** A policy document as its owner wrote it, which the rules' readers have found well formed: an object, JSON text, or URL-encoded JSON text (IAM). */
export function policySource({ configuration, resourceType, resourceId }: ConfigurationItem, name: string): PolicySource {
  const value = configuration[name];
  try {
    const source: unknown = typeof value === 'string' ? JSON.parse(value.startsWith('%') ? decodeURIComponent(value) : value) : value;
    if (typeof source === 'object' && source !== null && !Array.isArray(source)) return source as PolicySource;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof URIError)) throw error;
  }
  throw new UnreadableItem(`${resourceType} ${resourceId}: \`${name}\` is no policy document`);
}
