import { matches } from '../core/exceptions.ts';
import { insideCallers, insideResources, type Clause, type Place } from '../core/inside.ts';
import { flag, list, text, wholeNumber } from '../core/parameters.ts';
import { endpointService } from '../items/tables/endpoint-services.ts';
import { parsePolicy, prefixOf, type Perimeter, type Request } from '../policy/index.ts';
import { actionsOf } from '../policy/tables/actions.ts';
import { unsignedActionsOf } from '../policy/tables/unsigned-actions.ts';
import { accountOf } from './account.ts';
import { inside, keeps } from './claims.ts';
import { both, counted, isUnsigned, listed, notMyServices, ownersOfMine, pathsOf, principalsOfMine, servicesOfMine, some, type Conditions, type Sort } from './conditions.ts';
import { aboutImages, imageArns, ofAmazon } from './images.ts';
import { aboutOwnerless, letOwnerless, ownerlessCalls, ownerlessNotAllowed, ownerlessOnOthers, requireOwners, withoutOwnerless } from './ownerless.ts';
import { actionsOfService, inRegion, isOfService, ownedFor, reachableOf } from './owned.ts';
import { endpointQuota, quotaOf } from './quotas.ts';
import { CannotWrite, defineTemplate, type Claim, type Part, type Written } from './template.ts';
import { inOwnAccount, ownAccountActions } from './unresourced.ts';

/** Names of actions beyond a fifth of the quota are left out; only those of EC2 are so many. */
const fewActions = (prefix: string): readonly string[] => {
  const all = ownAccountActions(prefix);
  return JSON.stringify(all).length > endpointQuota.most / 5 ? [] : all;
};

/** What is known of the endpoint, beside the definition. */
interface Endpoint { readonly service: string; readonly prefix: string; readonly type: 'gateway' | 'interface'; readonly region: string; readonly account: string }

export const endpointPolicy = defineTemplate({
  kind: 'endpoint-policy',
  title: 'A VPC endpoint admits only callers of the perimeter, and to its resources only',
  hangsOn: 'vpc-endpoint',
  options: {
    service: text('the service of the endpoint as its name ends, such as `s3` or `ecr.api`', ''),
    type: text('`gateway` or `interface`; left out: gateway for S3 and DynamoDB', ''),
    region: text('the Region of the endpoint, so that AWS-owned resources of that Region can be named', ''),
    account: text('the account of the endpoint', ''),
    owners: text('how resources of mine are told: `organization`, or `accounts` by the accounts in their ARNs as the whitepaper does', 'organization'),
    accounts: list('with `owners=accounts`: the accounts; left out: those of the definition'),
    awsServices: text('what AWS services may reach through the endpoint: `mine`, or `any`', 'mine'),
    allowOwnerless: letOwnerless('not let through'),
    accountActions: flag('whether actions that take no resource have a statement of their own', true),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R06', 'R07', 'R33', 'R34', 'R35', 'R54', 'R56', 'R57', 'R58'],
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html', 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html'],
  usual: () => ['s3', 'dynamodb', 'sts', 'kms', 'sqs', 'sns', 'secretsmanager', 'ssm', 'logs', 'lambda', 'ecr.api', 'ecr.dkr', 'events', 'kinesis-streams', 'monitoring', 'execute-api'].map((service) => ({ service })),
  write(perimeter, options): Written {
    const endpoint = endpointOf(perimeter, options);
    const { service, prefix, type, account } = endpoint;
    const byAccounts = options.owners === 'accounts';
    const accounts = options.accounts.length > 0 ? options.accounts : [...perimeter.accounts ?? [], ...perimeter.standaloneAccounts];
    const owners = ownersWith(perimeter, options.owners, accounts, prefix);
    const own: Own = { actions: options.accountActions ? fewActions(prefix) : [], condition: inOwnAccount(prefix, byAccounts ? accounts : undefined) };
    const ownerless = options.allowOwnerless ? ownerlessCalls(prefix) : [];
    requireOwners(prefix, options.allowOwnerless);
    const owned = ownedFor(perimeter, 'vpc-endpoint', prefix, endpoint.region);
    const parts = [
      ...onMine(perimeter, owners), ...withoutResource(perimeter, own, prefix), ...withoutOwner(perimeter, ownerless), ...byServices(perimeter, owners, options.awsServices),
      ...ofPartners(perimeter, owners, prefix), ...onReachable(perimeter, prefix), ...prefix === 'ec2' ? onImagesOfAmazon(perimeter) : [], ...onUnsigned(perimeter, owners, prefix), ...byExcluded(perimeter), ...onOwned(perimeter, prefix, owned),
    ];
    return {
      drafts: [{
        name: `endpoint-policy-${service.replaceAll('.', '-')}`, hangsOn: 'vpc-endpoint', parts, quota: quotaOf(endpointQuota, options.quota), service, endpointType: type, account,
        claims: claimsOf(perimeter, endpoint, options, own, ownerless),
      }],
      leftOut: [
        ...options.allowOwnerless ? aboutOwnerless(prefix, ownerlessOnOthers) : byAccounts ? [] : ownerlessNotAllowed(prefix),
        ...leftOut(perimeter, endpoint, options.awsServices, options.accountActions ? ownAccountActions(prefix).length - own.actions.length : 0),
      ],
    };
  },
});

