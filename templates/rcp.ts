import { matches } from '../core/exceptions.ts';
import { insideCallers, type Clause } from '../core/inside.ts';
import { flag, list, text, wholeNumber } from '../core/parameters.ts';
import { isServiceOfMine } from '../core/services.ts';
import { parsePolicy, type Perimeter } from '../policy/index.ts';
import { isBoundByRcps } from '../policy/tables/rcp-services.ts';
import { accountOf } from './account.ts';
import { inside, keeps, refuses, type Place } from './claims.ts';
import { both, isSigned, notMyServices, notOfMine, some, type Conditions } from './conditions.ts';
import { forMe, forStrangers } from './deputies.ts';
import { exceptionsOf, fromElsewhere, fromMine, requireNetworks, tellingServices } from './networks.ts';
import { grantsOn, numberOf, ofPartner, type Grants } from './partners.ts';
import { quotaOf, rcpQuota } from './quotas.ts';
import { CannotWrite, defineTemplate, type Claim, type Draft, type Part, type Written } from './template.ts';
import { assumeOnly, federationDenials, providersTrusted, trusting } from './rcp-federation.ts';
import { besideNoUnsigned, takesUnsigned, unsignedCalls, unsignedLeft } from './rcp-unsigned.ts';
import { actionsBeforeSignIn } from './tables/before-sign-in.ts';

/** Services whose resources hold data or lead to it, of those that RCPs bind. */
const usualServices = ['s3', 'sqs', 'kms', 'secretsmanager', 'ecr', 'dynamodb', 'logs', 'cognito-identity', 'cognito-idp', 'aoss', 'sts'];

export const rcp = defineTemplate({
  kind: 'rcp',
  title: 'Resources of the organization answer only callers of the perimeter, and from its networks where asked for',
  hangsOn: 'rcp',
  options: {
    services: list(`prefixes of the services; left out: ${usualServices.join(', ')}`),
    boundary: list('`identity`, `network` or both; left out: identity'),
    federation: flag('whether tokens of others are refused, where the definition lists `identityProviders`', true),
    account: text('an account it hangs on', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R04', 'R05', 'R12', 'R29', 'R30'],
  references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html'],
  usual: ({ networks: { cidrs, vpcs, vpcEndpoints, organization } }) => [{ boundary: cidrs.length + vpcs.length + vpcEndpoints.length > 0 || organization ? 'identity,network' : 'identity' }],
  write(perimeter, options): Written {
    const services = options.services.length > 0 ? options.services : usualServices;
    const unbound = services.filter((one) => !isBoundByRcps(one));
    if (unbound.length > 0) throw new CannotWrite(`\`services\`: resources of ${unbound.map((one) => `\`${one}\``).join(', ')} are not bound by RCPs`);
    const early = services.flatMap(actionsBeforeSignIn);
    if (early.length > 0) throw new CannotWrite(`\`services\`: AWS checks ${early.join(', ')} before it knows who calls, so a Deny on the caller would lock everybody out; hold that to networks, as AWS shows (https://docs.aws.amazon.com/signin/latest/userguide/console-access-control.html)`);
    const wrong = options.boundary.find((one) => one !== 'identity' && one !== 'network');
    if (wrong !== undefined) throw new CannotWrite(`\`boundary\`: expected \`identity\` or \`network\`, found \`${wrong}\``);
    const account = accountOf(perimeter, options.account);
    const quota = quotaOf(rcpQuota, options.quota);
    const boundaries = options.boundary.length > 0 ? options.boundary : ['identity'];
    return {
      drafts: [...boundaries.includes('identity') ? [identity(perimeter, services, account, options.federation, quota)] : [], ...boundaries.includes('network') ? [network(perimeter, services, account, quota)] : []],
      leftOut: [
        ...!boundaries.includes('identity') ? [] : grantsOn(perimeter, services).map(({ partner }) => `which actions partner ${partner.name} was granted: an RCP knows no NotAction, so on those resources it leaves that to their own policies`),
        ...boundaries.includes('identity') && services.includes('sts') && options.federation && perimeter.identityProviders === undefined ? ['federation: the definition lists no `identityProviders`, so tokens and assertions are left to the roles'] : [],
        ...boundaries.includes('identity') && services.includes('sts') ? rolesOfOthers(perimeter) : [],
        ...unsignedLeft(services),
        ...Object.keys(perimeter.exclusionTags.resource).length > 0 ? ['exclusion tags of resources: whoever may tag a resource could open it'] : [],
        ...boundaries.includes('network') && perimeter.networks.organization && perimeter.networks.vpcs.length + perimeter.networks.vpcEndpoints.length === 0 ? ['networks for services that do not tell whose VPC endpoint a call came through: list the VPCs under `networks.vpcs`'] : [],
      ],
    };
  },
});

