import { afterEach, describe, expect, it, vi } from 'vitest';
import { closingChanges } from '../../entry/ask/changes.ts';
import { ask, emptyPerimeter, parsePolicy, type Question } from '../../policy/index.ts';
import { isApart } from '../../policy/search/texts.ts';
import { allow, document, now, own, perimeter } from '../policy/cases/case.ts';

vi.mock('../../policy/index.ts', async (original) => {
  const all = await original<{ readonly ask: (...given: unknown[]) => unknown }>();
  return { ...all, ask: vi.fn(all.ask) };
});
vi.mock('../../policy/search/texts.ts', async (original) => {
  const all = await original<{ readonly isApart: (...given: unknown[]) => unknown }>();
  return { ...all, isApart: vi.fn(all.isApart) };
});
afterEach(() => { vi.clearAllMocks(); });

const about = (setting: Pick<Question, 'kind'> & Partial<Question>, policy: object): Question => ({ perimeter, account: own, now, ...setting, policy: parsePolicy(policy) });

// What is proved of a document that nothing gets through takes longest, and by far for policies of every service.
describe('the work of changes that close a policy', () => {
  it('proves once that what a change makes is closed', () => {
    const policy = document(allow({ Action: 's3:GetObject' })) as Readonly<Record<string, unknown>>;
    expect(closingChanges([about({ kind: 'resource', service: 's3', resource: 'arn:aws:s3:::acme-data' }, policy)], policy, 'principals').closed).toBe(true);
    const proved = vi.mocked(ask).mock.results.filter(({ value }, i) => vi.mocked(ask).mock.calls[i]![1] === 'principals' && (value as { answer: string }).answer === 'inside');
    expect(proved).toHaveLength(1);
  });
  it('holds the ARNs that name an account against a service once, whoever calls', () => {
    const named = ['602401143452', '877085696533'].map((account) => `arn:aws:ecr:*:${account}:repository/*`);
    const denies = [{ NotResource: named }, { Resource: named }].map((of) => ({ Effect: 'Deny', Action: '*', ...of, Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': perimeter.organizations } } }));
    const definition = { ...emptyPerimeter, organizations: perimeter.organizations, accounts: perimeter.accounts };
    expect(ask(about({ kind: 'scp', perimeter: definition }, document(...denies)), 'resources').answer).toBe('inside');
    const held = vi.mocked(isApart).mock.calls.map(([test, forms]) => JSON.stringify([test.key, test.given.map(({ text }) => text), forms.map(({ text }) => text)]));
    expect(held).toHaveLength(new Set(held).size);
  });
});
