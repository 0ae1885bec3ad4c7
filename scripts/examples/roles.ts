import { accounts, organization, partners } from './accounts.ts';
import { creationTime, item, letters, urlEncoded, type Item, type State } from './item.ts';

type Statement = Readonly<Record<string, unknown>>;
type Trust = readonly Statement[];

interface Role {
  readonly name: string;
  readonly account: string;
  readonly path?: string;
  readonly trust: Trust;
  /** What it became when it was mended. */
  readonly mended?: Trust;
}

const ours = { StringEquals: { 'aws:PrincipalOrgID': organization } };
const assume = (Principal: unknown, Condition?: unknown, Action: unknown = 'sts:AssumeRole'): Statement =>
  ({ Effect: 'Allow', Principal, Action, ...(Condition === undefined ? {} : { Condition }) });
const service = (...names: string[]): Statement => assume({ Service: names.length === 1 ? `${names[0]}.amazonaws.com` : names.map((one) => `${one}.amazonaws.com`) });
const withExternalId = (account: string, id: unknown, operator = 'StringEquals'): Statement => assume({ AWS: account }, { [operator]: { 'sts:ExternalId': id } });
const roles = (account: string, ...names: string[]): string[] => names.map((name) => `arn:aws:iam::${account}:role/${name}`);

