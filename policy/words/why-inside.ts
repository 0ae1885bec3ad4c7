import { binding } from '../tables/key-groups.ts';
import { canonicalName } from '../tables/key-names.ts';
import type { Statement } from '../parse.ts';
import type { Objective } from '../question.ts';
import type { World } from '../world/world.ts';

/** Which part of the policies keeps outsiders out, in words; the search has shown that something does. */
export function whyInside({ policies, profile, prefix, question }: World, objective: Objective): string {
  const allows = policies.flatMap(({ statements }) => statements.filter((one) => one.effect === 'Allow'));
  if (allows.length === 0) return 'it allows nothing';
  const asked = question.kind === 'trust' ? 'sts' : prefix;
  if (asked !== undefined && allows.every((one) => isOfOthers(one, asked))) return `it allows no action of \`${asked}\``;
  const keys = new Set<string>();
  for (const [key, [condition]] of profile.conditions) if (binding[objective].test(key)) keys.add(`\`${canonicalName(key) ?? condition!.name}\``);
  if (keys.size > 0) return `conditions on ${[...keys].join(', ')} keep outsiders out`;
  switch (objective) {
    case 'resources': return 'it names only resources of yours';
    case 'deputies': return 'no AWS service that tells its source can act for somebody else';
    default: return (objective === 'principals' ? onlyNamed(policies) : undefined) ?? 'no request from outside is allowed';
  }
}

/** Whether a statement names actions of other services only. */
const isOfOthers = ({ actions: { negated, test } }: Statement, prefix: string): boolean => !negated && test.patterns.every(({ text }) => {
  const service = text.split(':')[0]!.toLowerCase();
  return service !== prefix && !/[*?]/.test(service);
});

function onlyNamed(policies: World['policies']): string | undefined {
  const named: string[] = [];
  for (const { statements } of policies) for (const { effect, principals: of } of statements) {
    if (effect === 'Allow' && of !== undefined && !of.everyone && !of.negated) named.push(...of.aws, ...of.services, ...of.federated);
  }
  return named.length === 0 ? undefined : `it names only ${named.slice(0, 3).map((one) => `\`${one}\``).join(', ')}${named.length > 3 ? ` and ${named.length - 3} more` : ''}`;
}
