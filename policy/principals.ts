import { anonymousCallers, foreignOrganizations, partnerCallers, serviceCallers, servicesNamed, strangers, type Caller } from './callers.ts';
import { strangeAccounts, type Accounts } from './accounts.ts';
import { federatedCallers } from './federation.ts';
import { commonFreedom, fitsGlob } from './freedom.ts';
import { matches, plainGlob } from './pattern.ts';
import type { Question } from './question.ts';
import { myOwners, ownOwner, regionOf, type Owner } from './regions.ts';
import type { Request } from './request.ts';
import type { Work } from './classes.ts';
import { isHopeless, type Region } from './search.ts';
import { actionsToTry, isAwsOwned, prefixOf } from './targets.ts';

/** A set of requests that violate the objective, with what finding one would mean. */
export interface Case { readonly region: Region; readonly caller: Caller; readonly owner: Owner; readonly doubt?: string }
export interface Cases { readonly cases: readonly Case[]; readonly notes: readonly string[] }

/** Requests whose caller is outside, widest reach first; `undefined` past the work budget. */
export function outsidePrincipals(question: Question, bound: boolean, work: Work): Cases | undefined {
  return question.kind === 'trust' ? ofTrust(question, bound, work) : ofResource(question, bound, work);
}

function ofTrust(question: Question, bound: boolean, work: Work): Cases | undefined {
  const callers = question.callers ?? 'all';
  const notes: string[] = [];
  const cases: Case[] = [];
  const owner = ownOwner(question);
  const add = (caller: Caller, action: string, extra: { doubt?: string; spared?: (request: Request) => boolean } = {}): void => {
    cases.push({ caller, owner, region: regionOf(question, caller, owner, [action], work, extra.spared), ...(extra.doubt === undefined ? {} : { doubt: extra.doubt }) });
  };
  if (callers !== 'partners') {
    const all = strangers(question, bound, work);
    if (all === undefined) return undefined;
    for (const one of all) add(one, 'sts:AssumeRole');
    if (!bound) {
      const federated = federatedCallers(question);
      notes.push(...federated.notes);
      const actionFor = (one: Caller): string => one.principal.kind === 'saml' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';
      for (const one of federated.callers) add(one, actionFor(one));
      for (const { callers: some, because } of federated.undecided) for (const one of some) add(one, actionFor(one), { doubt: because });
      for (const one of strangeServices(question)) add(one, 'sts:AssumeRole');
      const anchors = rolesAnywhere(question);
      if (anchors !== undefined) add(anchors, 'sts:AssumeRole');
    }
  }
  if (callers !== 'all-but-partners') {
    const some = partnerCallers(question, bound, work);
    if (some === undefined) return undefined;
    for (const one of some) add(withExternalIds(question, one), 'sts:AssumeRole');
  }
  return { cases: byReach(cases), notes };
}

const order = ['anonymous', 'any-account', 'shared-issuer', 'any-organization-member', 'named-account', 'service', 'network-bound'];
const byReach = (cases: readonly Case[]): Case[] => [...cases].sort((a, b) => order.indexOf(a.caller.reach) - order.indexOf(b.caller.reach));

/** A partner's requests that carry no external id agreed with it: those that do are inside. */
function withExternalIds(question: Question, caller: Caller): Caller {
  const partner = question.perimeter.partners.find((one) => one.accounts.includes(caller.partner!))!;
  const agreed = partner.externalIds === 'pinned' ? pinnedExternalIds(question) : partner.externalIds ?? [];
  return {
    ...caller,
    freedom: (key) => key !== 'sts:externalid' ? caller.freedom(key)
      : { ...commonFreedom(key, 'internet', question, undefined), except: (value) => agreed.includes(value), exceptPatterns: agreed.map((one) => [...one]) },
  };
}

/** External ids that an Allow fixes: literals, without wildcard or variable, of a positive string operator. */
function pinnedExternalIds({ policy }: Question): string[] {
  return policy.statements.flatMap((one) => one.effect !== 'Allow' ? [] : one.conditions.flatMap(({ key, operator, templates, quantifier, ifExists }) =>
    key !== 'sts:externalid' || operator.family !== 'string' || operator.negated || quantifier === 'ForAllValues' || ifExists ? []
      : templates.flatMap((template) => template.every((token) => typeof token === 'string') ? [template.join('')] : [])));
}

