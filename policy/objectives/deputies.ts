import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { arnGlob, patternOf, plainGlob } from '../pattern.ts';
import { absent, always, formed, only, type Domain } from '../search/region.ts';
import { deputySources, type Sources } from '../tables/deputy-sources.ts';
import { ownOwner } from '../world/owners.ts';
import { serviceCaller } from '../world/services.ts';
import type { World } from '../world/world.ts';
import { allActs, isHopeless, regionOf, type Case } from './case.ts';

/**
 * Requests an AWS service makes for somebody else: its principal with a source that is not mine.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function* foreignSources(world: World, notes: string[]): Generator<Case> {
  const { profile, perimeter } = world;
  const { strangers: accounts, organizations } = world;
  const acts = allActs(world);
  const unknown = perimeter.accounts === undefined;
  for (const name of new Set([...profile.services, ...profile.isOpen ? ['cloudtrail.amazonaws.com'] : []])) {
    const sends = deputySources(name);
    if (sends === undefined) { notes.push(`what \`${name}\` sends of its source is not in our table, so it is not judged as a deputy`); continue; }
    for (const account of [...accounts.unnamed, ...accounts.named, ...accounts.partners]) {
      const isUnknown = unknown && accounts.named.includes(account);
      for (const organization of sends.organization ? [undefined, ...organizations] : [undefined]) {
        const caller = { ...serviceCaller(world, name, (key) => sourceDomain(key, world, name, sends, account, organization)), ...(isUnknown ? { unknownAccount: account } : {}) };
        if (isHopeless(world, caller)) continue;
        for (const act of acts) yield { caller, region: regionOf(world, caller, ownOwner(world), act) };
      }
    }
  }
}

function sourceDomain(key: string, { perimeter }: World, name: string, sends: Sources, account: string, organization: string | undefined): Domain | undefined {
  switch (key) {
    case 'aws:sourceaccount': case 'aws:sourceowner': return sends.account ? only(account) : absent;
    case 'aws:sourceorgid': return organization === undefined ? absent : only(organization);
    case 'aws:sourceorgpaths': return organization === undefined ? absent : { ...always, many: false, forms: [patternOf(`${organization}/r-`, { of: 'id-or-path', times: 'many' }, '/')] };
    case 'aws:sourcearn': {
      if (!sends.arn) return absent;
      if (name !== 's3.amazonaws.com') return formed([arnGlob(`arn:aws*:*:*:${account}:?*`)]);
      // A bucket's ARN names no account.
      return { ...formed([plainGlob('arn:aws*:s3:::???*')]), tests: [{ test: testOn(key, patternsOperator, perimeter.buckets.map((one) => plainGlob(`arn:*:s3:::${one}`))), want: false }], liked: ['arn:aws:s3:::some-bucket'] };
    }
    default: return undefined;
  }
}
