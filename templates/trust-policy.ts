import { insideCallers, type Clause } from '../core/inside.ts';
import { flag, list, text, wholeNumber } from '../core/parameters.ts';
import { statementsOf, type Document } from '../core/policy-document.ts';
import { isServiceOfMine } from '../core/services.ts';
import { parsePolicy, type IdentityProvider, type Perimeter } from '../policy/index.ts';
import { accountOf } from './account.ts';
import { inside, keeps } from './claims.ts';
import { notMyServices, notOfMine, principalsOfMine, some, type Conditions } from './conditions.ts';
import { quotaOf, trustQuota } from './quotas.ts';
import { CannotWrite, defineTemplate, type Part, type Written } from './template.ts';
import { asGuests, guestsOf, heldToId, letIn, type Guest } from './trust-partners.ts';

const groups = ['organization', 'partners', 'saml', 'oidc', 'anchors'] as const;
type Group = typeof groups[number];

export const trustPolicy = defineTemplate({
  kind: 'trust-policy',
  title: 'A role can be assumed by principals of the perimeter, and by partners with their external id',
  hangsOn: 'trust',
  options: {
    from: list(`who may assume the role: ${groups.join(', ')}; left out: organization and partners, or nobody but \`service\` where that is given`),
    principals: list('ARNs or account ids of the principals that may; left out: all of the organization'),
    partners: list('names of the partners that may; left out: all with external ids'),
    service: text('one AWS service that may, such as `lambda.amazonaws.com`', ''),
    externalId: text('the external id, for partners whose ids the definition leaves to the policy (`pinned`)', ''),
    guard: flag('whether Denies stand behind what is allowed, so that a later statement lets nobody else call sts:AssumeRole', true),
    account: text('the account of the role', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R39', 'R40', 'R41', 'R59', 'R60'],
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  ],
  usual: () => [{}],
  write(perimeter, options): Written {
    const account = accountOf(perimeter, options.account);
    const chosen = groupsOf(options.from, options.service);
    const leftOut: string[] = [];
    const guests = chosen.has('partners') ? guestsOf(perimeter, options.partners, options.externalId, leftOut) : [];
    const allowed = [
      ...chosen.has('organization') ? ofOrganization(perimeter, options.principals) : [],
      ...ofPartners(guests),
      ...chosen.has('saml') ? ofSaml(perimeter, account, leftOut) : [], ...chosen.has('oidc') ? ofOidc(perimeter, account, leftOut) : [],
      ...chosen.has('anchors') ? ofAnchors(perimeter, account) : [], ...options.service === '' ? [] : [ofService(perimeter, options.service, account)],
    ];
    if (allowed.length === 0) throw new CannotWrite(`nobody could assume the role: the definition has nothing for ${[...chosen].join(', ')}${leftOut.length === 0 ? '' : `; ${leftOut.join('; ')}`}`);
    const parts = [...allowed.map((one) => one.part), ...options.guard ? guards(perimeter, account, guests) : []];
    const place = { kind: 'trust', perimeter, account, resource: `arn:aws:iam::${account}:role/role` } as const;
    const kept = insideCallers(perimeter, { kind: 'trust', account, region: '', service: 'sts' });
    return {
      drafts: [{
        name: 'trust-policy', hangsOn: 'trust', parts, quota: quotaOf(trustQuota, options.quota), account,
        claims: [
          inside('principals', place, 'assuming the role'),
          ...options.guard ? [inside('principals', place, 'what is allowed, without the Denies behind it', withoutDenies), inside('principals', { ...place, perimeter: asGuarded(perimeter, guests) }, 'beside a statement that lets everybody call sts:AssumeRole', besideAssume)] : [],
          ...options.principals.length > 0 ? [] : allowed.flatMap(({ clauses, provider }) => kept.filter((one) => clauses.test(one.of)).map((one) => keeps(place, [one, provider === undefined ? assuming : tokensOf(provider)])))],
      }],
      leftOut,
    };
  },
});

/** What is written, and which of the definition's kinds of callers it is to keep. */
interface Allowed { readonly part: Part; readonly clauses: RegExp; readonly provider?: string }

function groupsOf(from: readonly string[], service: string): ReadonlySet<Group> {
  const unknown = from.find((one) => !(groups as readonly string[]).includes(one));
  if (unknown !== undefined) throw new CannotWrite(`\`from\`: expected some of ${groups.join(', ')}, found \`${unknown}\``);
  if (service !== '' && !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(service)) throw new CannotWrite(`\`service\`: expected one service principal such as \`lambda.amazonaws.com\`, found \`${service}\``);
  return new Set(from.length > 0 ? from as readonly Group[] : service === '' ? ['organization', 'partners'] : []);
}

const allow = (sid: string, does: string, principal: unknown, action: string | readonly string[], condition: Conditions, exceptions: readonly string[] = []): Part => ({
  statement: { Sid: sid, Effect: 'Allow', Principal: principal, Action: action, ...Object.keys(condition).length === 0 ? {} : { Condition: condition } }, does, ...exceptions.length === 0 ? {} : { exceptions },
});

/** The condition stands also where principals are named: a mistyped account of somebody else stays out. */
function ofOrganization(perimeter: Perimeter, principals: readonly string[]): Allowed[] {
  const standalone = principals.filter((one) => perimeter.standaloneAccounts.includes(/^(?:arn:[^:]+:iam::)?(\d{12})/.exec(one)?.[1] ?? ''));
  const members = principals.filter((one) => !standalone.includes(one));
  return principalsOfMine(perimeter).flatMap(({ of, sid, condition }): Allowed[] => {
    const isStandalone = sid === 'StandalonePrincipals';
    const named = isStandalone ? standalone : members;
    if (principals.length > 0 && named.length === 0) return [];
    const AWS = principals.length > 0 ? some(named) : isStandalone ? some(perimeter.standaloneAccounts) : '*';
    const does = `lets ${principals.length === 0 ? of : `${named.length} named principal${named.length === 1 ? '' : 's'} among ${of}`} assume the role`;
    return [{ part: allow(sid, does, { AWS }, 'sts:AssumeRole', isStandalone ? {} : condition), clauses: isStandalone ? /^principals of/ : /^members of/ }];
  });
}

const ofPartners = (guests: readonly Guest[]): Allowed[] => guests.map((one) => ({ part: letIn(one), clauses: one.partner.externalIds === 'pinned' ? /^$/ : named('partner ', one.partner.name) }));

const providersOf = <K extends IdentityProvider['kind']>({ identityProviders }: Perimeter, kind: K): Extract<IdentityProvider, { kind: K }>[] =>
  (identityProviders ?? []).filter((one): one is Extract<IdentityProvider, { kind: K }> => one.kind === kind);

function ofSaml(perimeter: Perimeter, account: string, leftOut: string[]): Allowed[] {
  const arns = providersOf(perimeter, 'saml').flatMap(({ arn }) => {
    const [, partition = '', owner = '', name = ''] = /^arn:([^:]+):iam::(\d{12}|\*):saml-provider\/(.+)$/.exec(arn) ?? [];
    if (/[*?]/.test(name) || (owner !== '*' && owner !== account)) { leftOut.push(`\`${arn}\`: a trust policy names a provider of the role's account in full`); return []; }
    return [`arn:${partition}:iam::${account}:saml-provider/${name}`];
  });
  return arns.length === 0 ? [] : [{ part: allow('Saml', 'lets users of my SAML providers assume the role', { Federated: some(arns) }, 'sts:AssumeRoleWithSAML', { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }), clauses: /^$/ }];
}

/** No test of the audience where it tells no tenants apart: STS itself takes only audiences that are registered with the provider. */
function ofOidc(perimeter: Perimeter, account: string, leftOut: string[]): Allowed[] {
  const arnOf = (issuer: string): string => `arn:aws:iam::${account}:oidc-provider/${issuer}`;
  const whole = (issuer: string): boolean => { if (!/[*?]/.test(issuer)) return true; leftOut.push(`\`${issuer}\`: a trust policy names a provider in full`); return false; };
  const action = 'sts:AssumeRoleWithWebIdentity';
  return [
    ...providersOf(perimeter, 'claims').filter((one) => whole(one.issuer)).map(({ issuer, claims }, index): Allowed => ({
      part: allow(`Oidc${index + 1}`, `lets tokens of my tenancy at ${issuer} assume the role`, { Federated: arnOf(issuer) }, action, { StringLike: Object.fromEntries(Object.entries(claims).map(([claim, values]) => [`${issuer}:${claim}`, some(values)])) }),
      clauses: named('tokens of my tenancy at ', issuer), provider: arnOf(issuer),
    })),
    ...providersOf(perimeter, 'own').filter((one) => whole(one.issuer)).map(({ issuer }, index): Allowed => ({ part: allow(`OwnOidc${index + 1}`, `lets tokens of ${issuer} assume the role`, { Federated: arnOf(issuer) }, action, {}), clauses: named('tokens of ', issuer), provider: arnOf(issuer) })),
    ...providersOf(perimeter, 'cognito').map(({ identityPools, guests }, index): Allowed => ({
      part: allow(`Cognito${index + 1}`, `lets ${guests ? '' : 'signed-in '}identities of my pools assume the role`, { Federated: 'cognito-identity.amazonaws.com' }, action, {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': some(identityPools) }, ...guests ? {} : { 'ForAnyValue:StringEquals': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } },
      }), clauses: /^tokens of my identity pools/, provider: 'cognito-identity.amazonaws.com',
    })),
  ];
}

/** https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html */
function ofAnchors(perimeter: Perimeter, account: string): Allowed[] {
  const anchors = providersOf(perimeter, 'trust-anchors').flatMap((one) => one.arns).filter((arn) => arn.split(':')[4] === account);
  return anchors.length === 0 ? [] : [{
    part: allow('RolesAnywhere', 'lets IAM Roles Anywhere assume the role for my trust anchors', { Service: 'rolesanywhere.amazonaws.com' }, ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], { ArnEquals: { 'aws:SourceArn': some(anchors) } }),
    clauses: /^sessions of IAM Roles Anywhere/,
  }];
}