/** Those whose roles are what programs run as. */
const runningPrograms = ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'];

function rolesOfOthers(perimeter: Perimeter): readonly string[] {
  if (perimeter.services === 'any') return [];
  const unlisted = runningPrograms.filter((one) => !isServiceOfMine(perimeter, one));
  return [`roles of AWS services that the definition does not list${unlisted.length === 0 ? '' : `, such as ${unlisted.join(', ')}`}: sts:AssumeRole is refused to them in the whole organization, and what runs as such a role stops; list those you use under \`services\`, or pass \`services\` without sts`];
}

const deny = (sid: string, does: string, scope: Readonly<Record<string, unknown>>, Condition: Conditions, exceptions: readonly string[] = []): Part => ({
  statement: { Sid: sid, Effect: 'Deny', Principal: '*', ...scope, Condition }, does, ...exceptions.length === 0 ? {} : { exceptions },
});

function identity(perimeter: Perimeter, services: readonly string[], account: string, federation: boolean, quota: Draft['quota']): Draft {
  const others = services.filter((one) => one !== 'sts');
  const actions = others.map((one) => `${one}:*`);
  const granted = grantsOn(perimeter, others);
  const trusted = perimeter.partners.filter((one) => one.externalIds !== undefined && one.accounts.length > 0);
  const withSts = services.includes('sts');
  const otherServices = notMyServices(perimeter);
  return {
    name: 'rcp-identity', hangsOn: 'rcp', quota, account,
    parts: [
      ...others.length === 0 ? [] : [
        ...onlyMine(perimeter, others, granted),
        ...granted.map(({ partner, grants }) => deny(`Partner${numberOf(perimeter, partner)}OnItsGrants`, `keeps ${partner.name} to the resources it was granted`, { Action: some(actions), NotResource: some([...new Set(grants.map((one) => one.arn))]) }, ofPartner(perimeter, partner))),
        deny('NoConfusedDeputies', 'refuses AWS services that act for accounts of others', { Action: some(actions), Resource: '*' }, forStrangers(perimeter), ['AWS services that tell no source']),
      ],
      ...otherServices === undefined ? [] : [deny('NoOtherServices', 'refuses AWS services that the definition does not list', { Action: some([...actions, ...withSts ? ['sts:AssumeRole'] : []]), Resource: '*' }, otherServices)],
      ...withSts ? [
        deny('OnlyMyPrincipalsAssumeRoles', 'refuses roles to callers of others', { Action: 'sts:AssumeRole', Resource: '*' }, notOfMine(perimeter, trusted.flatMap((one) => one.accounts)), sparedOf(perimeter, []).concat(trusted.map((one) => `partner ${one.name} with its external id`))),
        ...trusted.map((partner) => deny(`Partner${numberOf(perimeter, partner)}WithExternalId`, `refuses roles to ${partner.name} without its external id`, { Action: 'sts:AssumeRole', Resource: '*' },
          both(ofPartner(perimeter, partner), partner.externalIds === 'pinned' ? { Null: { 'sts:ExternalId': 'true' } } : { StringNotEqualsIfExists: { 'sts:ExternalId': some(partner.externalIds as readonly string[]) } }))),
        ...federation ? federationDenials(perimeter) : [],
      ] : [],
    ],
    claims: [...others.flatMap((service) => claimsOf(perimeter, service, account)), ...withSts ? roleClaims(federation ? perimeter : withoutProviders(perimeter), account) : []],
  };
}