function endpointOf(perimeter: Perimeter, { service, type, region, account, owners, awsServices }: { readonly service: string; readonly type: string; readonly region: string; readonly account: string; readonly owners: string; readonly awsServices: string }): Endpoint {
  if (service === '') throw new CannotWrite('`service` is missing: the service of the endpoint as its name ends, such as s3, dynamodb, sts, kms, sqs, sns, secretsmanager, ssm, ecr.api, ecr.dkr, logs, lambda or execute-api');
  if (endpointService(`com.amazonaws.${service}`)?.supportsPolicy === false) throw new CannotWrite(`endpoints of \`${service}\` take no policy: whoever reaches one may use the service`);
  const prefix = prefixOf({ kind: 'vpc-endpoint', perimeter, account: '', now: 0, service });
  if (prefix === undefined) throw new CannotWrite(`AWS does not say how the actions of \`${service}\` begin, so nothing can be written for its endpoint`);
  const { withResource, withoutResource: alone } = actionsOf(prefix);
  // A name that is new may still be of a service whose actions are known; one of neither is a slip of the pen.
  if (withResource.length + alone.length === 0) throw new CannotWrite(`the service authorization data of this version has no \`${prefix}\`, so \`${service}\` is no service that it can write for; endpoints are named such as s3, dynamodb, sts, kms, sqs, ecr.api or kinesis-streams`);
  const usual = service === 's3' || service === 'dynamodb' ? 'gateway' : 'interface';
  const chosen = oneOf('type', type === '' ? usual : type, ['gateway', 'interface']);
  if (chosen === 'gateway' && usual !== 'gateway') throw new CannotWrite(`\`type\`: only S3 and DynamoDB have gateway endpoints, not \`${service}\``);
  oneOf('owners', owners, ['organization', 'accounts']);
  oneOf('awsServices', awsServices, ['mine', 'any']);
  return { service, prefix, type: chosen, region, account: accountOf(perimeter, account) };
}

function oneOf<T extends string>(name: string, given: string, all: readonly T[]): T {
  const found = all.find((one) => one === given);
  if (found === undefined) throw new CannotWrite(`\`${name}\`: expected ${all.map((one) => `\`${one}\``).join(' or ')}, found \`${given}\``);
  return found;
}

/** Resources of mine, by a condition or by the ARNs that name an account of mine. */
interface Owner extends Sort { readonly resources: readonly string[] }

