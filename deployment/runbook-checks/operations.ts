import { modelSource, serviceNames, serviceOf, streamingOperations, type GivenModel, type Service } from './api-model.ts';
import { instead, isTemplate } from './fields.ts';
import type { Step } from './runbook.ts';
import type { Scalar } from './tree.ts';

/** boto3's method for an operation, which runbooks may write in its place. */
export function methodOf(operation: string): string {
  const plural = /[A-Z]{2,}s$/.exec(operation)?.[0] ?? '';
  const name = plural === '' ? operation : `${operation.slice(0, -plural.length)}_${plural.toLowerCase()}`;
  return name.replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2').replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
function findOperation(api: string, names: readonly string[]): string | undefined {
  if (names.includes(api)) return api;
  return /^[a-z0-9_]+$/.test(api) ? names.find((name) => methodOf(name) === api) : undefined;
}

/** The operation that a step calls. */
export type Called =
  | { readonly kind: 'known'; readonly operation: string; readonly service: Service; readonly shapes: { readonly input?: string; readonly output?: string } }
  /** It exists, but what it takes is not known here. */
  | { readonly kind: 'unlisted'; readonly why: string; readonly next: string }
  | { readonly kind: 'wrong'; readonly at: Scalar; readonly what: string; readonly next: string };

const byModel = `pass its service-2.json of ${modelSource} or newer with --model`;

/** Finds the operation; `undefined` when the step does not name one, which is said elsewhere. */
export function calledBy(step: Step, models: readonly GivenModel[]): Called | undefined {
  const [service, api] = ['Service', 'Api'].map((key) => step.inputs?.entries.get(key)?.value);
  if (service?.kind !== 'scalar' || api?.kind !== 'scalar' || service.value === null || api.value === null) return undefined;
  if (isTemplate(service.text) || isTemplate(api.text)) return { kind: 'unlisted', why: 'the operation is known at run time only', next: 'write its name out' };
  const given = models.find(({ called }) => called.includes(service.text));
  if (given === undefined && !serviceNames.includes(service.text)) return { kind: 'wrong', at: service, what: `there is no service \`${service.text}\``, next: instead(service.text, serviceNames, 'write the name that boto3 gives it, or pass its model with --model') };
  const known = given?.service ?? serviceOf(service.text);
  if (findOperation(api.text, given?.streaming ?? streamingOperations(service.text)) !== undefined) return { kind: 'wrong', at: api, what: `\`${api.text}\` streams, and Automation does not call streaming operations`, next: streamInstead(service.text) };
  if (known === undefined) return { kind: 'unlisted', why: `the table does not hold \`${service.text}\``, next: byModel };
  const operation = findOperation(api.text, known.names);
  if (operation === undefined) return { kind: 'wrong', at: api, what: `\`${service.text}\` has no operation \`${api.text}\``, next: instead(api.text, known.names, 'correct the name, or pass a newer model with --model') };
  const shapes = Object.hasOwn(known.operations, operation) ? known.operations[operation] : undefined;
  return shapes === undefined ? { kind: 'unlisted', why: `the table does not hold \`${operation}\` of \`${service.text}\``, next: byModel } : { kind: 'known', operation, service: known, shapes };
}
const streamInstead = (service: string): string => (service === 'lambda' ? 'use `aws:invokeLambdaFunction`' : 'call it in a function or a script');
