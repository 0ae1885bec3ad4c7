import { literal, patternOf, plainGlob } from '../pattern.ts';
import { absent, always, anything, formed, type Domain } from '../search/region.ts';
import { isNetworkKey, networkDomain, type CallersNetwork, type Network } from './networks.ts';
import type { World } from './world.ts';

/**
 * What a request carries under keys that neither the caller's identity nor the resource settles.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function commonDomain(key: string, network: Network, world: World, caller: CallersNetwork): Domain {
  if (isNetworkKey(key)) return networkDomain(key, network, world, caller);
  switch (key) {
    case 'aws:securetransport': return { ...always, liked: ['true'] };
    case 'aws:currenttime': case 'aws:epochtime': return always;
    case 'aws:requestedregion': return { ...always, liked: ['us-east-1'] };
    case 'sts:externalid': return formed([externalIdForm], true);
    case 'aws:principalservicename': case 'aws:principalservicenameslist': return absent;
    case 'aws:sourceaccount': case 'aws:sourcearn': case 'aws:sourceorgid': case 'aws:sourceorgpaths': case 'aws:sourceowner': return absent;
    case 's3:dataaccesspointaccount': return formed([literal(world.account)], true);
    case 's3:dataaccesspointarn': return formed([plainGlob(`arn:aws*:s3:*:${world.account}:accesspoint/*`)], true);
    default: return anything;
  }
}

/** 2 to 1,224 characters of its charset; longer ones than a policy could name need not be tried. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const externalIdForm = patternOf({ of: 'external-id', times: 'one' }, { of: 'external-id', times: 'one' }, { of: 'external-id', times: 'many' });
