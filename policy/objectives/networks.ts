import { testOn } from '../conditions.ts';
import { operatorNamed, patternsOperator } from '../operators.ts';
import { literal, plainGlob } from '../pattern.ts';
import { PRINCIPAL_ARN } from '../search/compile.ts';
import { all, TRUE } from '../search/logic.ts';
import { absent, type Domain, type TextTest } from '../search/region.ts';
import { iamCallers, patternTest, type Caller } from '../world/callers.ts';
import { notOfMine } from '../world/carried.ts';
import { isHopeless } from '../world/hopeless.ts';
import { insiders } from '../world/members.ts';
import { ownOwner } from '../world/owners.ts';
import type { World } from '../world/world.ts';
import { allActs, regionOf, type Case } from './case.ts';

/** Requests of a principal of mine that calls directly from a network that is not mine. */
export function* foreignNetworks(world: World): Generator<Case> {
  const acts = allActs(world);
  for (const network of ['named-address', 'named-vpc'] as const) {
    for (const inside of iamCallers(world, insiders(world), [network])) {
      const caller = elsewhere(world, inside);
      if (isHopeless(world, caller.principal, caller)) continue;
      for (const act of acts) yield { reach: 'network-bound', doubt: undefined, region: regionOf(world, caller, ownOwner(world), act) };
    }
  }
}

function elsewhere(world: World, inside: Caller): Caller {
  const { networks, exclusionTags, organizations } = world.perimeter;
  const cidrs = testOn('aws:sourceip', operatorNamed('IpAddress')!, networks.cidrs);
  const not = (key: string, values: readonly string[]): TextTest => ({ test: testOn(key, patternsOperator, values.map(plainGlob)), want: false });
  const domain = (key: string): Domain => {
    const of = inside.domain(key);
    switch (key) {
      case 'aws:sourceip': return of.present ? { ...of, tests: [{ test: cidrs, want: false }] } : of;
      case 'aws:sourcevpc': return of.present ? { ...of, tests: [not(key, networks.vpcs)], liked: ['vpc-0fedcba9876543210'] } : of;
      case 'aws:sourcevpcarn': return of.present ? { ...of, tests: [not(key, networks.vpcs.map((one) => `arn:*:ec2:*:*:vpc/${one}`))] } : of;
      case 'aws:sourcevpce': return of.present ? { ...of, tests: [not(key, networks.vpcEndpoints)], liked: ['vpce-0fedcba9876543210'] } : of;
      case 'aws:vpceorgid': return of.present && networks.organization ? { ...of, tests: [not(key, organizations)] } : of;
      case 'aws:vpceorgpaths': return of.present && networks.organization ? { ...of, tests: [not(key, organizations.map((one) => `${one}/*`))] } : of;
      case 'aws:vpceaccount': return of.present && networks.organization ? { ...of, tests: notOfMine(world, key, (id) => id) } : of;
      // AWS acting with my credentials is not calling directly.
      case 'aws:viaawsservice': return { ...of, forms: [literal('false')] };
      case 'aws:calledvia': case 'aws:calledviafirst': case 'aws:calledvialast': return absent;
      default: return of;
    }
  };
  const tags = Object.entries(exclusionTags.principal).map(([name, value]) => patternTest(`aws:principaltag/${name.toLowerCase()}`, [value], false));
  // EC2 acts under this role in every account. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
  const infrastructure = inside.principal.kind === 'role' ? [patternTest(PRINCIPAL_ARN, [plainGlob('arn:*:iam::*:role/aws:ec2-infrastructure')], false)] : [];
  return { principal: inside.principal, reach: inside.reach, domain, also: () => all([inside.also?.() ?? TRUE, ...tags, ...infrastructure]) };
}
