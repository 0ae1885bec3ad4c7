/** What the organization does wrong, changed at will while it runs. */
export interface Faults {
  /** By IAM action (`cloudformation:CreateStackSet`) how many of its next calls are throttled. */
  throttle: Record<string, number>;
  /** IAM actions that no policy allows; with an account only for its identities. `*` at the end matches the rest. */
  deny: (string | { readonly action: string; readonly account: string })[];
  /** Stack operations that fail, in plain stacks and in instances of StackSets. */
  fail: StackFailure[];
  /** From this call on nothing is answered, until `revive()`. `before`: the call did nothing; `after`: it did, and nobody heard. */
  kill: Kill | undefined;
  /** By account what stands in place of a function's code: `{ '100000000007': { 'perimeter-evaluator': 'exports.handler = …' } }`; for all Regions. */
  tampered: Record<string, Record<string, string>>;
}
export interface StackFailure {
  readonly account: string;
  readonly region?: string;
  /** Name of the stack or the StackSet; any without. */
  readonly stack?: string;
  readonly action?: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly reason: string;
  /** Resource that fails; the first of the template without. */
  readonly logicalId?: string;
  /** How often it fails before it works; always without. */
  times?: number;
}
export interface Kill {
  /** IAM action whose next call is the last, or the number of calls before it. */
  readonly at: string | number;
  readonly when: 'before' | 'after';
  /** `refuse`: HTTP 400, which clients do not retry; `close`: the connection is closed; `error`: HTTP 500. Default `refuse`. */
  readonly how?: 'refuse' | 'close' | 'error';
}

/** The recorder of an account (or of one Region: `<account>/<region>`): none, one that is stopped or cannot deliver, one that records only these types, or all but these. */
export type Recorder = 'none' | 'off' | 'failing' | 'no-channel' | { readonly types: readonly string[] } | { readonly except: readonly string[] } | { readonly all: true; readonly global: boolean };

export interface Policy { readonly name: string; readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'; readonly content: object; readonly targets: readonly string[] }
export interface Quota { readonly service: string; readonly code: string; readonly name: string; readonly value: number; readonly default: number }

export interface OrganizationOptions {
  /** Accounts with the management account and the administrator; 300 without. */
  readonly accounts?: number;
  /** Suspended accounts, by position in `organization.accounts`. */
  readonly suspended?: readonly number[];
  readonly partition?: 'aws' | 'aws-us-gov' | 'aws-cn';
  /** Regions that the aggregator counts; eu-west-1 and us-east-1 without. */
  readonly regions?: readonly string[];
  /** Service principals with access to the organization. */
  readonly serviceAccess?: readonly string[];
  /** Service principals that the administrator is registered for. */
  readonly delegated?: readonly string[];
  /** Whether CloudFormation itself has been given access to the organization (ActivateOrganizationsAccess). */
  readonly stackSetsAccess?: boolean;
  /** Whether the caller's account is in an organization at all. */
  readonly organization?: boolean;
  /** Looks at an operation, stack or change set that see it still running; 2 without. */
  readonly polls?: number;
  readonly recorders?: Readonly<Record<string, Recorder>>;
  readonly policies?: readonly Policy[];
  readonly quotas?: readonly Quota[];
  /** Resources that a recorder has discovered, by type, in each account and Region. */
  readonly discovered?: Readonly<Record<string, number>>;
  /** Names of roles in every member account that the management account may assume. */
  readonly roles?: readonly string[];
  readonly faults?: Partial<Faults>;
}
