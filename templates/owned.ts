import { namesAnotherRegion, ownedByAws } from '../core/inside.ts';
import type { Perimeter, QuestionKind } from '../policy/index.ts';
import { takesResourceOf } from '../policy/tables/resource-services.ts';

/** The definition with AWS-owned resources of one Region only; without a Region, with those that are the same in all. */
export const inRegion = (perimeter: Perimeter, region: string): Perimeter =>
  ({ ...perimeter, awsOwnedResources: perimeter.awsOwnedResources.filter((arn) => (region !== '' || !arn.includes('${region}')) && !namesAnotherRegion(arn, region)) });

/** Resources that AWS owns and the definition admits, as a policy for a service in a Region names them. */
export const ownedFor = (perimeter: Perimeter, kind: QuestionKind, service: string, region: string): readonly string[] => ownedByAws(inRegion(perimeter, region), { kind, account: '', region, service });

/** What partners let my principals reach of a service, and of those whose resources its actions take, too. */
export const reachableOf = ({ partners }: Perimeter, service: string): readonly string[] => partners.flatMap((one) => one.reachable).filter((arn) => isOfService(arn, service) || takesResourceOf(service, arn.split(':')[2] ?? ''));

/** Whether an ARN, or a pattern of one, may be of a service's resources. Those of STS are roles. */
export const isOfService = (arn: string, service: string): boolean => {
  const [, , named = '*'] = arn.split(':');
  return /[*?]/.test(named) || named === (service === 'sts' ? 'iam' : service);
};

export const actionsOfService = (actions: readonly string[], service: string): readonly string[] => actions.filter((one) => one.toLowerCase().startsWith(`${service}:`));
