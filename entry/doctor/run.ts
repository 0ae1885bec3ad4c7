import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { aws as awsOf } from '../aws/clients.ts';
import type { Io } from '../commands/io.ts';
import { progressBar } from '../commands/progress.ts';
import { loadDefinition } from '../definition-file.ts';
import { loadSettings } from '../deploy/settings.ts';
import { once } from '../evaluator/clients.ts';
import type { Context } from './check.ts';
import { checkIds } from './checks/index.ts';
import { diagnose } from './diagnose.ts';
import { readOrganization } from './organization/organization.ts';
import { jsonReport } from './report/json.ts';
import { textReport } from './report/text.ts';
import { accountsInScope } from './scope.ts';

export interface DoctorOptions { readonly perimeter: string; readonly settings: string; readonly memberRole?: string; readonly singleAccount?: boolean; readonly only: readonly string[]; readonly json?: boolean }

/** Places from which on the terminal shows how far it is. */
const MANY = 8;

/** Runs `perimeter doctor`; answers with the exit status. Rejects where there is nothing to run on: files that cannot be read, no credentials. */
export async function runDoctor({ perimeter, settings: settingsFile, memberRole, singleAccount = false, only, json = false }: DoctorOptions, io: Io): Promise<number> {
  const strange = only.find((one) => !checkIds.includes(one));
  if (strange !== undefined) { io.err(`perimeter doctor: unknown check \`${strange}\`; known: ${checkIds.join(', ')}\n`); return 2; }
  const [definition, settings] = [await loadDefinition(perimeter), await loadSettings(settingsFile)];
  const aws = awsOf();
  const caller = await aws.caller(settings.homeRegion);
  const organization = once(() => readOrganization(aws.organizations(settings.homeRegion)));
  const context: Context = {
    definition, settings, rules, remediations, isSingleAccount: singleAccount, aws, caller, organization, now: io.now(),
    accounts: singleAccount ? () => Promise.resolve([caller.account]) : once(async () => accountsInScope(await organization(), settings)),
  };
  const bar = json ? undefined : progressBar('looking into accounts', MANY);
  const diagnosis = await diagnose(context, { only, memberRole, progress: (done, total) => { bar?.update(done, total); } });
  bar?.stop();
  io.out(json ? jsonReport(diagnosis) : textReport(diagnosis, io));
  return diagnosis.findings.some(({ severity }) => severity !== 'note') ? 1 : 0;
}
