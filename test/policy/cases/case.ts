import { ask, askTogether, emptyPerimeter, objectivesByKind, type Answer, type Objective, type Perimeter, type PrincipalKind, type Question, type Reach, type Request } from '../../../policy/index.ts';

/** What an answer must say. Where several statements or kinds of caller get equally far, any of those listed will do. */
export type Expected =
  | { readonly answer: 'inside' }
  | { readonly answer: 'outside'; readonly reach: Reach; readonly kinds: readonly PrincipalKind[]; readonly at: readonly string[] }
  | { readonly answer: 'undecided'; readonly unknown: readonly string[] };

export const inside: Expected = { answer: 'inside' };
/** `statement` is a number, a list of numbers any of which will do, or a pointer. */
export const outside = (reach: Reach, kinds: PrincipalKind | readonly PrincipalKind[], statement: number | readonly number[] | string = 0): Expected => ({
  answer: 'outside', reach, kinds: typeof kinds === 'string' ? [kinds] : kinds,
  at: typeof statement === 'string' ? [statement] : [statement].flat().map((one) => `/Statement/${one}`),
});
/** The accounts and buckets whose owner somebody has to tell; none where the cause is another. */
export const undecided = (...unknown: string[]): Expected => ({ answer: 'undecided', unknown });

/** The answer about one policy; to what its kind is not asked about by itself, as the only one of those that a request meets. */
export const answerTo = (question: Question, objective: Objective): Answer => objectivesByKind[question.kind].includes(objective) ? ask(question, objective)
  : askTogether(question, { scps: [], rcps: [], [question.kind === 'identity' ? 'identity' : 'resource']: question.policy }, objective);

type Setting = Omit<Question, 'policy' | 'now' | 'account' | 'perimeter'> & Partial<Pick<Question, 'account' | 'perimeter'>>;

/** One policy in one situation, with what each objective comes to. */
export interface Case extends Partial<Readonly<Record<Objective, Expected>>> {
  /** The situation. */
  readonly name: string;
  readonly policy: unknown;
  /** Why the answer is what it is. */
  readonly because: string;
  /** Where this case differs from its group. */
  readonly given?: Partial<Setting>;
}

export interface Group { readonly title: string; readonly setting: Setting; readonly cases: readonly Case[] }

/** One policy and one request: what `decide` must say, and through which kind of statement. */
export interface DecisionCase {
  readonly name: string;
  readonly policy: unknown;
  readonly request: Request;
  readonly decision: 'allowed' | 'denied by a statement' | 'not allowed by any';
  readonly because: string;
}

export const mine = 'o-4tkekae453';
export const second = 'o-secondofmine';
export const foreign = 'o-aaaaaaaaaa';
export const own = '111111111111';
export const sibling = '222222222222';
export const stranger = '333333333333';
export const standalone = '444444444444';
export const partner = '123456789012';
/** 2026-01-01: conditions on time are judged from then on. */
export const now = Date.parse('2026-01-01T00:00:00Z');

/** Calls that are never signed, as `perimeter.yaml` has them unless it says otherwise. */
export const neverSigned = ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'execute-api:Invoke'];

/** The definition that cases are judged against unless they bring their own. */
export const perimeter: Perimeter = {
  ...emptyPerimeter, organizations: [mine], accounts: [own, sibling],
  partners: [{ name: 'Example Monitoring', accounts: [partner], externalIds: ['12345'], resources: [], reachable: [] }],
  networks: { vpcs: ['vpc-012abc01'], subnets: [], vpcEndpoints: [], cidrs: ['192.0.2.0/24'], organization: false },
  buckets: ['acme-logs', 'acme-data'], unsignedActions: neverSigned,
};
/** The same definition with some sections written differently. */
export const define = (...sections: Partial<Perimeter>[]): { perimeter: Perimeter } => ({ perimeter: Object.assign({}, perimeter, ...sections) as Perimeter });

type Element = 'Principal' | 'Action' | 'Resource';
const everything: Readonly<Record<Element, string>> = { Principal: '*', Action: '*', Resource: '*' };

/** A statement about everything, but for what is given; a `Not…` element takes the place of its counterpart. */
function statement(Effect: 'Allow' | 'Deny', given: readonly object[]): object {
  const written: object = Object.assign({}, ...given);
  const rest = Object.entries(everything).filter(([name]) => !(`Not${name}` in written));
  return { Effect, ...Object.fromEntries(rest), ...written };
}
export const allow = (...given: object[]): object => statement('Allow', given);
export const deny = (...given: object[]): object => statement('Deny', given);
/** A statement of a trust policy, which names no resource. */
export const trust = (Principal: unknown, ...given: object[]): object => Object.assign({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }, ...given);
export const document = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });
/** A document without Version, which counts as 2008-10-17: no variables. */
export const oldDocument = (...Statement: object[]): object => ({ Statement });

/** One test of a condition: operator, key, values. */
export type Test = readonly [operator: string, key: string, values: unknown];
/** The Condition element of these tests, all of which must hold. */
export function when(...tests: readonly Test[]): { Condition: Record<string, Record<string, unknown>> } {
  const Condition: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, values] of tests) (Condition[operator] ??= {})[key] = values;
  return { Condition };
}

export const ofOrganization = (organization: unknown = mine): Test => ['StringEquals', 'aws:PrincipalOrgID', organization];
export const notOfOrganization = (organization: unknown = mine): Test => ['StringNotEquals', 'aws:PrincipalOrgID', organization];
export const isService = (value = 'true'): Test => ['Bool', 'aws:PrincipalIsAWSService', value];

interface Caller { readonly principal: Request['principal']; readonly context: Readonly<Record<string, string>> }
/** A role of an account, in an organization or in none. */
export const roleOf = (account: string, organization?: string, name = 'someone'): Caller => ({
  principal: { kind: 'role', account, arn: `arn:aws:iam::${account}:role/${name}` },
  context: {
    'aws:PrincipalAccount': account, 'aws:PrincipalArn': `arn:aws:iam::${account}:role/${name}`, 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false',
    ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
  },
});
export const serviceCaller = (name: string): Caller => ({ principal: { kind: 'service', name }, context: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': name } });
export const unsigned: Caller = { principal: { kind: 'anonymous' }, context: { 'aws:PrincipalAccount': 'anonymous' } };
export const request = (caller: Caller, action: string, resource: string | undefined, context: Request['context'] = {}): Request => ({
  principal: caller.principal, action, ...(resource === undefined ? {} : { resource }), context: { ...caller.context, ...context },
});
