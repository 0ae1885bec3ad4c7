import { asList, operatorParts, placeOf, statementsOf, type Document } from '../../core/policy-document.ts';
import { conditionsOf, placeInWords } from '../../core/statement-changes.ts';

/**
 * What conditions that list no value ask: nobody meets one, but who does not carry its key where that suffices.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const emptyValues = (document: Document): string[] => statementsOf(document).flatMap((one, index) => Object.entries(conditionsOf(one)).flatMap(([operator, keys]) => Object.entries(keys).flatMap(([key, values]) => {
  if (asList(values).length > 0) return [];
  const { quantifier, ifExists } = operatorParts(operator);
  const whom = ifExists || quantifier?.toLowerCase() === 'forallvalues' ? 'only a request without the key meets it' : 'no request meets it';
  return [`\`${operator}\` for \`${key}\` in ${placeInWords({ at: placeOf(document, index) }, one)} lists no value: ${whom}`];
})));
