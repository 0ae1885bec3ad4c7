import { Command, CommanderError, Help, type Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { register as ask } from './commands/ask.ts';
import { register as check } from './commands/check.ts';
import { register as cost } from './commands/cost.ts';
import { register as deploy } from './commands/deploy.ts';
import { register as diff } from './commands/diff.ts';
import { register as doctor } from './commands/doctor.ts';
import { register as init } from './commands/init.ts';
import { register as inventory } from './commands/inventory.ts';
import type { Io } from './commands/io.ts';
import { register as lintProxy } from './commands/lint-proxy.ts';
import { register as plan } from './commands/plan.ts';
import { register as validatePack } from './commands/validate-pack.ts';
import { register as validateRunbook } from './commands/validate-runbook.ts';
import { register as write } from './commands/write.ts';

/** The program with all its commands. */
export function program(io: Io): Command {
  const all = new Command('perimeter')
    .description('Proves a data perimeter over what AWS Config recorded')
    .version(packageJson.version, '--version')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .configureHelp({ optionDescription })
    .showHelpAfterError('(`--help` lists what is possible)');
  for (const register of [check, plan, ask, cost, deploy, diff, doctor, inventory, init, validatePack, validateRunbook, write, lintProxy]) register(all, io);
  for (const command of all.commands) command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
  return all;
}

const help = new Help();
/** An option that may stand several times begins with none, which is no default to tell of. */
const optionDescription = (option: Option): string => help.optionDescription(Array.isArray(option.defaultValue) ? Object.assign(Object.create(option) as Option, { defaultValue: undefined }) : option);

/** Runs one command line, without the program's own name; bad usage and failures exit 2. */
export async function run(argv: readonly string[], io: Io): Promise<void> {
  try { await program(io).parseAsync([...argv], { from: 'user' }); } catch (error) {
    if (error instanceof CommanderError) { io.setExitCode(error.exitCode === 0 ? 0 : 2); return; }
    io.err(`perimeter: ${error instanceof Error ? error.message : String(error)}\n`);
    io.setExitCode(2);
  }
}
