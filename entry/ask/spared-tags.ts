import { placeOf, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { placeInWords } from '../../core/statement-changes.ts';
import type { Outside } from '../../core/pins.ts';
import { formulaOf, satisfies, type Question } from '../../policy/index.ts';
import { parsed } from './parsed.ts';

/**
 * Tags of the resource by which a Deny spares what gets through, for the sentence says of one that stands there that none stops it. AWS's samples except resources so:
 * https://github.com/aws-samples/data-perimeter-policy-examples
 */
export function sparedByTags(question: Question, document: Document, { witness }: Outside): string[] {
  const statements = statementsOf(document);
  const isRefused = (one: Statement, context: Outside['witness']['context']): boolean => !satisfies(formulaOf({ ...question, policy: parsed({ ...document, Statement: [...statements.filter((other) => other['Effect'] !== 'Deny'), one] }) }), { ...witness, context });
  return Object.keys(witness.context).filter((key) => /^aws:resourcetag\//i.test(key)).flatMap((key) => {
    const { [key]: _, ...context } = witness.context;
    return statements.flatMap((one, i) => one['Effect'] === 'Deny' && isRefused(one, context)
      ? [`the Deny of ${placeInWords({ at: placeOf(document, i) }, one)} spares resources by their tag \`${key.slice(key.indexOf('/') + 1)}\`: whoever may tag one opens it`] : []);
  });
}
