import type { Action, Attempt } from '../action.ts';
import { asDesired, convert } from '../convert.ts';
import { StepFailed, StepTimedOut } from '../errors.ts';
import { parseSelector, select } from '../selector.ts';
import type { Fields, Point } from '../types.ts';
import { fits, show } from '../values.ts';

/** Seconds between two looks of `aws:waitForAwsResourceProperty`; AWS does not tell its own. */
const pollSeconds = 10;
/** AWS runs no streaming operations through these actions. */
const streaming = ['lambda:Invoke', 'lambda:InvokeWithResponseStream', 's3:GetObject', 's3:PutObject', 's3:SelectObjectContent'];

/** AWS takes boto3's method names too; the pack writes API names, so that one search finds every use. */
function checkCall({ Service, Api }: Fields): string | undefined {
  if (typeof Service !== 'string' || !/^[a-z][a-z0-9-]*$/.test(Service)) return `\`Service\` is ${show(Service)}, not a service's name`;
  if (typeof Api !== 'string' || !/^[A-Z]\w*$/.test(Api)) return `\`Api\` is ${show(Api)}, not an operation's name such as \`GetItem\``;
  return streaming.includes(`${Service}:${Api}`) ? `\`${Service}:${Api}\` streams, which the action does not` : undefined;
}

function checkProperty(inputs: Fields): string | undefined {
  const { PropertySelector, DesiredValues } = inputs;
  if (typeof PropertySelector !== 'string' || parseSelector(PropertySelector) === undefined) return `\`PropertySelector\` is ${show(PropertySelector)}, no path of ., .. and [i]`;
  // A flag written bare in YAML is not a text, and the service compares with `True` and `False`.
  if (!fits('StringList', DesiredValues) || (DesiredValues as string[]).length === 0) return `\`DesiredValues\` is ${show(DesiredValues)}, not a list of texts`;
  return checkCall(inputs);
}

const input = ({ Service: _, Api: __, PropertySelector: ___, DesiredValues: ____, ...rest }: Fields): Fields => rest;

async function* property(inputs: Fields, attempt: Attempt): AsyncGenerator<Point, { readonly desired: boolean; readonly shown: string }, void> {
  const selector = inputs.PropertySelector as string;
  const value = select(yield* attempt.call(inputs.Service as string, inputs.Api as string, input(inputs)), parseSelector(selector)!);
  if (value === undefined) throw new StepFailed(`\`${selector}\` finds nothing in the answer of ${String(inputs.Service)}:${String(inputs.Api)}`);
  const text = asDesired(value);
  return { desired: text !== undefined && (inputs.DesiredValues as string[]).includes(text), shown: `\`${selector}\` is ${show(text ?? value)}, none of ${show(inputs.DesiredValues)}` };
}

export const executeAwsApi: Action = {
  inputs: { required: ['Service', 'Api'], optional: 'any' }, takesOutputs: true, timeoutSeconds: 25, mostSeconds: 25,
  check: checkCall,
  async *run(inputs, attempt) {
    const { Service, Api, ...rest } = inputs;
    const answer = yield* attempt.call(Service as string, Api as string, rest);
    return { outputs: Object.fromEntries(attempt.outputs.map(({ name, selector, text, type }) => {
      const value = select(answer, selector);
      if (value === undefined) throw new StepFailed(`output \`${name}\`: \`${text}\` finds nothing in the answer of ${String(Service)}:${String(Api)}`);
      return [name, convert(value, type)];
    })) };
  },
};

export const assertAwsResourceProperty: Action = {
  inputs: { required: ['Service', 'Api', 'PropertySelector', 'DesiredValues'], optional: 'any' }, timeoutSeconds: 25, mostSeconds: 25,
  check: checkProperty,
  async *run(inputs, attempt) {
    const { desired, shown } = yield* property(inputs, attempt);
    if (!desired) throw new StepFailed(shown);
    return { outputs: {} };
  },
};

/** A failed call or a missing property fails the step at once: AWS does not promise that the wait goes on. */
export const waitForAwsResourceProperty: Action = {
  ...assertAwsResourceProperty, timeoutSeconds: 3600, mostSeconds: Infinity,
  async *run(inputs, attempt) {
    const { clock } = attempt.world;
    const deadline = clock.now() + attempt.timeoutSeconds * 1000;
    for (;;) {
      const { desired, shown } = yield* property(inputs, attempt);
      if (desired) return { outputs: {} };
      const next = clock.now() + pollSeconds * 1000;
      yield* attempt.waitUntil(Math.min(next, deadline));
      if (next >= deadline) throw new StepTimedOut(`after ${attempt.timeoutSeconds} s ${shown}`);
    }
  },
};
