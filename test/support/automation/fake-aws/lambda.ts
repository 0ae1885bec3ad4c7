import type { Invocation, Invoke } from '../types.ts';
import { AwsError, change, found, members, type Resource, type Service, type Setting } from './service.ts';

/** The name behind a name or an ARN. */
const nameOf = (name: string): string => /:function:([^:]+)/.exec(name)?.[1] ?? name;

export const lambda = (setting: Setting): Service => {
  const get = (name: unknown): Resource => found(setting.state.functions, nameOf(String(name)), 'ResourceNotFoundException');
  return {
    GetFunctionConfiguration(input) {
      members(input, { FunctionName: 'text!', Qualifier: 'text' });
      return get(input.FunctionName);
    },
    UpdateFunctionConfiguration(input) {
      members(input, { FunctionName: 'text!', RevisionId: 'text', VpcConfig: 'map', Timeout: 'number', MemorySize: 'number' });
      const { FunctionName, RevisionId, ...set } = input;
      if (set.VpcConfig !== undefined) members(set.VpcConfig as Resource, { SubnetIds: 'texts', SecurityGroupIds: 'texts', Ipv6AllowedForDualStack: 'flag' });
      const configuration = get(FunctionName);
      const name = nameOf(FunctionName as string);
      if (RevisionId !== undefined && RevisionId !== configuration.RevisionId) throw new AwsError('PreconditionFailedException', `the revision of \`${name}\` is no longer ${RevisionId as string}`);
      if (configuration.LastUpdateStatus === 'InProgress') throw new AwsError('ResourceConflictException', `\`${name}\` is being updated`);
      const before = Object.fromEntries(Object.keys(set).map((member) => [member, configuration[member]]));
      const next = (): string => `${String(configuration.RevisionId)}+`;
      Object.assign(configuration, set, { LastUpdateStatus: 'InProgress', RevisionId: next() });
      const failure = setting.state.failingUpdates[name];
      delete setting.state.failingUpdates[name];
      // The end of an update is a revision of its own.
      change(setting, 'functions', name, setting.settleSeconds, {
        RevisionId: next(), ...failure === undefined ? { LastUpdateStatus: 'Successful' } : { ...before, LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: failure },
      });
      return configuration;
    },
  };
};

export type Handler = (payload: never) => unknown;
/** Answers as Lambda does: what a handler throws is an answer with FunctionError. `allow` refuses a role. */
export const invoker = (handlers: Readonly<Record<string, Handler>>, allow: (role: string) => void): Invoke => async (functionName, payload, role): Promise<Invocation> => {
  allow(role);
  const handler = handlers[nameOf(functionName)];
  if (handler === undefined) throw new AwsError('ResourceNotFoundException', `there is no function \`${functionName}\``);
  try {
    return { StatusCode: 200, Payload: JSON.stringify(await handler(structuredClone(payload) as never) ?? null) };
  } catch (error) {
    const { name, message } = error as Error;
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType: name, errorMessage: message }) };
  }
};
