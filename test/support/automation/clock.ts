import type { Clock } from './types.ts';

export function virtualClock(start: string | number): Clock {
  let time = typeof start === 'number' ? start : Date.parse(start);
  return { now: () => time, advanceTo(later) { time = Math.max(time, later); } };
}
