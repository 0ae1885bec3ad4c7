import model from './aws-model.json' with { type: 'json' };

/** Where a member stands on the wire. */
export interface Placed { readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'; readonly locationName?: string; readonly flattened?: boolean; readonly streaming?: boolean }
export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly timestampFormat?: string;
  readonly members?: Readonly<Record<string, string>>;
  readonly placed?: Readonly<Record<string, Placed>>;
  /** Member of a structure that is the whole body. */
  readonly payload?: string;
  readonly member?: string;
  readonly itemName?: string;
  readonly flattened?: boolean;
  readonly key?: string;
  readonly value?: string;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
}
export type Shapes = Readonly<Record<string, Shape>>;
export interface Operation {
  readonly input?: string;
  readonly output?: string;
  readonly wrapper?: string;
  readonly http?: { readonly method: string; readonly requestUri: string };
  readonly errors?: readonly string[];
}
export interface Service {
  readonly protocol: 'json' | 'query' | 'rest-json' | 'rest-xml';
  readonly signingName: string;
  readonly targetPrefix?: string;
  readonly xmlNamespace?: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Shapes;
}
const services: readonly Service[] = Object.values(model.services as unknown as Record<string, Service>);

/** The service that a request is signed for (`cloudformation` in the credential scope of its signature). */
export const serviceSignedAs = (signingName: string): Service | undefined => services.find((service) => service.signingName === signingName);

/** The operation that an `X-Amz-Target` header calls; `undefined` for one that the model does not hold. */
export function operationOf(target: string): string | undefined {
  const [prefix = '', operation = ''] = target.split('.');
  return services.some((service) => service.targetPrefix === prefix && Object.hasOwn(service.operations, operation)) ? operation : undefined;
}

/**
 * What AWS's service model (scripts/aws-model.py) holds against a request as it goes over the wire, or against an answer:
 * missing, unknown or mistyped members, values outside an enumeration, a length, a range or a pattern. Empty when nothing.
 */
export function violations(operation: string, value: unknown, direction: 'input' | 'output' = 'input'): string[] {
  const service = services.find(({ operations }) => Object.hasOwn(operations, operation));
  if (service === undefined) return [`${operation}: is not in the model`];
  const found: string[] = [];
  const shape = service.operations[operation]![direction];
  if (shape !== undefined) walk(service.shapes, shape, value, operation, found);
  else if (Object.keys(value as object).length > 0) found.push(`${operation}: has no ${direction}`);
  return found;
}

/** Most patterns are of Unicode characters; some escape what only the older grammar lets them. */
function patternOf(text: string): RegExp {
  try { return new RegExp(`^(?:${text})$`, 'u'); } catch { return new RegExp(`^(?:${text})$`); }
}

function walk(shapes: Shapes, name: string, value: unknown, place: string, found: string[]): void {
  const shape = shapes[name]!;
  const bounds = (size: number, what: string): void => {
    if (shape.min !== undefined && size < shape.min) found.push(`${place}: ${what} ${size} is below ${shape.min}`);
    if (shape.max !== undefined && size > shape.max) found.push(`${place}: ${what} ${size} is above ${shape.max}`);
  };
  const expected = (kind: string): void => { found.push(`${place}: expected ${kind}, got ${JSON.stringify(value)}`); };
  switch (shape.type) {
    case 'structure': {
      if (!isObject(value)) { expected('an object'); return; }
      for (const member of shape.required ?? []) if (value[member] === undefined || value[member] === null) found.push(`${place}.${member}: is required`);
      for (const [member, held] of Object.entries(value)) {
        const shapeOfMember = shape.members?.[member];
        if (shapeOfMember === undefined) found.push(`${place}.${member}: is unknown`);
        else if (held !== null) walk(shapes, shapeOfMember, held, `${place}.${member}`, found);
      }
      return;
    }
    case 'list':
      if (!Array.isArray(value)) { expected('a list'); return; }
      bounds(value.length, 'count');
      for (const [index, one] of value.entries()) walk(shapes, shape.member!, one, `${place}[${index}]`, found);
      return;
    case 'map':
      if (!isObject(value)) { expected('an object'); return; }
      for (const [key, held] of Object.entries(value)) {
        walk(shapes, shape.key!, key, `${place} key`, found);
        walk(shapes, shape.value!, held, `${place}.${key}`, found);
      }
      return;
    case 'string':
      if (typeof value !== 'string') { expected('text'); return; }
      bounds([...value].length, 'length');
      if (shape.enum !== undefined && !shape.enum.includes(value)) found.push(`${place}: \`${value}\` is none of the values of ${name}`);
      if (shape.pattern !== undefined && !patternOf(shape.pattern).test(value)) found.push(`${place}: \`${value}\` does not fit ${shape.pattern}`);
      return;
    case 'integer': case 'long':
      if (!Number.isInteger(value)) { expected('an integer'); return; }
      bounds(value as number, 'value');
      return;
    case 'double': case 'float':
      if (typeof value !== 'number') expected('a number');
      return;
    case 'blob':
      if (typeof value !== 'string' && !(value instanceof Uint8Array)) expected('bytes');
      return;
    case 'boolean':
      if (typeof value !== 'boolean') expected('true or false');
      return;
    case 'timestamp':
      if (shape.timestampFormat === 'iso8601' ? typeof value !== 'string' || Number.isNaN(Date.parse(value)) : typeof value !== 'number') expected(shape.timestampFormat === 'iso8601' ? 'an ISO 8601 time' : 'seconds since 1970');
      return;
    default: throw new Error(`${name} has the type \`${shape.type}\`, which this check does not know; teach it`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
