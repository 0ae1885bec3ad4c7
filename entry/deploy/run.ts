import { writeFileSync } from 'node:fs';
import type { Io } from '../commands/io.ts';
import { progressBar } from '../commands/progress.ts';
import { loadWrittenDefinition } from '../definition-file.ts';
import { aws as awsOf, type Aws } from '../aws/clients.ts';
import { describeFault } from '../aws/faults.ts';
import { MEMBER_STACK, MANAGEMENT_STACK } from '../../deployment/names.ts';
import { partitionOf } from '../../policy/tables/regions.ts';
import { plural } from '../report/lines.ts';
import { apply } from './apply.ts';
import { costOfDeployment } from './cost.ts';
import { desired as desiredAt, type Desired } from './desired.ts';
import { destroy, ledgerRemoval } from './destroy.ts';
import { firstSettings, placeholderRegion, placeholderRoot } from './first-settings.ts';
import { rootsOf } from './organization.ts';
import { policyFor, type PlaceKind, type Task } from './permissions.ts';
import { accountPlace, managementPlace, offlinePlace, organizationPlace, type Place } from './place.ts';
import { hasChanges, preview, type Preview } from './preview.ts';
import { NotRendered, render, writeRendered } from './render.ts';
import { appliedText, removedText } from './report/apply-text.ts';
import { previewText } from './report/preview-text.ts';
import { statusText } from './report/status-text.ts';
import { servicePermissions } from './service-permissions.ts';
import { loadSettings, parseSettings, type Settings } from './settings.ts';
import type { OnProgress } from './stack-set.ts';
import type { Clock } from './stack.ts';
import { isFine, status } from './status.ts';
import { synthesize, type Templates } from './templates.ts';

/** Where to deploy, as options say. */
export interface Target { readonly perimeter: string; readonly settings: string; readonly singleAccount?: boolean; readonly management?: boolean; readonly administrator?: string }

/** What a command meets beside its options; tests give their own. */
export interface Surroundings { readonly io: Io; readonly aws: Aws; readonly clock: Clock; readonly synthesize: (settings: Settings) => Templates }

export const surroundings = (io: Io): Surroundings => ({
  io, aws: awsOf(), clock: { now: io.now, sleep: (duration) => new Promise((wake) => { setTimeout(wake, duration); }) }, synthesize,
});

interface Opened { readonly settings: Settings; readonly templates: Templates; readonly desired: Desired }

