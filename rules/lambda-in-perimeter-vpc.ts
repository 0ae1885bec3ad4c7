import { matches } from '../core/exceptions.ts';
import { list, text, wholeNumber } from '../core/parameters.ts';
import { defineRule } from '../core/rule.ts';
import { compliant, nonCompliant, notApplicable, undecided, type Finding } from '../core/verdict.ts';
import type { LambdaFunction } from '../items/lambda-function.ts';
import type { Perimeter } from '../policy/index.ts';

export const lambdaInPerimeterVpc = defineRule({
  id: 'lambda-in-perimeter-vpc',
  title: 'Lambda functions run in VPCs of the perimeter',
  why: 'A function outside your VPCs calls AWS and the internet from a network you do not own: no endpoint policy, firewall or flow log sees what it sends, and network conditions cannot tell it from a stranger.',
  fix: 'Attach the function to subnets of a VPC of the perimeter, with endpoints for the services it calls; published versions keep the old setting, so publish anew and move the aliases.',
  severity: 'medium', boundary: 'identity', objective: 'networks',
  resourceTypes: ['AWS::Lambda::Function'], trigger: 'change',
  parameters: {
    minimumZones: wholeNumber('how many Availability Zones the subnets must span', 1, 1, 6),
    includeTag: text('judge only functions with this tag, written `key=value` or `key`; empty: all functions', ''),
    excludeNames: list('function names to leave out, with `*` and `?`'),
  },
  needs: {
    subnets: {
      type: 'AWS::EC2::Subnet',
      ids: ({ subnetIds }: LambdaFunction, { networks }: Perimeter, { minimumZones }: Readonly<Record<string, unknown>>) =>
        minimumZones !== 1 ? subnetIds : networks.vpcs.length === 0 ? [] : subnetIds.filter((id) => !networks.subnets.includes(id)),
    },
  },
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
    'https://docs.aws.amazon.com/config/latest/developerguide/lambda-inside-vpc.html',
  ],
  requirements: ['R16', 'R18', 'R44'],
  exception: 'whole',
  evaluate(lambda, { perimeter: { networks }, parameters: { minimumZones, includeTag, excludeNames }, related: { subnets } }) {
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
    if (lambda.masterArn !== undefined) return notApplicable('a Lambda@Edge replica runs at edge locations, and those have no VPC');
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
    if (lambda.onCapacityProvider) return notApplicable('the function runs on a capacity provider, which holds the VPC settings');
    if (excludeNames.some((glob) => matches(glob, lambda.name))) return notApplicable('the parameter `excludeNames` leaves the function out');
    if (!hasTag(lambda.tags, includeTag)) return notApplicable(`the function lacks the tag \`${includeTag}\` of the parameter \`includeTag\``);

    if (lambda.subnetIds.length === 0) {
      return nonCompliant({
        at: '/vpcConfig',
        message: 'the function runs in no VPC: it calls out from a network of AWS, past your endpoints and firewalls',
        severity: 'medium',
      });
    }

    const findings: Finding[] = [];
    const unread = lambda.subnetIds.filter((id) => !subnets.has(id));
    const needed = new Set<string>();

    if (networks.vpcs.length > 0 || networks.subnets.length > 0) {
      for (const [i, id] of lambda.subnetIds.entries()) {
        const vpcId = subnets.get(id)?.vpcId;
        if (networks.subnets.includes(id) || (vpcId !== undefined && networks.vpcs.includes(vpcId))) continue;
        if (vpcId === undefined && networks.vpcs.length > 0) needed.add(id);
        else {
          findings.push({
            at: `/vpcConfig/subnetIds/${i}`,
            message: `the function runs in subnet \`${id}\`${vpcId === undefined ? '' : ` of \`${vpcId}\``}, which is outside the networks of the perimeter`,
            severity: 'medium',
          });
        }
      }
    }

    // A function in a VPC is in one zone at least, whatever is known of its subnets.
    if (minimumZones > 1) {
      const zones = new Set([...subnets.values()].map(({ zone }) => zone));
      if (zones.size + unread.length < minimumZones) {
        findings.push({
          at: '/vpcConfig/subnetIds',
          message: `the function's subnets span ${zones.size + unread.length} of the ${minimumZones} Availability Zones that \`minimumZones\` asks for`,
          severity: 'low',
          fix: 'Add subnets of the same VPC in other Availability Zones.',
        });
      } else if (zones.size < minimumZones) for (const id of unread) needed.add(id);
    }

    const [first, ...rest] = findings;
    if (first !== undefined) return nonCompliant(first, ...rest);
    if (needed.size > 0) return undecided(`no configuration item was found of ${[...needed].map((id) => `\`${id}\``).join(', ')}; record AWS::EC2::Subnet too`);
    return compliant();
  },
});

/** `wanted` is `key=value` or `key`; empty is met by all. */
function hasTag(tags: Readonly<Record<string, string>>, wanted: string): boolean {
  if (wanted === '') return true;
  if (Object.hasOwn(tags, wanted)) return true;
  const equals = wanted.indexOf('=');
  return equals > 0 && tags[wanted.slice(0, equals)] === wanted.slice(equals + 1);
}
