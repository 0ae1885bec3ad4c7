/**
 * Names of all Regions, partition by partition. As of 2026-11. Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 * and botocore 1.43.11's partitions.
 */
const byArea: Readonly<Record<string, string>> = {
  af: 'south-1', ap: 'east-1 east-2 northeast-1 northeast-2 northeast-3 south-1 south-2 southeast-1 southeast-2 southeast-3 southeast-4 southeast-5 southeast-6 southeast-7', ca: 'central-1 west-1',
  eu: 'central-1 central-2 north-1 south-1 south-2 west-1 west-2 west-3', il: 'central-1', me: 'central-1 south-1', mx: 'central-1', sa: 'east-1', us: 'east-1 east-2 west-1 west-2',
  cn: 'north-1 northwest-1', 'us-gov': 'east-1 west-1', 'eusc-de': 'east-1', 'us-iso': 'east-1 west-1', 'us-isob': 'east-1 west-1', 'eu-isoe': 'west-1', 'us-isof': 'east-1 south-1',
};
export const regions: readonly string[] = Object.entries(byArea).flatMap(([area, names]) => names.split(' ').map((name) => `${area}-${name}`));

const byBeginning = Object.entries({ cn: 'aws-cn', 'us-gov': 'aws-us-gov', 'eusc-de': 'aws-eusc', 'us-iso': 'aws-iso', 'us-isob': 'aws-iso-b', 'eu-isoe': 'aws-iso-e', 'us-isof': 'aws-iso-f' });
/** Names of all partitions. */
export const partitions: readonly string[] = ['aws', ...byBeginning.map(([, name]) => name)];
/** The partition of a Region, known or not. */
export const partitionOf = (region: string): string => byBeginning.find(([area]) => region.startsWith(`${area}-`))?.[1] ?? 'aws';

/** The Region in the name of a service's instance, such as `logs.eu-west-1.amazonaws.com`. */
export const IN_REGION = /\.[a-z]{2,4}(-[a-z]+)+-\d(?=\.amazonaws\.)/;
/** Whether a list holds a service, which it does under the names of its Regions and of China, too. */
export const isListedService = (services: readonly string[], name: string): boolean => [name, name.replace(IN_REGION, '')].some((one) => services.includes(one) || services.includes(one.replace(/\.cn$/, '')));
