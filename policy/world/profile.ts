import type { Condition } from '../conditions.ts';
import { accountNamed } from '../decide.ts';
import type { Policy } from '../parse.ts';
import type { Template } from '../pattern.ts';
import { serviceNameKeys } from '../tables/key-groups.ts';

/** What some policies name and test: what callers and resources have to be told apart by. */
export interface Profile {
  /** Account ids that stand in the policies, in order; those that tell owners of resources apart, and those that tell callers. */
  readonly accounts: readonly string[];
  readonly owners: ReadonlySet<string>;
  readonly callers: ReadonlySet<string>;
  /** Keys that conditions test or variables name, in lower case. */
  readonly keys: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  readonly conditions: ReadonlyMap<string, readonly Condition[]>;
  readonly services: readonly string[];
  readonly federated: readonly string[];
  /** Accounts of the IAM principals that statements name. */
  readonly principals: ReadonlySet<string>;
  /** ARNs of principals other than whole accounts. */
  readonly principalArns: readonly string[];
  readonly resources: readonly Template[];
  /** `aws`, and any other partition that the policies name. */
  readonly partitions: readonly string[];
  /** Whether digits and wildcards touch in some text, so that a pattern may tell accounts apart. */
  readonly mixesDigits: boolean;
  /** Whether some Allow is open to callers it does not name. */
  readonly isOpen: boolean;
}

const known = new WeakMap<Policy, Profile>();

export function profileOf(policies: readonly Policy[]): Profile {
  const [only, ...others] = policies;
  if (only === undefined || others.length > 0) return read(policies);
  const made = known.get(only) ?? read(policies);
  known.set(only, made);
  return made;
}

const NONE: ReadonlySet<string> = new Set();

function read(policies: readonly Policy[]): Profile {
  const accounts = new Set<string>();
  const partitions = ['aws'];
  const [services, federated, principalArns]: [string[], string[], string[]] = [[], [], []];
  const keys = new Set<string>();
  let variables = NONE;
  const put = (list: string[], text: string): void => { if (!list.includes(text)) list.push(text); };
  const conditions = new Map<string, Condition[]>();
  const principalsNamed = new Set<string>();
  const resources: Template[] = [];
  let [isOpen, mixesDigits] = [false, false];
  const [owners, callers] = [new Set<string>(), new Set<string>()];
  const add = (text: string, ...whose: readonly Set<string>[]): void => {
    mixesDigits ||= /\d[*?]|[*?]\d/.test(text);
    if (text.length < 12) return;
    const partition = text.startsWith('arn:aws') ? text.slice(4, text.indexOf(':', 4)) : 'aws';
    if (partition !== 'aws' && /^aws-[a-z-]+$/.test(partition)) put(partitions, partition);
    if (/\d{12}/.test(text)) for (const id of text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []) { accounts.add(id); for (const one of whose) one.add(id); }
  };
  for (const { statements } of policies) {
    for (const one of statements) {
      const { principals } = one;
      if (one.effect === 'Allow') isOpen ||= principals === undefined || principals.everyone || principals.negated;
      if (principals !== undefined) {
        for (const name of principals.aws) {
          add(name, callers);
          const account = accountNamed(name);
          if (account === undefined) principalArns.push(name);
          const id = account ?? name.split(':')[4];
          if (id !== undefined) principalsNamed.add(id);
        }
        for (const name of principals.federated) { add(name, callers); put(federated, name); }
        for (const name of principals.services) put(services, name);
      }
      for (const template of one.resources?.test.templates ?? []) { add(template.text, owners); resources.push(template); }
      for (const condition of one.conditions) {
        keys.add(condition.key);
        const before = conditions.get(condition.key);
        if (before === undefined) conditions.set(condition.key, [condition]); else before.push(condition);
        // A key that may tell of either tells of both.
        const whose = condition.key.startsWith('aws:principal') ? [callers] : isOfOwner(condition.key) ? [owners] : [callers, owners];
        for (const { text } of condition.templates) add(text, ...whose);
      }
      if (one.variables.length > 0) variables = new Set([...variables, ...one.variables]);
      for (const key of one.variables) keys.add(key);
    }
  }
  for (const key of serviceNameKeys) {
    for (const { templates } of conditions.get(key) ?? []) for (const { text } of templates) if (!/[*?$]/.test(text)) put(services, text);
  }
  return {
    accounts: [...accounts], ...(variables.size > 0 ? { owners: accounts, callers: accounts } : { owners, callers }), keys, variables, conditions, services, federated, principals: principalsNamed, principalArns: [...new Set(principalArns)],
    resources, partitions, isOpen, mixesDigits,
  };
}

export const isOfOwner = (key: string): boolean => key.startsWith('aws:resource') || key === 's3:resourceaccount';
