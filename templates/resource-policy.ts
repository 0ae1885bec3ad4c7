import { flag, list, text, wholeNumber } from '../core/parameters.ts';
import { statementsOf, type Document } from '../core/policy-document.ts';
import type { Perimeter } from '../policy/index.ts';
import { actionsOf } from '../policy/tables/actions.ts';
import { besideOpen, inside, type Place } from './claims.ts';
import { both, notMyServices, notOfMine, principalsOfMine, some, type Conditions } from './conditions.ts';
import { forStrangers } from './deputies.ts';
import { byActions, grantsOn, numberOf, ofPartner, type Grants } from './partners.ts';
import { quotaOf } from './quotas.ts';
import { keptCallers } from './rcp.ts';
import { logDeliveries } from './tables/log-deliveries.ts';
import { resourceServices, type ResourceService } from './tables/resource-services.ts';
import { accountOf } from './account.ts';
import { CannotWrite, defineTemplate, type Part, type Written } from './template.ts';

/** Services whose policies name neither their resource nor their account. */
const USUAL = ['secretsmanager', 'ecr'];

export const resourcePolicy = defineTemplate({
  kind: 'resource-policy',
  title: 'A resource answers only callers of the perimeter, and AWS services only for it',
  hangsOn: 'resource',
  options: {
    service: text(`the service: ${Object.keys(resourceServices).join(', ')}; any other with \`resource\` and \`quota\``, ''),
    resource: text('the ARN of the resource', ''),
    deliveries: list(`S3: what delivers logs to the bucket: ${Object.keys(logDeliveries).join(', ')}`),
    logsOf: list('with `deliveries`: the accounts whose logs they are; left out: `account`'),
    members: flag('whether members of the organization are allowed everything but to change the policy, where it would else only deny', false),
    account: text('the account of the resource', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R04', 'R24', 'R27', 'R29', 'R52', 'R53', 'R67'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  usual: () => USUAL.map((service) => ({ service })),
  unusual: () => [`for ${Object.keys(resourceServices).filter((one) => one !== 'kms' && !USUAL.includes(one)).join(', ')}: such a policy names its resource, so pass \`--service\` and \`--resource\``, 'for kms: a key policy names the account of the key, so pass `--service kms --account`'],
  write(perimeter, options): Written {
    const { service } = options;
    // https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html (EFS condition keys for clients)
    if (service === 'elasticfilesystem') throw new CannotWrite('`service`: Amazon EFS holds NFS clients to no condition on who they are, so no Deny keeps strangers away; name accounts or roles as principals in the policy of the file system');
    const known = serviceOf(service, options.quota);
    const resource = arnOf(known, options.resource, service);
    const account = options.account !== '' ? options.account : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? '';
    if (options.deliveries.length > 0 && service !== 's3') throw new CannotWrite('`deliveries`: only buckets take log deliveries');
    const owner = accountOf(perimeter, account);
    const scope = scopeOf(known, service, resource);
    const granted = grantsOn(perimeter, [service], resource);
    const others = notMyServices(perimeter);
    const parts = [
      ...service === 'kms' ? [ownKey(account)] : [], ...options.members ? members(perimeter, scope) : [], ...deliveriesOf(perimeter, options.deliveries, resource, options.logsOf.length > 0 ? options.logsOf : account === '' ? [] : [account]),
      ...granted.flatMap((one) => toPartner(one, numberOf(perimeter, one.partner), scope)),
      deny('OnlyMyPrincipals', 'refuses callers of others', scope, notOfMine(perimeter, [...account === '' ? [] : [account], ...granted.flatMap(({ partner }) => partner.accounts)]), [perimeter.services === 'any' ? 'AWS services' : 'the AWS services that the definition lists', ...account === '' ? [] : [`account ${account} itself, should it leave the organization`], ...granted.map(({ partner }) => `partner ${partner.name}, whom statements of its own are about`)]),
      ...granted.flatMap((one) => keptToGrants(perimeter, one, scope, known)),
      ...others === undefined ? [] : [deny('NoOtherServices', 'refuses AWS services that the definition does not list', scope, others)],
      deny('NoConfusedDeputies', 'refuses AWS services that act for accounts of others', scope, forStrangersBut(perimeter, account), ['AWS services that tell no source']),
    ];
    const place: Place = { kind: 'resource', perimeter, account: owner, service, ...resource === '' ? {} : { resource } };
    return {
      drafts: [{
        name: `resource-policy-${service}`, hangsOn: 'resource', parts, quota: quotaOf(known.quota, options.quota), service, ...resource === '' ? {} : { resource }, account: owner,
        claims: [
          inside('principals', place, 'the policy as it is'), inside('deputies', place, 'the policy as it is'),
          inside('principals', place, 'beside a statement that admits everybody', besideAll(scope)), inside('deputies', place, 'beside a statement that admits everybody', besideAll(scope)),
          ...keptCallers(perimeter, place, service, besideOpen), ...granted.length === 0 ? [] : keptCallers(perimeter, place, service).filter(({ of }) => / what partner /.test(of)),
        ],
      }],
      leftOut: Object.keys(perimeter.exclusionTags.resource).length > 0 ? ['exclusion tags of resources: a resource with one gets no such policy'] : [],
    };
  },
});

/** What the table knows of the service; of others only what their actions and the caller tell. */
function serviceOf(service: string, quota: number): ResourceService {
  if (Object.hasOwn(resourceServices, service)) return resourceServices[service]!;
  const { withResource, withoutResource } = actionsOf(service);
  const known = Object.keys(resourceServices).join(', ');
  if (service === '' || withResource.length + withoutResource.length === 0) throw new CannotWrite(`\`service\`${service === '' ? ' is missing' : `: the service authorization data of this version has no \`${service}\``}; how these take policies is known: ${known}`);
  if (quota === 0) throw new CannotWrite(`\`quota\` is missing: how large a resource policy of \`${service}\` may be is not known here, so look it up; how these take policies is known: ${known}`);
  return { resource: 'arn-and-below', example: `arn:aws:${service}:eu-west-1:111111111111:…`, quota: { of: 'bytes of a resource policy', most: quota, countsWhitespace: true, documents: 1, source: 'given' } };
}

function arnOf({ resource, example }: ResourceService, given: string, service: string): string {
  if (given === '' && (resource === 'star' || resource === 'none')) return '';
  if (given === '') throw new CannotWrite(`\`resource\` is missing: the ARN, such as \`${example}\``);
  if (!new RegExp(`^arn:[a-z0-9-]+:${service}:[^*?]*$`).test(given)) throw new CannotWrite(`\`resource\`: expected an ARN such as \`${example}\`, found \`${given}\``);
  // https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
  if (service === 'lambda' && /^(?:[^:]*:){5}layer:/.test(given)) throw new CannotWrite(`\`resource\`: a layer takes no policy as a whole; hold it to your organization with \`aws lambda add-layer-version-permission --organization-id\``);
  return given;
}

/** The Action and Resource that every statement of the policy has. */
interface Scope { readonly Action: string | readonly string[]; readonly Resource?: string | readonly string[] }

function scopeOf({ resource, actions }: ResourceService, service: string, arn: string): Scope {
  const Action = actions ?? `${service}:*`;
  switch (resource) {
    case 'none': return { Action };
    case 'star': return { Action, Resource: '*' };
    case 'arn': return { Action, Resource: arn };
    case 'arn-and-below': return { Action, Resource: [arn, `${arn}/*`] };
  }
}

const deny = (sid: string, does: string, scope: object, Condition: Conditions, exceptions: readonly string[] = []): Part => ({
  statement: { Sid: sid, Effect: 'Deny', Principal: '*', ...scope, Condition }, does, ...exceptions.length === 0 ? {} : { exceptions },
});

/** The policy beside a statement that admits everybody to the resource. */
const besideAll = (scope: Scope) => (document: Document): Document => ({ ...document, Statement: [...statementsOf(document), { Effect: 'Allow', Principal: '*', ...scope }] });

/** Calls for the resource's own account are for me even once it has left the organization. */
const forStrangersBut = (perimeter: Perimeter, account: string): Conditions => forStrangers(account === '' || perimeter.standaloneAccounts.includes(account) ? perimeter : { ...perimeter, standaloneAccounts: [...perimeter.standaloneAccounts, account] });

/** Without it nobody could use or change the key. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function ownKey(account: string): Part {
  if (account === '') throw new CannotWrite('`account` is missing: a key policy names the account of the key, or nobody could change it');
  return { statement: { Sid: 'OwnAccount', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }, does: `lets account ${account} use and administer the key as its identity policies say` };
}

const members = (perimeter: Perimeter, scope: Scope): Part[] => principalsOfMine(perimeter).map(({ of, sid, condition }) =>
  ({ statement: { Sid: `${sid}Allowed`, Effect: 'Allow', Principal: '*', ...scope, Condition: condition }, does: `lets ${of} use the resource` }));

/** Bound to the accounts whose logs they are, by the path and by the source: the path alone anybody's trail could name. */
function deliveriesOf({ services }: Perimeter, names: readonly string[], bucket: string, accounts: readonly string[]): Part[] {
  if (names.length > 0 && accounts.length === 0) throw new CannotWrite('`account` is missing: `deliveries` needs the account whose logs they are');
  const source = { StringEquals: { 'aws:SourceAccount': some(accounts) } };
  return names.flatMap((name): Part[] => {
    const delivery = Object.hasOwn(logDeliveries, name) ? logDeliveries[name] : undefined;
    if (delivery === undefined) throw new CannotWrite(`\`deliveries\`: expected some of ${Object.keys(logDeliveries).join(', ')}, found \`${name}\``);
    const { service, looks, path, acl } = delivery;
    if (services !== 'any' && !services.includes(service)) throw new CannotWrite(`\`deliveries\`: \`${service}\`, which delivers them, is not among the \`services\` of the definition`);
    const sid = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    const to = path.includes('@') ? accounts.map((id) => `${bucket}/${path.replace('@', id)}`) : [`${bucket}/${path}`];
    return [
      ...looks.length === 0 ? [] : [{ statement: { Sid: `${sid}Looks`, Effect: 'Allow', Principal: { Service: service }, Action: some(looks), Resource: bucket, Condition: source }, does: `lets ${service} look at the bucket` }],
      { statement: { Sid: `${sid}Writes`, Effect: 'Allow', Principal: { Service: service }, Action: 's3:PutObject', Resource: some(to), Condition: both(source, acl ? { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } : {}) }, does: `lets ${service} write logs of ${accounts.join(', ')}`, exceptions: [`the service ${service}`] },
    ];
  });
}

const toPartner = ({ partner, grants }: Grants, number: number, { Resource }: Scope): Part[] => byActions(grants).map(({ actions, arns }, at) => ({
  statement: { Sid: `Partner${number}Grant${at + 1}`, Effect: 'Allow', Principal: { AWS: some(partner.accounts) }, Action: some(actions), ...Resource === undefined ? {} : { Resource: Array.isArray(Resource) ? some(arns) : Resource } },
  does: `lets ${partner.name} use what it was granted`, exceptions: [`partner ${partner.name}`],
}));

/** Whatever other statement admits the partner, it keeps to what the definition grants: action by action, then all others. */
function keptToGrants(perimeter: Perimeter, { partner, grants }: Grants, scope: Scope, { actions: all }: ResourceService): Part[] {
  const sets = byActions(grants);
  const named = [...new Set(sets.flatMap((one) => one.actions))];
  const others = all === undefined ? { NotAction: some(named) } : { Action: all.filter((one) => !named.some((other) => other.toLowerCase() === one.toLowerCase())) };
  const { Action: _, ...where } = scope;
  const condition = ofPartner(perimeter, partner);
  const sid = `Partner${numberOf(perimeter, partner)}Only`;
  return [
    deny(sid, `keeps ${partner.name} to the actions it was granted`, { ...others, ...where }, condition),
    ...Array.isArray(scope.Resource) ? sets.map(({ actions, arns }, at) => deny(`${sid}${at + 1}`, `keeps ${partner.name} to the resources it was granted`, { Action: some(actions), NotResource: some(arns) }, condition)) : [],
  ];
}
