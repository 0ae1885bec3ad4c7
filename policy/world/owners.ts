import { literal, oneOrMore, patternOf } from '../pattern.ts';
import type { Reach } from '../request.ts';
import { absent, maybe, only, present, type Domain } from '../search/region.ts';
import { ownerKeys, ownerOrganizationKeys, poolArnKeys, poolKeys } from '../tables/key-groups.ts';
import { untoldKeys } from '../tables/untold-owners.ts';
import { tells } from './profile.ts';
import { butAlike } from './alike.ts';
import { anyPartition, areTold, regionForm } from './accounts.ts';
import type { Caller } from './caller.ts';
import { doubtAbout, type Doubt } from './doubt.ts';
import { othersOfMine } from './members.ts';
import { ofDefinition } from './of-definition.ts';
import { pathsIn } from './networks.ts';
import { tagTold } from './tags.ts';
import type { World } from './world.ts';

/** Whose resource the requests of a region are about. */
export interface Owner {
  readonly account: string;
  readonly mine: boolean;
  /** Of an owner that is not mine, or of whom no definition tells: its organization, or `undefined`. */
  readonly organization?: string | undefined;
  readonly reach: Reach;
  readonly doubt?: Doubt | undefined;
}

export const ownOwner = ({ account }: World): Owner => ({ account, mine: true, reach: 'any-account' });

/** Whether the policies tell one owner's resources from another's; tokens that somebody presents at an endpoint are for roles of their provider's account. */
export const tellsOwners = (world: World): boolean => world.testsAny(ownerKeys) || grantsByAccount(world) || world.profile.resources.some((one) => one.text !== '*')
  || ((world.question.kind === 'vpc-endpoint' || world.question.kind === 'rcp') && (world.profile.federated.some((one) => one.includes(':')) || world.testsAny(providerKeys)));

/** Whether what partners may use is told by its account. */
const grantsByAccount = ({ perimeter }: World): boolean => ofDefinition(perimeter, 'grants by account', () => perimeter.partners.some((one) => one.accounts.length > 0 && one.resources.some(({ arn }) => /\d/.test(arn.split(':')[4] ?? ''))));

const providerKeys: ReadonlySet<string> = new Set(['aws:federatedprovider', 'saml:doc']);

/** Whether what hangs on resources speaks of an owner's. */
export const isSpokenOf = (world: World, { account, mine }: Owner): boolean =>
  account === world.account || (world.hangsOnAllOfMine && (mine || world.perimeter.accounts === undefined) && !world.perimeter.standaloneAccounts.includes(account));

/** My accounts that the policies name, the question's own first; where they test organizations, which tell others of mine from strangers', or hold owners against callers, or hang on all of mine, others too. */
export const myOwners = (world: World): Owner[] => {
  const unlisted = world.perimeter.accounts === undefined ? world.strangers.owners : [];
  const isNamed = (id: string): boolean => id === world.account || tells(world.profile, 'owners', id);
  const named = butAlike(world, [...world.accountsOfMine, ...world.hangsOnAllOfMine ? unlisted : []].filter(isNamed));
  const others = world.testsAny(ownerOrganizationKeys) || world.hangsOnAllOfMine || world.profile.variables.length > 0 || world.accountPatterns.length > 0 || grantsByAccount(world) ? othersOfMine(world, named, true) : [];
  // Where both its id and its paths are asked for, they are of one organization.
  const isTold = [...ownerOrganizationKeys].every((key) => world.tests(key));
  const organizationsIn = (account: string): readonly (string | undefined)[] => isTold && world.organizationsOf(account).length > 1 ? world.organizationsOf(account) : [undefined];
  const owner = (account: string, organization: string | undefined): Owner => ({ account, mine: true, organization, reach: 'any-account' });
  return [
    ...[...new Set([...named, ...others])].flatMap((account) => organizationsIn(account).map((organization) => owner(account, organization))),
    // Whoever is named and nothing lists may be a member of an organization of mine, if policies ask for that.
    ...world.hangsOnAllOfMine || !world.testsAny(ownerOrganizationKeys) ? [] : unlisted.filter(isNamed).flatMap((account) => world.perimeter.organizations.map((organization) => owner(account, organization))),
  ];
};

/** Owners that are not mine, any account's first. */
export const foreignOwners = (world: World): readonly Owner[] => world.once('foreign owners', () => {
  const { owners: named, partners } = world.strangers;
  const organizations = world.testsAny(ownerOrganizationKeys) ? world.organizations : [];
  const unnamed = organizations.length === 0 ? world.strangers.unnamed : apartFromCallers(world);
  const owners: Owner[] = [];
  const add = (account: string, organization: string | undefined, reach: Reach, doubt?: Doubt): void => { owners.push({ account, mine: false, organization, reach, doubt }); };
  for (const account of unnamed) add(account, undefined, 'any-account');
  for (const organization of organizations) for (const account of unnamed) add(account, organization, 'any-organization-member');
  for (const account of [...named, ...partners]) for (const organization of [undefined, ...organizations]) add(account, organization, 'named-account', partners.includes(account) ? undefined : doubtAbout(world, account));
  return owners;
});

