import { frozen } from './frozen.ts';
import type { Perimeter } from './perimeter.ts';
import type { Policy } from './parse.ts';
import type { Reach, Request } from './request.ts';
import type { binding } from './tables/key-groups.ts';

/**
 * What a request violates that should not be allowed:
 * - `principals`: its caller is outside the perimeter. Asked of endpoint, resource and trust policies and of RCPs.
 * - `resources`: it goes to a resource that is not mine, whoever calls. Asked of endpoint and identity policies and of SCPs.
 * - `deputies`: an AWS service makes it for an account that is not mine. Asked of resource policies and RCPs.
 *   https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * - `networks`: a principal of mine makes it directly, from a network that is not mine. Asked of resource policies, SCPs and RCPs.
 */
export type Objective = keyof typeof binding;

export const kinds = ['vpc-endpoint', 'resource', 'trust', 'identity', 'scp', 'rcp'] as const;
/**
 * What a policy hangs on, and so whose requests it speaks of:
 * - `vpc-endpoint`: the policy of a VPC endpoint. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 * - `resource`: of a resource other than a role, such as a bucket, key or queue.
 *   https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
 * - `trust`: of a role, on who may assume it. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html
 * - `identity`: of a principal of mine, on what it may do; permissions boundaries are read alike.
 * - `scp`: a service control policy. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * - `rcp`: a resource control policy. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export type QuestionKind = (typeof kinds)[number];

/** The objectives that each kind of policy can be asked about. */
export const objectivesByKind: Readonly<Record<QuestionKind, readonly Objective[]>> = frozen({
  'vpc-endpoint': ['principals', 'resources'], resource: ['principals', 'deputies', 'networks'], trust: ['principals'],
  identity: ['resources'], scp: ['resources', 'networks'], rcp: ['principals', 'deputies', 'networks'],
});

/** What is known of a question beside its policies. */
export interface Subject {
  readonly kind: QuestionKind;
  /** What is mine. The same object for questions of the same definition, so that what was found out is found again; it may not be changed in place. */
  readonly perimeter: Perimeter;
  /** The account that owns the resource, role or endpoint; 12 digits. */
  readonly account: string;
  /**
   * Service of the endpoint or resource as its actions spell it, such as `s3`, or as its endpoint does (`ecr.api`); left out: the resource's, or
   * any that the policies leave open. Nobody gets through to one that is misspelled.
   */
  readonly service?: string;
  /** Of a VPC endpoint; left out: `interface`. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
  readonly endpointType?: 'gateway' | 'interface';
  /** ARN of the resource the policy hangs on; requests may name it or anything below it. What hangs on an endpoint or on principals is about whatever they reach. */
  readonly resource?: string;
  /** Tags of that resource, by their keys; left out: not known, so it may have any. */
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. Conditions on time are judged from then on. */
  readonly now: number;
  /** Which callers a rule asks about: partners have a rule of their own, and root users have no identity policies. Left out: `all`. */
  readonly callers?: 'all' | 'all-but-partners' | 'partners' | 'roles-and-users';
  /** Whether a restriction to networks that the definition lists is acceptable by itself; left out: callers from there are outside, of reach `network-bound`. */
  readonly acceptNetworkBound?: boolean;
  /** Whether requests come through an endpoint of mine, in whichever of my accounts, whatever the policy hangs on. */
  readonly viaEndpoint?: boolean;
}

/** What is asked: can any request from outside get through this policy, as `parsePolicy` reads it? */
export interface Question extends Subject { readonly policy: Policy }

/**
 * What an objective comes to, in words (`because`), with what a reader should know besides (`notes`). `at` is a JSON pointer into the policy as
 * written, such as `/Statement/0`; empty where AWS's FullAWSAccess beside an SCP or RCP of Denies is what lets it through.
 */
export type Answer =
  /** No request violates the objective; every kind of request has been tried. */
  | { readonly answer: 'inside'; readonly because: string; readonly notes: readonly string[] }
  /** This one does, the `witness`, by the statement `at`. */
  | {
    readonly answer: 'outside'; readonly reach: Reach; readonly because: string; readonly at: string;
    readonly witness: Request; readonly notes: readonly string[];
  }
  /** None was found, but not every kind of request could be tried, or nothing tells whether one found is from outside. */
  | {
    readonly answer: 'undecided'; readonly because: string; readonly at?: string; readonly notes: readonly string[];
    /** What a person could settle by adding it to the definition: accounts and buckets of unknown owner. */
    readonly unknownAccounts?: readonly string[]; readonly unknownBuckets?: readonly string[];
  };
