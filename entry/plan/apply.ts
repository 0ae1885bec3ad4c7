import type { ChangingFix } from '../plan.ts';
import { nameOf, plural, printable } from '../report/lines.ts';
import { regionOf, startOf, type Start } from './start.ts';

export interface Run { readonly status: string; readonly outcome: string | undefined; readonly message: string | undefined }
export interface AutomationPorts {
  readonly caller: (region: string) => Promise<{ readonly account: string; readonly arn: string }>;
  /** Answers with the execution id. */
  readonly start: (start: Start) => Promise<string>;
  readonly follow: (region: string, id: string) => Promise<Run>;
  readonly sleep: (duration: number) => Promise<void>;
}

export interface ApplyOptions {
  /** Hashes, or beginnings of them, of plans that somebody agreed to. */
  readonly approve: readonly string[];
  readonly yes: boolean;
  readonly wait: boolean;
  readonly homeRegion: string;
  readonly say: (line: string) => void;
  readonly question: ((text: string) => Promise<string>) | undefined;
}

/** `mended`: of the plans, those whose runbook ended with its resource as planned; `failed`: whether one could not be started, followed or finished. */
export interface Applied { readonly mended: readonly ChangingFix[]; readonly failed: boolean }

/** Why nothing was started. */
export class NotStarted extends Error { override name = 'NotStarted' }

const POLL_EVERY = 5000;

/**
 * Starts the deployed runbooks of plans in the caller's account. A plan that needs approval is started only by its hash: `--yes` and a
 * typed number say that somebody wants runbooks started, not that somebody read what each of them takes away.
 */
export async function apply(fixes: readonly ChangingFix[], ports: AutomationPorts, options: ApplyOptions): Promise<Applied> {
  const { say, homeRegion } = options;
  const approved = new Set(options.approve.map((beginning) => approvedBy(beginning, fixes)));
  const isReady = (fix: ChangingFix): boolean => fix.plan.outcome === 'apply' || approved.has(fix);
  for (const fix of fixes.filter((one) => !isReady(one))) say(`not started: ${titleOf(fix)} needs approval: read its plan, then pass --approve ${fix.planSha256.slice(0, 12)}`);
  const ready = fixes.filter(isReady);
  const [first] = ready;
  if (first === undefined) return { mended: [], failed: false };

  const { account, arn } = await callerOf(ports, regionOf(first, homeRegion));
  const isHere = ({ findings: [{ accountId }] }: ChangingFix): boolean => accountId === account;
  for (const fix of ready.filter((one) => !isHere(one))) say(`not started: ${titleOf(fix)} lies in account ${fix.findings[0].accountId}: run this again with credentials of that account`);
  const here = ready.filter(isHere);
  if (here.length === 0) return { mended: [], failed: false };
  for (const fix of here) say(`to start: ${titleOf(fix)} in ${regionOf(fix, homeRegion)}`);
  await confirm(here.length, account, arn, options);

  const started: Started[] = [];
  for (const fix of here) {
    const start = startOf(fix, homeRegion);
    try {
      const id = await ports.start(start);
      started.push({ fix, region: start.region, id });
      say(`started ${titleOf(fix)}: execution ${id}${options.wait ? '' : `\n  aws ssm get-automation-execution --region ${start.region} --automation-execution-id ${id}`}`);
    } catch (error) { say(`not started: ${titleOf(fix)}: ${inWords(error)}`); }
  }
  const notStarted = started.length < here.length;
  if (!options.wait) return { mended: [], failed: notStarted };
  const { mended, failed } = await follow(started, ports, say);
  return { mended, failed: failed || notStarted };
}

interface Started { readonly fix: ChangingFix; readonly region: string; readonly id: string }

const titleOf = ({ remediation, findings: [found] }: ChangingFix): string => printable(`${remediation.id} for ${nameOf(found)}`);

function approvedBy(beginning: string, fixes: readonly ChangingFix[]): ChangingFix {
  const [fix, ...others] = fixes.filter(({ planSha256 }) => planSha256.startsWith(beginning));
  if (fix === undefined) throw new NotStarted(`no plan here has the hash \`${beginning}\`: the resource, the definition or the plan has changed since it was approved`);
  if (others.length > 0) throw new NotStarted(`the hash \`${beginning}\` fits ${others.length + 1} plans: give more of it`);
  return fix;
}

async function callerOf(ports: AutomationPorts, region: string): ReturnType<AutomationPorts['caller']> {
  try { return await ports.caller(region); } catch (error) { throw new NotStarted(`AWS does not say who calls: ${inWords(error)}`); }
}

async function confirm(count: number, account: string, arn: string, { yes, question }: ApplyOptions): Promise<void> {
  if (yes) return;
  if (question === undefined) throw new NotStarted('there is no terminal to confirm at: pass --yes');
  const answer = await question(`Type ${count} to start ${plural(count, 'runbook')} in account ${account} as ${printable(arn)}: `);
  if (answer.trim() !== String(count)) throw new NotStarted(`expected \`${count}\`, found \`${printable(answer.trim())}\``);
}

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html
const running = ['Pending', 'InProgress', 'Waiting', 'Cancelling', 'PendingApproval', 'Approved', 'Scheduled', 'RunbookInProgress', 'PendingChangeCalendarOverride', 'ChangeCalendarOverrideApproved'];

async function follow(started: readonly Started[], { follow: look, sleep }: AutomationPorts, say: ApplyOptions['say']): Promise<Applied> {
  const mended: ChangingFix[] = [];
  let failed = false;
  for (let left = started; left.length > 0;) {
    const still: Started[] = [];
    for (const one of left) {
      try {
        const { status, outcome, message } = await look(one.region, one.id);
        if (running.includes(status)) { still.push(one); continue; }
        const isDone = status === 'Success' && outcome !== undefined;
        if (!isDone) failed = true;
        if (isDone && (outcome === 'applied' || outcome === 'noop')) mended.push(one.fix);
        say(isDone ? `${printable(outcome)}: ${titleOf(one.fix)}` : `${status}: ${titleOf(one.fix)}: ${printable(message ?? 'the runbook gave no outcome')}\n  aws ssm get-automation-execution --region ${one.region} --automation-execution-id ${one.id}`);
      } catch (error) {
        failed = true;
        say(`cannot be followed: ${titleOf(one.fix)}, execution ${one.id}: ${inWords(error)}`);
      }
    }
    left = still;
    if (left.length > 0) await sleep(POLL_EVERY);
  }
  return { mended, failed };
}

const inWords = (error: unknown): string => printable(error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error));
