import { DefinitionError, readDefinition } from '../../core/definition.ts';
import { parsePolicy, PolicyError, type Objective, type Perimeter, type Question, type QuestionKind } from '../../policy/index.ts';

/** A question that cannot be asked, in words for whoever wrote it. */
export class BadQuestion extends Error { override name = 'BadQuestion' }

/** What each kind of policy is asked unless the question says. */
export const objectivesOf: Readonly<Record<QuestionKind, readonly Objective[]>> = {
  'vpc-endpoint': ['principals', 'resources'], resource: ['principals', 'deputies'], trust: ['principals'],
  identity: ['resources'], scp: ['resources'], rcp: ['principals'],
};
const kinds = Object.keys(objectivesOf) as QuestionKind[];

const text = (value: unknown, name: string): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new BadQuestion(`\`${name}\`: expected text, found ${JSON.stringify(value)}`);
  return value;
};
const oneOf = <T extends string>(value: unknown, name: string, all: readonly T[]): T | undefined => {
  const given = text(value, name);
  if (given === undefined || (all as readonly string[]).includes(given)) return given as T | undefined;
  throw new BadQuestion(`\`${name}\`: expected one of ${all.join(', ')}, found \`${given}\``);
};

/** Milliseconds since 1970 of an ISO 8601 time or a number of them. */
export function timeOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new BadQuestion(`\`now\`: expected a time such as 2026-01-31T00:00:00Z, found ${JSON.stringify(value)}`);
  return time;
}

/** Reads perimeters as JSON; the same text gives the same perimeter, so that answers about it are kept. */
export function perimeterReader(): (value: unknown) => Perimeter {
  const known = new Map<string, Perimeter>();
  return (value) => {
    if (typeof value !== 'object' || value === null) throw new BadQuestion('`perimeter`: expected the definition as an object');
    const key = JSON.stringify(value);
    const made = known.get(key);
    if (made !== undefined) return made;
    try {
      const { perimeter } = readDefinition({ version: 1, ...value });
      known.set(key, perimeter);
      return perimeter;
    } catch (error) {
      if (error instanceof DefinitionError) throw new BadQuestion(`\`perimeter\`: ${error.message.replaceAll('\n', '; ')}`);
      throw error;
    }
  };
}

/** The question one object asks, with its objectives; throws BadQuestion. Members that its kind does not use are ignored. */
export function readQuestion(value: Readonly<Record<string, unknown>>, perimeter: Perimeter, now: number): { question: Question; objectives: readonly Objective[] } {
  if (value['policies'] !== undefined) throw new BadQuestion('`policies`: effective access over several policies cannot be asked yet; ask about each `policy`');
  const kind = oneOf(value['kind'], 'kind', kinds);
  if (kind === undefined) throw new BadQuestion(`\`kind\` is missing: one of ${kinds.join(', ')}`);
  if (value['policy'] === undefined) throw new BadQuestion('`policy` is missing: a policy as an object or as text');
  const account = text(value['account'], 'account');
  if (account === undefined || !/^\d{12}$/.test(account)) throw new BadQuestion(`\`account\`: expected 12 digits, found ${account === undefined ? 'nothing' : `\`${account}\``}`);
  const [service, resource] = [text(value['service'], 'service'), text(value['resource'], 'resource')];
  const endpointType = oneOf(value['endpointType'], 'endpointType', ['gateway', 'interface']);
  try {
    const question: Question = {
      kind, perimeter, account, policy: parsePolicy(value['policy']), now: timeOf(value['now']) ?? now,
      ...(service === undefined ? {} : { service }), ...(resource === undefined ? {} : { resource }), ...(endpointType === undefined ? {} : { endpointType }),
    };
    return { question, objectives: objectivesAsked(value['objectives'], kind) };
  } catch (error) {
    if (error instanceof PolicyError) throw new BadQuestion(`\`policy\`: ${error.message}`);
    throw error;
  }
}

function objectivesAsked(value: unknown, kind: QuestionKind): readonly Objective[] {
  if (value === undefined) return objectivesOf[kind];
  if (!Array.isArray(value)) throw new BadQuestion('`objectives`: expected a list');
  return value.map((one) => {
    const objective = objectivesOf[kind].find((known) => known === one);
    if (objective === undefined) throw new BadQuestion(`\`objectives\`: ${kind} policies can be asked about ${objectivesOf[kind].join(', ')}, not ${JSON.stringify(one)}`);
    return objective;
  });
}
