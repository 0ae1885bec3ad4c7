import { describe, expect, it } from 'vitest';
import { parsePolicy, type Objective, type Perimeter, type Question } from '../../policy/index.ts';
import { groups } from './cases/all.ts';
import { allow, answerTo, deny, now, own, perimeter, when } from './cases/case.ts';

/** Laws that hold for the whole corpus: what a rewritten policy, or one with a statement more, must come to. */
const objectives: readonly Objective[] = ['principals', 'resources', 'deputies', 'networks'];
type Statement = Readonly<Record<string, unknown>>;
interface Written { readonly Statement: Statement | readonly Statement[] }
interface Row { readonly name: string; readonly question: Omit<Question, 'policy'>; readonly policy: Written; readonly objective: Objective; readonly verdict: string }
const rows: readonly Row[] = groups.flatMap(({ title, setting, cases }) => cases.flatMap((one) => objectives.flatMap((objective): Row[] => {
  const expected = one[objective];
  if (expected === undefined || typeof one.policy === 'string') return [];
  return [{ name: `${title}: ${one.name}: ${objective}`, question: { account: own, perimeter, now, ...setting, ...one.given }, policy: one.policy as Written, objective, verdict: expected.answer === 'outside' ? expected.reach : expected.answer }];
})));

function verdictOf({ question, objective }: Row, policy: object, more: Partial<Question> = {}): string {
  const answer = answerTo({ ...question, ...more, policy: parsePolicy(policy) }, objective);
  return answer.answer === 'outside' ? answer.reach : answer.answer;
}
const statementsOf = ({ Statement }: Written): readonly Statement[] => [Statement].flat() as readonly Statement[];
const each = (policy: Written, rewrite: (one: Statement) => Statement): object => ({ ...policy, Statement: statementsOf(policy).map(rewrite) });
const renamed = (of: unknown, rename: (name: string) => string): unknown => of === undefined ? undefined : Object.fromEntries(Object.entries(of as object).map(([name, value]) => [rename(name), value as unknown]));
const lower = (actions: unknown): unknown => actions === undefined ? undefined : [actions].flat().map((one) => String(one).toLowerCase());
const without = (of: object): object => JSON.parse(JSON.stringify(of)) as object;

/** Rows whose verdict is not the expected one, with what came instead. */
const others = (verdict: (row: Row) => string | undefined): readonly string[] => rows.flatMap((row) => { const found = verdict(row); return found === undefined || found === row.verdict ? [] : [`${row.name}: ${row.verdict}, but ${found}`]; });

describe('every policy of the corpus means the same', () => {
  it.each<[string, (policy: Written) => object]>([
    ['in another order', (policy) => ({ ...policy, Statement: statementsOf(policy).toReversed() })],
    ['with its statements twice', (policy) => ({ ...policy, Statement: [...statementsOf(policy), ...statementsOf(policy)] })],
    ['with operators in small letters', (policy) => without(each(policy, (one) => ({ ...one, Condition: renamed(one['Condition'], (name) => name.toLowerCase()) })))],
    ['with actions in small letters', (policy) => without(each(policy, (one) => ({ ...one, Action: lower(one['Action']), NotAction: lower(one['NotAction']) })))],
  ])('%s', (_, rewrite) => { expect(others((row) => verdictOf(row, rewrite(row.policy)))).toEqual([]); });

  it('in the partition of GovCloud', () => {
    const moved = <T>(of: T): T => (of === undefined ? of : JSON.parse(JSON.stringify(of).replaceAll('arn:aws:', 'arn:aws-us-gov:')) as T);
    // JSON leaves out what is undefined, and what is left out has a meaning.
    const definition = (of: Perimeter): Perimeter => ({ ...moved(of), accounts: of.accounts, identityProviders: moved(of.identityProviders) });
    expect(others(({ question, ...row }) => {
      // What hangs on no resource speaks of every partition, and of other partitions what already names one.
      if (!['resource', 'trust'].includes(question.kind) || /aws-(cn|us-gov)/.test(JSON.stringify(row.policy) + (question.resource ?? ''))) return undefined;
      const role = question.kind === 'trust' ? { resource: question.resource ?? `arn:aws:iam::${question.account}:role/app` } : {};
      return verdictOf({ ...row, question: { ...moved({ ...question, ...role }), perimeter: definition(question.perimeter) } }, moved(row.policy));
    })).toEqual([]);
  });
});

/** From nobody to everybody. */
const order = ['inside', 'undecided', 'network-bound', 'service', 'named-account', 'any-organization-member', 'shared-issuer', 'any-account', 'anonymous'];
const isNarrower = (one: string, other: string): boolean => order.indexOf(one) < order.indexOf(other);
/** A statement as policies of the kind write it. */
const asIn = ({ question: { kind } }: Row, { Principal, Resource, ...rest }: Statement): Statement => ({ ...rest, ...kind === 'identity' || kind === 'scp' ? {} : { Principal }, ...kind === 'trust' ? {} : { Resource } });
const withMore = (row: Row, more: object): object => ({ ...row.policy, Statement: [...statementsOf(row.policy), asIn(row, more as Statement)] });

describe('no answer of the corpus', () => {
  it.each<[string, object]>([
    ['a named account', { Principal: { AWS: '777777777777' } }], ['a service', { Principal: { Service: 'zzz.amazonaws.com' } }], ['a network', when(['StringEquals', 'aws:SourceVpc', 'vpc-0aaa'])],
    ['a provider that strangers share', { Principal: { Federated: `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com` }, Action: 'sts:AssumeRoleWithWebIdentity' }],
  ])('narrows by an Allow for %s', (_, more) => {
    expect(others((row) => {
      // Beside an SCP or RCP of Denies stands AWS's own Allow, which an Allow more replaces.
      if (row.question.kind === 'scp' || row.question.kind === 'rcp') return undefined;
      const found = verdictOf(row, withMore(row, allow(more)));
      return isNarrower(found, row.verdict) ? found : undefined;
    })).toEqual([]);
  });
  it('widens by a Deny', () => {
    expect(others((row) => {
      // What an RCP denies tells which services it is asked about.
      const [{ Action, NotAction } = {}] = statementsOf(row.policy);
      const found = verdictOf(row, withMore(row, deny(row.question.kind !== 'rcp' ? {} : Action === undefined ? { NotAction } : { Action }, when(['StringEquals', 'aws:PrincipalTag/zzz', 'never']))));
      return isNarrower(row.verdict, found) ? found : undefined;
    })).toEqual([]);
  });
});
