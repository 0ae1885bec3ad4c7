const [QUOTE, BACKSLASH, COLON, COMMA, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, SPACE] = [...'"\\:,{}[] '].map((char) => char.charCodeAt(0)) as [number, number, number, number, number, number, number, number, number];

/**
 * The JSON pointer of the first object that names a member twice, or `undefined`. JSON.parse keeps the last one in
 * silence, while IAM's grammar has no place for duplicates, so a policy with one must not be judged by either.
 * Expects text that JSON.parse accepts.
 */
export function duplicateKey(text: string): string | undefined {
  const stack: { readonly keys: Set<string> | undefined; index: number; key: string }[] = [];
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case OPEN_OBJECT: stack.push({ keys: new Set(), index: 0, key: '' }); break;
      case OPEN_LIST: stack.push({ keys: undefined, index: 0, key: '' }); break;
      case CLOSE_OBJECT: case CLOSE_LIST: stack.pop(); break;
      case COMMA: { const top = stack.at(-1); if (top !== undefined) top.index++; break; }
      case QUOTE: {
        const start = i;
        let plain = true;
        for (i++; text.charCodeAt(i) !== QUOTE; i++) if (text.charCodeAt(i) === BACKSLASH) { plain = false; i++; }
        const top = stack.at(-1);
        if (top?.keys === undefined || !isColonNext(text, i + 1)) break;
        const key = plain ? text.slice(start + 1, i) : JSON.parse(text.slice(start, i + 1)) as string;
        top.key = key;
        if (top.keys.has(key)) return stack.map((one) => `/${one.keys === undefined ? one.index : one.key}`).join('');
        top.keys.add(key);
      }
    }
  }
  return undefined;
}

/** Blanks of JSON are space, tab and line breaks, none of them above the space. */
function isColonNext(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) <= SPACE) at++;
  return text.charCodeAt(at) === COLON;
}
