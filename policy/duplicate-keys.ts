const [QUOTE, BACKSLASH, COLON, COMMA, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, SPACE] = [...'"\\:,{}[] '].map((char) => char.charCodeAt(0)) as [number, number, number, number, number, number, number, number, number];

/**
 * The JSON pointer of the first object that names a member twice, or `undefined`. JSON.parse keeps the last one in
 * silence, while IAM's grammar has no place for duplicates, so a policy with one must not be judged by either.
 * Takes the text and what JSON.parse has made of it: only where that seems to have fewer members is one looked for.
 */
export const duplicateKey = (text: string, document: unknown): string | undefined => membersWritten(text) === membersOf(document) ? undefined : firstDuplicate(text);

/** Not fewer than there are: within a string, too, a colon may follow a quote. */
function membersWritten(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) if (isColonNext(text, at + 1)) count++;
  return count;
}

/** Where the string that begins at a quote ends: at the next quote that no odd number of backslashes stands before. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = end;
    while (text.charCodeAt(escapes - 1) === BACKSLASH) escapes--;
    if ((end - escapes) % 2 === 0) return end;
  }
}

function membersOf(document: unknown): number {
  let count = 0;
  const open = [document];
  for (const value of open) {
    if (typeof value !== 'object' || value === null) continue;
    const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (inner !== value) count += inner.length;
    for (const one of inner) if (typeof one === 'object') open.push(one);
  }
  return count;
}

function firstDuplicate(text: string): string | undefined {
  const stack: { readonly keys: Set<string> | undefined; index: number; key: string }[] = [];
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case OPEN_OBJECT: stack.push({ keys: new Set(), index: 0, key: '' }); break;
      case OPEN_LIST: stack.push({ keys: undefined, index: 0, key: '' }); break;
      case CLOSE_OBJECT: case CLOSE_LIST: stack.pop(); break;
      case COMMA: stack.at(-1)!.index++; break;
      case QUOTE: {
        const start = i;
        i = endOfString(text, i);
        const top = stack.at(-1);
        if (top?.keys === undefined || !isColonNext(text, i + 1)) break;
        const key = JSON.parse(text.slice(start, i + 1)) as string;
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
