import type { Command } from 'commander';
import { takeInventory, type Inventory } from '../inventory.ts';
import type { Io } from './io.ts';

export function register(program: Command, io: Io): void {
  program.command('inventory')
    .summary('list what a perimeter.yaml may have to name')
    .description('Lists accounts, organizations, buckets, VPCs and identity providers found in what AWS Config recorded.\nExit status: 0 everything was read, 2 unreadable input or bad usage.')
    .argument('<path...>', 'files and folders')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText('after', '\nExamples:\n  perimeter inventory snapshots/\n  perimeter inventory snapshot.json.gz --format json')
    .action(async (paths: readonly string[], { format }: { readonly format: string }) => {
      if (format !== 'text' && format !== 'json') { io.err(`perimeter inventory: unknown format \`${format}\`; known: text, json\n`); io.setExitCode(2); return; }
      const inventory = await takeInventory(paths);
      io.out(format === 'json' ? `${JSON.stringify(inventory, null, 2)}\n` : inventoryText(inventory));
      for (const { file, place, message } of inventory.input.problems) io.err(`${[file, place].filter((one) => one !== '').join(': ')}: ${message}\n`);
      io.setExitCode(inventory.input.problems.length > 0 ? 2 : 0);
    });
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

function inventoryText({ accounts, namedAccounts, organizations, buckets, vpcs, identityProviders, input }: Inventory): string {
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Organizations that policies name', organizations.map(({ id, policies }) => `${id}  in ${counted(policies, 'policy', 'policies')}`)],
    ['Accounts that own items', accounts.map(({ id, items }) => `${id}  ${counted(items, 'item')}`)],
    ['Other accounts that policies name', namedAccounts.filter(({ owner }) => !owner).map(({ id, policies, externalIds, example }) =>
      `${id}  in ${counted(policies, 'policy', 'policies')}, such as that of ${example}${externalIds.length === 0 ? '' : `; external id ${externalIds.join(', ')}`}`)],
    ['Buckets', buckets.map(({ name, account, region }) => `${name}  ${account} ${region}`)],
    ['VPCs', vpcs.map(({ id, account, region, isDefault }) => `${id}  ${account} ${region}${isDefault ? ' (default VPC)' : ''}`)],
    ['Identity providers that roles trust', identityProviders.map(({ provider, policies, claims }) =>
      `${provider}  by ${counted(policies, 'role')}${Object.entries(claims).map(([claim, values]) => `; ${claim} ${values.join(', ')}`).join('')}`)],
  ];
  const body = sections.map(([title, lines]) => `${title}: ${lines.length === 0 ? 'none' : lines.length}\n${lines.map((line) => `  ${line}\n`).join('')}`).join('\n');
  return `${body}\nRead ${counted(input.items, 'item')} in ${counted(input.files, 'file')}. \`perimeter init --from PATH…\` writes a first perimeter.yaml from this.\n`;
}
