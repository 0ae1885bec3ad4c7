import { isDeepStrictEqual } from 'node:util';
import type { Fields } from '../types.ts';
import { checkKeyCondition, holds, pathsOf, readUpdate } from './expression-meaning.ts';
import { checkValue, type Item } from './expression-path.ts';
import { invalid, Reader, Words } from './expression.ts';
import { AwsError, members, type Service, type Setting, type State } from './service.ts';

const mostBytes = 400 * 1024;
const written = { TableName: 'text!', ConditionExpression: 'text', ExpressionAttributeNames: 'map', ExpressionAttributeValues: 'map', ReturnValues: 'text' } as const;

type Table = State['tables'][string];
const pick = (item: Item, names: readonly string[]): Item => Object.fromEntries(names.map((name) => [name, item[name]]));

/** Reads are always the latest; a stale one is a fault of faults.ts. */
export const dynamodb = ({ state }: Setting): Service => {
  const table = ({ TableName }: Fields): Table => state.tables[/:table\/(.+)$/.exec(String(TableName))?.[1] ?? String(TableName)] ?? (() => { throw new AwsError('ResourceNotFoundException', `there is no table \`${String(TableName)}\``); })();
  const place = ({ items, key }: Table, raw: Item): number => {
    for (const name of key) checkValue(raw[name]);
    return items.findIndex((item) => isDeepStrictEqual(pick(item, key), pick(raw, key)));
  };
  const keyOf = ({ key }: Table, input: Fields): Item => {
    const given = input.Key as Item;
    if (!isDeepStrictEqual(Object.keys(given).sort(), [...key].sort())) invalid('The provided key element does not match the schema');
    return given;
  };
  /** Writes where the condition holds of what is there; answers what RETURN VALUES asks for. */
  const write = (input: Fields, of: Table, key: Item, returns: readonly string[], words: Words, next: (old: Item | undefined) => Item | undefined): Fields => {
    const { ReturnValues: wanted = 'NONE' } = input;
    if (!['NONE', ...returns].includes(wanted as string)) invalid(`ReturnValues ${String(wanted)} is not played here`);
    const condition = input.ConditionExpression === undefined ? undefined : new Reader(input.ConditionExpression, words).condition();
    words.checkUsed();
    const at = place(of, key);
    const old = of.items[at];
    if (condition !== undefined && !holds(condition, old ?? {})) throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
    const made = next(old);
    if (made !== undefined) {
      Object.values(made).forEach(checkValue);
      if (Buffer.byteLength(JSON.stringify(made)) > mostBytes) invalid('Item size has exceeded the maximum allowed size');
    }
    of.items.splice(at < 0 ? of.items.length : at, at < 0 ? 0 : 1, ...made === undefined ? [] : [made]);
    const attributes = wanted === 'ALL_OLD' ? old : wanted === 'ALL_NEW' ? made : undefined;
    return attributes === undefined ? {} : { Attributes: attributes };
  };
  return {
    GetItem(input) {
      members(input, { TableName: 'text!', Key: 'map!', ConsistentRead: 'flag' });
      const of = table(input);
      const item = of.items[place(of, keyOf(of, input))];
      return item === undefined ? {} : { Item: item };
    },
    PutItem(input) {
      members(input, { ...written, Item: 'map!' });
      return write(input, table(input), input.Item as Item, ['ALL_OLD'], new Words(input), () => input.Item as Item);
    },
    DeleteItem(input) {
      members(input, { ...written, Key: 'map!' });
      const of = table(input);
      return write(input, of, keyOf(of, input), ['ALL_OLD'], new Words(input), () => undefined);
    },
    UpdateItem(input) {
      members(input, { ...written, Key: 'map!', UpdateExpression: 'text' });
      const of = table(input);
      const words = new Words(input);
      const update = input.UpdateExpression === undefined ? (item: Item) => item : readUpdate(input.UpdateExpression, words, of.key);
      const key = keyOf(of, input);
      return write(input, of, key, ['ALL_OLD', 'ALL_NEW'], words, (old) => update(old ?? key));
    },
    Query(input) {
      members(input, { TableName: 'text!', KeyConditionExpression: 'text!', FilterExpression: 'text', Select: 'text', ConsistentRead: 'flag', ScanIndexForward: 'flag', ExpressionAttributeNames: 'map', ExpressionAttributeValues: 'map' });
      const { items, key } = table(input);
      const { Select: select = 'ALL_ATTRIBUTES' } = input;
      if (select !== 'COUNT' && select !== 'ALL_ATTRIBUTES') invalid(`Select ${String(select)} is not played here`);
      const words = new Words(input);
      const condition = new Reader(input.KeyConditionExpression, words).condition();
      checkKeyCondition(condition, key);
      const filter = input.FilterExpression === undefined ? undefined : new Reader(input.FilterExpression, words).condition();
      if (filter !== undefined && pathsOf(filter).some(([name]) => key.includes(name))) invalid('Filter Expression can only contain non-primary key attributes');
      words.checkUsed();
      const sort = (item: Item): string => String((item[key[1] ?? ''] as Item | undefined)?.S ?? '');
      const scanned = items.filter((item) => holds(condition, item)).sort((a, b) => Buffer.compare(Buffer.from(sort(a)), Buffer.from(sort(b))));
      if (input.ScanIndexForward === false) scanned.reverse();
      const kept = filter === undefined ? scanned : scanned.filter((item) => holds(filter, item));
      return { Count: kept.length, ScannedCount: scanned.length, ...select === 'COUNT' ? {} : { Items: kept } };
    },
  };
};
