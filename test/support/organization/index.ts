/**
 * An AWS organization on a loopback port, for SDK clients: `await startOrganization({ accounts: 300, faults: { deny: ['cloudformation:CreateStackSet'] } })`.
 *
 * - `url`: AWS_ENDPOINT_URL. `env(accountId?)`: variables of an administrator's credentials in an account (the delegated administrator's without).
 * - `credentials(accountId?)`: the same for clients made in the test: `new CloudFormationClient({ ...organization.client('eu-west-1') })`.
 * - `calls`: every request with the identity that made it; `violations`: what the service model holds against requests and against this server's own
 *   answers (expect it to be empty).
 * - `state`: accounts, units, stacks, StackSets, buckets, parameters…; `faults` may be changed while it runs (options.ts tells what they do).
 * - `addAccount`, `moveAccount`, `closeAccount`: what auto-deployment reacts to. `settle()`: ends all that is under way. `revive()`: after a kill.
 *
 * Accounts are `100000000001` (management), `100000000002` (administrator), `100000000003`…; see `makeState` for the units. Operations, stacks and
 * change sets are still running at their first `polls` looks (DescribeStackSetOperation, DescribeStacks, DescribeChangeSet) and done at the next.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serviceSignedAs, violations as faultsOf, type Service } from '../aws-model.ts';
import { actionOf, denial, isDenied } from './faults.ts';
import { accountJoined, accountLeft } from './stacks/auto-deployment.ts';
import { codeAt, lambda } from './services/lambda.ts';
import { config } from './services/config.ts';
import { iam } from './services/iam.ts';
import { look } from './stacks/lifecycle.ts';
import { lookAtOperations } from './stacks/stack-set-operations.ts';
import { organizations } from './services/organizations.ts';
import { s3 } from './services/s3.ts';
import { serviceQuotas } from './services/service-quotas.ts';
import { ssm } from './services/ssm.ts';
import { stacks } from './services/stacks.ts';
import { stackSets } from './services/stack-sets.ts';
import { sts } from './services/sts.ts';
import { accessDenied, AwsError, throttling, wireError } from './wire/error.ts';
import { decode, type Fields, type Request } from './wire/decode.ts';
import { encode, encodeError, type Answer } from './wire/encode.ts';
import { pageTokens } from './page-tokens.ts';
import { makeState, type Account, type State } from './state.ts';
import type { Context, Handlers } from './context.ts';
import type { Faults, OrganizationOptions } from './options.ts';

export type { Faults, OrganizationOptions, Policy, Quota, Recorder, StackFailure } from './options.ts';
export type { State } from './state.ts';
export { MEMBER_ACCESS } from './state.ts';

const handlers: Readonly<Record<string, Handlers>> = { cloudformation: { ...stacks, ...stackSets }, config, iam, lambda, organizations, s3, servicequotas: serviceQuotas, ssm, sts };

/** One request as it came: whose credentials, in which Region, and the IAM action it needs. */
export interface Call { readonly service: string; readonly operation: string; readonly action: string; readonly region: string; readonly account: string; readonly role: string; readonly input: Fields; readonly outcome: string }

export interface Organization {
  readonly url: string;
  readonly calls: Call[];
  readonly violations: string[];
  readonly state: State;
  readonly faults: Faults;
  readonly env: (accountId?: string, region?: string) => Record<string, string>;
  /** Settings of an SDK client with an account's credentials; one attempt, path-style addresses. */
  readonly client: (region: string, accountId?: string) => { readonly region: string; readonly endpoint: string; readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }; readonly forcePathStyle: true; readonly maxAttempts: number };
  readonly addAccount: (unit: string) => Account;
  readonly moveAccount: (accountId: string, unit: string) => void;
  readonly closeAccount: (accountId: string) => void;
  readonly settle: () => void;
  readonly revive: () => void;
  readonly close: () => Promise<void>;
}

const keyOf = (account: string): string => `AKIA0000${account}`;

