import { ask, parsePolicy, type Answer, type Objective, type Question } from '../../policy/index.ts';
import { asList, operatorParts, placeOf, statementsOf, withStatement, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, placeInWords, withoutTest } from '../../core/statement-changes.ts';

/** A policy without something that may keep outsiders out, and what is said of that where somebody gets through then. */
export interface Loosened { readonly document: Document; readonly words: string }

/** How many statements may be asked about, all questions together; policies of the sizes that AWS takes come to fewer. */
export const MOST_ASKED = 100_000;

/** Whether somebody gets through, or somebody of whom nothing tells whether he is outside; that the search was given up says nothing. */
export const isLetIn = ({ answer, because = '' }: { readonly answer: Answer['answer']; readonly because?: string }): boolean => answer === 'outside' || (answer === 'undecided' && !because.includes('past the work budget'));

/**
 * The parts of a policy each of which keeps outsiders out: taken away alone, somebody gets through. None, where several
 * do so and any would suffice.
 */
export function bindings(question: Question, document: Document, objective: Objective, most = MOST_ASKED): string[] {
  return holding(document, (changed) => isLetIn(ask({ ...question, policy: parsePolicy(changed) }, objective)), (one, index) => {
    const place = placeInWords({ at: placeOf(document, index) }, one);
    if (one['Effect'] === 'Deny') return [{ document: withStatement(document, index, undefined), words: `the Deny of ${place}${keysOf(one)}` }];
    return [
      ...tests(one).map(({ operator, key, values }) => ({ document: withWider(document, withoutTest(one, operator, key)), words: `\`${key}\` in ${place}, ${inWords(operatorParts(operator).name, values)}` })),
      ...names(one).length === 0 ? [] : [{ document: withWider(document, { ...one, Principal: '*' }), words: `${place} names only ${inOrder(names(one), ', ')}` }],
      ...elements(one).map(({ name, wide, words }) => ({ document: withWider(document, wide), words: `${place} ${words} ${listed(asList(one[name]), ', ')}` })),
    ];
  }, most);
}

/** What is said of that without which somebody gets through, and of how many statements it was not tried. `beside`: how many more a question is about. */
export function holding(document: Document, opens: (loosened: Document) => boolean, loosenedIn: (statement: Statement, index: number) => readonly Loosened[], most: number, beside = 0): string[] {
  const statements = statementsOf(document);
  const held: string[] = [];
  let left = most;
  for (const [i, one] of statements.entries()) {
    const all = loosenedIn(one, i);
    left -= all.reduce((sum, loosened) => sum + statementsOf(loosened.document).length + beside, 0);
    if (left < 0) return [...held, `perhaps ${statements.length - i} more of the statements: to try each takes too long`];
    held.push(...all.filter((loosened) => opens(loosened.document)).map(({ words }) => words));
  }
  return held;
}

/** The policy with a wider Allow in the place of one. Nobody from outside gets through the other Allows, so beside it only what is denied matters. */
export const withWider = (document: Document, wide: Statement): Document => ({ ...document, Statement: [wide, ...statementsOf(document).filter((one) => one['Effect'] === 'Deny')] });

/** What a statement allows and on what, with the statement that leaves it open. */
const elements = (statement: Statement): { readonly name: string; readonly wide: Statement; readonly words: string }[] => (['Resource', 'Action'] as const).flatMap((element) => {
  const [name, words] = statement[element] === undefined ? [`Not${element}`, `allows nothing ${element === 'Resource' ? 'on' : 'of'}`] : [element, `allows only ${element === 'Resource' ? 'resources' : 'actions'}`];
  const { [name]: given, ...others } = statement;
  return given === undefined ? [] : [{ name, wide: { ...others, [element]: '*' }, words }];
});

const comparisons: Readonly<Record<string, string>> = { LessThan: 'below', LessThanEquals: 'at most', GreaterThan: 'above', GreaterThanEquals: 'at least' };
/** What an operator asks of a key's value. */
function inWords(name: string, values: readonly unknown[]): string {
  if (values.length === 0) return 'whose list of values is empty';
  if (name === 'Null') return String(values[0]) === 'true' ? 'which must be missing' : 'which must be there';
  const compared = comparisons[/^(?:Numeric|Date)(.*)$/.exec(name)?.[1] ?? ''];
  return `which must ${/Not/.test(name) ? 'not ' : ''}be ${compared === undefined ? '' : `${compared} `}${listed(values)}`;
}

interface Tested { readonly operator: string; readonly key: string; readonly values: readonly unknown[] }
const tests = (statement: Statement): Tested[] => Object.entries(conditionsOf(statement))
  .flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => ({ operator, key, values: asList(values) })));
/** The keys that a statement tests, as its name goes on. */
export const keysOf = (statement: Statement): string => tests(statement).length === 0 ? '' : ` on ${[...new Set(tests(statement).map(({ key }) => `\`${key}\``))].join(', ')}`;
const names = ({ Principal: listed }: Statement): string[] => typeof listed !== 'object' || listed === null ? [] : Object.entries(listed).flatMap(([type, given]) => asList(given).map((one) => (one === '*' ? anyOf[type] : undefined) ?? inTicks(one)));
/** Whoever comes under a type of principals, for a `*` alone reads as everybody. */
const anyOf: Readonly<Record<string, string>> = { Service: 'AWS services', Federated: 'callers of identity providers' };
const inTicks = (one: unknown): string => `\`${String(one)}\``;
const inOrder = (words: readonly string[], by: string): string => `${words.slice(0, 3).join(by)}${words.length > 3 ? `${by}${words.length - 3} more` : ''}`;
const listed = (values: readonly unknown[], by = ' or '): string => values.length === 0 ? '`[]`' : inOrder(values.map(inTicks), by);
