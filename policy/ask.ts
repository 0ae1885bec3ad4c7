import type { Answer, Objective, Question } from './question.ts';
/** Can any request from outside the perimeter get through? */
export function ask(_question: Question, _objective: Objective): Answer { return { answer: 'undecided', because: 'the engine is being written', notes: [] }; }
