import { createHash } from 'node:crypto';

/** Which of the two recordings is written: the organization as it was found, or after everything was mended. */
export type State = 'breached' | 'sound';

/** A configuration item as snapshots, history files and rule events carry it. */
export interface Item {
  readonly configurationItemVersion: string;
  readonly configurationItemCaptureTime: string;
  readonly configurationStateId: number;
  readonly awsAccountId: string;
  readonly configurationItemStatus: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName?: string;
  readonly ARN: string;
  readonly awsRegion: string;
  readonly availabilityZone: string;
  readonly configurationStateMd5Hash: string;
  readonly resourceCreationTime?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly relatedEvents: readonly string[];
  readonly relationships: readonly Relationship[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
}

/** Config leaves a space at the end of some relationship names. */
interface Relationship { readonly resourceId?: string; readonly resourceName?: string; readonly resourceType: string; readonly name: string }

interface Resource {
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly arn: string;
  readonly zone?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly relationships?: readonly Relationship[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly supplementary?: Readonly<Record<string, unknown>>;
}

/** When the snapshots were taken. Nothing in the examples depends on the day they are written. */
export const snapshotTime = Date.parse('2026-11-16T06:04:11Z');
const day = 86_400_000;

/** Hexadecimal digits that look arbitrary and never change, made from a name. */
export const hex = (name: string, length: number): string => createHash('sha256').update(name).digest('hex').slice(0, length);
/** The same in the letters and digits of IAM's and RDS's ids. */
export const letters = (name: string, length: number): string => [...createHash('sha512').update(name).digest()].slice(0, length).map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
export const uuid = (name: string): string => hex(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const spread = (name: string, most: number): number => parseInt(hex(name, 8), 16) % most;

/** When a resource was made: up to five years before the snapshot, and more than half a year. */
export const creationTime = (id: string): string => new Date(snapshotTime - 200 * day - spread(`${id}/made`, 1_600 * day / 1_000) * 1_000).toISOString();

export function item(resource: Resource): Item {
  const captured = snapshotTime - 3_600_000 - spread(resource.id, 180 * day / 1_000) * 1_000;
  return {
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: new Date(captured).toISOString(),
    configurationStateId: captured,
    awsAccountId: resource.account,
    configurationItemStatus: 'OK',
    resourceType: resource.type,
    resourceId: resource.id,
    ...(resource.name === undefined ? {} : { resourceName: resource.name }),
    ARN: resource.arn,
    awsRegion: resource.region,
    availabilityZone: resource.zone ?? (resource.region === 'global' ? 'Not Applicable' : 'Multiple Availability Zones'),
    configurationStateMd5Hash: '',
    resourceCreationTime: creationTime(resource.id),
    tags: resource.tags ?? {},
    relatedEvents: [],
    relationships: resource.relationships ?? [],
    configuration: resource.configuration,
    supplementaryConfiguration: resource.supplementary ?? {},
  };
}

/** The item as recorded again at another time, with what changed. */
export function recordedAt(before: Item, time: string, changes: Partial<Item> = {}): Item {
  return { ...before, configurationItemCaptureTime: time, configurationStateId: Date.parse(time), ...changes };
}

/** IAM's policies stand URL-encoded in items, stricter than encodeURIComponent does it. */
export const urlEncoded = (policy: unknown): string =>
  encodeURIComponent(JSON.stringify(policy)).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
