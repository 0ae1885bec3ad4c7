// One organization deploys to all accounts at once, and AWS throttles: wait rather than fail.
export const settings = { retryMode: 'standard', maxAttempts: Number(process.env['AWS_MAX_ATTEMPTS'] ?? 8) };

// Imported when first needed: the Lambda runtime carries the clients, and most invocations need few of them.
const s3 = once(async () => {
  const sdk = await import('@aws-sdk/client-s3');
  // The definition lies in one Region and functions run in all: S3 answers with the bucket's Region, and the client asks again there.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
  return { sdk, client: new sdk.S3Client({ ...settings, followRegionRedirects: true, forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined }) };
});
const ssm = once(async () => { const sdk = await import('@aws-sdk/client-ssm'); return { sdk, client: new sdk.SSMClient(settings) }; });

export async function getObject(bucket: string, key: string, etag: string | undefined): Promise<{ body: string; etag: string | undefined; modified: Date | undefined } | undefined> {
  const { sdk, client } = await s3();
  try {
    const { Body, ETag, LastModified } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key, ...etag === undefined ? {} : { IfNoneMatch: etag } }));
    if (Body === undefined) throw new Error('the object has no content');
    return { body: await Body.transformToString(), etag: ETag, modified: LastModified };
  } catch (error) {
    if (error instanceof sdk.S3ServiceException && error.$metadata.httpStatusCode === 304) return undefined;
    throw error;
  }
}

export async function getParameter(name: string): Promise<{ body: string; modified: Date | undefined }> {
  const { sdk, client } = await ssm();
  const { Parameter } = await client.send(new sdk.GetParameterCommand({ Name: name, WithDecryption: true }));
  if (Parameter?.Value === undefined) throw new Error('the parameter has no value');
  return { body: Parameter.Value, modified: Parameter.LastModifiedDate };
}

export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => made ??= make();
}
