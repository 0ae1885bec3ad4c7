/** Words without their plural `s`, and the marks between them: where names begin and end to have something in common. */
export const piecesOf = (text: string): string[] => text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+?(?=s?(?![a-z\d]))|[^A-Za-z\d]/g) ?? [];

const braced = (list: string): string => list.includes(',') ? `{${list}}` : list;
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups];
}

/** The opposite of `unfold`: what takes the same verbs shares them, and of that what begins alike its beginning. */
export function fold(all: Iterable<string>): string {
  const names = [...new Set(all)].sort().map(piecesOf);
  const byRest = groupBy(names, ([, ...rest]) => rest.join('')).map(([rest, group]) => ({ rest, verbs: group.map(([verb]) => verb).join(',') }));
  return groupBy(byRest, ({ verbs }) => verbs)
    .map(([verbs, group]) => braced(verbs) + braced(foldBeginnings(group.map(({ rest }) => rest).sort().map(piecesOf)))).join(',');
}

function foldBeginnings(names: readonly (readonly string[])[]): string {
  return groupBy(names, ([first = '']) => first).map(([first, group]) => {
    const plain = group.map((one) => one.join('')).join(',');
    if (first === '' || group.length < 2) return plain;
    let shared = 1;
    while (group.every((one) => one.length > shared && one[shared] === group[0]![shared])) shared++;
    const short = `${group[0]!.slice(0, shared).join('')}{${foldBeginnings(group.map((one) => one.slice(shared)))}}`;
    return short.length < plain.length ? short : plain;
  }).join(',');
}
