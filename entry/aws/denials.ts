import { actionsOf, serviceOf } from './actions.ts';

/** One call of an AWS API: what the client's class and the operation are called, and what was asked. */
export interface Call { readonly client: string; readonly operation: string; readonly region: string; readonly input: object }

/**
 * AWS refused a call. The message is for the person at the terminal: what was refused to whom, what AWS said, and what grants it.
 * `name` keeps the error code that AWS gave.
 */
export class Denied extends Error {
  readonly call: Call;
  /** IAM actions of which at least one is missing. */
  readonly actions: readonly string[];
  /** What to do: an IAM statement to add, or commands to run; one line each. */
  readonly grant: readonly string[];

  constructor(code: string, call: Call, actions: readonly string[], message: string, grant: readonly string[]) {
    super([message, ...grant.map((line) => `  ${line}`)].join('\n'));
    this.name = code;
    this.call = call;
    this.actions = actions;
    this.grant = grant;
  }
}

/** Trusted access that service-managed StackSets and organization-wide AWS Config need, by who is registered as delegated administrator. */
export const STACKSETS_PRINCIPAL = 'member.org.stacksets.cloudformation.amazonaws.com';
export const CONFIG_PRINCIPALS = ['config.amazonaws.com', 'config-multiaccountsetup.amazonaws.com'] as const;

/** Commands for the management account. `enable-aws-service-access` for StackSets is not enough: CloudFormation makes roles besides. */
export const activateStackSets = (region: string): string => `aws cloudformation activate-organizations-access --region ${region}`;
export const enableAccess = (principal: string): string => `aws organizations enable-aws-service-access --service-principal ${principal}`;
export const register = (account: string, principal: string): string => `aws organizations register-delegated-administrator --account-id ${account} --service-principal ${principal}`;

const IN_MANAGEMENT = 'in the management account of the organization, run:';

/** Which call an error came from. */
const calls = new WeakMap<Error, Call>();

/** `cloudformation:CreateStackSet in eu-west-1`, of an error that a client made by `entry/aws/clients.ts` threw. */
export const askedOf = (error: Error): string | undefined => {
  const call = calls.get(error);
  return call === undefined ? undefined : `${serviceOf(call)}:${call.operation} in ${call.region}`;
};

/**
 * The error as it is to be told: a `Denied` for whatever permissions, trusted access or credentials are behind it, and the error itself
 * for everything else. `identity` answers with the caller's ARN, if that can be told.
 */
export async function explain(error: unknown, call: Call, identity: () => Promise<string | undefined>): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  calls.set(error, call);
  const { name, message } = error;
  const denied = (what: string, grant: readonly string[], actions = actionsOf(call)): Denied => new Denied(name, call, actions, `${what}\nAWS answered: ${name}: ${message}`, grant);
  const asked = `${serviceOf(call)}:${call.operation} in ${call.region}`;

  if (credentialFaults.has(name)) {
    return denied(`${asked}: there are no valid credentials`, ['sign in, or set AWS_PROFILE; `aws sts get-caller-identity` must answer']);
  }
  const setup = setupOf(name, message);
  if (setup !== undefined) {
    const arn = await identity() ?? 'the caller';
    return denied(`${asked}: ${setup.what}, asked by ${arn}`, setup.grant(accountOf(arn), call.region));
  }
  if (!isDenial(error)) return error;
  const arn = userIn(message) ?? (call.operation === 'GetCallerIdentity' ? undefined : await identity()) ?? 'the caller';
  const actions = namedIn(message) ?? actionsOf(call);
  const resource = resourceIn(message);
  return denied(
    `${actions.join(' or ')} is denied to ${arn}${resource === undefined ? '' : ` on ${resource}`}, in ${call.region}`,
    grantOf(message, actions, resource, call, arn), actions,
  );
}

const credentialFaults: ReadonlySet<string> = new Set([
  'CredentialsProviderError', 'ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'AuthFailure', 'TokenProviderError',
]);

