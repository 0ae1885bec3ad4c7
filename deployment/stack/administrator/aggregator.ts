import type { AnyRule } from '../../../core/rule.ts';
import { AGGREGATOR } from '../../names.ts';
import type { Role } from '../../role.ts';
import { roleResource } from '../role-resource.ts';
import { queriesOf } from './queries.ts';

/**
 * What AWS Config asks of Organizations to know the accounts, as in AWSConfigRoleForOrganizations. Only principals of the account can give an
 * aggregator a role of the account, and AWS Config's guide names no source in the trust. https://docs.aws.amazon.com/config/latest/developerguide/set-up-aggregator-cli.html
 */
export const aggregatorRole = (): Role => ({
  stem: 'aggregator', heedsExclusion: [],
  description: 'AWS Config lists the accounts of the organization as this role.',
  trust: { Sid: 'Config', Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: ['sts:AssumeRole'] },
  statements: [{
    Sid: 'ReadOrganization', Effect: 'Allow', Resource: ['*'],
    Action: ['organizations:DescribeOrganization', 'organizations:ListAWSServiceAccessForOrganization', 'organizations:ListAccounts', 'organizations:ListDelegatedAdministrators'],
  }],
});

const words = (name: string): string => name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');

/** Results of all accounts and Regions in one place, and the questions to ask of them. The template has the condition `HasStoredQueries`. */
export const aggregator = (rules: readonly AnyRule[]): Readonly<Record<string, object>> => ({
  AggregatorRole: roleResource(aggregatorRole()),
  Aggregator: {
    Type: 'AWS::Config::ConfigurationAggregator',
    Properties: { ConfigurationAggregatorName: AGGREGATOR, OrganizationAggregationSource: { AllAwsRegions: true, RoleArn: { 'Fn::GetAtt': ['AggregatorRole', 'Arn'] } } },
  },
  ...Object.fromEntries(queriesOf(rules).map(({ name, description, expression }) => [words(name.slice('perimeter-'.length)), {
    Type: 'AWS::Config::StoredQuery', Condition: 'HasStoredQueries',
    Properties: { QueryName: name, QueryDescription: description, QueryExpression: expression },
  }])),
});
