import { list, text, wholeNumber } from '../core/parameters.ts';
import { parsePolicy, type Perimeter } from '../policy/index.ts';
import { accountOf } from './account.ts';
import { inside, keeps } from './claims.ts';
import { some, type Conditions } from './conditions.ts';
import { elsewhereThan, exceptionsOf, fromElsewhere, fromMine, NO_NETWORKS, regionsOfVpcs, requireNetworks, tellingServices } from './networks.ts';
import { quotaOf, scpQuota } from './quotas.ts';
import { networkExempt } from './tables/network-exempt.ts';
import { defineTemplate, type Claim, type Part, type Written } from './template.ts';

export const networkScp = defineTemplate({
  kind: 'network-scp',
  title: 'Principals of the perimeter call AWS only from its networks',
  hangsOn: 'scp',
  options: {
    vpcRegions: list('VPCs with their Regions, such as `vpc-012abc01=eu-west-1`, since ids of VPCs are unique in a Region only'),
    exempt: list('further actions that no network condition can hold, such as `s3-outposts:*`'),
    account: text('an account it hangs on', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R03', 'R12', 'R14', 'R15', 'R50', 'R51'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html'],
  usual: ({ networks: { cidrs, vpcs, vpcEndpoints, organization } }) => cidrs.length + vpcs.length + vpcEndpoints.length > 0 || organization ? [{}] : [],
  unusual: ({ networks: { cidrs, vpcs, vpcEndpoints, organization } }) => cidrs.length + vpcs.length + vpcEndpoints.length > 0 || organization ? [] : [NO_NETWORKS],
  write(perimeter, { vpcRegions, exempt: more, account, quota }): Written {
    requireNetworks(perimeter);
    const regions = regionsOfVpcs(vpcRegions, perimeter);
    const exempt = [...networkExempt, ...more];
    const { vpcs, vpcEndpoints, organization, subnets } = perimeter.networks;
    // Where only the endpoint's owner tells a VPC of mine, services that do not send it would be cut off from every VPC.
    const others = !organization || vpcs.length + vpcEndpoints.length > 0;
    const parts = [
      ...organization ? [deny('FromMyNetworksTelling', { Action: tellingServices.map((one) => `${one}:*`) }, fromElsewhere(perimeter, true), 'denies calls from elsewhere of services that tell whose VPC endpoint they came through', exceptionsOf(perimeter, true))] : [],
      ...others ? [deny('FromMyNetworks', { NotAction: [...exempt, ...organization ? tellingServices.map((one) => `${one}:*`) : []] }, fromElsewhere(perimeter, false), `denies calls from elsewhere of ${organization ? 'all other services' : 'every service'}`, [...exceptionsOf(perimeter, false), `${exempt.length} patterns of actions whose calls stay in a VPC`])] : [],
      ...[...regions].map(([region, some], index) => deny(`VpcRegion${index + 1}`, { NotAction: exempt }, elsewhereThan(perimeter, region, some), `denies calls whose VPC has the id of ${some.join(', ')} but is not in ${region}`, [])),
    ];
    return {
      drafts: [{ name: 'network-scp', hangsOn: 'scp', parts, quota: quotaOf(scpQuota, quota), claims: claimsOf(perimeter, accountOf(perimeter, account), regions, exempt, others) }],
      leftOut: [
        ...vpcs.length > 0 && regions.size === 0 ? ['the Regions of the VPCs: ids are unique in a Region only, so pass `vpcRegions`'] : [],
        ...subnets.length > 0 ? ['subnets: no condition key tells the subnet that a call comes from'] : [],
        ...others ? [] : ['services that do not tell whose VPC endpoint they came through: list the VPCs under `networks.vpcs` to hold them as well'],
      ],
    };
  },
});

const deny = (sid: string, actions: Readonly<Record<string, readonly string[]>>, condition: Conditions, does: string, exceptions: readonly string[]): Part => ({
  statement: { Sid: sid, Effect: 'Deny', ...Object.fromEntries(Object.entries(actions).map(([name, values]) => [name, some(values)])), Resource: '*', Condition: condition }, does, ...exceptions.length === 0 ? {} : { exceptions },
});

/** One service that tells the endpoint's owner, one that does not, and EC2, which does not always tell aws:ViaAWSService. */
const asked = ['s3', 'ssm', 'ec2'] as const;

function claimsOf(perimeter: Perimeter, account: string, regions: ReadonlyMap<string, readonly string[]>, exempt: readonly string[], others: boolean): readonly Claim[] {
  const of = (service: string) => ({ kind: 'scp', perimeter, account, service }) as const;
  const isHeld = (service: string): boolean => others || tellingServices.includes(service);
  return [
    ...asked.filter(isHeld).map((service) => inside('networks', of(service), service)),
    ...asked.flatMap((service) => fromMine(perimeter, perimeter.networks.organization && tellingServices.includes(service), regions).map((one) => keeps(of(service), [one]))),
    keeps({ kind: 'scp', perimeter, account }, [{ of: 'calls that stay in a VPC', policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: exempt, Resource: '*' }] }) }]),
  ];
}
