import type { AnyRule } from '../../../core/rule.ts';
import { PACK, storedQueryName } from '../../names.ts';

export interface Query { readonly name: string; readonly description: string; readonly expression: string }

/** The pack in an account, and in accounts that an organization pack reaches. https://docs.aws.amazon.com/config/latest/developerguide/conformance-pack-organization-apis.html */
const ofPack = `resourceType = 'AWS::Config::ConformancePackCompliance' AND (resourceName = '${PACK}' OR resourceName LIKE 'OrgConformsPack-${PACK}-%')`;
/** Resources that some rule finds non-compliant and that the given rules judge; a pack puts a suffix on the names of its rules. */
const judgedBy = (rules: readonly AnyRule[]): string => [
  "resourceType = 'AWS::Config::ResourceCompliance'", "configuration.configRuleList.complianceType = 'NON_COMPLIANT'",
  `(${rules.map(({ id }) => `configuration.configRuleList.configRuleName LIKE '${id}%'`).join(' OR ')})`,
].join(' AND ');

/** Boundaries that have rules. */
const boundaries = ['identity', 'resource', 'network'] as const;

/**
 * Queries to be run against the aggregator. The language has neither CASE nor a way to ask two things of the same element of a list, so what
 * is counted exactly is counted from the results of the pack, and what is listed by resource shows each rule with its result.
 * https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html
 * https://github.com/awslabs/aws-config-resource-schema/tree/master/config/properties/resource-types
 */
export const queriesOf = (rules: readonly AnyRule[]): readonly Query[] => [
  {
    name: storedQueryName('account'),
    description: 'Accounts in which rules of the data perimeter find something, with the number of those rules, each counted in each Region.',
    expression: `SELECT accountId, SUM(configuration.nonCompliantRuleCount) WHERE ${ofPack} AND configuration.complianceType = 'NON_COMPLIANT' GROUP BY accountId`,
  },
  {
    name: storedQueryName('rule'),
    description: 'Resources judged by rules of the data perimeter that some rule finds non-compliant. The list of rules says which; it may be one that is not ours.',
    expression: `SELECT configuration.configRuleList, configuration.targetResourceType, configuration.targetResourceId, accountId, awsRegion WHERE ${judgedBy(rules)}`,
  },
  ...boundaries.flatMap((boundary): Query[] => {
    const ours = rules.filter((rule) => rule.boundary === boundary);
    return ours.length === 0 ? [] : [{
      name: `${storedQueryName('boundary')}-${boundary}`,
      description: `Number of resources by account and type that rules of the ${boundary} boundary judge and some rule finds non-compliant: so many at most break this boundary.`,
      expression: `SELECT accountId, configuration.targetResourceType, COUNT(*) WHERE ${judgedBy(ours)} GROUP BY accountId, configuration.targetResourceType`,
    }];
  }),
];
