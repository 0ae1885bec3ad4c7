import type { Perimeter } from './perimeter.ts';
import type { Policy } from './parse.ts';
import type { Reach, Request } from './request.ts';

export type Objective = 'principals' | 'resources' | 'deputies' | 'networks';
export type QuestionKind = 'vpc-endpoint' | 'resource' | 'trust' | 'identity' | 'scp' | 'rcp';

/** What is known of a question beside its policies. */
export interface Subject {
  readonly kind: QuestionKind;
  readonly perimeter: Perimeter;
  /** The account that owns the resource, role or endpoint; 12 digits. */
  readonly account: string;
  /** Service of the endpoint or resource as its actions spell it, such as `s3`, or as its endpoint does (`ecr.api`). */
  readonly service?: string;
  readonly endpointType?: 'gateway' | 'interface';
  /** ARN of the resource the policy hangs on; requests may name it or anything below it. */
  readonly resource?: string;
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. Conditions on time are judged from then on. */
  readonly now: number;
  /** Which callers a rule asks about: partners have a rule of their own, and root users have no identity policies. */
  readonly callers?: 'all' | 'all-but-partners' | 'partners' | 'roles-and-users';
  /** Overrides the parameter of the same name: whether a restriction to networks alone is acceptable. */
  readonly acceptNetworkBound?: boolean;
  /** Whether requests come through an endpoint of mine, whatever the policy hangs on. */
  readonly viaEndpoint?: boolean;
}

/** What is asked: can any request from outside get through this policy? */
export interface Question extends Subject { readonly policy: Policy }

/** What an objective comes to. `at` is a JSON pointer into the policy as written, such as `/Statement/0`. */
export type Answer =
  | { readonly answer: 'inside'; readonly because: string; readonly notes: readonly string[] }
  | {
    readonly answer: 'outside'; readonly reach: Reach; readonly because: string; readonly at: string;
    readonly witness: Request; readonly notes: readonly string[];
  }
  | {
    readonly answer: 'undecided'; readonly because: string; readonly at?: string; readonly notes: readonly string[];
    /** What a person could settle by adding it to the definition: accounts and buckets of unknown owner. */
    readonly unknownAccounts?: readonly string[]; readonly unknownBuckets?: readonly string[];
  };
