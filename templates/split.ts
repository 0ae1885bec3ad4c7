import type { Document } from '../core/policy-document.ts';
import { CannotWrite, documentOfParts, type Draft, type Part } from './template.ts';

/** A policy of a size that AWS takes. */
export interface PolicyDocument extends Omit<Draft, 'claims'> {
  readonly document: Document;
  /** Of the minified policy, which is what is counted where white space counts. */
  readonly characters: number;
}

export const minified = (document: Document): string => JSON.stringify(document);

/** The draft as one document, or as several where they may hang beside each other and each only denies: then all are in force at once. */
export function split(draft: Draft): readonly PolicyDocument[] {
  const { claims: _, ...rest } = draft;
  const { quota, parts, name } = draft;
  const whole = documentOfParts(parts);
  if (minified(whole).length <= quota.most) return [{ ...rest, document: whole, characters: minified(whole).length }];
  const onlyDenies = parts.every((one) => one.statement['Effect'] === 'Deny');
  if (quota.documents < 2 || !onlyDenies) throw new CannotWrite(`\`${name}\` has ${minified(whole).length} characters, and ${quota.most} ${quota.of} are the most (${quota.source}); shorten the lists of the definition, or leave parts out by the options`);
  const groups: Part[][] = [];
  for (const part of parts) {
    const alone = minified(documentOfParts([part])).length;
    if (alone > quota.most) throw new CannotWrite(`\`${name}\`: the statement \`${String(part.statement['Sid'])}\` has ${alone} characters by itself, and ${quota.most} ${quota.of} are the most (${quota.source})`);
    const last = groups.at(-1);
    if (last !== undefined && minified(documentOfParts([...last, part])).length <= quota.most) last.push(part); else groups.push([part]);
  }
  if (groups.length > quota.documents) throw new CannotWrite(`\`${name}\` fills ${groups.length} policies, and ${quota.documents} may hang on one root, unit or account beside the one of AWS (${quota.source})`);
  return groups.map((some, index) => {
    const document = documentOfParts(some);
    return { ...rest, name: `${name}-${index + 1}`, parts: some, document, characters: minified(document).length };
  });
}
