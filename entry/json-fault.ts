/** What is wrong with text that is not JSON, with the line and column where the parser tells a position. */
export function jsonFault(text: string, error: unknown): string {
  const { message } = error as Error;
  const position = /at position (\d+)$/.exec(message)?.[1];
  if (position === undefined) return message;
  const before = text.slice(0, Number(position)).split('\n');
  return `${message} (line ${before.length} column ${before.at(-1)!.length + 1})`;
}
