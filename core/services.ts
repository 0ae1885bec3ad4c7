import type { Perimeter } from '../policy/index.ts';

/**
 * The key that tells whether a service is one of some. It may call under the name of its instance in a Region, such as `logs.eu-west-1.amazonaws.com`, which
 * `aws:PrincipalServiceName` then holds alone; the list has all its names. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const serviceNames = 'aws:PrincipalServiceNamesList';

/** Whether the definition lists a service, which it does under the names of its Regions and of China, too. */
export const isListedService = ({ services }: Perimeter, name: string): boolean => {
  const names = [name, name.replace(/\.[a-z]{2,4}(?:-[a-z]+)+-\d(?=\.amazonaws\.)/, '')];
  return services === 'any' || names.some((one) => services.includes(one) || services.includes(one.replace(/\.cn$/, '')));
};
