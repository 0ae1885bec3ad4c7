import type { Condition } from '../conditions.ts';
import { accountNamed } from '../decide.ts';
import { parseDate } from '../operators.ts';
import { kept, KeepingPolicy } from '../kept.ts';
import type { Policy } from '../parse.ts';
import { plainGlob, type Pattern, type Template } from '../pattern.ts';
import type { Subject } from '../question.ts';
import { accountKeys, ownerKeys, serviceNameKeys } from '../tables/key-groups.ts';
import { partitions } from '../tables/regions.ts';

/** Whom an account that stands in a policy may tell from others. */
type Whose = 'owners' | 'callers' | 'both';

/** What some policies name and test: what callers and resources have to be told apart by. */
export interface Profile {
  /** Account ids that stand in the policies, in order. */
  readonly accounts: ReadonlyMap<string, Whose>;
  /** What conditions test, by key in lower case; the keys that variables name; the keys of both. */
  readonly conditions: ReadonlyMap<string, readonly Condition[]>;
  readonly variables: readonly string[];
  readonly keys: readonly string[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
  /** Accounts of the IAM principals that statements name. */
  readonly principals: ReadonlySet<string>;
  /** ARNs of principals other than whole accounts. */
  readonly principalArns: readonly string[];
  readonly resources: readonly (Pattern | Template)[];
  /** Accounts by their canonical ids. */
  readonly canonicalUsers: readonly string[];
  /** `aws`, and any other partition that the policies name or tell from it. */
  readonly partitions: readonly string[];
  /** Whether digits and wildcards or variables touch in some text, so that a pattern may tell accounts apart. */
  readonly mixesDigits: boolean;
  /** Numbers that account ids are compared with. */
  readonly accountNumbers: readonly number[];
  /** Whether some Allow is open to callers it does not name. */
  readonly isOpen: boolean;
  /** The same of AWS services, which `{"Service": "*"}` names all. */
  readonly isOpenToServices: boolean;
}

export const profileOf = (policies: readonly Policy[]): Profile => policies.length === 1 ? KeepingPolicy.once(policies[0]!, 'profile', () => read(policies)) : read(policies);

/** What is known of what policies hang on. */
export type About = Partial<Pick<Subject, 'kind' | 'resource' | 'resourceTags'>>;

/** What is known of the resource that policies may hold a variable against. */
export const textsOnResource = ({ resource, resourceTags = {} }: About): string[] => [...resource === undefined ? [] : [resource], ...Object.values(resourceTags)];

/** The same with the accounts that stand in texts on the resource, where a variable may be held against them. */
export function withResource(profile: Profile, about: About): Profile {
  const ids = profile.variables.length === 0 ? [] : textsOnResource(about).flatMap((text) => traitsOf(text).ids);
  return ids.length === 0 ? profile : { ...profile, accounts: new Map([...profile.accounts, ...ids.map((id) => [id, 'both'] as const)]) };
}

/** Whether the policies name an account where it may tell callers, or owners of resources, from others. */
export const tells = ({ accounts }: Profile, whose: 'owners' | 'callers', account: string): boolean => { const of = accounts.get(account); return of === whose || of === 'both'; };

const put = (list: string[], text: string): void => { if (!list.includes(text)) list.push(text); };

/** What a text holds: account ids, the name of a partition, or which of all it takes where it tells them apart, digits that a wildcard or variable touches. */
interface Traits { readonly ids: readonly string[]; readonly partition: string | undefined; readonly ofPartitions: readonly string[]; readonly mixesDigits: boolean }
const traitsOf = kept((text): Traits => {
  const [head] = /^[^:]*(?::[^:$]*)?/.exec(text.toLowerCase())!;
  const isOpen = /[*?]/.test(head);
  return {
    ids: text.match(/(?<!\d)\d{12}(?!\d)/g) ?? [], partition: isOpen ? undefined : /^arn:(aws[a-z-]*)/.exec(head)?.[1], ofPartitions: isOpen ? partitionsTold(head) : [],
    mixesDigits: mixesDigits(text),
  };
});
/** More characters than `arn:`, a partition's name and a colon have. */
const LONGEST_HEAD = /^(?:\**[^*]){0,32}\**/;
/** Which partitions a pattern takes as far as each of its wildcards goes, by the first two parts of an ARN; nothing where those of no ARN take all alike. */
function partitionsTold(head: string): readonly string[] {
  // Of so many characters no partition's name is left.
  const short = LONGEST_HEAD.exec(head)![0].replace(/\*+/g, '*');
  const begun = [...short.matchAll(/[*?]|$/g)].map(({ index }) => plainGlob(short.slice(0, index + 1)));
  const told = partitions.map((name) => begun.map((one) => Number([`arn:${name}`, `arn:${name}:`].some((arn) => one.matches(arn)))).join(''));
  return new Set(told).size > 1 || head.startsWith('arn:') ? told : [];
}

/** Whether digits and a wildcard or variable touch in a text. */
export const mixesDigits = (text: string): boolean => /\d(?:[*?]|\$\{)|[*?}]\d/.test(text);

/** Account ids that stand in a text. */
export const idsIn = (text: string): readonly string[] => traitsOf(text).ids;

/** Whether a principal names a whole account; the account that it names or is in. */
const namedBy = kept((name) => { const account = accountNamed(name); return { isAccount: account !== undefined, account: account ?? name.split(':')[4] }; });

/** What stands in the texts of policies. */
class Texts {
  readonly accounts = new Map<string, Whose>();
  readonly #partitions: string[] = [];
  readonly #ofPartitions: (readonly string[])[] = [];
  mixesDigits = false;

