import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { plain } from '../evaluator/plain.ts';

/** Where the function runs, as its own ARN tells. */
export interface Place { readonly accountId: string; readonly region: string; readonly partition: string }

export interface Live {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName?: string | undefined;
  readonly arn: string;
  readonly accountId?: string | undefined;
  readonly region?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** As the service's API answers it. */
  readonly configuration: object;
}

/** What an API answers as AWS Config records it; `captureTime` is empty, for nothing was captured. */
export const itemOf = (place: Place, { resourceName, accountId, region, configuration, ...live }: Live): ConfigurationItem => ({
  ...live, accountId: accountId ?? place.accountId, region: region ?? place.region, resourceName, status: 'OK', captureTime: '',
  availabilityZone: undefined, configuration: lowered(plain(configuration)) as Record<string, unknown>, supplementaryConfiguration: {},
});

/** Config begins members with a small letter; where it departs from that, the readers look without regard to case. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, lowered(held)]));
}

export const tagsOf = (tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = []): Record<string, string> =>
  Object.fromEntries(tags.flatMap(({ Key, Value = '' }) => Key === undefined ? [] : [[Key, Value]]));
