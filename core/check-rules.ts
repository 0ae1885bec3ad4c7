import { DefinitionError, type Definition, type DefinitionIssue, type Exception } from './definition.ts';
import { parameterIssues } from './parameter-issues.ts';
import type { AnyRule } from './rule.ts';

/** Holds what a definition says about rules against the rules there are; throws DefinitionError with everything that is wrong. */
export function checkRules(definition: Definition, rules: readonly AnyRule[]): void {
  const issues = ruleIssues(definition, rules);
  if (issues.length > 0) throw new DefinitionError(issues);
}

export function ruleIssues(definition: Definition, rules: readonly AnyRule[]): readonly DefinitionIssue[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const unknown = (id: string): string => `there is no rule \`${id}\`; known: ${[...byId.keys()].map((one) => `\`${one}\``).join(', ')}`;
  const named = new Set([...Object.keys(definition.rules), ...definition.on, ...definition.off]);
  return [
    ...[...named].flatMap((id): readonly DefinitionIssue[] => {
      const rule = byId.get(id);
      return rule === undefined ? [{ path: ['rules', id], message: unknown(id) }] : parameterIssues(['rules', id], rule.parameters, definition.rules[id] ?? {});
    }),
    ...definition.exceptions.flatMap((exception, index): readonly DefinitionIssue[] => {
      const rule = byId.get(exception.rule);
      if (rule === undefined) return [{ path: ['exceptions', index, 'rule'], message: unknown(exception.rule) }];
      const message = whyNotGranted(rule, exception);
      return message === undefined ? [] : [{ path: ['exceptions', index, ...exception.allow === undefined ? [] : ['allow']], message }];
    }),
  ];
}

function whyNotGranted(rule: AnyRule, { allow }: Exception): string | undefined {
  const allowed = Object.values(allow ?? {}).flat();
  if (rule.exception === 'allow') {
    return allowed.length > 0 ? undefined : `an exception to \`${rule.id}\` says what it lets in: expected \`allow\` with actions, accounts, organizations, services or resources, found ${allow === undefined ? 'none' : 'nothing in it'}`;
  }
  return allow === undefined ? undefined : `\`${rule.id}\` is excepted whole: remove \`allow\`, which would change nothing`;
}
