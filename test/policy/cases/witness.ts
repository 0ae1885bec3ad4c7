import { BlockList, isIP } from 'node:net';
import type { Objective, Question, Request } from '../../../policy/index.ts';
import { prefixesRuled } from '../../../policy/tables/resource-services.ts';

/**
 * What is wrong with a witness, if anything: a request that no caller could send, or one that the objective does not
 * mind. Written from the specification and not from the engine, and only as far as a single request can tell.
 */
export function faultsOf(question: Question, objective: Objective, { principal, action, resource, context }: Request): string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string): void => { if (!holds) faults.push(fault); };
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]));
  const valueOf = (key: string): string | undefined => values.get(key)?.[0];
  const { perimeter, account, kind, service } = question;
  const known = new Set([account, ...perimeter.standaloneAccounts, ...perimeter.accounts ?? []]);

  for (const [key, all] of values) {
    check(key.includes(':'), `\`${key}\` is no condition key`);
    if (/^aws:.*orgid$/.test(key)) check(all.every((one) => /^o-[a-z0-9]{10,32}$/.test(one)), `${key} is no organization: ${all.join()}`);
    if (/^(aws|s3):(principal|source|resource|vpce)account$/.test(key)) check(all.every((one) => /^\d{12}$/.test(one) || (principal.kind === 'anonymous' && one === 'anonymous')), `${key} is no account: ${all.join()}`);
    if (key === 'sts:externalid') check(all.every((one) => /^[\w+=,.@:/-]{2,1224}$/.test(one)), `${key} is no external id: ${all.join()}`);
    if (/^(sts:rolesessionname|(aws|sts):sourceidentity)$/.test(key)) check(all.every((one) => /^[\w+=,.@-]{2,64}$/.test(one)), `${key} is no session's name: ${all.join()}`);
    if (key === 'aws:sourceip') check(all.every((one) => isIP(one) > 0), `${key} is no address: ${all.join()}`);
    if (key === 'aws:currenttime') check(Date.parse(all[0]!) >= question.now, `${key} has passed: ${all.join()}`);
  }
  check(!(values.has('aws:sourceip') && (values.has('aws:sourcevpc') || values.has('aws:sourcevpce'))), 'both an address and a VPC');
  const isService = valueOf('aws:principalisawsservice');
  const expected = { anonymous: undefined, 'web-identity': undefined, saml: undefined, service: 'true', role: 'false', user: 'false', root: 'false' }[principal.kind];
  check(isService === undefined || isService === expected, `aws:PrincipalIsAWSService is ${isService} for ${principal.kind}`);
  // An account that sends events by a rule tells it.
  const byRule = action.toLowerCase().startsWith('events:') && principal.account !== undefined && !values.has('aws:sourceorgid') && (valueOf('aws:sourceaccount') ?? principal.account) === principal.account
    && new RegExp(`^arn:aws[^:]*:events:[^:]+:${principal.account}:rule/.`).test(valueOf('aws:sourcearn') ?? `arn:aws:events:x:${principal.account}:rule/x`);
  check(principal.kind === 'service' || byRule || !['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid'].some((key) => values.has(key)), 'a source, though no service calls');

  if (kind === 'trust') {
    const byKind = { 'web-identity': 'sts:AssumeRoleWithWebIdentity', saml: 'sts:AssumeRoleWithSAML' }[principal.kind as string] ?? 'sts:AssumeRole';
    check(action === byKind, `${principal.kind} calls ${action}`);
    check(!['anonymous', 'root'].includes(principal.kind), `${principal.kind} cannot assume roles`);
  } else {
    check(service === undefined || prefixesRuled(service.split('.')[0]!).some((one) => action.startsWith(`${one}:`)), `${action} is not of ${service}`);
    check(!(principal.kind === 'anonymous' && action === 'sts:AssumeRole'), 'sts:AssumeRole is always signed');
  }
  // CloudFront's identities are users of an account of its own, whoever's they are.
  if (['role', 'user', 'root'].includes(principal.kind) && !principal.arn?.includes(':iam::cloudfront:user/CloudFront Origin Access Identity ')) {
    const shape = { role: /^arn:[^:]+:iam::(\d{12}):role\/.+$/, user: /^arn:[^:]+:(?:iam::(\d{12}):user|sts::(\d{12}):federated-user)\/.+$/, root: /^arn:[^:]+:iam::(\d{12}):root$/ }[principal.kind as 'role'];
    const [, iam, sts] = shape.exec(principal.arn ?? '') ?? [];
    check(principal.account !== undefined && (iam ?? sts) === principal.account, `the ARN ${principal.arn} is not of a ${principal.kind} of ${principal.account}`);
    check([undefined, principal.account].includes(valueOf('aws:principalaccount')), 'aws:PrincipalAccount is not the caller\'s');
    check([undefined, principal.arn].includes(valueOf('aws:principalarn')), 'aws:PrincipalArn is not the caller\'s');
  }

  if (objective === 'principals') {
    const organization = valueOf('aws:principalorgid');
    check(principal.account === undefined || !known.has(principal.account), `the caller's account ${principal.account} is mine`);
    check(organization === undefined || perimeter.organizationPaths.length > 0 || !perimeter.organizations.includes(organization), 'the caller is in my organization');
    check(principal.kind !== 'service' || kind === 'trust' || perimeter.services === 'any' ? true : !perimeter.services.includes(principal.name ?? ''), 'the service is admitted');
  }
  if (objective === 'resources') {
    const owner = valueOf('aws:resourceaccount') ?? valueOf('s3:resourceaccount');
    const named = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource ?? '')?.[1];
    check(resource !== undefined, 'it reaches no resource');
    check(owner === undefined || !known.has(owner), `the owner ${owner} is mine`);
    check(named === undefined || !known.has(named), `the ARN names my account ${named}`);
    check(named === undefined || owner === undefined || named === owner, 'the ARN names another owner than the key');
    check(!perimeter.organizations.includes(valueOf('aws:resourceorgid') ?? ''), 'the owner is in my organization');
  }
  if (objective === 'deputies') {
    const source = valueOf('aws:sourceaccount');
    check(principal.kind === 'service', `${principal.kind} is no service`);
    check(source !== undefined && !known.has(source), `the source ${source} is not foreign`);
  }
  if (objective === 'networks') {
    const { vpcs, cidrs } = perimeter.networks;
    const mine = new BlockList();
    const familyOf = (address: string): 'ipv4' | 'ipv6' => address.includes(':') ? 'ipv6' : 'ipv4';
    for (const one of cidrs) { const [address = '', prefix] = one.split('/'); mine.addSubnet(address, Number(prefix ?? (familyOf(address) === 'ipv6' ? 128 : 32)), familyOf(address)); }
    const from = valueOf('aws:sourceip') ?? '::';
    const isUnlistedMember = perimeter.accounts === undefined && perimeter.organizations.includes(valueOf('aws:principalorgid') ?? '');
    check(principal.account !== undefined && (known.has(principal.account) || isUnlistedMember), `the caller's account ${principal.account} is not mine`);
    check(!mine.check(from, familyOf(from)), 'the address is mine');
    check(!vpcs.includes(valueOf('aws:sourcevpc') ?? ''), 'the VPC is mine');
    check(valueOf('aws:viaawsservice') !== 'true', 'AWS acts with the caller\'s credentials');
  }
  return faults;
}
