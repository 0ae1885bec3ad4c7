import type { Log } from '../evaluator/log.ts';

/** https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html */
const MOST_A_CALL = 25;
/** Milliseconds after which AWS Config takes the call again, when it was made too often. */
const BETWEEN_CALLS = 60_000;

export interface StartPorts {
  readonly startConfigRulesEvaluation: (names: readonly string[]) => Promise<unknown>;
  readonly sleep: (duration: number) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

export interface Outcome {
  /** Not now: the rule is being evaluated, or AWS Config has had too many calls. */
  readonly waiting: string[];
  /** AWS Config does not evaluate it on demand. */
  readonly refused: string[];
}

/**
 * Starts the evaluation of rules, and tells `started` of each call that AWS Config took. A rule that spoils a call of many is found by
 * calls of one. `until`: when the time for waiting ends, in milliseconds since 1970. Throws what is not about a rule.
 */
export async function startAll(names: readonly string[], until: number, started: (names: readonly string[]) => Promise<void>, ports: StartPorts): Promise<Outcome> {
  const outcome: Outcome = { waiting: [], refused: [] };
  for (let from = 0; from < names.length; from += MOST_A_CALL) await startSome(names.slice(from, from + MOST_A_CALL), until, started, outcome, ports);
  return outcome;
}

async function startSome(names: readonly string[], until: number, started: (names: readonly string[]) => Promise<void>, outcome: Outcome, ports: StartPorts): Promise<void> {
  const [name = ''] = names;
  for (;;) {
    try {
      await ports.startConfigRulesEvaluation(names);
    } catch (error) {
      const kind = kindOf(error);
      if (kind === 'too-many-calls' && ports.now() + BETWEEN_CALLS < until) {
        await ports.sleep(BETWEEN_CALLS);
        continue;
      }
      if (kind === 'too-many-calls') outcome.waiting.push(...names);
      else if (names.length > 1) for (const one of names) await startSome([one], until, started, outcome, ports);
      else if (kind === 'busy') outcome.waiting.push(name);
      else if (kind === 'refused') {
        outcome.refused.push(name);
        ports.log('error', `AWS Config does not evaluate \`${name}\` on demand`, { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
      } else ports.log('info', `\`${name}\` has gone`, {});
      return;
    }
    return started(names);
  }
}

/** Throttling has been waited for by the client before it comes here. */
function kindOf(error: unknown): 'too-many-calls' | 'busy' | 'refused' | 'gone' {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'LimitExceededException': case 'ThrottlingException': case 'Throttling': case 'TooManyRequestsException': return 'too-many-calls';
    case 'ResourceInUseException': return 'busy';
    case 'InvalidParameterValueException': return 'refused';
    case 'NoSuchConfigRuleException': return 'gone';
    default: throw error;
  }
}
