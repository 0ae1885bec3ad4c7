import { accountForm, foreignOrganization, organizationForm, strangeAccounts } from './accounts.ts';
import { readable, representatives, type Test } from './classes.ts';
import type { Choice, Freedom } from './domains.ts';
import { commonFreedom, testsNetworks, textGlob, type Network } from './freedom.ts';
import { asArnPattern, fill, literal, type Pattern } from './pattern.ts';
import { partitionsOf } from './partitions.ts';
import type { Question } from './question.ts';
import type { Principal, Reach } from './request.ts';
import type { Work } from './classes.ts';

/** A caller with what it carries: the principal, the keys that follow from it, and its freedom under the others. */
export interface Caller {
  readonly principal: Principal;
  readonly fixed: Readonly<Record<string, Choice>>;
  readonly freedom: (key: string) => Freedom;
  readonly reach: Reach;
  /** An account whose owner the definition does not tell. */
  readonly unknownAccount?: string;
  readonly partner?: string;
}

const absent = (...keys: string[]): Record<string, Choice> => Object.fromEntries(keys.map((key) => [key, null]));
const serviceOnly = absent('aws:principalservicename', 'aws:principalservicenameslist');
const noOrganization = absent('aws:principalorgid', 'aws:principalorgpaths');
const noUserName = absent('aws:username');
const signedOnly = absent('aws:principalorgid', 'aws:principalorgpaths', 'aws:principalarn', 'aws:principalisawsservice', 'aws:username', 'kms:calleraccount', 'aws:sourceowner', 'aws:viaawsservice', 'aws:calledvia');

/** The networks a stranger may come from, widest first. */
const networks = (question: Question, bound: boolean): readonly Network[] => {
  if (question.kind === 'vpc-endpoint') return ['this-endpoint'];
  if (!testsNetworks(question)) return bound ? [] : ['internet'];
  return bound ? ['named-address', 'named-vpc'] : ['internet', 'own-vpc'];
};

/** Calls without a signature. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (anonymous access) */
export function anonymousCallers(question: Question, bound = false): Caller[] {
  return networks(question, bound).map((network) => ({
    principal: { kind: 'anonymous' },
    fixed: { ...serviceOnly, ...signedOnly, 'aws:principalaccount': ['anonymous'], 'aws:principaltype': ['Anonymous'], 'aws:userid': ['anonymous'] },
    freedom: (key) => key.startsWith('aws:principaltag/') || key.startsWith('aws:multifactorauth') ? { missing: true, present: false }
      : key === 'lambda:functionurlauthtype' ? { missing: true, present: true, form: literal('NONE') }
        : commonFreedom(key, network, question, undefined),
    reach: bound ? 'network-bound' : 'anonymous',
  }));
}

type Kind = 'role' | 'user' | 'root' | 'federated-user';

export interface Membership {
  /** `undefined`: in no organization. */
  readonly organization: string | undefined;
  /** Patterns of paths the account may lie on. */
  readonly paths?: Pattern;
  readonly exceptPath?: (path: string) => boolean;
  readonly exceptPatterns?: readonly Pattern[];
}

/** IAM principals of one account in one organization, one for every way the policy tells them apart. */
export function iamCallers(question: Question, account: string, membership: Membership, reach: Reach, bound: boolean, work: Work, chosenNetworks = networks(question, bound)): Caller[] | undefined {
  // Root users and federated users cannot call sts:AssumeRole: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  const all: readonly Kind[] = question.kind === 'trust' ? ['role', 'user'] : ['role', 'user', 'root', 'federated-user'];
  const kinds = tellsKinds(question) ? all : all.slice(0, 1);
  const callers: Caller[] = [];
  for (const partition of partitionsOf(question.policy)) {
    for (const kind of kinds) {
      const arns = principalArns(question, account, kind, partition, work);
      if (arns === undefined) return undefined;
      for (const { arn, sessionArn } of arns) for (const network of chosenNetworks) callers.push(iamCaller(question, kind, account, arn, sessionArn, membership, network, reach));
    }
  }
  return callers;
}

const kindKeys = new Set(['aws:principalarn', 'aws:principaltype', 'aws:username', 'aws:userid']);
/** Whether the policy can tell a role from a user: by a key, by a variable, or by naming principals. */
const tellsKinds = ({ policy }: Question): boolean => policy.statements.some((one) => (one.principals?.aws.length ?? 0) > 0
  || one.conditions.some((condition) => kindKeys.has(condition.key)) || one.variables.some((key) => kindKeys.has(key)));

