import type { Command } from 'commander';
import type { Io } from './io.ts';

interface Options { readonly perimeter: string; readonly settings: string; readonly memberRole?: string; readonly singleAccount?: boolean; readonly only: readonly string[]; readonly json?: boolean }

const each = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export function register(program: Command, io: Io): void {
  program.command('doctor')
    .summary('look for what keeps the pack from working')
    .description('Looks, with the credentials of the administrator account, for what keeps the pack from being deployed or from working: the organization and its policies, AWS Config in each account and Region, quotas, the definition. Changes nothing.\nExit status: 0 nothing to do, 1 something to do or not known, 2 could not run.')
    .option('--perimeter <file>', 'the definition', 'perimeter.yaml')
    .option('--settings <file>', 'the deployment settings', 'deployment.yaml')
    .option('--member-role <name>', 'role to look into accounts as, instead of the one that the member stack makes; for before the first deployment')
    .option('--single-account', 'the pack stands in this account alone')
    .option('--only <check>', 'run one check; may be given several times', each, [])
    .option('--json', 'write JSON, with every account')
    .addHelpText('after', '\nExamples:\n  perimeter doctor --member-role OrganizationAccountAccessRole\n  perimeter doctor --only recorder --only recorded-types\n  perimeter doctor --json > doctor.json')
    // Loaded when asked for: it brings the clients of AWS.
    .action(async (options: Options) => { io.setExitCode(await (await import('../doctor/run.ts')).runDoctor(options, io)); });
}
