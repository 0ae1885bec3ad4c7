import type { Principal, Request } from '../../policy/index.ts';
import { sendsEndpointOwner } from '../../policy/tables/vpce-keys.ts';
import { now, tellingAccounts, untoldVia } from './cast.ts';
import { inPartition } from './home.ts';
import { rolesAnywhere } from './issuers.ts';
import { isAccessPoint, type Account, type Caller, type Network, type Scene } from './scene.ts';

type Context = Record<string, string | readonly string[]>;

/**
 * The request of a scene, with every key that such a call carries, written from AWS's list and without the engine's classes:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestOf(scene: Scene): Request {
  return inPartition(requestInAws(scene), scene.partition);
}
function requestInAws(scene: Scene): Request {
  const { caller, act: { action, resource, service, owner }, network, chain, accessPoint, time, free, isTerse = false } = scene;
  const at = now + time * 86_400_000;
  const context: Context = {
    'aws:CurrentTime': new Date(at).toISOString(), 'aws:EpochTime': String(at / 1000), ...free['aws:securetransport'] === undefined ? { 'aws:SecureTransport': 'true' } : {}, 'aws:RequestedRegion': /^arn:[^:]*:[^:]*:([a-z0-9-]+):/.exec(resource)?.[1] ?? 'eu-west-1',
    'aws:ResourceAccount': owner.id, ...service === 's3' ? { 's3:ResourceAccount': owner.id } : service === 'ec2' ? { 'ec2:Owner': owner.id } : {}, ...organizationOf('Resource', owner), ...carriedBy(network, service), ...service === 's3' && isAccessPoint(resource) ? through(owner, network, /^[^/]+\/[^/]+/.exec(resource)![0]) : service === 's3' && accessPoint !== undefined ? through(accessPoint, network) : {}, ...ofCaller(caller, service, chain, isTerse), ...chosen(free, caller, service),
  };
  return { principal: principalOf(caller), action, resource, context };
}

const organizationOf = (of: 'Principal' | 'Resource' | 'Source', { organization, path }: Account): Context => organization === undefined ? {} : { [`aws:${of}OrgID`]: organization, [`aws:${of}OrgPaths`]: [path!] };

function carriedBy(network: Network, service: string): Context {
  if (network.kind === 'internet') return { 'aws:SourceIp': network.address };
  const { vpc, endpoint, address, owner: { id, organization, path } } = network;
  return {
    'aws:SourceVpc': vpc, 'aws:SourceVpce': endpoint, 'aws:VpcSourceIp': address, ...sendsEndpointOwner(service, 'aws:sourcevpcarn') ? { 'aws:SourceVpcArn': `arn:aws:ec2:eu-west-1:${id}:vpc/${vpc}` } : {}, ...sendsEndpointOwner(service, 'aws:vpceaccount') || service === 'zebra' ? { 'aws:VpceAccount': id } : {},
    ...organization !== undefined && (sendsEndpointOwner(service, 'aws:vpceorgid') || service === 'zebra') ? { 'aws:VpceOrgID': organization } : {}, ...organization !== undefined && sendsEndpointOwner(service, 'aws:vpceorgpaths') ? { 'aws:VpceOrgPaths': [path!] } : {},
  };
}

/** An access point of the account's, which hangs on the internet or on a VPC: who calls through one of a VPC calls from it. */
const through = ({ id }: Account, network: Network, arn = `arn:aws:s3:eu-west-1:${id}:accesspoint/app`): Context => ({ 's3:DataAccessPointAccount': id, 's3:DataAccessPointArn': arn, 's3:AccessPointNetworkOrigin': network.kind === 'vpc' ? 'VPC' : 'Internet' });

const arnOf = (caller: Extract<Caller, { account: Account }>): string => {
  const { kind, account: { id }, name } = caller;
  return kind === 'root' ? `arn:aws:iam::${id}:root` : kind === 'federated' ? `arn:aws:sts::${id}:federated-user/${lastOf(name)}` : `arn:aws:iam::${id}:${kind}/${name}`;
};
const lastOf = (name: string): string => name.split('/').at(-1)!;

function principalOf(caller: Caller): Principal {
  switch (caller.kind) {
    case 'anonymous': return { kind: 'anonymous' };
    case 'service': return { kind: 'service', name: caller.name };
    case 'web-identity': case 'saml': return { kind: caller.kind, provider: caller.provider };
    default: {
      const { kind, account: { id }, name, session, provider } = caller;
      return { kind: kind === 'federated' ? 'user' : kind, account: id, arn: arnOf(caller), ...kind === 'role' ? { sessionArn: `arn:aws:sts::${id}:assumed-role/${lastOf(name)}/${session}` } : {}, ...provider === undefined ? {} : { provider } };
    }
  }
}

