import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { publisherRole } from '../../../deployment/stack/administrator/publisher.ts';
import { publish, type Ports } from '../../../entry/publisher/publish.ts';
import { publishedDefinition } from '../../../entry/publisher/published.ts';

const mine = 'o-4tkekae453';
const source = { organizations: [mine], accounts: 'organization' };
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => String(111_111_111_111 + index));
const textOf = (accounts: readonly string[]): string => publishedDefinition(source, { id: mine, managementAccount: accounts[0]!, accounts });
const pack = { rules: [], remediations: [] };

/** A bucket, an organization of `accounts`, and who writes the definition in between. */
function world(given: { source?: string | undefined; before?: string | undefined; accounts?: readonly string[]; between?: (readonly string[])[] }) {
  const { accounts = ids(3), between = [] } = given;
  const objects = new Map<string, string>();
  const held = 'source' in given ? given.source : JSON.stringify(source);
  if (held !== undefined) objects.set('definition-source.json', held);
  if (given.before !== undefined) objects.set('definition.json', given.before);
  const did: string[] = [];
  const log: { level: string; message: string; fields: object }[] = [];
  const others = [...between];
  const ports: Ports = {
    async getObject(key) { did.push(`get ${key}`); const body = objects.get(key); return body === undefined ? undefined : { body, etag: `"${body}"` }; },
    async putObject(key, body, etag) {
      did.push(`put ${key}`);
      const overtaken = others.shift();
      if (overtaken !== undefined) objects.set(key, textOf(overtaken));
      const now = objects.get(key);
      if (etag !== (now === undefined ? undefined : `"${now}"`)) return false;
      objects.set(key, body);
      return true;
    },
    async describeOrganization() { did.push('describe'); return { id: mine, managementAccount: ids(1)[0]! }; },
    async listAccounts() { did.push('list'); return accounts; },
    log: (level, message, fields) => { log.push({ level, message, fields }); },
  };
  return { ports, objects, did, log };
}
const round = ['get definition.json', 'get definition-source.json', 'describe', 'list'];

describe('the publisher', () => {
  it('writes nothing when nothing has changed', async () => {
    const { ports, did, log } = world({ before: textOf(ids(3)) });
    await publish(pack, ports);
    expect({ did, log }).toEqual({ did: round, log: [{ level: 'info', message: 'unchanged', fields: {} }] });
  });
  it('writes an account that joined and one that left, and says which', async () => {
    const { ports, objects, did, log } = world({ before: textOf(['111111111111', '111111111112', '999999999999']) });
    await publish(pack, ports);
    expect(objects.get('definition.json')).toBe(textOf(ids(3)));
    expect(did).toEqual([...round, 'put definition.json']);
    expect(log).toEqual([{ level: 'info', message: 'published', fields: { joined: ['111111111113'], left: ['999999999999'] } }]);
  });
  it('writes the first one', async () => {
    const { ports, objects } = world({});
    await publish(pack, ports);
    expect(objects.get('definition.json')).toBe(textOf(ids(3)));
  });
  it('asks for no accounts where the definition has its own', async () => {
    const { ports, objects, did } = world({ source: JSON.stringify({ ...source, accounts: ['222222222222'] }) });
    await publish(pack, ports);
    expect(objects.get('definition.json')).toBe(`{"accounts":["222222222222"],"organizations":["${mine}"]}`);
    expect(did).toEqual([...round.slice(0, 3), 'put definition.json']);
  });
  it('begins anew when somebody else has written meanwhile', async () => {
    const { ports, objects, did } = world({ before: textOf(ids(1)), between: [ids(2)] });
    await publish(pack, ports);
    expect(objects.get('definition.json')).toBe(textOf(ids(3)));
    expect(did).toEqual([...round, 'put definition.json', ...round, 'put definition.json']);
  });
  it('replaces what cannot be read, and says so', async () => {
    const { ports, objects, log } = world({ before: '{' });
    await publish(pack, ports);
    expect(objects.get('definition.json')).toBe(textOf(ids(3)));
    expect(log.map(({ level }) => level)).toEqual(['warn', 'info']);
  });

  test.each<[string, number, number]>([['five of few', 10, 5], ['a tenth of many', 1000, 900]])('lets %s leave at once', async (_, before, after) => {
    const { ports, objects } = world({ before: textOf(ids(before)), accounts: ids(after) });
    await publish(pack, ports);
    expect(objects.get('definition.json')).toBe(textOf(ids(after)));
  });

  const kept = textOf(ids(10));
  test.each<[string, Parameters<typeof world>[0], string]>([
    ['six of few left at once', { accounts: ids(4) }, '6 of 10 accounts are not listed any more, such as `111111111115`, and the list before is kept; if they have left, publish the new one with `perimeter deploy apply`'],
    ['more than a tenth of many left at once', { before: textOf(ids(1000)), accounts: ids(899) }, '101 of 1000 accounts are not listed any more, such as `111111112010`, and the list before is kept; if they have left, publish the new one with `perimeter deploy apply`'],
    ['no account is listed', { accounts: [] }, `AWS Organizations lists 0 accounts of \`${mine}\` without its management account \`111111111111\`, so the list is not complete`],
    ['there is no source', { source: undefined }, 'there is no `definition-source.json`; write it with `perimeter deploy apply`'],
    ['the source is no JSON', { source: '{' }, '`definition-source.json` is not valid, and nothing is published from it: '],
    ['the source is no definition', { source: '{}' }, '`definition-source.json` is not valid, and nothing is published from it: organizations: is missing'],
    ['the source names a rule that there is not', { source: JSON.stringify({ ...source, rules: { 'no-rule': 'on' } }) }, '`definition-source.json` is not valid, and nothing is published from it: rules.no-rule: there is no rule `no-rule`'],
    ['the source names a remediation that there is not', { source: JSON.stringify({ ...source, remediations: { none: {} } }) }, '`definition-source.json` is not valid, and nothing is published from it: remediations.none: there is no remediation `none`'],
    ['the source names another organization', { source: JSON.stringify({ ...source, organizations: ['o-0000000000'] }) }, '`definition-source.json` is not valid, and nothing is published from it: organizations: expected `o-4tkekae453` among them'],
  ])('keeps what was published, and fails, when %s', async (_, given, message) => {
    const { ports, objects, did } = world({ before: kept, ...given });
    await expect(publish(pack, ports)).rejects.toThrow(message);
    expect(objects.get('definition.json')).toBe(given.before ?? kept);
    expect(did).not.toContain('put definition.json');
  });
  it('gives up when somebody else writes every time, and overwrites nothing', async () => {
    const { ports, objects } = world({ before: textOf(ids(1)), between: [ids(2), ids(4), ids(5)] });
    await expect(publish(pack, ports)).rejects.toThrow('`definition.json` was written by somebody else in each of 3 attempts; nothing was overwritten');
    expect(objects.get('definition.json')).toBe(textOf(ids(5)));
  });
});

it('its role may do what its code calls', () => {
  const code = readFileSync(new URL('../../../entry/publisher/aws.ts', import.meta.url), 'utf8');
  const calls = [...code.matchAll(/\bsdk\.paginate(\w+)|\bnew sdk\.(\w+)Command\b/g)].map(([, paged, sent]) => paged ?? sent!);
  const allowed = publisherRole().statements.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('logs:')).map((action) => action.slice(action.indexOf(':') + 1));
  // S3 tells who may list a bucket, and nobody else, that it holds no such object.
  expect([...calls, 'ListBucket'].sort()).toEqual(allowed.sort());
});
