/**
 * A configuration item in one shape, whatever delivered it (event, snapshot, history API, advanced query).
 * `items/normalize.ts` makes it; nothing here is trusted yet beyond the identity.
 */
export interface ConfigurationItem {
  readonly accountId: string;
  readonly region: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string | undefined;
  /** Empty where Config records none. */
  readonly arn: string;
  readonly status: string;
  /** ISO 8601, as recorded. */
  readonly captureTime: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly availabilityZone: string | undefined;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
}

/** Statuses under which a resource is there to be judged (AWS: ConfigurationItemStatus). */
export const isPresent = (item: { readonly status: string }): boolean => item.status === 'OK' || item.status === 'ResourceDiscovered';