/** Owners as the definition has them, and in every organization that they may be in where it does not tell: whatever is named may be mine. */
export function everyOwner(world: World): readonly Owner[] {
  const { organizations, perimeter } = world;
  const known = [...myOwners(world), ...foreignOwners(world)];
  if (perimeter.accounts !== undefined && perimeter.organizations.length > 0) return known;
  return known.flatMap((one) => one.organization !== undefined || !world.testsAny(ownerOrganizationKeys) ? [one]
    : [one, ...(one.mine ? perimeter.organizations.length > 0 || perimeter.standaloneAccounts.includes(one.account) ? [] : organizations : perimeter.organizations).map((organization) => ({ ...one, organization }))]);
}

/** Whether caller and owner are one account in two organizations, without which there are two more that stand for them, or none. */
export const isTornApart = (world: World, caller: Caller, { account, mine, organization }: Owner): boolean => {
  if (caller.principal.account !== account || !world.testsAny(ownerOrganizationKeys)) return false;
  const { perimeter, strangers: { unnamed } } = world;
  const isApart = caller.domain('aws:principalorgid').only?.[0] !== organization;
  if (mine && perimeter.organizations.length > 0) return organization !== undefined && isApart;
  return isApart && (!unnamed.includes(account) || hasSecond(world, account));
};

/** Whether among accounts that no policy names there is one that nothing tells from another of them. */
const hasSecond = (world: World, account: string): boolean => world.strangers.unnamed.some((one) => one !== account && !areTold(world.accountPatterns, one, account));

/** Accounts that no policy names, of which the first is no caller's: a caller and an owner in different organizations are two accounts. */
function apartFromCallers(world: World): readonly string[] {
  const { perimeter, strangers: { unnamed, more } } = world;
  return hasSecond(world, unnamed[0]!) ? unnamed : [more()[perimeter.accounts === undefined ? 1 : 0], ...unnamed.slice(1)];
}

/** Names that EC2 has for owners of images beside their account ids. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html (imageOwnerAlias) */
const ownersAliases = ['aws-marketplace', 'amazon'];

/** What a request with actions of `prefix` carries under keys about the resource, of which some leave out whose it is; `undefined`: the key is about something else. */
export function ownerDomain(key: string, world: World, owner: Owner, prefix = world.prefix, isUntold = false): Domain | undefined {
  if (isUntold && untoldKeys.has(key)) {
    const told = ownerDomain(key, world, owner, prefix)!;
    return told.only === undefined ? { ...told, missing: true } : maybe({ forms: told.only.map(literal) });
  }
  switch (key) {
    case 'aws:resourceaccount': return only(owner.account);
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html: other services do not send it.
    case 's3:resourceaccount': return prefix === 's3' ? only(owner.account) : prefix === undefined || prefix.startsWith('s3') ? maybe({ forms: [literal(owner.account)] }) : absent;
    case 'ec2:owner': return maybe({ forms: [owner.account, ...owner.mine ? [] : ownersAliases].map(literal) });
    case 'aws:resourceorgid': return organizationDomain(world, owner);
    case 'aws:resourceorgpaths': return pathsDomain(world, owner);
  }
  if (poolKeys.has(key)) return prefix === undefined || prefix === 'cognito-identity' ? poolDomain(key, owner.account) : absent;
  return owner.mine ? tagTold(key, world) : undefined;
}

/** Whose identity pool a call is about; it tells that of guests or that of users who have signed in. */
const poolDomain = (key: string, account: string): Domain => maybe({ forms: [poolArnKeys.has(key) ? patternOf(anyPartition, ':cognito-identity:', regionForm, `:${account}:identitypool/`, regionForm, ':', oneOrMore('name')) : literal(account)] });

/** Organizations that a resource may be in: with several of mine, in any of them. */
function organizationsOf(world: World, { account, mine, organization }: Owner): readonly string[] {
  return mine && organization === undefined ? world.organizationsOf(account) : organization === undefined ? [] : [organization];
}

function organizationDomain(world: World, owner: Owner): Domain {
  const organizations = organizationsOf(world, owner);
  return organizations.length === 0 ? absent : organizations.length === 1 ? only(...organizations) : present({ forms: organizations.map(literal) });
}

function pathsDomain(world: World, owner: Owner): Domain {
  const organizations = organizationsOf(world, owner);
  return organizations.length === 0 ? absent : present({ many: false, forms: organizations.map(pathsIn), liked: organizations.map((one) => `${one}/r-ab12/`) });
}
