import { describe, expect, it } from 'vitest';
import { formulaOf, parsePolicy, type Perimeter, type Question } from '../../../policy/index.ts';
import { World } from '../../../policy/world/world.ts';
import { allow, define, document, mine, own, partner, second, sibling, standalone, stranger } from '../cases/case.ts';

const worldOf = (perimeter: Perimeter, ...statements: object[]): World => {
  const question: Question = { kind: 'resource', perimeter, account: own, now: 0, policy: parsePolicy(document(...statements)) };
  return new World(question, formulaOf(question), 1_000);
};
const agreed = { externalIds: undefined, resources: [], reachable: [] };

describe('accounts of a definition', () => {
  const { perimeter } = define({
    organizations: [mine, second], accounts: [own, sibling, standalone], standaloneAccounts: [standalone],
    partners: [{ name: 'Example Monitoring', accounts: [partner, sibling], ...agreed }, { name: 'Example Backup', accounts: [partner], ...agreed }],
  });
  const world = worldOf(perimeter, allow({ Principal: { AWS: [sibling, stranger, own] } }));
  it('that are mine are listed, in an organization or in none', () => {
    expect([own, sibling, standalone, stranger, partner].filter((id) => world.isMine(id))).toEqual([own, sibling, standalone]);
    expect([own, standalone].map((id) => world.organizationsOf(id))).toEqual([[mine, second], []]);
  });
  it('that are members of an organization are none of those in no organization', () => { expect(world.membersOfMine).toEqual([own, sibling]); });
  it('that are a partner\'s are not mine, and come once', () => { expect(world.partners).toEqual([partner]); });
  it('that a policy can tell are the resource\'s own and those of mine that it names', () => { expect(world.accountsOfMine).toEqual([own, sibling]); });
  it('where none are listed', () => {
    const unlisted = worldOf(define({ accounts: undefined, partners: [] }).perimeter, allow());
    expect([unlisted.membersOfMine, unlisted.partners, unlisted.accountsOfMine, unlisted.isMine(own), unlisted.isMine(sibling)]).toEqual([[], [], [own], true, false]);
  });
});
