import { describe, expect, it, test } from 'vitest';
import { confineVpcEndpointPolicy } from '../../remediations/confine-vpc-endpoint-policy.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import type { Perimeter } from '../../policy/index.ts';
import { policy, vpcEndpoint } from '../support/items.ts';
import { organization, ownAccount, partnerAccount, strangerAccount } from '../support/perimeter.ts';
import { planOf, told } from './policy-plan.ts';

type Json = Record<string, unknown>;
const anything: Json = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const allow = (more: Json): Json => ({ ...anything, ...more });
const own = { 'aws:PrincipalOrgID': organization, 'aws:ResourceOrgID': organization };
const byServices = { Bool: { 'aws:PrincipalIsAWSService': 'true' } };
const isUnsigned = { Null: { 'aws:PrincipalIsAWSService': 'true' } };
const foreign = 'o-a1b2c3d4e5';
const endpoint = (service: string, ...statements: Json[]): ConfigurationItem => vpcEndpoint(policy(...statements), { serviceName: `com.amazonaws.eu-west-1.${service}` });
const gateway = (...statements: Json[]): ConfigurationItem => vpcEndpoint(policy(...statements), { serviceName: 'com.amazonaws.eu-west-1.s3', vpcEndpointType: 'Gateway' });

const toOrganization = 'hold Statement 0 to resources of the organization';
const toMembers = 'hold Statement 0 to members of the organization, AWS services, a statement each';

