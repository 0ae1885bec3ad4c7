/** One part of a path into an answer; a `filter` is whatever else stands in brackets. */
export type Part = { readonly kind: 'member' | 'below'; readonly name: string } | { readonly kind: 'index' | 'each' | 'filter' };

const forms: readonly (readonly [RegExp, (name: string) => Part])[] = [
  [/^\.\.([\w-]+)/, (name) => ({ kind: 'below', name })],
  [/^\.([\w-]+)/, (name) => ({ kind: 'member', name })],
  [/^\['([^']+)'\]/, (name) => ({ kind: 'member', name })],
  [/^\["([^"]+)"\]/, (name) => ({ kind: 'member', name })],
  [/^\[-?\d+\]/, () => ({ kind: 'index' })],
  [/^(?:\.\*|\[\*\])/, () => ({ kind: 'each' })],
  [/^\[(?:\?\([^)]*\)|[-\d:,]+)\]/, () => ({ kind: 'filter' })],
];

/** Reads a JSONPath such as `$.A[0].B`; `undefined` when it is none. */
export function readSelector(text: string): Part[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const parts: Part[] = [];
  for (let rest = text.slice(1); rest !== '';) {
    const found = forms.map(([form, part]) => ({ match: form.exec(rest), part })).find(({ match }) => match !== null);
    if (found === undefined) return undefined;
    const [all = '', name = ''] = found.match ?? [];
    parts.push(found.part(name));
    rest = rest.slice(all.length);
  }
  return parts;
}
