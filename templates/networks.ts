import { parsePolicy, type Perimeter } from '../policy/index.ts';
import { actions as tabled } from '../policy/tables/actions-data.ts';
import { sendsEndpointOwner } from '../policy/tables/vpce-keys.ts';
import type { Clause } from '../core/inside.ts';
import { both, some, withoutExclusionTag, type Conditions } from './conditions.ts';
import { CannotWrite } from './template.ts';

/** EC2 acts under it in every account, from addresses of its own; the colon keeps anybody from making a role of that name. */
const INFRASTRUCTURE = 'arn:aws:iam::*:role/aws:ec2-infrastructure';

/** Services whose requests tell whose VPC endpoint they came through, of those whose actions we have a table of. */
export const tellingServices: readonly string[] = Object.keys(tabled).filter((prefix) => sendsEndpointOwner(prefix, 'aws:vpceorgid'));

export const NO_NETWORKS = 'the definition lists no `networks`, so nothing tells where callers may come from';

export function requireNetworks({ networks: { cidrs, vpcs, vpcEndpoints, organization } }: Perimeter): void {
  if (cidrs.length + vpcs.length + vpcEndpoints.length === 0 && !organization) throw new CannotWrite(NO_NETWORKS);
}

/**
 * Holds for calls from a network that is not mine: each test is an exception, and the statement denies only where none is met. With
 * `telling`, also the endpoint's owner is looked at, which not all services send.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function fromElsewhere(perimeter: Perimeter, telling: boolean): Conditions {
  const { cidrs, vpcs, vpcEndpoints, organization } = perimeter.networks;
  const places = {
    ...vpcs.length === 0 ? {} : { 'aws:SourceVpc': some(vpcs) }, ...vpcEndpoints.length === 0 ? {} : { 'aws:SourceVpce': some(vpcEndpoints) },
    ...organization && telling && perimeter.organizations.length > 0 ? { 'aws:VpceOrgID': some(perimeter.organizations) } : {},
  };
  return both(
    cidrs.length === 0 ? {} : { NotIpAddressIfExists: { 'aws:SourceIp': some(cidrs) } },
    Object.keys(places).length === 0 ? {} : { StringNotEqualsIfExists: places },
    { BoolIfExists: { 'aws:ViaAWSService': 'false' }, ArnNotLikeIfExists: { 'aws:PrincipalArn': INFRASTRUCTURE } },
    withoutExclusionTag(perimeter),
  );
}

/** The exceptions that `fromElsewhere` makes, in words. */
export const exceptionsOf = ({ networks: { cidrs, vpcs, vpcEndpoints, organization }, exclusionTags }: Perimeter, telling: boolean): readonly string[] => [
  ...cidrs.length === 0 ? [] : [`addresses in ${cidrs.join(', ')}`], ...vpcs.length === 0 ? [] : [`VPCs ${vpcs.join(', ')}`], ...vpcEndpoints.length === 0 ? [] : [`VPC endpoints ${vpcEndpoints.join(', ')}`],
  ...organization && telling ? ['any VPC of the organization'] : [], 'calls that AWS services make with the credentials of a caller', 'the role of EC2 infrastructure',
  ...Object.entries(exclusionTags.principal).map(([tag, value]) => `principals tagged \`${tag}\`: ${value}`),
];

/** Pairs such as `vpc-012abc01=eu-west-1`: ids of VPCs are unique in a Region only, and somebody's may be that of mine elsewhere. */
export function regionsOfVpcs(pairs: readonly string[], { networks: { vpcs } }: Perimeter): ReadonlyMap<string, readonly string[]> {
  const made = new Map<string, string[]>();
  for (const pair of pairs) {
    const [vpc = '', region = ''] = pair.split('=');
    if (!vpcs.includes(vpc) || !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(region)) throw new CannotWrite(`\`vpcRegions\`: expected a VPC of the definition with its Region, such as \`${vpcs[0] ?? 'vpc-012abc01'}=eu-west-1\`, found \`${pair}\``);
    made.set(region, [...made.get(region) ?? [], vpc]);
  }
  return made;
}

const clause = (of: string, Condition: Conditions): Clause => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition }] }) });

/** What must go on working, exception by exception. */
export function fromMine({ networks: { cidrs, vpcs, vpcEndpoints, organization }, organizations, exclusionTags }: Perimeter, telling: boolean, regions: ReadonlyMap<string, readonly string[]>): readonly Clause[] {
  const paired = [...regions].flatMap(([region, some]) => some.map((vpc) => ({ region, vpc })));
  return [
    ...cidrs.map((one) => clause(`calls from ${one}`, { IpAddress: { 'aws:SourceIp': one } })),
    ...vpcs.map((one) => {
      const found = paired.filter(({ vpc }) => vpc === one).map(({ region }) => region);
      return clause(`calls from ${one}`, { StringEquals: { 'aws:SourceVpc': one, ...found.length === 0 ? {} : { 'aws:RequestedRegion': found } } });
    }),
    // From a VPC of mine in a Region that is not its own somebody else may call.
    ...vpcEndpoints.map((one) => clause(`calls through ${one}`, { StringEquals: { 'aws:SourceVpce': one }, ...regions.size === 0 ? {} : { StringNotEquals: { 'aws:SourceVpc': paired.map(({ vpc }) => vpc) } } })),
    ...organization && telling ? [clause('calls from VPCs of my organization', { StringEquals: { 'aws:VpceOrgID': organizations }, ...regions.size === 0 ? {} : { StringNotEquals: { 'aws:SourceVpc': paired.map(({ vpc }) => vpc) } } })] : [],
    clause('calls that AWS services make with my credentials', { Bool: { 'aws:ViaAWSService': 'true' } }), clause('EC2 infrastructure', { ArnLike: { 'aws:PrincipalArn': INFRASTRUCTURE } }),
    ...Object.entries(exclusionTags.principal).map(([tag, value]) => clause(`principals with the tag \`${tag}\``, { StringEquals: { [`aws:PrincipalTag/${tag}`]: value } })),
  ];
}

/** Holds for calls from VPCs of mine that claim to be in another Region than they are. */
export const elsewhereThan = (perimeter: Perimeter, region: string, vpcs: readonly string[]): Conditions => both(
  { StringEquals: { 'aws:SourceVpc': some(vpcs) }, StringNotEqualsIfExists: { 'aws:RequestedRegion': region }, BoolIfExists: { 'aws:ViaAWSService': 'false' }, ArnNotLikeIfExists: { 'aws:PrincipalArn': INFRASTRUCTURE } },
  withoutExclusionTag(perimeter),
);
