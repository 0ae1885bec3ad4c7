import { testOn } from '../conditions.ts';
import { refuses } from '../formula.ts';
import { kept } from '../kept.ts';
import { patternsOperator } from '../operators.ts';
import { literal, oneOrMore, patternOf, plainGlob, type Pattern, type Wildcard } from '../pattern.ts';
import type { Principal, Reach } from '../request.ts';
import { PRINCIPAL_ARN } from '../search/compile.ts';
import { all, type Node } from '../search/logic.ts';
import { absent, always, maybe, only, present, type Domain, type TextTest } from '../search/region.ts';
import { RULES } from '../tables/key-groups.ts';
import { builtIn, isInSessions } from '../tables/shared-issuers.ts';
import { accountForm, anyPartition, regionForm } from './accounts.ts';
import type { Caller } from './caller.ts';
import { commonDomain } from './carried.ts';
import type { Doubt } from './doubt.ts';
import type { Member } from './members.ts';
import { pathsIn, type Network } from './networks.ts';
import { isClaim, isOfToken, providersOfSessions, takesAnyProvider, type Provider } from './providers.ts';
import { calledDirectly, endpointPlaced } from './ties.ts';
import type { World } from './world.ts';

export type Kind = 'role' | 'user' | 'root' | 'federated-user';
const types: Readonly<Record<Kind, string>> = { role: 'AssumedRole', user: 'User', root: 'Account', 'federated-user': 'FederatedUser' };

/** A caller that a principal element tells from others: a role's session by its ARN or by whose token it began with, and who is named without an account. */
export interface Session { readonly sessionArn?: string; readonly provider?: Provider; readonly canonicalUser?: string; readonly identity?: string; readonly doubt?: Doubt }

/** What an account's requests carry, whatever its kind of principal and wherever they come from. */
export function memberDomain(key: string, world: World, { account, organization, paths, mine }: Member): Domain | undefined {
  switch (key) {
    case 'aws:principalaccount': return only(account);
    case 'aws:sourceowner': case 'kms:calleraccount': return maybe({ forms: [literal(account)] });
    case 'aws:principalisawsservice': return isNoService;
    case 'aws:principalorgid': return organization === undefined ? absent : only(organization);
    case 'aws:principalorgpaths': return organization === undefined ? absent : world.once(`paths ${organization} ${paths}`, () => pathsOf(world, organization, paths));
    case MANAGEMENT: return mine === true ? managementAccounts : world.once('management account of others', () => ({ ...managementAccounts, tests: ofNoneOfMine(world) }));
    case 'lambda:functionurlauthtype': return withSignature;
    default: return undefined;
  }
}
const withSignature = maybe({ forms: [literal('AWS_IAM')] });
const isNoService = only('false');
/**
 * The management account of the caller's organization, which stands in AWS's own policies (AWSSSOServiceRolePolicy). Which of mine it is nothing tells; that of others is
 * none of mine: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSSSOServiceRolePolicy.html
 */
const MANAGEMENT = 'aws:principalorgmasteraccountid';
const managementAccounts = maybe({ forms: [accountForm] });
const ofNoneOfMine = (world: World): TextTest[] => [{ want: false, test: testOn(MANAGEMENT, patternsOperator, (world.profile.conditions.get(MANAGEMENT) ?? []).flatMap(({ values }) => values).filter((id) => world.isMine(id)).map(plainGlob)) }];

const noSession: Session = {};

/** IAM principals of a kind in one account. */
export class IamCaller implements Caller {
  readonly principal: Principal;
  readonly reach: Reach;
  readonly doubt: Doubt | undefined;
  readonly partner: string | undefined;
  readonly mine: boolean | undefined;
  readonly partition: string;
  readonly #world: World;
  readonly #kind: Kind;
  readonly #member: Member;
  readonly #network: Network;
  readonly #provider: Provider | undefined;
  /** What its ARN begins with. */
  readonly #head: string;

  constructor(world: World, kind: Kind, member: Member, partition: string, network: Network, session: Session = noSession) {
    const { sessionArn, provider, canonicalUser, identity, doubt = member.doubt } = session;
    const { account, reach, partner, mine } = member;
    const who = kind === 'federated-user' ? 'user' : kind;
    const arn = identity ?? (kind === 'root' ? `arn:${partition}:iam::${account}:root` : undefined);
    // Most have nothing else, and are made by the thousand.
    this.principal = arn !== undefined && canonicalUser === undefined ? { kind: who, account, arn } : session === noSession ? { kind: who, account } : {
      kind: who, account, ...arn === undefined ? {} : { arn }, ...sessionArn === undefined ? {} : { sessionArn }, ...provider === undefined ? {} : { provider: provider.arn }, ...canonicalUser === undefined ? {} : { canonicalUser },
    };
    this.#provider = provider;
    this.reach = reach;
    this.doubt = doubt;
    this.partner = partner;
    this.mine = mine;
    this.partition = partition;
    this.#world = world;
    this.#kind = kind;
    this.#member = member;
    this.#network = network;
    this.#head = kind === 'federated-user' ? `arn:${partition}:sts::${account}:federated-user/` : `arn:${partition}:iam::${account}:${kind}/`;
  }

