/** An IPv4 or IPv6 range with its prefix length, such as `192.0.2.0/24`. */
export function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefix)) return false;
  return address.includes(':') ? Number(prefix) <= 128 && isIpv6(address) : Number(prefix) <= 32 && isIpv4(address);
}

const isIpv4 = (text: string): boolean => {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
};

/** Eight groups; `::` once, for one or more of them; the last two may be written as an IPv4 address. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => half === '' ? [] : half.split(':'));
  const last = groups.at(-1)?.at(-1);
  const isMapped = last !== undefined && last.includes('.');
  if (isMapped && !isIpv4(last)) return false;
  const all = isMapped ? [...groups.flat().slice(0, -1), '0', '0'] : groups.flat();
  return all.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) && (halves.length === 2 ? all.length <= 7 : all.length === 8);
}

/** A day that the calendar has, as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
