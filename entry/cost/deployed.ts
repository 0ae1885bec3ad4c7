import { administratorStackCompact } from '../../deployment/administrator-stack.ts';
import type { Deployed } from '../../deployment/cost/usage.ts';
import { memberStackCompact, withoutCode } from '../../deployment/member-stack.ts';
import { EVALUATOR, PLANNER, PUBLISHER, REEVALUATOR } from '../../deployment/names.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { readRunbooks } from '../deploy/code.ts';

interface Resource { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }
const resourcesOf = (template: string): readonly Resource[] => Object.values((JSON.parse(template) as { readonly Resources: Readonly<Record<string, Resource>> }).Resources);
const countOf = (resources: readonly Resource[], type: string): number => resources.filter(({ Type }) => Type === type).length;

function memoryOf(resources: readonly Resource[], name: string): number {
  const memory = resources.find(({ Properties }) => Properties?.['FunctionName'] === name)?.Properties?.['MemorySize'];
  if (typeof memory !== 'number') throw new Error(`the stack has no function \`${name}\` with a memory size`);
  return memory;
}

/** What of the stacks is paid for, from the stacks themselves. */
export function deployedIn(hasOrganization: boolean): Deployed {
  const member = resourcesOf(memberStackCompact(rules, remediations, readRunbooks(), withoutCode));
  const administrator = resourcesOf(administratorStackCompact(rules, { publisher: '' }));
  return {
    alarms: countOf(member, 'AWS::CloudWatch::Alarm'),
    memory: { evaluator: memoryOf(member, EVALUATOR), planner: memoryOf(member, PLANNER), reevaluator: memoryOf(member, REEVALUATOR) },
    plannedTypes: [...new Set(remediations.filter(({ decidedBy }) => decidedBy === 'planner').map(({ resourceType }) => resourceType as string))],
    administrator: hasOrganization ? { alarms: countOf(administrator, 'AWS::CloudWatch::Alarm'), keys: countOf(administrator, 'AWS::KMS::Key'), publisherMemory: memoryOf(administrator, PUBLISHER) } : undefined,
  };
}
