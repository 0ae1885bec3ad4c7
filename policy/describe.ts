import type { Answer } from './question.ts';
import type { Principal, Request } from './request.ts';
/** The caller in words: `role arn:… of account …`. */
export const describePrincipal = (principal: Principal): string => principal.kind;
/** The witness as a clause: who could do what from where. */
export const describeRequest = (request: Request): string => `${describePrincipal(request.principal)} could call ${request.action}`;
/** The finding's sentence for an answer (outside, undecided, inside). */
export const describeAnswer = (answer: Answer): string => answer.because;