/** A service has a name for itself and may have one for its instance in a Region. */
const namesOf = (name: string, inRegion: boolean): readonly string[] => [name, ...inRegion ? [/\.[a-z]+-[a-z]+-\d\./.test(name) ? name.replace(/\.[a-z]+-[a-z]+-\d(?=\.)/, '') : name.replace('.amazonaws', '.us-east-1.amazonaws')] : []];

function ofCaller(caller: Caller, service: string, chain: readonly string[] | undefined, isTerse: boolean): Context {
  switch (caller.kind) {
    case 'anonymous': return { 'aws:PrincipalAccount': 'anonymous', 'aws:userid': 'anonymous', 'aws:PrincipalType': 'Anonymous', ...isTerse ? {} : { 'aws:ViaAWSService': 'false' }, ...service === 'lambda' ? { 'lambda:FunctionUrlAuthType': 'NONE' } : {} };
    case 'saml': return caller.claims;
    case 'web-identity': return { ...caller.claims, 'aws:FederatedProvider': caller.provider };
    case 'service': return {
      'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': caller.name, 'aws:PrincipalServiceNamesList': namesOf(caller.name, caller.hasInstances), 'aws:ViaAWSService': 'false',
      ...caller.sourceArn === undefined ? {} : { 'aws:SourceAccount': caller.source.id, ...isTerse && tellingAccounts.has(caller.name) ? {} : { 'aws:SourceArn': caller.sourceArn }, ...organizationOf('Source', caller.source), ...service === 'kms' && caller.name === 'cloudtrail.amazonaws.com' ? { 'kms:EncryptionContext:aws:cloudtrail:arn': caller.sourceArn } : {} },
    };
    default: {
      const { kind, account, name, session, provider, claims = {} } = caller;
      return {
        ...claims, 'aws:PrincipalAccount': account.id, ...service === 'kms' ? { 'kms:CallerAccount': account.id, ...chain === undefined ? {} : { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } : {}, 'aws:PrincipalArn': arnOf(caller), 'aws:PrincipalIsAWSService': 'false', ...organizationOf('Principal', account),
        'aws:PrincipalType': { role: 'AssumedRole', user: 'User', root: 'Account', federated: 'FederatedUser' }[kind], ...kind === 'user' ? { 'aws:username': lastOf(name) } : {},
        'aws:userid': { role: `AROAEXAMPLEID:${session}`, user: 'AIDAEXAMPLEID', root: account.id, federated: `${account.id}:${lastOf(name)}` }[kind],
        ...provider !== undefined && !provider.includes('saml-provider') ? { 'aws:FederatedProvider': provider } : {},
        ...service === 'sns' ? { 'aws:SourceOwner': account.id } : {}, ...kind === 'role' ? { 'aws:TokenIssueTime': '2025-12-31T23:00:00Z' } : {}, ...service === 'lambda' ? { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } : {},
        ...isTerse && untoldVia.has(service) ? {} : { 'aws:ViaAWSService': String(chain !== undefined) }, ...chain !== undefined && chain.length > 0 ? { 'aws:CalledVia': chain, 'aws:CalledViaFirst': chain[0]!, 'aws:CalledViaLast': chain.at(-1)! } : {},
      };
    }
  }
}

/** What of the free keys this caller sends to this service. */
function chosen(free: Scene['free'], caller: Caller, service: string): Context {
  const ofAccount = 'account' in caller;
  const sent = Object.fromEntries(Object.entries(free).filter(([key]) => /^aws:(principaltag\/|multifactor|sourceidentity)/.test(key) ? (ofAccount && caller.kind !== 'root' && (key !== 'aws:sourceidentity' || caller.kind === 'role')) || (key.startsWith('aws:principaltag/') && caller.kind === 'service' && caller.name === rolesAnywhere && service === 'sts') : key === 'sts:externalid' ? ofAccount && service === 'sts' : !/^(s3|kms|sts|elasticfilesystem):/.test(key) || (key.startsWith(`${service}:`) && caller.kind !== 'service')));
  const tags = Object.keys(sent).flatMap((key) => /^aws:requesttag\/(.*)/.exec(key)?.[1]?.replace(/^./, (first) => first.toUpperCase()) ?? []);
  // Who assumes a role or presents a token has to name the session.
  const session = service === 'sts' && caller.kind !== 'service' && caller.kind !== 'saml' && sent['sts:rolesessionname'] === undefined ? { 'sts:RoleSessionName': 'jo' } : {};
  return { ...sent, ...session, ...tags.length > 0 ? { 'aws:TagKeys': tags } : {}, ...sent['aws:multifactorauthpresent'] === 'true' ? { 'aws:MultiFactorAuthAge': '600' } : {} };
}
