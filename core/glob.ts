/** Whether a text fits a pattern in which only `*` (any number of characters) and `?` (one) are special. Linear in time but for the stars. */
export function matchesGlob(glob: string, text: string): boolean {
  let [at, star, mark] = [0, -1, 0];
  for (let i = 0; i < text.length;) {
    if (glob[at] === '*') [star, mark] = [at++, i];
    else if (glob[at] === '?' || glob[at] === text[i]) [at, i] = [at + 1, i + 1];
    else if (star >= 0) [at, i] = [star + 1, ++mark];
    else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}
