import { isDeepStrictEqual } from 'node:util';
import type { Objective, Perimeter, Question, QuestionKind, Request } from '../../policy/index.ts';
import { own } from './cast.ts';
import type { Said } from './said.ts';

/** An account, and which organization it belongs to, if any. */
export interface Account { readonly id: string; readonly organization: string | undefined; readonly path: string | undefined }
export type Claims = Readonly<Record<string, string | readonly string[]>>;
export type Caller =
  | { readonly kind: 'anonymous' }
  /** `claims`: what a session tells of the token or assertion of its provider that it began with. */
  | { readonly kind: 'role' | 'user' | 'root' | 'federated'; readonly account: Account; readonly name: string; readonly session: string; readonly provider: string | undefined; readonly claims?: Claims }
  | { readonly kind: 'service'; readonly name: string; readonly hasInstances: boolean; readonly source: Account; readonly sourceArn: string | undefined }
  | { readonly kind: 'web-identity' | 'saml'; readonly provider: string; readonly claims: Claims };
export type Network =
  | { readonly kind: 'internet'; readonly address: string }
  | { readonly kind: 'vpc'; readonly vpc: string; readonly endpoint: string; readonly address: string; readonly owner: Account };
export interface Act { readonly service: string; readonly action: string; readonly resource: string; readonly owner: Account }
/** What a request comes of. Parts of it are drawn anew until a policy allows it. */
export interface Scene {
  readonly caller: Caller; readonly act: Act; readonly network: Network; readonly chain: readonly string[] | undefined; readonly accessPoint: Account | undefined; readonly partition: string; readonly time: number;
  readonly free: Claims;
  /** Whether what AWS may leave out is left out. */
  readonly isTerse?: boolean;
}

/** What is asked, as far as requests depend on it. */
export interface Setting {
  readonly kind: QuestionKind;
  readonly objective: Objective | 'any';
  readonly definition: Perimeter;
  readonly services: readonly string[];
  /** Whether the policies hang on the resource that its service is asked about. */
  readonly hangsOnResource: boolean;
  /** That resource's partition, where it is not the first. */
  readonly partition?: string;
  /** Whether policies hang on identities, which root users have none of. */
  readonly hasIdentity: boolean;
  /** Whether they hang on those of the account that is asked about alone. */
  readonly isOfOwnPrincipals?: boolean;
  readonly viaEndpoint: boolean;
  readonly callers?: Question['callers'];
  readonly said: Said;
  /** What the policies speak of, where that is not all. */
  readonly isAsked?: (request: Request) => boolean;
}

export const isListed = ({ definition: { accounts, standaloneAccounts } }: Setting, id: string): boolean => id === own || (accounts ?? []).includes(id) || standaloneAccounts.includes(id);

/** Whether nothing of the kind is in the world: one account in two organizations, a token shown for another action, a service in a VPC. */
export function isImpossible({ caller, act: { owner, action, resource }, network, accessPoint, partition }: Scene, setting: Setting): boolean {
  const { kind, viaEndpoint, definition: { organizations, standaloneAccounts } } = setting;
  // To an access point of mine, which has a policy of its own, a bucket may leave who comes.
  const point = isAccessPoint(resource) ? owner : accessPoint;
  if (setting.objective !== 'any' && (kind === 'resource' || kind === 'rcp') && point !== undefined && (isListed(setting, point.id) || organizations.includes(point.organization ?? ''))) return true;
  // An SCP binds accounts of the organization.
  if (kind === 'scp' && setting.objective !== 'any' && 'account' in caller && caller.account.id !== own && organizations.length > 0 && standaloneAccounts.includes(caller.account.id)) return true;
  if (caller.kind === 'service' && network.kind === 'vpc' && kind !== 'vpc-endpoint' && !viaEndpoint) return true;
  // Names that end so are called in China.
  if (caller.kind === 'service' && caller.name.endsWith('.cn') && partition !== 'aws-cn') return true;
  if ('provider' in caller && homeOf(caller.provider) !== undefined && homeOf(caller.provider) !== partition) return true;
  if ((caller.kind === 'web-identity' || caller.kind === 'saml') && !(action.startsWith('sts:') && /:iam::\d{12}:role\//.test(resource))) return true;
  if (action.startsWith('sts:')) {
    // Roles are assumed by roles and users, by services for their own account, and with tokens.
    if (caller.kind === 'anonymous' || caller.kind === 'root' || caller.kind === 'federated' || (caller.kind === 'service' && caller.source.id !== owner.id)) return true;
    if ((caller.kind === 'web-identity') !== /WithWebIdentity$/.test(action) || (caller.kind === 'saml') !== /WithSAML$/.test(action)) return true;
  }
  // A role trusts the providers of its own account, and those that AWS has.
  if ((caller.kind === 'web-identity' || caller.kind === 'saml') && (/::(\d{12}):/.exec(caller.provider)?.[1] ?? owner.id) !== owner.id) return true;
  const all = [accessPoint === undefined ? [] : [accessPoint], 'account' in caller ? [caller.account] : [], 'source' in caller ? [caller.source] : [], [owner], network.kind === 'vpc' ? [network.owner] : []].flat();
  return all.some((one, i) => all.some((other, j) => j > i && one.id === other.id && !isDeepStrictEqual(one, other)));
}

export const isAccessPoint = (resource: string): boolean => /^arn:aws:s3:[^:]*:\d+:accesspoint\//.test(resource);
/** The partition that a built-in provider is of alone. */
const homeOf = (provider: string | undefined): string | undefined => provider?.startsWith('cognito-identity') !== true ? undefined : provider.endsWith('.cn') ? 'aws-cn' : provider.includes('us-gov') ? 'aws-us-gov' : undefined;
