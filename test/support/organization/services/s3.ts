import { createHash } from 'node:crypto';
import { makeId, now, speaksForOrganization, type Bucket, type StoredObject } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { accessDenied, AwsError } from '../wire/error.ts';
import { isDenied } from '../faults.ts';
import type { Fields } from '../wire/decode.ts';

/** Stored as they come, and given back with the object. */
const kept = ['ContentType', 'CacheControl', 'Metadata', 'ServerSideEncryption', 'SSEKMSKeyId', 'BucketKeyEnabled'];

function bucketOf({ state, account }: Context, { Bucket: name, ExpectedBucketOwner: owner }: Fields, head = false): Bucket {
  const bucket = state.buckets.get(String(name));
  if (bucket === undefined) throw head ? new AwsError('NotFound', 'Not Found', 404) : new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  if (owner !== undefined && owner !== bucket.account) throw accessDenied('rest-xml', 'Access Denied');
  if (account !== bucket.account && !(head && speaksForOrganization(state, account))) throw accessDenied('rest-xml', 'Access Denied');
  return bucket;
}

function objectOf({ state, account }: Context, bucket: Bucket, input: Fields, head: boolean): StoredObject {
  const versions = bucket.objects.get(String(input['Key'])) ?? [];
  const found = input['VersionId'] === undefined ? versions.at(-1) : versions.find(({ version }) => version === input['VersionId']);
  // Who may not list the bucket is not told that an object is missing.
  if ((found === undefined || found.deleted) && isDenied(state, 's3:ListBucket', account)) throw accessDenied('rest-xml', 'Access Denied');
  if (found === undefined || found.deleted) throw head ? new AwsError('NotFound', 'Not Found', 404) : new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (input['IfNoneMatch'] === found.etag) throw new AwsError('NotModified', 'Not Modified', 304);
  if (input['IfMatch'] !== undefined && input['IfMatch'] !== found.etag) throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  return found;
}

const described = ({ version, body, etag, modified, headers }: StoredObject): Fields => ({ ...headers, ETag: etag, ContentLength: body.length, LastModified: modified, VersionId: version, AcceptRanges: 'bytes' });

/** Members may read what the bucket's policy lets them; here: the definition and templates, from any account of the organization. */
function readable(context: Context, input: Fields): Bucket {
  const bucket = context.state.buckets.get(String(input['Bucket']));
  const shared = input['Key'] === 'definition.json' || String(input['Key']).startsWith('templates/');
  return bucket !== undefined && shared && context.state.accounts.some(({ id }) => id === context.account) ? bucket : bucketOf(context, input);
}

function put(bucket: Bucket, key: string, object: StoredObject): void {
  bucket.objects.set(key, bucket.versioned ? [...bucket.objects.get(key) ?? [], object] : [object]);
}

export const s3: Handlers = {
  HeadBucket(input, context) { return { BucketRegion: bucketOf(context, input, true).region }; },
  GetObject(input, context) { const object = objectOf(context, readable(context, input), input, false); return { ...described(object), Body: object.body }; },
  HeadObject(input, context) { return described(objectOf(context, readable(context, input), input, true)); },
  PutObject(input, context) {
    const bucket = bucketOf(context, input);
    const body = (input['Body'] ?? Buffer.alloc(0)) as Buffer;
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const before = bucket.objects.get(String(input['Key']))?.at(-1);
    const exists = before !== undefined && !before.deleted;
    if ((input['IfNoneMatch'] === '*' && exists) || (input['IfMatch'] !== undefined && (!exists || before.etag !== input['IfMatch']))) throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
    const version = bucket.versioned ? makeId() : 'null';
    put(bucket, String(input['Key']), { version, body, etag, modified: now(), deleted: false, headers: Object.fromEntries(kept.filter((name) => input[name] !== undefined).map((name) => [name, input[name]])) });
    return { ETag: etag, VersionId: version };
  },
  ListObjectVersions(input, context) {
    const bucket = bucketOf(context, input);
    const size = Math.min(Number(input['MaxKeys'] ?? 1000), 1000);
    const all = [...bucket.objects].filter(([key]) => key.startsWith(String(input['Prefix'] ?? ''))).sort(([a], [b]) => a < b ? -1 : 1)
      .flatMap(([key, versions]) => [...versions].reverse().map((object, i) => ({ key, object, latest: i === 0 })));
    const from = input['KeyMarker'] === undefined ? 0 : all.findIndex(({ key, object }) => key === input['KeyMarker'] && (input['VersionIdMarker'] === undefined || object.version === input['VersionIdMarker'])) + 1;
    const items = all.slice(from, from + size);
    const last = items.at(-1);
    const more = from + size < all.length && last !== undefined;
    const entry = ({ key, object, latest }: typeof all[number]): Fields => ({ Key: key, VersionId: object.version, IsLatest: latest, LastModified: object.modified });
    return {
      Name: bucket.name, Prefix: String(input['Prefix'] ?? ''), MaxKeys: size, IsTruncated: more, ...more ? { NextKeyMarker: last.key, NextVersionIdMarker: last.object.version } : {},
      Versions: items.filter(({ object }) => !object.deleted).map((one) => ({ ...entry(one), ETag: one.object.etag, Size: one.object.body.length, StorageClass: 'STANDARD' })), DeleteMarkers: items.filter(({ object }) => object.deleted).map(entry),
    };
  },
  DeleteBucket(input, context) {
    const bucket = bucketOf(context, input);
    if (bucket.objects.size > 0) throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    context.state.buckets.delete(bucket.name);
    return {};
  },
  DeleteObjects(input, context) {
    const bucket = bucketOf(context, input);
    const { Objects, Quiet = false } = input['Delete'] as { Objects: { Key: string; VersionId?: string }[]; Quiet?: boolean };
    if (Objects.length > 1000) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', 400);
    for (const { Key, VersionId } of Objects) {
      if (VersionId === undefined && bucket.versioned) put(bucket, Key, { version: makeId(), body: Buffer.alloc(0), etag: '', modified: now(), deleted: true, headers: {} });
      else {
        const left = (bucket.objects.get(Key) ?? []).filter(({ version }) => version !== (VersionId ?? 'null'));
        if (left.length > 0) bucket.objects.set(Key, left); else bucket.objects.delete(Key);
      }
    }
    return { Deleted: Quiet ? [] : Objects.map(({ Key, VersionId }) => ({ Key, ...VersionId === undefined ? {} : { VersionId } })) };
  },
};
