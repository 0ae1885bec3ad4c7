import { readable, representatives, type Test } from './classes.ts';
import { fitsGlob } from './freedom.ts';
import { fill, glob, literal, matches, plainGlob, type Pattern } from './pattern.ts';
import { partitionsOf } from './partitions.ts';
import type { Question } from './question.ts';
import type { Work } from './classes.ts';
import { actionsOf } from './tables/actions.ts';
import { actionPrefix } from './tables/service-prefixes.ts';

/** The prefix of the actions a question is about; `undefined` where it does not say. */
export const prefixOf = ({ service, resource }: Question): string | undefined => {
  if (service !== undefined) return actionPrefix(service);
  return /^arn:[^:]*:([a-z0-9-]+):/.exec(resource ?? '')?.[1];
};

/** Actions, one for every way the policy and the definition tell them apart; existing ones where one fits. */
export function actionsToTry(question: Question, work: Work): string[] | undefined {
  const patterns = question.policy.statements.flatMap((one) => one.actions.patterns);
  const prefix = prefixOf(question);
  const prefixes = prefix === undefined ? prefixesNamed(patterns) : [prefix];
  const tests: Test[] = [...patterns, ...question.perimeter.unsignedActions.map(plainGlob), ...question.perimeter.partners.flatMap((one) => one.resources.flatMap((grant) => grant.actions.map(plainGlob)))]
    .map((pattern) => ({ pattern, ignoreCase: true }));
  const all: string[] = [];
  for (const one of prefixes) {
    const { withResource, withoutResource } = actionsOf(one);
    const unsigned = question.perimeter.unsignedActions.filter((action) => action.startsWith(`${one}:`));
    // Representatives ignore case, so the policy's own spelling serves where no known action does.
    const invented = representatives(tests, [...literal(`${one}:`), { of: 'letter', times: 'one' }, { of: 'letter', times: 'many' }], work);
    if (invented === undefined) return undefined;
    all.push(...distinctBy([...withResource, ...unsigned, ...withoutResource, ...invented], (action) => vectorOf(tests, action) + String(takesNoResource(action))));
  }
  return all;
}

const vectorOf = (tests: readonly Test[], action: string): string => tests.map(({ pattern }) => (matches(pattern, action, true) ? '1' : '0')).join('');

function prefixesNamed(patterns: readonly Pattern[]): string[] {
  const named = patterns.flatMap((one) => { const text = one.map((token) => typeof token === 'string' ? token : '*').join(''); const prefix = text.split(':')[0] ?? ''; return /[*?]/.test(prefix) || prefix === '' ? [] : [prefix.toLowerCase()]; });
  return [...new Set(named.length > 0 ? named : ['s3', 'sqs'])];
}

function distinctBy<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const seen = new Set<string>();
  return all.filter((one) => { const key = keyOf(one); return !seen.has(key) && Boolean(seen.add(key)); });
}

/** Whether an action supports no resource type, so that it acts on the caller's own account. */
export function takesNoResource(action: string): boolean {
  const prefix = action.split(':')[0] ?? '';
  return actionsOf(prefix).withoutResource.some((one) => one.toLowerCase() === action.toLowerCase());
}

/** Whose resource a request is about: an account's, or (S3) a bucket whose ARN tells no account. */
export interface Owner { readonly account: string }

