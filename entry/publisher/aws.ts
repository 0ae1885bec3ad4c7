import { once, settings } from '../evaluator/clients.ts';
import { jsonLog } from '../evaluator/log.ts';
import type { Ports } from './publish.ts';

const s3 = once(async () => { const sdk = await import('@aws-sdk/client-s3'); return { sdk, client: new sdk.S3Client({ ...settings, forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined }) }; });
const organizations = once(async () => { const sdk = await import('@aws-sdk/client-organizations'); return { sdk, client: new sdk.OrganizationsClient(settings) }; });

/** The publisher's ports as AWS answers them. `account`: the owner of the bucket, since names of buckets are of all accounts of AWS. */
export function awsPorts(bucket: string, account: string): Ports {
  const ofBucket = { Bucket: bucket, ExpectedBucketOwner: account };
  return {
    log: jsonLog((line) => { process.stdout.write(`${line}\n`); }),
    async getObject(Key) {
      const { sdk, client } = await s3();
      try {
        const { Body, ETag } = await client.send(new sdk.GetObjectCommand({ ...ofBucket, Key }));
        if (Body === undefined || ETag === undefined) throw new Error('the object has no content or no ETag');
        return { body: await Body.transformToString(), etag: ETag };
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) return undefined;
        throw new Error(`\`s3://${bucket}/${Key}\` cannot be read: ${messageOf(error)}`, { cause: error });
      }
    },
    async putObject(Key, Body, etag) {
      const { sdk, client } = await s3();
      try {
        await client.send(new sdk.PutObjectCommand({ ...ofBucket, Key, Body, ContentType: 'application/json', ...etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag } }));
        return true;
      } catch (error) {
        // Another ETag; a write at the same time; or the object has been deleted. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
        if (error instanceof sdk.S3ServiceException && ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes(error.name)) return false;
        throw new Error(`\`s3://${bucket}/${Key}\` cannot be written: ${messageOf(error)}`, { cause: error });
      }
    },
    async describeOrganization() {
      const { sdk, client } = await organizations();
      const { Organization: { Id, MasterAccountId } = {} } = await client.send(new sdk.DescribeOrganizationCommand({}));
      if (Id === undefined || MasterAccountId === undefined) throw new Error('`organizations:DescribeOrganization` answers without the id of the organization or of its management account');
      return { id: Id, managementAccount: MasterAccountId };
    },
    async listAccounts() {
      const { sdk, client } = await organizations();
      const ids: string[] = [];
      // A page may be empty though others follow; only the missing token tells the last.
      for await (const { Accounts = [] } of sdk.paginateListAccounts({ client }, {})) {
        for (const { Id } of Accounts) {
          if (Id === undefined) throw new Error('`organizations:ListAccounts` answers with an account without id');
          ids.push(Id);
        }
      }
      return ids;
    },
  };
}

const messageOf = (error: unknown): string => error instanceof Error ? `${error.name}: ${error.message}` : String(error);