function ownersWith(perimeter: Perimeter, how: string, accounts: readonly string[], prefix: string): readonly Owner[] {
  if (how === 'organization') return ownersOfMine(perimeter).map((one) => ({ ...one, resources: ['*'] }));
  if (accounts.length === 0) throw new CannotWrite('`owners=accounts` needs accounts: list them under `accounts` in the definition, or pass `accounts`');
  const of = `resources of the accounts ${listed(accounts)}`;
  // Bucket names tell no account. https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html#example-object-resource-account
  if (prefix === 's3') return [{ of, sid: 'MyResources', condition: { StringEquals: { 's3:ResourceAccount': some(accounts) } }, resources: ['*'] }];
  return [{ of, sid: 'MyResources', condition: {}, resources: accounts.map((id) => `arn:aws:${prefix === 'sts' ? 'iam' : prefix}:*:${id}:*`) }];
}

interface Allowed { readonly actions?: readonly string[]; readonly resources?: readonly string[]; readonly condition: Conditions }
/** Gateway endpoints take no principal but `*`, and what holds for both types need not be written twice. */
const allow = (sid: string, does: string, { actions = ['*'], resources = ['*'], condition }: Allowed, exceptions: readonly string[] = []): Part => ({
  statement: { Sid: sid, Effect: 'Allow', Principal: '*', Action: some(actions), Resource: some(resources), ...Object.keys(condition).length === 0 ? {} : { Condition: condition } },
  does, ...exceptions.length === 0 ? {} : { exceptions },
});

const onMine = (perimeter: Perimeter, owners: readonly Owner[]): Part[] => principalsOfMine(perimeter).flatMap((caller) => owners.map((owner) =>
  allow(`${caller.sid}On${owner.sid}`, `lets ${caller.of} reach ${owner.of}`, { resources: owner.resources, condition: both(caller.condition, owner.condition) })));

/** Actions in the caller's own account, and the condition that holds where they are. */
interface Own { readonly actions: readonly string[]; readonly condition: Conditions }

/** Not all services tell whose resource it is where there is none. */
function withoutResource(perimeter: Perimeter, { actions, condition }: Own, prefix: string): Part[] {
  return actions.length === 0 ? [] : principalsOfMine(perimeter).map((caller) =>
    allow(`${caller.sid}WithoutResource`, `lets ${caller.of} call ${counted(actions.length, 'action')} of ${prefix} that take${actions.length === 1 ? 's' : ''} no resource`, { actions, condition: both(caller.condition, condition) }));
}

const withoutOwner = (perimeter: Perimeter, actions: readonly string[]): Part[] => actions.length === 0 ? [] : principalsOfMine(perimeter).map((caller) =>
  allow(`${caller.sid}Ownerless`, `lets ${caller.of} make calls that tell no owner`, { actions, condition: caller.condition }, ['what such calls reach may belong to others']));

/** Presigned URLs that a service signed can go to buckets of anybody, so services are held to resources of mine unless asked otherwise. */
const byServices = (perimeter: Perimeter, owners: readonly Owner[], reach: string): Part[] => servicesOfMine(perimeter).flatMap((caller) => reach === 'any'
  ? [allow(caller.sid, `lets ${caller.of} call`, { condition: caller.condition }, ['AWS services may reach resources of others, such as buckets to which a service signs URLs'])]
  : owners.map((owner) => allow(`${caller.sid}On${owner.sid}`, `lets ${caller.of} reach ${owner.of}`, { resources: owner.resources, condition: both(caller.condition, owner.condition) })));

/** An AWS service may carry an account of its own. */
const isPrincipal: Conditions = { Bool: { 'aws:PrincipalIsAWSService': 'false' } };

const ofPartners = ({ partners }: Perimeter, owners: readonly Owner[], prefix: string): Part[] => partners.flatMap((partner, at) => partner.resources
  .filter(({ arn, actions }) => isOfService(arn, prefix) && partner.accounts.length > 0 && actions.length > 0)
  .flatMap(({ arn, actions }, index) => owners.map((owner) => allow(`Partner${at + 1}Grant${index + 1}On${owner.sid}`, `lets ${partner.name} use \`${arn}\``,
    { actions, resources: [arn], condition: both({ StringEquals: { 'aws:PrincipalAccount': some(partner.accounts) }, ...isPrincipal }, owner.resources[0] === '*' ? owner.condition : {}) }, [`partner ${partner.name}`]))));

