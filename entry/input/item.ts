import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { UnreadableItem } from '../../items/read.ts';
import type { InputProblem } from './files.ts';
import type { DeliveredItem } from './read.ts';

/** The item that the bytes are; throws SyntaxError or UnreadableItem. */
export function itemIn(bytes: Buffer): ConfigurationItem {
  const raw: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new UnreadableItem('an item is an object');
  return normalizeItem(raw as Record<string, unknown>);
}

/** What is wrong with an item, where it stands; an error that is not about it is thrown on. */
export function itemProblem({ file, place }: DeliveredItem, error: unknown): InputProblem {
  if (!(error instanceof SyntaxError || error instanceof UnreadableItem)) throw error;
  return { file, place, message: error instanceof SyntaxError ? `not JSON: ${error.message}` : error.message };
}
