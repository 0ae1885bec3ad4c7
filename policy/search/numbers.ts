import { between, complement, contains, everything, intersect, type Range, type Ranges } from '../ranges.ts';
import type { TextTest } from './region.ts';
import type { Work } from './work.ts';

/** The two clocks of a request are one key here; aws:EpochTime tells it in seconds. */
export const EPOCH = 'aws:epochtime';
export const CLOCK = 'aws:currenttime';
/** The values of the clock as a test of this key reads them. */
export const inUnitsOf = (key: string, values: readonly string[]): readonly string[] =>
  key === EPOCH ? values.map((one) => String(Date.parse(one) / 1000)) : values;

function wanted(tests: readonly TextTest[], within: Ranges<number>, work: Work): Ranges<number> {
  return tests.reduce((left, { test, want }) => {
    const scaled = test.operator.family === 'number' && test.key === EPOCH ? test.ranges.map(inMilliseconds) : test.ranges;
    work.spend(1 + scaled.length + left.length);
    return intersect(left, want ? scaled : complement(scaled));
  }, within);
}
const inMilliseconds = ({ from, to }: Range<number>): Range<number> => ({ from: from && { ...from, at: from.at * 1000 }, to: to && { ...to, at: to.at * 1000 } });

/** A number in some range, whole where one is. */
function memberOf({ from, to }: Range<number>, liked: number): number {
  if (from === undefined) return to === undefined || to.at > liked ? liked : to.after ? to.at : to.at - 1;
  if (!from.after) return from.at;
  const next = Math.floor(from.at) + 1;
  return to === undefined || next < to.at || (next === to.at && to.after) ? next : (from.at + to.at) / 2;
}

/** Some numbers of a range, the one that reads best first: what single texts take out leaves another. */
function membersOf(range: Range<number>, liked: number): number[] {
  const first = memberOf(range, liked);
  // Of large ones the next that can be told is far away.
  const others = [first + 1, first + 2, first - 1, first + 0.5, first * 2, first / 2].filter((one) => contains(range, one));
  return [...new Set(contains(range, first) || others.length === 0 ? [first, ...others] : others)];
}

/** As AWS writes numbers, without an exponent. */
function plain(number: number): string {
  const text = String(number);
  return !text.includes('e') ? text : Number.isInteger(number) ? BigInt(number).toString() : number.toFixed(20).replace(/0+$/, '');
}

/** Numbers that pass every test, some of each range as far as `most` go; none where no range is left. */
export const numbersPassing = (tests: readonly TextTest[], most: number, work: Work): string[] => wanted(tests, everything, work).slice(0, most).flatMap((range) => membersOf(range, 0)).slice(0, most).map(plain);

/** The first time that a date of four digits can tell. */
const EARLIEST = Date.parse('0000-01-01T00:00:00Z');
/** The last. */
export const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Temporary credentials last 36 hours at most. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const LONGEST_SESSION = 36 * 3_600_000;

/** Times that pass every test, some of each range as far as `most` go: of the request, from now on; of its credentials, as far back as they may still serve. */
export function timesPassing(key: string, tests: readonly TextTest[], now: number, most: number, work: Work): string[] {
  const earliest = key === CLOCK ? now : key === 'aws:tokenissuetime' ? now - LONGEST_SESSION : undefined;
  return wanted(tests, earliest === undefined ? everything : [between(earliest, LATEST)], work).slice(0, most).flatMap((range) => membersOf(range, now)).slice(0, most).map(written);
}
/** A time as a date, or where that takes more than four digits for the year, as seconds since 1970. */
const written = (at: number): string => at >= EARLIEST && at <= LATEST ? new Date(at).toISOString() : plain(at / 1000);
