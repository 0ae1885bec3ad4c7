import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operationOf, violations } from './aws-model.ts';

type Fields = Record<string, unknown>;
interface Call { readonly operation: string; readonly region: string; readonly input: Fields }
/** An execution as it is at one look: its status, and its outcome or the message it failed with. */
export type Look = readonly [status: string, outcome?: string];

export interface AutomationServer {
  readonly url: string;
  readonly calls: Call[];
  /** What AWS's service model holds against the requests. */
  readonly violations: string[];
  readonly close: () => Promise<void>;
}

export interface Script {
  /** Account of the caller; none: the credentials are refused. */
  readonly account: string | undefined;
  /** Documents that are not deployed. */
  readonly missing?: readonly string[];
  /** By resource id what GetAutomationExecution answers, look by look; the last one stays. */
  readonly looks?: Readonly<Record<string, readonly Look[]>>;
}

/** Systems Manager and STS on a loopback port: starts automations, numbers them from 1 and tells how they go. */
export async function startAutomationServer({ account, missing = [], looks = {} }: Script): Promise<AutomationServer> {
  const calls: Call[] = [];
  const found: string[] = [];
  const started: string[] = [];
  const seen = new Map<string, number>();
  const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

  const answers: Readonly<Record<string, (input: Fields) => Fields>> = {
    StartAutomationExecution({ DocumentName, Parameters }) {
      if (missing.includes(DocumentName as string)) return { __type: 'AutomationDefinitionNotFoundException', Message: `${String(DocumentName)} is not there` };
      started.push((Parameters as Record<string, string[]>)['ResourceId']![0]!);
      return { AutomationExecutionId: idOf(started.length) };
    },
    GetAutomationExecution({ AutomationExecutionId: id }) {
      const resource = started.find((_, i) => idOf(i + 1) === id);
      const script = looks[resource ?? ''];
      if (script === undefined) return { __type: 'AutomationExecutionNotFoundException', Message: `${String(id)} is not there` };
      const look = seen.get(String(id)) ?? 0;
      seen.set(String(id), look + 1);
      const [status, text] = script[Math.min(look, script.length - 1)]!;
      const outputs = status === 'Success' && text !== undefined ? { 'EndNoop.Outcome': ['No output available yet because the step is not successfully executed'], 'EndApplied.Outcome': [text] } : {};
      return { AutomationExecution: { AutomationExecutionId: id, AutomationExecutionStatus: status, Outputs: outputs, ...status === 'Success' ? {} : { FailureMessage: text } } };
    },
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => { chunks.push(chunk); });
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const target = request.headers['x-amz-target'];
      if (typeof target !== 'string') {
        calls.push({ operation: new URLSearchParams(body).get('Action') ?? '', region: regionOf(request), input: {} });
        const [status, content] = account === undefined
          ? [403, '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The token is not valid</Message></Error></ErrorResponse>']
          : [200, `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/SecurityLead/ana</Arn><UserId>AROAEXAMPLE:ana</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`];
        response.writeHead(status, { 'content-type': 'text/xml' }).end(content);
        return;
      }
      const operation = operationOf(target);
      const input = JSON.parse(body) as Fields;
      const answer = operation === undefined ? undefined : answers[operation];
      calls.push({ operation: operation ?? target, region: regionOf(request), input });
      if (operation === undefined || answer === undefined) { found.push(`\`${target}\` is not an operation this server plays`); response.writeHead(400).end('{}'); return; }
      found.push(...violations(operation, input));
      const output = answer(input);
      response.writeHead('__type' in output ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(output));
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, violations: found,
    close: () => new Promise((closed) => { server.closeAllConnections(); server.close(() => { closed(); }); }),
  };
}

/** The Region that a request was signed for. */
const regionOf = ({ headers }: IncomingMessage): string => /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
