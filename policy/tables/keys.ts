import { kept } from '../kept.ts';
import { services } from './actions.ts';
import { canonicalName } from './key-names.ts';
import { keys } from './keys-data.ts';
import { kindByName, type KeyKind } from './kinds.ts';
import { unfold } from './unfold.ts';

/**
 * What kind of values condition keys carry, where an operator does not already say it, and which keys carry several. The keys of services
 * are in keys-data.ts; here are those that every service shares, and those of SAML. As of 2026-10. Sources:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const shared: typeof keys = {
  bool: 'aws:{assumedroot,ismcpserviceaction,multifactorauthpresent,principalisawsservice,securetransport,viaawsmcpservice,viaawsservice}',
  // AWS compares aws:EpochTime as a date and as a number of seconds alike.
  date: 'aws:{currenttime,epochtime,tokenissuetime}',
  ip: 'aws:{sourceip,vpcsourceip,ec2instancesourceprivateipv4}',
  number: 'aws:multifactorauthage,ec2:roledelivery',
  list: 'aws:{calledvia,principalorgpaths,principalservicenameslist,resourceorgpaths,sourceorgpaths,tagkeys,vpceorgpaths},saml:{commonname,cn,edupersonaffiliation,edupersonassurance,'
    + 'edupersonentitlement,edupersonnickname,edupersonorgunitdn,edupersonscopedaffiliation,edupersontargetedid,eduorghomepageuri,eduorgidentityauthnpolicyuri,eduorglegalname,eduorgsuperioruri,'
    + 'eduorgwhitepagesuri,givenname,mail,name,organizationstatus,primarygroupsid,surname,uid,x500uniqueidentifier},*:amr',
};

/** Keys by name, and those with a variable part, `aws:requesttag/*`, by the texts around it. */
interface Names<T> { readonly whole: Map<string, T>; readonly parts: [head: string, tail: string, T][] }
const kinds: Names<KeyKind> = { whole: new Map(), parts: [] };
const lists: Names<true> = { whole: new Map(), parts: [] };
function add<T>(names: Names<T>, texts: string, what: T): void {
  for (const text of unfold(texts).map((one) => one.toLowerCase())) {
    const [head = '', tail] = text.split('*');
    if (tail === undefined) names.whole.set(text, what);
    else names.parts.push([head, tail, what]);
  }
}
for (const [what, texts] of [...Object.entries(keys), ...Object.entries(shared)]) {
  if (what === 'list') add(lists, texts, true);
  else add(kinds, texts, what as KeyKind);
}

const find = <T>({ whole, parts }: Names<T>, key: string): T | undefined => whole.get(key)
  ?? parts.find(([head, tail]) => key.length > head.length + tail.length && key.startsWith(head) && key.endsWith(tail))?.[2];

const known = kept((key) => ({ kind: find(kinds, key) ?? kindByName(key), isMultivalued: find(lists, key) === true }));

/** What values the key carries; `undefined`: texts, as far as we know. Takes the key in lower case. */
export function keyKind(key: string): KeyKind | undefined {
  const { kind } = known(key);
  return kind === 'string' ? undefined : kind;
}
/** Whether a request may carry several values under the key. Takes the key in lower case. */
export const isMultivalued = (key: string): boolean => known(key).isMultivalued;

const ofServices = new Set(['aws', 'saml', ...services]);
/** Whether the tables tell nothing of a key, not even that it carries one value: of a service that they do not hold. Takes the key in lower case. */
export const isUnlisted = kept((key): boolean => {
  const prefix = key.slice(0, key.indexOf(':'));
  // Claims are called after their issuer's host.
  return !key.startsWith('#') && !prefix.includes('.') && !ofServices.has(prefix) && canonicalName(key) === undefined;
});
/** The same, and of a global key that AWS does not have: most likely it is misspelled. */
export const isUnheardOf = (key: string): boolean => isUnlisted(key) || (key.startsWith('aws:') && canonicalName(key) === undefined && !/^aws:(principal|request|resource)tag\//.test(key));
