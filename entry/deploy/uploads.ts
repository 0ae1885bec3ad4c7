import { GetObjectCommand, HeadBucketCommand, HeadObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** The bucket of definition and templates; its name is of all accounts of AWS, so each call says whose it must be. */
export interface Bucket { readonly client: S3Client; readonly name: string; readonly account: string; readonly region: string }
export interface Upload { readonly key: string; readonly text: string }

const ofBucket = ({ name, account }: Bucket): { readonly Bucket: string; readonly ExpectedBucketOwner: string } => ({ Bucket: name, ExpectedBucketOwner: account });

/** S3 answers a HEAD without a body, and so without a code. */
const isAbsent = (error: unknown): boolean => error instanceof NoSuchKey || (error instanceof Error && ['NotFound', 'NoSuchKey', 'NoSuchBucket', '404'].includes(error.name));

/** Throws Denied where another account has a bucket of that name. */
export async function bucketExists(bucket: Bucket): Promise<boolean> {
  try { await bucket.client.send(new HeadBucketCommand(ofBucket(bucket))); return true; } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** Whether an object of that key is there; for keys that change with what they hold. Throws Denied where S3 does not tell. */
export async function objectExists(bucket: Bucket, Key: string): Promise<boolean> {
  try { await bucket.client.send(new HeadObjectCommand({ ...ofBucket(bucket), Key })); return true; } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** The text of an object, or `undefined` if there is none. */
export async function readObject(bucket: Bucket, Key: string): Promise<string | undefined> {
  try { return await (await bucket.client.send(new GetObjectCommand({ ...ofBucket(bucket), Key }))).Body?.transformToString() ?? ''; } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

export async function upload(bucket: Bucket, { key, text }: Upload): Promise<void> {
  await bucket.client.send(new PutObjectCommand({ ...ofBucket(bucket), Key: key, Body: text, ContentType: 'application/json' }));
}

/** Where CloudFormation finds an object. */
export const urlOf = ({ name, region }: Pick<Bucket, 'name' | 'region'>, key: string): string => `https://${name}.s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${key}`;