/** Reads files and, unless the place is given, the organization. */
async function open(target: Target, { aws, synthesize: make }: Surroundings, offline?: Place): Promise<Opened> {
  const [{ definition, written }, settings] = [await loadWrittenDefinition(target.perimeter), await loadSettings(target.settings)];
  const templates = make(settings);
  const place = offline ?? await (target.singleAccount === true ? accountPlace(aws, settings) : target.management === true ? managementPlace(aws, settings, target.administrator) : organizationPlace(aws, settings));
  return { settings, templates, desired: desiredAt(aws, place, { settings, definition, written, templates }) };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Runs a command; whatever cannot be done is told, with exit status 2. */
export async function told(command: string, { io }: Surroundings, run: () => Promise<number>): Promise<number> {
  try { return await run(); } catch (error) {
    io.err(`perimeter deploy ${command}: ${describeFault(error)}\n`);
    return 2;
  }
}

export async function runInit({ out, force, singleAccount, homeRegion, region }: { readonly out: string; readonly force?: boolean; readonly singleAccount?: boolean; readonly homeRegion?: string; readonly region?: readonly string[] }, { io, aws }: Surroundings): Promise<number> {
  const isSingleAccount = singleAccount === true;
  const home = homeRegion ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  // A first file can be written without AWS, too; a person then fills in the root.
  const targets = isSingleAccount ? undefined : await rootsOf(aws, home ?? placeholderRegion).catch((error: unknown) => {
    io.err(`perimeter deploy init: the root of the organization is not known, so its line is left to you: ${describeFault(error).split('\n')[0] ?? ''}\n`);
    return undefined;
  });
  const text = firstSettings({ isSingleAccount, ...home === undefined ? {} : { homeRegion: home, regions: [...new Set([home, ...region ?? []])] }, ...targets === undefined ? {} : { targets } });
  parseSettings(text, out);
  try { writeFileSync(out, text, { flag: force === true ? 'w' : 'wx' }); } catch (error) {
    io.err((error as NodeJS.ErrnoException).code === 'EEXIST' ? `perimeter deploy init: \`${out}\` is there already: pass --force to replace it, or --out to write elsewhere\n` : `perimeter deploy init: cannot write \`${out}\`: ${(error as Error).message}\n`);
    return 2;
  }
  const left = [...home === undefined ? [`the home Region, which is ${placeholderRegion} for now`] : [], ...text.includes(placeholderRoot) ? ['the id of your root or units'] : []];
  io.out(`Wrote ${out}. Next: ${left.length > 0 ? `put in ${left.join(' and ')}, then ` : 'look it over, then '}\`perimeter deploy preview${isSingleAccount ? ' --single-account' : ''}\`.\n`);
  return 0;
}

export async function runPreview(target: Target & { readonly json?: boolean }, around: Surroundings): Promise<number> {
  const { io, aws, clock } = around;
  const { settings, desired } = await open(target, around);
  const found: Preview = { ...await preview(desired, { aws, settings, clock, changeSets: true }), cost: await costOfDeployment(desired, { aws, settings }) };
  io.out(target.json === true ? json({ ...found, accounts: accountsIn(desired) }) : previewText(found, desired.place));
  return isStopped(found) ? 2 : hasChanges(found) ? 1 : 0;
}

const accountsIn = ({ place }: Desired): readonly string[] => place.kind === 'organization' ? place.accounts : [place.caller.account];
const isStopped = ({ missing, limits }: Preview): boolean => missing.length > 0 || limits.some(({ severity }) => severity === 'error');

export async function runApply(target: Target & { readonly yes?: boolean; readonly json?: boolean }, around: Surroundings): Promise<number> {
  const { io, aws, clock } = around;
  // Before anything is asked of AWS: nobody could answer the question.
  if (target.yes !== true && io.question === undefined) { io.err('perimeter deploy apply: nothing was deployed: there is no terminal to confirm at; read `perimeter deploy preview`, then pass --yes\n'); return 2; }
  const { settings, desired } = await open(target, around);
  const found = await preview(desired, { aws, settings, clock, changeSets: false });
  const say = (line: string): void => { (target.json === true ? io.err : io.out)(`${line}\n`); };
  if (target.json !== true) io.out(previewText(found, desired.place));
  if (isStopped(found)) { io.err('perimeter deploy apply: nothing was deployed: see above for what is in the way\n'); if (target.json === true) io.out(json(found)); return 2; }
  // What failed before is tried again, also where nothing else is to be changed.
  if (!hasChanges(found) && (found.stackSet?.failing ?? []).length === 0) { if (target.json === true) io.out(json({ done: [], failing: [], notBegun: [] })); return 0; }
  if (target.yes !== true) {
    const count = accountsIn(desired).length;
    const answer = await io.question!(`Type ${count} to deploy to ${plural(count, 'account')}: `);
    if (answer.trim() !== String(count)) { io.err('perimeter deploy apply: nothing was deployed\n'); return 2; }
  }
  const applied = await apply(desired, { aws, settings, clock, say, onProgress: progressOf(say) });
  io.out(target.json === true ? json(applied) : `\n${appliedText(applied)}`);
  if (applied.error === undefined && applied.failing.length === 0 && desired.place.kind === 'organization') say(`Account ${desired.place.organization.managementAccount}, which manages the organization, is not reached: run \`perimeter deploy apply --management\` with its credentials.`);
  return applied.error === undefined && applied.failing.length === 0 ? 0 : 1;
}

/** A bar on a terminal, a line at each change elsewhere. */
function progressOf(say: (line: string) => void): (what: string) => OnProgress {
  return (what) => {
    const bar = progressBar(what, 1);
    let said = '';
    return (done, failed, total) => {
      const line = total === undefined ? `  ${what}: more than ${done} accounts and Regions are under way` : `  ${done} of ${total} accounts and Regions${failed > 0 ? `, ${failed} failed` : ''}`;
      if (bar !== undefined && total !== undefined) { bar.update(done, total); if (done === total) bar.stop(); } else if (line !== said) say(line);
      said = line;
    };
  };
}

export async function runStatus(target: Target & { readonly json?: boolean; readonly shallow?: boolean }, around: Surroundings): Promise<number> {
  const { io, aws } = around;
  const { settings, templates, desired } = await open(target, around);
  const bar = progressBar('looking into accounts', 8);
  const found = await status(desired, { aws, settings, templates, deep: target.shallow !== true, onProgress: (done, total) => { bar?.update(done, total); } });
  bar?.stop();
  io.out(target.json === true ? json(found) : statusText(found));
  return isFine(found) ? 0 : 1;
}

export async function runDestroy(target: Target & { readonly yes?: string; readonly deleteBucket?: boolean; readonly deleteLedger?: boolean; readonly json?: boolean }, around: Surroundings): Promise<number> {
  const { io, aws, clock } = around;
  const name = target.management === true ? MANAGEMENT_STACK : MEMBER_STACK;
  if (target.yes === undefined && io.question === undefined) { io.err(`perimeter deploy destroy: nothing was removed: there is no terminal to confirm at; pass --yes ${name}\n`); return 2; }
  if (target.yes !== undefined && target.yes !== name) { io.err(`perimeter deploy destroy: nothing was removed: expected \`--yes ${name}\`, found \`--yes ${target.yes}\`\n`); return 2; }
  const { settings, desired } = await open(target, around);
  const where = desired.place.kind === 'organization' ? `all accounts of organization ${desired.place.organization.id}` : `account ${desired.place.caller.account}`;
  if (target.yes === undefined) {
    const answer = await io.question!(`This removes the pack from ${where}${target.deleteBucket === true ? ', and the bucket with every version of the definition' : ''}. Type ${name} to go on: `);
    if (answer.trim() !== name) { io.err('perimeter deploy destroy: nothing was removed\n'); return 2; }
  }
  const say = (line: string): void => { (target.json === true ? io.err : io.out)(`${line}\n`); };
  const removed = await destroy(desired, { aws, settings, clock, say, onProgress: progressOf(say), deleteBucket: target.deleteBucket === true });
  io.out(target.json === true ? json(removed) : `\n${removedText(removed)}`);
  if (target.deleteLedger === true) io.out(`The ledger is protected against deletion, and no role of the pack may delete it. With credentials of each account, once its stacks are gone:\n${settings.regions.flatMap(ledgerRemoval).map((line) => `  ${line}\n`).join('')}`);
  return removed.error === undefined && removed.failing.length === 0 ? 0 : 1;
}

export async function runRender(target: Target & { readonly out: string; readonly force?: boolean; readonly account?: string; readonly organization?: string }, around: Surroundings): Promise<number> {
  const { io } = around;
  const offline = target.account === undefined ? undefined : offlinePlace(target.account, target.singleAccount === true ? undefined : target.organization, partitionOf((await loadSettings(target.settings)).homeRegion));
  const { settings, desired } = await open(target, around, offline);
  const files = render(desired, settings);
  try { writeRendered(files, target.out, target.force === true); } catch (error) {
    if (!(error instanceof NotRendered)) throw error;
    io.err(`perimeter deploy render: ${error.message}\n`);
    return 2;
  }
  io.out(`Wrote ${plural(files.length, 'file')} to ${target.out}: ${files.map(({ name }) => name).join(', ')}.\n`);
  return 0;
}

export function runPermissions({ task, singleAccount, management, partition }: { readonly task: readonly Task[]; readonly singleAccount?: boolean; readonly management?: boolean; readonly partition: string }, io: Io): number {
  const place: PlaceKind = singleAccount === true ? 'account' : management === true ? 'management' : 'organization';
  io.out(json(policyFor(task, place, partition, servicePermissions)));
  return 0;
}
