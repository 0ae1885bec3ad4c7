/**
 * The JSON pointer of the first object that names a member twice, or `undefined`. JSON.parse keeps the last one in
 * silence, while IAM's grammar has no place for duplicates, so a policy with one must not be judged by either.
 * Expects text that JSON.parse accepts.
 */
export function duplicateKey(text: string): string | undefined {
  const stack: { readonly keys: Set<string> | undefined; index: number; key: string }[] = [];
  const pointer = (): string => stack.map((one) => `/${one.keys === undefined ? one.index : one.key}`).join('');
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const top = stack.at(-1);
    if (char === '{') stack.push({ keys: new Set(), index: 0, key: '' });
    else if (char === '[') stack.push({ keys: undefined, index: 0, key: '' });
    else if (char === '}' || char === ']') stack.pop();
    else if (char === ',' && top !== undefined) top.index++;
    else if (char === '"') {
      const start = i;
      for (i++; text[i] !== '"'; i++) if (text[i] === '\\') i++;
      let after = i + 1;
      while (/\s/.test(text[after] ?? '')) after++;
      if (text[after] !== ':' || top?.keys === undefined) continue;
      const key = JSON.parse(text.slice(start, i + 1)) as string;
      top.key = key;
      if (top.keys.has(key)) return pointer();
      top.keys.add(key);
    }
  }
  return undefined;
}
