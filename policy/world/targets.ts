import { testOn } from '../conditions.ts';
import { refuses } from '../formula.ts';
import { Memory } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE } from '../parse.ts';
import { arnAsDefined, glob, literal, oneOrMore, patternOf, withoutVariables, type Wildcard } from '../pattern.ts';
import { present, type Domain, type TextTest } from '../search/region.ts';
import { byName } from '../tables/by-name.ts';
import { collectionOf } from '../tables/resource-services.ts';
import { mayTakeColons, otherHeads } from './heads.ts';
import { callersOfMine } from './members.ts';
import { formsUnder, likedArns, likedUnder, nameFormsOf, ownHeads } from './resource-forms.ts';
import type { World } from './world.ts';

/** What follows the ARN of a resource with a policy where something below it is asked for, of services that are known to have no other. */
const marks = byName<readonly string[]>({ s3: ['/'], 'execute-api': ['/'], lambda: [':'], sqs: [], sns: [], kms: [], secretsmanager: [], ecr: [], elasticfilesystem: [] });
const eitherMark = ['/', ':'];

const step = oneOrMore('no-slash');

/** The resource of a question and what lies below it, or beside it where its policy speaks of that. */
export const ownResources = (world: World, prefix: string): Domain | undefined => world.once(`own resources ${prefix}`, () => {
  const { resource: named, kind } = world.question;
  if (named === undefined) return undefined;
  // A private domain name has a policy for calls and one for its management, which name it by different ARNs.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains-provider-share-cli.html
  const resource = prefix === 'execute-api' ? named.replace(/^(arn:[^:]*:)apigateway(?=:[^:]*:\d{12}:\/domainnames\/)/, '$1execute-api') : named;
  // Every call names a stage, a method and a path: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
  if (/^arn:[^:]*:execute-api:[^:]*:[^:]*:[^:/]+$/.test(resource)) return present({ forms: [patternOf(`${resource}/`, step, '/', step, '/', { of: 'any', times: 'many' })], liked: [`${resource}/prod/GET/orders`] });
  const below = marks[prefix] ?? eitherMark;
  // An RCP speaks of any resource, so it is asked about this one.
  const collection = kind === 'rcp' ? undefined : collectionOf(resource);
  if (collection !== undefined) {
    const others = otherHeads(world, prefix).flatMap((head) => formsUnder(prefix, collection.split(':')[1]!, head, world.account));
    const isDeep = namesDeep(world);
    return present({ forms: [...nameFormsOf(prefix, isDeep).map((one) => patternOf(collection, one)), ...others], liked: [resource], tests: isDeep ? ofNobodyElse(world.account) : [] });
  }
  // As in names elsewhere, no account's id stands between colons below it.
  const ids = prefix === 's3' ? [] : [...new Set([world.account, ...world.profile.accounts.keys()])];
  const tests = ids.length === 0 ? [] : [{ test: testOn(RESOURCE, patternsOperator, ids.map((id) => glob(`${resource}*:${id}:*`))), want: false }];
  return present({ tests, forms: [literal(resource), ...below.map((mark) => patternOf(`${resource}${mark}`, oneOrMore(mark === ':' && prefix !== 'logs' ? 'no-colon' : 'any')))], liked: [resource, ...prefix === 's3' ? [`${resource}/some-key`] : []] });
});

const namesDeep = (world: World): boolean => world.once('names deep', () => world.profile.resources.some(({ text }) => {
  const parts = withoutVariables(text).split(':');
  // A wildcard may stand for all before those that are written.
  return parts.length > (parts[2] === 'logs' ? 9 : 8) || (mayTakeColons(text) && !NAMES_ACCOUNT.test(text) && text.replace(/^arn:[^:]*:/, '').replace(/^[^*?$]*/, '').split(':').length > 4);
}));
/** Behind an account that is written no wildcard before it reaches. */
const NAMES_ACCOUNT = /^arn:[^:]*:[^:]*:[^:]*:(?:\d{12}|\$\{aws:(?:principal|resource|source)account\}):/i;
/** That no account's id stands between colons behind the owner, in a resource or in what another key names. */
export const ofNobodyElse = (account: string, key = RESOURCE): TextTest[] => [{ want: false, test: testOn(key, patternsOperator, [patternOf({ of: 'any', times: 'many' }, `:${account}:`, { of: 'any', times: 'many' }, ':', Array.from({ length: 9 }, (): Wildcard => ({ of: 'digit', times: 'one' })), { of: 'digit', times: 'many' }, ':', { of: 'any', times: 'many' })]) }];

/** Whether some policy could tell buckets of an account's own namespace, whose names end in `-an`, from others. */
const namesNamespaces = (world: World): boolean => world.once('names namespaces', () => world.profile.resources.some(({ text }) => text.includes('-an')));

const byOwner = new Memory<Domain>();
/** ARNs of an account's resources as a service writes them, and as the policies name others. */
export function resourcesOf(world: World, prefix: string, account: string, partition?: string): Domain {
  const { partitions: all, accounts } = world.profile;
  // Partitions share no credentials: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  const partitions = partition === undefined ? all : [partition];
  const heads = otherHeads(world, prefix);
  // Which users and root users some of its calls take tells changes apart.
  const as = prefix === 'sts' && refuses(world.formula) ? 'iam' : prefix;
  // A bucket of an account's own namespace is nobody else's: https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
  const others = prefix === 's3' && namesNamespaces(world) ? [...new Set([...accounts.keys(), ...callersOfMine(world)])].filter((id) => id !== account) : [];
  const isDeep = namesDeep(world);
  const key = `${prefix} ${as} ${account} ${partitions.join()} ${others.join()} ${heads.join()} ${isDeep}`;
  return byOwner.get(key) ?? byOwner.add(key, present({
    forms: partitions.flatMap((one) => [...ownHeads(as), ...heads].flatMap((head) => formsUnder(as, one, head, account, isDeep))), liked: partitions.flatMap((one) => [...likedArns(one, prefix, account), ...heads.map((head) => likedUnder(prefix, one, head, account))]),
    tests: [...others.length === 0 ? [] : [{ test: testOn(RESOURCE, patternsOperator, withBelow(others.map(inNamespaceOf)).map(arnAsDefined)), want: false }], ...isDeep ? ofNobodyElse(account) : []],
  }));
}

/** Sessions that STS has itself. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html (Name) */
export const ownSessions = ({ profile: { partitions: all } }: World, account: string, partition?: string): Domain => {
  const begins = (partition === undefined ? all : [partition]).map((one) => `arn:${one}:sts::${account}:`);
  return present({ forms: begins.flatMap((one) => [patternOf(`${one}federated-user/`, oneOrMore('iam-name')), literal(`${one}self`)]), liked: begins.map((one) => `${one}federated-user/someone`) });
};

/** An account's root user. */
export const rootUser = ({ profile: { partitions: all } }: World, account: string, partition?: string): Domain => present({ forms: (partition === undefined ? all : [partition]).map((one) => literal(`arn:${one}:iam::${account}:root`)) });

/** Buckets of an account's own namespace. */
export const inNamespaceOf = (id: string): string => `arn:*:s3:::*-${id}-\${region}-an`;

/** The bucket an S3 ARN is of. */
export const bucketOf = (arn: string): string | undefined => /^arn:[^:]*:s3:::([^/]+)/.exec(arn)?.[1];

/** ARN patterns with all that lies below what they name. */
export const withBelow = (patterns: readonly string[]): string[] => patterns.flatMap((one) => [one, `${one}/*`]);
