import { mustAllow, policiesOf, type Formula } from '../formula.ts';
import { once } from '../kept.ts';
import type { Policy } from '../parse.ts';
import type { Pattern } from '../pattern.ts';
import type { Perimeter } from '../perimeter.ts';
import type { Subject } from '../question.ts';
import { unlessPast, Work } from '../search/work.ts';
import { endpointAccountKeys } from '../tables/key-groups.ts';
import { accountPatterns, holdsAccounts } from './account-patterns.ts';
import { foreignOrganizations, strangeAccounts, type Strangers } from './accounts.ts';
import { ofDefinition } from './of-definition.ts';
import { profileOf, withResource, type Profile } from './profile.ts';
import { isAboutResource, prefixOf } from './prefixes.ts';

/** A question with all that its answer is made of; what several parts of the answer need is made once. */
export class World {
  readonly question: Subject;
  readonly formula: Formula;
  readonly policies: readonly Policy[];
  /** Policies each of which must allow a request. */
  readonly required: ReturnType<typeof mustAllow>;
  readonly profile: Profile;
  readonly perimeter: Perimeter;
  readonly account: string;
  /** The prefix of the actions the question is about; `undefined` where it does not say. */
  readonly prefix: string | undefined;
  /** What the objective being answered may still spend. */
  work: Work;
  /** Whether the policies hang on all my accounts that are in an organization, and are asked of no resource in particular: then whatever account an RCP names may be mine. */
  readonly hangsOnAllOfMine: boolean;
  /** Whether RCPs alone are asked about, which speak of what they bind. */
  readonly isOfRcps: boolean;
  /** Whether they speak of principals of the question's account alone. */
  readonly isOfOwnPrincipals: boolean;
  readonly #of: SpokenOf;
  readonly #listed: Listed;
  readonly #budget: number;
  #strangers: Strangers | undefined;
  #organizations: readonly string[] | undefined;
  #patterns: readonly Pattern[] | undefined;
  readonly #kept = new Map<string, unknown>();

  /** `budget`: how much work may be spent on telling accounts and organizations apart; `of`: what the policies together speak of beyond the question's kind. */
  constructor(question: Subject, formula: Formula, budget: number, of: SpokenOf = {}) {
    this.hangsOnAllOfMine = (question.kind === 'rcp' || of.allOfMine === true) && question.resource === undefined;
    this.question = asItsKindHas(question, this.hangsOnAllOfMine);
    this.formula = formula;
    this.policies = policiesOf(formula);
    this.required = mustAllow(formula);
    this.profile = withResource(profileOf(this.policies), this.question);
    this.perimeter = question.perimeter;
    this.account = question.account;
    this.isOfRcps = question.kind === 'rcp' && of.endpoint !== true;
    this.isOfOwnPrincipals = question.kind === 'identity' || of.ownPrincipals === true;
    this.prefix = question.kind === 'trust' ? 'sts' : prefixOf(this.question);
    this.#listed = listedIn(question.perimeter);
    this.#budget = budget;
    this.#of = of;
    this.work = new Work(budget);
  }