export async function startOrganization(options: OrganizationOptions = {}): Promise<Organization> {
  const state = makeState(options);
  const calls: Call[] = [];
  const found: string[] = [];
  const tokens = pageTokens((fault) => { found.push(fault); });
  let isDead = false;
  let url = '';

  const identify = (request: IncomingMessage): { readonly key: string; readonly region: string; readonly signedAs: string } | undefined => {
    const [, key = '', region = '', signedAs = ''] = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    return key === '' ? undefined : { key, region, signedAs };
  };
  const contextOf = (key: string, region: string, token: unknown): Context | undefined => {
    const session = state.sessions.get(key);
    const account = session?.account ?? /^AKIA0000(\d{12})$/.exec(key)?.[1];
    if (account === undefined || (session !== undefined && session.token !== token) || !state.accounts.some(({ id }) => id === account)) return undefined;
    const role = session?.role ?? 'Administrator';
    return { state, account, role, region, url, arn: `arn:${state.partition}:sts::${account}:assumed-role/${role}/${session?.session ?? 'ana'}` };
  };

  const answer = (service: Service, request: Request, context: Context | undefined, region: string): Answer & { readonly killed?: true } => {
    const requestId = String(calls.length + 1);
    const decoded = decode(service, request);
    if (decoded === undefined) {
      const asked = [request.method, `${request.url.pathname}${request.url.search}`, request.headers['x-amz-target'] ?? request.body.subarray(0, 80).toString('utf8')].filter((part) => part !== '').join(' ');
      found.push(`${service.signingName}: \`${asked}\` is not an operation of the model`);
      return encodeError(service, 'UnknownOperationException', 'unknown operation', 400, requestId);
    }
    const { operation, input } = decoded;
    const action = actionOf(service.signingName, operation);
    const { kill } = state.faults;
    const isLast = kill !== undefined && (kill.at === action || (typeof kill.at === 'number' && calls.length >= kill.at));
    let outcome = 'done';
    const refuse = (error: AwsError): Answer => {
      const { code, status, known } = wireError(service, operation, error);
      if (!known) found.push(`the server's own error: ${operation} does not answer \`${error.code}\``);
      outcome = code;
      return encodeError(service, code, error.message, status, requestId);
    };
    const record = (): void => { calls.push({ service: service.signingName, operation, action, region, account: context?.account ?? '', role: context?.role ?? '', input, outcome }); };
    const carryOut = (): Answer => {
      if (context === undefined) return refuse(new AwsError(service.protocol === 'json' ? 'UnrecognizedClientException' : service.protocol === 'rest-xml' ? 'InvalidAccessKeyId' : 'InvalidClientTokenId', 'The security token included in the request is invalid.', 403));
      const broken = faultsOf(operation, input);
      if (broken.length > 0) {
        found.push(...broken);
        return refuse(new AwsError(service.protocol === 'query' ? 'ValidationError' : service.protocol === 'rest-xml' ? 'InvalidRequest' : 'ValidationException', broken.join('; ')));
      }
      const left = state.faults.throttle[action] ?? 0;
      if (left > 0) { state.faults.throttle[action] = left - 1; return refuse(throttling(service.protocol)); }
      if (isDenied(state, action, context.account)) return refuse(accessDenied(service.protocol, denial(service.signingName, operation, input, context)));
      try {
        const output = tokens.giveOut(operation, input, context, handlers[service.signingName]![operation]!(tokens.takeBack(operation, input, context), context));
        found.push(...faultsOf(operation, ofCommercialPartition(output, state.partition), 'output').map((fault) => `the server's own answer: ${fault}`));
        return encode(service, operation, output, requestId);
      } catch (error) {
        if (error instanceof AwsError) return refuse(error);
        throw error;
      }
    };
    if (isLast && kill.when === 'before') { outcome = 'Killed'; record(); isDead = true; return dead(service, requestId); }
    const answered = carryOut();
    record();
    if (!isLast) return answered;
    isDead = true;
    return dead(service, requestId);
  };
  const dead = (service: Service, requestId: string): Answer & { readonly killed?: true } => {
    switch (state.faults.kill?.how ?? 'refuse') {
      case 'close': return { status: 0, headers: {}, body: '', killed: true };
      case 'error': return encodeError(service, 'InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', 500, requestId);
      default: return encodeError(service, 'Killed', 'the connection ended here', 400, requestId);
    }
  };

  const respond = (request: IncomingMessage, body: Buffer, response: ServerResponse): void => {
    const identity = identify(request);
    const requested = new URL(request.url ?? '/', url);
    if (identity === undefined) {
      const code = codeAt(state, requested.pathname);
      if (code === undefined) { found.push(`${String(request.method)} ${requested.pathname} is not signed`); response.writeHead(403).end(); } else response.writeHead(200, { 'content-type': 'application/zip' }).end(code);
      return;
    }
    const service = serviceSignedAs(identity.signedAs);
    if (service === undefined || handlers[identity.signedAs] === undefined) { found.push(`\`${identity.signedAs}\` is not a service this server plays`); response.writeHead(404).end(); return; }
    const context = contextOf(identity.key, identity.region, request.headers['x-amz-security-token']);
    const answered = isDead ? dead(service, '0') : answer(service, { method: request.method ?? '', url: requested, headers: request.headers, body: unchunked(request, body) }, context, identity.region);
    if (answered.killed === true) { response.destroy(); return; }
    response.writeHead(answered.status, answered.headers).end(request.method === 'HEAD' || answered.status === 304 ? undefined : answered.body);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => { chunks.push(chunk); });
    request.on('end', () => {
      try { respond(request, Buffer.concat(chunks), response); } catch (error) {
        // A fault of this server must not pass for a behaviour of AWS.
        found.push(`the server failed: ${(error as Error).stack ?? String(error)}`);
        response.writeHead(500).end();
      }
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const accountOf = (id: string): Account => {
    const account = state.accounts.find((one) => one.id === id);
    if (account === undefined) throw new Error(`the organization has no account ${id}`);
    return account;
  };
  return {
    url, calls, violations: found, state, faults: state.faults,
    env: (accountId = state.administrator, region = 'eu-west-1') => ({
      AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: keyOf(accountId), AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: region, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true',
    }),
    client: (region, accountId = state.administrator) => ({ region, endpoint: url, credentials: { accessKeyId: keyOf(accountId), secretAccessKey: 'secret' }, forcePathStyle: true, maxAttempts: 1 }),
    addAccount(unit) {
      const account: Account = { id: String(Number(state.accounts.at(-1)!.id) + 1), name: `new-${state.accounts.length}`, email: `new-${state.accounts.length}@example.com`, status: 'ACTIVE', parent: unit };
      state.accounts.push(account);
      accountJoined(state, account);
      return account;
    },
    moveAccount(accountId, unit) {
      const account = accountOf(accountId);
      account.parent = unit;
      accountLeft(state, account);
      accountJoined(state, account);
    },
    closeAccount(accountId) { accountOf(accountId).status = 'SUSPENDED'; },
    settle() {
      for (const stack of state.stacks) while (stack.pending !== undefined) look(stack);
      for (const set of state.stackSets) while (set.operations.some(({ status }) => status === 'RUNNING' || status === 'QUEUED')) lookAtOperations(state, set);
    },
    revive() { isDead = false; state.faults.kill = undefined; },
    close: () => new Promise((closed) => { server.close(() => { closed(); }); server.closeAllConnections(); }),
  };
}

/** The model's patterns know the partition `aws` only. Bytes hold no ARN that it looks at. */
function ofCommercialPartition(output: Fields, partition: string): Fields {
  if (partition === 'aws') return output;
  const { Body, ...rest } = output;
  return { ...JSON.parse(JSON.stringify(rest).replaceAll(`arn:${partition}:`, 'arn:aws:')) as Fields, ...Body === undefined ? {} : { Body } };
}

/** The body that a client sent in chunks with a checksum after them (`aws-chunked`). */
function unchunked({ headers }: IncomingMessage, body: Buffer): Buffer {
  if (!String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')) return body;
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString('latin1'), 16);
    if (size === 0 || Number.isNaN(size)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
