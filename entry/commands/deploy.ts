import { Option, type Command } from 'commander';
import type { Io } from './io.ts';

type Run = typeof import('../deploy/run.ts');
const tasks = ['preview', 'apply', 'status', 'destroy'] as const;

/** Loaded when asked for: it brings the clients of AWS. */
const load = (): Promise<Run> => import('../deploy/run.ts');

export function register(program: Command, io: Io): void {
  const deploy = program.command('deploy')
    .summary('deploy the pack to an organization or an account, and watch it')
    .description('Deploys the pack with CloudFormation: to the accounts of an organization from its delegated administrator, to the management account, or to one account alone.');

  /** A command that works on a deployment. */
  const onDeployment = (name: string, summary: string, description: string): Command => deploy.command(name).summary(summary).description(description)
    .option('--perimeter <file>', 'the definition', 'perimeter.yaml')
    .option('--settings <file>', 'the deployment settings', 'deployment.yaml')
    .addOption(new Option('--single-account', 'the account of the credentials alone, without an organization').conflicts('management'))
    .option('--management', 'the account that manages the organization, which the StackSet does not reach')
    .option('--administrator <account>', 'with --management: the account that administers the pack, if there are several');
  const act = async (name: string, run: (module: Run, around: ReturnType<Run['surroundings']>) => Promise<number>): Promise<void> => {
    const module = await load();
    const around = module.surroundings(io);
    io.setExitCode(await module.told(name, around, () => run(module, around)));
  };

  deploy.command('init').summary('write a first deployment.yaml')
    .description('Writes a first deployment.yaml, with the root of the organization if the credentials may read it.\nExit status: 0 written, 2 not written.')
    .option('--out <file>', 'where to write', 'deployment.yaml')
    .option('--force', 'replace a file that is there')
    .option('--home-region <region>', 'Region of the bucket, the administrator stack and rules about IAM (default: that of the environment)')
    .option('--region <region...>', 'more Regions in which the pack runs')
    .option('--single-account', 'for an account without an organization')
    .action((options: Parameters<Run['runInit']>[0]) => act('init', (module, around) => module.runInit(options, around)));

  onDeployment('preview', 'what a deployment would change', 'Shows what `apply` would change in which accounts and Regions, which limits of AWS it would meet, and what is missing first. Changes nothing; change sets that it has CloudFormation make are deleted again.\nExit status: 0 nothing to change, 1 something to change, 2 cannot be deployed, or could not be looked at.')
    .option('--json', 'write JSON')
    .action((options: Parameters<Run['runPreview']>[0]) => act('preview', (module, around) => module.runPreview(options, around)));

  onDeployment('apply', 'deploy, or bring a deployment up to date', 'Deploys: bucket, definition, administrator stack, the stacks of all accounts. Shows first what it would change, and asks. What failed in some accounts is listed with the reason; another run goes on where this one ended.\nExit status: 0 everything stands, 1 not everything does, 2 nothing was begun.')
    .option('--yes', 'do not ask')
    .option('--json', 'write JSON; progress goes to standard error')
    .addHelpText('after', '\nExamples:\n  perimeter deploy apply\n  perimeter deploy apply --management\n  perimeter deploy apply --single-account --yes')
    .action((options: Parameters<Run['runApply']>[0]) => act('apply', (module, around) => module.runApply(options, around)));

  onDeployment('status', 'how the deployment is, by account and Region', 'Tells of each account and Region whether it is covered, failing, out of date or without a recorder, and whether the code of its functions is what was deployed. What could not be looked at is said to be unknown.\nExit status: 0 everything is as it should be, 1 it is not, or is not known to be, 2 could not be looked at.')
    .option('--shallow', 'do not look into accounts: recorders and code stay unknown')
    .option('--json', 'write JSON, with every account and Region')
    .action((options: Parameters<Run['runStatus']>[0]) => act('status', (module, around) => module.runStatus(options, around)));

  onDeployment('destroy', 'remove a deployment', 'Removes the stacks of all accounts, the StackSet and the administrator stack, in this order, after asking. Bucket and ledgers are kept.\nExit status: 0 removed, 1 not everything is, 2 nothing was begun.')
    .option('--yes <name>', 'do not ask; the name of the StackSet, perimeter-member')
    .option('--delete-bucket', 'also delete the bucket with every version of definition and templates')
    .option('--delete-ledger', 'tell how to delete the ledgers, which is done in each account')
    .option('--json', 'write JSON; progress goes to standard error')
    .action((options: Parameters<Run['runDestroy']>[0]) => act('destroy', (module, around) => module.runDestroy(options, around)));

  onDeployment('render', 'write all templates and parameters to files', 'Writes what `apply` would deploy as files, for those who deploy by other means: templates with the code of the functions, parameters, and requests for the StackSet.\nExit status: 0 written, 2 not written.')
    .requiredOption('--out <folder>', 'where to write')
    .option('--force', 'replace files that are there')
    .option('--account <id>', 'the account that administers the pack; AWS is asked for nothing then')
    .option('--organization <id>', 'with --account: its organization')
    .action((options: Parameters<Run['runRender']>[0]) => act('render', (module, around) => module.runRender(options, around)));

  deploy.command('permissions').summary('the IAM policy that a deployment needs')
    .description('Writes the least that the caller of the other commands needs, as an IAM policy.\nExit status: 0.')
    .addOption(new Option('--task <task...>', 'what is to be done').choices(tasks).default([...tasks]))
    .addOption(new Option('--single-account', 'for an account without an organization').conflicts('management'))
    .option('--management', 'for the account that manages the organization')
    .addOption(new Option('--partition <partition>', 'partition of AWS').choices(['aws', 'aws-us-gov', 'aws-cn']).default('aws'))
    .action(async (options: Parameters<Run['runPermissions']>[0]) => { io.setExitCode((await load()).runPermissions(options, io)); });
}
