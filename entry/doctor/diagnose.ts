import type { Check, Context, MemberCheck } from './check.ts';
import { definitionChecks, memberChecks, organizationChecks } from './checks/index.ts';
import { unread, type Finding } from './finding.ts';
import { visitMembers, type Visits } from './members.ts';

export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** Ids of the checks that were asked for. */
  readonly checks: readonly string[];
  readonly regions: readonly string[];
  /** Accounts that get the pack; `undefined`: they are not known. */
  readonly accounts: readonly string[] | undefined;
  /** Accounts × Regions that were to be looked into, and that could be. */
  readonly places: number;
  readonly looked: number;
}
export interface Asked extends Omit<Visits, 'checks'> {
  /** Ids of checks; all without. */
  readonly only: readonly string[];
}

/** Runs the checks. One that fails is a finding, and the others are still told. */
export async function diagnose(context: Context, { only, ...visits }: Asked): Promise<Diagnosis> {
  const isAsked = ({ id }: { readonly id: string }): boolean => only.length === 0 || only.includes(id);
  const once = [...context.isSingleAccount ? [] : organizationChecks, ...definitionChecks].filter(isAsked);
  const perMember = memberChecks.filter(isAsked);
  const findings: Finding[] = [];

  const [accounts, failure] = await context.accounts().then((list) => [list, undefined] as const, (error: unknown) => [undefined, error] as const);
  if (accounts === undefined) findings.push({ ...unread('the organization could not be read, so its accounts are not known, and nothing of them was looked at', failure), check: 'members', place: {} });
  for (const check of once) {
    // What the checks have in common has been told already.
    const found = await runOnce(check, context);
    findings.push(...found.filter((one) => accounts !== undefined || one.error !== failure).map(({ error: _, ...one }) => one));
  }
  const visited = await visitAll(accounts ?? [], perMember, context, visits);
  return { findings: [...findings, ...visited.findings], checks: [...once, ...perMember].map(({ id }) => id), regions: context.settings.regions, accounts, places: visited.places, looked: visited.looked };
}

async function runOnce(check: Check, context: Context): Promise<readonly (Finding & { readonly error?: unknown })[]> {
  try { return (await check.run(context)).map(({ place = {}, ...said }) => ({ ...said, check: check.id, place })); } catch (error) {
    return [{ ...unread(`the check \`${check.id}\` could not be done`, error), check: check.id, place: {}, error }];
  }
}

const visitAll = (accounts: readonly string[], checks: readonly MemberCheck[], context: Context, visits: Omit<Visits, 'checks'>): ReturnType<typeof visitMembers> =>
  checks.length === 0 ? Promise.resolve({ findings: [], looked: 0, places: 0 }) : visitMembers(accounts, context, { ...visits, checks });
