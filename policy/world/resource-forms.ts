import { kept } from '../kept.ts';
import { oneOrMore, patternOf, type Pattern, type Token, type Wildcard } from '../pattern.ts';
import { byName } from '../tables/by-name.ts';
import { headsOf, homes, namesUnder, objects, resourceNames } from '../tables/example-arns.ts';
import { taken } from '../tables/resource-services.ts';
import { regionForm } from './accounts.ts';

/**
 * The last part of an ARN: `name`, `type:name`, `type:name:qualifier` or, of log streams alone, `type:name:type:name`. What colons
 * follow is no account's id, so that no resource of a stranger has another's between colons, which a wildcard that crosses
 * colons would take for the account: types start with a letter, names with eight digits at most.
 */
const digits = Array.from({ length: 8 }, (): Wildcard => ({ of: 'digit', times: 'optional' }));
const upToEight: readonly Wildcard[] = [{ of: 'digit', times: 'one' }, ...digits.slice(1)];
const letter: Wildcard = { of: 'letter', times: 'one' };
/** Those with two parts and fewer, then what precedes the last of more. */
function formsOfNames(of: 'name' | 'no-colon'): { readonly forms: readonly Pattern[]; readonly names: readonly (readonly Token[])[]; readonly before: readonly (readonly Token[])[]; readonly type: readonly Wildcard[] } {
  const [name, type]: [readonly Wildcard[], readonly Wildcard[]] = [oneOrMore(of), [letter, { of, times: 'many' }]];
  const names: readonly (readonly Token[])[] = [upToEight, [...digits, { of: of === 'name' ? 'name-no-digit' : 'no-colon-or-digit', times: 'one' }, { of, times: 'many' }]];
  const before = names.map((one) => [...type, ':', ...one, ':']);
  return { forms: [patternOf(name), patternOf(type, ':', name), ...before.map((one) => patternOf(one, name))], names, before, type };
}
const { forms: nameForms, names: followed } = formsOfNames('name');
// A log group's own ARN ends in `:*`.
const ofLogs = formsOfNames('no-colon');
const nameFormsOfLogs: readonly Pattern[] = [...ofLogs.forms, ...ofLogs.before.map((one) => patternOf(one, ofLogs.type, ':', oneOrMore('no-colon')))];
/** The last part of a service's ARNs; `isDeep`: also of more parts. */
export const nameFormsOf = (service: string | undefined, isDeep = false): readonly Pattern[] => [...service === 'logs' ? nameFormsOfLogs : (ofOneType[service ?? ''] ?? nameForms), ...isDeep ? [deepForm] : []];
// These have no other resources.
const ofOneType = byName<readonly Pattern[]>({ ecr: [patternOf('repository/', oneOrMore('name'))], secretsmanager: [patternOf('secret:', oneOrMore('name'))] });
/** Names of more parts than those, as states of machines and versions of components have, which only policies tell that write as many colons. */
const deepForm = patternOf(letter, oneOrMore('name-or-colon'));

/** What a service's own ARNs begin with, behind the partition, or those that it takes where it has none; `region` and `@` stand for a Region and the owner's account. */
export const ownHeads = kept((prefix): readonly string[] => taken[prefix] !== undefined ? [...taken[prefix].keys()] : prefix === 's3' ? ['s3:::'] : [`${prefix}:${headsOf[prefix] ?? 'region:@:'}`]);
const namesOf = (prefix: string, head: string): readonly string[] => taken[prefix]?.get(head) ?? namesUnder[head] ?? [];

/** Bucket names hold no slash, and begin and end with a letter or digit; those of before March 2018 may hold capitals and underscores. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const inBucket = (times: Wildcard['times']): Wildcard => ({ of: 'bucket', times });
export const bucketNameForm: readonly Wildcard[] = [{ of: 'alphanumeric', times: 'one' }, inBucket('one'), inBucket('many'), { of: 'alphanumeric', times: 'one' }];
/** What ARNs look like behind such a beginning. */
export function formsUnder(prefix: string, partition: string, head: string, account: string | Pattern, isDeep = false): Pattern[] {
  // Other services than S3 take buckets alone.
  if (head === 's3:::') return [bucketForm(partition), ...prefix === 's3' ? [patternOf(bucketForm(partition), '/', oneOrMore('any'))] : []];
  const [service, where, owner = ''] = head.split(':');
  const of = owner === '@' ? account : owner;
  // Without a Region there are access points of several: https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointNaming.html
  if (service === 's3' && where === '') return multiRegion.map((one) => patternOf(`arn:${partition}:s3::`, of, ':accesspoint/', one));
  const begin = patternOf(`arn:${partition}:${service}:`, where === '' ? [] : regionForm, ':', of, ':');
  const names = namesOf(prefix, head);
  // Nothing keeps ids out of deep names that stand in no account.
  const goesDeep = isDeep && owner === '@';
  if (names.length > 0) return names.flatMap((one) => (taken[prefix] !== undefined && mayHoldColon.has(one) ? [anyName, ...withColon(goesDeep).map((end) => one === 'role/' ? [...end, '/', ...roleName] : end)] : endings(service!, one)).map((end) => patternOf(begin, one, end)));
  return nameFormsOf(service, goesDeep).map((one) => patternOf(begin, one));
}

/** What stands behind the beginning of a name: keys of objects, which access points have too behind `/object/`, are of any characters, and versions of models, and how much they read, stand behind colons. */
const endings = (service: string, name: string): readonly (readonly Token[])[] => name === 'accesspoint/' ? ofPoints : service === 'bedrock' ? ofModels : [oneOrMore('name')];
/** Access points are named as buckets are. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html */
const ofPoints: readonly (readonly Token[])[] = [bucketNameForm, [...bucketNameForm, ...'/object/', ...oneOrMore('any')]];
const anyName = oneOrMore('name');
// Names of things and of groups, and paths, of which a role's own name follows, may hold colons.
const mayHoldColon = new Set(['thing/', 'group/', 'transactional-id/', 'service/', 'role/']);
const withColon = (isDeep: boolean): readonly (readonly Token[])[] => [[...anyName, ':', ...anyName], ...followed.map((one) => [...anyName, ':', ...one, ':', ...anyName]), ...isDeep ? [oneOrMore('name-or-colon')] : []];
const roleName = oneOrMore('iam-name');
const ofModels: readonly (readonly Token[])[] = [anyName, [...anyName, ':', ...anyName], [...anyName, ':', ...upToEight, ':', ...anyName]];

const multiRegion: readonly Pattern[] = [patternOf(oneOrMore('id'), '.mrap'), patternOf(oneOrMore('id'), '.mrap/', oneOrMore('any'))];

export function likedUnder(prefix: string, partition: string, head: string, account: string): string {
  if (head === 's3:::') return `arn:${partition}:${objects[1]}`;
  const [begin] = namesOf(prefix, head);
  const name = begin !== undefined ? `${begin}something` : resourceNames[head.split(':')[0]!] ?? 'something';
  return `arn:${partition}:${head.replace('region', homes[partition] ?? homes['aws']!).replace('@', account)}${name}`;
}

/** ARNs as people know them, for witnesses. */
export function likedArns(partition: string, prefix: string, account: string): string[] {
  const known = prefix === 's3' ? objects : prefix === 'sts' ? [`iam::${account}:role/someone`] : undefined;
  return known?.map((one) => `arn:${partition}:${one}`) ?? ownHeads(prefix).map((head) => likedUnder(prefix, partition, head, account));
}

export const bucketForm = (partition: string): Pattern => patternOf(`arn:${partition}:s3:::`, bucketNameForm);
