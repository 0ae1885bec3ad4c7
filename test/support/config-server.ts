import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operationOf, violations } from './aws-model.ts';

type Fields = Record<string, unknown>;
/** Milliseconds before the answer, an AWS error, or the answer itself. */
export type Answer = 'throttling' | 'server-error' | { readonly slow: number } | ((input: Fields) => Fields);
export interface Call { readonly operation: string; readonly input: Fields }

export interface ConfigServer {
  readonly url: string;
  /** Every request in order, those answered with a fault too. */
  readonly calls: Call[];
  /** What AWS's service model holds against the requests, and against this server's own answers. */
  readonly violations: string[];
  readonly close: () => Promise<void>;
}

export interface Script {
  /** For each operation the answers to its first calls, in order; later calls get an empty success. */
  readonly answers?: Readonly<Record<string, readonly Answer[]>>;
  /** Answers to the calls that `answers` leaves. */
  readonly always?: Readonly<Record<string, (input: Fields) => Fields>>;
  /** Bodies of S3 objects by `/bucket/key`. */
  readonly objects?: Readonly<Record<string, string>>;
  /** Policy documents of VPC endpoints by id. */
  readonly endpoints?: Readonly<Record<string, string>>;
}

const quiet: Readonly<Record<string, Fields>> = {
  PutEvaluations: { FailedEvaluations: [] }, GetResourceConfigHistory: { configurationItems: [] }, GetComplianceDetailsByConfigRule: { EvaluationResults: [] },
  BatchGetResourceConfig: { baseConfigurationItems: [] }, ListWorkgroups: { workgroups: [] },
};

/** AWS Config and its neighbours on a loopback port: AWS JSON 1.1 held against the service model, EC2 with the script's endpoints in it, S3 objects. */
export async function startConfigServer({ answers = {}, always = {}, objects = {}, endpoints = {} }: Script = {}): Promise<ConfigServer> {
  const calls: Call[] = [];
  const found: string[] = [];
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
    if (typeof answer === 'object') await new Promise((wake) => { setTimeout(wake, answer.slow); });
    const output = typeof answer === 'function' ? answer(input) : always[operation]?.(input) ?? quiet[operation]!;
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
  const answerObject = (request: IncomingMessage, response: ServerResponse): void => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    calls.push({ operation: 'GetObject', input: { path } });
    const body = objects[path];
    if (body === undefined) { response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>'); return; }
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag }).end(body);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => { chunks.push(chunk); });
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const target = request.headers['x-amz-target'];
      if (typeof target === 'string') void answerJson(target, body, response);
      else if (request.method === 'GET') answerObject(request, response);
      else answerQuery(body, response);
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, violations: found,
    close: () => new Promise((closed) => { server.close(() => { closed(); }); server.closeAllConnections(); }),
  };
}
