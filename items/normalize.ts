import type { ConfigurationItem } from './configuration-item.ts';
import { UnreadableItem } from './read.ts';

type Raw = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Any form in which AWS Config delivers an item, as the one the rules read: rule events and snapshots (`awsAccountId`,
 * `ARN`, objects), GetResourceConfigHistory (`accountId`, `arn`, JSON texts), SelectResourceConfig results.
 * Throws UnreadableItem naming what is missing.
 * https://docs.aws.amazon.com/config/latest/developerguide/config-item-table.html
 */
export function normalizeItem(raw: Raw): ConfigurationItem {
  const resourceType = required(raw, 'resourceType');
  const resourceId = required(raw, 'resourceId');
  const configuration = objectOf(raw['configuration'], 'configuration');
  const supplementary = objectOf(raw['supplementaryConfiguration'], 'supplementaryConfiguration');
  return {
    resourceType, resourceId,
    accountId: accountOf(text(raw, 'awsAccountId') ?? text(raw, 'accountId') ?? missing(raw, 'awsAccountId')),
    region: text(raw, 'awsRegion') ?? '',
    resourceName: text(raw, 'resourceName'),
    arn: text(raw, 'ARN') ?? text(raw, 'arn') ?? '',
    status: text(raw, 'configurationItemStatus') ?? 'OK',
    captureTime: timeOf(raw['configurationItemCaptureTime']),
    availabilityZone: text(raw, 'availabilityZone'),
    tags: { ...tagsOf(supplementary['Tags']), ...tagsOf(raw['tags']) },
    configuration,
    supplementaryConfiguration: Object.fromEntries(Object.entries(supplementary).map(([name, value]) => [name, parsed(value)])),
  };
}

const text = (raw: Raw, name: string): string | undefined => {
  const value = raw[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const missing = (raw: Raw, name: string): never => {
  throw new UnreadableItem(`an item${typeof raw['resourceId'] === 'string' ? ` (${String(raw['resourceType'])} ${raw['resourceId']})` : ''} has no \`${name}\``);
};
const required = (raw: Raw, name: string): string => text(raw, name) ?? missing(raw, name);

function accountOf(id: string): string {
  if (!/^\d{12}$/.test(id)) throw new UnreadableItem(`\`awsAccountId\` is not 12 digits: \`${id}\``);
  return id;
}

/** An object, or the JSON text of one; deleted items have none. */
function objectOf(value: unknown, name: string): Raw {
  if (value === undefined || value === null || value === '') return {};
  const object = typeof value === 'string' ? parsed(value) : value;
  if (!isObject(object)) throw new UnreadableItem(`\`${name}\` is not an object`);
  return object;
}

/** Values that hold an object or a list as JSON text, read; any other text stays as it is. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try { return JSON.parse(value); } catch { return value; }
}

/** ISO 8601; API answers may give seconds since 1970. */
function timeOf(value: unknown): string {
  if (typeof value === 'number') {
    const time = new Date(value < 1e11 ? value * 1000 : value);
    if (Number.isNaN(time.getTime())) throw new UnreadableItem('`configurationItemCaptureTime` is not a time');
    return time.toISOString();
  }
  return typeof value === 'string' ? value : '';
}

/** Tags come as a map, as `{key, value}` or as `{tagKey, tagValue}`, in either case of the first letter. */
function tagsOf(value: unknown): Record<string, string> {
  const given = parsed(value);
  if (isObject(given)) return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  if (!Array.isArray(given)) return {};
  return Object.fromEntries(given.filter(isObject).flatMap((tag) => {
    const key = tag['key'] ?? tag['tagKey'] ?? tag['Key'];
    const held = tag['value'] ?? tag['tagValue'] ?? tag['Value'] ?? '';
    return typeof key === 'string' && typeof held === 'string' ? [[key, held]] : [];
  }));
}
