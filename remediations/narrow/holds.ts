import { matches } from '../../core/exceptions.ts';
import { ownedByAws, type Place } from '../../core/inside.ts';
import { serviceNames } from '../../core/services.ts';
import type { Perimeter } from '../../policy/index.ts';
import type { Hold } from './copy.ts';

/** What holds a statement to callers of mine, kind by kind; the first is the one that most statements need alone. */
export function callerHolds(perimeter: Perimeter, place: Place): readonly Hold[] {
  const { organizations, organizationPaths, standaloneAccounts, partners, services, unsignedActions } = perimeter;
  const accounts = organizations.length === 0 ? [...new Set([place.account, ...standaloneAccounts])] : standaloneAccounts;
  const owned = fewOwned(perimeter, place);
  const { service = 's3' } = place;
  const here = ofService(unsignedActions, place);
  return [
    ...organizations.length === 0 ? [] : [{
      of: 'members of the organization', suffix: 'Organization',
      condition: { StringEquals: { 'aws:PrincipalOrgID': organizations }, ...organizationPaths.length === 0 ? {} : { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': organizationPaths } } },
    }],
    ...accounts.length === 0 ? [] : [{ of: 'standalone accounts', suffix: 'Standalone', condition: { StringEquals: { 'aws:PrincipalAccount': accounts } } }],
    // Its own account may lie off the paths. A list of all others that may would stand in the place of the paths.
    ...organizationPaths.length === 0 ? [] : [{ of: 'the own account', suffix: 'Own', condition: { StringEquals: { 'aws:PrincipalAccount': place.account } } }],
    {
      of: 'AWS services', suffix: 'Services',
      condition: services === 'any' ? { Bool: { 'aws:PrincipalIsAWSService': 'true' } } : { 'ForAnyValue:StringEquals': { [serviceNames]: services } },
    },
    ...partners.flatMap((partner) => partner.resources.map(({ arn, actions }, index): Hold => ({
      of: `partner ${partner.name}`, suffix: `Partner${index + 1}`, actions, resources: [arn], condition: { StringEquals: { 'aws:PrincipalAccount': partner.accounts } },
    }))),
    ...here.length === 0 ? [] : [
      { of: 'unsigned calls', suffix: 'Unsigned', actions: here, condition: unsigned },
      { of: 'unsigned reads of public objects', suffix: 'Public', actions: here.filter((one) => matches(one.toLowerCase(), 's3:getobject')), condition: unsigned },
      ...organizations.length === 0 ? [] : [{ of: 'unsigned calls to resources of the organization', suffix: 'UnsignedOwned', actions: here, condition: { ...unsigned, StringEquals: { 'aws:ResourceOrgID': organizations } } }],
      ...accounts.length === 0 ? [] : [{ of: 'unsigned calls to resources of standalone accounts', suffix: 'UnsignedStandalone', actions: here, condition: { ...unsigned, StringEquals: { 'aws:ResourceAccount': accounts } } }],
    ],
    ...owned.length === 0 ? [] : [{ of: 'unsigned reads of AWS-owned resources', suffix: 'AwsOwned', actions: [`${service}:Get*`, `${service}:List*`, `${service}:Head*`, `${service}:Describe*`], resources: owned, condition: unsigned }],
  ];
}

const ofService = (actions: readonly string[], { service }: Place): readonly string[] => actions.filter((one) => service === undefined || one.toLowerCase().startsWith(`${service}:`));

/** A policy has no room for the whole catalogue, and no workload needs it: only a list that a person made short is written out. */
function fewOwned(perimeter: Perimeter, place: Place): readonly string[] {
  const owned = ownedByAws(perimeter, place);
  return owned.length > MOST_OWNED ? [] : owned;
}
const MOST_OWNED = 60;

/** Signed requests always carry the key. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const unsigned = { Null: { 'aws:PrincipalIsAWSService': 'true' } };

/** What holds a statement to resources of mine, kind by kind. */
export function resourceHolds(perimeter: Perimeter, place: Place): readonly Hold[] {
  const { organizations, standaloneAccounts, partners, unsignedActions, exclusionTags } = perimeter;
  const accounts = organizations.length === 0 ? [...new Set([place.account, ...standaloneAccounts])] : standaloneAccounts;
  const owned = fewOwned(perimeter, place);
  const reachable = partners.flatMap((one) => one.reachable);
  const here = ofService(unsignedActions, place);
  return [
    ...organizations.length === 0 ? [] : [{ of: 'resources of the organization', suffix: 'Owned', condition: { StringEquals: { 'aws:ResourceOrgID': organizations } } }],
    ...accounts.length === 0 ? [] : [{ of: 'resources of standalone accounts', suffix: 'StandaloneOwned', condition: { StringEquals: { 'aws:ResourceAccount': accounts } } }],
    { of: 'calls that AWS services make', suffix: 'ByServices', condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } },
    ...owned.length === 0 ? [] : [{ of: 'AWS-owned resources', suffix: 'AwsOwned', resources: owned }],
    ...reachable.length === 0 ? [] : [{ of: 'resources of partners', suffix: 'Partners', resources: reachable }],
    ...here.length === 0 ? [] : [{ of: 'calls that may be unsigned', suffix: 'Unsigned', actions: here }],
    ...Object.entries(exclusionTags.principal).flatMap(([tag, value], index) => [...organizations.length === 0 ? [] : [{ 'aws:PrincipalOrgID': organizations }], ...accounts.length === 0 ? [] : [{ 'aws:PrincipalAccount': accounts }]].map((mine): Hold => ({
      of: `principals with the tag \`${tag}\``, suffix: `Excluded${index + 1}`, condition: { StringEquals: { [`aws:PrincipalTag/${tag}`]: value, ...mine } },
    }))),
  ];
}