  add(text: string, whose: Whose): void {
    const { ids, partition, ofPartitions, mixesDigits } = traitsOf(text);
    this.mixesDigits ||= mixesDigits;
    if (partition !== undefined) put(this.#partitions, partition);
    if (ofPartitions.length > 0) this.#ofPartitions.push(ofPartitions);
    for (const id of ids) {
      const before = this.accounts.get(id);
      if (before !== whose) this.accounts.set(id, before === undefined ? whose : 'both');
    }
  }

  /** Those that are named and `aws`, and where patterns stand for some, one for every way in which they tell those that are not named apart. */
  get partitions(): readonly string[] {
    if (this.#ofPartitions.length === 0) return this.#partitions.length === 0 ? usual : [...new Set([...this.#partitions, ...usual])];
    const others = [...partitions.entries()].filter(([, name]) => !this.#partitions.includes(name)).reverse();
    const kinds = new Map(others.map(([i, name]) => [this.#ofPartitions.map((told) => told[i]).join(), name]));
    return [...new Set([...this.#partitions, ...usual, ...kinds.values()])];
  }
}
const usual: readonly string[] = ['aws'];

function read(policies: readonly Policy[]): Profile {
  const texts = new Texts();
  const conditions = new Map<string, Condition[]>();
  const principals = new Set<string>();
  const [services, federated, principalArns, canonicalUsers, variables]: [string[], string[], string[], string[], string[]] = [[], [], [], [], []];
  const resources: (Pattern | Template)[] = [];
  const [accountNumbers, otherNumbers]: [number[], number[]] = [[], []];
  let [isOpen, isOpenToServices] = [false, false];
  for (const { statements } of policies) {
    for (const one of statements) {
      const named = one.principals;
      if (one.effect === 'Allow') isOpen ||= named === undefined || named.everyone || named.negated;
      if (named !== undefined) {
        for (const name of named.aws) {
          texts.add(name, 'callers');
          const { isAccount, account } = namedBy(name);
          if (!isAccount) principalArns.push(name);
          if (account !== undefined) principals.add(account);
        }
        // Tokens are for roles of the provider's account.
        for (const name of named.federated) { texts.add(name, 'both'); put(federated, name); }
        for (const name of named.services) if (name !== '*') put(services, name);
        for (const id of named.canonicalUsers) put(canonicalUsers, id);
        if (one.effect === 'Allow') isOpenToServices ||= named.services.includes('*');
      }
      if (one.resources !== undefined) for (const value of one.resources.test.given) { texts.add(value.text, isOfOthers.test(value.text) ? 'owners' : 'both'); resources.push(value); }
      for (const condition of one.conditions) {
        const { key, given } = condition;
        const before = conditions.get(key);
        if (before === undefined) conditions.set(key, [condition]); else before.push(condition);
        const { family } = condition.operator;
        if (family === 'number') (accountKeys.has(key) ? accountNumbers : otherNumbers).push(...condition.values.map(Number));
        // To what compares dates an id is the seconds since 1970.
        if (family === 'date' && accountKeys.has(key)) accountNumbers.push(...condition.values.map((one) => parseDate(one)! / 1000));
        // A key that may tell of either tells of both.
        const whose = key.startsWith('aws:principal') ? 'callers' : isOfOwner(key) ? 'owners' : 'both';
        for (const { text } of given) texts.add(text, whose);
      }
      for (const key of one.variables) put(variables, key);
    }
  }
  for (const key of serviceNameKeys) {
    // Other operators than those of texts name no service.
    for (const { given, operator: { family, ignoreCase } } of conditions.get(key) ?? []) if (family === 'string') for (const { text } of given) if (!/[*?$]/.test(text)) put(services, ignoreCase ? text.toLowerCase() : text);
  }
  const { accounts, mixesDigits } = texts;
  const keys = [...conditions.keys()];
  for (const key of variables) put(keys, key);
  // A variable may carry what one key tells into another.
  if (variables.length > 0) {
    for (const id of accounts.keys()) accounts.set(id, 'both');
    accountNumbers.push(...otherNumbers);
  }
  return { accounts, conditions, variables, keys, services, federated, principals, principalArns: [...new Set(principalArns)], canonicalUsers, resources, partitions: texts.partitions, accountNumbers, isOpen, isOpenToServices: isOpen || isOpenToServices, mixesDigits };
}

/** Whose owner need not be who calls, as it is of sessions that STS has itself. */
const isOfOthers = /^arn:[^:]*:(?!sts:)[a-z0-9-]+:/;
const isOfOwner = (key: string): boolean => key.startsWith('aws:resource') || ownerKeys.has(key);
