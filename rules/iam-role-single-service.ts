import { BadParameter, list, type Parameter } from '../core/parameters.ts';
import { defineRule } from '../core/rule.ts';
import { compliant, nonCompliant, notApplicable } from '../core/verdict.ts';

const lists = list('which AWS services may share a role, joined as in `codebuild+codepipeline`; replaces the default', [
  // One purpose, two names: the services of each group act for the same resource.
  'codebuild+codepipeline', 'eks+eks-fargate-pods', 'events+scheduler', 'lambda+edgelambda', 'redshift+redshift-serverless',
]);
const allowedPairs: Parameter<readonly string[]> = { ...lists, parse(value) {
  const pairs = lists.parse(value);
  const wrong = pairs.find((pair) => !/^[a-z0-9-]+(?:\+[a-z0-9-]+)+$/.test(pair));
  if (wrong !== undefined) throw new BadParameter(`expected services joined by +, as in \`lambda+edgelambda\`, found \`${wrong}\``);
  return pairs;
} };

export const iamRoleSingleService = defineRule({
  id: 'iam-role-single-service',
  title: 'IAM roles trust one AWS service at most',
  why: 'A role that several services can assume holds the rights that all of them need, so whoever controls a resource of one service acts with rights meant for another.',
  fix: 'Give each service a role of its own, with only the permissions that service needs, and let the old trust policy name one of them.',
  severity: 'low', boundary: 'identity', objective: 'principals',
  resourceTypes: ['AWS::IAM::Role'], trigger: 'change',
  parameters: { allowedPairs },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  ],
  requirements: ['R41'],
  exception: 'whole',
  evaluate({ managedByAws, path, trustPolicy }, { parameters: { allowedPairs: pairs } }) {
    if (managedByAws) return notApplicable(`AWS keeps the trust policies of roles under \`${path}\``);
    const groups = pairs.map((pair) => pair.split('+'));
    const services = new Set<string>();
    let last = '';
    for (const { effect, principals, at } of trustPolicy.statements) {
      if (effect !== 'Allow' || principals === undefined || principals.negated) continue;
      for (const service of principals.services.map(serviceOf)) {
        if (services.has(service)) continue;
        services.add(service);
        last = at;
      }
    }
    if (services.has('*')) {
      return nonCompliant({ at: `/assumeRolePolicyDocument${last}`, message: 'every AWS service can assume this role, each with the rights meant for the others', severity: 'low' });
    }
    const names = [...services].sort();
    if (names.length < 2 || groups.some((group) => names.every((name) => group.includes(name)))) return compliant();
    return nonCompliant({
      at: `/assumeRolePolicyDocument${last}`,
      message: `${names.length} AWS services can assume this role (${names.map((name) => `\`${name}\``).join(', ')}), each with the rights meant for the others`,
      severity: 'low',
    });
  },
});

/**
 * The service in a service principal: `states` in `states.eu-west-1.amazonaws.com`, `ec2` in `ec2.amazonaws.com.cn`, `rds` in
 * `monitoring.rds.amazonaws.com`: Region and partition say where, further labels which part of the service.
 */
function serviceOf(principal: string): string {
  const labels = principal.toLowerCase().replace(/\.amazon(?:aws)?\.com(?:\.cn)?$/, '').split('.').filter((label) => !/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(label));
  return labels.at(-1) ?? principal;
}
