import type { Service } from '../../aws-model.ts';

/** What an operation refuses with: the name of an error shape of the operation, or a code that every operation of the protocol knows. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  constructor(code: string, message: string, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

type Protocol = Service['protocol'];
const denied: Readonly<Record<Protocol, [string, number]>> = { query: ['AccessDenied', 403], 'rest-xml': ['AccessDenied', 403], json: ['AccessDeniedException', 400], 'rest-json': ['AccessDeniedException', 403] };
const throttled: Readonly<Record<Protocol, [string, number, string]>> = {
  query: ['Throttling', 400, 'Rate exceeded'], json: ['ThrottlingException', 400, 'Rate exceeded'],
  'rest-json': ['TooManyRequestsException', 429, 'Rate exceeded'], 'rest-xml': ['SlowDown', 503, 'Please reduce your request rate.'],
};
const invalid: Readonly<Record<Protocol, string>> = { query: 'ValidationError', json: 'ValidationException', 'rest-json': 'ValidationException', 'rest-xml': 'InvalidRequest' };
const everywhere = ['Killed', 'InternalFailure', 'InvalidClientTokenId', 'NoSuchBucket', 'NotFound', 'PreconditionFailed', 'UnrecognizedClientException', 'InvalidAccessKeyId', 'NotModified', 'NoSuchKey', 'MalformedXML', 'UnknownOperationException'];

export const accessDenied = (protocol: Protocol, message: string): AwsError => new AwsError(denied[protocol][0], message, denied[protocol][1]);
export const throttling = (protocol: Protocol): AwsError => new AwsError(throttled[protocol][0], throttled[protocol][2], throttled[protocol][1]);
export const validationError = (message: string, protocol: Protocol = 'query'): AwsError => new AwsError(invalid[protocol], message);

/** The code on the wire and the HTTP status of an error; `known` tells whether the model lets the operation answer with it. */
export function wireError(service: Service, operation: string, { code, status }: AwsError): { readonly code: string; readonly status: number; readonly known: boolean } {
  const shape = service.shapes[code]?.error;
  const common = [denied[service.protocol][0], throttled[service.protocol][0], invalid[service.protocol], ...everywhere];
  return { code: shape?.code ?? code, status: status ?? shape?.httpStatusCode ?? 400, known: common.includes(code) || (service.operations[operation]?.errors?.includes(code) ?? false) };
}
