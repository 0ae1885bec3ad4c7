import type { MemberCheck } from '../check.ts';
import { warning } from '../finding.ts';
import { isDaily, neededTypes, records } from './recording.ts';

export const recordingFrequency: MemberCheck = {
  id: 'recording-frequency', per: 'region',
  title: 'AWS Config records changes when they are made',
  async run({ recorder, isHome }, { rules, definition }) {
    const found = await recorder();
    if (found === undefined) return [];
    const daily = [...neededTypes(rules, definition, isHome).keys()].filter((type) => records(found, type) && isDaily(found, type));
    return daily.length === 0 ? [] : [warning(
      `the recorder looks once a day at ${daily.join(', ')}: a breach is found up to a day late, and one that is made and undone in between never`,
      'add an override with `recordingFrequency: CONTINUOUS` for these types to `recordingMode` of the recorder; continuous items cost less each, and there may be more of them',
    )];
  },
};