function onReachable(perimeter: Perimeter, prefix: string): Part[] {
  const resources = reachableOf(perimeter, prefix);
  return resources.length === 0 ? [] : [...principalsOfMine(perimeter), ...servicesOfMine(perimeter)].map((caller) =>
    allow(`${caller.sid}OnPartnerResources`, `lets ${caller.of} reach what partners let them reach`, { resources, condition: caller.condition }, ['resources of partners']));
}

const onImagesOfAmazon = (perimeter: Perimeter): Part[] => principalsOfMine(perimeter).map((caller) =>
  allow(`${caller.sid}OnImagesOfAmazon`, `lets ${caller.of} launch from images and snapshots of Amazon`, { resources: imageArns, condition: both(caller.condition, ofAmazon) }, ['images and snapshots of Amazon']));

/** Calls that nobody signs: to resources of mine, and reads of public objects wherever they lie. */
function onUnsigned(perimeter: Perimeter, owners: readonly Owner[], prefix: string): Part[] {
  const actions = actionsOfService(perimeter.unsignedActions, prefix);
  if (actions.length === 0) return [];
  const reads = actions.filter((one) => one.toLowerCase() === 's3:getobject');
  return [
    ...owners.map((owner) => allow(`UnsignedOn${owner.sid}`, `lets unsigned calls of ${listed(actions)} reach ${owner.of}`, { actions, resources: owner.resources, condition: both(isUnsigned, owner.condition) }, ['calls that carry no signature'])),
    ...reads.length === 0 ? [] : [allow('UnsignedReads', 'lets anybody read public objects without signature', { actions: reads, condition: isUnsigned }, ['public objects of any bucket'])],
    // What may be called unsigned could be reached without a signature anyway.
    ...principalsOfMine(perimeter).map((caller) => allow(`${caller.sid}Unsigned`, `lets ${caller.of} sign calls of ${listed(actions)} as well`, { actions, condition: caller.condition }, ['`unsignedActions` may reach any resource'])),
  ];
}

const byExcluded = (perimeter: Perimeter): Part[] => Object.entries(perimeter.exclusionTags.principal).flatMap(([tag, value], at) => principalsOfMine(perimeter).map((caller) =>
  allow(`${caller.sid}Excluded${at + 1}`, `lets ${caller.of} with the tag \`${tag}\` reach any resource`, { condition: both(caller.condition, { StringEquals: { [`aws:PrincipalTag/${tag}`]: value } }) }, [`principals tagged \`${tag}\`: ${value}`])));

/**
 * Buckets of Amazon ECR, Application Migration Service, Elastic Disaster Recovery and CodeArtifact.
 * https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/vpc_endpoint_policies (AllowRequestsToAWSOwnedResources)
 */
const signedByAws = /^arn:[^:]*:s3:::(?:prod-.*-starport-layer-bucket|aws-(?:mgn|drs|application-migration-service|elastic-disaster-recovery)-|assets-\d)/;

/**
 * The list of AWS's buckets is half the quota, so it stands once: open to all, behind Deny statements that keep strangers out and leave
 * unsigned calls nothing but reads. None of them takes away what the statements before let in.
 */