/** S3 answers a HEAD without a body, so that its errors have no code but the status. */
const isDenial = (error: Error): boolean =>
  /^(AccessDenied|UnauthorizedOperation|UnauthorizedAccess|NotAuthorized|AuthorizationError|InsufficientPermissions|InsufficientDeliveryPolicy|Forbidden$|403$)/.test(error.name)
  || (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode === 403
  || /is not authorized to perform:/.test(error.message);

interface Setup { readonly what: string; readonly grant: (account: string, region: string) => readonly string[] }

/** What is missing is no permission of the caller, but something that the management account has to switch on. */
function setupOf(code: string, message: string): Setup | undefined {
  if (/must enable organizations access/i.test(message)) {
    return { what: 'the organization gives StackSets no access', grant: (_, region) => [IN_MANAGEMENT, activateStackSets(region)] };
  }
  if (/not a delegated admin|must be the (management|master) account or (a )?delegated admin|must be the (management|master) or delegated admin/i.test(message)) {
    return {
      what: 'the account administers no StackSets of the organization',
      // CloudFormation says the same when it may not look the administrators up as the caller.
      // https://github.com/hashicorp/terraform-provider-aws/pull/37069
      grant: (account, region) => [IN_MANAGEMENT, activateStackSets(region), register(account, STACKSETS_PRINCIPAL), `if that is done already, allow the caller organizations:ListDelegatedAdministrators: ${statement(['organizations:ListDelegatedAdministrators'], '*')}`],
    };
  }
  if (code === 'OrganizationAccessDeniedException') {
    return {
      what: 'the account administers no AWS Config of the organization',
      grant: (account) => [IN_MANAGEMENT, ...CONFIG_PRINCIPALS.flatMap((one) => [enableAccess(one), register(account, one)]), `if that is done already, allow the caller: ${statement(['organizations:DescribeOrganization', 'organizations:ListDelegatedAdministrators', 'organizations:EnableAWSServiceAccess'], '*')}`],
    };
  }
  if (code === 'AWSOrganizationsNotInUseException' || code === 'NoAvailableOrganizationException') {
    return { what: 'the account is in no organization', grant: () => ['pass --single-account to deploy to this account alone, or use credentials of an account of the organization'] };
  }
  if (code === 'OrganizationAllFeaturesNotEnabledException') {
    return { what: 'the organization has consolidated billing only', grant: () => [IN_MANAGEMENT, 'aws organizations enable-all-features'] };
  }
  return undefined;
}

function grantOf(message: string, actions: readonly string[], resource: string | undefined, call: Call, arn: string): readonly string[] {
  const denying = /explicit deny in (?:an? |the )?([a-z -]*?polic(?:y|ies)|permissions boundary)/i.exec(message)?.[1];
  if (denying !== undefined) return [`a ${denying} denies it: except the caller there, or use another role`];
  const wall = /no (service control|resource control|session|VPC endpoint) policy allows/i.exec(message)?.[1] ?? /no (permissions boundary) allows/i.exec(message)?.[1];
  if (wall !== undefined) return [`the ${wall}${wall === 'permissions boundary' ? '' : ' policy'} of the caller does not allow it: add there ${statement(actions, resource ?? '*')}`];
  if (serviceOf(call) === 'organizations') {
    // Organizations answers members that administer nothing in the same words as callers without a permission.
    return [`allow the caller: ${statement(actions, '*')}`, `and, unless ${accountOf(arn)} is a delegated administrator already, ${IN_MANAGEMENT}`, register(accountOf(arn), STACKSETS_PRINCIPAL)];
  }
  if (call.operation === 'AssumeRole') {
    const role = resource ?? (call.input as { readonly RoleArn?: string }).RoleArn ?? '*';
    return [`allow the caller: ${statement(actions, role)}`, 'and see that the role exists and trusts the caller\'s account: the member stack makes it'];
  }
  return [`allow the caller: ${statement(actions, resource ?? '*')}`];
}

const statement = (actions: readonly string[], resource: string): string => JSON.stringify({ Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: resource });

/** `User: arn:… is not authorized to perform: s3:GetObject on resource: "arn:…" because …`. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const userIn = (message: string): string | undefined => /User: (arn:\S+) is not authorized/.exec(message)?.[1];
const namedIn = (message: string): readonly string[] | undefined => {
  const action = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
  return action === undefined ? undefined : [action];
};
const resourceIn = (message: string): string | undefined => /on resource: "?(arn:[^\s"]+)/.exec(message)?.[1];
const accountOf = (arn: string): string => /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? 'ACCOUNT';