/** Not every service tells whom it acts for, so a missing source is spared. One service, so that its rights can be cut to what it does. */
function ofService(perimeter: Perimeter, service: string, account: string): Allowed {
  if (!isServiceOfMine(perimeter, service)) throw new CannotWrite(`\`service\`: \`${service}\` is not among the \`services\` of the definition`);
  return { part: allow('Service', `lets ${service} assume the role for resources of account ${account}`, { Service: service }, 'sts:AssumeRole', { StringEqualsIfExists: { 'aws:SourceAccount': account } }), clauses: /^$/ };
}

/**
 * Never of the calls of federated users, which carry no organization; AWS services carry none either. The role's own account is spared by
 * its id, since it carries no organization once it has left one, and everybody would be locked out.
 */
function guards(perimeter: Perimeter, account: string, guests: readonly Guest[]): Part[] {
  const others = notMyServices(perimeter);
  const deny = (sid: string, does: string, Condition: Conditions, exceptions: readonly string[] = []): Part => ({ statement: { Sid: sid, Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Condition }, does, ...exceptions.length === 0 ? {} : { exceptions } });
  return [
    deny('NobodyElse', 'refuses sts:AssumeRole to callers of others, whatever statement is added later', notOfMine(perimeter, [account, ...guests.flatMap((one) => one.partner.accounts)]), ['AWS services', `account ${account} itself`, ...guests.map(({ partner }) => `partner ${partner.name}, whom a statement of its own is about`)]),
    ...guests.map((one) => heldToId(perimeter, one)),
    ...others === undefined ? [] : [deny('NoOtherServices', 'refuses it to AWS services that the definition does not list', others)],
  ];
}

/** Of IAM Roles Anywhere the guard knows nothing: a statement of its own is about it. */
const asGuarded = ({ identityProviders: _, ...rest }: Perimeter, guests: readonly Guest[]): Perimeter => asGuests({ ...rest, identityProviders: undefined }, guests);
/** Neither hides a fault of the other. */
const withoutDenies = (document: Document): Document => ({ ...document, Statement: statementsOf(document).filter((one) => one['Effect'] !== 'Deny') });
const besideAssume = (document: Document): Document => ({ ...document, Statement: [...statementsOf(document).filter((one) => one['Effect'] === 'Deny'), { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] });

const named = (head: string, name: string): RegExp => new RegExp(`^${head}${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?: with|$)`);

const tokensOf = (provider: string): Clause => ({
  of: provider, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*' }] }),
});
/** STS knows other actions, which no trust policy is about. */
const assuming: Clause = { of: 'calls that assume a role', policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'], Resource: '*' }] }) };
