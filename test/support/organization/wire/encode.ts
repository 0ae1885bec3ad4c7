import type { Service, Shape } from '../../aws-model.ts';
import { escape } from './xml.ts';
import type { Fields } from './decode.ts';

export interface Answer { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array }

/** A successful answer on the wire. `output`: as the model has it, timestamps in seconds since 1970. */
export function encode(service: Service, operation: string, output: Fields, requestId: string): Answer {
  const { output: name, wrapper } = service.operations[operation]!;
  switch (service.protocol) {
    case 'json': return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId }, body: JSON.stringify(output) };
    case 'query': {
      const result = wrapper === undefined ? '' : `<${wrapper}>${name === undefined ? '' : contentOf(service, name, output)}</${wrapper}>`;
      return { status: 200, headers: { 'content-type': 'text/xml' }, body: `<${operation}Response xmlns="${service.xmlNamespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>` };
    }
    default: return encodeRest(service, operation, output, requestId);
  }
}

/** A refusal on the wire. */
export function encodeError(service: Service, code: string, message: string, status: number, requestId: string): Answer {
  switch (service.protocol) {
    case 'json': return { status, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId }, body: JSON.stringify({ __type: code, message }) };
    case 'rest-json': return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code }, body: JSON.stringify({ Type: 'User', Message: message }) };
    case 'query': return { status, headers: { 'content-type': 'text/xml' }, body: `<ErrorResponse xmlns="${service.xmlNamespace}"><Error><Type>Sender</Type><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>` };
    default: return { status, headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId }, body: `<Error><Code>${escape(code)}</Code><Message>${escape(message)}</Message><RequestId>${requestId}</RequestId></Error>` };
  }
}

function encodeRest(service: Service, operation: string, output: Fields, requestId: string): Answer {
  const { output: name } = service.operations[operation]!;
  const shape: Shape = name === undefined ? { type: 'structure' } : service.shapes[name]!;
  const headers: Record<string, string> = { [service.protocol === 'rest-xml' ? 'x-amz-request-id' : 'x-amzn-requestid']: requestId };
  const rest: Fields = {};
  let body: string | Uint8Array | undefined;
  for (const [member, value] of Object.entries(output)) {
    const { location, locationName = member } = shape.placed?.[member] ?? {};
    if (value === undefined || location === 'statusCode') continue;
    if (location === 'header') headers[locationName.toLowerCase()] = service.shapes[shape.members![member]!]!.type === 'timestamp' ? new Date((value as number) * 1000).toUTCString() : String(value);
    else if (location === 'headers') for (const [key, held] of Object.entries(value as object)) headers[`${locationName}${key}`] = String(held);
    else if (member === shape.payload) body = value as Uint8Array;
    else rest[member] = value;
  }
  if (service.protocol === 'rest-json') return { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(rest) };
  body ??= Object.keys(rest).length === 0 ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Result>${contentOf(service, name!, rest)}</${operation}Result>`;
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body };
}

function contentOf(service: Service, name: string, value: unknown): string {
  const shape = service.shapes[name]!;
  switch (shape.type) {
    case 'structure': return Object.entries(value as Fields).map(([member, held]) => {
      if (held === undefined || held === null) return '';
      const tag = shape.placed?.[member]?.locationName ?? member;
      const of = shape.members![member]!;
      return service.shapes[of]!.flattened === true ? (held as unknown[]).map((one) => `<${tag}>${contentOf(service, service.shapes[of]!.member!, one)}</${tag}>`).join('') : `<${tag}>${contentOf(service, of, held)}</${tag}>`;
    }).join('');
    case 'list': { const tag = shape.itemName ?? 'member'; return (value as unknown[]).map((one) => `<${tag}>${contentOf(service, shape.member!, one)}</${tag}>`).join(''); }
    case 'map': return Object.entries(value as Fields).map(([key, held]) => `<entry><key>${escape(key)}</key><value>${contentOf(service, shape.value!, held)}</value></entry>`).join('');
    case 'timestamp': return new Date((value as number) * 1000).toISOString();
    default: return escape(String(value));
  }
}
