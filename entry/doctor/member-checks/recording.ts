import type { ConfigurationRecorder } from '@aws-sdk/client-config-service';
import type { AnyRule } from '../../../core/rule.ts';
import type { Definition } from '../../../core/definition.ts';
import { GLOBAL_TYPES } from '../../../deployment/conformance-pack.ts';

type Strategy = 'ALL_SUPPORTED_RESOURCE_TYPES' | 'INCLUSION_BY_RESOURCE_TYPES' | 'EXCLUSION_BY_RESOURCE_TYPES';

/** How a recorder chooses its types: it need not say so, and older ones do not. https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingStrategy.html */
export function strategyOf({ recordingGroup: group }: ConfigurationRecorder): Strategy {
  const said = group?.recordingStrategy?.useOnly;
  if (said !== undefined) return said;
  return group === undefined || group.allSupported === true || (group.resourceTypes ?? []).length === 0 ? 'ALL_SUPPORTED_RESOURCE_TYPES' : 'INCLUSION_BY_RESOURCE_TYPES';
}

/** Whether the recorder records a type. https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html */
export function records(recorder: ConfigurationRecorder, type: string): boolean {
  const { recordingGroup: group } = recorder;
  switch (strategyOf(recorder)) {
    case 'INCLUSION_BY_RESOURCE_TYPES': return (group?.resourceTypes ?? []).some((one) => one === type);
    // `includeGlobalResourceTypes` has no say here.
    case 'EXCLUSION_BY_RESOURCE_TYPES': return !(group?.exclusionByResourceTypes?.resourceTypes ?? []).some((one) => one === type);
    case 'ALL_SUPPORTED_RESOURCE_TYPES': return !GLOBAL_TYPES.has(type) || group?.includeGlobalResourceTypes === true;
  }
}

/** Whether the recorder looks at a type once a day only. An override for the type goes before what holds for all. */
export function isDaily({ recordingMode }: ConfigurationRecorder, type: string): boolean {
  const override = recordingMode?.recordingModeOverrides?.find(({ resourceTypes = [] }) => resourceTypes.some((one) => one === type));
  return (override?.recordingFrequency ?? recordingMode?.recordingFrequency) === 'DAILY';
}

/** Types that must be recorded in a Region, with the rules that judge them: those of rules that changes start, IAM's in the home Region only. */
export function neededTypes(rules: readonly AnyRule[], { off }: Definition, isHome: boolean): ReadonlyMap<string, readonly string[]> {
  const needed = new Map<string, string[]>();
  for (const { id, trigger, resourceTypes } of rules) {
    if (trigger !== 'change' || off.includes(id)) continue;
    for (const type of resourceTypes as readonly string[]) if (isHome || !GLOBAL_TYPES.has(type)) needed.set(type, [...needed.get(type) ?? [], id]);
  }
  return needed;
}

/**
 * Regions that AWS Config came to after February 2022, which cannot record IAM's types. As of 2026-11. Source:
 * https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html#select-resources-all
 */
export const regionsWithoutIam: ReadonlySet<string> = new Set('ap-east-2 ap-south-2 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-west-1 eu-central-2 eu-south-2 il-central-1 me-central-1 mx-central-1'.split(' '));
