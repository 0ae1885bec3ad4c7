/** A policy document that the engine has read without complaint, as JSON: what a person edits. */
export type Document = Readonly<Record<string, unknown>>;
export type Statement = Readonly<Record<string, unknown>>;

/** The document of a policy given as an object or as text. */
export const documentOf = (policy: unknown): Document => (typeof policy === 'string' ? JSON.parse(policy) : policy) as Document;

export const asList = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : [value];
export const statementsOf = (document: Document): readonly Statement[] => asList(document['Statement']) as readonly Statement[];

/** Where a statement stands, as answers name it. */
export const placeOf = (document: Document, index: number): string => Array.isArray(document['Statement']) ? `/Statement/${index}` : '/Statement';

/** The document with another statement in the place of one; `undefined`: without it. */
export const withStatement = (document: Document, index: number, statement: Statement | undefined): Document => withStatements(document, index, statement === undefined ? [] : [statement]);

/** The document with any number of statements in the place of one. */
export function withStatements(document: Document, index: number, statements: readonly Statement[]): Document {
  const all = statementsOf(document).flatMap((one, i) => i !== index ? [one] : statements);
  return { ...document, Statement: Array.isArray(document['Statement']) || all.length !== 1 ? all : all[0] };
}

/** The document with more statements at its end. */
export const withMore = (document: Document, ...statements: readonly Statement[]): Document => ({ ...document, Statement: [...statementsOf(document), ...statements] });

export interface OperatorParts { readonly quantifier: string | undefined; readonly name: string; readonly ifExists: boolean }
/** `ForAnyValue:StringLikeIfExists` in its parts. */
export function operatorParts(written: string): OperatorParts {
  const [, quantifier, rest = written] = /^(ForAllValues|ForAnyValue):(.*)$/i.exec(written) ?? [];
  return { quantifier, name: rest.replace(/IfExists$/i, ''), ifExists: /IfExists$/i.test(rest) };
}
