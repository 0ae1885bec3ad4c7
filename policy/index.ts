/**
 * The decision engine, and all that other folders may use of it: read policies, ask whether anyone outside gets through
 * one or several, compare two, decide single requests.
 */
export { parsePolicy, PolicyError, type Policy, type Statement } from './parse.ts';
export { duplicateKey } from './duplicate-keys.ts';
export { decide, type Decision, type Setting } from './decide.ts';
export { and, not, or, policy, satisfies, type Formula } from './formula.ts';
export { ask, formulaOf } from './ask.ts';
export { prefixOf } from './world/targets.ts';
export { askTogether, objectivesOf, type Planes, type TogetherAnswer } from './planes.ts';
export { compare, type Difference } from './compare.ts';
export { describeAnswer, describePrincipal, describeRequest } from './words/describe.ts';
export { defaultPerimeter, emptyPerimeter, type IdentityProvider, type Networks, type Partner, type Perimeter } from './perimeter.ts';
export type { Answer, Objective, Question, QuestionKind, Subject } from './question.ts';
export { issuerOf, type Principal, type PrincipalKind, type Reach, type Request } from './request.ts';
