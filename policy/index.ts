/** The face of the decision engine: everything other folders may use of it. */
export { parsePolicy, PolicyError, type Policy, type Statement } from './parse.ts';
export { decide, type Decision } from './decide.ts';
export { ask } from './ask.ts';
export { suggestChange } from './words/suggest.ts';
export { describeAnswer, describePrincipal, describeRequest } from './words/describe.ts';
export { emptyPerimeter, type IdentityProvider, type Networks, type Partner, type Perimeter } from './perimeter.ts';
export type { Answer, Objective, Question, QuestionKind } from './question.ts';
export type { Principal, PrincipalKind, Reach, Request } from './request.ts';
