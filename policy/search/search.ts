import { admittedBy, policiesOf, satisfies, type Formula } from '../formula.ts';
import { tellingKeys } from '../issuers.ts';
import { networkKeys, shownKeys } from '../tables/key-groups.ts';
import { canonicalName } from '../tables/key-names.ts';
import { ACTION, RESOURCE, type Statement } from '../parse.ts';
import { isOpen, isPattern } from '../pattern.ts';
import type { Principal, Request } from '../request.ts';
import { isMultivalued } from '../tables/keys.ts';
import { compile, PRINCIPAL_ARN, USER_NAME } from './compile.ts';
import { fillingOf, isFreeIn, variablesOf } from './held.ts';
import type { Search } from './kinds.ts';
import { all, FALSE, literalsOf, TRUE, type Node } from './logic.ts';
import { CLOCK, EPOCH, inUnitsOf } from './numbers.ts';
import { reachable } from './reachable.ts';
import { relaxed } from './relaxed.ts';
import { absent, settledChoice, type Choice, type Domain, type Region } from './region.ts';
import { Solver } from './solver.ts';
import { settled } from './variables.ts';
import type { Asked, Work } from './work.ts';

export type Found =
  | { readonly kind: 'found'; readonly request: Request; readonly statement: Statement | undefined }
  | { readonly kind: 'none' }
  | { readonly kind: 'gap'; readonly because: string };

/** Does any request of the region satisfy the formula? Throws PastBudget where `work` does not suffice. */
export function search(formula: Formula, region: Region, work: Work): Found {
  const isOpen = variablesOf(formula).some(isFreeIn(region));
  if (isOpen) {
    const wide = relaxed(formula, isFreeIn(region));
    const { kind } = searchIn(wide, wide, true, region, work);
    if (kind === 'none' || kind === 'refused') return { kind: 'none' };
  }
  const left = isOpen ? reachable(formula, region, work) : formula;
  const isFilled = variablesOf(left).length > 0;
  const found = searchIn(formula, left, isFilled, region, work);
  if (!isFilled || found.kind !== 'refused') return found.kind === 'refused' ? { kind: 'none' } : found;
  // What the formula allows and the region leaves out may be allowed of another value of a variable, which only what is left out tells from it.
  const finer = searchIn(formula, left, isFilled, { ...region, told: literalsOf(region.also?.() ?? TRUE) }, work);
  return finer.kind === 'refused' ? { kind: 'none' } : finer;
}

/** `refused`: the formula allows some, but none that the region holds. */
function searchIn(formula: Formula, left: Formula, isFilled: boolean, region: Region, work: Work): Found | { readonly kind: 'refused' } {
  const context: Search = { work, now: region.now, gap: undefined };
  const steps = isFilled ? 200 + fillingOf(left) : 200;
  let isRefused = false;
  for (const one of isFilled ? settled(left, region, context) : [region]) {
    work.spend(steps);
    const compiled = compile(left, one);
    const node = compiled === FALSE ? FALSE : all([compiled, one.also?.() ?? TRUE]);
    if (node === FALSE) continue;
    isRefused = true;
    const domain = domainIn(one);
    const asked: Asked = { shape: '', domains: [] };
    describe(node, domain, asked);
    if (work.isVain(asked)) continue;
    const values = new Solver(domain, context).solve(node);
    if (values === undefined) {
      if (context.gap === undefined) work.addVain(asked);
      continue;
    }
    const request = requestOf(formula, one, values, context);
    // The definition has the last word: a witness it refuses is a fault of the search, never a finding.
    if (!satisfies(formula, request)) throw new Error(`the witness does not replay: ${JSON.stringify(request)}`);
    return { kind: 'found', request, statement: admittedBy(formula, request) };
  }
  return context.gap !== undefined ? { kind: 'gap', because: context.gap } : { kind: isRefused ? 'refused' : 'none' };
}

/** Writes down what a node asks of which domains: classes that no policy tells apart ask the same of the same. */
function describe(node: Node, domain: (key: string) => Domain, asked: Asked): void {
  if (node.kind === 'literal') {
    asked.shape += `${node.positive ? '+' : '-'}${node.test.id}`;
    asked.domains.push(domain(node.key));
    return;
  }
  asked.shape += node.kind === 'all' ? '(' : '[';
  for (const one of node.of) describe(one, domain, asked);
  asked.shape += ')';
}

