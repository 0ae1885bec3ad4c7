import { describe, expect, it, test } from 'vitest';
import { DefinitionError, readDefinition } from '../../../core/definition.ts';
import { publishedDefinition, type OwnOrganization } from '../../../entry/publisher/published.ts';

const [mine, other] = ['o-4tkekae453', 'o-0000000000'];
const own: OwnOrganization = { id: mine, managementAccount: '111111111111', accounts: ['333333333333', '111111111111', '222222222222'] };
const all = ['111111111111', '222222222222', '333333333333'];
const published = (source: object, from = own): unknown => JSON.parse(publishedDefinition(source, from));

describe('what functions read', () => {
  test.each<[string, object, object]>([
    ['the word becomes the accounts, in order', { organizations: [mine], accounts: 'organization' }, { organizations: [mine], accounts: all }],
    ['a list is as it was written', { organizations: [mine], accounts: ['222222222222', '111111111111'] }, { organizations: [mine], accounts: ['222222222222', '111111111111'] }],
    ['an empty list stays empty', { organizations: [mine], accounts: [] }, { organizations: [mine], accounts: [] }],
    ['left out stays left out', { organizations: [mine] }, { organizations: [mine] }],
    ['the word in a list alone', { organizations: [mine], accounts: ['organization'] }, { organizations: [mine], accounts: all }],
    ['accounts of another organization beside the word', { organizations: [other, mine], accounts: ['444444444444', 'organization', '222222222222'] }, { organizations: [other, mine], accounts: [...all, '444444444444'] }],
    ['all other sections', { organizations: [mine], accounts: 'organization', rules: { 'a-rule': 'off' } }, { organizations: [mine], accounts: all, rules: { 'a-rule': 'off' } }],
  ])('%s', (_, source, expected) => { expect(published(source)).toEqual(expected); });

  it('is the same text for the same content', () => {
    const text = publishedDefinition({ organizations: [mine], accounts: 'organization', version: 1 }, own);
    expect(text).toBe(`{"accounts":["111111111111","222222222222","333333333333"],"organizations":["${mine}"],"version":1}`);
    expect(publishedDefinition({ version: 1, accounts: 'organization', organizations: [mine] }, { ...own, accounts: [...own.accounts, ...own.accounts].reverse() })).toBe(text);
  });
  it('is a complete list to the functions', () => { expect(readDefinition(published({ organizations: [mine], accounts: 'organization' })).perimeter.accounts).toEqual(all); });
  it('holds 5,000 accounts in less than 100 KB', () => {
    const accounts = Array.from({ length: 5000 }, (_, index) => String(999_999_999_999 - index));
    const text = publishedDefinition({ organizations: [mine], accounts: 'organization' }, { ...own, managementAccount: accounts[0]!, accounts });
    expect(text.length).toBeLessThan(100_000);
    expect(readDefinition(JSON.parse(text)).perimeter.accounts).toEqual([...accounts].reverse());
  });
});

describe('is refused', () => {
  test.each<[string, object, string]>([
    ['another organization than ours', { organizations: [other], accounts: 'organization' }, `organizations: expected \`${mine}\` among them, the organization that the pack is deployed to, found \`${other}\``],
    ['no organization', { organizations: [], standaloneAccounts: ['444444444444'] }, `organizations: expected \`${mine}\` among them, the organization that the pack is deployed to, found none`],
    ['two organizations, when only the accounts of one can be known', { organizations: [mine, other], accounts: 'organization' }, `accounts: \`organization\` stands for the accounts of \`${mine}\`, and those of \`${other}\` are not known: write \`[organization, "111122223333"]\` with their ids, or leave \`accounts\` out`],
    ['what is no definition', { organizations: mine }, 'organizations: expected a list of organization ids, found `o-4tkekae453`'],
  ])('%s', (_, source, message) => {
    const act = (): string => publishedDefinition(source, own);
    expect(act).toThrow(DefinitionError);
    expect(act).toThrow(expect.objectContaining({ message }) as Error);
  });

  test.each<[string, Partial<OwnOrganization>, string]>([
    ['no account at all', { accounts: [] }, `AWS Organizations lists 0 accounts of \`${mine}\` without its management account \`111111111111\`, so the list is not complete`],
    ['a list without the management account', { accounts: ['222222222222'] }, `AWS Organizations lists 1 accounts of \`${mine}\` without its management account \`111111111111\`, so the list is not complete`],
    ['what is no account id', { accounts: ['111111111111', 'x'] }, 'AWS Organizations lists an account `x`, which is no account id'],
  ])('%s', (_, told, message) => { expect(() => publishedDefinition({ organizations: [mine], accounts: 'organization' }, { ...own, ...told })).toThrow(new Error(message)); });
});
