import type { Settings } from './settings.ts';

const MAPPING = 'Networks';

/**
 * A member template whose functions stand in the subnets of their Region, by a mapping in the place of two parameters. A StackSet could
 * override parameters in a Region, but not for accounts that join later, and their functions would stand outside of VPCs without a word.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stackinstances-override.html
 */
export function withNetworks(template: string, { vpc, regions }: Pick<Settings, 'vpc' | 'regions'>): string {
  if (Object.keys(vpc).length === 0) return template;
  // A list of one empty text is what an empty parameter of this kind is.
  const listOf = (ids: readonly string[] = []): readonly string[] => ids.length === 0 ? [''] : ids;
  const networks = Object.fromEntries(regions.map((region) => [region, { SubnetIds: listOf(vpc[region]?.subnetIds), SecurityGroupIds: listOf(vpc[region]?.securityGroupIds) }]));
  const mapped = JSON.parse(template, (_, value: unknown) => {
    const name = isReference(value) ? value.Ref : undefined;
    return name === 'SubnetIds' || name === 'SecurityGroupIds' ? { 'Fn::FindInMap': [MAPPING, { Ref: 'AWS::Region' }, name] } : value;
  }) as object;
  return JSON.stringify({ ...mapped, Mappings: { [MAPPING]: networks } });
}

const isReference = (value: unknown): value is { readonly Ref: string } => typeof value === 'object' && value !== null && Object.keys(value).length === 1 && 'Ref' in value && typeof value.Ref === 'string';