  domain(key: string): Domain {
    switch (key) {
      case 'aws:principalarn': return this.#arns();
      case 'aws:principaltype': return only(types[this.#kind]);
      case 'aws:username': return this.#kind === 'user' ? named : absent;
      case 'aws:userid': return this.#ids();
      // Of users and root users there are sessions and keys that last.
      case 'aws:tokenissuetime': return this.#kind === 'role' || this.#kind === 'federated-user' ? always : commonDomain(key, this.#network, this.#world);
      case 'aws:federatedprovider': return this.#federatedBy();
      // Roles alone are assumed under one.
      case 'aws:sourceidentity': return this.#kind === 'role' ? commonDomain(key, this.#network, this.#world) : absent;
      case 'aws:ec2instancesourcevpc': return this.#kind !== 'role' ? absent : this.#mayBeMine() ? ofInstances : this.#world.once('VPC of a stranger\'s instance', () => ({ ...ofInstances, tests: [{ test: testOn('aws:ec2instancesourcevpc', patternsOperator, this.#world.perimeter.networks.vpcs.map(plainGlob)), want: false }] }));
      case 'ec2:sourceinstancearn': case 'ssm:sourceinstancearn': case 'lambda:sourcefunctionarn': return this.#kind === 'role' ? compute[key](this.#member.account) : absent;
      case 'aws:sourcearn': case 'aws:sourceaccount': return this.#ofRules(key);
      default: return isOfToken(key) && !this.#tells(key) ? absent : memberDomain(key, this.#world, this.#member) ?? commonDomain(key, this.#network, this.#world);
    }
  }

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (principal key values), https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (unique ids) */
  #ids(): Domain {
    switch (this.#kind) {
      case 'role': return this.principal.sessionArn === undefined ? idsOfSessions : present({ forms: [patternOf('AROA', idCharacters, `:${this.principal.sessionArn.split('/')[2]!}`)] });
      case 'user': return idsOfUsers;
      case 'root': return only(this.#member.account);
      case 'federated-user': return present({ forms: [patternOf(`${this.#member.account}:`, sessionName)] });
    }
  }

  /** An account that sends to an event bus by a rule tells it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-example-policy-restrict-rule.html */
  #ofRules(key: string): Domain {
    const [world, { account }, partition] = [this.#world, this.#member, this.partition];
    if (world.question.kind === 'trust' || (world.prefix !== undefined && world.prefix !== RULES)) return absent;
    return world.once(`${key} of rules of ${partition} ${account}`, () => maybe(key === 'aws:sourceaccount' ? { forms: [literal(account)] }
      : { forms: [patternOf(`arn:${partition}:${RULES}:`, regionForm, `:${account}:rule/`, oneOrMore('any'))], liked: [`arn:${partition}:${RULES}:us-east-1:${account}:rule/orders`] }));
  }

  /** Where changes are compared, whoever nothing lists may be mine. */
  #mayBeMine(): boolean {
    const [world, { account, mine }] = [this.#world, this.#member];
    return mine === true || world.isMine(account) || (refuses(world.formula) && world.perimeter.accounts === undefined);
  }

  #arns(): Domain {
    const { arn, sessionArn } = this.principal;
    if (arn !== undefined) return only(arn);
    if (sessionArn !== undefined) return arnsOfRole(this.#head, sessionArn.split('/')[1]!);
    return this.#kind === 'federated-user' ? arnsWithoutPath(this.#head) : this.#kind === 'role' && tellsEc2(this.#world) ? arnsWithEc2(this.#head) : arnsUnder(this.#head);
  }

  /** A role's session tells claims of the issuer whose token it began with, or what its assertion said; of one that the policies do not tell apart, either. */
  #tells(key: string): boolean {
    const provider = this.#provider;
    return this.#kind === 'role' && isInSessions(key) && (provider === undefined || (provider.type === 'saml' ? !isClaim(key) : key.startsWith(`${provider.issuer.toLowerCase()}:`)));
  }

  /** Sessions that began with a SAML assertion do not tell the provider; of others that policies do not tell apart it is any whose tokens the account's roles take, but for those that they do. */
  #federatedBy(): Domain {
    const [world, provider] = [this.#world, this.#provider];
    if (this.#kind !== 'role' || provider?.type === 'saml') return absent;
    if (provider !== undefined && provider.arn !== '') return only(provider.arn);
    if (provider === undefined && takesAnyProvider(world)) return absent;
    const { account } = this.#member;
    return world.once(`providers of ${this.partition} in ${account} ${provider === undefined}`, () => {
      const told = providersOfSessions(world, account).map((one) => literal(one.arn));
      const any = { forms: providersOf(this.partition, account), tests: told.length === 0 ? [] : [{ test: testOn('aws:federatedprovider', patternsOperator, told), want: false }] };
      return provider === undefined ? maybe(any) : present(any);
    });
  }

  also(): Node { return all([calledDirectly(this.#world), endpointPlaced(this.#world)]); }
}

const NO_SLASH: Wildcard = { of: 'no-slash', times: 'one' };
const name = oneOrMore('iam-name');
/** Two characters at least. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (RoleSessionName) */
const sessionName = patternOf({ of: 'iam-name', times: 'one' }, name);
const named = present({ forms: [patternOf(name)] });
const idCharacters = oneOrMore('alphanumeric');
const [idsOfSessions, idsOfUsers] = [present({ forms: [patternOf('AROA', idCharacters, ':', sessionName)] }), present({ forms: [patternOf('AIDA', idCharacters)] })];

/** Roles take tokens of built-in providers and of those of their own account: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const providersOf = (partition: string, account: string): Pattern[] => [...builtIn([partition]).map(literal), patternOf(`arn:${partition}:iam::${account}:oidc-provider/`, oneOrMore('name'))];
/** What a role was given to, which is of its account: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html, https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html */
const computeOf = (...forms: readonly (readonly [service: string, type: string])[]) => kept((account) => maybe({ forms: forms.map(([service, type]) => patternOf(anyPartition, `:${service}:`, regionForm, `:${account}:${type}`, oneOrMore('iam-name'))) }));
const [instance, managedNode] = [['ec2', 'instance/i-'], ['ssm', 'managed-instance/mi-']] as const;
/** Credentials are delivered to an instance in a VPC of its organization: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html */
const ofInstances = maybe({ forms: [patternOf('vpc-', oneOrMore('id'))] });
const compute = { 'ec2:sourceinstancearn': computeOf(instance), 'ssm:sourceinstancearn': computeOf(instance, managedNode), 'lambda:sourcefunctionarn': computeOf(['lambda', 'function:']) };

// A path may hold any character and ends in a slash; a name holds neither slash nor colon. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
/** ARNs that begin so; an account's callers are asked about over and over. */
const arnsUnder = kept((head) => present({ forms: formsUnder(head), liked: [`${head}someone`] }));
const formsUnder = (head: string): Pattern[] => [patternOf(head, name), patternOf(head, NO_SLASH, { of: 'any', times: 'many' }, '/', name)];
/** The same with a role of AWS's own, whose name people cannot give: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (aws:SourceVpc) */
const arnsWithEc2 = kept((head) => present({ forms: [...formsUnder(head), literal(`${head}aws:ec2-infrastructure`)], liked: [`${head}someone`] }));
/** Whether ARNs of callers are told apart, so that this one may be let through alone. */
const tellsEc2 = ({ profile }: World): boolean => profile.conditions.has(PRINCIPAL_ARN) || profile.principalArns.some((one) => one.includes('role/aws:'));
/** Federated users have no path. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html (Name) */
const arnsWithoutPath = kept((head) => present({ forms: [patternOf(head, name)], liked: [`${head}someone`] }));
/** ARNs of one role on whatever path. */
const arnsOfRole = (head: string, role: string): Domain => present({ forms: [literal(`${head}${role}`), patternOf(head, NO_SLASH, { of: 'any', times: 'many' }, `/${role}`)], liked: [`${head}${role}`] });

const pathsUnder = kept((organization) => pathsIn(organization));
function pathsOf({ perimeter }: World, organization: string, paths: Member['paths']): Domain {
  const mine = perimeter.organizationPaths.flatMap((one) => [plainGlob(one), plainGlob(`${one.replace(/\/$/, '')}/`)]);
  return present({
    many: false, forms: [pathsUnder(organization)], liked: [`${organization}/r-ab12/`],
    tests: paths === undefined || mine.length === 0 ? [] : [{ test: testOn('aws:principalorgpaths', patternsOperator, mine), want: paths === 'on' }],
  });
}
