import data from '../tables/aws-api-data.json' with { type: 'json' };

/** A shape of an AWS API, as its service model has it. */
export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** From members to the names of their shapes. */
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
}
export type Shapes = Readonly<Record<string, Shape>>;
export interface Service {
  /** All its operations. */
  readonly names: readonly string[];
  /** Those whose members are known, by the names of their shapes. */
  readonly operations: Readonly<Record<string, { readonly input?: string; readonly output?: string }>>;
  readonly shapes: Shapes;
}

interface Table {
  readonly source: string;
  readonly known: string;
  readonly streaming: Readonly<Record<string, string>>;
  readonly prefixes: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<string, Omit<Service, 'names'> & { readonly names: string }>>;
}
// Its own type would be as large as the file.
const table = data as unknown as Table;
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

/** Where the table is from. */
export const modelSource = table.source;
/** Every service by the name that boto3 gives it. */
export const serviceNames: readonly string[] = table.known.split(' ');
export const streamingOperations = (service: string): readonly string[] => own(table.streaming, service)?.split(' ') ?? [];
/** What actions of a service begin with in policies; for services whose operations the table does not hold, what requests are signed for. */
export const actionPrefix = (service: string): string => own(table.prefixes, service) ?? service;

/** The service of the table. */
export function serviceOf(name: string): Service | undefined {
  const found = own(table.services, name);
  return found === undefined ? undefined : { ...found, names: found.names.split(' ') };
}

export interface GivenModel { /** The names a runbook may call the service by. */ readonly called: readonly string[]; readonly service: Service; readonly streaming: readonly string[] }

/** Reads botocore's `service-2.json`; `undefined` when it is something else. */
export function readModel(json: unknown): GivenModel | undefined {
  const { metadata, operations, shapes } = record(json);
  const [about, all, described] = [record(metadata), record(operations), record(shapes)];
  const texts = [about['serviceId'], about['endpointPrefix'], about['signingName']].filter((one) => typeof one === 'string');
  if (texts.length === 0 || Object.keys(all).length === 0) return undefined;
  const called = new Set(texts.flatMap((text) => { const lower = text.toLowerCase(); return [lower, lower.replaceAll(' ', '-'), lower.replaceAll(' ', '')]; }));
  const service: Service = {
    names: Object.keys(all),
    operations: Object.fromEntries(Object.entries(all).map(([name, operation]) => [name, withDefined({ input: shapeName(record(operation)['input']), output: shapeName(record(operation)['output']) })])),
    shapes: Object.fromEntries(Object.entries(described).map(([name, shape]) => [name, shapeOf(record(shape))])),
  };
  return { called: [...called], service, streaming: service.names.filter((name) => streams(record(all[name]), described)) };
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : {});
const shapeName = (reference: unknown): string | undefined => { const { shape } = record(reference); return typeof shape === 'string' ? shape : undefined; };
const withDefined = <T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as { [K in keyof T]: NonNullable<T[K]> };

function shapeOf(shape: Readonly<Record<string, unknown>>): Shape {
  const members = Object.entries(record(shape['members']));
  const number = (key: string): number | undefined => (typeof shape[key] === 'number' ? shape[key] : undefined);
  const texts = (key: string): string[] | undefined => (Array.isArray(shape[key]) ? shape[key].filter((one) => typeof one === 'string') : undefined);
  // The client fills in tokens by itself.
  const filled = new Set(members.filter(([, member]) => record(member)['idempotencyToken'] === true).map(([name]) => name));
  return {
    type: String(shape['type']),
    ...withDefined({
      required: texts('required')?.filter((name) => !filled.has(name)), enum: texts('enum'), min: number('min'), max: number('max'), pattern: typeof shape['pattern'] === 'string' ? shape['pattern'] : undefined,
      members: shape['members'] === undefined ? undefined : Object.fromEntries(members.flatMap(([name, member]) => { const of = shapeName(member); return of === undefined ? [] : [[name, of]]; })),
      member: shapeName(shape['member']), key: shapeName(shape['key']), value: shapeName(shape['value']),
    }),
  };
}

/** As scripts/aws-api-table.py tells. */
function streams(operation: Readonly<Record<string, unknown>>, shapes: Readonly<Record<string, unknown>>): boolean {
  return [operation['input'], operation['output']].some((reference) => {
    const shape = record(shapes[shapeName(reference) ?? '']);
    return Object.entries(record(shape['members'])).some(([name, member]) => {
      const target = record(shapes[shapeName(member) ?? '']);
      return [record(member), target].some((part) => part['streaming'] === true || part['eventstream'] === true) || (shape['payload'] === name && target['type'] === 'blob');
    });
  });
}
