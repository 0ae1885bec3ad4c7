import { isDeepStrictEqual } from 'node:util';
import { get, put, type Item, type Path, type Value } from './expression-path.ts';
import { invalid, Reader, type Condition, type Operand, type Words } from './expression.ts';

const valueOf = (item: Item, operand: Operand): Value | undefined => 'value' in operand ? operand.value : get(item, operand.path);

function equal(left: Value, right: Value): boolean {
  return left.N !== undefined && right.N !== undefined ? Number(left.N) === Number(right.N) : isDeepStrictEqual(left, right);
}
/** Texts by their bytes, numbers by size; `undefined` for different types, which no comparison orders. */
function order(left: Value, right: Value): number | undefined {
  if (typeof left.S === 'string' && typeof right.S === 'string') return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  return left.N !== undefined && right.N !== undefined ? Number(left.N) - Number(right.N) : undefined;
}

export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and': return holds(condition.left, item) && holds(condition.right, item);
    case 'or': return holds(condition.left, item) || holds(condition.right, item);
    case 'not': return !holds(condition.of, item);
    case 'exists': return (get(item, condition.path) !== undefined) === condition.want;
    case 'begins': return String(get(item, condition.path)?.S ?? '\0').startsWith(String(condition.value.S));
    case 'compare': {
      const left = valueOf(item, condition.left);
      const right = valueOf(item, condition.right);
      // An absent attribute differs from everything and compares with nothing.
      if (left === undefined || right === undefined) return condition.operator === '<>';
      if (condition.operator === '=') return equal(left, right);
      if (condition.operator === '<>') return !equal(left, right);
      const ordered = order(left, right);
      if (ordered === undefined) return false;
      return { '<': ordered < 0, '<=': ordered <= 0, '>': ordered > 0, '>=': ordered >= 0 }[condition.operator]!;
    }
  }
}

const conjuncts = (condition: Condition): Condition[] => condition.kind === 'and' ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
const pathOf = (condition: Condition): Path | undefined => condition.kind === 'compare' && 'path' in condition.left && 'value' in condition.right ? condition.left.path : condition.kind === 'begins' ? condition.path : undefined;

/** A key condition compares the partition key by `=` and, at most once, the sort key. */
export function checkKeyCondition(condition: Condition, [partition = '', sort]: readonly string[]): void {
  const names = conjuncts(condition).map((one) => pathOf(one)?.[0]);
  const first = conjuncts(condition)[names.indexOf(partition)];
  if (first?.kind !== 'compare' || first.operator !== '=' || names.length > 2 || names.some((name) => name === undefined || name !== partition && name !== sort) || new Set(names).size < names.length) invalid('Query key condition not supported');
  for (const one of conjuncts(condition)) if (one.kind === 'compare' && one.operator === '<>') invalid('Query key condition not supported');
}
export function pathsOf(condition: Condition): Path[] {
  switch (condition.kind) {
    case 'and': case 'or': return [...pathsOf(condition.left), ...pathsOf(condition.right)];
    case 'not': return pathsOf(condition.of);
    case 'compare': return [condition.left, condition.right].flatMap((one) => 'path' in one ? [one.path] : []);
    default: return [condition.path];
  }
}

/** An UpdateExpression of SET and REMOVE, as a change of a copy: every operand is read from the item as it was. */
export function readUpdate(text: unknown, words: Words, key: readonly string[]): (item: Item) => Item {
  const reader = new Reader(text, words);
  const sets: { readonly path: Path; readonly operand: Operand | undefined; readonly unless?: Path }[] = [];
  const sections = new Set<string>();
  while (reader.peek() !== '') {
    const section = reader.take().toUpperCase();
    if (section !== 'SET' && section !== 'REMOVE') return invalid(`Syntax error; token: \`${section}\` is not played here`);
    if (sections.has(section)) invalid(`The "${section}" section can only be used once in an update expression`);
    sections.add(section);
    do {
      const path = reader.path();
      if (section === 'REMOVE') { sets.push({ path, operand: undefined }); continue; }
      reader.expect('=');
      if (reader.peek() === 'if_not_exists') {
        reader.take(); reader.expect('(');
        const unless = reader.path();
        reader.expect(',');
        sets.push({ path, operand: reader.operand(), unless });
        reader.expect(')');
      } else sets.push({ path, operand: reader.operand() });
    } while (reader.accept(','));
  }
  const paths = sets.map(({ path }) => path);
  for (const path of paths) {
    if (key.includes(path[0])) invalid(`Cannot update attribute ${path[0]}. This attribute is part of the key`);
    if (paths.some((other) => other !== path && isDeepStrictEqual(other.slice(0, path.length), path))) invalid('Two document paths overlap with each other');
  }
  return (item) => {
    const changed = structuredClone(item);
    const values = sets.map(({ operand, unless }) => operand === undefined ? undefined : (unless === undefined ? undefined : get(item, unless)) ?? valueOf(item, operand) ?? invalid('The provided expression refers to an attribute that does not exist in the item'));
    sets.forEach(({ path }, index) => { put(changed, path, structuredClone(values[index])); });
    return changed;
  };
}
