import { ask, parsePolicy, type Objective, type Question } from '../../policy/index.ts';
import { asList, operatorParts, placeOf, statementsOf, withStatement, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, placeInWords, withoutTest } from '../../core/statement-changes.ts';

/**
 * The parts of a policy each of which keeps outsiders out: taken away alone, somebody gets through. None, where several
 * do so and any would suffice.
 */
export function bindings(question: Question, document: Document, objective: Objective): string[] {
  const opens = (index: number, statement: Statement | undefined): boolean =>
    ask({ ...question, policy: parsePolicy(withStatement(document, index, statement)) }, objective).answer === 'outside';
  return statementsOf(document).flatMap((one, index) => {
    const place = placeInWords({ at: placeOf(document, index) }, one);
    if (one['Effect'] === 'Deny') return opens(index, undefined) ? [`the Deny of ${place}${keysOf(one)}`] : [];
    return [...tests(one).flatMap(({ operator, key, values }) => opens(index, withoutTest(one, operator, key))
      ? [`\`${key}\` in ${place}, which must ${inWords(operatorParts(operator).name, values)}`] : []), ...names(one).length > 0 && opens(index, { ...one, Principal: '*' }) ? [`${place} names only ${listed(names(one), ', ')}`] : [],
    ...elements(one).flatMap(({ name, wide, words }) => opens(index, wide) ? [`${place} ${words} ${listed(asList(one[name]), ', ')}`] : [])];
  });
}

/** What a statement allows and on what, with the statement that leaves it open. */
const elements = (statement: Statement): { readonly name: string; readonly wide: Statement; readonly words: string }[] => (['Resource', 'Action'] as const).flatMap((element) => {
  const [name, words] = statement[element] === undefined ? [`Not${element}`, `allows nothing ${element === 'Resource' ? 'on' : 'of'}`] : [element, `allows only ${element === 'Resource' ? 'resources' : 'actions'}`];
  const { [name]: given, ...others } = statement;
  return given === undefined ? [] : [{ name, wide: { ...others, [element]: '*' }, words }];
});

const comparisons: Readonly<Record<string, string>> = { LessThan: 'below', LessThanEquals: 'at most', GreaterThan: 'above', GreaterThanEquals: 'at least' };
/** What an operator asks of a key's value. */
function inWords(name: string, values: readonly unknown[]): string {
  if (name === 'Null') return String(values[0]) === 'true' ? 'be missing' : 'be there';
  const compared = comparisons[/^(?:Numeric|Date)(.*)$/.exec(name)?.[1] ?? ''];
  return `${/Not/.test(name) ? 'not ' : ''}be ${compared === undefined ? '' : `${compared} `}${listed(values)}`;
}

interface Tested { readonly operator: string; readonly key: string; readonly values: readonly unknown[] }
const tests = (statement: Statement): Tested[] => Object.entries(conditionsOf(statement))
  .flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => ({ operator, key, values: asList(values) })));
/** The keys that a statement tests, as its name goes on. */
export const keysOf = (statement: Statement): string => tests(statement).length === 0 ? '' : ` on ${[...new Set(tests(statement).map(({ key }) => `\`${key}\``))].join(', ')}`;
const names = ({ Principal: listed }: Statement): unknown[] => typeof listed !== 'object' || listed === null ? [] : Object.values(listed).flatMap(asList);
const listed = (values: readonly unknown[], by = ' or '): string => values.length === 0 ? '`[]`' : `${values.slice(0, 3).map((one) => `\`${String(one)}\``).join(by)}${values.length > 3 ? `${by}${values.length - 3} more` : ''}`;
