import type { Check } from '../check.ts';
import { problem } from '../finding.ts';

export const allFeatures: Check = {
  id: 'all-features',
  title: 'The organization has all features, not consolidated billing alone',
  async run({ organization }) {
    const { hasAllFeatures } = await organization();
    return hasAllFeatures ? [] : [problem('the organization has consolidated billing only: there are no StackSets and no policies for it', 'in the management account: aws organizations enable-all-features', 'every invited account must then agree')];
  },
};
