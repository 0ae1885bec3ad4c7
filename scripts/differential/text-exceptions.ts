import type { Exception } from './exceptions.ts';
import { carried, onlyOurs, templates, testOf, variablesIn, type Split, type Variable } from './splits.ts';

const page = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html';
const valueOf = (split: Split, { name }: Variable): string | undefined => { const value = carried(split, name); return typeof value === 'string' ? value : undefined; };
const anyVariable = (split: Split, is: (variable: Variable) => boolean): boolean => templates(split).some((text) => variablesIn(text).some(is));
/** Neither a value nor a default, as the peer sees it: an empty text is nothing there. */
const isUnresolved = (split: Split) => (one: Variable): boolean => !valueOf(split, one) && one.fallback === undefined;

/** Differences about variables, in conditions and resources alike. */
export const textExceptions: readonly Exception[] = [
  {
    name: 'variables in a policy of 2008', is: 'fault', source: `${page}: before 2012-10-17 they are literal text`, reason: 'it fills variables in whatever the Version is',
    recognizes: (split) => split.version !== '2012-10-17' && templates(split).some((text) => text.includes('${')),
  },
  {
    name: 'a negated operator on a variable without value', is: 'fault', source: `${page}#policy-vars-no-value: inverted operators do match`, reason: 'where a variable has no value its negated operators do not match either',
    recognizes: (split) => testOf(split)?.negated === true && onlyOurs(split) && anyVariable(split, isUnresolved(split)),
  },
  {
    name: 'NotResource with a variable without value', is: 'reading', source: `${page}#policy-vars-no-value: the resource that includes it will not match any resource`, reason: 'it leaves the statement out; here the listed resource matches nothing, so the statement reaches all',
    recognizes: (split) => split.atom.element === 'resource' && split.atom.negated && onlyOurs(split) && anyVariable(split, isUnresolved(split)),
  },
  {
    name: 'a variable whose value is empty', is: 'fault', source: 'its src/util.ts replaceIamStringToken', reason: 'an empty value counts as none, and what stands there is then a pattern of the variable\'s name',
    recognizes: (split) => anyVariable(split, (one) => valueOf(split, one) === ''),
  },
  {
    name: 'a default that is empty or follows the comma at once', is: 'fault', source: 'its src/util.ts replaceIamStringToken', reason: 'it knows a default only after comma and space, and no empty one',
    recognizes: (split) => anyVariable(split, (one) => one.fallback !== undefined && (!one.written.includes(', ') || (one.fallback === '' && !valueOf(split, one)))),
  },
  {
    name: 'a variable before the last part of an ARN', is: 'fault', source: 'its src/condition/arn/arn.ts splitArnParts, src/resource/resource.ts', reason: 'it splits at the colon inside the variable',
    recognizes: (split) => (split.atom.element === 'resource' || testOf(split)?.family === 'arn') && templates(split).some((text) => variablesIn(text).some(({ at }) => text.slice(0, at).split(':').length < 6)),
  },
];
