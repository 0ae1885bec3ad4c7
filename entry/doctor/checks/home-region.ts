import { GLOBAL_TYPES } from '../../../deployment/conformance-pack.ts';
import type { Check } from '../check.ts';
import { problem } from '../finding.ts';
import { neededTypes, regionsWithoutIam } from '../member-checks/recording.ts';

export const homeRegion: Check = {
  id: 'home-region',
  title: 'AWS Config can record IAM in the home Region',
  run({ settings: { homeRegion: home }, rules, definition }) {
    const needsIam = [...neededTypes(rules, definition, true).keys()].some((type) => GLOBAL_TYPES.has(type));
    return Promise.resolve(needsIam && regionsWithoutIam.has(home)
      ? [problem(`AWS Config cannot record IAM in ${home}, so the rules about roles never judge anything`, 'choose another `homeRegion`: one that AWS Config was in before February 2022')] : []);
  },
};
