import { BUDGET } from '../../../policy/answer.ts';
import { emptyPerimeter, formulaOf, parsePolicy, type Perimeter, type Question } from '../../../policy/index.ts';
import { World } from '../../../policy/world/world.ts';

export const mine = 'o-4tkekae453';
export const [own, sibling, other] = ['111111111111', '222222222222', '333333333333'] as const;
export const definition: Perimeter = { ...emptyPerimeter, organizations: [mine], accounts: [own, sibling] };
/** The same with a partner that has these accounts. */
export const partnered = (...accounts: string[]): Perimeter => ({ ...definition, partners: [{ name: 'Example Monitoring', accounts, externalIds: undefined, resources: [], reachable: [] }] });

export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export const accounts = (values: unknown, operator = 'StringLike'): Conditions => ({ [operator]: { 'aws:PrincipalAccount': values } });

export type Situation = Partial<Question> & { readonly Principal?: unknown; readonly Resource?: unknown };
/** The world of a policy with one Allow, of everything unless the situation says otherwise. */
export function worldOf(Condition: Conditions, { Principal = '*', Resource = '*', ...more }: Situation = {}): World {
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: '*', Resource, Condition }] }));
  const question: Question = { kind: 'resource', service: 's3', account: own, now: 0, perimeter: definition, ...more, policy };
  return new World(question, formulaOf(question), BUDGET);
}
