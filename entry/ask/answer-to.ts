import { ask, type Answer, type Objective, type Question } from '../../policy/index.ts';

/** The engine's answer about one policy. About networks an identity policy is asked as an SCP is, for each says what principals of mine may do, from wherever. */
export const answerTo = (question: Question, objective: Objective): Answer => ask(isOfIdentity(question, objective) ? { ...question, kind: 'scp' } : question, objective);

/** Whether a question is about where principals come from to whom an identity policy is attached. */
export const isOfIdentity = ({ kind }: Pick<Question, 'kind'>, objective: Objective): boolean => kind === 'identity' && objective === 'networks';
