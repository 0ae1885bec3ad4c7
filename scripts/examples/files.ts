import { accounts, homeRegion } from './accounts.ts';
import { dataStoreItems, workgroupItems } from './data-stores.ts';
import { endpointId, endpointItems, everything } from './endpoints.ts';
import { functionItems, networkItems } from './functions.ts';
import { recordedAt, snapshotTime, uuid, type Item, type State } from './item.ts';
import { roleItems } from './roles.ts';
import { surroundingItems } from './surroundings.ts';

/** A file of an example: its path below the example's folder and its text, which lies gzipped when the path ends in `.gz`. */
interface ExampleFile { readonly path: string; readonly text: string }

/** Everything recorded of the organization, in the files in which Config delivers it. */
export function exampleFiles(state: State): ExampleFile[] {
  const recorded = [...endpointItems(state), ...roleItems(state), ...functionItems(state), ...networkItems(), ...dataStoreItems(state), ...surroundingItems()];
  const { inSnapshots, later } = sinceTheSnapshot(recorded, state);
  // Logistics still has its own delivery bucket, so the aggregator was asked.
  const own = inSnapshots.filter((one) => one.awsAccountId !== accounts.logistics);
  const asked = inSnapshots.filter((one) => one.awsAccountId === accounts.logistics);
  return [...snapshots(own), ...later, ...queryResults(asked), {
    path: 'listed/redshift-serverless-workgroups.json', text: pretty({ configurationItems: workgroupItems(state) }),
  }].sort((a, b) => a.path < b.path ? -1 : 1);
}

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const compactTime = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z').replace(/[-:]/g, '');
/** Config writes months and days without a leading zero. */
const folder = (account: string, region: string, time: number, kind: string): string => {
  const day = new Date(time);
  return `AWSLogs/${account}/Config/${region}/${day.getUTCFullYear()}/${day.getUTCMonth() + 1}/${day.getUTCDate()}/${kind}`;
};
const regionOf = (one: Item): string => one.awsRegion === 'global' ? homeRegion[one.awsAccountId] ?? one.awsRegion : one.awsRegion;

/** One snapshot for each account and Region; https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-delivery.html */
function snapshots(items: readonly Item[]): ExampleFile[] {
  return [...groupBy(items, (one) => `${one.awsAccountId}/${regionOf(one)}`)].map(([place, held]) => {
    const [account = '', region = ''] = place.split('/');
    const id = uuid(`snapshot/${place}`);
    return {
      path: `${folder(account, region, snapshotTime, 'ConfigSnapshot')}/${account}_Config_${region}_ConfigSnapshot_${compactTime(snapshotTime)}_${id}.json.gz`,
      text: JSON.stringify({ fileVersion: '1.0', configSnapshotId: id, configurationItems: held }),
    };
  });
}

/** History files carry every state of one type in a stretch of hours. Colons of the type are `__` here, for Windows cannot store them. */
function history(type: string, items: readonly Item[]): ExampleFile {
  const [first] = items;
  if (first === undefined) throw new Error(`no history of ${type}`);
  const [account, region] = [first.awsAccountId, regionOf(first)];
  const hours = 6 * 3_600_000;
  const start = Math.floor(first.configurationStateId / hours) * hours;
  return {
    path: `${folder(account, region, start, 'ConfigHistory')}/${account}_Config_${region}_ConfigHistory_${type.replaceAll('::', '__')}_${compactTime(start)}_${compactTime(start + hours)}_1.json.gz`,
    text: JSON.stringify({ fileVersion: '1.0', configurationItems: items }),
  };
}

