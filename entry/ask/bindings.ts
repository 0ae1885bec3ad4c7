import { ask, parsePolicy, type Answer, type Objective, type Question } from '../../policy/index.ts';
import { asList, operatorParts, placeOf, statementsOf, withStatement, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, placeInWords, withoutTest } from '../../core/statement-changes.ts';

/** A policy without something that may keep outsiders out, and what is said of that where somebody gets through then. */
export interface Loosened { readonly document: Document; readonly words: string }

/** How many statements may be asked about, all questions together; policies of the sizes that AWS takes come to fewer. */
export const MOST_ASKED = 100_000;

/** Whether somebody gets through, or somebody of whom nothing tells whether he is outside; that the search was given up says nothing. */
export const isLetIn = (found: Answer): boolean => found.answer === 'outside' || (found.answer === 'undecided' && !found.because.includes('past the work budget'));

/** What a statement does to keep outsiders out, in words, and the statement without it; `undefined`: it goes as a whole. */
interface Part { readonly words: string; readonly loosened: (one: Statement) => Statement | undefined }

/**
 * The parts of a policy each of which keeps outsiders out: taken away alone, somebody gets through. Where several do so and any would suffice, that is
 * said, with some that do; none, where no part does.
 */
export function bindings(question: Question, document: Document, objective: Objective, most = MOST_ASKED): string[] {
  const opens = (changed: Document): boolean => isLetIn(ask({ ...question, policy: parsePolicy(changed) }, objective));
  const parts = statementsOf(document).map((one, index) => partsOf(one, placeInWords({ at: placeOf(document, index) }, one)));
  const alone = holding(document, opens, (one, index) => parts[index]!.map(({ words, loosened }) => {
    const wide = loosened(one);
    return { words, document: wide === undefined ? withStatement(document, index, undefined) : withWider(document, wide) };
  }), most);
  return alone.length > 0 ? alone : amongSeveral(document, parts, opens, most);
}

const partsOf = (statement: Statement, place: string): readonly Part[] => statement['Effect'] === 'Deny' ? [{ words: `the Deny of ${place}${keysOf(statement)}`, loosened: () => undefined }] : [
  ...tests(statement).map(({ operator, key, values }): Part => ({ words: `\`${key}\` in ${place}, ${inWords(operatorParts(operator).name, values)}`, loosened: (one) => withoutTest(one, operator, key) })),
  ...names(statement).length === 0 ? [] : [{ words: `${place} names only ${inOrder(names(statement), ', ')}`, loosened: (one: Statement) => ({ ...one, Principal: '*' }) }],
  ...elements(statement).map(({ name, element, words }): Part => ({ words: `${place} ${words} ${listed(asList(statement[name]), ', ')}`, loosened: ({ [name]: _, ...others }) => ({ ...others, [element]: '*' }) })),
];

/** Of parts none of which is needed beside the others, as few as do: what can go goes, conditions on whom an Allow lets in last, for they say most. */
function amongSeveral(document: Document, parts: readonly (readonly Part[])[], opens: (loosened: Document) => boolean, most: number): string[] {
  const all = parts.flatMap((some, index) => some.map((part) => ({ index, part }))).reverse();
  let left: readonly (Statement | undefined)[] = statementsOf(document);
  if (all.length * left.length > most) return [];
  const needed: string[] = [];
  for (const { index, part } of [...all.filter((one) => left[one.index]!['Effect'] === 'Deny'), ...all.filter((one) => left[one.index]!['Effect'] !== 'Deny')]) {
    const without = left.with(index, part.loosened(left[index]!));
    if (opens({ ...document, Statement: without.filter((one) => one !== undefined) })) needed.push(part.words); else left = without;
  }
  return needed.length === 0 ? [] : [`more than one part, of which some would do without the others: for one, ${needed.reverse().slice(0, 3).join(', and ')}${needed.length > 3 ? `, and ${needed.length - 3} more` : ''}`];
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

/** What a statement allows and on what. */
const elements = (statement: Statement): { readonly name: string; readonly element: string; readonly words: string }[] => (['Resource', 'Action'] as const).flatMap((element) => {
  const [name, words] = statement[element] === undefined ? [`Not${element}`, `allows nothing ${element === 'Resource' ? 'on' : 'of'}`] : [element, `allows only ${element === 'Resource' ? 'resources' : 'actions'}`];
  return statement[name] === undefined ? [] : [{ name, element, words }];
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
