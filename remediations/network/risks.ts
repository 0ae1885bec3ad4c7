import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { securityGroup } from '../../items/security-group.ts';

/** Names in a sentence, each in backticks. */
export const named = (all: readonly string[]): string => all.map((one) => `\`${one}\``).join(', ');

/** What the owner of a database or warehouse may lose with its public address. */
export function lostClients(name: string, groupIds: readonly string[], groups: ReadonlyMap<string, ConfigurationItem>): readonly string[] {
  return [
    `clients of \`${name}\` outside its VPC are cut off: the endpoint keeps its name, which resolves to the private address once cached DNS answers have expired`,
    ...groupIds.flatMap((id) => {
      const item = groups.get(id);
      if (item === undefined) return [`security group \`${id}\` was not found, so nobody can say here whom it lets in from outside`];
      const { publicSources } = securityGroup(item);
      return publicSources.length === 0 ? [] : [`security group \`${id}\` lets in ${named(publicSources)}: whoever connects from there over the internet is cut off`];
    }),
  ];
}

/** A resource that a stack made drifts from its template when it is changed beside it. */
export function stackDrift({ tags }: ConfigurationItem): readonly string[] {
  const stack = tags['aws:cloudformation:stack-name'];
  return stack === undefined ? [] : [`CloudFormation stack \`${stack}\` made the resource: change its template too, or its next deployment may undo this or fail`];
}

/** A modification asked for with ApplyImmediately would carry these out as well; ours is not. */
export const leftPending = (pending: readonly string[]): readonly string[] =>
  pending.length === 0 ? [] : [`pending modifications stay pending until the maintenance window: ${named(pending)}`];