/** ARNs of an owner's resources, one for every way the policy and the definition tell them apart. */
export function arnsOf(question: Question, action: string, owner: Owner, valueOf: (key: string) => string | undefined, work: Work): string[] | undefined {
  const tests: Test[] = question.policy.statements.flatMap((one) => (one.resources?.patterns ?? []).flatMap((template) => {
    const pattern = fill(template, valueOf);
    return pattern === undefined ? [] : [{ pattern, ignoreCase: false }];
  }));
  const { perimeter } = question;
  const definition = [...perimeter.awsOwnedResources, ...perimeter.partners.flatMap((one) => [...one.reachable, ...one.resources.map((grant) => grant.arn)]), ...perimeter.buckets.flatMap((name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`])];
  const wanted = definition.filter((pattern) => mayMatter(pattern, question));
  const prefix = action.split(':')[0] ?? '';
  const all: string[] = [];
  for (const partition of partitionsOf(question.policy)) {
    for (const form of formsOf(question, partition, prefix, owner)) {
      const told = [...tests, ...wanted.map((text) => ({ pattern: glob(text), ignoreCase: false }))];
      const found = representatives(told, form, work);
      if (found === undefined) return undefined;
      all.push(...readable(told, found, likedArns(partition, prefix, owner.account).filter((arn) => matches(form, arn))));
    }
  }
  return distinctBy(all, (one) => one);
}

/** Of the definition's patterns only those that some pattern of the policy meets, or the search grows for nothing. */
function mayMatter(pattern: string, question: Question): boolean {
  const head = pattern.split(/[*?$]/)[0] ?? '';
  return question.policy.statements.some((one) => (one.resources?.patterns ?? []).some((template) => {
    const text = template.map((token) => typeof token === 'string' ? token : '*').join('');
    const ownHead = text.split('*')[0] ?? '';
    return text !== '*' && ownHead.length > 14 && (ownHead.startsWith(head) || head.startsWith(ownHead));
  }));
}

function formsOf(question: Question, partition: string, prefix: string, { account }: Owner): Pattern[] {
  if (question.kind === 'resource' && question.resource !== undefined) {
    const below = prefix === 's3' ? ['/'] : ['/', ':'];
    return [literal(question.resource), ...below.map((mark) => [...literal(question.resource! + mark), { of: 'any', times: 'many' }] satisfies Pattern)];
  }
  if (prefix.startsWith('s3') && prefix !== 's3-outposts' && prefix !== 's3tables' && prefix !== 's3express') return [bucketForm(partition), [...bucketForm(partition), '/', { of: 'any', times: 'many' }]];
  const service = prefix === 'sts' ? 'iam' : prefix;
  const region: Pattern = service === 'iam' ? [] : [{ of: 'region', times: 'one' }, { of: 'region', times: 'many' }];
  const head: Pattern = [...literal(`arn:${partition}:${service}:`), ...region, ...literal(`:${account}:`)];
  return [[...head, ...name], [...head, ...letterThenName, ':', ...letterThenName], [...head, ...letterThenName, ':', ...letterThenName, ':', ...name]];
}
/**
 * The last part of an ARN: `name`, `type:name` or `type:name:qualifier`. Types and names that colons follow start with a
 * letter, so that no resource of a stranger has another's account id between colons, which a wildcard that crosses
 * colons would take for the account.
 */
const name: Pattern = [{ of: 'no-colon', times: 'one' }, { of: 'no-colon', times: 'many' }];
const letterThenName: Pattern = [{ of: 'letter', times: 'one' }, { of: 'no-colon', times: 'many' }];

/** ARNs as people know them, for witnesses. */
function likedArns(partition: string, prefix: string, account: string): string[] {
  const region = { 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' }[partition] ?? 'us-east-1';
  const names: Readonly<Record<string, string>> = { dynamodb: 'table/orders', lambda: 'function:worker', secretsmanager: 'secret:password-AbCdEf', kms: 'key/1234abcd-12ab-34cd-56ef-1234567890ab', logs: 'log-group:app', ec2: 'instance/i-0123456789abcdef0' };
  if (prefix === 's3') return [`arn:${partition}:s3:::some-bucket/some-key`, `arn:${partition}:s3:::some-bucket`];
  if (prefix === 'sts') return [`arn:${partition}:iam::${account}:role/someone`];
  return [`arn:${partition}:${prefix}:${region}:${account}:${names[prefix] ?? 'something'}`];
}

/** Bucket names hold no slash; https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketForm = (partition: string): Pattern => [...literal(`arn:${partition}:s3:::`), { of: 'id', times: 'one' }, { of: 'bucket', times: 'one' }, { of: 'bucket', times: 'one' }, { of: 'bucket', times: 'many' }];

/** The bucket an S3 ARN is of. */
export const bucketOf = (arn: string): string | undefined => /^arn:[^:]*:s3:::([^/]+)/.exec(arn)?.[1];

/** Whether an ARN is AWS-owned by the definition. */
export const isAwsOwned = (question: Question, arn: string): boolean => question.perimeter.awsOwnedResources.some((one) => matchesDefinition(one, arn));
export const isReachable = (question: Question, arn: string): boolean => question.perimeter.partners.some((partner) => partner.reachable.some((one) => fitsGlob(one, arn)));
const matchesDefinition = (pattern: string, arn: string): boolean => matches(glob(pattern), arn) || matches(glob(`${pattern}/*`), arn);
