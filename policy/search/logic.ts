import type { Condition } from '../conditions.ts';

/** A test of one key that must hold, or must not. */
export interface Literal { readonly kind: 'literal'; readonly key: string; readonly test: Condition; readonly positive: boolean }
interface All { readonly kind: 'all'; readonly of: readonly Node[] }
interface Any { readonly kind: 'any'; readonly of: readonly Node[] }
export type Node = Literal | All | Any;

export const TRUE: Node = { kind: 'all', of: [] };
export const FALSE: Node = { kind: 'any', of: [] };
export const truth = (value: boolean): Node => value ? TRUE : FALSE;
export const literalOf = (key: string, test: Condition, positive: boolean): Literal => ({ kind: 'literal', key, test, positive });

export function all(of: readonly Node[]): Node {
  const kept: Node[] = [];
  for (const one of of) {
    if (one === FALSE) return FALSE;
    if (one !== TRUE) kept.push(one);
  }
  return kept.length === 0 ? TRUE : kept.length === 1 ? kept[0]! : { kind: 'all', of: kept };
}

export function any(of: readonly Node[]): Node {
  const kept: Node[] = [];
  for (const one of of) {
    if (one === TRUE) return TRUE;
    if (one !== FALSE) kept.push(one);
  }
  return kept.length === 0 ? FALSE : kept.length === 1 ? kept[0]! : { kind: 'any', of: kept };
}

/** Every test of a node. */
export const literalsOf = (node: Node): readonly Literal[] => node.kind === 'literal' ? [node] : node.of.flatMap(literalsOf);

/** The negation, pushed down to the tests. */
export function negated(node: Node): Node {
  if (node === TRUE) return FALSE;
  if (node === FALSE) return TRUE;
  if (node.kind === 'literal') return { ...node, positive: !node.positive };
  return { kind: node.kind === 'all' ? 'any' : 'all', of: node.of.map(negated) };
}