interface Row { readonly item: ConfigurationItem; readonly perimeter?: Partial<Perimeter>; readonly plan: unknown }
const rows: Readonly<Record<string, Row>> = {
  'the default policy of an interface endpoint': {
    item: endpoint('sqs', anything),
    plan: { outcome: 'apply', steps: [toMembers, toOrganization], statements: [allow({ Condition: { StringEquals: own } }), allow({ Condition: byServices })] },
  },
  'the default policy of a gateway endpoint': {
    item: gateway(anything),
    plan: { outcome: 'apply', steps: [toMembers, toOrganization], statements: [allow({ Condition: { StringEquals: own } }), allow({ Condition: byServices })] },
  },
  'an endpoint of STS keeps calls with a token, to roles of mine': {
    item: endpoint('sts', anything),
    plan: {
      outcome: 'apply', steps: ['hold Statement 0 to members of the organization, AWS services, unsigned calls to resources of the organization, a statement each', toOrganization],
      statements: [
        allow({ Condition: { StringEquals: own } }), allow({ Condition: byServices }),
        allow({ Action: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'], Condition: { ...isUnsigned, StringEquals: { 'aws:ResourceOrgID': organization } } }),
      ],
    },
  },
  'public objects and a short list of AWS-owned buckets are kept': {
    item: gateway({ ...anything, Sid: 'Default' }),
    perimeter: { unsignedActions: ['s3:GetObject'], awsOwnedResources: ['arn:aws:s3:::prod-${region}-starport-layer-bucket', 'arn:aws:s3:::aws-ssm-us-east-1'] },
    plan: {
      outcome: 'apply',
      steps: [
        'hold Statement 0 (`Default`) to members of the organization, AWS services, unsigned calls, unsigned reads of AWS-owned resources, a statement each',
        'hold Statement 0 (`Default`) to resources of the organization, AWS-owned resources, calls that may be unsigned, a statement each',
      ],
      statements: [
        allow({ Sid: 'Default', Condition: { StringEquals: own } }),
        allow({ Sid: 'DefaultAwsOwned2', Resource: ['arn:aws:s3:::prod-eu-west-1-starport-layer-bucket', 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*'], Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }),
        allow({ Sid: 'DefaultUnsigned2', Action: 's3:GetObject', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }),
        allow({ Sid: 'DefaultServices', Condition: byServices }),
        allow({ Sid: 'DefaultUnsigned', Action: 's3:GetObject', Condition: isUnsigned }),
        allow({
          Sid: 'DefaultAwsOwned', Action: ['s3:Get*', 's3:List*', 's3:Head*', 's3:Describe*'], Condition: isUnsigned,
          Resource: ['arn:aws:s3:::prod-eu-west-1-starport-layer-bucket', 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*'],
        }),
      ],
    },
  },
  'a partner keeps what it was granted': {
    item: endpoint('sqs', allow({ Resource: 'arn:aws:sqs:eu-west-1:111111111111:*' })),
    perimeter: { partners: [{ name: 'Example Monitoring', accounts: [partnerAccount], externalIds: undefined, reachable: [], resources: [{ arn: 'arn:aws:sqs:eu-west-1:111111111111:metrics', actions: ['sqs:SendMessage'] }] }] },
    plan: {
      outcome: 'apply', steps: ['hold Statement 0 to members of the organization, AWS services, partner Example Monitoring, a statement each'],
      statements: [
        allow({ Resource: 'arn:aws:sqs:eu-west-1:111111111111:*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }),
        allow({ Resource: 'arn:aws:sqs:eu-west-1:111111111111:*', Condition: byServices }),
        allow({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111111111111:metrics', Condition: { StringEquals: { 'aws:PrincipalAccount': partnerAccount } } }),
      ],
    },
  },
  'conditions, order and other statements stay': {
    item: endpoint('sqs', { Effect: 'Deny', Principal: '*', Action: 'sqs:DeleteQueue', Resource: '*' }, allow({ Sid: 'Encrypted', Condition: { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:ResourceOrgID': organization } } }), allow({ Sid: 'Reports', Action: 'sqs:ReceiveMessage', Condition: { StringEquals: own } })),
    plan: {
      outcome: 'apply', steps: ['hold Statement 1 (`Encrypted`) to members of the organization, AWS services, a statement each'],
      statements: [
        { Effect: 'Deny', Principal: '*', Action: 'sqs:DeleteQueue', Resource: '*' },
        allow({ Sid: 'Encrypted', Condition: { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: own } }),
        allow({ Sid: 'EncryptedServices', Condition: { Bool: { 'aws:SecureTransport': 'true', 'aws:PrincipalIsAWSService': 'true' }, StringEquals: { 'aws:ResourceOrgID': organization } } }),
        allow({ Sid: 'Reports', Action: 'sqs:ReceiveMessage', Condition: { StringEquals: own } }),
      ],
    },
  },
  'a condition that a missing key passes': {
    item: endpoint('sqs', allow({ Condition: { StringEqualsIfExists: own } })),
    plan: {
      outcome: 'apply', steps: [toMembers, 'write `StringEquals` instead of `StringEqualsIfExists` for `aws:ResourceOrgID` in Statement 0'],
      statements: [allow({ Condition: { StringEquals: own } }), allow({ Condition: { StringEqualsIfExists: own, ...byServices } })],
    },
  },
  'a single statement that is no list': {
    item: vpcEndpoint({ Version: '2012-10-17', Statement: allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }) }),
    plan: { outcome: 'apply', steps: ['hold Statement to resources of the organization'], statements: allow({ Condition: { StringEquals: own } }) },
  },
  'a statement that another makes idle for members': {
    item: endpoint('sqs', anything, allow({ Sid: 'Members', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } })),
    plan: {
      outcome: 'apply', steps: ['hold Statement 0 to AWS services', 'hold Statement 1 (`Members`) to resources of the organization'],
      statements: [allow({ Condition: byServices }), allow({ Sid: 'Members', Condition: { StringEquals: own } })],
    },
  },
  'an organization named beside mine needs approval': {
    item: endpoint('sqs', allow({ Condition: { StringEquals: { ...own, 'aws:PrincipalOrgID': [organization, foreign] } } })),
    plan: {
      outcome: 'needs-approval', steps: [`remove \`${foreign}\` from \`aws:PrincipalOrgID\` in Statement 0`],
      statements: [allow({ Condition: { StringEquals: { ...own, 'aws:PrincipalOrgID': [organization] } } })],
      approval: ['the policy lets somebody in by name: members of the organization `o-a1b2c3d4e5`, which is not yours, can use the endpoint through Statement 0: the role `arn:aws:iam::999999999999:role/someone` could call sqs:SendMessage on `arn:aws:sqs:us-east-1:111111111111:something`'],
    },
  },
  'a stranger among principals needs approval': {
    item: endpoint('sqs', allow({ Principal: { AWS: [`arn:aws:iam::${strangerAccount}:root`, 'arn:aws:iam::111111111111:root'] }, Resource: 'arn:aws:sqs:eu-west-1:111111111111:q' })),
    plan: {
      outcome: 'needs-approval', steps: [`remove \`arn:aws:iam::${strangerAccount}:root\` from Statement 0`],
      statements: [allow({ Principal: { AWS: ['arn:aws:iam::111111111111:root'] }, Resource: 'arn:aws:sqs:eu-west-1:111111111111:q' })],
      approval: ['the policy lets somebody in by name: account 999999999999, which is outside the perimeter, can use the endpoint through Statement 0: the role `arn:aws:iam::999999999999:role/someone` could call sqs:SendMessage on `arn:aws:sqs:eu-west-1:111111111111:q`'],
    },
  },
  'standalone accounts in no organization': {
    item: endpoint('sqs', anything), perimeter: { organizations: [], accounts: [], standaloneAccounts: ['111111111111', '222222222222'] },
    plan: {
      outcome: 'apply', steps: ['hold Statement 0 to standalone accounts, AWS services, a statement each', 'hold Statement 0 to resources of standalone accounts'],
      statements: [allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': ['111111111111', '222222222222'], 'aws:ResourceAccount': ['111111111111', '222222222222'] } } }), allow({ Condition: byServices })],
    },
  },
  'principals of a standalone account that a tag takes out of the perimeter': {
    item: endpoint('sqs', anything), perimeter: { organizations: [], accounts: [], standaloneAccounts: [ownAccount], exclusionTags: { principal: { 'dp:x': 'true' }, resource: {} } },
    plan: {
      outcome: 'apply',
      steps: ['hold Statement 0 to standalone accounts, AWS services, a statement each', 'hold Statement 0 to resources of standalone accounts, principals with the tag `dp:x`, a statement each'],
      statements: [
        allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': ownAccount, 'aws:ResourceAccount': ownAccount } } }),
        allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': ownAccount, 'aws:PrincipalTag/dp:x': 'true' } } }), allow({ Condition: byServices }),
      ],
    },
  },
  'the same beside an organization': {
    item: endpoint('sqs', anything), perimeter: { standaloneAccounts: ['333333333333'], exclusionTags: { principal: { 'dp:x': 'true' }, resource: {} } },
    plan: {
      outcome: 'apply',
      steps: [
        'hold Statement 0 to members of the organization, standalone accounts, AWS services, a statement each',
        ...[0, 3].map((index) => `hold Statement ${index} to resources of the organization, resources of standalone accounts, principals with the tag \`dp:x\`, a statement each`),
      ],
      statements: [
        ...[{ 'aws:PrincipalOrgID': organization }, { 'aws:PrincipalAccount': '333333333333' }].flatMap((caller) => [{ 'aws:ResourceOrgID': organization }, { 'aws:ResourceAccount': '333333333333' }, { 'aws:PrincipalTag/dp:x': 'true' }]
          .map((beside) => allow({ Condition: { StringEquals: { ...caller, ...beside } } }))),
        allow({ Condition: byServices }),
      ],
    },
  },
  'paths of the organization': {
    item: endpoint('sqs', anything), perimeter: { accounts: undefined, organizationPaths: [`${organization}/r-ab12/ou-ab12-11111111/*`] },
    plan: {
      outcome: 'apply', steps: ['hold Statement 0 to members of the organization, the own account, AWS services, a statement each', 'hold Statement 1 to resources of the organization', toOrganization],
      statements: [
        allow({ Condition: { StringEquals: own, 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${organization}/r-ab12/ou-ab12-11111111/*` } } }),
        allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': ownAccount, 'aws:ResourceOrgID': organization } } }), allow({ Condition: byServices }),
      ],
    },
  },
  'accounts that are listed, of which some may lie on other paths': {
    item: endpoint('sqs', anything), perimeter: { organizationPaths: [`${organization}/r-ab12/ou-ab12-11111111/*`] },
    plan: {
      outcome: 'needs-approval', steps: [toMembers, toOrganization],
      statements: [allow({ Condition: { StringEquals: own, 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${organization}/r-ab12/ou-ab12-11111111/*` } } }), allow({ Condition: byServices })],
      approval: ['known accounts that lie off `organizationPaths` would be cut off: the role `arn:aws:iam::111111111111:role/someone` could call sqs:SendMessage on `arn:aws:sqs:us-east-1:111111111111:something`'],
    },
  },
  'a policy that is closed': {
    item: endpoint('sqs', allow({ Condition: { StringEquals: own } })),
    plan: { outcome: 'noop', because: '`vpc-endpoint-trusted-principals` is compliant; `vpc-endpoint-trusted-resources` is compliant' },
  },
  'braces that Systems Manager would expand': {
    item: endpoint('sqs', allow({ Sid: '{{ x }}' })),
    plan: { outcome: 'refuse', because: 'the policy contains `{{`, which Systems Manager expands' },
  },
  'an account whose owner nobody knows': {
    item: endpoint('sqs', allow({ Principal: { AWS: strangerAccount } })), perimeter: { accounts: undefined },
    plan: { outcome: 'refuse', because: '`vpc-endpoint-trusted-principals` is undecided: the definition does not tell whose account `999999999999` is' },
  },
  'an item without a document': {
    item: vpcEndpoint(undefined),
    plan: { outcome: 'refuse', because: '`vpc-endpoint-trusted-principals` is undecided: the item holds no policy document; the evaluator in the account asks EC2 for it, a recording alone cannot tell' },
  },
};

describe('confine-vpc-endpoint-policy', () => {
  it.each(Object.entries(rows))('%s', (_, { item, perimeter, plan }) => {
    expect(told(planOf(confineVpcEndpointPolicy, item, perimeter))).toEqual(plan);
  });

  it('says what is lost of the whole catalogue of AWS-owned buckets, for which a policy has no room', () => {
    const owned = Array.from({ length: 70 }, (_, i) => `arn:aws:s3:::owned-${i}`);
    const plan = planOf(confineVpcEndpointPolicy, gateway(anything), { awsOwnedResources: owned, unsignedActions: [] });
    expect(plan).toMatchObject({ outcome: 'needs-approval', approval: [
      'unsigned reads of AWS-owned resources would be cut off: an unsigned caller could call s3:GetObject on `arn:aws:s3:::owned-0`',
      'AWS-owned resources would be cut off: the role `arn:aws:iam::111111111111:role/someone` could call s3:GetObject on `arn:aws:s3:::owned-0`',
    ] });
  });

  test('a policy that would be too long is refused', () => {
    const many = Array.from({ length: 160 }, (_, i) => allow({ Sid: `Task${i}`, Action: `sqs:SendMessage`, Resource: `arn:aws:sqs:eu-west-1:111111111111:queue-${i}`, Condition: { StringEquals: { 'aws:ResourceOrgID': organization }, ...i > 0 ? { Bool: { 'aws:PrincipalIsAWSService': 'true' } } : {} } }));
    expect(told(planOf(confineVpcEndpointPolicy, endpoint('sqs', ...many)))).toEqual({ outcome: 'refuse', because: expect.stringMatching(/^the new policy has 3\d{4} characters, and AWS takes 20480$/) as string });
  });

  test('the plan says what it changes, calls and proved', () => {
    const plan = planOf(confineVpcEndpointPolicy, endpoint('sqs', allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } })));
    const after = policy(allow({ Condition: { StringEquals: own } }));
    expect(plan).toEqual({
      outcome: 'apply', steps: [toOrganization], approval: [],
      before: { policyDocument: policy(allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } })) }, after: { policyDocument: after },
      calls: [{ service: 'ec2', api: 'ModifyVpcEndpoint', input: { VpcEndpointId: 'vpce-0123456789abcdef0', PolicyDocument: JSON.stringify(after) } }],
      risks: [
        'calls through the endpoint to or from accounts that the definition does not name are denied; CloudTrail shows them only where network activity events are recorded (`VpceAccessDenied`)',
        'the new policy takes a few minutes to be in force everywhere',
      ],
      certificate: { granted: [], lost: [] },
    });
  });
});
