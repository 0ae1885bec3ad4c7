import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { arnGlob, patternOf, plainGlob } from '../pattern.ts';
import { absent, always, anything, formed, type Domain, type TextTest } from '../search/region.ts';
import { mayOmitVia } from '../tables/key-groups.ts';
import { accountForm } from './accounts.ts';
import { isNetworkKey, networkDomain, type Network } from './networks.ts';
import type { World } from './world.ts';

/**
 * What a request carries under keys that neither the caller's identity nor the resource settles.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function commonDomain(key: string, network: Network, world: World): Domain {
  if (isNetworkKey(key)) return networkDomain(key, network, world);
  switch (key) {
    case 'aws:securetransport': return { ...always, liked: ['true'] };
    case 'aws:currenttime': case 'aws:epochtime': return always;
    case 'aws:requestedregion': return { ...always, liked: ['us-east-1'] };
    case 'aws:viaawsservice': return alwaysTellVia(world) ? always : anything;
    case 'sts:externalid': return formed([externalIdForm], true);
    case 'aws:principalservicename': case 'aws:principalservicenameslist': return absent;
    case 'aws:sourceaccount': case 'aws:sourcearn': case 'aws:sourceorgid': case 'aws:sourceorgpaths': case 'aws:sourceowner': return absent;
    // Who comes through an access point of mine is judged by its policy. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
    case 's3:dataaccesspointaccount': return { ...formed([accountForm], true), tests: notOfMine(world, key, (id) => id) };
    case 's3:dataaccesspointarn': return { ...formed([arnGlob('arn:aws*:s3:*:*:accesspoint/?*')], true), tests: notOfMine(world, key, (id) => `arn:*:s3:*:${id}:accesspoint/*`) };
    default: return anything;
  }
}

/** A service that is not known may be one that does not. */
const alwaysTellVia = ({ prefix }: World): boolean => prefix !== undefined && !mayOmitVia.has(prefix);

/** Not of an account of mine, as far as the policies can tell it from others. */
export const notOfMine = (world: World, key: string, pattern: (id: string) => string): TextTest[] =>
  [{ test: testOn(key, patternsOperator, world.accountsOfMine.map((id) => plainGlob(pattern(id)))), want: false }];

/** 2 to 1,224 characters of its charset; longer ones than a policy could name need not be tried. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const externalIdForm = patternOf({ of: 'external-id', times: 'one' }, { of: 'external-id', times: 'one' }, { of: 'external-id', times: 'many' });
