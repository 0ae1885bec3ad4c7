import { describe, expect, it } from 'vitest';
import { virtualClock } from '../support/automation/clock.ts';
import { fakeAws } from '../support/automation/fake-aws/index.ts';
import type { Fields } from '../support/automation/types.ts';
import { role, start } from './play.ts';

const Key = { pk: { S: 'fix#orders' }, sk: { S: 'STATE' } };
const stored = { ...Key, lockUntil: { N: '100' }, lockedBy: { S: 'me' }, nested: { M: { entries: { L: [{ S: 'a' }, { S: 'b' }] }, flag: { BOOL: true } } }, name: { S: 'x' } };
const ledger = (items: Fields[] = [stored]) => {
  const fake = fakeAws({ clock: virtualClock(start), state: { tables: { ledger: { key: ['pk', 'sk'], items } } } });
  return { fake, call: (api: string, input: Fields): Promise<unknown> => fake.callApi('dynamodb', api, { TableName: 'ledger', ...input }, role) };
};
const values = { ':now': { N: '150' }, ':early': { N: '50' }, ':me': { S: 'me' }, ':a': { S: 'a' }, ':flag': { BOOL: true }, ':hundred': { N: '100.0' } };
/** Only the names and values that the expressions use. */
function words(...expressions: string[]): Fields {
  const used = <T>(of: Readonly<Record<string, T>>): Readonly<Record<string, T>> => Object.fromEntries(Object.entries(of).filter(([word]) => new RegExp(`${word}\\b`).test(expressions.join(' '))));
  const [names, held] = [used({ '#n': 'name', '#o': 'odd-name' }), used(values)];
  return { ...Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}, ...Object.keys(held).length > 0 ? { ExpressionAttributeValues: held } : {} };
}

describe('a condition', () => {
  const holds = async (ConditionExpression: string, items?: Fields[]): Promise<unknown> => {
    const { call } = ledger(items);
    try { return await call('DeleteItem', { Key, ConditionExpression, ...words(ConditionExpression) }); } catch (error) { return (error as Error).name === 'ConditionalCheckFailedException' ? false : (error as Error).message; }
  };
  it.each([
    'attribute_exists(lockUntil)', 'attribute_not_exists(absent)', 'attribute_exists(nested.entries[1])', 'attribute_not_exists(nested.entries[2])', 'attribute_exists(#n)', 'attribute_not_exists(#o)',
    'lockUntil < :now', 'lockUntil <= :now', 'lockUntil > :early', 'lockUntil >= :early', 'lockUntil = :hundred', 'lockUntil <> :now', 'lockUntil <= :hundred',
    'lockedBy = :me', ':me = lockedBy', 'nested.entries[0] = :a', 'nested.flag = :flag', 'begins_with(lockedBy, :me)',
    'absent <> :me', 'NOT absent = :me', 'NOT lockedBy = :a',
    'attribute_not_exists(lockUntil) OR lockUntil < :now', 'lockedBy = :a or lockedBy = :me AND lockUntil < :now', 'NOT (lockedBy = :a OR lockUntil > :now)',
  ])('%s holds', async (expression) => { expect(await holds(expression)).toEqual({}); });
  it.each([
    'attribute_exists(absent)', 'attribute_not_exists(lockUntil)', 'lockUntil > :now', 'lockUntil >= :now', 'lockUntil < :early', 'lockUntil < :hundred', 'lockUntil = :now', 'lockUntil <> :hundred',
    'lockedBy < :now', 'lockedBy = :now', 'absent = :me', 'absent < :now', 'begins_with(absent, :me)', 'lockedBy = :me AND lockUntil > :now', 'NOT lockedBy = :me', '(lockedBy = :me OR lockUntil < :now) AND lockedBy = :a',
  ])('%s does not', async (expression) => { expect(await holds(expression)).toBe(false); });
  it.each<[string, string]>([
    ['name = :me', 'Attribute name is a reserved keyword; reserved keyword: name'],
    ['lockedBy = :other', '`:other` is not among the values'],
    ['#other = :me', '`#other` is not among the names'],
    ['lockedBy :me', 'Syntax error; token: `:me`'],
    ['lockedBy = :me AND', 'the expression ends too early'],
    ['(lockedBy = :me', 'Syntax error; token: ``, expected `)`'],
    ['lockedBy = :me)', 'Syntax error; token: `)`'],
    ['size(lockedBy) > :early', 'Invalid function name; function: size'],
    ['lockedBy IN (:me)', 'Syntax error; token: `IN`'],
  ])('%s is refused', async (expression, message) => { expect(await holds(expression)).toBe(message); });
  it('of an absent item', async () => { expect([await holds('attribute_not_exists(pk)', []), await holds('attribute_exists(pk)', [])]).toEqual([{}, false]); });
  it('that fails leaves the item', async () => {
    const { call, fake } = ledger();
    await expect(call('PutItem', { Item: Key, ConditionExpression: 'attribute_not_exists(pk)' })).rejects.toThrow('The conditional request failed');
    expect(fake.state.tables.ledger!.items).toEqual([stored]);
  });
});

