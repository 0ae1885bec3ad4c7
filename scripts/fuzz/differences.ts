import { ask, compare, formulaOf, satisfies, type Difference, type Formula, type Policy, type Question, type QuestionKind } from '../../policy/index.ts';
import { guarded, type Failure } from './guarded.ts';

const kinds: readonly QuestionKind[] = ['vpc-endpoint', 'resource', 'trust', 'identity'];

/** What is wrong with the differences between two policies, if anything is. */
export function differences(questionOf: (kind: QuestionKind, about: Policy) => Question, policy: Policy, other: Policy, anew: () => Policy, beat: () => void): Failure | undefined {
  for (const kind of kinds) {
    const { policy: _, ...subject } = questionOf(kind, policy);
    const formula = (of: Policy): Formula => formulaOf(questionOf(kind, of));
    const [before, after] = [formula(other), formula(policy)];
    const failure = guarded(`differences as ${kind}`, beat, (isFirst) => compare(subject, before, isFirst ? after : formula(anew())), ({ added, removed }) =>
      wrong(added, after, before) ?? wrong(removed, before, after) ?? (added.kind === 'nothing' ? unnoticed(questionOf(kind, policy), before) : undefined));
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function wrong(difference: Difference, allowing: Formula, refusing: Formula): Failure | undefined {
  switch (difference.kind) {
    case 'nothing': return undefined;
    case 'undecided': return difference.because === '' ? { kind: 'differences undecided without a cause', detail: '' } : undefined;
    case 'request': return satisfies(allowing, difference.request) && !satisfies(refusing, difference.request) ? undefined : { kind: 'a request that tells nothing apart', detail: JSON.stringify(difference.request) };
  }
}

/** Where a policy adds nothing to another, that one lets in whomever it does. */
function unnoticed(question: Question, other: Formula): Failure | undefined {
  const answer = ask(question, question.kind === 'identity' ? 'resources' : 'principals');
  return answer.answer !== 'outside' || satisfies(other, answer.witness) ? undefined : { kind: 'nothing added, but somebody is let in', detail: JSON.stringify(answer.witness) };
}