function iamCaller(question: Question, kind: Kind, account: string, arn: string, sessionArn: string | undefined, membership: Membership, network: Network, reach: Reach): Caller {
  const type = { role: 'AssumedRole', user: 'User', root: 'Account', 'federated-user': 'FederatedUser' }[kind];
  const { organization } = membership;
  return {
    principal: { kind: kind === 'federated-user' ? 'user' : kind, account, arn, ...(sessionArn === undefined ? {} : { sessionArn }) },
    fixed: {
      ...serviceOnly,
      'aws:principalaccount': [account], 'aws:principalarn': [arn], 'aws:principaltype': [type], 'aws:principalisawsservice': ['false'],
      'aws:sourceowner': [account], 'kms:calleraccount': [account],
      ...(organization === undefined ? noOrganization : { 'aws:principalorgid': [organization] }),
      ...(kind === 'user' ? { 'aws:username': [arn.slice(arn.lastIndexOf('/') + 1)] } : noUserName),
    },
    freedom: (key) => {
      if (key === 'aws:principalorgpaths') {
        return {
          missing: false, present: true, one: true, form: membership.paths ?? textGlob(`${organization ?? ''}/r-????/*`).slice(0, -1).concat({ of: 'id-or-path', times: 'many' }),
          ...(membership.exceptPath === undefined ? {} : { except: membership.exceptPath }), ...(membership.exceptPatterns === undefined ? {} : { exceptPatterns: membership.exceptPatterns }),
        };
      }
      if (key === 'aws:userid') return { missing: false, present: true };
      if (key === 'lambda:functionurlauthtype') return { missing: true, present: true, form: literal('AWS_IAM') };
      return commonFreedom(key, network, question, account);
    },
    reach,
  };
}

/** Principal ARNs of an account that the policy tells apart: those it names and one for each combination of its patterns. */
function principalArns(question: Question, account: string, kind: Kind, partition: string, work: Work): { arn: string; sessionArn?: string }[] | undefined {
  if (kind === 'root') return [{ arn: `arn:${partition}:iam::${account}:root` }];
  const [head, form] = kind === 'federated-user' ? [`arn:${partition}:sts::${account}:federated-user/`, `arn:${partition}:sts::${account}:federated-user/?*`] : [`arn:${partition}:iam::${account}:${kind}/`, `arn:${partition}:iam::${account}:${kind}/?*`];
  const listed = question.policy.statements.flatMap((one) => one.principals?.aws ?? []);
  const tests: Test[] = [
    ...listed.filter((one) => one.startsWith(head)).map((one) => ({ pattern: literal(one), ignoreCase: false })),
    ...question.policy.statements.flatMap((one) => one.conditions.flatMap(({ key, operator, templates }) => key !== 'aws:principalarn' ? [] : templates.flatMap((template) => {
      const pattern = fill(template, (name) => name === 'aws:principalaccount' ? account : undefined);
      return pattern === undefined ? [] : [{ pattern: operator.family === 'arn' ? asArnPattern(pattern) : pattern, ignoreCase: operator.ignoreCase }];
    }))),
  ];
  const arns = representatives(tests, textGlob(form), work);
  if (arns === undefined) return undefined;
  const sessions = kind !== 'role' ? [] : listed.flatMap((one) => {
    const role = one.startsWith(`arn:${partition}:sts::${account}:assumed-role/`) ? one.split('/')[1] : undefined;
    return role === undefined ? [] : [{ arn: `arn:${partition}:iam::${account}:role/${role}`, sessionArn: one }];
  });
  return [...sessions, ...readable(tests, arns, [`${head}someone`]).map((arn) => ({ arn }))];
}

/** Strangers by how many of them there are: any account, any organization's, then those the policy names. */
export function strangers(question: Question, bound: boolean, work: Work): Caller[] | undefined {
  const accounts = strangeAccounts(question, work);
  if (accounts === undefined) return undefined;
  const callers: Caller[] = [];
  const add = (account: string, membership: Membership, reach: Reach, extra: Partial<Caller> = {}): boolean => {
    if (!mayMatch(question, account)) return true;
    const some = iamCallers(question, account, membership, bound ? 'network-bound' : reach, bound, work);
    if (some === undefined) return false;
    callers.push(...some.map((one) => ({ ...one, ...extra })));
    return true;
  };
  const organizations = foreignOrganizations(question, work);
  if (organizations === undefined) return undefined;
  const none: Membership = { organization: undefined };
  for (const account of [accounts.fresh, ...accounts.matched]) if (!add(account, none, 'any-account')) return undefined;
  for (const organization of organizations) for (const account of [accounts.fresh, ...accounts.matched]) if (!add(account, { organization }, 'any-organization-member')) return undefined;
  for (const membership of outsidePaths(question)) if (!add(accounts.fresh, membership, 'any-organization-member')) return undefined;
  for (const account of accounts.named) {
    const extra = question.perimeter.accounts === undefined ? { unknownAccount: account } : {};
    for (const membership of [none, ...organizations.map((organization) => ({ organization }))]) if (!add(account, membership, 'named-account', extra)) return undefined;
  }
  return callers;
}

/** Whether an Allow could name a principal of the account at all. */
const mayMatch = ({ policy }: Question, account: string): boolean => policy.statements.some(({ effect, principals }) => effect === 'Allow'
  && (principals === undefined || principals.everyone || principals.negated || principals.aws.some((one) => one.includes(account))));

