import { DefinitionError, type Definition, type DefinitionIssue, type Exception } from './definition.ts';
import { BadParameter, readParameters } from './parameters.ts';
import type { AnyRule } from './rule.ts';

/** Holds what a definition says about rules against the rules there are; throws DefinitionError with everything that is wrong. */
export function checkRules(definition: Definition, rules: readonly AnyRule[]): void {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const unknown = (id: string): string => `there is no rule \`${id}\`; known: ${[...byId.keys()].map((one) => `\`${one}\``).join(', ')}`;
  const named = new Set([...Object.keys(definition.rules), ...definition.on, ...definition.off]);
  const issues = [
    ...[...named].flatMap((id): readonly DefinitionIssue[] => {
      const rule = byId.get(id);
      return rule === undefined ? [{ path: ['rules', id], message: unknown(id) }] : parameterIssues(rule, definition.rules[id] ?? {});
    }),
    ...definition.exceptions.flatMap((exception, index): readonly DefinitionIssue[] => {
      const rule = byId.get(exception.rule);
      if (rule === undefined) return [{ path: ['exceptions', index, 'rule'], message: unknown(exception.rule) }];
      const message = whyNotGranted(rule, exception);
      return message === undefined ? [] : [{ path: ['exceptions', index, ...exception.allow === undefined ? [] : ['allow']], message }];
    }),
  ];
  if (issues.length > 0) throw new DefinitionError(issues);
}

function parameterIssues(rule: AnyRule, given: Readonly<Record<string, unknown>>): readonly DefinitionIssue[] {
  return Object.entries(given).flatMap(([name, value]): readonly DefinitionIssue[] => {
    try {
      readParameters(rule.parameters, { [name]: value });
      return [];
    } catch (error) {
      if (error instanceof BadParameter) return [{ path: ['rules', rule.id, name], message: error.message }];
      throw error;
    }
  });
}

function whyNotGranted(rule: AnyRule, { allow }: Exception): string | undefined {
  const allowed = Object.values(allow ?? {}).flat();
  if (rule.exception === 'allow') {
    return allowed.length > 0 ? undefined : `an exception to \`${rule.id}\` says what it lets in: expected \`allow\` with actions, accounts, organizations, services or resources, found ${allow === undefined ? 'none' : 'nothing in it'}`;
  }
  return allow === undefined ? undefined : `\`${rule.id}\` is excepted whole: remove \`allow\`, which would change nothing`;
}
