import { between, complement, everything, intersect, type Range, type Ranges } from '../ranges.ts';
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

export function findNumber(tests: readonly TextTest[], work: Work): string | undefined {
  const [range] = wanted(tests, everything, work);
  return range === undefined ? undefined : String(memberOf(range, 0));
}

/** The last time a date can tell. */
const LATEST = 8.64e15;

/** Temporary credentials last 36 hours at most. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const LONGEST_SESSION = 36 * 3_600_000;

/** A time: of the request, from now on; of its credentials, as far back as they may still serve. */
export function findTime(key: string, tests: readonly TextTest[], now: number, work: Work): string | undefined {
  const earliest = key === CLOCK ? now : key === 'aws:tokenissuetime' ? now - LONGEST_SESSION : -LATEST;
  const [range] = wanted(tests, [between(earliest, LATEST)], work);
  return range === undefined ? undefined : new Date(memberOf(range, now)).toISOString();
}