/** Service principals that do not count as AWS acting for me. */
export function strangeServices(question: Question): Caller[] {
  const { services } = question.perimeter;
  if (services === 'any') return [];
  const names = [...servicesNamed(question), 'unlisted.amazonaws.com'].filter((one) => !services.includes(one));
  return serviceCallers(question, names, 'service');
}

/** Sessions of IAM Roles Anywhere from a trust anchor that the definition does not list. */
function rolesAnywhere(question: Question): Caller | undefined {
  const anchors = (question.perimeter.identityProviders ?? []).flatMap((one) => one.kind === 'trust-anchors' ? one.arns : []);
  if (anchors.length === 0) return undefined;
  const [caller] = serviceCallers(question, ['rolesanywhere.amazonaws.com'], 'service');
  return caller && {
    ...caller,
    fixed: { ...caller.fixed, 'aws:sourceaccount': [question.account] },
    freedom: (key) => key !== 'aws:sourcearn' ? caller.freedom(key) : {
      missing: false, present: true, form: plainGlob(`arn:aws:rolesanywhere:*:${question.account}:trust-anchor/?*`),
      except: (value) => anchors.some((one) => fitsGlob(one, value)), exceptPatterns: anchors.map(plainGlob),
    },
  };
}

function ofResource(question: Question, bound: boolean, work: Work): Cases | undefined {
  const actions = actionsToTry(question, work);
  const accounts = strangeAccounts(question, work);
  const all = strangers(question, bound, work);
  const partners = partnerCallers(question, bound, work);
  const organizations = foreignOrganizations(question, work);
  if (actions === undefined || accounts === undefined || all === undefined || partners === undefined || organizations === undefined) return undefined;
  const callers = [...anonymousCallers(question, bound), ...all, ...partners, ...(bound ? [] : strangeServices(question))].filter((one) => !isHopeless(question.policy, one.fixed));
  const owners = question.kind === 'resource' ? [ownOwner(question)] : ownersReached(question, accounts, organizations);
  const cases = callers.flatMap((caller) => owners.map((owner): Case => ({
    caller, owner, region: regionOf(question, caller, owner, actions, work, (request) => isInOrder(question, caller, owner, request)),
  })));
  return { cases: byReach(cases), notes: prefixOf(question) === undefined ? ['the service is not known: pass `service` for an exact answer'] : [] };
}

const ownerKeys = new Set(['aws:resourceaccount', 's3:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths']);

/** Whose resources callers may reach through an endpoint: mine and others', as far as the policy tells them apart. */
function ownersReached(question: Question, accounts: Accounts, organizations: readonly string[]): Owner[] {
  const stranger: Owner = { account: accounts.fresh, mine: false };
  const tells = question.policy.statements.some((one) => (one.resources?.patterns ?? []).some((pattern) => pattern.length !== 1)
    || one.conditions.some(({ key }) => ownerKeys.has(key)) || one.variables.some((key) => ownerKeys.has(key)));
  if (!tells) return [ownOwner(question), stranger];
  const others = [accounts.fresh, ...accounts.matched, ...accounts.named, ...accounts.partners].map((account): Owner => ({ account, mine: false }));
  return [...myOwners(question), ...others.flatMap((one) => [one, ...organizations.map((organization) => ({ ...one, organization }))])];
}

/** Requests of an outsider that the definition admits all the same. */
function isInOrder(question: Question, caller: Caller, owner: Owner, request: Request): boolean {
  const { perimeter } = question;
  const fits = (pattern: string, action: string): boolean => matches(plainGlob(pattern), action, true);
  if (caller.partner !== undefined) {
    const partner = perimeter.partners.find((one) => one.accounts.includes(caller.partner!));
    return partner?.resources.some((grant) => request.resource !== undefined && fitsGlob(grant.arn, request.resource) && grant.actions.some((one) => fits(one, request.action))) ?? false;
  }
  if (caller.principal.kind !== 'anonymous' || question.kind !== 'vpc-endpoint') return false;
  if (request.resource !== undefined && isAwsOwned(question, request.resource) && /:(Get|List|Head|Describe)/.test(request.action)) return true;
  if (!perimeter.unsignedActions.some((one) => fits(one, request.action))) return false;
  return owner.mine || request.action === 's3:GetObject';
}
