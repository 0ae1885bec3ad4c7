import { DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { roleName, STATUS } from '../../deployment/names.ts';
import type { Aws } from '../aws/clients.ts';
import { Denied } from '../aws/denials.ts';
import type { Context, Member, MemberCheck } from './check.ts';
import { unknown, unread, type Finding, type Place, type Said } from './finding.ts';
import { inPool } from '../aws/pool.ts';

const ABREAST = 8;

export interface Visits {
  readonly checks: readonly MemberCheck[];
  /** Role to assume in members instead of the member stack's own. */
  readonly memberRole: string | undefined;
  /** Accounts that have been looked into, of all. */
  readonly progress: (done: number, total: number) => void;
}

/** Looks into every account; what cannot be looked at is a finding of its own, for it is never fine. `looked`: accounts × Regions that could be looked into, of `places`. */
export async function visitMembers(accounts: readonly string[], context: Context, { checks, memberRole, progress }: Visits): Promise<{ readonly findings: readonly Finding[]; readonly looked: number; readonly places: number }> {
  const { homeRegion, regions } = context.settings;
  const isRegional = checks.some(({ per }) => per === 'region');
  // Checks of accounts are done in the home Region.
  const wanted = isRegional ? regions : [homeRegion];
  let looked = 0;
  const findings = await inPool(accounts, ABREAST, async (account): Promise<readonly Finding[]> => {
    const found: Finding[] = [];
    const credentials = credentialsIn(account, context, memberRole);
    for (const region of wanted) {
      const member = memberAt(account, region, region === homeRegion, credentials(region));
      // Assumes the role, so that a denial is told once and not by every check.
      try { await member.aws.caller(region); } catch (error) {
        found.push({ ...unreachable(error, account, region, memberRole, context), check: 'members', place: { account, region } });
        continue;
      }
      looked++;
      found.push(...await runIn(member, checks.filter(({ per }) => per === 'region' || member.isHome), context));
    }
    return found;
  }, (done) => { progress(done, accounts.length); });
  return { findings: findings.flat(), looked, places: accounts.length * wanted.length };
}

/** What checks look at together and could not read is told once, with all of them. */
async function runIn(member: Member, checks: readonly MemberCheck[], context: Context): Promise<readonly Finding[]> {
  const { account, region } = member;
  const [found, failures] = [[] as Finding[], new Map<unknown, MemberCheck[]>()];
  for (const check of checks) {
    try { found.push(...(await check.run(member, context)).map((said): Finding => ({ ...said, check: check.id, place: placeOf(check, member) }))); } catch (error) { failures.set(error, [...failures.get(error) ?? [], check]); }
  }
  return [...found, ...[...failures].map(([error, failed]): Finding => ({
    ...unread(`${failed.length === 1 ? 'the check' : 'the checks'} ${failed.map(({ id }) => `\`${id}\``).join(', ')} could not be done`, error, { account, region }), check: failed[0]!.id, place: placeOf(failed[0]!, member),
  }))];
}

const placeOf = ({ per }: MemberCheck, { account, region }: Member): Place => per === 'account' ? { account } : { account, region };

/** A role that is named is the same in all Regions; those of the member stacks are one for each. */
function credentialsIn(account: string, { aws, caller, settings }: Context, memberRole: string | undefined): (region: string) => Aws {
  if (account === caller.account) return () => aws;
  const arn = (name: string): string => `arn:${caller.partition}:iam::${account}:role/${name}`;
  if (memberRole === undefined) return (region) => aws.assume(arn(roleName(STATUS, region)), region);
  const there = aws.assume(arn(memberRole), settings.homeRegion);
  return () => there;
}

function memberAt(account: string, region: string, isHome: boolean, aws: Aws): Member {
  let found: ReturnType<Member['recorder']> | undefined;
  return {
    account, region, isHome, aws,
    recorder: () => found ??= aws.config(region).send(new DescribeConfigurationRecordersCommand({})).then(({ ConfigurationRecorders: [one] = [] }) => one),
  };
}

function unreachable(error: unknown, account: string, region: string, memberRole: string | undefined, { caller }: Context): Said {
  // Without the Region, so that all Regions are told as one.
  const role = memberRole ?? roleName(STATUS, '*');
  if (!(error instanceof Denied)) return unread(`the account could not be looked into as ${role}`, error, { account, region });
  return unknown(
    `the account cannot be looked into: sts:AssumeRole of the role ${role} is denied to ${caller.arn}`,
    ...memberRole === undefined
      ? ['before the first deployment, name a role that is there already: `--member-role AWSControlTowerExecution` or `OrganizationAccountAccessRole`, which the management account may assume; after it, `perimeter deploy status` tells whether the member stack stands here']
      : [`look whether the role ${memberRole} is in the account, and trusts ${caller.account}`],
    `and allow the caller: ${JSON.stringify({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:${caller.partition}:iam::*:role/${role}` })}`,
  );
}
