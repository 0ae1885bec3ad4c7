import { parsePolicy, type Perimeter } from '../policy/index.ts';
import type { Clause } from '../core/inside.ts';
import { both, some, type Conditions } from './conditions.ts';

/**
 * Holds for AWS services that act for somebody else. One that tells no source is spared: not all do, and none tells its organization
 * without its account. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function forStrangers({ organizations, standaloneAccounts }: Perimeter): Conditions {
  return {
    StringNotEqualsIfExists: { ...organizations.length === 0 ? {} : { 'aws:SourceOrgID': some(organizations) }, ...standaloneAccounts.length === 0 ? {} : { 'aws:SourceAccount': some(standaloneAccounts) } },
    Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' },
  };
}

const clause = (of: string, Condition: Conditions): Clause => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: both({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }, Condition) }] }) });

/** What AWS services may do for me: for accounts of mine, and without telling for whom. */
export const forMe = ({ organizations, standaloneAccounts }: Perimeter): readonly Clause[] => [
  clause('calls that tell no source', { Null: { 'aws:SourceAccount': 'true', 'aws:SourceOrgID': 'true' } }),
  ...organizations.length === 0 ? [] : [clause('calls for my organization', { StringEquals: { 'aws:SourceOrgID': organizations } })],
  ...standaloneAccounts.length === 0 ? [] : [clause('calls for standalone accounts', { StringEquals: { 'aws:SourceAccount': standaloneAccounts } })],
];
