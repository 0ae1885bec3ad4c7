import type { CallApi, Clock, Invoke } from '../types.ts';
import { dynamodb } from './dynamodb.ts';
import { gate } from './grants.ts';
import { invoker, lambda, type Handler } from './lambda.ts';
import { config, ec2, iam, sts } from './policies.ts';
import { rds } from './rds.ts';
import { redshift, redshiftServerless } from './redshift.ts';
import { AwsError, settle, type Service, type Setting, type State } from './service.ts';

export interface FakeAws {
  readonly callApi: CallApi;
  readonly invoke: Invoke;
  readonly state: State;
  /** The IAM actions a role has used, sorted. */
  readonly used: (role: string) => string[];
  /** A reader that sees no write after this moment: what a stale read answers. */
  readonly snapshot: () => CallApi;
}
export interface Options {
  readonly clock: Clock;
  readonly account?: string;
  readonly region?: string;
  readonly state?: Partial<State>;
  readonly grants?: Readonly<Record<string, readonly string[]>>;
  /** By function name. */
  readonly handlers?: Readonly<Record<string, Handler>>;
  /** Infinity: what is being modified never ends. */
  readonly settleSeconds?: number;
  readonly lagSeconds?: number;
}

/** The AWS that the runbooks know, in memory. The given state is copied; see `state` of the answer for what became of it. */
export function fakeAws({ clock, account = '111111111111', region = 'eu-west-1', state = {}, grants, handlers = {}, settleSeconds = 120, lagSeconds = 0 }: Options): FakeAws {
  const setting: Setting = { clock, account, region, settleSeconds, lagSeconds, state: structuredClone({
    tables: {}, dbInstances: {}, clusters: {}, workgroups: {}, functions: {}, failingUpdates: {}, endpoints: {}, roles: {}, discovered: [], pending: [], ...state,
  }) };
  const services: Readonly<Record<string, Service>> = {
    dynamodb: dynamodb(setting), rds: rds(setting), redshift: redshift(setting), 'redshift-serverless': redshiftServerless(setting),
    lambda: lambda(setting), ec2: ec2(setting), iam: iam(setting), sts: sts(setting), config: config(setting),
  };
  const { allow, used } = gate(grants);
  // Async: a refusal is a rejection, as of a client.
  const callApi: CallApi = async (service, api, input, role) => {
    const operation = services[service]?.[api];
    if (operation === undefined) throw new AwsError('UnknownOperationException', `\`${service}:${api}\` is not played here`);
    allow(service, api, input, role);
    settle(setting);
    // Copied both ways: nobody holds a piece of the state.
    return structuredClone(operation(structuredClone(input), role));
  };
  return {
    callApi, used, state: setting.state,
    invoke: invoker(handlers, (role) => { allow('lambda', 'Invoke', {}, role); }),
    snapshot: () => fakeAws({ clock, account, region, settleSeconds, lagSeconds, state: setting.state, ...grants === undefined ? {} : { grants } }).callApi,
  };
}
