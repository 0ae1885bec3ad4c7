/**
 * What the pack is called in AWS, in one place: the functions know each other by these names, roles grant by them, and a policy can
 * protect all of it by the common beginning.
 */
export const PREFIX = 'perimeter-';

/** Functions in every account and Region. */
export const EVALUATOR = `${PREFIX}evaluator`;
export const PLANNER = `${PREFIX}planner`;
export const WRITER = `${PREFIX}writer`;
export const REEVALUATOR = `${PREFIX}reevaluator`;
/** Function in the administrator account. */
export const PUBLISHER = `${PREFIX}publisher`;

/** Table of plans, runs, locks and holds, in every account and Region. */
export const LEDGER = `${PREFIX}ledger`;
/** Key (`pk`) of the one item of the ledger in which the re-evaluator keeps what it saw last; runs have a `#` in theirs. */
export const REEVALUATOR_STATE = 'reevaluator';
/** The conformance pack, and the aggregator of its results. */
export const PACK = 'perimeter';
export const AGGREGATOR = 'perimeter';

/** The StackSet; in single-account mode the stack. */
export const MEMBER_STACK = `${PREFIX}member`;
export const BUCKET_STACK = `${PREFIX}bucket`;
export const ADMINISTRATOR_STACK = `${PREFIX}administrator`;
export const MANAGEMENT_STACK = `${PREFIX}management`;
export const ORGANIZATION_PACK_STACK = `${PREFIX}organization-pack`;

/** Event bus and topic of the administrator account, to which members tell what they found. */
export const FINDINGS = `${PREFIX}findings`;
/** Stored queries of the aggregator, by what they count. */
export const storedQueryName = (by: 'account' | 'rule' | 'boundary'): string => `${PREFIX}non-compliant-by-${by}`;

/** Bucket of the administrator account in its home Region; names of buckets are of all accounts. */
export const bucketName = (account: string, region: string): string => `${PREFIX}${account}-${region}`;
/** What functions read: the definition with its list of accounts. */
export const DEFINITION_KEY = 'definition.json';
/** What the administrator wrote, in which `accounts: organization` still stands. */
export const DEFINITION_SOURCE_KEY = 'definition-source.json';
export const TEMPLATES_PREFIX = 'templates/';
/** `sha256`: of the text, in hexadecimal. The key changes with the text, so that a stack's URL tells what it was made from. */
export const templateKey = (sha256: string, name: string): string => `${TEMPLATES_PREFIX}${sha256}/${name}.json`;
/** Systems Manager parameter of the definition in single-account mode. */
export const DEFINITION_PARAMETER = '/perimeter/definition';

/** Stems of roles that are no function's or runbook's: what `deploy status` and `doctor` become in members, and what forwards findings. */
export const STATUS = 'status';
export const FORWARDER = 'forwarder';
/** Roles are of the account, not of the Region, so the Region stands in the name: stacks of two Regions would take each other's. */
export const roleName = (stem: string, region: string): string => `${PREFIX}${stem}-${region}`;
export const documentName = (stem: string): string => `${PREFIX}${stem}`;
/** Log group of a function. */
export const logGroupName = (functionName: string): string => `/aws/lambda/${functionName}`;

/** `vpc-endpoint-trusted-principals` → `VpcEndpointTrustedPrincipals`. */
export const logicalId = (id: string): string => id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