/** What changed on the afternoon after the snapshots: the snapshots hold the state before, history files and an event what came then. */
function sinceTheSnapshot(recorded: readonly Item[], state: State): { inSnapshots: readonly Item[]; later: readonly ExampleFile[] } {
  const find = (account: string, idOrName: string): Item => {
    const found = recorded.find((one) => one.awsAccountId === account && (one.resourceId === idOrName || one.resourceName === idOrName));
    if (found === undefined) throw new Error(`no item ${idOrName}`);
    return found;
  };

  // Opened in an incident at one o'clock; in the sound organization it was closed again before six.
  const secrets = find(accounts.data, endpointId('data-secretsmanager'));
  const guarded = endpointItems('sound').find((one) => one.resourceId === secrets.resourceId)?.configuration ?? {};
  const opened = { configuration: { ...guarded, policyDocument: JSON.stringify(everything) } };
  const secretsHistory = [
    recordedAt(secrets, '2026-11-16T13:07:40.000Z', opened),
    ...(state === 'sound' ? [recordedAt(secrets, '2026-11-16T17:41:05.000Z', { configuration: guarded })] : []),
  ];

  // A function outside of every VPC, deleted after the snapshot: nothing is left to report.
  const old = functionItems('breached').find((one) => one.resourceName === 'image-resize');
  if (old === undefined) throw new Error('no function image-resize');
  const name = 'coupon-export';
  const arn = old.ARN.replace('image-resize', name);
  const coupon: Item = { ...old, resourceId: name, resourceName: name, ARN: arn, relationships: [], configuration: { ...old.configuration, functionName: name, functionArn: arn, role: `arn:aws:iam::${accounts.storefront}:role/${name}` } };
  const gone = recordedAt(coupon, '2026-11-16T14:22:18.000Z', { configurationItemStatus: 'ResourceDeleted', relationships: [], tags: {}, configuration: {}, supplementaryConfiguration: {} });

  // The default policy that storefront's S3 endpoint had last year; the snapshot is later and wins.
  const s3 = find(accounts.storefront, endpointId('storefront-s3'));
  const s3Before = recordedAt(s3, '2025-12-02T09:15:00.000Z', { configuration: { ...s3.configuration, policyDocument: JSON.stringify(everything) } });

  // A vendor «just had to look»: the rule's event tells of the ledger's public address before any file does.
  const ledger = find(accounts.payments, 'ledger');
  const ledgerAfter = recordedAt(ledger, '2026-11-16T15:33:52.000Z', { configuration: { ...ledger.configuration, publiclyAccessible: state === 'breached' } });

  const changed = new Map([[secrets, { ...secrets, configuration: guarded }]]);
  return {
    inSnapshots: [...recorded.map((one) => changed.get(one) ?? one), coupon],
    later: [history('AWS::EC2::VPCEndpoint', secretsHistory), history('AWS::EC2::VPCEndpoint', [s3Before]), history('AWS::Lambda::Function', [recordedAt(coupon, '2026-11-16T12:03:09.000Z'), gone]), ruleEvent(ledger, ledgerAfter)],
  };
}

/** What a custom rule's function is invoked with; https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html */
function ruleEvent(before: Item, after: Item): ExampleFile {
  const [previousValue, updatedValue] = [before, after].map((one) => one.configuration['publiclyAccessible']);
  return {
    path: 'events/rds-instance-not-public.json',
    text: pretty({
      version: '1.0',
      invokingEvent: JSON.stringify({
        configurationItemDiff: { changeType: 'UPDATE', changedProperties: previousValue === updatedValue ? {} : { 'Configuration.PubliclyAccessible': { previousValue, updatedValue, changeType: 'UPDATE' } } },
        configurationItem: after, notificationCreationTime: '2026-11-16T15:34:06.000Z', messageType: 'ConfigurationItemChangeNotification', recordVersion: '1.3',
      }),
      ruleParameters: JSON.stringify({ ruleId: 'rds-instance-not-public' }),
      resultToken: 'made-up-token', eventLeftScope: false,
      executionRoleArn: `arn:aws:iam::${after.awsAccountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      configRuleArn: `arn:aws:config:${after.awsRegion}:${after.awsAccountId}:config-rule/aws-service-rule/config-conforms.amazonaws.com/config-rule-k3x9ab`,
      configRuleName: 'rds-instance-not-public-conformance-pack-q8w2m4znd', configRuleId: 'config-rule-k3x9ab', accountId: after.awsAccountId,
    }),
  };
}

const fields = ['version', 'accountId', 'awsRegion', 'resourceType', 'resourceId', 'resourceName', 'arn', 'availabilityZone', 'resourceCreationTime', 'configurationItemCaptureTime', 'configurationItemStatus', 'configurationStateId', 'tags', 'relationships', 'configuration', 'supplementaryConfiguration'] as const;

/** The answer of SelectAggregateResourceConfig, in two pages; https://docs.aws.amazon.com/config/latest/APIReference/API_SelectAggregateResourceConfig.html */
function queryResults(items: readonly Item[]): ExampleFile[] {
  const results = items.map((one) => JSON.stringify({
    version: one.configurationItemVersion, accountId: one.awsAccountId, awsRegion: one.awsRegion, resourceType: one.resourceType, resourceId: one.resourceId,
    ...(one.resourceName === undefined ? {} : { resourceName: one.resourceName }), arn: one.ARN, availabilityZone: one.availabilityZone,
    resourceCreationTime: one.resourceCreationTime, configurationItemCaptureTime: one.configurationItemCaptureTime, configurationItemStatus: one.configurationItemStatus,
    configurationStateId: String(one.configurationStateId),
    tags: Object.entries(one.tags).map(([key, value]) => ({ tag: `${key}=${value}`, key, value })),
    relationships: one.relationships, configuration: one.configuration, supplementaryConfiguration: one.supplementaryConfiguration,
  } satisfies Record<(typeof fields)[number], unknown> | Omit<Record<(typeof fields)[number], unknown>, 'resourceName'>));
  const half = Math.ceil(results.length / 2);
  const QueryInfo = { SelectFields: fields.map((Name) => ({ Name })) };
  return [
    { path: 'queries/logistics-1.json', text: pretty({ Results: results.slice(0, half), QueryInfo, NextToken: 'made-up-token' }) },
    { path: 'queries/logistics-2.json', text: pretty({ Results: results.slice(half), QueryInfo }) },
  ];
}

// Map.groupBy is not in Node 20.
function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
