import { upTo, type Range } from './ranges.ts';

/** IPv4 and IPv6 numbers never meet, so the version stays beside them. */
export interface Address { readonly version: 4 | 6; readonly number: bigint }
export interface Block { readonly version: 4 | 6; readonly range: Range<bigint> }

function v4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((one) => /^\d{1,3}$/.test(one) && Number(one) < 256)) return undefined;
  return BigInt(parts.reduce((all, one) => all * 256 + Number(one), 0));
}

function v6(text: string): bigint | undefined {
  let source = text;
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(source);
  if (dotted) {
    const low = v4(dotted[2]!);
    if (low === undefined) return undefined;
    source = `${dotted[1]!}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined): string[] => half === undefined || half === '' ? [] : half.split(':');
  const [head, tail] = [groups(halves[0]), groups(halves[1])];
  const gap = 8 - head.length - tail.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined;
  const all = [...head, ...Array<string>(halves.length === 2 ? gap : 0).fill('0'), ...tail];
  if (!all.every((one) => /^[0-9a-f]{1,4}$/i.test(one))) return undefined;
  return all.reduce((number, one) => number * 65536n + BigInt(`0x${one}`), 0n);
}

export function parseAddress(text: string): Address | undefined {
  const six = text.includes(':');
  const number = six ? v6(text) : v4(text);
  return number === undefined ? undefined : { version: six ? 6 : 4, number };
}

/** A CIDR block, or a single address; `undefined` where it is neither. */
export function parseBlock(text: string): Block | undefined {
  const [base = '', prefix, ...rest] = text.split('/');
  const address = parseAddress(base);
  if (address === undefined || rest.length > 0) return undefined;
  const bits = address.version === 4 ? 32 : 128;
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)) return undefined;
  const size = 1n << BigInt(bits - Number(prefix ?? bits));
  const first = address.number - (address.number % size);
  return { version: address.version, range: upTo(first, first + size) };
}

export function formatAddress({ version, number }: Address): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.');
  return Array.from({ length: 8 }, (_, i) => ((number >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':');
}
