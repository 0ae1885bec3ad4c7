import { pinsFor, type Outside } from '../../core/pins.ts';
import { placeOf, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, placeInWords, principalsOf, quoted } from '../../core/statement-changes.ts';
import { ask, issuerOf, or, policy, prefixOf, type Objective, type Partner, type Perimeter, type Question } from '../../policy/index.ts';
import { binding, kindKeys, networkKeys } from '../../policy/tables/key-groups.ts';
import { isCognito, tenancyClaims } from '../../policy/tables/shared-issuers.ts';
import { unsignedActionsOf } from '../../policy/tables/unsigned-actions.ts';
import { accountIn } from './accounts.ts';
import { insideOf, isMet } from './cost.ts';
import { isInVpc } from './denials.ts';
import { claimsHeld, isListed, isPinned, unlistedIn } from './issuers.ts';
import { isOfLayer } from './layers.ts';
import { isOfMine } from './own-accounts.ts';
import { ofRcp } from './of-rcp.ts';
import { isUntold } from './untold.ts';
import { isLeft, writtenBeside } from './written.ts';

/** What a person must do where no change that was tried closes what is open. */
export function instruction(question: Question, objective: Objective, answer: Outside, statement: Statement | undefined, document: Document): string {
  const { perimeter, kind } = question;
  if (kind === 'rcp' && objective === 'principals') return ofRcp(question, answer, document);
  const { at, reach, witness: { principal } } = answer;
  const place = at === '' ? 'the policy' : at.slice(1).replace('/', ' ');
  const toList = objective === 'networks' ? networksToList(perimeter) : undefined;
  if (toList !== undefined) return toList;
  if (kind === 'scp' && objective === 'networks' && isLeft(question, objective, answer, document, writtenBeside(question, objective)[0])) return leftByScp(answer);
  if (objective === 'networks' && isInVpc(answer)) return `hold ${answer.witness.action} by security groups: its calls stay in a VPC and tell no network, so a Deny of networks in ${place} would refuse them from everywhere${/^es:/i.test(answer.witness.action) ? '; a public domain alone can be held to addresses, by `aws:SourceIp`' : ''}`;
  if (objective === 'networks') return `deny what comes from elsewhere: in ${place}, or by an SCP over networks of yours`;
  if (isOfLayer(question)) return `remove ${place} by \`remove-layer-version-permission\`, and add one for each account or organization of yours by \`add-layer-version-permission\`: a layer takes no other condition`;
  const owner = accountIn(principal.provider);
  if (owner !== undefined && isNamed(statement, principal.provider) && !isOfMine(question, principal.provider!)) return `remove \`${principal.provider}\` from ${place}, for its account is not yours; or list ${owner} under \`accounts\``;
  if (principal.kind === 'web-identity' || reach === 'shared-issuer') return ofTokens(question, place, issuerOf(principal.provider), statement);
  if (principal.kind === 'saml') return isNamed(statement, principal.provider) ? `remove \`${principal.provider}\` from ${place}, or list it under \`identityProviders\`` : `name your providers in ${place}, which lets in those of anybody`;
  if (objective === 'deputies') return `hold ${place} to sources of yours, by \`aws:SourceAccount\`, \`aws:SourceOrgID\` or the account in \`aws:SourceArn\``;
  if (objective === 'resources' && isUntold(answer.witness.action)) return ofUntold(answer, place);
  if (objective === 'resources') return `name in ${place} only resources of yours, or list what partners let you reach under \`reachable\``;
  if (principal.kind === 'service') return isNamed(statement, principal.name) ? `remove the service from ${place}, or list it under \`services\`` : `name in ${place} the services that it is for, or list more under \`services\``;
  if (kind === 'vpc-endpoint' && unsignedActionsOf(prefixOf(question)!).length > 0) return ofUnsigned(question, place, answer.witness.action);
  const partner = partnerOf(question, answer);
  if (partner !== undefined && kind !== 'trust') return nothingAgreed(question, answer, statement, place) ?? sparedByDeny(answer, statement, document, partner) ?? `hold ${place} to what \`partners\` agrees with ${partner.name}`;
  if (partner !== undefined) return agreeing(partner, place);
  const denies = statementsOf(document).flatMap((one, i) => one['Effect'] === 'Deny' && isOfCallers(one) ? [placeInWords({ at: placeOf(document, i) }, one)] : []);
  return denies.length === 0 ? `take ${place} apart: no single change to it keeps outsiders out` : `put right whom the Deny of ${denies.join(', ')} spares, or take ${place} apart: no single change keeps outsiders out`;
}

