import type { Perimeter } from '../policy/index.ts';
import { isListedService } from '../policy/tables/regions.ts';

/**
 * The key that tells whether a service is one of some. It may call under the name of its instance in a Region, such as `logs.eu-west-1.amazonaws.com`, which
 * `aws:PrincipalServiceName` then holds alone; the list has all its names. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const serviceNames = 'aws:PrincipalServiceNamesList';

/** Whether a service counts as acting for me. */
export const isServiceOfMine = ({ services }: Perimeter, name: string): boolean => services === 'any' || isListedService(services, name);
