import type { DefinitionIssue } from './definition.ts';
import { BadParameter, readParameters, type Parameters } from './parameters.ts';

/** What is wrong with parameters as a definition writes them, below the path. */
export function parameterIssues(path: DefinitionIssue['path'], declared: Parameters, given: Readonly<Record<string, unknown>>): readonly DefinitionIssue[] {
  return Object.entries(given).flatMap(([name, value]): readonly DefinitionIssue[] => {
    try {
      readParameters(declared, { [name]: value });
      return [];
    } catch (error) {
      if (error instanceof BadParameter) return [{ path: [...path, name], message: error.message }];
      throw error;
    }
  });
}