/** An Allow for everybody is not to be held to what one partner may do: a Deny beside it spares that one. */
function sparedByDeny({ witness: { principal: { account = '' } } }: Outside, allow: Statement | undefined, document: Document, { name }: Partner): string | undefined {
  const spares = (one: Statement): boolean => one['Effect'] === 'Deny' && JSON.stringify([one['NotPrincipal'], one['Condition']]).includes(account);
  const places = statementsOf(document).flatMap((one, i) => spares(one) ? [placeInWords({ at: placeOf(document, i) }, one)] : []);
  return places.length === 0 || JSON.stringify(allow ?? '').includes(account) ? undefined
    : `deny ${name} what \`partners\` does not agree, by a statement on ${account}, for the Deny of ${places.join(', ')} spares it; or take its account out there`;
}

/** Whether a statement tells callers apart, or where they come from. */
const isOfCallers = (statement: Statement): boolean => statement['NotPrincipal'] !== undefined
  || Object.values(conditionsOf(statement)).flatMap((keys) => Object.keys(keys)).map((key) => key.toLowerCase()).some((key) => key.startsWith('aws:principal') || binding.principals.test(key) || kindKeys.has(key) || networkKeys.has(key));

/** What a person must do first whose definition lists no networks. */
export const networksToList = ({ networks: { vpcs, vpcEndpoints, cidrs, organization } }: Perimeter): string | undefined => [vpcs, vpcEndpoints, cidrs].every((one) => one.length === 0) && !organization
  ? 'list what is yours under `networks`; then deny what comes from elsewhere' : undefined;

/** What is said of a partner to whom the definition grants nothing by policies of resources and endpoints, or nothing of what the statement allows. */
export function nothingAgreed(question: Question, answer: Outside, statement: Statement | undefined, place: string): string | undefined {
  const entries = question.perimeter.partners.filter((one) => one.accounts.includes(answer.witness.principal.account ?? ''));
  if (question.kind === 'trust' || entries.length === 0) return undefined;
  const granted = insideOf(question, 'principals').filter(({ of }) => entries.some(({ name }) => of === `what partner ${name} was granted`));
  if (granted.length > 0 && (statement === undefined || isMet(question, or(...granted.map((one) => policy(one.policy))), { Version: '2012-10-17', Statement: [statement] }))) return undefined;
  return `remove ${place}: \`partners\` agrees ${granted.length === 0 ? 'no `resources`' : 'nothing of it'} with ${entries[0]!.name}; or list there what it may use`;
}

/** The partner whose account calls. */
export const partnerOf = ({ perimeter }: Question, { witness: { principal } }: Outside): Partner | undefined => perimeter.partners.find((one) => one.accounts.includes(principal.account ?? ''));

const isNamed = (statement: Statement | undefined, name: string | undefined): boolean => statement !== undefined && principalsOf(statement).some(([, names]) => names.includes(name));

const leftByScp = ({ witness: { action } }: Outside): string => `hold ${action} in policies of resources and by security groups: its calls stay in a VPC and tell no network, so \`perimeter write network-scp\` leaves it open as well`;

