import { basename } from 'node:path';
import * as v from 'valibot';
import { DefinitionError } from '../../core/definition.ts';
import { usualPrices, type Prices } from '../../deployment/cost/prices.ts';
import { parseYamlText, readYamlFile } from '../yaml-file.ts';
import { pricesSchema } from './prices-schema.ts';

const kind = { what: 'price list', firstBy: 'perimeter cost --write-prices FILE' };

/** The pack's prices, or those of a file; throws YamlFileError with the lines of what is wrong. */
export async function loadPrices(path: string | undefined): Promise<Prices> {
  if (path === undefined) return usualPrices;
  return parseYamlText(await readYamlFile(path, kind), basename(path), kind, (value) => {
    const { success, output, issues } = v.safeParse(pricesSchema, value);
    if (success) return output;
    throw new DefinitionError(issues.map(({ path: at, message }) => ({ path: (at ?? []).map(({ key }) => key as string | number), message })));
  });
}
