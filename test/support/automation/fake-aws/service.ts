import type { Clock, Fields } from '../types.ts';
import { isObject } from '../values.ts';

/** As the clients of the AWS SDK throw: the name is AWS's code. */
export class AwsError extends Error {
  override readonly name: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

/** A resource as its Describe or Get answers it. */
export type Resource = Record<string, unknown>;
export type Resources = Record<string, Resource>;

/** Everything there is, as plain data; a test may read and change it at any time. */
export interface State {
  /** By name. `key`: the names of the key attributes. */
  readonly tables: Record<string, { readonly key: readonly string[]; items: Record<string, unknown>[] }>;
  /** By DBInstanceIdentifier. */
  readonly dbInstances: Resources;
  /** By ClusterIdentifier. */
  readonly clusters: Resources;
  /** By workgroupName. */
  readonly workgroups: Resources;
  /** By FunctionName. */
  readonly functions: Resources;
  /** By FunctionName: the reason code with which the next update fails. */
  readonly failingUpdates: Record<string, string>;
  /** By VpcEndpointId; `PolicyDocument` is JSON text. */
  readonly endpoints: Resources;
  /** By RoleName; `AssumeRolePolicyDocument` is an object, as boto3 decodes it. */
  readonly roles: Resources;
  /** What AWS Config lists: resourceType, resourceId, resourceName. */
  readonly discovered: Resource[];
  /** Changes that the clock brings, in order. */
  pending: { readonly at: number; readonly kind: Kind; readonly id: string; readonly set: Resource }[];
}
export type Kind = 'dbInstances' | 'clusters' | 'workgroups' | 'functions' | 'endpoints' | 'roles';

export interface Setting {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly state: State;
  /** How long a resource is being modified. */
  readonly settleSeconds: number;
  /** How long a read shows nothing of a write. */
  readonly lagSeconds: number;
}
export type Service = Readonly<Record<string, (input: Fields, role: string) => Fields>>;

/** Sets members of a resource, now or once the clock says so. */
export function change({ state, clock }: Setting, kind: Kind, id: string, afterSeconds: number, set: Resource): void {
  if (afterSeconds === 0) Object.assign(state[kind][id]!, set);
  else if (afterSeconds !== Infinity) state.pending.push({ at: clock.now() + afterSeconds * 1000, kind, id, set });
}
/** Lets the clock have done what was due. */
export function settle({ state, clock }: Setting): void {
  const due = state.pending.filter(({ at }) => at <= clock.now()).sort((a, b) => a.at - b.at);
  state.pending = state.pending.filter(({ at }) => at > clock.now());
  for (const { kind, id, set } of due) if (state[kind][id] !== undefined) Object.assign(state[kind][id], set);
}
/** Is a change of the resource still to come? */
export const busy = ({ state }: Setting, kind: Kind, id: string): boolean => state.pending.some((one) => one.kind === kind && one.id === id);

const kinds = {
  text: (value: unknown) => typeof value === 'string',
  flag: (value: unknown) => typeof value === 'boolean',
  number: (value: unknown) => Number.isInteger(value),
  texts: (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  list: (value: unknown) => Array.isArray(value),
  map: isObject,
};
/** Which members an operation takes here, `!` after those it needs. The client refuses the rest before it asks the service. */
export function members(input: Fields, known: Readonly<Record<string, keyof typeof kinds | `${keyof typeof kinds}!`>>): void {
  const refuse = (message: string): never => { throw new AwsError('ParamValidationError', message); };
  for (const [name, value] of Object.entries(input)) {
    const kind = known[name];
    if (kind === undefined) refuse(`the member \`${name}\` is not played here`);
    else if (!kinds[kind.replace('!', '') as keyof typeof kinds](value)) refuse(`\`${name}\` is ${JSON.stringify(value)}, not a ${kind.replace('!', '')}`);
  }
  for (const [name, kind] of Object.entries(known)) if (kind.endsWith('!') && input[name] === undefined) refuse(`\`${name}\` is missing`);
}

/** The values of filters by name; only those of `known` are played. */
export function filters(raw: unknown, known: readonly string[]): [string, readonly string[]][] {
  return ((raw ?? []) as Fields[]).map((filter) => {
    members(filter, { Name: 'text!', Values: 'texts!' });
    if (!known.includes(filter.Name as string)) throw new AwsError('InvalidParameterValue', `the filter \`${String(filter.Name)}\` is not played here`);
    return [filter.Name as string, filter.Values as string[]];
  });
}

export function found(resources: Resources, id: unknown, code: string): Resource {
  const resource = typeof id === 'string' && Object.hasOwn(resources, id) ? resources[id] : undefined;
  if (resource === undefined) throw new AwsError(code, `\`${String(id)}\` is not there`);
  return resource;
}
