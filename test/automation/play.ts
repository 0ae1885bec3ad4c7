import { virtualClock } from '../support/automation/clock.ts';
import { AwsError } from '../support/automation/fake-aws/service.ts';
import { runAutomation } from '../support/automation/run.ts';
import { finish } from '../support/automation/schedule.ts';
import type { Fields, Result, World } from '../support/automation/types.ts';

export const role = 'arn:aws:iam::111111111111:role/remediate';
export const start = '2026-11-01T09:30:05.750Z';

/** An answer, an error, or a function of the input and of how often the operation was called before. */
type Answer = unknown;

/** A world with these answers by operation, such as `rds:DescribeDBInstances`; `lambda:Invoke` answers an invocation. */
export function worldOf(answers: Readonly<Record<string, Answer>> = {}, more: Partial<World> = {}): World {
  const counts = new Map<string, number>();
  // Async: a refusal is a rejection, as of a client.
  const callApi = async (service: string, api: string, input: Fields): Promise<unknown> => {
    const name = `${service}:${api}`;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const answer = answers[name];
    const made: unknown = typeof answer === 'function' ? (answer as (input: Fields, count: number) => unknown)(input, count) : answer;
    if (made instanceof Error) throw made;
    return made;
  };
  return {
    callApi, invoke: (FunctionName, Payload) => callApi('lambda', 'Invoke', { FunctionName, Payload }) as ReturnType<World['invoke']>,
    clock: virtualClock(start), account: '111111111111', region: 'eu-west-1', executionId: '11111111-aaaa', ...more,
  };
}

/** A document of these steps as text; JSON is YAML too. */
export function documentOf(mainSteps: readonly Fields[], { parameters = {}, ...more }: Fields = {}): string {
  return JSON.stringify({
    schemaVersion: '0.3', assumeRole: '{{ AutomationAssumeRole }}', parameters: { AutomationAssumeRole: { type: 'AWS::IAM::Role::Arn' }, ...parameters as object }, mainSteps, ...more,
  });
}

export interface Play { readonly given?: Fields; readonly answers?: Readonly<Record<string, Answer>>; readonly world?: Partial<World>; readonly document?: Fields }
export const play = (steps: readonly Fields[], { given = {}, answers = {}, world = {}, document = {} }: Play = {}): Promise<Result> =>
  finish(runAutomation(documentOf(steps, document), { AutomationAssumeRole: role, ...given }, worldOf(answers, world)));

/** The ways of a result: each step with its status, and its attempts where there were several. */
export const ways = ({ steps }: Result): string[] => steps.map(({ name, status, attempts }) => `${name} ${status}${attempts > 1 ? ` ×${attempts}` : ''}`);

export const api = (name: string, Service: string, Api: string, inputs: Fields = {}, more: Fields = {}): Fields => ({ name, action: 'aws:executeAwsApi', inputs: { Service, Api, ...inputs }, ...more });
export const sleep = (name: string, more: Fields = {}): Fields => ({ name, action: 'aws:sleep', inputs: { Duration: 'PT1S' }, ...more });
export const denied = new AwsError('AccessDenied', 'no');
