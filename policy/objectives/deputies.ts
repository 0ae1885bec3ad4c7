import { Condition, testOn } from '../conditions.ts';
import { policy, type Formula } from '../formula.ts';
import { actionsOperator, patternsOperator } from '../operators.ts';
import { ACTION, RESOURCE, type Statement } from '../parse.ts';
import { kept, KeepingPolicy } from '../kept.ts';
import { arnAsDefined, literal, patternOf, plainGlob, type Pattern, type Wildcard } from '../pattern.ts';
import { absent, always, maybe, only, present, type Domain, type Region } from '../search/region.ts';
import { homes, resourceNames } from '../tables/example-arns.ts';
import { deputies, deputySources, type Sources } from '../tables/deputy-sources.ts';
import { hopeful } from '../world/callers.ts';
import { regionForm } from '../world/accounts.ts';
import { pathsIn } from '../world/networks.ts';
import { partitionsOf } from '../world/providers.ts';
import { serviceCaller, serviceCallers, servicesTested } from '../world/services.ts';
import { amongActs, type Acts } from '../world/acts.ts';
import { bucketNameForm, nameFormsOf } from '../world/resource-forms.ts';
import { inNamespaceOf, ofNobodyElse } from '../world/targets.ts';
import type { World } from '../world/world.ts';
import { areServicesHopeless, ownersSpokenOf } from '../world/hopeless.ts';
import { search } from '../search/search.ts';
import { binding, serviceNameKeys } from '../tables/key-groups.ts';
import { allActs, regionOf, type Case } from './case.ts';
import { doubtAbout } from '../world/doubt.ts';

/**
 * Requests an AWS service makes for somebody else: its principal with a source that is not mine.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function* foreignSources(world: World, notes: string[]): Generator<Case> {
  const { profile, organizations, strangers } = world;
  // A service assumes roles of its caller's account only: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
  const acts = allActs(world).filter((one) => one.prefix !== 'sts');
  const services = new Set([...profile.services, ...profile.isOpenToServices && !areServicesHopeless(world) ? [...unnamed(world).slice(0, 1), ...servicesTested(world), ...sourcesTested(world)] : []]);
  for (const name of services) {
    const sends = deputySources(name, world.prefix);
    if (sends === undefined) { if (name.includes('.')) notes.push(`what \`${name}\` sends of its source is not in our table, so it is not judged as a deputy`); continue; }
    for (const account of [...strangers.unnamed, ...strangers.named, ...strangers.partners]) {
      for (const organization of [undefined, ...organizations]) {
        if (services.size > MANY && !profile.services.includes(name) && isInVain(world, acts, account, organization)) continue;
        let arns: Domain | undefined;
        const doubt = strangers.named.includes(account) ? doubtAbout(world, account) : undefined;
        for (const { context, acts: some } of Object.keys(sends.context).some((key) => world.tests(key)) ? byContext(acts, sends.context) : [{ context: sends.context, acts }]) {
          const carried = (key: string): Domain | undefined => key === 'aws:sourcearn' ? (arns ??= sourceArns(world, sends, account)) : sourceDomain(key, world, context, account, organization);
          for (const caller of hopeful(world, serviceCallers(world, name, carried))) for (const owner of ownersSpokenOf(world)) for (const act of some) yield { reach: caller.reach, doubt, region: act.prefix === 's3' ? underPath(world, regionOf(world, caller, owner, act), sends, account) : regionOf(world, caller, owner, act) };
        }
      }
    }
  }
  notes.push(...bucketsOfMine(world), ...missingSpared(world).map(({ at, name }) => `\`${at}\` spares requests without \`${name}\`, so it binds the services that send it`));
}

/** By key the form of the ARN that it tells; none where it is missing. */
type Context = Readonly<Record<string, string | undefined>>;
/** KMS is told a context where it encrypts and decrypts, may be where it grants that, and nowhere else. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html (kms:EncryptionContext) */
function byContext(acts: readonly Acts[], context: Context): readonly { readonly context: Context; readonly acts: readonly Acts[] }[] {
  const ofKms = (test: Condition, want: boolean): Acts[] => acts.filter((one) => one.prefix === 'kms').map((one) => amongActs({ ...one, domain: { ...one.domain, liked: ['kms:Decrypt', 'kms:DescribeKey'] } }, { test, want }));
  return [{ context, acts: ofKms(mayTell, true) }, { context: Object.fromEntries(Object.keys(context).map((key) => [key, undefined])), acts: [...ofKms(surelyTell, false), ...acts.filter((one) => one.prefix !== 'kms')] }];
}
const [surelyTell, mayTell] = [[], ['kms:CreateGrant']].map((more) => testOn(ACTION, actionsOperator, ['kms:Decrypt*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', ...more].map(plainGlob))) as [Condition, Condition];

