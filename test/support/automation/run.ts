import type { Attempt, Done } from './action.ts';
import { readDocument, type Document } from './document.ts';
import { InvalidParameters, StepFailed, StepTimedOut } from './errors.ts';
import { expand, type Scope } from './expand.ts';
import { faults, readParameters } from './parameters.ts';
import type { Step } from './step.ts';
import type { Call, Fields, Point, Run, StepRecord, World } from './types.ts';

const mostBytes = 64 * 1024;
/** What the harness itself throws when it is wrong: no error of AWS has such a name. */
const bugs = ['Error', 'TypeError', 'ReferenceError', 'RangeError', 'AssertionError'];

/** Documents already read: exploring orders of two runs reads the same text thousands of times. */
const documents = new Map<string, Document>();

/**
 * Runs a runbook of schema 0.3 with the semantics AWS documents, strictly where it documents none.
 * Throws InvalidDocument or InvalidParameters before anything runs. The run goes on each time it is asked for its next point.
 */
export function runAutomation(documentText: string, parameters: Fields, world: World): Run {
  const document = documents.get(documentText) ?? readDocument(documentText);
  documents.set(documentText, document);
  const values = readParameters(document.parameters, parameters);
  const bytes = Buffer.byteLength(documentText) + Buffer.byteLength(JSON.stringify(values));
  if (bytes > mostBytes) throw new InvalidParameters(`the document and its parameters have ${bytes} bytes, more than ${mostBytes}`);
  return execute(document, values, world);
}

async function* execute(document: Document, parameters: Fields, world: World): Run {
  const steps: StepRecord[] = [];
  const calls: Call[] = [];
  const outputs = new Map<string, unknown>();
  const variables = new Map<string, unknown>(Object.entries(document.variables).flatMap(([name, declaration]) => declaration.default === undefined ? [] : [[`variable:${name}`, declaration.default]]));
  const scope: Scope = {
    lookup: (name) => (Object.hasOwn(parameters, name) ? parameters[name] : undefined) ?? outputs.get(name) ?? variables.get(name) ?? system(name, world),
    jsonText: world.readings?.jsonText,
  };
  const role = String(expand(document.assumeRole, scope));

  const point = (at: Point['at'], step: Step, more: Pick<Point, 'until' | 'call'> = {}): Point => ({ at, step: step.name, soFar: { steps, calls }, ...more });
  async function* touch<T>(step: Step, call: Call, act: () => Promise<T>): AsyncGenerator<Point, T, void> {
    yield point('call', step, { call: `${call.service}:${call.api}` });
    const start = world.clock.now();
    let answer: T;
    try {
      answer = await act();
    } catch (error) {
      if (!(error instanceof Error) || bugs.includes(error.name)) throw error;
      calls.push({ ...call, error: error.name });
      throw new StepFailed(`${call.service}:${call.api}: ${error.name}: ${error.message}`);
    }
    calls.push(call);
    const seconds = (world.clock.now() - start) / 1000;
    // What the call did stays done: a timeout only means that nobody waited for the answer.
    if (seconds > step.timeoutSeconds) throw new StepTimedOut(`${call.service}:${call.api} took ${seconds} s, more than ${step.timeoutSeconds} s`);
    return answer;
  }
  const attempt = (step: Step): Attempt => ({
    outputs: step.outputs, timeoutSeconds: step.timeoutSeconds, world,
    call: (service, api, input) => touch(step, { service, api, input, role }, () => world.callApi(service, api, input, role)),
    invoke: (name, payload) => touch(step, { service: 'lambda', api: 'Invoke', input: { FunctionName: name, Payload: payload }, role }, () => world.invoke(name, payload, role)),
    async *waitUntil(time) {
      yield point('wait', step, { until: time });
      world.clock.advanceTo(time);
    },
    setVariable(name, value) {
      const declaration = document.variables[name]!;
      const [fault] = faults({ minChars: 1, ...declaration.type === 'StringList' ? { maxItems: 50 } : declaration.type === 'MapList' ? { maxItems: 200 } : {}, ...declaration }, value);
      if (fault !== undefined) throw new StepFailed(`variable \`${name}\` ${fault}`);
      variables.set(`variable:${name}`, value);
    },
  });

  let failed: StepRecord | undefined;
  for (let step: Step | undefined = document.steps[0]; step !== undefined;) {
    yield point('step', step);
    const [record, done] = yield* runStep(step, attempt(step), scope);
    steps.push(record);
    for (const [name, value] of Object.entries(record.outputs)) outputs.set(`${record.name}.${name}`, value);
    // The first critical failure gives the execution its status, however much of the runbook still runs to clean up.
    if (record.status !== 'Success' && step.isCritical) failed ??= record;
    step = following(document.steps, step, done);
  }
  return {
    status: failed === undefined ? 'Success' : failed.status, steps, calls,
    ...failed === undefined ? {} : { failedStep: failed.name, message: failed.message! },
    // What no step has put out has no value, as in the console.
    outputs: Object.fromEntries(document.outputs.flatMap((name) => outputs.has(name) ? [[name, outputs.get(name)]] : [])),
  };
}

/** Every failure is tried again, `maxAttempts` says how often; no time passes between attempts, for AWS names none. */
async function* runStep(step: Step, attempt: Attempt, scope: Scope): AsyncGenerator<Point, readonly [StepRecord, Done | undefined], void> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      const done = yield* step.action.run(expand(step.inputs, scope) as Fields, attempt);
      return [{ name: step.name, status: 'Success', outputs: done.outputs, attempts }, done];
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      if (attempts === step.maxAttempts) return [{ name: step.name, status: error instanceof StepTimedOut ? 'TimedOut' : 'Failed', outputs: {}, attempts, message: error.message }, undefined];
    }
  }
}

/** `done` is `undefined` after a failure. A step that is not critical goes the same ways: it only leaves the status alone. */
function following(steps: readonly Step[], step: Step, done: Done | undefined): Step | undefined {
  const named = (name: string): Step | undefined => steps.find((one) => one.name === name);
  if (done?.jump !== undefined) return named(done.jump);
  if (step.isEnd || done === undefined && step.onFailure === 'Abort') return undefined;
  if (done === undefined && step.onFailure !== 'Continue') return named(step.onFailure.slice('step:'.length));
  return step.nextStep === undefined ? steps[steps.indexOf(step) + 1] : named(step.nextStep);
}

/** The times are those of the moment at which a step reads them. */
function system(name: string, { account, region, executionId, clock }: World): string | undefined {
  const [date, time] = new Date(clock.now()).toISOString().split('T') as [string, string];
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return new Map([
    ['global:ACCOUNT_ID', account], ['global:REGION', region], ['global:AWS_PARTITION', partition], ['automation:EXECUTION_ID', executionId],
    ['global:DATE', date], ['global:DATE_TIME', `${date}_${time.slice(0, 8).replaceAll(':', '.')}`],
  ]).get(name);
}
