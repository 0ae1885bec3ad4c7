import type { ConfigurationRecorder } from '@aws-sdk/client-config-service';
import { GLOBAL_TYPES } from '../../../deployment/conformance-pack.ts';
import type { MemberCheck } from '../check.ts';
import { problem, type Said } from '../finding.ts';
import { neededTypes, records, strategyOf } from './recording.ts';

export const recordedTypes: MemberCheck = {
  id: 'recorded-types', per: 'region',
  title: 'AWS Config records every type that the rules judge, those of IAM in the home Region',
  async run({ recorder, isHome }, { rules, definition }) {
    const found = await recorder();
    if (found === undefined) return [];
    const missing = [...neededTypes(rules, definition, isHome)].filter(([type]) => !records(found, type));
    // IAM's are left out for another reason than others, and another switch brings them back.
    const [global, regional] = [missing.filter(([type]) => GLOBAL_TYPES.has(type)), missing.filter(([type]) => !GLOBAL_TYPES.has(type))];
    return [...left(found, regional, ''), ...left(found, global, ' in the home Region')];
  },
};

function left(recorder: ConfigurationRecorder, missing: readonly (readonly [type: string, rules: readonly string[]])[], where: string): Said[] {
  if (missing.length === 0) return [];
  const types = missing.map(([type]) => type);
  const rules = [...new Set(missing.flatMap(([, ids]) => ids))];
  return [problem(
    `the recorder leaves out ${types.join(', ')}${where}: ${rules.join(', ')} never judge${rules.length === 1 ? 's' : ''} anything`,
    next(recorder, types), 'where AWS Control Tower governs the account, its landing zone sets the recorder, and would set it back',
  )];
}

function next(recorder: ConfigurationRecorder, types: readonly string[]): string {
  switch (strategyOf(recorder)) {
    case 'INCLUSION_BY_RESOURCE_TYPES': return `add ${types.join(', ')} to \`resourceTypes\` of the recorder: \`aws configservice put-configuration-recorder\` takes the whole list`;
    case 'EXCLUSION_BY_RESOURCE_TYPES': return `take ${types.join(', ')} out of \`exclusionByResourceTypes\` of the recorder, by \`aws configservice put-configuration-recorder\``;
    case 'ALL_SUPPORTED_RESOURCE_TYPES': return 'set `includeGlobalResourceTypes` of the recorder, by `aws configservice put-configuration-recorder`; in one Region is enough, each costs its own configuration items';
  }
}
