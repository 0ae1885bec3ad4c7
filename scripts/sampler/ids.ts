import type { Random } from '../bench/random.ts';
import { ANY_ACCOUNT, meeting } from './meet.ts';
import { instance, type Said } from './said.ts';

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
/** Where the account stands in what else tells one. */
const tellers: readonly string[] = ['', '', `arn:aws:iam::${ANY_ACCOUNT}:role/`, `arn:aws:iam::${ANY_ACCOUNT}:user/`, `${ANY_ACCOUNT}:`];

/** An account that the policies write out, or one that their patterns stand for, or that lies beside one of their numbers. */
export function accountSaid(random: Random, { keys, text }: Said): string | undefined {
  const { below, chance, pick } = random;
  const digits = (count: number): string => Array.from({ length: count }, () => below(10)).join('');
  const written: readonly string[] = text.match(ACCOUNT) ?? [];
  const values = [...keys].flatMap(([key, some]) => /account$|arn$|userid|owner$/.test(key) ? some : []);
  if (values.length === 0 || chance(0.4)) return written.length === 0 ? undefined : pick(written);
  const value = pick(values);
  if (chance(0.4) && /Numeric|Date/.test(text)) {
    const bound = Number(pick(values));
    const near = Math.round(bound) + below(9) - 4;
    if (Number.isFinite(near) && near >= 0 && near < 1e12) return String(chance(0.5) ? near : below(near + 1)).padStart(12, '0');
  }
  const begin = pick(tellers);
  const met = meeting(random, instance(random, value, undefined, true), begin === '' ? ANY_ACCOUNT : begin, begin === '' ? undefined : 'app');
  // What two patterns ask for may stand at the two ends of one id.
  const end = /(\d{1,6})(?=["'/:]|$)/.exec(pick(values))?.[1];
  const id = met === undefined ? digits(12) : /\d{12}/.exec(met)![0];
  return end !== undefined && chance(0.3) ? id.slice(0, 12 - end.length) + end : id;
}

/** Organizations that the policies tell of. */
export const organizationsSaid = (random: Random, { keys, text }: Said): readonly string[] =>
  [...(text.match(/o-[a-z0-9]{10,32}/g) ?? []), ...[...keys].filter(([key]) => /org(id|paths)$/.test(key)).flatMap(([, values]) => values).map((one) => instance(random, one.split('/')[0]!)).filter((one) => /^o-[a-z0-9]{10,32}$/.test(one))];