const MANY = 9;
/** Whether no service that no statement names gets through for an account, whatever its name and whatever of the account's it acts for: asked once rather than of each. */
const isInVain = (world: World, acts: readonly Acts[], account: string, organization: string | undefined): boolean => world.once(`no service for ${account} ${organization}`, () => {
  const names = nameFormsOf('logs', namesDeepSources(world)).flatMap((name) => [name, patternOf(type, ':', name)]);
  const sources = maybe({ forms: partitionsOf(world).flatMap((one) => [account, ''].flatMap((owner) => names.map((name) => patternOf(`arn:${one}:`, serviceName, ':', region, `:${owner}:`, name)))) });
  const someone = serviceCaller(world, unnamed(world)[0]!, (key) => serviceNameKeys.has(key) ? always : key === 'aws:sourcearn' ? sources : sourceDomain(key, world, {}, account, organization));
  return ownersSpokenOf(world).every((owner) => acts.every((act) => search(forSenders(world), regionOf(world, someone, owner, act), world.work).kind === 'none'));
});
const serviceName: readonly Wildcard[] = [{ of: 'letter', times: 'one' }, { of: 'region', times: 'many' }];
/** Or none. */
const region: readonly Wildcard[] = [{ of: 'region-word', times: 'many' }, { of: 'digit', times: 'optional' }];
const type: Wildcard = { of: 'region-word', times: 'many' };

/** Services that no statement names, which a Deny of those it names leaves alone: one that people know first. */
const unnamed = ({ profile }: World): readonly string[] => ['cloudtrail.amazonaws.com', ...deputies].filter((name) => !profile.services.includes(name));

/** Services whose sources a test of their ARN names, where no principal says which service calls, and one for those that no test names. */
function sourcesTested(world: World): readonly string[] {
  const { keys, conditions, variables } = world.profile;
  if (!keys.some((key) => key === SOURCE_ARN || key.startsWith('kms:encryptioncontext:'))) return [];
  // Under String operators a wildcard may stand for several parts of an ARN, so one before the service's end leaves open which it is.
  const tested = [...new Set([...variables.includes(SOURCE_ARN) ? ['*'] : [], ...(conditions.get(SOURCE_ARN) ?? []).flatMap(({ values, operator }) => values.map((value) => (operator.family === 'arn' ? /^arn:[^:$]*:([^:$]+):[^:]*:[^:]*:/ : /^arn:[^:*?$]*:([^:*?$]+):/).exec(value)?.[1] ?? '*'))])].map(plainGlob);
  const isTested = (name: string): boolean => deputySources(name)!.arns.some((form) => tested.some((one) => one.matches(form.split(':')[0]!, true)));
  return [...deputies.filter(isTested), ...unnamed(world).filter((name) => !isTested(name) && Object.keys(deputySources(name)!.context).length === 0).slice(0, 1)];
}

