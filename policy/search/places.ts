import type { Condition } from '../conditions.ts';
import type { Formula } from '../formula.ts';
import type { Policy, Statement } from '../parse.ts';
import { folded, isOpen, isPattern, type Template } from '../pattern.ts';
import { PRINCIPAL_ARN, USER_NAME } from './compile.ts';
import { endOfArn, isAlike, isVariable } from './held.ts';

/** A text with the variable, as a test of some key holds it: whether a request that satisfies the formula has to match it, or be kept from it. */
export interface Place { readonly on: string; readonly template: Template; readonly ignoreCase: boolean; readonly isAsked: boolean; readonly test?: Condition; readonly granted?: { readonly by: Policy; readonly at: Statement } | undefined }
export function placesOf(variable: string, formula: Formula, isWanted = true): readonly Place[] {
  if (formula.kind === 'not') return placesOf(variable, formula.of, !isWanted);
  if (formula.kind !== 'policy') return formula.of.flatMap((one) => placesOf(variable, one, isWanted));
  const by = formula.policy;
  return by.statements.flatMap((statement) => {
    const { effect, conditions, resources, variables } = statement;
    if (!variables.includes(variable)) return [];
    const within = (test: Condition, negated: boolean): Place[] => test.given.flatMap((template) => isPattern(template) || !template.variables.includes(variable) ? []
      : [{ on: test.key, template, ignoreCase: test.operator.ignoreCase, isAsked: isWanted === ((effect === 'Allow') !== negated), test, granted: isWanted && effect === 'Allow' ? { by, at: statement } : undefined }]);
    return [...conditions.flatMap((one) => within(one, one.operator.negated)), ...resources === undefined ? [] : within(resources.test, resources.negated)];
  });
}

/** A place in a user's name as one in its ARN. */
export const inArn = (one: Place): Place => one.on === USER_NAME ? { ...one, on: PRINCIPAL_ARN, template: endOfArn(one.template) } : one;

/** Whether one text may have to be of both places, or of one and not the other, and the value stands in it at two places then: it matters how that goes on within itself. */
export function areShifted(one: Place, other: Place, key: string): boolean {
  const [a, b] = one.on === other.on ? [one, other] : [inArn(one), inArn(other)];
  if (a.on !== b.on || !mayMeet(a, b)) return false;
  // Only a value with letters has another case, to be of the one text and not of the other.
  if (a.ignoreCase !== b.ignoreCase && a.isAsked !== b.isAsked && a.ignoreCase === a.isAsked) return true;
  const isPlain = (parts: Template['parts']): boolean => isVariable(parts[headOf({ parts }).length]!, key) && parts.filter((part) => isVariable(part, key)).length === 1;
  // As far from the beginning, or from the end, the value is the same piece of either text.
  const areAligned = (x: Template['parts'], y: Template['parts']): boolean => isPlain(x) && isPlain(y) && headOf({ parts: x }).length === headOf({ parts: y }).length;
  const [x, y] = [a.template.parts, b.template.parts];
  return !isAlike(a.template, b.template) && !areAligned(x, y) && !areAligned(x.toReversed(), y.toReversed());
}
/** Whether one text may have to be of both places, or of one and not the other. */
export function mayMeet(a: Place, b: Place): boolean {
  if (!(a.isAsked || b.isAsked)) return false;
  // Of several values, and of several statements of a policy that allow, one suffices.
  if (a.isAsked && b.isAsked && (a.test === b.test || (a.granted !== undefined && a.granted.by === b.granted?.by && a.granted.at !== b.granted.at))) return false;
  const [x, y] = [a.template.parts, b.template.parts];
  const ignoreCase = a.ignoreCase || b.ignoreCase;
  return !areApart(x, y, ignoreCase) && !areApart(x.toReversed(), y.toReversed(), ignoreCase);
}
/** Whether two templates begin differently, whatever the variables that they have in common stand for. */
function areApart(x: Template['parts'], y: Template['parts'], ignoreCase: boolean): boolean {
  const isSame = (one: Template['parts'][number], other: Template['parts'][number] | undefined): boolean => typeof one === 'string'
    ? typeof other === 'string' && (one === other || (ignoreCase && folded(one) === folded(other))) : isOpen(one) && other !== undefined && isVariable(other, one.variable) && one.fallback === (other as typeof one).fallback;
  const at = x.findIndex((part, i) => !isSame(part, y[i]));
  return at >= 0 && typeof x[at] === 'string' && typeof y[at] === 'string';
}

/** The text before a template's first wildcard or variable. */
export function headOf({ parts }: Pick<Template, 'parts'>): string {
  const end = parts.findIndex((part) => typeof part !== 'string');
  return parts.slice(0, end).join('');
}
