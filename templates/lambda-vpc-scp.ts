import { list, text, wholeNumber } from '../core/parameters.ts';
import type { Clause } from '../core/inside.ts';
import { parsePolicy, type Perimeter } from '../policy/index.ts';
import { accountOf } from './account.ts';
import { keeps, refuses, type Place } from './claims.ts';
import { both, some, withoutExclusionTag, type Conditions } from './conditions.ts';
import { quotaOf, scpQuota } from './quotas.ts';
import { vpcSettings, type VpcSetting } from './tables/vpc-settings.ts';
import { CannotWrite, defineTemplate, type Claim, type Part, type Written } from './template.ts';

export const lambdaVpcScp = defineTemplate({
  kind: 'lambda-vpc-scp',
  title: 'Lambda functions, and other compute that AWS runs, are made in VPCs of the perimeter only',
  hangsOn: 'scp',
  options: {
    services: list(`which of ${Object.keys(vpcSettings).join(', ')}; left out: lambda`),
    securityGroups: list('security groups that may be used; left out: any'),
    account: text('an account it hangs on', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R16', 'R17'],
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html'],
  usual: () => [{ services: Object.keys(vpcSettings).join(',') }],
  write(perimeter, { services: given, securityGroups, account, quota }): Written {
    const services = given.length > 0 ? given : ['lambda'];
    const settings = services.map((name): readonly [string, VpcSetting] => {
      const setting = Object.hasOwn(vpcSettings, name) ? vpcSettings[name] : undefined;
      if (setting === undefined) throw new CannotWrite(`\`services\`: expected some of ${Object.keys(vpcSettings).join(', ')}, found \`${name}\``);
      return [name, setting];
    });
    const { vpcs, subnets } = perimeter.networks;
    const rules = settings.flatMap(([name, setting]) => rulesOf(name, setting, { vpcs, subnets, securityGroups }));
    const place: Place = { kind: 'scp', perimeter, account: accountOf(perimeter, account) };
    return {
      drafts: [{
        name: 'lambda-vpc-scp', hangsOn: 'scp', quota: quotaOf(scpQuota, quota),
        parts: rules.map((rule) => partOf(rule, perimeter)),
        claims: [...rules.map((rule): Claim => refuses({ ...place, service: serviceOf(rule.actions) }, untagged(rule, perimeter))), ...settings.map(([, setting]) => keeps({ ...place, service: serviceOf(setting.actions) }, [inVpc(setting, { vpcs, subnets, securityGroups })]))],
      }],
      leftOut: [
        ...vpcs.length === 0 && subnets.length === 0 ? ['which VPCs and subnets: the definition lists none under `networks`, so any VPC will do'] : [],
        ...settings.flatMap(([name, one]) => vpcs.length > 0 && one.vpc === undefined && (one.subnets === undefined || subnets.length === 0) ? [`which VPC ${name} uses: ${one.subnets === undefined ? 'no key tells' : 'its keys tell subnets, so list those under `networks.subnets`'}`] : []),
      ],
    };
  },
});

const serviceOf = (actions: readonly string[]): string => actions[0]!.split(':')[0]!;

interface Mine { readonly vpcs: readonly string[]; readonly subnets: readonly string[]; readonly securityGroups: readonly string[] }
/** One thing that is denied: `condition` as a policy asks it; `open` requests that it must refuse. */
interface Rule { readonly sid: string; readonly does: string; readonly actions: readonly string[]; readonly condition: Conditions; readonly open: Conditions }

/** A list of ids is refused where any of them is not of mine, so that none slips in beside another. */
function rulesOf(name: string, { actions, presence, vpc, subnets, securityGroups, must }: VpcSetting, mine: Mine): readonly Rule[] {
  const sid = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const among = (what: string, key: string | undefined, ids: readonly string[]): Rule[] => key === undefined || ids.length === 0 ? []
    : [{ sid: `${sid}${what}`, does: `denies ${name} with ${what === 'Vpc' ? 'a VPC' : what === 'Subnets' ? 'a subnet' : 'a security group'} that is not among ${ids.join(', ')}`, actions, condition: { 'ForAnyValue:StringNotEquals': { [key]: some(ids) } }, open: { 'ForAnyValue:StringNotEquals': { [key]: some(ids) } } }];
  return [
    { sid: `${sid}InVpc`, does: `denies ${name} outside a VPC`, actions, condition: { Null: { [presence]: 'true' } }, open: { Null: { [presence]: 'true' } } },
    ...among('Vpc', vpc, mine.vpcs), ...among('Subnets', subnets, mine.subnets), ...among('SecurityGroups', securityGroups, mine.securityGroups),
    ...(must ?? []).map(({ actions: some, key, value }, index): Rule => ({ sid: `${sid}Only${index + 1}`, does: `denies ${some.join(', ')} unless ${key} is ${value}`, actions: some, condition: { StringNotEqualsIfExists: { [key]: value } }, open: { StringNotEquals: { [key]: value } } })),
  ];
}

const partOf = ({ sid, does, actions, condition }: Rule, perimeter: Perimeter): Part => {
  const tags = Object.entries(perimeter.exclusionTags.principal).map(([tag, value]) => `principals tagged \`${tag}\`: ${value}`);
  return { statement: { Sid: sid, Effect: 'Deny', Action: some(actions), Resource: '*', Condition: both(condition, withoutExclusionTag(perimeter)) }, does, ...tags.length === 0 ? {} : { exceptions: tags } };
};

const clause = (of: string, actions: readonly string[], Condition: Conditions): Clause => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: actions, Resource: '*', Condition }] }) });

const untagged = ({ does, actions, open }: Rule, perimeter: Perimeter): Clause => clause(does.replace(/^denies /, ''), actions, both(open, withoutExclusionTag(perimeter)));

/** What somebody asks who does as the policy wants: lists with no value beside those of mine. */
function inVpc({ actions, presence, vpc, subnets, securityGroups, must }: VpcSetting, mine: Mine): Clause {
  const only = [[vpc, mine.vpcs], [subnets, mine.subnets], [securityGroups, mine.securityGroups]] as const;
  const tests = Object.fromEntries(only.flatMap(([key, ids]) => key === undefined || ids.length === 0 ? [] : [[key, some(ids)]]));
  return clause(`${serviceOf(actions)} in VPCs of mine`, actions, { Null: { [presence]: 'false' }, ...Object.keys(tests).length === 0 ? {} : { 'ForAllValues:StringEquals': tests }, ...must === undefined ? {} : { StringEquals: Object.fromEntries(must.map(({ key, value }) => [key, value])) } });
}
