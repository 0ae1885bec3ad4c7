/** What the generated tables fold, to stay short and yet readable: `{Get,Put}Item{,s},List` is GetItem, GetItems, PutItem, PutItems and List. */
export function unfold(folded: string): string[] {
  let at = 0;
  const list = (): string[] => {
    const all: string[] = [];
    let one = [''];
    for (; at < folded.length && folded[at] !== '}'; at++) {
      if (folded[at] === ',') { all.push(...one); one = ['']; continue; }
      const next = folded[at] === '{' ? (at++, list()) : [folded[at]!];
      one = one.flatMap((head) => next.map((tail) => head + tail));
    }
    return [...all, ...one];
  };
  return folded === '' ? [] : list();
}