  /** The same question of other policies. */
  asOf(formula: Formula): World { return new World(this.question, formula, this.#budget, this.#of); }

  /** Whether an account is known to be mine: the resource's own, or listed. */
  isMine(account: string): boolean { return account === this.account || this.#listed.mine.has(account); }
  /** The organizations that an account of mine may be in; none where it is standalone. */
  organizationsOf(account: string): readonly string[] { return this.perimeter.standaloneAccounts.includes(account) ? [] : this.perimeter.organizations; }
  /** Accounts that are listed as mine, but for standalone ones. */
  get membersOfMine(): readonly string[] { return this.#listed.members; }
  /** Accounts of partners that are not mine. */
  get partners(): readonly string[] { return this.#listed.partners.filter((id) => !this.isMine(id)); }
  /** How many statements the policies have. */
  get statements(): number { return this.policies.reduce((sum, one) => sum + one.statements.length, 0); }
  /** Accounts that are not mine, one for every way the policies tell them apart. */
  get strangers(): Strangers { return (this.#strangers ??= unlessPast(() => strangeAccounts(this, new Work(this.#budget)), () => { this.isPartial = true; this.#patterns = []; return strangeAccounts(this, new Work(this.#budget)); })); }
  /** One of them that nobody knows, which stands for all that nothing tells from it. */
  get stranger(): string { return this.strangers.unnamed[0]!; }
  /** Organizations of others, one for every way the policies tell them apart; none where they test no organization. */
  get organizations(): readonly string[] { return (this.#organizations ??= foreignOrganizations(this, new Work(this.#budget))); }

  /** Patterns and numbers that tell accounts apart. */
  get accountPatterns(): readonly Pattern[] { return (this.#patterns ??= unlessPast(() => accountPatterns(this), () => { this.isPartial = true; return []; })); }

  /** Whether they would be past the work budget and were left out: somebody may be found, but that nobody is proves nothing. */
  isPartial = false;
  /** What is made once for the question, by name. */
  once<T>(name: string, make: () => T): T {
    return once(this.#kept, name, make);
  }

  /** Accounts of mine that the policies can tell from others: the resource's own, and those they name. */
  get accountsOfMine(): readonly string[] { return this.once('accounts of mine', () => [...new Set([this.account, ...[...this.profile.accounts.keys()].filter((id) => this.isMine(id)), ...this.#heldAgainst()])]); }

  /** How many stand for accounts that are alike: two where one is held against another, caller and owner, and a third where the owner of the endpoint on the way is. */
  get alikeTried(): number { return !holdsAccounts(this.profile) ? 1 : this.question.viaEndpoint === true && this.testsAny(endpointAccountKeys) ? 3 : 2; }
  /** What stands for accounts that nothing lists and that may be mine. */
  get unlistedOfMine(): readonly string[] { return this.strangers.more().slice(0, this.alikeTried); }

  /** Accounts of mine that a variable may tell, whose resources they are. */
  #heldAgainst(): readonly string[] { return !this.hangsOnAllOfMine || this.profile.variables.length === 0 ? [] : this.perimeter.accounts === undefined ? this.unlistedOfMine : this.membersOfMine; }

  /** Whether some policy tests the key, or puts it into a text. */
  tests(key: string): boolean { return this.profile.keys.includes(key); }
  testsAny(keys: ReadonlySet<string>): boolean {
    return this.profile.keys.some((key) => keys.has(key));
  }
}

/** The question without a resource, and tags of one, that it is not about, and the resource as its policy speaks of it. */
function asItsKindHas(question: Subject, isOfAll: boolean): Subject {
  const { resource } = question;
  if (isOfAll || !isAboutResource(question)) {
    if (resource === undefined && question.resourceTags === undefined) return question;
    const { resource: _, resourceTags: __, ...others } = question;
    return others;
  }
  if (resource === undefined) return question;
  // A REST API goes by one ARN where it is managed, as AWS Config has it, and by another where it is called, which is what its policy rules.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
  const [, partition, region, api] = /^arn:([^:]*):apigateway:([^:]*)::\/restapis\/([^/]+)$/.exec(resource) ?? [];
  if (api !== undefined) return { ...question, resource: `arn:${partition}:execute-api:${region}:${question.account}:${api}` };
  // A log group's ARN as most calls tell it stands for the group and its streams. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
  return /^arn:[^:]*:logs:[^:]*:\d*:log-group:.*:\*$/.test(resource) ? { ...question, resource: resource.slice(0, -2) } : question;
}

/** Of policies together: of resources in all my accounts, of principals in the question's account alone, of what an endpoint's policy lets through besides. */
interface SpokenOf { readonly allOfMine?: boolean; readonly ownPrincipals?: boolean; readonly endpoint?: boolean }

/** Accounts of the definition: those that are mine, and those of partners. */
interface Listed { readonly mine: ReadonlySet<string>; readonly members: readonly string[]; readonly partners: readonly string[] }
const listedIn = (perimeter: Perimeter): Listed => ofDefinition(perimeter, 'accounts', () => ({
  mine: new Set([...perimeter.standaloneAccounts, ...perimeter.accounts ?? []]), members: (perimeter.accounts ?? []).filter((id) => !perimeter.standaloneAccounts.includes(id)),
  partners: [...new Set(perimeter.partners.flatMap((one) => one.accounts))],
}));
