import type { Action } from '../action.ts';
import { StepFailed, StepTimedOut } from '../errors.ts';
import { isObject, show } from '../values.ts';

/** AWS cuts no payload short: more than this fails. */
const mostPayload = 200 * 1024;

export const invokeLambdaFunction: Action = {
  inputs: { required: ['FunctionName'], optional: ['Payload', 'InputPayload', 'InvocationType'] }, timeoutSeconds: 300, mostSeconds: 300,
  check({ Payload, InputPayload, InvocationType = 'RequestResponse' }) {
    if (InvocationType !== 'RequestResponse') return `the invocation type ${show(InvocationType)} is not played here`;
    if (Payload !== undefined && InputPayload !== undefined) return 'both `Payload` and `InputPayload` are given';
    if (Payload !== undefined && typeof Payload !== 'string') return `\`Payload\` is ${show(Payload)}, not JSON text`;
    return InputPayload === undefined || isObject(InputPayload) ? undefined : `\`InputPayload\` is ${show(InputPayload)}, not a map`;
  },
  async *run({ FunctionName, Payload, InputPayload = {} }, attempt) {
    if (typeof FunctionName !== 'string') throw new StepFailed(`\`FunctionName\` is ${show(FunctionName)}, not a text`);
    let payload: unknown = InputPayload;
    if (Payload !== undefined) try { payload = JSON.parse(String(Payload)); } catch { throw new StepFailed(`\`Payload\` is ${show(Payload)}, not JSON text`); }
    const { Payload: answer, ...rest } = yield* attempt.invoke(FunctionName, payload);
    if (rest.FunctionError !== undefined && attempt.world.readings?.functionError !== 'passes') throw new StepFailed(`\`${FunctionName}\` failed: ${rest.FunctionError}: ${answer ?? ''}`);
    if (answer !== undefined && answer.length > mostPayload) throw new StepFailed(`\`${FunctionName}\` answered ${answer.length} characters, more than ${mostPayload}`);
    return { outputs: { ...rest, ...answer === undefined ? {} : { Payload: answer } } };
  },
};

const duration = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/;

export const sleep: Action = {
  inputs: { required: ['Duration'], optional: [] }, timeoutSeconds: Infinity,
  check: ({ Duration }) => typeof Duration === 'string' && (duration.test(Duration) || Duration.includes('{{')) ? undefined : `\`Duration\` is ${show(Duration)}, not such as \`PT10M\``,
  async *run({ Duration }, { world: { clock }, timeoutSeconds, waitUntil }) {
    const match = duration.exec(String(Duration));
    if (match === null) throw new StepFailed(`\`Duration\` is ${show(Duration)}, not such as \`PT10M\``);
    const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
    const length = hours * 3600 + minutes * 60 + seconds;
    yield* waitUntil(clock.now() + Math.min(length, timeoutSeconds) * 1000);
    if (timeoutSeconds < length) throw new StepTimedOut(`the sleep of ${length} s was cut after ${timeoutSeconds} s`);
    return { outputs: {} };
  },
};

export const updateVariable: Action = {
  inputs: { required: ['Name', 'Value'], optional: [] }, timeoutSeconds: Infinity,
  check: ({ Name }, { variables }) => typeof Name === 'string' && Name.startsWith('variable:') && Object.hasOwn(variables, Name.slice('variable:'.length)) ? undefined : `\`Name\` is ${show(Name)}, not \`variable:\` and one of the document's variables`,
  async *run({ Name, Value }, { setVariable }) {
    setVariable((Name as string).slice('variable:'.length), Value);
    return { outputs: {} };
  },
};
