import type { Random } from '../bench/random.ts';
import { accounts, foreignOrganizations, pathIn } from './cast.ts';
import { accountSaid, organizationsSaid } from './ids.ts';
import { instance } from './said.ts';
import { isListed, type Account, type Setting } from './scene.ts';

/** An account of the world, in an organization or none: one of the `known` where it is one of theirs. */
export function drawAccount(random: Random, setting: Setting, known: readonly Account[], wanted?: string): Account {
  const { accounts: listed, organizations, standaloneAccounts } = setting.definition;
  const id = wanted ?? (random.chance(0.6) ? accountSaid(random, setting.said) : undefined) ?? random.pick(accounts);
  const same = known.find((one) => one.id === id);
  if (same !== undefined) return same;
  const standsAlone = standaloneAccounts.includes(id);
  const ofMine = !standsAlone && isListed(setting, id);
  // Where every account of the organization is listed, any other is in none of mine.
  const possible = ofMine ? organizations : [...organizationsSaid(random, setting.said), ...foreignOrganizations].filter((one) => listed === undefined || !organizations.includes(one));
  const organization = standsAlone || possible.length === 0 || (!ofMine && random.chance(0.4)) ? undefined : random.pick(possible);
  return { id, organization, path: organization === undefined ? undefined : drawPath(random, setting, organization) };
}

function drawPath(random: Random, { said: { keys } }: Setting, organization: string): string {
  const said = [...keys].filter(([key]) => key.endsWith('orgpaths')).flatMap(([, values]) => values).map((one) => `${instance(random, one).replace(/\/+$/, '')}/`).map((one) => [organization, ...one.split('/').slice(1)].join('/'));
  const possible = said.filter((one) => /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*$/.test(one));
  return possible.length > 0 && random.chance(0.5) ? random.pick(possible) : pathIn(random, organization);
}