describe('UpdateItem', () => {
  const update = (UpdateExpression: string, more: Fields = {}, items?: Fields[]): Promise<unknown> => ledger(items).call('UpdateItem', { Key, UpdateExpression, ReturnValues: 'ALL_NEW', ...words(UpdateExpression), ...more });
  const { lockUntil: _, ...unlocked } = stored;
  it.each<[string, Fields]>([
    ['SET lockedBy = :a', { ...stored, lockedBy: { S: 'a' } }],
    ['SET fresh = :a, lockUntil = :now', { ...stored, fresh: { S: 'a' }, lockUntil: { N: '150' } }],
    ['SET fresh = lockedBy, lockedBy = :a', { ...stored, fresh: { S: 'me' }, lockedBy: { S: 'a' } }],
    ['SET nested.flag = :a', { ...stored, nested: { M: { entries: stored.nested.M.entries, flag: { S: 'a' } } } }],
    ['SET nested.entries[1] = :me', { ...stored, nested: { M: { ...stored.nested.M, entries: { L: [{ S: 'a' }, { S: 'me' }] } } } }],
    ['SET nested.entries[9] = :me', { ...stored, nested: { M: { ...stored.nested.M, entries: { L: [{ S: 'a' }, { S: 'b' }, { S: 'me' }] } } } }],
    ['SET lockUntil = if_not_exists(lockUntil, :now), fresh = if_not_exists(fresh, :now)', { ...stored, fresh: { N: '150' } }],
    ['REMOVE lockUntil', unlocked], ['REMOVE absent', stored], ['REMOVE nested.entries[0]', { ...stored, nested: { M: { ...stored.nested.M, entries: { L: [{ S: 'b' }] } } } }],
    ['REMOVE lockUntil SET #n = :a', { ...unlocked, name: { S: 'a' } }],
  ])('%s', async (expression, expected) => { expect(await update(expression)).toEqual({ Attributes: expected }); });
  it.each<[string, string]>([
    ['SET pk = :a', 'Cannot update attribute pk. This attribute is part of the key'],
    ['SET name = :a', 'Attribute name is a reserved keyword; reserved keyword: name'],
    ['SET before = :a', 'Attribute name is a reserved keyword; reserved keyword: before'],
    ['SET fresh = absent', 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET absent.flag = :a', 'The document path provided in the update expression is invalid for update'],
    ['SET nested = :a, nested.flag = :a', 'Two document paths overlap with each other'],
    ['SET fresh = :a SET lockedBy = :a', 'The "SET" section can only be used once in an update expression'],
    ['ADD lockUntil :now', 'Syntax error; token: `ADD` is not played here'],
    ['SET lockUntil = lockUntil + :now', 'Syntax error; token: `+` is not played here'],
  ])('%s is refused', async (expression, message) => { await expect(update(expression)).rejects.toThrow(message); });
  it('makes an item that is absent', async () => { expect(await update('SET lockedBy = :me', {}, [])).toEqual({ Attributes: { ...Key, lockedBy: { S: 'me' } } }); });
  it.each<[Fields, string]>([
    [{ ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' } } }, 'Value unused in expressions: :b'],
    [{ ExpressionAttributeValues: { ':a': { N: 5 } } }, '{"N":5} is not a typed value'],
    [{ ExpressionAttributeValues: { ':a': { N: 'five' } } }, '{"N":"five"} is not a typed value'],
    [{ ExpressionAttributeValues: { ':a': 'a' } }, '"a" is not a typed value'],
    [{ ReturnValues: 'UPDATED_NEW' }, 'ReturnValues UPDATED_NEW is not played here'],
    [{ Key: { pk: { S: 'a' } } }, 'The provided key element does not match the schema'],
    [{ TableName: 'other' }, 'there is no table `other`'],
    [{ Expected: {} }, 'the member `Expected` is not played here'],
  ])('refuses %o', async (more, message) => { await expect(update('SET lockedBy = :a', more)).rejects.toThrow(message); });
});

describe('Query', () => {
  const items = ['RUN#1', 'RUN#2', 'STATE'].map((sk, n) => ({ pk: { S: 'p' }, sk: { S: sk }, holdUntil: { S: `2026-11-0${n + 1}_00.00.00` } }));
  const query = (input: Fields): Promise<unknown> => ledger([...items.toReversed(), { pk: { S: 'q' }, sk: { S: 'STATE' } }]).call('Query', { ExpressionAttributeValues: { ':pk': { S: 'p' }, ...input.values as Fields }, ...Object.fromEntries(Object.entries(input).filter(([name]) => name !== 'values')) });
  it.each<[string, Fields, unknown]>([
    ['a partition', { KeyConditionExpression: 'pk = :pk' }, { Count: 3, ScannedCount: 3, Items: items }],
    ['backwards', { KeyConditionExpression: 'pk = :pk', ScanIndexForward: false }, { Count: 3, ScannedCount: 3, Items: items.toReversed() }],
    ['one sort key', { KeyConditionExpression: 'pk = :pk AND sk = :sk', values: { ':sk': { S: 'STATE' } }, Select: 'COUNT' }, { Count: 1, ScannedCount: 1 }],
    ['a beginning', { KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)', values: { ':sk': { S: 'RUN#' } }, Select: 'COUNT' }, { Count: 2, ScannedCount: 2 }],
    ['a hold', { KeyConditionExpression: 'pk = :pk AND sk = :sk', FilterExpression: 'holdUntil > :now', values: { ':sk': { S: 'STATE' }, ':now': { S: '2026-11-02_12.00.00' } }, Select: 'COUNT' }, { Count: 1, ScannedCount: 1 }],
    ['a hold that is over', { KeyConditionExpression: 'pk = :pk AND sk = :sk', FilterExpression: 'holdUntil > :now', values: { ':sk': { S: 'STATE' }, ':now': { S: '2026-11-03_00.00.00' } }, Select: 'COUNT' }, { Count: 0, ScannedCount: 1 }],
  ])('%s', async (_, input, expected) => { expect(await query(input)).toEqual(expected); });
  const sk = { ':sk': { S: 'STATE' } };
  it.each<[Fields, string]>([
    [{ KeyConditionExpression: 'sk = :sk', values: sk, ExpressionAttributeValues: sk }, 'Query key condition not supported'],
    [{ KeyConditionExpression: 'pk > :pk' }, 'Query key condition not supported'],
    [{ KeyConditionExpression: 'pk = :pk AND pk = :pk' }, 'Query key condition not supported'],
    [{ KeyConditionExpression: 'pk = :pk OR sk = :sk', values: sk }, 'Query key condition not supported'],
    [{ KeyConditionExpression: 'pk = :pk AND sk <> :sk', values: sk }, 'Query key condition not supported'],
    [{ KeyConditionExpression: 'pk = :pk AND holdUntil = :sk', values: sk }, 'Query key condition not supported'],
    [{ KeyConditionExpression: 'pk = :pk', FilterExpression: 'sk = :sk', values: sk }, 'Filter Expression can only contain non-primary key attributes'],
    [{ KeyConditionExpression: 'pk = :pk', Select: 'SPECIFIC_ATTRIBUTES' }, 'Select SPECIFIC_ATTRIBUTES is not played here'],
    [{ KeyConditionExpression: 'pk = :pk', values: sk }, 'Value unused in expressions: :sk'],
  ])('refuses %o', async (input, message) => { await expect(query(input)).rejects.toThrow(message); });
});

describe('items', () => {
  it('are put, read and deleted', async () => {
    const { call } = ledger();
    const Item = { ...Key, fresh: { S: '' } };
    expect(await call('PutItem', { Item, ReturnValues: 'ALL_OLD' })).toEqual({ Attributes: stored });
    expect(await call('GetItem', { Key })).toEqual({ Item });
    expect(await call('DeleteItem', { Key, ReturnValues: 'ALL_OLD' })).toEqual({ Attributes: Item });
    expect(await call('GetItem', { Key, ConsistentRead: true })).toEqual({});
    expect(await call('DeleteItem', { Key })).toEqual({});
  });
  it.each<[string, Fields, string]>([
    ['PutItem', { Item: { ...Key, n: { N: 1 } } }, '{"N":1} is not a typed value'],
    ['PutItem', { Item: { pk: { S: 'a' } } }, 'undefined is not a typed value'],
    ['PutItem', { Item: { ...Key, big: { S: 'x'.repeat(409_600) } } }, 'Item size has exceeded the maximum allowed size'],
    ['GetItem', { Key, ConsistentRead: 'true' }, '`ConsistentRead` is "true", not a flag'],
    ['GetItem', {}, '`Key` is missing'],
    ['Scan', {}, '`dynamodb:Scan` is not played here'],
  ])('%s refuses %o', async (api, input, message) => { await expect(ledger().call(api, input)).rejects.toThrow(message); });
  it('are found by the table\'s ARN too, and nobody holds a piece of the state', async () => {
    const { call, fake } = ledger();
    const { Item } = await call('GetItem', { Key, TableName: 'arn:aws:dynamodb:eu-west-1:111111111111:table/ledger' }) as { Item: Record<string, unknown> };
    Item.lockedBy = { S: 'changed' };
    expect(fake.state.tables.ledger!.items).toEqual([stored]);
  });
});
