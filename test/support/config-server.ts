import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operationOf, violations } from './aws-model.ts';
import { faultOfSignature } from './signed.ts';

type Fields = Record<string, unknown>;
/** Milliseconds before the answer, an AWS error, or the answer itself. */
export type Answer = 'throttling' | 'server-error' | { readonly slow: number } | AwsFault | ((input: Fields) => Fields | AwsFault);
/** An AWS error by its code. */
export interface AwsFault { readonly fault: string }
export interface Call { readonly operation: string; readonly input: Fields }

export interface ConfigServer {
  readonly url: string;
  /** Every request in order, those answered with a fault too. */
  readonly calls: Call[];
  /** Who called, by what each call to Config says of its client. */
  readonly agents: string[];
  /** What AWS's service model holds against the requests, and against this server's own answers. */
  readonly violations: string[];
  readonly close: () => Promise<void>;
}

export interface Script {
  /** For each operation the answers to its first calls, in order; later calls get an empty success. */
  readonly answers?: Readonly<Record<string, readonly Answer[]>>;
  /** Answers to the calls that `answers` leaves. */
  readonly always?: Readonly<Record<string, (input: Fields) => Fields | AwsFault>>;
  /** Bodies of S3 objects by `/bucket/key`; what is put goes in here. */
  readonly objects?: Record<string, string>;
  /** When each object was written last; in the past where it is left out. */
  readonly modified?: Date;
  /** Region of the buckets: requests signed for another are sent there. */
  readonly bucketRegion?: string;
  /** What somebody else does to the objects just before a first put, a second one and so on. */
  readonly meanwhile?: readonly ((objects: Record<string, string>) => void)[];
  /** Policy documents of VPC endpoints by id. */
  readonly endpoints?: Readonly<Record<string, string>>;
}

const quiet: Readonly<Record<string, Fields>> = {
  PutEvaluations: { FailedEvaluations: [] }, GetResourceConfigHistory: { configurationItems: [] }, GetComplianceDetailsByConfigRule: { EvaluationResults: [] },
  BatchGetResourceConfig: { baseConfigurationItems: [] }, ListWorkgroups: { workgroups: [] }, DescribeConfigRules: { ConfigRules: [] }, StartConfigRulesEvaluation: {}, GetItem: {}, PutItem: {},
};

const isFault = (answer: unknown): answer is AwsFault => typeof answer === 'object' && answer !== null && 'fault' in answer;
const etagOf = (body: string): string => `"${createHash('md5').update(body).digest('hex')}"`;

