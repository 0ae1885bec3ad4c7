import { writeFileSync } from 'node:fs';
import { estimate } from '../../deployment/cost/estimate.ts';
import { usualPrices } from '../../deployment/cost/prices.ts';
import { rules } from '../../rules/index.ts';
import type { Io } from '../commands/io.ts';
import { YamlFileError } from '../yaml-file.ts';
import { BadCount, countResources, placesOf, readAverages, type Counted } from './counts.ts';
import { deployedIn } from './deployed.ts';
import { loadPrices } from './prices-file.ts';
import { costText } from './report.ts';

export interface CostOptions {
  readonly accounts?: string; readonly regions?: string; readonly resources?: readonly string[]; readonly homeRegion: string;
  readonly singleAccount?: true; readonly automationSteps: string; readonly prices?: string; readonly writePrices?: string; readonly json?: true;
}

/** Runs `perimeter cost`; gives its exit status. */
export async function runCost(paths: readonly string[], options: CostOptions, io: Io): Promise<number> {
  try {
    if (options.writePrices !== undefined) return writePrices(options.writePrices, io);
    const prices = await loadPrices(options.prices);
    const steps = Number(options.automationSteps);
    if (!/^\d{1,9}$/.test(options.automationSteps)) throw new BadCount(`\`--automation-steps\`: expected a number, found \`${options.automationSteps}\``);
    const { accounts, places, problems, items } = await counted(paths, options);
    for (const { file, place, message } of problems) io.err(`${[file, place].filter((one) => one !== '').join(': ')}: ${message}\n`);
    if (places.length === 0) throw new BadCount(`none of the ${items} items read is of a type that a rule judges; name what AWS Config recorded of other types too, or count: \`perimeter cost --accounts N\``);
    const found = estimate(rules, { accounts, places, deployed: deployedIn(options.singleAccount !== true), automationSteps: steps }, prices);
    io.out(options.json === true ? `${JSON.stringify({ ...found, prices: prices.prices, assumptions: prices.assumptions }, null, 2)}\n` : costText(found, prices));
    return problems.length > 0 ? 2 : 0;
  } catch (error) {
    if (!(error instanceof BadCount || error instanceof YamlFileError)) throw error;
    io.err(`perimeter cost: ${error.message}\n`);
    return 2;
  }
}

async function counted(paths: readonly string[], { accounts, regions, resources = [], homeRegion }: CostOptions): Promise<Counted> {
  if (paths.length === 0) {
    const averages = readAverages(accounts, regions, resources);
    return { accounts: averages.accounts, places: placesOf(averages), items: 0, problems: [] };
  }
  const odd = Object.entries({ accounts, regions, resources: resources[0] }).find(([, value]) => value !== undefined);
  if (odd !== undefined) throw new BadCount(`\`--${odd[0]}\` goes without files: what AWS Config recorded is counted`);
  return countResources(paths, homeRegion);
}

function writePrices(file: string, io: Io): number {
  try { writeFileSync(file, `${JSON.stringify(usualPrices, null, 2)}\n`, { flag: 'wx' }); } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new BadCount(exists ? `\`${file}\` exists; name another file` : `\`${file}\` cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  io.out(`Wrote ${file}: prices and assumptions to edit, for --prices ${file}\n`);
  return 0;
}
