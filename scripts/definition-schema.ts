import { toJsonSchema } from '@valibot/to-json-schema';
import { definitionSchema } from '../core/definition-schema.ts';

/** The text of `perimeter.schema.json`, by which editors complete and check `perimeter.yaml`. */
export function definitionJsonSchema(): string {
  // Dates and address ranges are looked at more closely than a pattern can; editors see the pattern.
  const { $schema, ...schema } = toJsonSchema(definitionSchema, { ignoreActions: ['check'] });
  return `${JSON.stringify({ $schema, title: 'perimeter.yaml', description: 'What "mine" means: the definition of a data perimeter', ...schema }, null, 2)}\n`;
}
