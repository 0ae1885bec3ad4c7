import type { Command } from 'commander';
import type { CostOptions } from '../cost/run.ts';
import type { Io } from './io.ts';

export function register(program: Command, io: Io): void {
  program.command('cost')
    .summary('estimate what the pack costs a month')
    .description('Estimates what the pack costs a month, with the arithmetic of each sum: from what AWS Config recorded, or from numbers. What is not known is a range.\nExit status: 0 estimated, 2 unreadable input or bad usage.')
    .argument('[path...]', 'files and folders of what AWS Config recorded')
    .option('--accounts <n>', 'instead of files: how many accounts')
    .option('--regions <n>', 'with --accounts: how many Regions (default: 1)')
    .option('--resources <type=n...>', 'with --accounts: how many resources of a type an account has on average, in each Region where the type is of Regions')
    .option('--home-region <region>', 'the Region where rules about IAM run, for files', 'us-east-1')
    .option('--single-account', 'without an organization: no administrator stack')
    .option('--automation-steps <n>', 'how many steps of runbooks run in a month, once remediation is on', '0')
    .option('--prices <file>', 'other prices and assumptions')
    .option('--write-prices <file>', 'write the prices and assumptions to a file, to edit them')
    .option('--json', 'write JSON')
    .addHelpText('after', '\nExamples:\n  perimeter cost snapshots/ --home-region eu-west-1\n  perimeter cost --accounts 300 --regions 2 --resources AWS::IAM::Role=150 AWS::Lambda::Function=40')
    .action(async (paths: readonly string[], options: CostOptions) => { io.setExitCode(await (await import('../cost/run.ts')).runCost(paths, options, io)); });
}