const github = (account: string, conditions: unknown): Statement =>
  assume({ Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` }, conditions, 'sts:AssumeRoleWithWebIdentity');
const githubAudience = { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' };
const githubSubject = (subject: string): unknown => ({ StringEquals: githubAudience, StringLike: { 'token.actions.githubusercontent.com:sub': subject } });
const cluster = 'oidc.eks.eu-central-1.amazonaws.com/id/8C1F0E6A2B7D4935A1E0C4D2B6F83A57';

const { security, storefront, payments, data, network, logistics } = accounts;

/** IAM roles by the situation their trust policies show. */
const definitions: readonly Role[] = [
  // The organization as a condition: the shape the whitepaper asks for.
  { name: 'incident-response', account: security, trust: [assume({ AWS: '*' }, ours)] },
  // The same as a Deny beside the Allow.
  {
    name: 'log-archive-reader', account: security, trust: [
      assume({ AWS: [...roles(storefront, 'observability'), ...roles(payments, 'observability')] }),
      { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringNotEquals: { 'aws:PrincipalOrgId': organization } } },
    ],
  },
  // Made at three in the morning when single sign-on was down. «Only people with MFA», but every stranger has a second factor of his own.
  { name: 'break-glass', account: security, trust: [assume({ AWS: '*' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })], mended: [assume({ AWS: '*' }, { ...ours, Bool: { 'aws:MultiFactorAuthPresent': 'true' } })] },
  // The auditors of 2023: the contract ended, the role did not.
  { name: 'annual-audit-2023', account: security, trust: [withExternalId('777788889999', 'larkfield-2023')], mended: [withExternalId(partners.audit, 'larkfield-harbour-2026')] },
  { name: 'annual-audit', account: security, trust: [withExternalId(partners.audit, 'larkfield-harbour-2026')] },

  // The partner, right once and wrong three times.
  { name: 'example-monitoring', account: security, trust: [withExternalId(partners.monitoring, '12345')] },
  // «We'll add the id when they send it.»
  { name: 'example-monitoring', account: storefront, trust: [assume({ AWS: `arn:aws:iam::${partners.monitoring}:root` })], mended: [withExternalId(partners.monitoring, '12345')] },
  // The id from the partner's trial account was left in the list.
  { name: 'example-monitoring', account: payments, trust: [withExternalId(partners.monitoring, ['12345', 'test'])], mended: [withExternalId(partners.monitoring, '12345')] },
  { name: 'example-monitoring', account: data, trust: [withExternalId(partners.monitoring, '*', 'StringLike')], mended: [withExternalId(partners.monitoring, '12345')] },
  // One statement for all vendors, so both partners present one id.
  {
    name: 'vendor-read', account: logistics, trust: [assume({ AWS: [partners.monitoring, partners.audit] }, { StringEquals: { 'sts:ExternalId': '12345' } })],
    mended: [withExternalId(partners.monitoring, '12345'), withExternalId(partners.audit, 'larkfield-harbour-2026')],
  },
  // Our roles by organization and a partner by external id, in one policy, with an account mistyped: nobody gets in by it.
  {
    name: 'release-artifacts', account: storefront, trust: [
      assume({ AWS: [...roles(payments, 'role1', 'role2'), ...roles('333344454555', 'role8'), ...roles(data, 'role9', 'role10')] }, ours),
      withExternalId(partners.monitoring, '12345'),
    ],
  },
  // The same slip without the organization: role8 belongs to somebody else, who may now publish our releases.
  {
    name: 'release-publisher', account: storefront,
    trust: [assume({ AWS: [...roles(payments, 'role1', 'role2'), ...roles('333344454555', 'role8')] })],
    mended: [assume({ AWS: roles(payments, 'role1', 'role2', 'role8') }, ours)],
  },
  // Own accounts need no condition.
  { name: 'orders-reader', account: storefront, trust: [assume({ AWS: [`arn:aws:iam::${data}:root`, ...roles(payments, 'settlement')] })] },
  // The intern's role was deleted; IAM keeps its unique id, which matches nobody.
  { name: 'catalogue-import', account: storefront, trust: [assume({ AWS: `AROA${letters('a deleted role', 17)}` }), service('lambda')] },
  // ForAllValues is true of a caller that has no such key, which is every caller outside of an organization.
  {
    name: 'lake-analyst', account: data,
    trust: [assume({ AWS: '*' }, { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': [`${organization}/r-ab12/ou-ab12-analytics/*`] } })],
    mended: [assume({ AWS: '*' }, { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${organization}/r-ab12/ou-ab12-analytics/*`] } })],
  },
  { name: 'lake-steward', account: data, trust: [assume({ AWS: '*' }, { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${organization}/r-ab12/ou-ab12-analytics/*`] } })] },

  // GitHub: right; copied from a blog that checked the audience alone; and with a slash forgotten, so that larkfield-anything fits.
  { name: 'storefront-deploy', account: storefront, trust: [github(storefront, githubSubject('repo:larkfield/storefront:*'))] },
  { name: 'payments-deploy', account: payments, trust: [github(payments, { StringEquals: githubAudience })], mended: [github(payments, githubSubject('repo:larkfield/payments:ref:refs/heads/main'))] },
  { name: 'data-deploy', account: data, trust: [github(data, githubSubject('repo:larkfield*'))], mended: [github(data, githubSubject('repo:larkfield/*'))] },
  { name: 'lake-ingest', account: data, trust: [assume({ Federated: `arn:aws:iam::${data}:oidc-provider/${cluster}` }, { StringEquals: { [`${cluster}:sub`]: 'system:serviceaccount:lake:ingest' } }, 'sts:AssumeRoleWithWebIdentity')] },
  { name: 'developer', account: payments, trust: [assume({ Federated: `arn:aws:iam::${payments}:saml-provider/Okta` }, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }, 'sts:AssumeRoleWithSAML')] },

  // Services: one; two that have nothing to do with each other; pairs that are one thing; one thing in two Regions.
  { name: 'payments-webhook', account: payments, trust: [service('lambda')] },
  // «It already has the policies that the job needs.»
  { name: 'ledger-export', account: payments, trust: [service('lambda', 'glue')], mended: [service('lambda')] },
  { name: 'edge-redirects', account: storefront, trust: [service('lambda', 'edgelambda')] },
  { name: 'release-pipeline', account: storefront, trust: [service('codebuild', 'codepipeline')] },
  { name: 'hub-log-forwarder', account: network, trust: [service('logs.eu-west-1', 'logs.eu-central-1')] },
  { name: 'parcel-router', account: logistics, trust: [service('ecs-tasks')] },

  // Roles that AWS keeps.
  { name: 'AWSServiceRoleForConfig', account: security, path: '/aws-service-role/config.amazonaws.com/', trust: [service('config')] },
  { name: 'AWSServiceRoleForRDS', account: payments, path: '/aws-service-role/rds.amazonaws.com/', trust: [service('rds')] },
  {
    name: 'AWSReservedSSO_Administrator_4f1c9a7be20d8356', account: storefront, path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    trust: [assume({ Federated: `arn:aws:iam::${storefront}:saml-provider/AWSSSO_a3c5e7091b2d4f68_DO_NOT_DELETE` }, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }, ['sts:AssumeRoleWithSAML', 'sts:TagSession'])],
  },
];

function roleItem({ name, account, path = '/', trust, mended }: Role, state: State): Item {
  const id = `AROA${letters(`${account}/${name}`, 17)}`;
  const arn = `arn:aws:iam::${account}:role${path}${name}`;
  return item({
    account, region: 'global', type: 'AWS::IAM::Role', id, name, arn,
    configuration: {
      path, roleName: name, roleId: id, arn, createDate: creationTime(id),
      assumeRolePolicyDocument: urlEncoded({ Version: '2012-10-17', Statement: state === 'sound' ? mended ?? trust : trust }),
      instanceProfileList: [],
      rolePolicyList: path === '/' ? [{ policyName: 'read', policyDocument: urlEncoded({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'cloudwatch:GetMetricData', Resource: '*' }] }) }] : [],
      attachedManagedPolicies: [], permissionsBoundary: null, tags: [], roleLastUsed: null,
    },
  });
}

export const roleItems = (state: State): Item[] => definitions.map((one) => roleItem(one, state));