function sourceDomain(key: string, world: World, context: Context, account: string, organization: string | undefined): Domain | undefined {
  switch (key) {
    case 'aws:sourceaccount': return only(account);
    // Only services of old send it: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html (aws:SourceAccount versus aws:SourceOwner)
    case 'aws:sourceowner': return maybe({ forms: [literal(account)] });
    case 'aws:sourceorgid': return organization === undefined ? absent : only(organization);
    case 'aws:sourceorgpaths': return organization === undefined ? absent : present({ many: false, forms: [pathsIn(organization)] });
    default: {
      if (!Object.hasOwn(context, key)) return undefined;
      const form = context[key];
      return form === undefined ? absent : present(arnsOf(world, form, account));
    }
  }
}

/** Where ARNs have a Region, a witness shows one; some of Incident Manager's and RDS's have none. */
function arnsOf(world: World, form: string, account: string, isDeep = false): Arns {
  const of = form.replace('@', account);
  const partitions = partitionsOf(world);
  const name = (of.endsWith(':*') ? resourceNames[of.split(':', 1)[0]!] : undefined) ?? 'something';
  return { forms: partitions.flatMap((one) => arnsLike(`arn:${one}:${of}`, isDeep)), liked: partitions.map((one) => `arn:${one}:${of.replace(':*:', `:${homes[one] ?? homes['aws']!}:`).replace('*', name)}`) };
}
interface Arns { readonly forms: readonly Pattern[]; readonly liked: readonly string[] }
/** ARNs of a form: Regions hold no colon, and what follows the account at most two, with names between them that begin with a letter; `isDeep`: also more. */
const arnsLike = (form: string, isDeep: boolean): readonly Pattern[] => like[isDeep ? 'deep' : 'plain'](form);
const formsLike = (isDeep: boolean): ((form: string) => readonly Pattern[]) => kept((form): readonly Pattern[] => {
  const [, partition = '', service = '', region = '', owner = '', ...rest] = form.slice(0, -1).split(':');
  const head = patternOf(`arn:${partition}:${service}:`, region !== '*' ? region : mayLackRegion.has(service) ? [{ of: 'region-word', times: 'many' }, { of: 'region', times: 'optional' }] : regionForm, `:${owner}:`);
  // Of S3 only dashboards of Storage Lens have an account, and no colon in their names.
  return (service === 's3' ? nameFormsOf(service).slice(0, 1) : nameFormsOf(service, isDeep)).map((name) => patternOf(head, rest.join(':'), name));
});
const like = { plain: formsLike(false), deep: formsLike(true) };
/** Names of alarms and of states of machines hold colons, which only policies tell that write as many. */
const namesDeepSources = ({ profile }: World): boolean => (profile.conditions.get(SOURCE_ARN) ?? []).some(({ values }) => values.some((value) => value.split(':').length > 8));

/** Global clusters and response plans. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html, …/list_awssystemsmanagerincidentmanager.html */
const mayLackRegion = new Set(['rds', 'ssm-incidents']);

/**
 * A bucket's ARN names no account, so one that the definition lists is mine, one of an account's own namespace is of that account, and any other a
 * stranger's. https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
 */
function sourceArns(world: World, { arns: forms, mayOmitArn }: Sources, account: string): Domain {
  const isDeep = namesDeepSources(world);
  const all = forms.map((form) => form !== BUCKETS ? arnsOf(world, form, account, isDeep) : { forms: partitionsOf(world).map((one) => patternOf(`arn:${one}:s3:::`, bucketNameForm)), liked: ['arn:aws:s3:::some-bucket'] });
  const others = forms.includes(BUCKETS) && (world.profile.conditions.get(SOURCE_ARN) ?? []).some((one) => one.values.some((value) => value.includes('-an'))) ? [...world.profile.accounts.keys(), ...world.accountsOfMine].filter((id) => id !== account) : [];
  const owned = testOn(SOURCE_ARN, patternsOperator, [...world.perimeter.buckets.map((one) => `arn:*:s3:::${one}`), ...others.map(inNamespaceOf)].map(arnAsDefined));
  return (mayOmitArn ? maybe : present)({ forms: all.flatMap((one) => one.forms), liked: all.flatMap((one) => one.liked), tests: [...forms.includes(BUCKETS) ? [{ test: owned, want: false }] : [], ...isDeep ? ofNobodyElse(account, SOURCE_ARN) : []] });
}
const [BUCKETS, SOURCE_ARN] = ['s3:::*', 'aws:sourcearn'] as const;

