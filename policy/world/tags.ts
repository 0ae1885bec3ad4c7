import { testOn } from '../conditions.ts';
import { patternsOperator } from '../operators.ts';
import { RESOURCE } from '../parse.ts';
import { literal, plainGlob } from '../pattern.ts';
import { all, any, literalOf, TRUE, type Node } from '../search/logic.ts';
import { absent, maybe, only, present, type Domain } from '../search/region.ts';
import { collectionOf } from '../tables/resource-services.ts';
import type { World } from './world.ts';

const tagIn = (key: string): string | undefined => /^[a-z0-9-]+:resourcetag\/(.*)$/.exec(key)?.[1];

/**
 * A tag of the resource: of names that differ in case either may be told, and that of a bucket only where it is enabled for it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
function tagDomain({ question: { resourceTags = {}, resource = '' } }: World, tag: string): Domain {
  const values = Object.entries(resourceTags).flatMap(([name, value]) => name.toLowerCase() === tag ? [value] : []);
  return values.length === 0 ? absent : /^arn:[^:]*:s3:::/.test(resource) ? maybe({ forms: values.map(literal) }) : values.length === 1 ? only(...values) : present({ forms: values.map(literal) });
}

/** What a key about the tags of my resources carries, where the question tells them; `undefined`: that is open, or the key is about something else. */
export function tagTold(key: string, world: World): Domain | undefined {
  const tag = world.question.resourceTags === undefined ? undefined : tagIn(key);
  return tag === undefined || othersTold(world) ? undefined : tagDomain(world, tag);
}

/** Whether the policy speaks of resources beside or below the one that it hangs on which have tags of their own: consumers of a stream, tables of a bucket. */
const othersTold = ({ question: { resource = '' } }: World): boolean => collectionOf(resource) !== undefined || /^arn:[^:]*:(kinesis|s3tables):/.test(resource);

/** Of what the policy hangs on itself its tags are told, where of others they are open. */
export const tagsOfItself = (world: World): Node => world.once('tags of itself', () => {
  const { profile: { keys }, question: { resource, resourceTags } } = world;
  if (resource === undefined || resourceTags === undefined || !othersTold(world)) return TRUE;
  const told = keys.flatMap((key): Node[] => {
    const tag = tagIn(key);
    if (tag === undefined) return [];
    const { present: isTold, only: values = [], forms = values.map(literal) } = tagDomain(world, tag);
    return [literalOf(key, testOn(key, patternsOperator, isTold ? forms : [plainGlob('*')]), isTold)];
  });
  return any([literalOf(RESOURCE, testOn(RESOURCE, patternsOperator, [literal(resource)]), false), all(told)]);
});
