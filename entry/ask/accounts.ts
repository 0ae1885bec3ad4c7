import { asList, statementsOf, type Document } from '../../core/policy-document.ts';
import type { Perimeter, Subject } from '../../policy/index.ts';

/** The account that an ARN names. */
export const accountIn = (arn = ''): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

/** Stands for an account of mine where the definition lists none. */
const UNKNOWN = '000000000000';

/** A text of a policy with where it stands: the element, the operator and the key, but not which of several values it is. */
interface Said { readonly place: string; readonly text: string }
const said = (value: unknown, place = ''): readonly Said[] => typeof value === 'string' || typeof value === 'number' ? [{ place, text: String(value) }]
  : typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([name, one]) => said(one, Array.isArray(value) && typeof one !== 'object' ? place : `${place}/${name}`));

/**
 * Accounts whose resources the Allows of a policy name by ARN, or whose providers where it hangs on a role: a role trusts those of its own account.
 * `isAll`: they allow nothing else. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function ownersNamed(documents: readonly Document[]): { readonly owners: readonly string[]; readonly isAll: boolean } {
  const allows = documents.flatMap(statementsOf).filter((one) => one['Effect'] === 'Allow');
  const named = allows.flatMap(({ Resource, Principal }) => asList(Resource ?? federatedIn(Principal)).map((arn) => typeof arn === 'string' ? accountIn(arn) : undefined));
  return { owners: [...new Set(named.filter((one) => one !== undefined))], isAll: !named.includes(undefined) };
}
/** The providers that a Principal names, if it names nobody else. */
const federatedIn = (principal: unknown): unknown => typeof principal === 'object' && principal !== null && Object.keys(principal).join() === 'Federated' ? (principal as { Federated: unknown }).Federated : undefined;

/** Resources by whose account the definition tells what a partner may use. */
const usedOf = ({ partners }: Perimeter): readonly Said[] => said(partners.flatMap((one) => one.resources.map(({ arn }) => arn)), '/used').filter(({ text }) => namesOwner.test(text));
/** Trust anchors that the definition says are mine in some accounts, where a trust policy may be open to such. */
const anchorsOf = ({ identityProviders = [] }: Perimeter, documents: readonly Document[]): readonly Said[] => {
  const written = JSON.stringify(documents);
  return !/"sts:/i.test(written) || !/rolesanywhere|"NotPrincipal"|"Principal":(?:"\*|\{"AWS":\[?"\*)/.test(written) ? []
    : said(identityProviders.map((one) => one.kind === 'trust-anchors' ? one.arns : []), '/anchors').filter(({ text }) => namesOwner.test(text));
};
/** ARNs that some accounts' resources have and others' do not. */
const namesOwner = /^arn:[^:]*:[^:]*:[^:]*:[^:]*\d[^:]*:/;

/** Whether a resource's account is nowhere said though policies or the definition tell accounts apart: by its owner, or by the ARNs that they name. */
export function ownerMatters({ kind, perimeter, resource }: Subject, documents: readonly Document[]): boolean {
  if (kind === 'scp' || (kind === 'rcp' && resource === undefined) || accountIn(resource) !== undefined) return false;
  if (kind === 'resource' && resource === undefined && usedOf(perimeter).length > 0) return true;
  if (kind === 'trust' && (anchorsOf(perimeter, documents).length > 0 || said(documents).some(({ place, text }) => /\/(Federated|aws:FederatedProvider|aws:SourceArn|saml:doc)$/i.test(place) && /\d{12}|[*?]/.test(text)))) return true;
  return /:(resource|vpce)(account|org)/i.test(JSON.stringify(documents)) || (kind === 'resource' && said(documents).some(({ place, text }) => /\/(Not)?Resource$/.test(place) && /^arn:[^:]*:[^:]*:[^:]*:[^:]*[\d*?][^:]*:/.test(text)));
}

/**
 * Accounts to ask about where nothing says whose a policy is. Of a resource's or role's policy, `onResource`, they are those of the ARNs that it names, if it allows nothing else; else one for every way in
 * which the policies and the definition tell accounts of mine apart, by naming them or by patterns, those that they do not name first. Where the definition lists no
 * account, each that the policies name may be mine, and one that nothing names stands for the others of the organization.
 */
export function accountsToAsk(documents: readonly Document[], perimeter: Perimeter, onResource: readonly Document[]): readonly [string, ...string[]] {
  const { accounts, organizations, standaloneAccounts } = perimeter;
  const texts = said(documents);
  const { owners: [named, ...alsoNamed], isAll } = ownersNamed(onResource);
  if (named !== undefined && isAll) return [named, ...alsoNamed];
  const mine = [...accounts ?? [], ...standaloneAccounts];
  const maybe = accounts === undefined ? [...new Set(texts.flatMap(({ text }) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []))] : [];
  const unlisted = mine.length === 0 || (accounts === undefined && organizations.length > 0) ? [UNKNOWN] : [];
  // A variable may carry an id into texts that the definition holds against its own.
  const told = texts.some(({ text }) => text.includes('${')) ? [...texts, ...said({ ...perimeter, accounts: [], standaloneAccounts: [] }, '/definition')] : [...texts, ...usedOf(perimeter), ...anchorsOf(perimeter, documents)];
  const numbers = told.filter(({ place, text }) => /Numeric/i.test(place) && Number(text) >= 1e10).map(({ text }) => Number(text));
  const patterns = told.flatMap(({ place, text }) => [...text.matchAll(/[\d?*]+/g)].map(([part]) => part).filter((part) => /[*?]/.test(part) && /\d/.test(part)).map((part) => ({ place: `${place} ${text}`, of: new RegExp(`^${part.replaceAll('?', '\\d').replaceAll(/\*+/g, '\\d*')}$`) })));
  const likeness = (id: string): string => JSON.stringify([standaloneAccounts.includes(id), ...told.filter(({ text }) => text.includes(id)).map(({ place, text }) => `${place} ${text.replaceAll(id, '')}`), ...patterns.filter(({ of }) => of.test(id)).map(({ place }) => place), ...numbers.map((one) => Math.sign(Number(id) - one))]);
  const [first = UNKNOWN, ...others] = new Map([...unlisted, ...mine, ...maybe, ...named === undefined ? [] : [named, ...alsoNamed]].toReversed().map((id) => [likeness(id), id])).values();
  // The first of each likeness, in the order of the definition; those that the policies do not name before the others.
  const order = (id: string): number => texts.some(({ text }) => text.includes(id)) ? 1 : 0;
  const [usual = first, ...rest] = [first, ...others].toReversed().sort((a, b) => order(a) - order(b));
  return [usual, ...rest];
}

/** The account taken where policies do not tell accounts apart: the first of mine. */
export const usualAccount = (perimeter: Perimeter): string => accountsToAsk([], perimeter, [])[0];

/** Whether the policies themselves name the one account that is asked about. */
export const isNamedAlone = ([owner, ...others]: readonly string[], documents: readonly unknown[]): boolean => others.length === 0 && JSON.stringify(documents).includes(`:${owner!}:`);

/** Which accounts were asked about, and which of them the answer is of. */
export const askedAbout = (how: string, of: string, all: readonly string[]): string => all.length < 2 ? `asked ${how} account ${of}, which nothing names; \`--account\` names another`
  : `asked ${how} accounts ${all.slice(0, 5).join(', ')}${all.length > 5 ? ` and ${all.length - 5} more` : ''}, each for those alike: this is the answer for ${of}; \`--account\` names one`;
