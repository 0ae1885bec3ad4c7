import { expect, test } from 'vitest';
import { sha256 } from '../../entry/remediation/hash.ts';
import { write, type WritePorts } from '../../entry/writer/write.ts';

const now = 1_793_525_405;
const endpoint = { remediation: 'confine-vpc-endpoint-policy', resourceId: 'vpce-1', executionId: 'e1' };
const role = { remediation: 'confine-iam-role-trust', resourceId: 'AROA1', executionId: 'e1' };
// Hashed with its keys in order, written as it was planned.
const policy = '{"Version":"2012-10-17","Statement":[]}';
const shaOf = (member: string): string => sha256(`{"${member}":{"Statement":[],"Version":"2012-10-17"}}`);
const run = (member: string) => ({ decision: 'apply', precheck: 'unchanged', policy, afterSha: shaOf(member), name: 'deploy' });
const lock = { lockedBy: 'e1', lockUntil: now + 1 };

/** A ledger of one lock and one run; every call is recorded. */
function portsOf(state: object | undefined, record: object | undefined): { readonly ports: WritePorts; readonly calls: unknown[] } {
  const calls: unknown[] = [];
  const typed = (item: object | undefined): object => item === undefined ? {} : { Item: Object.fromEntries(Object.entries(item).map(([name, value]) => [name, typeof value === 'number' ? { N: String(value) } : { S: String(value) }])) };
  const refuse = (): never => { throw new TypeError('the writer only reads the ledger'); };
  return { calls, ports: {
    ledgerTable: 'perimeter-ledger', now: () => now * 1000, putItem: refuse, updateItem: refuse, query: refuse,
    getItem: async ({ TableName, Key, ConsistentRead }) => {
      calls.push([TableName, Key?.['pk']?.S, Key?.['sk']?.S, ConsistentRead]);
      return typed(Key?.['sk']?.S === 'STATE' ? state : record);
    },
    modifyVpcEndpoint: async (input) => { calls.push(input); },
    updateAssumeRolePolicy: async (input) => { calls.push(input); },
  } };
}

test.each<[object, string, object]>([
  [endpoint, 'policyDocument', { VpcEndpointId: 'vpce-1', PolicyDocument: policy }],
  [role, 'assumeRolePolicyDocument', { RoleName: 'deploy', PolicyDocument: policy }],
])('%j is written as the ledger says', async (event, member, input) => {
  const { ports, calls } = portsOf(lock, run(member));
  expect(await write(event, ports)).toEqual({ ok: 'true' });
  const { remediation, resourceId } = event as typeof endpoint;
  const pk = `${remediation}#${resourceId}`;
  expect(calls).toEqual([['perimeter-ledger', pk, 'STATE', true], ['perimeter-ledger', pk, 'RUN#e1', true], input]);
});

const good = run('policyDocument');
test.each<[string, object | undefined, object | undefined, string]>([
  ['no lock', undefined, good, 'it does not hold the lock of `vpce-1`'],
  ['the lock of another', { ...lock, lockedBy: 'e2' }, good, 'it does not hold the lock of `vpce-1`'],
  ['an expired lock', { ...lock, lockUntil: now }, good, 'its lock has expired'],
  ['no record', lock, undefined, 'the ledger has no record of it'],
  ['a plan', lock, { ...good, decision: 'planned' }, 'its decision is `planned`'],
  ['no precheck', lock, { ...good, precheck: 'none' }, 'its precheck is `none`'],
  ['another policy', lock, { ...good, policy: '{"Version":"2012-10-17","Statement":[{}]}' }, 'its policy is not the one that was planned'],
  ['no policy', lock, { ...good, policy: 'none' }, 'its policy is not the one that was planned'],
  ['a trust policy', lock, run('assumeRolePolicyDocument'), 'its policy is not the one that was planned'],
])('nothing is written with %s', async (_, state, record, because) => {
  const { ports, calls } = portsOf(state, record);
  await expect(write(endpoint, ports)).rejects.toThrow(`nothing is written for run \`e1\`: ${because}`);
  expect(calls.filter((one) => !Array.isArray(one))).toEqual([]);
});

test.each<[unknown, string]>([
  [undefined, 'the event is not `{ remediation, resourceId, executionId }`, each of them text'],
  [{ ...endpoint, resourceId: 1 }, 'the event is not `{ remediation, resourceId, executionId }`, each of them text'],
  [{ ...endpoint, policy }, 'the event is not `{ remediation, resourceId, executionId }`, each of them text'],
  [{ ...endpoint, remediation: 'attach-lambda-to-vpc' }, '`remediation` is `attach-lambda-to-vpc`, which is not written here'],
  [{ ...endpoint, remediation: 'toString' }, '`remediation` is `toString`, which is not written here'],
])('%j is refused', async (event, message) => {
  const { ports, calls } = portsOf(lock, good);
  await expect(write(event, ports)).rejects.toThrow(message);
  expect(calls).toEqual([]);
});
