import type { Action, Output } from './action.ts';
import { actions } from './actions/index.ts';
import { InvalidDocument } from './errors.ts';
import type { Declarations } from './parameters.ts';
import { parseSelector } from './selector.ts';
import type { Fields } from './types.ts';
import { isObject, show, types } from './values.ts';

export interface Step {
  readonly name: string;
  readonly action: Action;
  readonly inputs: Fields;
  readonly outputs: readonly Output[];
  readonly nextStep?: string;
  readonly isEnd: boolean;
  readonly isCritical: boolean;
  /** `Abort`, `Continue` or the name of a step after `step:`. */
  readonly onFailure: string;
  readonly maxAttempts: number;
  readonly timeoutSeconds: number;
}

const known = ['name', 'action', 'description', 'inputs', 'outputs', 'nextStep', 'isEnd', 'isCritical', 'onFailure', 'maxAttempts', 'timeoutSeconds'];

export function readStep(raw: unknown, document: { readonly variables: Declarations }): Step {
  if (!isObject(raw) || typeof raw.name !== 'string' || !/^\w{1,128}$/.test(raw.name)) throw new InvalidDocument(`${show(raw)} is not a step with a name of letters, digits and _`);
  const refuse = (message: string): never => { throw new InvalidDocument(`step \`${raw.name as string}\`: ${message}`); };
  for (const key of Object.keys(raw)) if (!known.includes(key)) refuse(`\`${key}\` is not played here`);
  const { inputs = {}, outputs, nextStep, isEnd = false, isCritical = true, onFailure = 'Abort', maxAttempts = 1 } = raw;
  const action = typeof raw.action === 'string' ? actions[raw.action] : undefined;
  if (action === undefined) return refuse(`the action ${show(raw.action)} is not played here; known are ${Object.keys(actions).join(', ')}`);
  const { timeoutSeconds = action.timeoutSeconds } = raw;

  if (typeof isEnd !== 'boolean' || typeof isCritical !== 'boolean') return refuse('`isEnd` and `isCritical` are true or false');
  if (!(Number.isInteger(maxAttempts) && Number(maxAttempts) > 0)) refuse(`\`maxAttempts\` is ${show(maxAttempts)}, not a number above 0`);
  if (raw.timeoutSeconds !== undefined && !(Number.isInteger(timeoutSeconds) && Number(timeoutSeconds) > 0)) refuse(`\`timeoutSeconds\` is ${show(timeoutSeconds)}, not a number above 0`);
  if (nextStep !== undefined && typeof nextStep !== 'string') return refuse(`\`nextStep\` is ${show(nextStep)}, not a step`);
  if (typeof onFailure !== 'string' || !/^(Abort|Continue|step:\w+)$/.test(onFailure)) return refuse(`\`onFailure\` is ${show(onFailure)}, not Abort, Continue or step:name`);
  // `isEnd` ends the execution whether the step succeeds or fails, so a way on contradicts it and AWS does not say which wins.
  if (isEnd && (nextStep !== undefined || onFailure.startsWith('step:'))) refuse('`isEnd` contradicts `nextStep` and `onFailure: step:…`');
  if (action.jumps !== undefined && nextStep !== undefined) refuse('a branch says where it goes in its inputs');
  if (isEnd && isObject(inputs) && action.jumps !== undefined && inputs.Default !== undefined) refuse('`isEnd` of a branch contradicts `Default`');

  if (!isObject(inputs)) return refuse('`inputs` is not a map');
  for (const one of action.inputs.required) if (inputs[one] === undefined) refuse(`the input \`${one}\` is missing`);
  const { required, optional } = action.inputs;
  if (optional !== 'any') for (const one of Object.keys(inputs)) if (!required.includes(one) && !optional.includes(one)) refuse(`the input \`${one}\` is unknown`);
  const fault = action.check(inputs, document);
  if (fault !== undefined) refuse(fault);
  return {
    name: raw.name, action, inputs, isEnd, isCritical, onFailure, maxAttempts: Number(maxAttempts),
    ...nextStep === undefined ? {} : { nextStep },
    timeoutSeconds: Math.min(Number(timeoutSeconds), action.mostSeconds ?? Infinity),
    outputs: outputs === undefined ? [] : readOutputs(outputs, action, refuse),
  };
}

/** AWS documents outputs with selectors for `aws:executeAwsApi` alone among the actions here. */
function readOutputs(raw: unknown, action: Action, refuse: (message: string) => never): Output[] {
  if (action.takesOutputs === undefined) refuse('the action takes no `outputs`');
  if (!Array.isArray(raw)) return refuse('`outputs` is not a list');
  const names = new Set<string>();
  return (raw as unknown[]).map((one) => {
    if (!isObject(one) || typeof one.Name !== 'string' || !/^\w+$/.test(one.Name) || names.has(one.Name)) return refuse(`${show(one)} is not an output with a name of its own`);
    names.add(one.Name);
    const selector = typeof one.Selector === 'string' ? parseSelector(one.Selector) : undefined;
    if (selector === undefined) return refuse(`output \`${one.Name}\`: ${show(one.Selector)} is no path of ., .. and [i]`);
    const type = types.find((each) => each === (one.Type ?? 'String'));
    if (type === undefined) return refuse(`output \`${one.Name}\`: the type ${show(one.Type)} is unknown`);
    return { name: one.Name, selector, text: one.Selector as string, type };
  });
}
