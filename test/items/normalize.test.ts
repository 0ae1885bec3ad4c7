import { describe, expect, it } from 'vitest';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { UnreadableItem } from '../../items/read.ts';

const arn = 'arn:aws:rds:eu-west-1:111111111111:db:orders';
const least = { resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', awsAccountId: '111111111111' };

/** What every delivered form below comes to. */
const item: ConfigurationItem = {
  accountId: '111111111111', region: 'eu-west-1', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'orders', arn,
  status: 'OK', captureTime: '2026-08-31T10:15:00.000Z', availabilityZone: 'eu-west-1a', tags: { team: 'orders' },
  configuration: { publiclyAccessible: false }, supplementaryConfiguration: { Tags: [{ key: 'team', value: 'orders' }], note: 'plain' },
};
const common = { resourceType: item.resourceType, resourceId: 'db-1', resourceName: 'orders', awsRegion: 'eu-west-1', availabilityZone: 'eu-west-1a' };

const forms: Readonly<Record<string, Record<string, unknown>>> = {
  'a snapshot or rule event': {
    ...common, awsAccountId: '111111111111', ARN: arn, configurationItemStatus: 'OK', configurationItemCaptureTime: '2026-08-31T10:15:00.000Z', tags: { team: 'orders' },
    configuration: { publiclyAccessible: false }, supplementaryConfiguration: { Tags: [{ key: 'team', value: 'orders' }], note: 'plain' },
  },
  'the history API, with JSON texts and seconds': {
    ...common, accountId: '111111111111', arn, configurationItemStatus: 'OK', configurationItemCaptureTime: 1788171300, tags: { team: 'orders' },
    configuration: '{"publiclyAccessible":false}', supplementaryConfiguration: { Tags: '[{"key":"team","value":"orders"}]', note: 'plain' },
  },
  'an advanced query, with tags as a list': {
    ...common, accountId: '111111111111', arn, configurationItemStatus: 'OK', configurationItemCaptureTime: 1788171300000, tags: [{ tag: 'team=orders', key: 'team', value: 'orders' }],
    configuration: { publiclyAccessible: false }, supplementaryConfiguration: '{"Tags":[{"key":"team","value":"orders"}],"note":"plain"}',
  },
};

const empty = { region: '', resourceName: undefined, arn: '', status: 'OK', captureTime: '', availabilityZone: undefined, tags: {}, configuration: {}, supplementaryConfiguration: {} };

const tags: Readonly<Record<string, readonly [Record<string, unknown>, Record<string, string>]>> = {
  'a map': [{ tags: { a: '1', b: '' } }, { a: '1', b: '' }],
  'a map with something else in it': [{ tags: { a: '1', b: 2 } }, { a: '1' }],
  'key and value': [{ tags: [{ key: 'a', value: '1' }] }, { a: '1' }],
  'tagKey and tagValue': [{ tags: [{ tagKey: 'a', tagValue: '1' }] }, { a: '1' }],
  'Key and Value': [{ tags: [{ Key: 'a', Value: '1' }] }, { a: '1' }],
  'a key without a value': [{ tags: [{ key: 'a' }, { value: 'b' }, null, 'c'] }, { a: '' }],
  'JSON text': [{ tags: '{"a":"1"}' }, { a: '1' }],
  'a list within the supplementary configuration, as text': [{ supplementaryConfiguration: { Tags: '[{"key":"a","value":"1"}]' } }, { a: '1' }],
  'both: those of the item count': [{ tags: { a: '1' }, supplementaryConfiguration: { Tags: [{ key: 'a', value: '2' }, { key: 'b', value: '3' }] } }, { a: '1', b: '3' }],
  'nothing': [{ tags: null }, {}],
};

const times: readonly (readonly [unknown, string])[] = [
  ['2026-08-31T10:15:00Z', '2026-08-31T10:15:00Z'], [1788171300, '2026-08-31T10:15:00.000Z'], [1788171300.5, '2026-08-31T10:15:00.500Z'],
  [1788171300000, '2026-08-31T10:15:00.000Z'], [undefined, ''], [null, ''],
];

const unreadable: Readonly<Record<string, readonly [Record<string, unknown>, string]>> = {
  'no type': [{ resourceId: 'db-1' }, 'an item (undefined db-1) has no `resourceType`'],
  'no id': [{ resourceType: 'A' }, 'an item has no `resourceId`'],
  'an empty id': [{ ...least, resourceId: '' }, 'an item (AWS::RDS::DBInstance ) has no `resourceId`'],
  'an account that is none': [{ ...least, awsAccountId: '1111' }, '`awsAccountId` is not 12 digits: `1111`'],
  'no account': [{ ...least, awsAccountId: undefined }, 'an item (AWS::RDS::DBInstance db-1) has no `awsAccountId`'],
  'a configuration that is a list': [{ ...least, configuration: [] }, '`configuration` is not an object'],
  'a configuration that is text': [{ ...least, configuration: 'x' }, '`configuration` is not an object'],
  'a configuration that is broken JSON': [{ ...least, configuration: '{"a":' }, '`configuration` is not an object'],
  'a supplementary configuration that is a number': [{ ...least, supplementaryConfiguration: 1 }, '`supplementaryConfiguration` is not an object'],
  'a time that no date can hold': [{ ...least, configurationItemCaptureTime: 1e300 }, '`configurationItemCaptureTime` is not a time'],
};

describe('normalizeItem', () => {
  it.each(Object.entries(forms))('reads %s', (_, raw) => { expect(normalizeItem(raw)).toEqual(item); });
  it('fills in what is not recorded', () => {
    expect(normalizeItem(least)).toEqual({ ...empty, accountId: '111111111111', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1' });
  });
  it.each([null, '', undefined])('takes a configuration of %j as empty: the resource was deleted', (configuration) => {
    expect(normalizeItem({ ...least, configuration, configurationItemStatus: 'ResourceDeleted' })).toMatchObject({ configuration: {}, status: 'ResourceDeleted' });
  });
  it.each(Object.entries(tags))('reads tags written as %s', (_, [raw, wanted]) => { expect(normalizeItem({ ...least, ...raw }).tags).toEqual(wanted); });
  it('reads JSON texts within the supplementary configuration, and leaves other texts', () => {
    const supplementaryConfiguration = { Policy: '{"policyText":"{}"}', List: ' [1]', Broken: '{"a"', Text: 'plain', Object: { a: '{}' }, None: null };
    expect(normalizeItem({ ...least, supplementaryConfiguration }).supplementaryConfiguration)
      .toEqual({ Policy: { policyText: '{}' }, List: [1], Broken: '{"a"', Text: 'plain', Object: { a: '{}' }, None: null });
  });
  it.each(times)('reads the time %j', (time, wanted) => { expect(normalizeItem({ ...least, configurationItemCaptureTime: time }).captureTime).toBe(wanted); });
  it.each(Object.entries(unreadable))('refuses %s', (_, [raw, message]) => { expect(() => normalizeItem(raw)).toThrow(new UnreadableItem(message)); });
});
