import { ask, askTogether, decide, formulaOf, satisfies, type Objective, type Planes, type Policy, type Question, type QuestionKind, type TogetherAnswer } from '../../policy/index.ts';
import { guarded, type Failure } from './guarded.ts';

type QuestionOf = (kind: QuestionKind, about: Policy) => Question;
/** One policy in the company of another, and what is asked of both. */
interface Company { readonly kind: 'resource' | 'trust'; readonly objectives: readonly Objective[]; readonly planesOf: (policy: Policy, other: Policy) => Planes; readonly viaEndpoint?: true }

const companies: readonly Company[] = [
  { kind: 'resource', objectives: ['principals', 'deputies', 'networks'], planesOf: (policy, other) => ({ scps: [], rcps: [other], resource: policy }) },
  { kind: 'resource', objectives: ['principals', 'resources'], planesOf: (policy, other) => ({ identity: other, scps: [other], rcps: [policy], endpoint: policy, resource: other }), viaEndpoint: true },
  { kind: 'resource', objectives: ['resources', 'networks'], planesOf: (policy, other) => ({ identity: policy, boundary: other, scps: [policy, other], rcps: [], resource: other }) },
  { kind: 'trust', objectives: ['principals', 'networks'], planesOf: (policy, other) => ({ identity: other, scps: [], rcps: [other], resource: policy }) },
];

/** What is wrong with answers about both together, if anything is. */
export function togetherWith(questionOf: QuestionOf, policy: Policy, other: Policy, anew: () => Policy, beat: () => void): Failure | undefined {
  for (const { kind, objectives, planesOf, viaEndpoint = false } of companies) for (const objective of objectives) {
    const { policy: _, ...subject } = questionOf(kind, policy);
    const planes = planesOf(policy, other);
    const failure = guarded(`${objective} of ${Object.keys(planes).join(' and ')} for ${kind}`, beat,
      (isFirst) => askTogether({ ...subject, viaEndpoint }, isFirst ? planes : planesOf(anew(), other), objective), (answer) => wrong(answer, planes, objective, questionOf, kind));
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function wrong(answer: TogetherAnswer, planes: Planes, objective: Objective, questionOf: QuestionOf, kind: Company['kind']): Failure | undefined {
  if (answer.answer === 'undecided') return answer.because === '' ? { kind: 'undecided together without a cause', detail: '' } : undefined;
  if (answer.answer === 'inside') return answer.stoppedBy === undefined || answer.stoppedBy.length === 0 ? { kind: 'inside though no plane stops it', detail: answer.because } : undefined;
  const { witness, at } = answer;
  const shown = JSON.stringify(witness);
  const { identity, boundary, scps, rcps, endpoint, resource } = planes;
  const attached = [identity, boundary, ...scps].filter((one) => one !== undefined);
  const hanging = [resource, ...rcps, endpoint].filter((one) => one !== undefined);
  const isDenied = (of: readonly Policy[], setting: object): boolean => of.some((one) => decide(one, witness, setting).by?.effect === 'Deny');
  // RCPs do not bind every service. What does not bind the objective's callers is an outsider's own affair.
  const ofRcp = ({ resource: hung, ...others }: Question): Question => kind === 'trust' ? { ...others, service: 'sts' } : { ...others, ...hung === undefined ? {} : { resource: hung } };
  const letThrough = (rcp: Policy): boolean => satisfies(formulaOf(ofRcp(questionOf('rcp', rcp))), witness);
  if (objective !== 'principals' && objective !== 'deputies' ? isDenied(attached, { attached: true }) : isDenied(resource === undefined ? [] : [resource], {}) || !rcps.every(letThrough)) return { kind: 'a witness that a plane denies', detail: shown };
  if (![...attached, ...hanging].some(({ statements }) => statements.some((one) => one.effect === 'Allow' && one.at === at)) && at !== '' && at !== '/Statement') return { kind: 'a place together that is no Allow', detail: at };
  // One more policy lets nobody in whom the resource's own keeps out.
  if (resource === undefined || (objective !== 'principals' && objective !== 'deputies')) return undefined;
  const alone = questionOf(kind, resource);
  return satisfies(formulaOf(alone), witness) && ask(alone, objective).answer !== 'inside' ? undefined : { kind: 'outside together, inside alone', detail: shown };
}
