import { AwsError } from './fake-aws/service.ts';
import type { CallApi, Point, Result, Run, World } from './types.ts';

export type Fault = (next: CallApi) => CallApi;

/** The world with faults in front of its APIs, the first outermost. Invocations pass as `lambda:Invoke`. */
export function withFaults(world: World, ...faults: readonly Fault[]): World {
  const base: CallApi = (service, api, input, role) => service === 'lambda' && api === 'Invoke' ? world.invoke(String(input.FunctionName), input.Payload, role) : world.callApi(service, api, input, role);
  const callApi = faults.reduceRight((next, fault) => fault(next), base);
  return { ...world, callApi, invoke: (FunctionName, Payload, role) => callApi('lambda', 'Invoke', { FunctionName, Payload }, role) as ReturnType<World['invoke']> };
}

/** Runs `act` in place of the n-th call (from 1) of an operation such as `rds:ModifyDBInstance`. */
const atCall = (on: string, nth: number, act: (call: () => Promise<unknown>) => Promise<unknown>): Fault => (next) => {
  let count = 0;
  return (service, api, ...rest) => {
    const call = (): Promise<unknown> => next(service, api, ...rest);
    if (`${service}:${api}` !== on) return call();
    count += 1;
    return count === nth ? act(call) : call();
  };
};

export const throttle = (on: string, nth = 1): Fault => atCall(on, nth, () => Promise.reject(new AwsError('ThrottlingException', 'Rate exceeded')));

/** The call takes effect, but its answer never comes. */
export const lostAnswer = (on: string, nth = 1): Fault => atCall(on, nth, async (call) => {
  await call();
  throw new AwsError('RequestTimeout', 'no answer came');
});

/** Somebody else changes the resource just before the call. */
export const concurrentWriter = (before: string, change: () => unknown, nth = 1): Fault => atCall(before, nth, async (call) => {
  await change();
  return call();
});

/**
 * After the first `write`, `read` answers from before it, `times` times. `snapshot` gives the reader of that moment, such as a fake's `snapshot`.
 * Strongly consistent reads of DynamoDB are never stale.
 */
export const staleRead = ({ write, read, times, snapshot }: { readonly write: string; readonly read: string; readonly times: number; readonly snapshot: () => CallApi }): Fault => (next) => {
  let before: CallApi | undefined;
  let left = times;
  return (service, api, input, role) => {
    const name = `${service}:${api}`;
    if (name === write) before ??= snapshot();
    if (name !== read || before === undefined || left === 0 || input.ConsistentRead === true) return next(service, api, input, role);
    left -= 1;
    return before(service, api, input, role);
  };
};

/** After the first `write`, every answer of `read` passes through `change`, such as back to `modifying`. */
export const stuckStatus = ({ write, read, change }: { readonly write: string; readonly read: string; readonly change: (answer: never) => void }): Fault => (next) => {
  let written = false;
  return async (service, api, input, role) => {
    if (`${service}:${api}` === write) written = true;
    const answer = await next(service, api, input, role);
    if (!written || `${service}:${api}` !== read) return answer;
    const changed = structuredClone(answer);
    change(changed as never);
    return changed;
  };
};

/** Stops a run where `when` says so; nothing of it runs any more, no clean-up either. */
export async function* killWhen(run: Run, when: (point: Point) => boolean): Run {
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
    if (when(next.value)) return killed(next.value);
    yield next.value;
  }
}
function killed({ step, soFar }: Point): Result {
  return { status: 'Cancelled', message: `killed before step \`${step}\` went on`, outputs: {}, steps: [...soFar.steps], calls: [...soFar.calls] };
}

/** Stops a run once `steps` steps have ended, before the next begins. */
export const killAfter = (run: Run, steps: number): Run => killWhen(run, ({ at, soFar }) => at === 'step' && soFar.steps.length === steps);