function onOwned(perimeter: Perimeter, prefix: string, owned: readonly string[]): Part[] {
  if (owned.length === 0) return [];
  const { organizations, standaloneAccounts, partners } = perimeter;
  const others = notMyServices(perimeter);
  const paths = pathsOf(perimeter);
  const granted = partners.flatMap((one) => one.resources.filter(({ arn }) => isOfService(arn, prefix)).map(({ arn }) => ({ arn, accounts: one.accounts })));
  const spared = [...new Set(granted.flatMap((one) => one.accounts))].filter((id) => !standaloneAccounts.includes(id));
  const stranger = (accounts: readonly string[]): Conditions => ({
    ...organizations.length === 0 || paths.length > 0 ? accounts.length === 0 ? {} : { StringNotEquals: { 'aws:PrincipalAccount': some(accounts) } }
      : { StringNotEquals: { 'aws:PrincipalOrgID': some(organizations), ...accounts.length === 0 ? {} : { 'aws:PrincipalAccount': some(accounts) } } },
    ...paths.length === 0 ? {} : { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': some(paths) } },
    Bool: { 'aws:PrincipalIsAWSService': 'false' },
  });
  const onlyReads = ['Get', 'List', 'Head', 'Describe'].map((verb) => `${prefix}:${verb}*`);
  const reads = [...new Set(onlyReads.concat(actionsOfService(perimeter.unsignedActions, prefix)))];
  const [strange, signed] = [stranger([...standaloneAccounts, ...spared]), owned.filter((arn) => signedByAws.test(arn))];
  const deny = (sid: string, does: string, rest: Record<string, unknown>, exceptions: readonly string[] = []): Part => ({ statement: { Sid: sid, Effect: 'Deny', Principal: '*', ...rest }, does, ...exceptions.length === 0 ? {} : { exceptions } });
  return [
    allow('AwsOwnedResources', `lets callers of mine reach ${counted(owned.length, 'ARN pattern')} of AWS-owned resources, and unsigned calls read them`, { resources: owned, condition: {} }, ['resources that AWS owns']),
    deny('NoStrangers', 'keeps signed callers of others away', { Action: '*', ...signed.length === 0 ? { Resource: '*' } : { NotResource: some(signed) }, Condition: strange }, signed.length === 0 ? [] : ['buckets for whose URLs AWS signs as accounts of its own']),
    ...signed.length === 0 ? [] : [deny('StrangersReadOnly', 'leaves them nothing but reads of those', { NotAction: onlyReads, Resource: '*', Condition: strange })],
    ...spared.length === 0 ? [] : [deny('PartnersOnTheirGrants', 'keeps partners to what they were granted', { Action: '*', NotResource: some([...new Set(granted.map((one) => one.arn))]), Condition: both(stranger(standaloneAccounts), { StringEquals: { 'aws:PrincipalAccount': some(spared) } }) })],
    deny('UnsignedReadsOnly', 'leaves unsigned calls reads and `unsignedActions`', { NotAction: some(reads), Resource: '*', Condition: isUnsigned }),
    ...others === undefined ? [] : [deny('NoOtherServices', 'keeps AWS services away that the definition does not list', { Action: '*', Resource: '*', Condition: others })],
  ];
}

function claimsOf(perimeter: Perimeter, { service, prefix, type, region, account }: Endpoint, { owners, awsServices }: { readonly owners: string; readonly awsServices: string }, own: Own, ownerless: readonly string[]): readonly Claim[] {
  const place = { kind: 'vpc-endpoint', perimeter, account, service, endpointType: type } as const;
  const of = `through the endpoint of ${service}`;
  const ofMine = (what: string, Action: readonly string[], more: Conditions): Claim[] => Action.length === 0 ? [] : principalsOfMine(perimeter).map((caller) => keeps(place, [clauseOf(`${caller.of} ${what}`, { Action, Condition: both(caller.condition, more) })]));
  return [
    inside('principals', place, of), ownerless.length === 0 ? inside('resources', place, of) : inside('resources', place, `${of}, but for calls that tell no owner`, withoutOwnerless(prefix)),
    // By accounts only those accounts are kept, which is what was asked for.
    ...owners === 'accounts' ? [] : pairs(perimeter, { kind: 'vpc-endpoint', account, region, service: prefix }, awsServices === 'any').map((clauses) => keeps(place, clauses)),
    ...ofMine('calling what takes no resource', own.actions, own.condition), ...ofMine('making calls that tell no owner', ownerless, {}),
    ...prefix === 'ec2' && owners === 'organization' ? aboutImages(perimeter, place, memberOf(perimeter, account)) : [],
  ];
}

/** The keys that a principal of mine carries. */
const memberOf = ({ organizations, organizationPaths, standaloneAccounts }: Perimeter, account: string): Request['context'] => ({
  'aws:PrincipalIsAWSService': 'false', 'aws:PrincipalAccount': organizations.length === 0 ? standaloneAccounts[0] ?? account : account, ...organizations.length === 0 ? {} : { 'aws:PrincipalOrgID': organizations[0]! },
  ...organizationPaths.length === 0 ? {} : { 'aws:PrincipalOrgPaths': [organizationPaths[0]!.replaceAll('*', 'x')] },
});

const clauseOf = (of: string, scope: object): Clause => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...scope }] }) });

