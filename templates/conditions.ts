import type { Perimeter } from '../policy/index.ts';
import { serviceNames } from '../core/services.ts';

export type Values = string | readonly string[];
export type Conditions = Readonly<Record<string, Readonly<Record<string, Values>>>>;

/** A single value is written bare: it reads better and is shorter. */
export const some = (values: readonly string[]): Values => values.length === 1 ? values[0]! : values;

/** Conditions that must all hold. Two tests of one key under one operator would become alternatives, so that is a fault of the caller. */
export function both(...all: readonly Conditions[]): Conditions {
  const made: Record<string, Record<string, Values>> = {};
  for (const [operator, tests] of all.flatMap((one) => Object.entries(one))) {
    for (const [key, values] of Object.entries(tests)) {
      const known = (made[operator] ??= {})[key];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(values)) throw new Error(`${operator} ${key} stands in two conditions that must both hold`);
      made[operator][key] = values;
    }
  }
  return made;
}

/** One sort of callers or owners that are mine, with the condition that holds for them alone. */
export interface Sort { readonly of: string; readonly sid: string; readonly condition: Conditions }

export const listed = (values: readonly string[]): string => values.length > 3 ? `${values.slice(0, 2).join(', ')} and ${values.length - 2} more` : values.join(', ');

export const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/** Paths as the key carries them, which end in a slash. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths */
export const pathsOf = ({ organizationPaths }: Perimeter): readonly string[] => organizationPaths.map((one) => /[*/]$/.test(one) ? one : `${one}/`);

/** IAM principals of mine: members of organizations, and principals of accounts in none. */
export function principalsOfMine(perimeter: Perimeter): readonly Sort[] {
  const { organizations, standaloneAccounts } = perimeter;
  const paths = pathsOf(perimeter);
  return [
    ...organizations.length === 0 ? [] : [{
      of: `members of ${listed(organizations)}${paths.length === 0 ? '' : ' on the paths of the definition'}`, sid: 'MyPrincipals',
      condition: { StringEquals: { 'aws:PrincipalOrgID': some(organizations) }, ...paths.length === 0 ? {} : { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': some(paths) } } },
    }],
    ...standaloneAccounts.length === 0 ? [] : [{ of: `principals of the standalone accounts ${listed(standaloneAccounts)}`, sid: 'StandalonePrincipals', condition: { StringEquals: { 'aws:PrincipalAccount': some(standaloneAccounts) } } }],
  ];
}

/** AWS services that count as acting for me. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice */
export const servicesOfMine = ({ services }: Perimeter): readonly Sort[] => services !== 'any' && services.length === 0 ? [] : [services === 'any'
  ? { of: 'AWS services', sid: 'AwsServices', condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }
  : { of: `the AWS services ${listed(services)}`, sid: 'AwsServices', condition: { 'ForAnyValue:StringEquals': { [serviceNames]: some(services) } } }];

/** Whose resources are mine. */
export const ownersOfMine = ({ organizations, standaloneAccounts }: Perimeter): readonly Sort[] => [
  ...organizations.length === 0 ? [] : [{ of: `resources of ${listed(organizations)}`, sid: 'MyResources', condition: { StringEquals: { 'aws:ResourceOrgID': some(organizations) } } }],
  ...standaloneAccounts.length === 0 ? [] : [{ of: `resources of the standalone accounts ${listed(standaloneAccounts)}`, sid: 'StandaloneResources', condition: { StringEquals: { 'aws:ResourceAccount': some(standaloneAccounts) } } }],
];

/**
 * Holds for whoever is none of mine: what a Deny asks. A key that is missing makes a negated operator true, so `IfExists` changes
 * nothing here; it stands for the reader. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
 * AWS services carry no organization, so they are spared here; `notMyServices` is about them.
 */
export function notOfMine(perimeter: Perimeter, spared: readonly string[] = []): Conditions {
  const { organizations, standaloneAccounts } = perimeter;
  const paths = pathsOf(perimeter);
  const accounts = [...new Set([...standaloneAccounts, ...spared])];
  return withoutEmpty({
    StringNotEqualsIfExists: {
      ...organizations.length === 0 || paths.length > 0 ? {} : { 'aws:PrincipalOrgID': some(organizations) },
      ...accounts.length === 0 ? {} : { 'aws:PrincipalAccount': some(accounts) },
    },
    // Organizations of others hold units of the same names, so a path begins with its organization. None of the paths must match.
    ...paths.length === 0 ? {} : { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': some(paths) } },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  });
}

/** An operator without keys is no condition. */
const withoutEmpty = (conditions: Conditions): Conditions => Object.fromEntries(Object.entries(conditions).filter(([, tests]) => Object.keys(tests).length > 0));

/** Holds for AWS services that do not count as acting for me; nothing where all do. */
export const notMyServices = ({ services }: Perimeter): Conditions | undefined => services === 'any' ? undefined : {
  ...services.length === 0 ? {} : { 'ForAllValues:StringNotEquals': { [serviceNames]: some(services) } }, Bool: { 'aws:PrincipalIsAWSService': 'true' },
};

/** Holds for resources that are not mine. */
export const notOwnedByMe = ({ organizations, standaloneAccounts }: Perimeter): Conditions => ({
  StringNotEqualsIfExists: {
    ...organizations.length === 0 ? {} : { 'aws:ResourceOrgID': some(organizations) },
    ...standaloneAccounts.length === 0 ? {} : { 'aws:ResourceAccount': some(standaloneAccounts) },
  },
});

/** Holds for principals without exclusion tag. */
export const withoutExclusionTag = ({ exclusionTags }: Perimeter): Conditions => {
  const tags = Object.entries(exclusionTags.principal);
  return tags.length === 0 ? {} : { StringNotEqualsIfExists: Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value])) };
};

/** Signed requests always carry the key, others never. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export const isUnsigned: Conditions = { Null: { 'aws:PrincipalIsAWSService': 'true' } };
export const isSigned: Conditions = { Null: { 'aws:PrincipalIsAWSService': 'false' } };
