import { emptyPerimeter, type IdentityProvider, type Partner, type Perimeter } from '../../policy/index.ts';
import type { Random } from '../bench/random.ts';
import { alone, block, endpoint, mine, own, partner, partnersOther, principals, second, sibling, units, vpc } from './cast.ts';
import { anchor, issuers } from './issuers.ts';

/** A random definition of the perimeter, with each section there or not. */
export function randomDefinition(random: Random): Perimeter {
  const { chance, pick, some } = random;
  const organizations = chance(0.15) ? [mine, second] : chance(0.06) ? [] : [mine];
  const accounts = chance(0.7) ? pick([[own, sibling], [own], [own, sibling, '211111111111'], [own, '999999999999'], [own, '000000000000', '099999999999']]) : undefined;
  return {
    ...emptyPerimeter, organizations, accounts,
    organizationPaths: organizations.length === 1 && chance(0.2) ? some([`${mine}/r-ab12/${units[1]!}*`, `${mine}/r-ab12/${units[2]!}`, `${mine}/r-ab12/*`], 1, 2) : [],
    standaloneAccounts: chance(0.25) || organizations.length === 0 ? pick([[alone], [alone], [own], [alone, '999999999999']]) : [],
    partners: chance(0.5) ? Array.from({ length: pick([1, 1, 2]) }, () => randomPartner(random)) : [],
    services: chance(0.6) ? 'any' : some(principals.filter((one) => !one.endsWith('.cn')), 1, 4),
    identityProviders: chance(0.4) ? undefined : providers(random),
    networks: { vpcs: chance(0.6) ? [vpc] : [], subnets: [], vpcEndpoints: chance(0.4) ? [endpoint] : [], cidrs: chance(0.7) ? [block] : [], organization: chance(0.35) },
    buckets: chance(0.3) ? some(['acme-data', 'acme-*', 'acme-logs', '*-logs', `*-${own}-*-an`], 1, 2) : [],
    awsOwnedResources: chance(0.3) ? ['arn:aws:s3:::amazonlinux-2-repos-${region}', 'arn:aws:ecr:*:602401143452:repository/*', 'arn:aws:ec2:${region}::image/ami-0abc'] : [],
    unsignedActions: chance(0.3) ? pick([['s3:GetObject'], ['s3:Get*', 'zebra:*'], ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML']]) : [],
    exclusionTags: { principal: chance(0.2) ? { 'dp:exclude': 'true' } : {}, resource: {} },
  };
}

const randomPartner = ({ chance, pick, some }: Random): Partner => ({
  name: 'Acme', accounts: pick([[partner], [partner], [partner, partnersOther], [partnersOther]]), externalIds: pick<Partner['externalIds']>([['12345'], ['12345', 'Ext-Id'], ['67890'], 'pinned', undefined]),
  resources: chance(0.5) ? [{ arn: pick(['arn:aws:s3:::acme-data/*', `arn:aws:sqs:*:${own}:queue`, `arn:aws:sqs:*:1*:*`, '*']), actions: some(['s3:GetObject', 's3:*', 'sqs:SendMessage', 's3:Get*'], 1, 2) }] : [],
  reachable: chance(0.5) ? some(['arn:aws:s3:::vendor-drop/*', `arn:aws:sqs:*:${partner}:*`, `arn:aws:dynamodb:*:${partner}:table/orders`, `arn:aws:*:*:${partner}:*`, 'arn:*:s3:::*-logs/*', `arn:aws:s3:*:${partner}:accesspoint/*`, 'arn:aws:route53:::hostedzone/Z0AB', `arn:aws:*:*:${partner.slice(0, 5)}*:*`, `arn:aws:ec2::${partner}:ipam/*`], 1, 2) : [],
});

const providers = ({ pick, some }: Random): readonly IdentityProvider[] => [...some(issuers, 0, 3).map(({ mine }) => pick(mine)), ...some<IdentityProvider>([
  { kind: 'saml', arn: pick(['arn:aws:iam::*:saml-provider/Okta', `arn:aws:iam::${own}:saml-provider/Okta`]) }, { kind: 'trust-anchors', arns: pick([[anchor], [`arn:aws:rolesanywhere:*:${own}:trust-anchor/1*`]]) },
], 0, 2)];

/** Simpler definitions, to find the one that a wrong answer needs. */
export function* simplerDefinitions(of: Perimeter): Generator<Perimeter> {
  for (const key of ['partners', 'organizationPaths', 'standaloneAccounts', 'services', 'identityProviders', 'networks', 'buckets', 'awsOwnedResources', 'unsignedActions', 'exclusionTags'] as const) if (of[key] !== emptyPerimeter[key] && JSON.stringify(of[key]) !== JSON.stringify(emptyPerimeter[key])) yield { ...of, [key]: emptyPerimeter[key] };
  if (of.organizations.length > 1) yield { ...of, organizations: [mine] };
}
/** What of a definition is not its default. */
export const told = (of: Perimeter): Partial<Perimeter> => Object.fromEntries(Object.entries(of).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(emptyPerimeter[key as keyof Perimeter])));

/** Whether a text fits one of some patterns. */
export const fits = (patterns: readonly string[], text: string, flags = ''): boolean => patterns.some((one) => new RegExp(`^${one.replaceAll('${region}', '\u0000').replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('\u0000', '[a-z]+(-[a-z]+)+-[0-9]').replace(/\*/g, '.*').replace(/\?/g, '.')}$`, `s${flags}`).test(text));
/** Whether a place in the organization is one whose principals are mine. */
export const isOnPath = ({ organizationPaths }: Perimeter, path: string): boolean => organizationPaths.length === 0 || fits(organizationPaths.flatMap((one) => [one, `${one.replace(/\/$/, '')}/`]), path);
