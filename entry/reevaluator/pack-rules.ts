import type { ConfigRule } from '@aws-sdk/client-config-service';

/** A rule of the pack as AWS Config has it. */
export interface PackRule {
  readonly name: string;
  /** Of the rule in rules/; empty where its parameters do not tell. */
  readonly ruleId: string;
  /** AWS Config is at it already, and would refuse a call that names it. */
  readonly isEvaluating: boolean;
}

/** Those of the account's rules that the evaluator judges for; a pack gives them names of its own. `evaluator`: the function's ARN. */
export function packRules(configRules: readonly ConfigRule[], evaluator: string): readonly PackRule[] {
  return configRules.flatMap(({ ConfigRuleName: name, ConfigRuleState: state, Source: source, InputParameters: parameters }) => {
    if (name === undefined || source?.SourceIdentifier === undefined || unqualified(source.SourceIdentifier) !== evaluator) return [];
    return state === 'DELETING' ? [] : [{ name, ruleId: ruleIdOf(parameters), isEvaluating: state === 'EVALUATING' }];
  });
}

/** Without version or alias. */
const unqualified = (arn: string): string => arn.split(':').slice(0, 7).join(':');

/** The evaluator refuses events of a rule without it, and its alarm tells; whatever it is, the rule is evaluated anew with the others. */
function ruleIdOf(parameters: string | undefined): string {
  try {
    const { ruleId } = JSON.parse(parameters ?? '') as { readonly ruleId?: unknown };
    return typeof ruleId === 'string' ? ruleId : '';
  } catch { return ''; }
}