/** Unsigned calls carry no caller: where users sign in by them, they are spared. */
function onlyMine(perimeter: Perimeter, services: readonly string[], granted: readonly Grants[]): readonly Part[] {
  const notMine = notOfMine(perimeter, granted.flatMap(({ partner }) => partner.accounts));
  const spared = sparedOf(perimeter, granted);
  const part = (sid: string, what: string, all: readonly string[], condition: Conditions, exceptions: readonly string[]): Part[] => all.length === 0 ? []
    : [deny(sid, `refuses ${what}${all.join(', ')} to callers of others`, { Action: some(all.map((one) => `${one}:*`)), Resource: '*' }, condition, exceptions)];
  return [
    ...part('OnlyMyPrincipals', '', services.filter((one) => !takesUnsigned(one)), notMine, spared),
    ...part('OnlyMyPrincipalsWhereSigned', 'signed calls of ', services.filter(takesUnsigned), both(notMine, isSigned), [...spared, 'unsigned calls, by which users sign in']),
  ];
}

const sparedOf = ({ services }: Perimeter, granted: readonly Grants[]): string[] => [services === 'any' ? 'AWS services' : 'the AWS services that the definition lists', ...granted.map(({ partner }) => `partner ${partner.name}, whom a statement of its own is about`)];

function claimsOf(perimeter: Perimeter, service: string, account: string): readonly Claim[] {
  // What an RCP cannot say it is not held to.
  const asWritten: Perimeter = { ...perimeter, partners: perimeter.partners.map((one) => ({ ...one, resources: one.resources.map(({ arn }) => ({ arn, actions: ['*'] })) })) };
  const place: Place = { kind: 'rcp', perimeter: asWritten, account, service };
  const but = `${service}${grantsOn(perimeter, [service]).length === 0 ? '' : ', but for the actions of partners on what they were granted'}`;
  return [
    ...takesUnsigned(service) ? [inside('principals', place, `signed calls of ${but}`, (document) => besideNoUnsigned(document, [service])), keeps(place, [unsignedCalls])] : [inside('principals', place, but)],
    inside('deputies', place, service), ...keptCallers(perimeter, place, service),
  ];
}

/** Callers who must get through, AWS services for me only. Unsigned calls that the definition admits are for endpoints to let pass: no resource of mine answers them. */
export function keptCallers(perimeter: Perimeter, place: Place, service: string, as?: Parameters<typeof keeps>[2]): readonly Claim[] {
  return insideCallers(perimeter, { kind: place.kind, account: place.account, region: '', service })
    // Without an organization the definition's clauses count the account itself, which needs no policy of others.
    // What is written by the definition's paths keeps out accounts off them.
    .filter((one) => !/^(unsigned|known accounts)/.test(one.of))
    .flatMap((one) => /^AWS services/.test(one.of) ? forMe(perimeter).map((source) => keeps(place, [one, source], as)) : [keeps(place, [one, ofPrincipals], as)]);
}
const ofPrincipals: Clause = { of: 'IAM principals', policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } }] }) };

function withoutProviders(perimeter: Perimeter): Perimeter {
  const { identityProviders: _, ...rest } = perimeter;
  return { ...rest, identityProviders: undefined };
}

