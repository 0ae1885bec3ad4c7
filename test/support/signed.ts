import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const accessKey = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex');
const keyed = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** What is wrong with the signature of a request to a service's root without a query, if it is signed by the access key above; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
export function faultOfSignature({ method = '', headers }: IncomingMessage, body: string, service: string): string | undefined {
  const [, id, date = '', region = '', of, names = '', signature] = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '') ?? [];
  if (id !== accessKey.id) return undefined;
  if (of !== service) return `it is signed for \`${of}\`, not \`${service}\``;
  if (!['host', 'x-amz-date', 'x-amz-target', 'x-amz-security-token'].every((one) => names.split(';').includes(one))) return `it leaves out headers: ${names}`;
  const written = [method, '/', '', ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`), '', names, hashed(body)].join('\n');
  const told = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${date}/${region}/${service}/aws4_request`, hashed(written)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>((before, part) => keyed(before, part), `AWS4${accessKey.secret}`);
  return keyed(key, told).toString('hex') === signature ? undefined : 'its signature is another';
}
