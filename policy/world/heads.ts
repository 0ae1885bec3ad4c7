import { testOn } from '../conditions.ts';
import { refuses } from '../formula.ts';
import { kept } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE } from '../parse.ts';
import { enter, plainGlob, step, withVariables, type Pattern } from '../pattern.ts';
import { findText } from '../search/texts.ts';
import { Work } from '../search/work.ts';
import { services } from '../tables/actions.ts';
import { headsBesides, headsOf, homes } from '../tables/example-arns.ts';
import { servicesTaken, taken, takesResourceOf } from '../tables/resource-services.ts';
import { accountForm } from './accounts.ts';
import { formsUnder, ownHeads } from './resource-forms.ts';
import type { World } from './world.ts';

/**
 * What other ARNs begin with that the policies name and the service's actions may take: those of another service (`ebs` reads
 * snapshots of `ec2`), such as name no account (images), and S3's access points, which name one.
 */
export const otherHeads = (world: World, prefix: string): readonly string[] => world.once(`other heads ${prefix}`, () => {
  const heads = new Set<string>();
  // What one policy allows of buckets by name is kept from access points where it is held against another.
  const isCompared = refuses(world.formula);
  let hasRest = false;
  for (const { effect, resources } of world.policies.flatMap(({ statements }) => statements)) {
    if (resources === undefined) continue;
    for (const text of resources.test.values) {
      for (const head of headsIn(text, prefix)) heads.add(head);
      if (mayTakeColons(text)) for (const one of headsAcross(`${prefix} ${text}`)) heads.add(one);
    }
    // What is kept from resources of one form, as buckets are and what has a Region and an account, is not kept from others.
    hasRest ||= (isCompared || (effect === 'Deny') !== resources.negated) && !resources.test.values.includes('*');
  }
  // The policy of a resource speaks of that.
  if (hasRest && world.question.resource === undefined) for (const head of headsBesides(prefix)) heads.add(head);
  // Of APIs the ARN names no account, of domains and portals it does.
  if (prefix === 'apigateway' && heads.size > 0) heads.add('apigateway:region:@:');
  for (const own of ownHeads(prefix)) heads.delete(own);
  return [...heads];
});

/** What a text of resources begins with, as far as the service's actions take such; what has no ARNs of its own takes no others than it does. */
function headsIn(text: string, prefix: string): readonly string[] {
  if (taken[prefix] !== undefined) return [];
  const [, , named = '', where = '*', owner = '*'] = text.split(':', 5);
  const account = ['', 'aws', 'offering'].includes(owner) ? owner : '@';
  // What takes resources of any service takes snapshots, which a text without a service may be.
  const service = /[*?]/.test(named) ? prefix : named === '' && takesResourceOf(prefix, '') ? 'ec2' : named;
  if (service !== prefix && !takesResourceOf(prefix, service)) return [];
  const [place = where === '' ? '' : 'region', whose = account] = headsOf[service]?.split(':') ?? [];
  return [`${service}:${place}:${account === '@' ? whose : account}:`];
}

/** Whether a wildcard or variable stands in a pattern's Region or account, or before them, so that ARNs of another form may fit. */
export const mayTakeColons = (text: string): boolean => text !== '*' && /^(?:arn:[a-z*-]*:[a-z0-9-]+:(?:[^:*?$]*:)?[^:*?$]*[*?$]|(?!arn:[a-z*-]*:[a-z0-9-]+:)(?:arn:.*|a?|ar|arn)[*?$])/.test(text);

/** What the ARNs begin with that a pattern takes by wildcards which stand for colons, or for nothing between them; by the prefix of actions and, behind a space, the pattern. */
const headsAcross = kept((asked): readonly string[] => {
  const at = asked.indexOf(' ');
  if (taken[asked.slice(0, at)] !== undefined) return [];
  const [prefix, text] = [asked.slice(0, at), withVariables(asked.slice(at + 1), () => '*').replace(/^arn:[a-z*-]*:(?=[a-z0-9-]+:)/, 'arn:aws:')];
  const [begin] = /^arn:[a-z-]*:[a-z0-9-]*(?=[*?])/.exec(text) ?? [];
  const others = takesResourceOf(prefix, '') ? services.filter((one) => one.startsWith(begin?.split(':')[2] ?? '')) : servicesTaken(prefix);
  // Of S3 other services take buckets alone.
  const heads = [prefix, ...others].flatMap((service) => service === 's3' && prefix !== 's3' ? ownHeads(service) : allHeads(service));
  return heads.filter((head) => takesHead(text, prefix, head));
});

/** Whether a pattern takes ARNs that begin so, which a service's actions take. */
function takesHead(text: string, prefix: string, head: string): boolean {
  const [, named = ''] = /^arn:([a-z-]+):/.exec(text) ?? [];
  const partitions = named === '' ? Object.keys(homes) : [named];
  const pattern = plainGlob(text);
  const tests = [{ test: testOn(RESOURCE, patternsOperator, [pattern]), want: true }];
  return partitions.some((partition) => mayBegin(pattern, `arn:${partition}:${head.slice(0, head.indexOf(':') + 1)}`) && findText(tests, formsUnder(prefix, partition, head, accountForm), [], new Work(1_000_000)) !== undefined);
}

/** Whether a pattern takes texts that begin so. */
const mayBegin = ({ tokens }: Pattern, text: string): boolean => {
  let positions = enter(tokens, 0);
  for (const char of text) positions = step(tokens, positions, char, false);
  return positions.length > 0;
};

const allHeads = (service: string): readonly string[] => [...ownHeads(service), ...headsBesides(service)];
/** By a pattern that says no service in its place, those whose own ARNs it takes, each with what those begin with behind its name. */
const takenBy = kept((text): ReadonlySet<string> => new Set(services.flatMap((one) => allHeads(one).filter((head) => takesHead(withVariables(text, () => '*'), one, head)))));
/** Services whose ARNs patterns take that say none in its place: one of those that no such pattern tells apart. */
export function servicesAcross(texts: readonly string[], among: readonly string[]): string[] {
  if (texts.length === 0) return [];
  const apart = new Map<string, string>();
  for (const service of among) for (const head of allHeads(service)) {
    const by = texts.flatMap((text, at) => takenBy(text).has(head) ? [at] : []);
    const key = `${head.slice(head.indexOf(':'))} ${by.join()}`;
    if (by.length > 0 && !apart.has(key)) apart.set(key, service);
  }
  return [...new Set(apart.values())];
}

/** The services whose resources may be asked for: the one that is called, and others that the policies name. */
export const servicesReached = (world: World, prefix: string): readonly string[] => [...new Set([prefix, ...[...ownHeads(prefix), ...otherHeads(world, prefix)].map((head) => head.slice(0, head.indexOf(':')))])];
