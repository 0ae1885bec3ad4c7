/**
 * The decision engine, and all that other folders may use of it: read policies, ask whether anyone outside gets through
 * one or several, look for requests that a formula of policies allows, compare two, decide single requests.
 */
export { parsePolicy, PolicyError, type Element, type Policy, type Principals, type Statement } from './parse.ts';
export type { Condition } from './conditions.ts';
export { duplicateKey } from './duplicate-keys.ts';
export { decide, satisfies } from './checked.ts';
export type { Decision, Setting } from './decide.ts';
export { and, not, or, policy, type Formula } from './formula.ts';
export { ask, formulaOf } from './ask.ts';
export { prefixOf } from './world/prefixes.ts';
export { askTogether, objectivesOf, type Planes, type TogetherAnswer } from './planes.ts';
export { findRequest, type Found } from './find-request.ts';
export { accountsApart, UNLISTED } from './accounts-apart.ts';
export { compare, type Difference } from './compare.ts';
export { describeAnswer, describePrincipal, describeRequest } from './words/describe.ts';
export { defaultPerimeter, emptyPerimeter, type IdentityProvider, type Networks, type Partner, type Perimeter } from './perimeter.ts';
export { objectivesByKind, type Answer, type Objective, type Question, type QuestionKind, type Subject } from './question.ts';
export { issuerOf } from './issuers.ts';
export { reaches, type Principal, type PrincipalKind, type Reach, type Request } from './request.ts';
