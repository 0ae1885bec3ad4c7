import { ask, decide, formulaOf, objectivesByKind, parsePolicy, PolicyError, satisfies, type Answer, type Policy, type Question, type QuestionKind } from '../../policy/index.ts';
import { perimeterWith } from '../bench/world.ts';
import type { Input } from './inputs.ts';
import { differences } from './differences.ts';
import { guarded, SLOW, timed, type Failure } from './guarded.ts';
import { togetherWith } from './together.ts';

const perimeter = perimeterWith();
const NOW = Date.parse('2026-11-25T00:00:00Z');
const kinds = Object.keys(objectivesByKind) as QuestionKind[];

/** A policy, or why there is none; anything but a PolicyError is a fault. */
type Reading = { readonly policy: Policy } | { readonly refusal: string; readonly at: string } | { readonly crash: string };
function read(input: unknown): Reading {
  try { return { policy: parsePolicy(input) }; } catch (error) {
    return error instanceof PolicyError ? { refusal: error.message, at: error.at } : { crash: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** A JSON pointer, unless the whole is at fault. */
const hasPlace = (message: string, at: string): boolean => at.startsWith('/') || /^(not JSON|expected a policy|unknown element|has no Statement)/.test(message);

function wrongAnswer(answer: Answer, question: Question): Failure | undefined {
  if (answer.answer === 'undecided') return answer.because === '' ? { kind: 'undecided without a cause', detail: '' } : undefined;
  if (answer.answer === 'inside') return undefined;
  // An SCP or RCP of Deny statements alone hangs beside AWS's own that allows everything, which stands nowhere in it.
  const isGuardrail = question.kind === 'scp' || question.kind === 'rcp';
  const setting = { gateway: question.kind === 'vpc-endpoint' && question.endpointType === 'gateway', attached: question.kind === 'identity' };
  if (!(isGuardrail ? satisfies(formulaOf(question), answer.witness) : decide(question.policy, answer.witness, setting).allowed)) return { kind: 'a witness that does not replay', detail: JSON.stringify(answer.witness) };
  const isAllow = question.policy.statements.find((one) => one.at === answer.at)?.effect === 'Allow';
  return isAllow || (isGuardrail && answer.at === '') ? undefined : { kind: 'a place that is no Allow', detail: answer.at };
}

function judge(policy: Policy, input: Input, beat: () => void): Failure | undefined {
  const { account, service, endpointType, resource } = input.asked;
  const questionOf = (kind: QuestionKind, about: Policy): Question => ({
    kind, policy: about, perimeter, account, now: NOW, ...(endpointType === undefined ? {} : { endpointType }),
    ...(kind !== 'resource' && kind !== 'rcp' ? kind === 'trust' ? {} : { service: service ?? 's3' }
      // One that does not act on the resource is refused.
      : resource !== undefined ? { resource } : service !== undefined ? { service } : { service: 's3', resource: 'arn:aws:s3:::acme-data' }),
  });
  // Policies anew, since answers are kept with the policy.
  const anew = (): Policy => parsePolicy(input.text);
  for (const kind of kinds) for (const objective of objectivesByKind[kind]) {
    const failure = guarded(`${kind}, ${objective}`, beat, (isFirst) => ask(questionOf(kind, isFirst ? policy : anew()), objective), (answer) => wrongAnswer(answer, questionOf(kind, policy)));
    if (failure !== undefined) return failure;
  }
  const other = parsePolicy(input.asked.text);
  return togetherWith(questionOf, policy, other, anew, beat) ?? differences(questionOf, policy, other, anew, beat);
}

export function check(input: Input, beat: () => void): Failure | undefined {
  beat();
  const { made: reading, took } = timed(() => read(input.text));
  return took > SLOW ? { kind: 'slow', detail: `parsePolicy, ${took.toFixed(0)} ms` } : of(reading, input, beat) ?? sameAsObject(reading, input);
}

function of(reading: Reading, input: Input, beat: () => void): Failure | undefined {
  if ('crash' in reading) return { kind: `parsePolicy throws ${reading.crash.replace(/:.*/s, '')}`, detail: reading.crash };
  if ('refusal' in reading) return hasPlace(reading.refusal, reading.at) ? undefined : { kind: 'an error without a place', detail: reading.refusal };
  if (input.isUnreadable) return { kind: 'an unreadable member that is read', detail: '' };
  return judge(reading.policy, input, beat);
}

/** Callers hand over text or what JSON.parse made of it, and both have to be read alike; only a member that stands there twice shows in the text alone. */
function sameAsObject(reading: Reading, input: Input): Failure | undefined {
  let json: unknown;
  try { json = JSON.parse(input.text); } catch { return undefined; }
  if (typeof json === 'string') return undefined;
  const second = read(json);
  if ('crash' in second) return { kind: `parsePolicy throws ${second.crash.replace(/:.*/s, '')}`, detail: `of the object: ${second.crash}` };
  if (('policy' in reading) === ('policy' in second) || ('refusal' in reading && /twice/.test(reading.refusal))) return undefined;
  return { kind: 'text and object read differently', detail: 'refusal' in reading ? reading.refusal : 'refusal' in second ? second.refusal : '' };
}
