import { testOn, type Condition } from '../conditions.ts';
import { matchesPrincipal, type Setting } from '../decide.ts';
import type { Element, Statement } from '../parse.ts';
import type { Principal } from '../request.ts';
import { patternsOperator } from '../operators.ts';
import { outcomeIn } from '../search/compile.ts';
import { solveKey } from '../search/keys.ts';
import type { Search } from '../search/kinds.ts';
import { literalOf } from '../search/logic.ts';
import { absent, maybe, type Domain } from '../search/region.ts';
import { ofService } from '../tables/carried.ts';
import { untoldActions } from '../tables/untold-owners.ts';
import { narrowed } from './members.ts';
import { ofDefinition } from './of-definition.ts';
import { foreignOwners, isSpokenOf, myOwners, ownerDomain, ownOwner, tellsOwners, type Owner } from './owners.ts';
import { prefixesOf } from './prefixes.ts';
import type { World } from './world.ts';

/** What is known of a set of requests: by key, what all of them carry; `undefined` where that is open. */
interface Carried { domain(key: string): Domain | undefined }
interface Known { readonly principal: Principal | undefined; readonly carried: Carried }

/**
 * Whether what a caller carries in every request already settles that a policy refuses it, whatever is asked for: no
 * Allow can hold, or a Deny of everything does.
 */
export const isHopeless = (world: World, principal: Principal, carried: Carried): boolean => isRefused(world, {
  // An ARN that is open says nothing yet of who is listed.
  principal: principal.account === undefined || principal.arn !== undefined ? principal : undefined,
  carried,
});

/**
 * The same of all outsiders at once, which spares looking at each: none of them is in an organization of mine, and what else they carry is left open.
 */
export const areOutsidersHopeless = (world: World): boolean => world.tests(ORGANIZATION) && world.once('outsiders are hopeless', () => isRefused(world, { principal: undefined, carried: { domain: (key) => ofOutsiders(key, world) } }));
const ORGANIZATION = 'aws:principalorgid';
/** Where paths say which members are mine, others are of the same organization. */
const ofOutsiders = (key: string, world: World): Domain | undefined => key !== ORGANIZATION || narrowed(world).length > 0 ? undefined
  : ofDefinition(world.perimeter, 'organizations of outsiders', () => maybe({ tests: [{ test: testOn(key, patternsOperator, world.perimeter.organizations), want: false }] }));

/** The same of AWS services, whatever their names and whomever they act for, which are in no organization. */
export const areServicesHopeless = (world: World): boolean => world.testsAny(absentOfServices) && world.once('services are hopeless', () => isRefused(world, { principal: undefined, carried: { domain: (key) => absentOfServices.has(key) ? absent : undefined } }));
const absentOfServices = new Set(ofService.absent.split(' '));

/** The same of whose resources are asked for. */
export const isOutOfReach = (world: World, owner: Owner): boolean => isRefused(world, { principal: undefined, carried: { domain: (key) => ownerDomain(key, world, owner, world.prefix, world.prefix === undefined || untoldActions(world.prefix).length > 0) } });

/** Owners as the policies tell them apart, but for those whose resources no request can reach. */
export const ownersInReach = (world: World): Owner[] => [...myOwners(world), ...foreignOwners(world)].filter((one) => !isOutOfReach(world, one));

/** The same of what hangs on resources. */
export const ownersSpokenOf = (world: World): readonly Owner[] => tellsOwners(world) ? myOwners(world).filter((one) => isSpokenOf(world, one) && !isOutOfReach(world, one)) : [ownOwner(world)];

function isRefused(world: World, known: Known): boolean {
  for (const { policy, setting } of world.required) {
    let isOpen = false;
    for (const one of policy.statements) {
      if (one.effect === 'Allow') isOpen ||= mayHold(one, known, setting, world); else if (isCertain(one, known, setting, world)) return true;
    }
    if (!isOpen) return true;
  }
  return false;
}

const mayHold = (one: Statement, known: Known, setting: Setting, world: World): boolean =>
  (known.principal === undefined || matchesPrincipal(one, known.principal, setting)) && one.conditions.every((condition) => mayPass(condition, known.carried.domain(condition.key), world));

/** Whether some value that may be carried passes, for all we know. */
function mayPass(condition: Condition, of: Domain | undefined, { work, question: { now } }: World): boolean {
  if (condition.variables.length > 0 || of === undefined) return true;
  const outcome = outcomeIn(of, condition);
  if (outcome !== undefined) return outcome;
  // Where any value may stand, one passes.
  if (of.forms === undefined && of.tests === undefined && of.wide !== true) return true;
  const search: Search = { work, now, gap: undefined };
  return solveKey(condition.key, of, [literalOf(condition.key, condition, true)], search) !== undefined || search.gap !== undefined;
}

/** All actions that are asked about in one text, where they are of one service. */
const everyAction = (world: World): string | undefined => world.once('every action', () => world.prefix === undefined || world.question.kind === 'trust' || prefixesOf(world).length > 1 ? undefined : `${world.prefix}:*`);

const isCertain = (one: Statement, known: Known, setting: Setting, world: World): boolean => (one.principals === undefined ? setting.attached === true : one.principals.everyone && !one.principals.negated)
  && isOfAll(one.actions, world) && (one.resources === undefined || isOfAll(one.resources)) && one.conditions.every((condition) => surelyPasses(condition, known.carried.domain(condition.key)));
const isOfAll = ({ negated, test }: Element, world?: World): boolean => !negated && test.patterns.some((pattern) => pattern.isEverything || (world !== undefined && pattern.text.endsWith(':*') && pattern.text === everyAction(world)));

/** Whether all that may be carried passes, as far as it is settled. */
function surelyPasses(condition: Condition, of: Domain | undefined): boolean {
  return of !== undefined && condition.variables.length === 0 && outcomeIn(of, condition) === true;
}
