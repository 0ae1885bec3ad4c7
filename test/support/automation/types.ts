export type Fields = Readonly<Record<string, unknown>>;

/** Rejects with an error whose `name` is AWS's error code, as the clients of the AWS SDK do. */
export type CallApi = (service: string, api: string, input: Fields, role: string) => Promise<unknown>;

/** What Lambda's Invoke answers. */
export interface Invocation { readonly StatusCode: number; readonly FunctionError?: string; readonly Payload?: string }
export type Invoke = (functionName: string, payload: unknown, role: string) => Promise<Invocation>;

/** Milliseconds since 1970; time passes only where somebody says so. */
export interface Clock {
  now(): number;
  /** Never goes back. */
  advanceTo(time: number): void;
}

/** Where AWS's pages leave two readings open, a runbook should hold under both. The first of each is the default. */
export interface Readings {
  /** Does an error of the function fail `aws:invokeLambdaFunction`, or is it only an output, `FunctionError`? */
  readonly functionError?: 'fails' | 'passes';
  /** Does a String output that holds JSON reach an API's text member as it is, or as an object, which the API refuses? */
  readonly jsonText?: 'text' | 'parsed';
}

export interface World {
  readonly callApi: CallApi;
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly executionId: string;
  readonly readings?: Readings;
}

export interface Call {
  readonly service: string;
  readonly api: string;
  readonly input: Fields;
  readonly role: string;
  /** AWS's code, where the call failed. */
  readonly error?: string;
}
export interface StepRecord {
  readonly name: string;
  readonly status: 'Success' | 'Failed' | 'TimedOut';
  readonly outputs: Fields;
  readonly attempts: number;
  readonly message?: string;
}
export interface Result {
  /** `Cancelled`: killed from outside. */
  readonly status: 'Success' | 'Failed' | 'TimedOut' | 'Cancelled';
  readonly failedStep?: string;
  readonly message?: string;
  readonly steps: readonly StepRecord[];
  readonly outputs: Fields;
  readonly calls: readonly Call[];
}

/** A moment at which an execution can be left alone or killed: before a step, before a call, or while it waits. */
export interface Point {
  readonly at: 'step' | 'call' | 'wait';
  readonly step: string;
  /** The call that comes next, such as `rds:ModifyDBInstance`. */
  readonly call?: string;
  /** Of a wait: when it ends. */
  readonly until?: number;
  readonly soFar: Pick<Result, 'steps' | 'calls'>;
}
export type Run = AsyncGenerator<Point, Result, void>;