/** Nobody signs what users sign in by, so that a condition on callers would stop it for all. */
function ofUnsigned(question: Question, place: string, action: string): string {
  const { perimeter } = question;
  const unsigned = unsignedActionsOf(prefixOf(question)!);
  if (!unsigned.includes(action)) return `put what your apps call unsigned, such as ${unsigned[0]!}, into a statement of its own that holds it to resources of yours, and list it under \`unsignedActions\`; then hold ${place} to callers of yours, which stops all that is unsigned`;
  const isHeld = ask({ ...question, perimeter: { ...perimeter, unsignedActions: [...perimeter.unsignedActions, ...unsigned] } }, 'principals').answer === 'inside';
  return `list under \`unsignedActions\` what your apps call unsigned, such as ${action}${isHeld ? '' : `, and hold ${place} to resources of yours`}; or remove it from there: nobody signs it, so a condition on callers would stop it for all`;
}

function ofTokens(question: Question, place: string, issuer: string, statement: Statement | undefined): string {
  const isByName = statement !== undefined && principalsOf(statement).some(([, names]) => names.some((one) => issuerOf(String(one)) === issuer));
  if (!isByName) return `name your providers in ${place}, which lets in tokens of anybody`;
  const claims = tenancyClaims(issuer);
  if (claims?.length === 0) return `remove the provider from ${place}: no claim of \`${issuer}\` tells its tenants apart`;
  // Others that stand beside it alike would be the next that gets through.
  const issuers = [...new Set([issuer, ...unlistedIn(question, statement).map(issuerOf).filter((one) => isPinned(statement, one))])];
  const held = claimsHeld(statement, issuer);
  if (held.length > 0 && !isListed(question.perimeter, issuer)) return `list ${issuers.every(isCognito) ? 'your identity pools' : `the issuer${issuers.length === 1 ? '' : 's'}`} under \`identityProviders\` with what is yours of ${quoted(issuers.flatMap((one) => claimsHeld(statement, one)))}, which ${place} tests`;
  if (claims === undefined) return `list \`${issuer}\` under \`identityProviders\`: with \`tenancy: own\` where all its tokens are yours, else with claims that tell yours, and hold those in ${place}`;
  return pinning(issuer, place);
}

/** What a person must do of an issuer with many tenants of which neither statement nor definition tells mine. */
const pinning = (issuer: string, place: string): string => `pin the claim that names your tenancy, such as \`${issuer}:${tenancyClaims(issuer)![0]!}\`, in ${place}, and list ${isCognito(issuer) ? 'your identity pools' : 'the issuer'} under \`identityProviders\``;

/** Requests of which no condition tells whose resource they are for; hosted zones, images and snapshots have no account in their ARNs either. */
const ofUntold = ({ witness: { action, resource } }: Outside, place: string): string => accountIn(resource) === undefined || /^ec2:Copy/i.test(action)
  ? `leave ${place} to those who need it: neither the requests of ${action} nor the ARNs that they name tell whose resource it is, so nothing holds them to yours`
  : `name in ${place} only resources of yours, by ARNs with your accounts: requests of ${action} tell no owner that a condition could ask for`;

const agreeing = ({ name }: Partner, place: string): string => `agree an external id with ${name} and hold \`sts:ExternalId\` to it in ${place}`;

/** What a person may do rather than take the principal away that the answer shows: a provider may be mine where the definition tells nothing of its issuer, a partner meant that it tells no external id of, and an account mine or agreed that it does not list. */
export function insteadOfRemoving(question: Question, answer: Outside, statement: Statement, place: string): string | undefined {
  const { principal } = answer.witness;
  const [issuer, partner] = [issuerOf(principal.provider), question.kind === 'trust' ? partnerOf(question, answer) : undefined];
  if (principal.kind === 'web-identity') return unlistedIn(question, statement).includes(principal.provider!) && (tenancyClaims(issuer) ?? []).length > 0 ? pinning(issuer, place) : undefined;
  if (partner !== undefined) return pinsFor(question, 'principals', answer).length === 0 ? agreeing(partner, place) : undefined;
  return principal.account !== undefined && partnerOf(question, answer) === undefined ? 'list what is yours of that under `accounts`, and whose access is agreed under `partners`' : undefined;
}
