import { decide, parsePolicy, type Principal, type Request } from '../../policy/index.ts';
import type { Core, RunSimulation, Simulation } from '../peer.ts';
import type { Document, Kind, Statement } from './random-policies.ts';

/** One question to both sides: does this policy, by itself, allow this request? */
export interface Situation { readonly kind: Kind; readonly gateway: boolean; readonly request: Request }

export const ours = (document: Document, { gateway, request }: Situation): boolean => decide(parsePolicy(document), request, { gateway }).allowed;

/** The peer knows a caller by one text: the session's ARN where there is one, the service's name, the provider of a token. */
export function peerPrincipal(principal: Principal): Simulation['request']['principal'] {
  switch (principal.kind) {
    case 'anonymous': return { type: 'Anonymous' };
    case 'service': return principal.name!;
    case 'web-identity': case 'saml': return principal.provider!;
    case 'role': case 'user': case 'root': return principal.sessionArn ?? principal.arn!;
  }
}

/** Its analysis of the policy alone; an account that a resource policy admits may then delegate, so both kinds of Allow count. */
export function theirs(core: Core, document: Document, { kind, request }: Situation): boolean {
  const policy = core.loadPolicy(document);
  const resource = kind === 'trust' ? 'arn:aws:iam::111111111111:role/judged' : request.resource;
  const asked = core.request(peerPrincipal(request.principal), { resource: resource ?? '*', accountId: '999999999999' }, request.action, request.context, resource === undefined);
  const { result } = kind === 'vpc-endpoint' ? core.endpointPolicies([policy], asked) : core.resourcePolicy(policy, asked);
  return result === 'Allowed' || result === 'AllowedForAccount';
}

const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
/** Lets everybody do everything. */
export const openStatement: Statement = { ...everything, Principal: '*' };

/**
 * The same through its public entry, where nothing else stands in the way: the caller is of another account and its own
 * policy allows everything. That entry leaves out keys which the action does not have and settles itself which keys are
 * lists, so the answer comes with the request as it was judged; `undefined` where its validation refuses to.
 */
export async function theirsInPublic(run: RunSimulation, document: Document, { kind, request, gateway }: Situation): Promise<{ readonly answer: boolean; readonly situation: Situation } | undefined> {
  // Callers with a token are not evaluated alone there: shared issuers need an identity policy, which they cannot have.
  if (request.principal.kind === 'web-identity' || request.principal.kind === 'saml') return undefined;
  const principal = peerPrincipal(request.principal);
  const [action, resource] = kind === 'trust' ? ['sts:AssumeRole', 'arn:aws:iam::999999999999:role/judged'] : ['s3:GetObject', 'arn:aws:s3:::bucket/ann/x'];
  const context = Object.fromEntries(Object.entries(request.context).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !/orgpaths|tagkeys/i.test(entry[0])));
  const { resultType, overallResult, result } = await run({
    request: { principal, action, resource: { resource, accountId: '999999999999' }, contextVariables: context },
    identityPolicies: typeof principal === 'string' ? [{ name: 'anything', policy: { Version: '2012-10-17', Statement: [everything] } }] : [], serviceControlPolicies: [], resourceControlPolicies: [],
    ...(kind === 'vpc-endpoint' ? { resourcePolicy: { Version: '2012-10-17', Statement: [openStatement] }, vpcEndpointPolicies: [{ name: 'judged', policy: document }] } : { resourcePolicy: document }),
  }, {});
  if (resultType !== 'single') return undefined;
  const judged = Object.fromEntries(Object.entries(context).filter(([key]) => !result!.ignoredContextKeys.includes(key)));
  return { answer: overallResult === 'Allowed', situation: { kind, gateway, request: { principal: request.principal, action, ...(kind === 'trust' ? {} : { resource }), context: judged } } };
}

/** Whether a statement applies to the request, asked of a whole policy: a Deny shows beside an Allow of everything. */
export const applies = (side: (document: Document) => boolean, document: Document, statement: Statement): boolean => {
  const version = document.Version === undefined ? {} : { Version: document.Version };
  return statement['Effect'] === 'Deny' ? !side({ ...version, Statement: [openStatement, statement] }) : side({ ...version, Statement: [statement] });
};