/**
 * A service that writes only below a path with the source's account in it. A prefix may stand before it, but not one that holds the
 * path's first name, or it could be made to look like another account's path.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
function underPath(world: World, region: Region, { objects }: Sources, account: string): Region {
  const path = objects?.replace('@', account);
  if (path === undefined || region.resources === undefined) return region;
  const heads = region.resources().forms?.flatMap((form) => form.literal ?? []) ?? [];
  const buckets = heads.length > 0 ? heads : partitionsOf(world).map((one) => `arn:${one}:s3:::?*`);
  const first = path.slice(0, path.indexOf('/'));
  const again = testOn(RESOURCE, patternsOperator, buckets.flatMap((bucket) => [`/*${first}*/${path}*`, `/${path}*${first}/*`, `/*/${path}*${first}/*`].map((one) => plainGlob(`${bucket}${one}`))));
  const resources = present({ tests: [{ test: again, want: false }], forms: buckets.flatMap((bucket) => [plainGlob(`${bucket}/${path}?*`), plainGlob(`${bucket}/*/${path}?*`)]) });
  return { ...region, resources: () => resources };
}

/**
 * Tests by which a Deny of foreign sources spares a request that does not tell a key of theirs, which need not be the key that it denies by.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html (cross-service confused deputy protection)
 */
const sparing = ({ effect, conditions }: Statement): readonly Condition[] => effect === 'Allow' || !conditions.some(({ key, operator }) => binding.deputies.test(key) && operator.negated) ? []
  : conditions.filter(({ key, operator, values }) => binding.deputies.test(key) && operator.family === 'null' && values.includes('false'));
const missingSpared = ({ policies }: World): { at: string; key: string; name: string }[] => policies.flatMap(({ statements }) => statements).flatMap((one) => sparing(one).map(({ key, name }) => ({ at: one.at, key, name })));

/** What gets through where such a Deny holds whether or not the ARN is told: it binds services that send that, also in requests in which they may leave it out. */
export const forSenders = (world: World): Formula => world.once('for senders', () => missingSpared(world).some(({ key }) => key === SOURCE_ARN) ? withoutSparing(world.formula) : world.formula);
const withoutSparing = (of: Formula): Formula => of.kind === 'policy' ? policy(new KeepingPolicy(of.policy, of.policy.statements.map((one) => ({ ...one, conditions: one.conditions.map((test) => test.key === SOURCE_ARN && sparing(one).includes(test) ? new Condition(test.name, test, toldOrNot) : test) }))), of.setting)
  : of.kind === 'not' ? of : { ...of, of: of.of.map(withoutSparing) };
const toldOrNot = ['true', 'false'].map(literal);

/** What binds a bucket of mine by its name alone, where nothing beside it tells the account. */
const bucketsOfMine = ({ policies, perimeter }: World): string[] => policies.flatMap(({ statements }) => statements.flatMap(({ conditions }) => conditions.some(tellsWhose) ? [] : conditions.filter(({ key }) => key === SOURCE_ARN).flatMap(({ values }) => values.flatMap((value) => {
  const bucket = /^arn:[^:]*:s3:\*?:\*?:([^/*?]+)$/.exec(value)?.[1];
  return bucket === undefined || !perimeter.buckets.some((one) => plainGlob(one).matches(bucket)) ? [] : [`\`${value}\` tells no account: whoever owns a bucket of that name could be the source, should yours be deleted`];
}))));
const tellsWhose = ({ key, operator }: Condition): boolean => key !== SOURCE_ARN && binding.deputies.test(key) && operator.family !== 'null';
