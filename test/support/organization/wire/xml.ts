/** An element as text, or by name its children in order. */
export type Element = string | { readonly [name: string]: readonly Element[] };

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&#39;': "'", '&amp;': '&' };
const unescape = (text: string): string => text.replace(/&#x([0-9a-fA-F]+);/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))).replace(/&(?:lt|gt|quot|apos|#39|amp);/g, (entity) => entities[entity]!);

/** Text as it stands between tags. What XML 1.0 cannot hold and line ends that a reader would turn go by number. */
export const escape = (text: string): string => text.replace(/[&<>"\r]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' })[character]!);

/** The content of the root element of a document without mixed content, which is what AWS clients send. */
export function parseXml(text: string): Element {
  const open: { name: string; children: Record<string, Element[]>; text: string }[] = [{ name: '', children: {}, text: '' }];
  for (const [, closing, name, empty, content] of text.replace(/<\?[^>]*\?>/g, '').matchAll(/<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g)) {
    const top = open.at(-1)!;
    if (content !== undefined) { top.text += content; continue; }
    if (closing === '') open.push({ name: name!, children: {}, text: '' });
    if (closing === '' && empty === '') continue;
    const closed = open.pop()!;
    (open.at(-1)!.children[closed.name] ??= []).push(Object.keys(closed.children).length > 0 ? closed.children : unescape(closed.text));
  }
  return Object.values(open[0]!.children)[0]?.[0] ?? '';
}
