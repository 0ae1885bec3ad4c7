import type { Document } from '../../core/policy-document.ts';
import { parsePolicy, type Policy } from '../../policy/index.ts';

const known = new WeakMap<Document, Policy>();

/** What a document says, read once: the engine keeps what it finds out about a policy, and each change is asked about in several ways. No document is changed in place. */
export function parsed(document: Document): Policy {
  const policy = known.get(document) ?? parsePolicy(document);
  known.set(document, policy);
  return policy;
}