/** The partners' own callers. */
export function partnerCallers(question: Question, bound: boolean, work: Work): Caller[] | undefined {
  const organizations = foreignOrganizations(question, work);
  if (organizations === undefined) return undefined;
  const callers: Caller[] = [];
  for (const account of partnerAccounts(question)) {
    if (!mayMatch(question, account)) continue;
    for (const organization of [undefined, ...organizations]) {
      const some = iamCallers(question, account, { organization }, bound ? 'network-bound' : 'named-account', bound, work);
      if (some === undefined) return undefined;
      callers.push(...some.map((one) => ({ ...one, partner: account })));
    }
  }
  return callers;
}
const partnerAccounts = ({ perimeter, account }: Question): string[] => perimeter.partners.flatMap((one) => one.accounts).filter((id) => id !== account && !perimeter.standaloneAccounts.includes(id) && !(perimeter.accounts?.includes(id) ?? false));

/** Organizations of others, one for every way the policy tells them apart. */
export function foreignOrganizations(question: Question, work: Work): string[] | undefined {
  const keys = new Set(['aws:principalorgid', 'aws:resourceorgid', 'aws:sourceorgid']);
  const tests: Test[] = question.policy.statements.flatMap((one) => one.conditions.flatMap(({ key, operator, templates }) => {
    if (keys.has(key)) return templates.flatMap((template) => { const pattern = fill(template, () => undefined); return pattern === undefined ? [] : [{ pattern, ignoreCase: operator.ignoreCase }]; });
    // A path begins with its organization, so a pattern of paths is a pattern of organizations.
    return key.endsWith('orgpaths') ? templates.flatMap((template) => {
      const pattern = fill(template, () => undefined);
      const slash = pattern?.indexOf('/') ?? -1;
      return pattern === undefined ? [] : [{ pattern: slash < 0 ? pattern : pattern.slice(0, slash), ignoreCase: operator.ignoreCase }];
    }) : [];
  }));
  const found = representatives(tests, organizationForm, work);
  const fresh = foreignOrganization(question.perimeter, question.policy);
  return found && [...new Set([fresh, ...found])].filter((one) => !question.perimeter.organizations.includes(one));
}

/** Members of my organizations on paths that are not mine, where the definition narrows to paths. */
function outsidePaths({ perimeter }: Question): Membership[] {
  if (perimeter.organizationPaths.length === 0 || perimeter.accounts !== undefined) return [];
  const patterns = perimeter.organizationPaths.map(textGlob);
  return perimeter.organizations.map((organization) => ({
    organization, exceptPatterns: patterns,
    exceptPath: (path: string) => perimeter.organizationPaths.some((one) => matchesPath(one, path)),
  }));
}
const matchesPath = (pattern: string, path: string): boolean => new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}/?$`).test(path);

/** A principal of mine: the resource's own account, in my organization. */
export function insideCallers(question: Question, work: Work): Caller[] | undefined {
  const standalone = question.perimeter.standaloneAccounts.includes(question.account);
  const organizations = standalone || question.perimeter.organizations.length === 0 ? [undefined] : question.perimeter.organizations;
  const callers: Caller[] = [];
  for (const organization of organizations) {
    const some = iamCallers(question, question.account, { organization }, 'any-account', false, work);
    if (some === undefined) return undefined;
    callers.push(...some);
  }
  return callers;
}

/** AWS service principals calling directly. */
export function serviceCallers(question: Question, names: readonly string[], reach: Reach): Caller[] {
  return names.map((name) => ({
    principal: { kind: 'service', name },
    fixed: {
      ...absent('aws:principalorgid', 'aws:principalorgpaths', 'aws:username', 'kms:calleraccount', 'aws:calledvia'),
      'aws:principalisawsservice': ['true'], 'aws:principalservicename': [name], 'aws:viaawsservice': ['false'],
    },
    freedom: (key) => {
      if (key === 'aws:principalservicenameslist') return { missing: false, present: true, one: true, form: literal(name) };
      if (key === 'aws:sourceaccount' || key === 'aws:sourceowner') return { missing: true, present: true, form: accountForm };
      if (key === 'aws:sourceorgid') return { missing: true, present: true, form: organizationForm };
      if (key === 'aws:sourcearn' || key === 'aws:sourceorgpaths') return { missing: true, present: true };
      if (key === 'aws:principalaccount' || key === 'aws:principalarn') return { missing: true, present: false };
      if (key.startsWith('aws:principaltag/')) return { missing: true, present: true };
      return commonFreedom(key, question.kind === 'vpc-endpoint' ? 'this-endpoint' : 'named-address', question, undefined);
    },
    reach,
  }));
}

/** Service principals the policy names, and one it does not. */
export function servicesNamed(question: Question): string[] {
  const keys = new Set(['aws:principalservicename', 'aws:principalservicenameslist']);
  const named = question.policy.statements.flatMap((one) => [...(one.principals?.services ?? []), ...one.conditions.flatMap(({ key, values }) => keys.has(key) ? values : [])]);
  return [...new Set(named)].filter((one) => !/[*?$]/.test(one));
}
