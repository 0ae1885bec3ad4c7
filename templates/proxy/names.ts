import { partitionOf as anyPartitionOf, regions } from '../../policy/tables/regions.ts';

/** Domains below which AWS endpoints stand; the patterns of one partition hold for all, since none belongs to anybody else. */
export const suffixes: readonly string[] = ['amazonaws.com', 'amazonaws.com.cn', 'api.aws', 'on.aws', 'amazonwebservices.com.cn'];

const reached: ReadonlySet<string> = new Set(['aws', 'aws-cn', 'aws-us-gov']);
/** Partitions that are reached over the internet and have their names below `suffixes`. */
export function partitionOf(region: string): string | undefined {
  const partition = anyPartitionOf(region);
  return regions.includes(region) && reached.has(partition) ? partition : undefined;
}

const escaped = (text: string): string => text.replaceAll('.', '\\.');
const ending = `(${suffixes.map(escaped).join('|')})\\.*$`;

/** Matches every name below an AWS domain: whole labels only, and nothing after them but the dots of a fully qualified name. */
export const awsPattern = `(^|\\.)${ending}`;

/**
 * Matches the endpoints of a Region. It is read from the right, where AWS writes it, for the left may be a bucket's name and those are
 * anybody's: `data.eu-west-1.s3.us-east-2.amazonaws.com` is in us-east-2. One label may follow (`eu-west-1.elb`, `eu-west-1.vpce`), but none of
 * S3, where what stands before is a bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export const regionPatterns = (region: string): readonly string[] => [
  `(^|\\.)${region}\\.${ending}`,
  `(^|\\.)${region}\\.([^s.][^.]*|s([^3.][^.]*)?)\\.${ending}`,
  `(^|\\.)s3(-website|-fips)?-${region}\\.${ending}`,
];

/** Matches one endpoint, or with `below` also what stands before it. */
export const hostPattern = (host: string, below = false): string => `${below ? '(^|\\.)' : '^'}${escaped(host)}\\.*$`;

/** Matches names whose last label is none of an address: an address tells nothing of whom it belongs to. */
export const namePattern = '\\.[a-z][a-z0-9-]*\\.*$';
