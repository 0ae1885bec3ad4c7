/** What JSON.parse says of a text; versions of Node say it differently. */
export function jsonFault(text: string): string {
  try { JSON.parse(text); } catch (error) { return (error as Error).message; }
  throw new Error(`\`${text}\` is JSON`);
}
