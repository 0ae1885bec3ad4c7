import type { Random } from './random.ts';
import { accounts, allow, anyRole, deny, identityPool, list, organization, partner, regions, role, strangeOrganization, strangers, trustAnchor, type Draft, type Json } from './world.ts';

const github = 'token.actions.githubusercontent.com';
const serviceNames = ['lambda', 'ec2', 'ecs-tasks', 'states', 'codebuild', 'events', 'glue', 'sagemaker', 'firehose', 'eks'].map((one) => `${one}.amazonaws.com`);
const assume = (more: Json): Json => allow({ Action: 'sts:AssumeRole', ...more });
const federated = (provider: string, condition: Json, action = 'sts:AssumeRoleWithWebIdentity'): Json => allow({ Principal: { Federated: provider }, Action: action, Condition: condition });
const oidc = (account: string, issuer: string): string => `arn:aws:iam::${account}:oidc-provider/${issuer}`;
const cluster = (random: Random): string => `oidc.eks.${random.pick(regions)}.amazonaws.com/id/${random.text(32, '0123456789ABCDEF')}`;
const notMine = deny({ Sid: 'NotMyOrganization', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': organization } } });

type Family = (random: Random, account: string) => Json[];
const families: Readonly<Record<string, Family>> = {
  'a service': (random) => [assume({ Principal: { Service: list(random, random.some(serviceNames, 1, 3)) } })],
  'a service for my account': (random, account) => [assume({ Principal: { Service: random.pick(serviceNames) }, Condition: { StringEquals: { 'aws:SourceAccount': account } } }), ...(random.chance(0.5) ? [notMine] : [])],
  'roles of mine': (random, account) => [
    assume({ Sid: 'Roles', Principal: { AWS: list(random, Array.from({ length: 1 + random.below(5) }, () => anyRole(random))) } }),
    ...(random.chance(0.5) ? [assume({ Sid: 'Root', Principal: { AWS: `arn:aws:iam::${account}:root` }, ...(random.chance(0.5) ? { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } : {}) })] : []),
    ...(random.chance(0.3) ? [allow({ Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: ['sts:TagSession', 'sts:SetSourceIdentity'] })] : []),
  ],
  'the organization': (random) => [assume({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': organization }, ...(random.chance(0.6) ? { ArnLike: { 'aws:PrincipalArn': [role('*', 'deploy'), role('*', 'ops/*')].slice(0, 1 + random.below(2)) } } : {}) } })],
  'a partner with external id': (random) => [assume({ Principal: { AWS: random.pick([partner.account, `arn:aws:iam::${partner.account}:root`, role(partner.account, 'collector')]) }, Condition: { StringEquals: { 'sts:ExternalId': partner.externalId } } })],
  'GitHub': (random, account) => Array.from({ length: 1 + random.below(3) }, () => federated(oidc(account, github), {
    StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${github}:sub`]: list(random, random.some(['repo:acme/app:ref:refs/heads/main', 'repo:acme/infra:*', 'repo:acme/*:environment:production', 'repo:acme@123/app@456:*'], 1, 3)) },
  })),
  'EKS': (random, account) => {
    const issuer = cluster(random);
    return [federated(oidc(account, issuer), { StringEquals: { [`${issuer}:sub`]: `system:serviceaccount:${random.pick(['default', 'apps', 'data'])}:worker`, [`${issuer}:aud`]: 'sts.amazonaws.com' } }),
      ...(random.chance(0.4) ? [allow({ Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] })] : [])];
  },
  'SAML': (random, account) => [federated(`arn:aws:iam::${account}:saml-provider/Okta`, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }, 'sts:AssumeRoleWithSAML'), ...(random.chance(0.4) ? [assume({ Principal: { AWS: anyRole(random) } })] : [])],
  'Cognito': () => [federated('cognito-identity.amazonaws.com', { StringEquals: { 'cognito-identity.amazonaws.com:aud': identityPool }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } })],
  'a deny outside the organization': (random) => [
    assume({ Principal: { AWS: '*' }, ...(random.chance(0.5) ? { Condition: { ArnLike: { 'aws:PrincipalArn': role('*', 'audit-*') } } } : {}) }), notMine,
    ...(random.chance(0.4) ? [deny({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] }, Bool: { 'aws:ViaAWSService': 'false' } } })] : []),
  ],
  'Roles Anywhere': (_, account) => [allow({ Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], Condition: { ArnEquals: { 'aws:SourceArn': trustAnchor(account) } } })],
  'a landing zone': (random, account) => [
    assume({ Sid: 'Service', Principal: { Service: random.pick(serviceNames) } }), assume({ Sid: 'Deploy', Principal: { AWS: role(accounts[0]!, 'deploy') } }),
    assume({ Sid: 'Organization', Principal: { AWS: '*' }, Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${organization}/r-ab12/ou-ab12-11111111/*`, `${organization}/r-ab12/ou-ab12-22222222/*`] }, StringLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*` } } }),
    federated(oidc(account, github), { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com', [`${github}:repository`]: 'acme/landing-zone' } }), notMine,
  ],
};

const breaches: Readonly<Record<string, Family>> = {
  'anybody': () => [assume({ Principal: { AWS: '*' } })],
  'a mistyped account': (random) => [assume({ Principal: { AWS: [anyRole(random), role(random.pick(strangers), 'deploy')] } })],
  'a partner without external id': () => [assume({ Principal: { AWS: partner.account } })],
  'GitHub without subject': (_, account) => [federated(oidc(account, github), { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } })],
  'GitHub with a subject that ends too early': (_, account) => [federated(oidc(account, github), { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${github}:sub`]: 'repo:acme*' } })],
  'IfExists on the organization': () => [assume({ Principal: { AWS: '*' }, Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': organization } } })],
  'the organization written wrong': () => [assume({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': strangeOrganization } } })],
  'any office': () => [assume({ Principal: { AWS: '*' }, Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } } })],
};

export function trustPolicy(random: Random, sound: boolean): Draft {
  const account = random.pick(accounts);
  const [name, family] = random.pick(Object.entries(sound ? families : breaches));
  return { name: `trust: ${name}`, kind: 'trust', account, resource: role(account, 'judged'), statements: family(random, account) };
}
