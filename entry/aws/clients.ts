import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { once } from '../evaluator/clients.ts';
import { Denied, explain, type Call } from './denials.ts';

/** Who the credentials are. */
export interface Caller { readonly account: string; readonly arn: string; readonly partition: string }

/**
 * AWS with one set of credentials; a client is made once for each service and Region. Every call retries throttling; a denial becomes a
 * `Denied`, which says what grants the call; other errors keep their class and name.
 */
export interface Aws {
  readonly cloudFormation: (region: string) => CloudFormationClient;
  readonly config: (region: string) => ConfigServiceClient;
  /** The service is in no Region; `region` only tells the partition. */
  readonly iam: (region: string) => IAMClient;
  readonly lambda: (region: string) => LambdaClient;
  /** The service is in no Region; `region` only tells the partition. */
  readonly organizations: (region: string) => OrganizationsClient;
  readonly s3: (region: string) => S3Client;
  readonly serviceQuotas: (region: string) => ServiceQuotasClient;
  readonly ssm: (region: string) => SSMClient;
  readonly caller: (region: string) => Promise<Caller>;
  /** AWS as a role, for 15 minutes; the role is assumed at the first call. `accountId` is the role's. */
  readonly assume: (roleArn: string, region: string) => Aws;
}

interface Credentials { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string; readonly expiration?: Date }

/** With the credentials that the AWS command line would use. AWS_ENDPOINT_URL and AWS_MAX_ATTEMPTS are heeded. */
export const aws = (): Aws => withCredentials(undefined);

/** Connections of all clients: looking into hundreds of accounts makes thousands of clients, and each would keep its own open. */
const connections = once(() => new STSClient({ region: 'us-east-1' }).config.requestHandler);

function withCredentials(credentials: (() => Promise<Credentials>) | undefined): Aws {
  const settings = {
    retryMode: 'standard', maxAttempts: Number(process.env['AWS_MAX_ATTEMPTS'] ?? 8), requestHandler: connections(),
    ...credentials === undefined ? {} : { credentials },
  };
  // A bucket as a subdomain of an address would have to be known to the name service.
  const forcePathStyle = process.env['AWS_ENDPOINT_URL'] !== undefined || process.env['AWS_ENDPOINT_URL_S3'] !== undefined;
  const sts = perRegion((region) => new STSClient({ ...settings, region }), () => Promise.resolve(undefined));
  const callers = new Map<string, Promise<Caller>>();
  const caller = (region: string): Promise<Caller> => {
    const known = callers.get(region) ?? callerOf(sts(region));
    callers.set(region, known);
    return known;
  };
  const identity = async (region: string): Promise<string | undefined> => {
    try { return (await caller(region)).arn; } catch { return undefined; }
  };
  return {
    caller,
    cloudFormation: perRegion((region) => new CloudFormationClient({ ...settings, region }), identity),
    config: perRegion((region) => new ConfigServiceClient({ ...settings, region }), identity),
    iam: perRegion((region) => new IAMClient({ ...settings, region }), identity),
    lambda: perRegion((region) => new LambdaClient({ ...settings, region }), identity),
    organizations: perRegion((region) => new OrganizationsClient({ ...settings, region }), identity),
    s3: perRegion((region) => new S3Client({ ...settings, region, forcePathStyle }), identity),
    serviceQuotas: perRegion((region) => new ServiceQuotasClient({ ...settings, region }), identity),
    ssm: perRegion((region) => new SSMClient({ ...settings, region }), identity),
    assume: (roleArn, region) => withCredentials(() => assume(sts(region), roleArn)),
  };
}

async function callerOf(client: STSClient): Promise<Caller> {
  const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
  return { account: Account, arn: Arn, partition: Arn.split(':')[1] ?? 'aws' };
}

async function assume(client: STSClient, RoleArn: string): Promise<Credentials> {
  const { Credentials: given } = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'perimeter', DurationSeconds: 900 }));
  if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) throw new Error(`AWS STS gave no credentials for ${RoleArn}`);
  return {
    accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey,
    ...given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }, ...given.Expiration === undefined ? {} : { expiration: given.Expiration },
  };
}

/** What all clients have in common, as far as it is needed here. */
interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: { readonly input: object }) => Promise<object>, context: { readonly clientName?: string; readonly commandName?: string }) => (args: { readonly input: object }) => Promise<object>,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

/** One client for each Region, whose denials are explained; `identity` tells who was denied, if it can be told. */
function perRegion<C extends object>(make: (region: string) => C, identity: (region: string) => Promise<string | undefined>): (region: string) => C {
  const clients = new Map<string, C>();
  return (region) => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const client = make(region);
    (client as unknown as Client).middlewareStack.add((next, { clientName = '', commandName = '' }) => async (args) => {
      try { return await next(args); } catch (error) {
        const call: Call = { client: clientName, operation: commandName.replace(/Command$/, ''), region, input: args.input };
        // What a role could not be assumed for has been explained already.
        if (error instanceof Denied) throw error;
        throw await explain(error, call, () => identity(region));
      }
    }, { step: 'initialize', name: 'explainDenials' });
    clients.set(region, client);
    return client;
  };
}
