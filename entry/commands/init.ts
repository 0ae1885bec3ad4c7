import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { parseDefinitionText } from '../definition-file.ts';
import { firstDefinition, placeholderOrganization } from '../first-definition.ts';
import { takeInventory } from '../inventory.ts';
import type { Io } from './io.ts';

interface Options { readonly from?: readonly string[]; readonly organization?: string; readonly out: string; readonly force?: boolean }

export function register(program: Command, io: Io): void {
  program.command('init')
    .summary('write a first perimeter.yaml')
    .description('Writes a first perimeter.yaml: a template, or with --from a proposal from what AWS Config recorded, for a person to confirm.\nExit status: 0 written, 2 not written, or written from input that could not all be read.')
    .option('--from <path...>', 'files and folders to take an inventory of')
    .option('--organization <id>', 'your organization')
    .option('--out <file>', 'where to write', 'perimeter.yaml')
    .option('--force', 'replace a file that is there')
    .addHelpText('after', '\nExamples:\n  perimeter init --organization o-4tkekae453\n  perimeter init --from snapshots/ --out perimeter.yaml')
    .action(async (options: Options) => { io.setExitCode(await run(options, io)); });
}

async function run({ from, organization, out, force }: Options, io: Io): Promise<number> {
  if (organization !== undefined && !/^o-[a-z0-9]{10,32}$/.test(organization)) {
    io.err(`perimeter init: \`${organization}\` is not an organization id such as \`o-4tkekae453\`\n`);
    return 2;
  }
  const inventory = from === undefined ? undefined : await takeInventory(from);
  const content = firstDefinition(organization, inventory);
  // Throws rather than write a file that the other commands would refuse.
  parseDefinitionText(content, out);
  try { writeFileSync(out, content, { flag: force === true ? 'w' : 'wx' }); } catch (error) {
    io.err((error as NodeJS.ErrnoException).code === 'EEXIST'
      ? `perimeter init: \`${out}\` is there already: pass --force to replace it, or --out to write elsewhere\n`
      : `perimeter init: cannot write \`${out}\`: ${(error as Error).message}\n`);
    return 2;
  }
  for (const { file, place, message } of inventory?.input.problems ?? []) io.err(`${[file, place].filter((one) => one !== '').join(': ')}: ${message}\n`);
  const line = content.split('\n').findIndex((one) => one.includes(placeholderOrganization)) + 1;
  io.out(line > 0 ? `Wrote ${out}. Next: put your organization's id in line ${line}.\n` : `Wrote ${out}. Next: confirm what it proposes, then \`perimeter check PATH… --perimeter ${out}\`.\n`);
  return (inventory?.input.problems.length ?? 0) > 0 ? 2 : 0;
}