/** Kinds of callers with the kinds of resources that each is to reach. */
function pairs(perimeter: Perimeter, place: Place & { readonly service: string }, anyForServices: boolean): readonly (readonly Clause[])[] {
  const given = aboutService(inRegion(perimeter, place.region), place.service);
  const resources = insideResources(given, place).filter((one) => !/^calls that AWS services make/.test(one.of));
  // What is written by the definition's paths keeps out accounts off them.
  return insideCallers(given, place).filter((one) => !/^known accounts/.test(one.of)).flatMap((caller): (readonly Clause[])[] => {
    const wanted = reachedBy(caller.of, anyForServices);
    return wanted === undefined ? [[caller]] : resources.filter((one) => wanted.test(one.of)).map((one) => [caller, one, ...caller.of.startsWith('what partner') ? [signedByPrincipals] : []]);
  });
}

/** What a kind of callers is to reach; `undefined`: whatever it says itself. Unsigned calls come of nobody, so no tag is theirs. */
function reachedBy(caller: string, anyForServices: boolean): RegExp | undefined {
  if (/^unsigned/.test(caller) || (/^AWS services/.test(caller) && anyForServices)) return undefined;
  return /^what partner/.test(caller) ? /^resources of/ : /^AWS services/.test(caller) ? /^(resources of|AWS-owned|what partners)/ : /./;
}

/** The definition without what is about other services alone. */
const aboutService = (perimeter: Perimeter, prefix: string): Perimeter => ({
  ...perimeter, unsignedActions: actionsOfService(perimeter.unsignedActions, prefix),
  partners: perimeter.partners.map((one) => ({ ...one, resources: one.resources.filter(({ arn }) => isOfService(arn, prefix)), reachable: reachableOf({ ...perimeter, partners: [one] }, prefix) })),
});
const signedByPrincipals = clauseOf('IAM principals', { Condition: isPrincipal });

function leftOut(perimeter: Perimeter, { prefix, region, service }: Endpoint, awsServices: string, unlisted: number): readonly string[] {
  const unsigned = unsignedActionsOf(prefix).filter((one) => !perimeter.unsignedActions.some((listed) => matches(listed.toLowerCase(), one.toLowerCase())));
  const byRegion = perimeter.awsOwnedResources.filter((one) => one.includes('${region}') && isOfService(one, prefix)).length;
  return [
    ...unsigned.length === 0 ? [] : [`unsigned calls of ${prefix} by which users sign in, such as ${unsigned[0]!}: list those you need under \`unsignedActions\``],
    ...region === '' && byRegion > 0 ? [`${counted(byRegion, 'AWS-owned resource')} of ${service} that ${byRegion === 1 ? 'is' : 'are'} named by Region: pass \`region\``] : [],
    ...unlisted === 0 ? [] : [`the ${unlisted} actions of ${prefix} that take no resource, whose names are too long for a policy: they pass where ${prefix} tells whose account they are about`],
    ...prefix !== 's3' || awsServices === 'any' ? [] : ['AWS services on resources of others: pass `awsServices=any` should a service sign URLs to buckets that are neither yours nor listed as AWS-owned'],
    ...Object.keys(perimeter.exclusionTags.resource).length === 0 ? [] : ['exclusion tags of resources: the engine counts no resource of others as mine by its tag'],
  ];
}
