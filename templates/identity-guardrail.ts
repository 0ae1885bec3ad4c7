import { insideResources } from '../core/inside.ts';
import { list, text, wholeNumber } from '../core/parameters.ts';
import { parsePolicy, type Perimeter } from '../policy/index.ts';
import { actionsOf } from '../policy/tables/actions.ts';
import { accountOf } from './account.ts';
import { inside, keeps } from './claims.ts';
import { both, counted, listed, ownersOfMine, principalsOfMine, some, type Conditions, type Sort } from './conditions.ts';
import { aboutOwnerless, letOwnerless, ownerlessCalls, ownerlessNotAllowed, ownerlessOnOthers, requireOwners, withoutOwnerless } from './ownerless.ts';
import { inRegion, ownedFor, reachableOf } from './owned.ts';
import { managedPolicyQuota, quotaOf, scpQuota } from './quotas.ts';
import { CannotWrite, defineTemplate, type Part, type Written } from './template.ts';
import { inOwnAccount, ownAccountActions } from './unresourced.ts';

export const identityGuardrail = defineTemplate({
  kind: 'identity-guardrail',
  title: 'What an identity policy, or an SCP by allow list, lets principals reach of a service is of the perimeter',
  hangsOn: 'identity',
  options: {
    service: text('the prefix of the service, such as `sqs`', ''),
    as: text('`identity`, or `scp` for the allow-list strategy', 'identity'),
    owners: text('how resources of mine are told: `organization`, or `accounts` by the accounts in their ARNs as the whitepaper does', 'organization'),
    accounts: list('with `owners=accounts`: the accounts; left out: those of the definition'),
    allowOwnerless: letOwnerless('not let through'),
    region: text('the Region whose AWS-owned resources may be reached', ''),
    account: text('the account of the principals', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R02', 'R09', 'R47', 'R48', 'R49'],
  references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html'],
  usual: () => ['s3', 'sqs', 'sns', 'kms', 'lambda', 'dynamodb', 'secretsmanager'].map((service) => ({ service })),
  write(perimeter, options): Written {
    const { service } = options;
    const { withResource, withoutResource: alone } = actionsOf(service);
    if (service === '' || withResource.length + alone.length === 0) throw new CannotWrite(`\`service\`${service === '' ? ' is missing: the prefix of a service, such as sqs' : `: the service authorization data of this version has no \`${service}\``}`);
    if (options.as !== 'identity' && options.as !== 'scp') throw new CannotWrite(`\`as\`: expected \`identity\` or \`scp\`, found \`${options.as}\``);
    const byAccounts = options.owners === 'accounts';
    if (!byAccounts && options.owners !== 'organization') throw new CannotWrite(`\`owners\`: expected \`organization\` or \`accounts\`, found \`${options.owners}\``);
    requireOwners(service, options.allowOwnerless);
    const accounts = options.accounts.length > 0 ? options.accounts : [...perimeter.accounts ?? [], ...perimeter.standaloneAccounts];
    const withoutResource = ownAccountActions(service);
    const own = inOwnAccount(service, byAccounts ? accounts : undefined);
    const ownerless = options.allowOwnerless ? ownerlessCalls(service) : [];
    const owners = byAccounts ? accountsAsOwners(accounts, service) : ownersOfMine(perimeter).map((one) => ({ ...one, resources: ['*'] }));
    const quota = quotaOf(options.as === 'scp' ? { ...scpQuota, documents: 1 } : managedPolicyQuota, options.quota);
    const named = ownedFor(perimeter, 'identity', service, options.region);
    const owned = JSON.stringify(named).length > quota.most / 2 ? [] : named;
    const reachable = reachableOf(perimeter, service);
    const parts = [
      ...owners.map((one) => allow(one.sid, `allows ${service} on ${one.of}`, [`${service}:*`], one.resources, one.condition)),
      ...withoutResource.length === 0 ? [] : [allow('WithoutResource', `allows ${counted(withoutResource.length, 'action')} of ${service} that take${withoutResource.length === 1 ? 's' : ''} no resource`, withoutResource, ['*'], own)],
      ...ownerless.length === 0 ? [] : [allow('Ownerless', `allows calls of ${service} that tell no owner`, ownerless, ['*'], {}, ['what such calls reach may belong to others'])],
      ...owned.length === 0 ? [] : [allow('AwsOwned', `allows ${service} on ${counted(owned.length, 'ARN pattern')} of AWS-owned resources`, [`${service}:*`], owned, {}, ['resources that AWS owns'])],
      ...reachable.length === 0 ? [] : [allow('Partners', `allows ${service} on what partners let my principals reach`, [`${service}:*`], reachable, {}, ['resources of partners'])],
      ...byTag(perimeter, service),
    ];
    const account = accountOf(perimeter, options.account);
    const kind = options.as;
    const place = { kind, perimeter, account, service } as const;
    const kept = insideResources(named.length > owned.length ? { ...perimeter, awsOwnedResources: [] } : inRegion(perimeter, options.region), { kind, account, region: options.region, service })
      .filter((one) => !/^calls (that AWS services|of)/.test(one.of));
    const ofService = clauseOf(`calls of ${service}`, { Action: `${service}:*` });
    return {
      drafts: [{
        name: `identity-guardrail-${service}`, hangsOn: kind, parts, quota, service,
        claims: [
          ownerless.length === 0 ? inside('resources', place, service) : inside('resources', place, `${service}, but for calls that tell no owner`, withoutOwnerless(service)), ...byAccounts ? [] : kept.map((one) => keeps(place, [one, ofService])),
          ...withoutResource.length === 0 ? [] : [keeps(place, [clauseOf('calls of what takes no resource', { Action: withoutResource, Condition: own })])],
          ...ownerless.length === 0 ? [] : [keeps(place, [clauseOf('calls that tell no owner', { Action: ownerless })])],
        ],
      }],
      leftOut: [
        ...options.allowOwnerless ? aboutOwnerless(service, ownerlessOnOthers) : byAccounts ? [] : ownerlessNotAllowed(service),
        ...named.length > owned.length ? [`${named.length} ARN patterns of AWS-owned resources of ${service}, which have no room: list those you use under \`awsOwnedResources\``] : [],
        ...options.region === '' && ownedFor(perimeter, 'identity', service, 'us-east-1').length > owned.length ? [`AWS-owned resources of ${service}, which are named by Region: pass \`region\``] : [],
        ...kind === 'scp' ? ['every other service: by the allow-list strategy an SCP allows what it names, and FullAWSAccess has to go'] : [],
      ],
    };
  },
});

interface Owner extends Sort { readonly resources: readonly string[] }

function accountsAsOwners(accounts: readonly string[], service: string): readonly Owner[] {
  if (accounts.length === 0) throw new CannotWrite('`owners=accounts` needs accounts: list them under `accounts` in the definition, or pass `accounts`');
  const of = `resources of the accounts ${listed(accounts)}`;
  // Bucket names tell no account. https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
  return [service === 's3' ? { of, sid: 'MyResources', condition: { StringEquals: { 's3:ResourceAccount': some(accounts) } }, resources: ['*'] } : { of, sid: 'MyResources', condition: {}, resources: accounts.map((id) => `arn:aws:${service}:*:${id}:*`) }];
}

const allow = (sid: string, does: string, actions: readonly string[], resources: readonly string[], condition: Conditions, exceptions: readonly string[] = []): Part => ({
  statement: { Sid: sid, Effect: 'Allow', Action: some(actions), Resource: some(resources), ...Object.keys(condition).length === 0 ? {} : { Condition: condition } }, does, ...exceptions.length === 0 ? {} : { exceptions },
});

const byTag = (perimeter: Perimeter, service: string): Part[] => Object.entries(perimeter.exclusionTags.principal).flatMap(([tag, value], index) => principalsOfMine(perimeter).map((caller) =>
  allow(`${caller.sid}Excluded${index + 1}`, `allows ${caller.of} with the tag \`${tag}\` ${service} on any resource`, [`${service}:*`], ['*'], both(caller.condition, { StringEquals: { [`aws:PrincipalTag/${tag}`]: value } }), [`principals tagged \`${tag}\`: ${value}`])));

const clauseOf = (of: string, scope: object) => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...scope }] }) });