const domainIn = (region: Region) => (key: string): Domain => key === ACTION ? region.actions : key === RESOURCE ? region.resources?.() ?? absent : region.domain(key);


function requestOf(formula: Formula, region: Region, values: ReadonlyMap<string, Choice>, search: Search): Request {
  const solver = new Solver(domainIn(region), search);
  const free = (key: string): string | undefined => (values.get(key) ?? solver.anyOf(key))?.[0];
  const principal = withName(region.principal, free);
  const isUnnamed = principal.arn === undefined && (principal.kind === 'role' || principal.kind === 'user');
  const arn = isUnnamed ? free(PRINCIPAL_ARN) : principal.arn;
  const resource = region.resources === undefined ? undefined : free(RESOURCE);
  const names = namesIn(formula);
  const context = new Map<string, string | readonly string[]>();
  const put = (key: string, choice: Choice): void => {
    if (choice === null || key.startsWith('#')) return;
    context.set(canonicalName(key) ?? names.get(key) ?? key, choice.length === 1 && !isMultivalued(key) ? choice[0]! : choice);
  };
  for (const key of new Set([...shownKeys, ...names.keys()])) {
    const choice = settledChoice(region.domain(key));
    if (choice !== undefined) put(key, choice);
  }
  for (const name of tellingKeys(principal)) {
    const key = name.toLowerCase();
    const value = values.has(key) || region.domain(key).missing ? undefined : free(key);
    if (value !== undefined) context.set(canonicalName(key) ?? names.get(key) ?? name, value);
  }
  // What every request carries, it carries also where nothing is asked of it. Where one key of its network is tested, others tell where it comes from.
  for (const key of [...networkKeys].some((one) => names.has(one)) ? [...names.keys(), 'aws:sourceip', 'aws:sourcevpc'] : names.keys()) if (key !== CLOCK && key !== EPOCH && !values.has(key) && !region.domain(key).missing) put(key, solver.anyOf(key) ?? null);
  for (const [key, choice] of values) if (key !== CLOCK || names.has(CLOCK)) put(key, choice);
  const clock = values.get(CLOCK);
  if (clock !== undefined && clock !== null && names.has(EPOCH)) put(EPOCH, inUnitsOf(EPOCH, clock));
  if (arn !== undefined && isUnnamed) put(PRINCIPAL_ARN, [arn]);
  if (arn !== undefined && principal.kind === 'user' && settledChoice(region.domain(USER_NAME)) === undefined) put(USER_NAME, [arn.slice(arn.lastIndexOf('/') + 1)]);
  return { principal: arn === undefined ? principal : { ...principal, arn }, action: free(ACTION) ?? '', ...(resource === undefined ? {} : { resource }), context: Object.fromEntries(context) };
}

/** The principal with its name or provider, where a key tells which it is. */
function withName(principal: Principal, free: (key: string) => string | undefined): Principal {
  const { kind, provider } = principal;
  if (kind === 'service' && principal.name === '') return { ...principal, name: free('aws:principalservicename') ?? '' };
  if ((kind === 'web-identity' || kind === 'role') && provider === '') return { ...principal, provider: free('aws:federatedprovider') ?? '' };
  if (kind === 'saml' && provider?.endsWith('::') === true) return { ...principal, provider: `${provider}${(free('saml:doc') ?? '').replace('/', ':saml-provider/')}` };
  return principal;
}

/** The keys that the formula's policies test or put into texts, as they write them. */
function namesIn(formula: Formula): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (name: string): void => { if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name); };
  for (const { statements } of policiesOf(formula)) for (const { conditions, resources, variables } of statements) {
    for (const { name } of conditions) add(name);
    if (variables.length === 0) continue;
    for (const { given } of resources === undefined ? conditions : [resources.test, ...conditions]) for (const one of given) if (!isPattern(one)) for (const part of one.parts) if (isOpen(part)) add(part.name);
  }
  return names;
}
