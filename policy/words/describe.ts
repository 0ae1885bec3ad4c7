import { issuerOf, subjectKey } from '../issuers.ts';
import { refuseAnswer, refusePrincipal, refuseRequest } from '../misuse.ts';
import type { Statement } from '../parse.ts';
import type { Answer, Objective, Subject } from '../question.ts';
import type { Principal, Reach, Request } from '../request.ts';
import { UNLISTED } from '../world/services.ts';

/** The caller in words. Throws TypeError for one that its type rules out. */
export function describePrincipal(principal: Principal): string {
  refusePrincipal(principal);
  switch (principal.kind) {
    case 'anonymous': return 'an unsigned caller';
    case 'service': return `the AWS service \`${principal.name ?? ''}\``;
    case 'web-identity': return `a token of \`${issuerOf(principal.provider)}\``;
    case 'saml': return `a user of the SAML provider \`${principal.provider ?? ''}\``;
    case 'root': return `the root user of account ${principal.account ?? ''}`;
    case 'role': case 'user': return `${principal.provider === undefined ? '' : `a session that a token of \`${issuerOf(principal.provider)}\` began, of `}the ${principal.sessionArn === undefined ? principal.kind : 'session'} \`${principal.sessionArn ?? principal.arn ?? ''}\``;
  }
}

/** The witness as a clause: who could do what to what. Throws TypeError for one that its type rules out. */
export function describeRequest(request: Request): string {
  refuseRequest(request);
  const { principal, action, resource, context } = request;
  const subject = principal.kind === 'web-identity' ? Object.entries(context).find(([key]) => key.toLowerCase() === subjectKey(principal).toLowerCase())?.[1] : undefined;
  return `${whose(principal, context)}${subject === undefined ? '' : ` with the subject \`${String(subject)}\``} could ${context['aws:ViaAWSService'] === 'true' ? 'have an AWS service ' : ''}call ${action}${resource === undefined ? '' : ` on \`${resource}\``}`;
}

/** The caller, of a token with the provider where that is of another account than the role's, which takes those of its own. */
function whose(principal: Principal, context: Request['context']): string {
  const { kind, provider = '' } = principal;
  const [of, owner] = [provider.split(':')[4], Object.entries(context).find(([key]) => key.toLowerCase() === 'aws:resourceaccount')?.[1]];
  return kind !== 'web-identity' || of === undefined || owner === undefined || of === owner ? describePrincipal(principal) : `a token of the provider \`${provider}\``;
}

const who: Readonly<Partial<Record<Reach, string>>> = {
  anonymous: 'anyone, without signing in to AWS,', 'any-account': 'any AWS account', 'shared-issuer': 'anyone with a token',
  'any-organization-member': 'members of other organizations', 'named-account': 'an account outside the perimeter', service: 'an AWS service acting for somebody else',
};

const label = (statement: Statement): string => statement.at === '' ? 'since no Deny stops it' : `through ${statement.at.slice(1).replace('/', ' ')}${statement.sid === undefined || statement.sid === '' ? '' : ` (\`${statement.sid}\`)`}`;

/** One sentence: who could do what, through which statement. `isBound`: only from a network that it names. */
export function describeOutside(question: Subject, objective: Objective, reach: Reach, request: Request, statement: Statement | undefined, isBound: boolean): string {
  const through = statement === undefined ? 'through all policies together' : label(statement);
  if (objective === 'resources') {
    const whose = reach === 'named-account' ? `of account ${String(request.context['aws:ResourceAccount'] ?? '')}` : reach === 'any-organization-member' ? 'of other organizations' : 'of any AWS account';
    return `callers can reach resources ${whose} ${through}: ${describeRequest(request)}`;
  }
  if (objective === 'networks') return `${describePrincipal(request.principal)} can act from a network outside the perimeter ${through}: it could call ${request.action}${fromWhere(request)}`;
  if (objective === 'deputies') return `${describePrincipal(request.principal)} can be made to act for account ${String(request.context['aws:SourceAccount'] ?? 'of somebody else')} ${through}: it could call ${request.action}`;
  const subject = reach === 'named-account' && request.principal.account !== undefined ? `account ${request.principal.account}${isBound ? '' : ', which is outside the perimeter,'}`
    : reach === 'service' ? request.principal.name?.endsWith(UNLISTED) === true ? 'an AWS service that `services` does not list' : describePrincipal(request.principal)
      : reach === 'named-account' ? describePrincipal(request.principal) : reach === 'shared-issuer' ? `anyone with ${describePrincipal(request.principal)}`
        : reach === 'any-account' && request.principal.provider !== undefined && request.principal.account === undefined ? 'anyone with a provider of tokens or assertions of their own'
        : reach === 'any-organization-member' && question.perimeter.organizations.includes(String(request.context['aws:PrincipalOrgID'])) ? 'members of your organization that lie on none of your `organizationPaths`' : namesOrganization(statement, request) ? `members of the organization \`${String(request.context['aws:PrincipalOrgID'])}\`, which is not yours,` : isBound && reach === 'any-account' ? 'callers of any account' : who[reach]!;
  const verb = question.kind === 'trust' ? 'can assume the role' : question.kind === 'vpc-endpoint' ? 'can use the endpoint' : 'can reach the resource';
  return `${isBound ? `${subject.replace(/,$/, '')}, if ${subject.startsWith('account') ? 'it comes' : 'they come'} from the named network,` : subject} ${verb} ${through}: ${describeRequest(request)}`;
}

/** Whether a statement lets a caller in for its organization, so that a mistake in the id shows. */
const namesOrganization = (statement: Statement | undefined, { context }: Request): boolean =>
  statement?.conditions.some(({ key, values }) => key === 'aws:principalorgid' && values.some((one) => String(one) === context['aws:PrincipalOrgID'])) === true;

const through = 'through an endpoint of';
const places: readonly (readonly [key: string, words: string])[] = [
  ['aws:SourceIp', 'from'], ['aws:VpceAccount', through], ['aws:VpceOrgID', through], ['aws:VpceOrgPaths', through], ['aws:SourceVpc', 'from'], ['aws:SourceVpce', 'from'], ['aws:SourceVpcArn', 'from'], ['aws:VpcSourceIp', 'from a VPC, at'],
];

/** Where a request comes from, as far as its keys tell. */
function fromWhere({ context }: Request): string {
  const told = places.find(([key]) => context[key] !== undefined);
  return told === undefined ? ' from anywhere' : ` ${told[1]} \`${String(context[told[0]])}\``;
}

/** The sentence of a finding or a verdict. Throws TypeError for what is no answer. */
export function describeAnswer(answer: Answer): string {
  refuseAnswer(answer);
  return answer.because;
}
