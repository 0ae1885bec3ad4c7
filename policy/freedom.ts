import { parseTemplate, type Pattern, matches } from './pattern.ts';
import type { Choice, Freedom } from './domains.ts';
import type { Question } from './question.ts';
import { organizationForm } from './accounts.ts';
import { textsOf } from './accounts.ts';

/**
 * What a caller may put under the keys it does not own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const never: Freedom = { missing: true, present: false };
const any: Freedom = { missing: true, present: true };
const always: Freedom = { missing: false, present: true };
const only = (form: Pattern, missing = false): Freedom => ({ missing, present: true, form });
export const exactly = (text: string, missing = false): Freedom => only([...text], missing);
export const textGlob = (text: string): Pattern => parseTemplate(text, { wildcards: true, variables: false }) as Pattern;

/** Where a request comes from. */
export type Network =
  /** From the internet, any address a stranger could have. */
  | 'internet'
  /** Through a VPC endpoint of the caller's own, none of which the policy names. */
  | 'own-vpc'
  /** From a network the policy may name, through an endpoint or not. */
  | 'named-address' | 'named-vpc'
  /** Through the endpoint the policy hangs on. */
  | 'this-endpoint';

const vpcKeys = ['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip', 'aws:sourcevpcarn'];
const endpointOwnerKeys = ['aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'];
const serviceNetworkKeys = ['s3:accesspointnetworkorigin', 'elasticfilesystem:accessedviamounttarget'];
const networkKeys = new Set(['aws:sourceip', ...vpcKeys, ...endpointOwnerKeys, ...serviceNetworkKeys]);
const isNetworkKey = (key: string): boolean => networkKeys.has(key);

/** Whether the policy looks at where a request comes from; where it does not, one network serves for all. */
export const testsNetworks = (question: Question): boolean =>
  question.policy.statements.some((one) => one.conditions.some((condition) => isNetworkKey(condition.key)));

function networkFreedom(key: string, network: Network, question: Question, callerAccount: string | undefined): Freedom {
  const constants = new Set(textsOf(question.policy));
  const own: Freedom = { missing: false, present: true, except: (value) => constants.has(value) };
  switch (network) {
    case 'internet':
      if (key === 'aws:sourceip') return { ...always, wideAddressesOnly: true };
      return key === 's3:accesspointnetworkorigin' ? exactly('Internet', true) : never;
    case 'own-vpc':
      if (key === 'aws:sourceip') return never;
      if (key === 'aws:vpceaccount') return callerAccount === undefined ? own : exactly(callerAccount, true);
      if (key === 'aws:sourcevpcarn') return { ...own, form: textGlob(`arn:aws:ec2:*:${callerAccount ?? '999999999999'}:vpc/vpc-?*`), missing: true };
      return endpointOwnerKeys.includes(key) ? { ...own, missing: true } : serviceNetworkKeys.includes(key) ? never : own;
    case 'named-address': return key === 'aws:sourceip' ? always : vpcKeys.includes(key) || endpointOwnerKeys.includes(key) ? never : any;
    case 'named-vpc': return key === 'aws:sourceip' ? never : any;
    case 'this-endpoint':
      if (key === 'aws:sourceip') return never;
      if (key === 'aws:vpceaccount') return exactly(question.account, true);
      return key === 'aws:vpceorgid' ? { ...any, form: organizationForm, except: (value) => !question.perimeter.organizations.includes(value) } : vpcKeys.includes(key) ? always : any;
  }
}

/** Freedom under every key that depends neither on who calls nor on the resource. */
export function commonFreedom(key: string, network: Network, question: Question, callerAccount: string | undefined): Freedom {
  if (isNetworkKey(key)) return networkFreedom(key, network, question, callerAccount);
  switch (key) {
    case 'aws:securetransport': case 'aws:currenttime': case 'aws:epochtime': case 'aws:requestedregion': return always;
    case 'sts:externalid': return { ...any, form: externalIdForm };
    case 'aws:principalservicename': case 'aws:principalservicenameslist': return never;
    case 'aws:sourceaccount': case 'aws:sourcearn': case 'aws:sourceorgid': case 'aws:sourceorgpaths': case 'aws:sourceowner': return never;
    case 's3:dataaccesspointaccount': return exactly(question.account, true);
    case 's3:dataaccesspointarn': return only(textGlob(`arn:aws*:s3:*:${question.account}:accesspoint/*`), true);
    default: return any;
  }
}

/** 2 to 1,224 characters of its charset; longer ones than a policy could name need not be tried. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const externalIdForm: Pattern = [{ of: 'any', times: 'one' }, { of: 'any', times: 'one' }, { of: 'any', times: 'many' }];

/** Keys about a resource of an account of mine. */
export function ownResourceKeys(question: Question, account: string = question.account): Record<string, Choice> {
  const fixed: Record<string, Choice> = { 'aws:resourceaccount': [account], 's3:resourceaccount': [account] };
  if (question.perimeter.standaloneAccounts.includes(account)) return { ...fixed, 'aws:resourceorgid': null, 'aws:resourceorgpaths': null };
  const [organization] = question.perimeter.organizations;
  return organization === undefined || question.perimeter.organizations.length > 1 ? fixed : { ...fixed, 'aws:resourceorgid': [organization] };
}

/** Freedom under keys about the resource where it is mine; the account's organization may be any of mine. */
export function ownResourceFreedom(key: string, question: Question): Freedom | undefined {
  const { organizations } = question.perimeter;
  if (key === 'aws:resourceorgid') return { missing: false, present: true, form: organizationForm, except: (value) => !organizations.includes(value), exceptPatterns: organizations.map((one) => [...one]) };
  if (key === 'aws:resourceorgpaths') return { missing: false, present: true, one: true, form: textGlob('o-*/'), except: (value) => !organizations.some((one) => value.startsWith(`${one}/`)), exceptPatterns: organizations.map((one) => textGlob(`${one}/*`)) };
  const tag = /^(?:aws:resourcetag|s3:existingobjecttag|[a-z0-9-]+:resourcetag)\/(.*)$/.exec(key)?.[1];
  if (tag !== undefined && key.startsWith('aws:') && question.resourceTags !== undefined) {
    const value = Object.entries(question.resourceTags).find(([name]) => name.toLowerCase() === tag)?.[1];
    return value === undefined ? never : exactly(value);
  }
  return undefined;
}

export const fitsGlob = (pattern: string, text: string): boolean => matches(textGlob(pattern), text);