/** A role that everybody may assume is out of reach of others all the same, and so is one that trusts a provider of its account. */
function roleClaims(perimeter: Perimeter, account: string): readonly Claim[] {
  const pinned = perimeter.partners.filter((one) => one.externalIds === 'pinned').flatMap((one) => one.accounts);
  // Which external id a role fixes an RCP cannot know: it is held to ask for one.
  const asWritten: Perimeter = { ...perimeter, partners: perimeter.partners.filter((one) => one.externalIds !== 'pinned'), standaloneAccounts: [...perimeter.standaloneAccounts, ...pinned] };
  const place: Place = { kind: 'trust', perimeter: asWritten, account, resource: `arn:aws:iam::${account}:role/role` };
  const assuming = clauseOf('sts:AssumeRole', {});
  const kept = insideCallers(perimeter, { kind: 'trust', account, region: '', service: 'sts' });
  return [
    inside('principals', place, `a role that everybody may assume${pinned.length === 0 ? '' : ', but for which external id a partner shows whose ids are pinned'}`, assumeOnly),
    ...kept.filter((one) => /^(members|principals|AWS services|partner|sessions)/.test(one.of)).map((one) => keeps({ ...place, perimeter }, [one, assuming], assumeOnly)),
    ...providersTrusted(perimeter, account).flatMap((provider) => [
      inside('principals', place, `a role that trusts ${provider}`, trusting(provider)),
      ...kept.filter(({ of }) => of.startsWith('tokens of') && matches(`*/${of.split(' ').at(-1)!}`, provider)).map((one) => keeps({ ...place, perimeter }, [one, tokensOf(provider)], trusting(provider))),
    ]),
    ...pinned.length === 0 ? [] : [refuses({ kind: 'rcp', perimeter, account, service: 'sts' }, clauseOf('partners without external id', { ...perimeter.organizations.length === 0 ? {} : { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': perimeter.organizations } }, StringEquals: { 'aws:PrincipalAccount': pinned }, Null: { 'sts:ExternalId': 'true' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } }))],
  ];
}

const tokensOf = (provider: string): Clause => ({ of: provider, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*' }] }) });
const clauseOf = (of: string, Condition: Conditions): Clause => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*', Condition }] }) });

function network(perimeter: Perimeter, services: readonly string[], account: string, quota: Draft['quota']): Draft {
  requireNetworks(perimeter);
  const { vpcs, vpcEndpoints, organization } = perimeter.networks;
  const telling = organization ? services.filter((one) => tellingServices.includes(one)) : [];
  const others = !organization || vpcs.length + vpcEndpoints.length > 0 ? services.filter((one) => !telling.includes(one)) : [];
  const callers: readonly (readonly [string, Conditions])[] = [
    ...perimeter.organizations.length === 0 ? [] : [['Members', { StringEquals: { 'aws:PrincipalOrgID': some(perimeter.organizations) } }] as const],
    ...perimeter.standaloneAccounts.length === 0 ? [] : [['Standalone', { StringEquals: { 'aws:PrincipalAccount': some(perimeter.standaloneAccounts) } }] as const],
  ];
  const scope = (all: readonly string[]): Record<string, unknown> => ({ Action: some(all.map((one) => one === 'sts' ? 'sts:AssumeRole' : `${one}:*`)), Resource: '*' });
  const held: readonly (readonly [string, readonly string[], boolean])[] = [['Telling', telling, true], ['', others, false]];
  const parts = callers.flatMap(([whom, condition]) => held.flatMap(([name, all, tells]) => all.length === 0 ? []
    : [deny(`FromMyNetworks${whom}${name}`, `refuses ${all.join(', ')} to ${whom === 'Members' ? 'members of the organization' : 'standalone accounts'} that call from elsewhere`, scope(all), both(fromElsewhere(perimeter, tells), condition), exceptionsOf(perimeter, tells))]));
  if (parts.length === 0) throw new CannotWrite(`none of ${services.join(', ')} tells whose VPC endpoint a call came through: list the VPCs under \`networks.vpcs\``);
  const claims = [...telling, ...others].filter((one) => one !== 'sts').flatMap((service) => {
    const place: Place = { kind: 'rcp', perimeter, account, service };
    return [inside('networks', place, service), ...fromMine(perimeter, telling.includes(service), new Map()).map((one) => keeps(place, [one]))];
  });
  return { name: 'rcp-network', hangsOn: 'rcp', quota, account, parts, claims };
}