/** AWS Config and its neighbours on a loopback port: AWS JSON 1.1 held against the service model, EC2 with the script's endpoints in it, S3 objects. */
export async function startConfigServer({ answers = {}, always = {}, objects = {}, modified = new Date('2026-01-01T00:00:00Z'), bucketRegion, meanwhile = [], endpoints = {} }: Script = {}): Promise<ConfigServer> {
  const calls: Call[] = [];
  const agents: string[] = [];
  const found: string[] = [];
  const overtaking = [...meanwhile];
  const left = new Map(Object.entries(answers).map(([operation, list]) => [operation, [...list]]));

  const json = (response: ServerResponse, status: number, value: Fields): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': String(calls.length) }).end(JSON.stringify(value));
  };
  const answerJson = async (target: string, body: string, response: ServerResponse): Promise<void> => {
    const operation = operationOf(target);
    if (operation === undefined) {
      found.push(`\`${target}\` is not an operation of the model`);
      json(response, 400, { __type: 'UnknownOperationException' });
      return;
    }
    const input = JSON.parse(body) as Fields;
    calls.push({ operation, input });
    const broken = violations(operation, input);
    if (broken.length > 0) {
      found.push(...broken);
      json(response, 400, { __type: 'ValidationException', message: broken.join('; ') });
      return;
    }
    const answer = left.get(operation)?.shift();
    if (answer === 'throttling') { json(response, 400, { __type: 'ThrottlingException', message: 'Rate exceeded' }); return; }
    if (answer === 'server-error') { json(response, 500, { __type: 'InternalServerError', message: 'something broke' }); return; }
    if (typeof answer === 'object' && 'slow' in answer) await new Promise((wake) => { setTimeout(wake, answer.slow); });
    const output = typeof answer === 'function' ? answer(input) : isFault(answer) ? answer : always[operation]?.(input) ?? quiet[operation]!;
    if (isFault(output)) { json(response, 400, { __type: output.fault, message: `${output.fault} is played` }); return; }
    found.push(...violations(operation, output, 'output').map((fault) => `the server's own answer: ${fault}`));
    json(response, 200, output);
  };
  const answerQuery = (body: string, response: ServerResponse): void => {
    const form = new URLSearchParams(body);
    const operation = form.get('Action') ?? '';
    calls.push({ operation, input: Object.fromEntries(form) });
    const empty: Readonly<Record<string, string>> = { DescribeSubnets: 'subnetSet', DescribeVpcEndpoints: 'vpcEndpointSet' };
    const set = empty[operation];
    if (set === undefined) { found.push(`\`${operation}\` is not an operation this server plays`); response.writeHead(400).end(); return; }
    const id = form.get('Filter.1.Value.1') ?? '';
    const policy = operation === 'DescribeVpcEndpoints' ? endpoints[id] : undefined;
    const items = policy === undefined ? '' : `<item><vpcEndpointId>${id}</vpcEndpointId><policyDocument>${policy.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</policyDocument></item>`;
    response.writeHead(200, { 'content-type': 'text/xml' }).end(`<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId><${set}>${items}</${set}></${operation}Response>`);
  };
  const answerObject = (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const header = (name: string): string | undefined => request.headers[name] as string | undefined;
    const refuse = (status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
    };
    const isPut = request.method === 'PUT';
    const conditions = Object.fromEntries([['IfMatch', header('if-match')], ['IfNoneMatch', header('if-none-match')]].filter(([, value]) => isPut && value !== undefined));
    calls.push({ operation: isPut ? 'PutObject' : 'GetObject', input: { path, ...isPut ? { ...conditions, body } : {} } });
    const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(header('authorization') ?? '')?.[1];
    if (bucketRegion !== undefined && region !== bucketRegion) {
      refuse(301, 'PermanentRedirect', 'The bucket you are attempting to access must be addressed using the specified endpoint.', { 'x-amz-bucket-region': bucketRegion });
      return;
    }
    if (isPut) overtaking.shift()?.(objects);
    const held = objects[path];
    const etag = held === undefined ? undefined : etagOf(held);
    if (isPut) {
      const isMet = header('if-none-match') === '*' ? held === undefined : header('if-match') === undefined || header('if-match') === etag;
      if (!isMet) { refuse(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold'); return; }
      objects[path] = body;
      response.writeHead(200, { etag: etagOf(body) }).end();
    } else if (held === undefined || etag === undefined) refuse(404, 'NoSuchKey', 'The specified key does not exist.');
    else if (header('if-none-match') === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag, 'last-modified': modified.toUTCString() }).end(held);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => { chunks.push(chunk); });
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const target = request.headers['x-amz-target'];
      if (typeof target === 'string') agents.push(request.headers['user-agent'] ?? '');
      const fault = typeof target === 'string' && target.startsWith('StarlingDoveService.') ? faultOfSignature(request, body, 'config') : undefined;
      if (fault !== undefined) found.push(`a request to AWS Config: ${fault}`);
      if (typeof target === 'string') void answerJson(target, body, response);
      else if (request.method !== 'POST') answerObject(request, body, response);
      else answerQuery(body, response);
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, agents, violations: found,
    close: () => new Promise((closed) => { server.close(() => { closed(); }); server.closeAllConnections(); }),
  };
}
