import type { Document, Statement } from './random-policies.ts';

/** One test of a statement by itself: an element with its list, or one key under one operator. */
export interface Atom {
  readonly element: 'principal' | 'action' | 'resource' | 'condition';
  readonly negated: boolean;
  /** The statement that holds this test and nothing else. */
  readonly statement: Statement;
  readonly operator?: string;
  readonly key?: string;
  readonly values: readonly unknown[];
  /** The kind of principal, where all values are of one. */
  readonly type?: string;
  /** The same with one of its values. */
  readonly singles: () => readonly Atom[];
}

const open = { Principal: '*', Action: '*', Resource: '*' } as const;
const listOf = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : [value];

function elementAtom(statement: Statement, name: 'Action' | 'Resource'): Atom[] {
  const written = statement[name] === undefined ? `Not${name}` : name;
  if (statement[written] === undefined) return [];
  const make = (values: readonly unknown[]): Atom => ({
    element: name === 'Action' ? 'action' : 'resource', negated: written !== name, values,
    statement: { Effect: statement['Effect'], ...open, [name]: undefined, [written]: values }, singles: () => values.map((one) => make([one])),
  });
  return [make(listOf(statement[written]))];
}

function principalAtom(statement: Statement): Atom {
  const written = statement['NotPrincipal'] === undefined ? 'Principal' : 'NotPrincipal';
  const value = statement[written];
  const entries = value === undefined ? [] : typeof value === 'string' ? [['AWS', value] as const] : Object.entries(value as Record<string, unknown>).flatMap(([type, all]) => listOf(all).map((one) => [type, one] as const));
  const make = (some: readonly (readonly [string, unknown])[], given: unknown): Atom => ({
    element: 'principal', negated: written === 'NotPrincipal', values: some.map(([, one]) => one), ...(some.length === 1 ? { type: some[0]![0] } : {}),
    statement: { Effect: statement['Effect'], ...open, Principal: undefined, [written]: given },
    singles: () => some.map((one) => make([one], { [one[0]]: one[1] })),
  });
  return make(entries, value);
}

function conditionAtoms(statement: Statement): Atom[] {
  const make = (operator: string, key: string, values: readonly unknown[]): Atom => ({
    element: 'condition', negated: /Not/i.test(operator), operator, key, values,
    statement: { Effect: statement['Effect'], ...open, Condition: { [operator]: { [key]: values } } }, singles: () => values.map((one) => make(operator, key, [one])),
  });
  return Object.entries((statement['Condition'] ?? {}) as Record<string, Record<string, unknown>>)
    .flatMap(([operator, tests]) => Object.entries(tests).map(([key, values]) => make(operator, key, listOf(values))));
}

/** JSON has no `undefined` members, so neither has a statement that is handed to both sides. */
const clean = (atom: Atom): Atom => ({
  ...atom, statement: Object.fromEntries(Object.entries(atom.statement).filter(([, value]) => value !== undefined)), singles: () => atom.singles().map(clean),
});

export const atomsOf = (statement: Statement): readonly Atom[] =>
  [principalAtom(statement), ...elementAtom(statement, 'Action'), ...elementAtom(statement, 'Resource'), ...conditionAtoms(statement)].map(clean);

/** What a policy comes to when each statement applies as its atoms say. */
export function recomposed(document: Document, appliesAtom: (atom: Atom) => boolean): boolean {
  const applying = document.Statement.filter((one) => atomsOf(one).every(appliesAtom));
  return applying.some((one) => one['Effect'] === 'Allow') && !applying.some((one) => one['Effect'] === 'Deny');
}
