import { describe, expect, it } from 'vitest';
import { evaluateItem } from '../../core/evaluate.ts';
import { templates, write } from '../../templates/index.ts';
import { iamRoleTrustedPrincipals } from '../../rules/iam-role-trusted-principals.ts';
import { iamRoleExternalId } from '../../rules/iam-role-external-id.ts';
import { iamRoleSingleService } from '../../rules/iam-role-single-service.ts';
import { vpcEndpointTrustedPrincipals } from '../../rules/vpc-endpoint-trusted-principals.ts';
import { vpcEndpointTrustedResources } from '../../rules/vpc-endpoint-trusted-resources.ts';
import type { AnyRule } from '../../core/rule.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { iamRole, vpcEndpoint } from '../support/items.ts';
import { definition, now, ownAccount, perimeter } from '../support/perimeter.ts';

const written = (kind: string, options: Readonly<Record<string, string>>): string => JSON.stringify(write(templates.find((one) => one.kind === kind)!, perimeter, options, now).documents[0]!.document);
const verdict = (rule: AnyRule, item: ConfigurationItem) => evaluateItem(rule, item, { definition, now, related: () => undefined }).kind;

describe('what is written passes the rule about it', () => {
  it.each([['s3', 'Gateway'], ['dynamodb', 'Gateway'], ['sqs', 'Interface'], ['sts', 'Interface'], ['execute-api', 'Interface'], ['ecr.api', 'Interface'], ['kms', 'Interface']] as const)('an endpoint policy for %s', (service, vpcEndpointType) => {
    const item = vpcEndpoint(written('endpoint-policy', { service, region: 'eu-west-1', account: ownAccount }), { vpcEndpointType, serviceName: `com.amazonaws.eu-west-1.${service}` });
    expect([verdict(vpcEndpointTrustedPrincipals, item), verdict(vpcEndpointTrustedResources, item)]).toEqual(['compliant', 'compliant']);
  });
  it.each([{}, { from: 'organization,partners' }, { service: 'lambda.amazonaws.com' }, { from: 'partners', guard: 'false' }, { guard: 'false' }])('a trust policy with %o', (options) => {
    const item = iamRole(JSON.parse(written('trust-policy', { account: ownAccount, ...options } as Readonly<Record<string, string>>)));
    expect([iamRoleTrustedPrincipals, iamRoleExternalId, iamRoleSingleService].map((rule) => verdict(rule, item))).not.toContain('non-compliant');
    expect(verdict(iamRoleTrustedPrincipals, item)).toBe('compliant');
  });
});
