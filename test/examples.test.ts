import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { check, type CheckResult } from '../entry/check.ts';
import { loadDefinition } from '../entry/definition-file.ts';
import { rules } from '../rules/index.ts';
import { accounts } from '../scripts/examples/accounts.ts';
import { endpointId } from '../scripts/examples/endpoints.ts';
import { exampleFiles } from '../scripts/examples/files.ts';

const folder = join(import.meta.dirname, '..', 'examples');
const now = Date.parse('2026-11-17T09:00:00Z');

const examine = async (state: 'breached' | 'sound'): Promise<CheckResult> =>
  check({ paths: [join(folder, state)], definition: await loadDefinition(join(folder, 'perimeter.yaml')), rules, now });

type Row = readonly [rule: string, account: keyof typeof accounts, resource: string, kind: 'non-compliant' | 'undecided' | 'excepted'];

/** What is kept of an examination, one line a result, sorted; an endpoint has no name, so its id stands there. */
const kept = ({ findings }: CheckResult): string[] => findings.map(({ rule, accountId, resourceId, resourceName, verdict }) => {
  const kind = verdict.kind === 'compliant' && verdict.excepted !== undefined ? 'excepted' : verdict.kind;
  return `${rule} ${accountId} ${resourceName ?? resourceId} ${kind}`;
}).sort();
const expected = (rows: readonly Row[]): string[] => rows.map(([rule, account, resource, kind]) =>
  `${rule} ${accounts[account]} ${rule.startsWith('vpc-endpoint-') ? endpointId(resource) : resource} ${kind}`).sort();

const breaches: readonly Row[] = [
  ['vpc-endpoint-trusted-principals', 'storefront', 'storefront-dynamodb', 'non-compliant'], // default policy
  ['vpc-endpoint-trusted-resources', 'storefront', 'storefront-dynamodb', 'non-compliant'],
  ['vpc-endpoint-trusted-resources', 'payments', 'payments-dynamodb', 'non-compliant'], // Allow + organization: any table
  ['vpc-endpoint-trusted-resources', 'logistics', 'logistics-dynamodb', 'non-compliant'], // Deny + Allow: the same verdict
  ['vpc-endpoint-trusted-resources', 'data', 'data-dynamodb', 'non-compliant'], // a list of actions that has drifted
  ['vpc-endpoint-trusted-resources', 'payments', 'payments-s3', 'non-compliant'], // `larkfield-*`
  ['vpc-endpoint-trusted-resources', 'logistics', 'logistics-s3', 'undecided'], // whose bucket?
  ['vpc-endpoint-trusted-principals', 'network', 'workspaces-s3', 'non-compliant'], // signed requests of strangers
  ['vpc-endpoint-trusted-resources', 'network', 'workspaces-s3', 'excepted'], // the exception lets the action be used, which says nothing of who signs
  ['vpc-endpoint-trusted-principals', 'storefront', 'storefront-sqs', 'non-compliant'], // IfExists
  ['vpc-endpoint-trusted-principals', 'data', 'data-secretsmanager', 'non-compliant'], // opened after the snapshot
  ['vpc-endpoint-trusted-resources', 'data', 'data-secretsmanager', 'non-compliant'],
  ['vpc-endpoint-trusted-principals', 'data', 'data-sns', 'undecided'], // no document in the item
  ['vpc-endpoint-trusted-resources', 'data', 'data-sns', 'undecided'],

  ['iam-role-trusted-principals', 'security', 'break-glass', 'non-compliant'], // MFA keeps nobody out
  ['iam-role-external-id', 'security', 'break-glass', 'non-compliant'], // nor a partner
  ['iam-role-trusted-principals', 'security', 'annual-audit-2023', 'non-compliant'], // no longer a partner
  ['iam-role-trusted-principals', 'storefront', 'release-publisher', 'non-compliant'], // role8 of a mistyped account
  ['iam-role-trusted-principals', 'data', 'lake-analyst', 'non-compliant'], // ForAllValues
  ['iam-role-external-id', 'data', 'lake-analyst', 'non-compliant'],
  ['iam-role-trusted-principals', 'payments', 'payments-deploy', 'non-compliant'], // GitHub's audience alone
  ['iam-role-trusted-principals', 'data', 'data-deploy', 'non-compliant'], // `repo:larkfield*`
  ['iam-role-external-id', 'storefront', 'example-monitoring', 'non-compliant'], // none
  ['iam-role-external-id', 'payments', 'example-monitoring', 'non-compliant'], // a stray beside it
  ['iam-role-external-id', 'data', 'example-monitoring', 'non-compliant'], // a wildcard
  ['iam-role-external-id', 'logistics', 'vendor-read', 'non-compliant'], // shared
  ['iam-role-single-service', 'payments', 'ledger-export', 'non-compliant'],

  ['lambda-in-perimeter-vpc', 'storefront', 'image-resize', 'non-compliant'], // empty lists
  ['lambda-in-perimeter-vpc', 'storefront', 'coupon-import', 'non-compliant'], // no `vpcConfig`
  ['lambda-in-perimeter-vpc', 'payments', 'ledger-export', 'non-compliant'], // the default VPC
  ['lambda-in-perimeter-vpc', 'payments', 'settlement-nightly', 'non-compliant'], // one zone
  ['lambda-in-perimeter-vpc', 'logistics', 'carrier-poll', 'undecided'], // subnets nobody recorded
  ['rds-instance-not-public', 'payments', 'ledger', 'non-compliant'], // by the event
  ['rds-instance-not-public', 'payments', 'ledger-reporting', 'non-compliant'],
  ['rds-instance-not-public', 'storefront', 'catalogue-2', 'non-compliant'],
  ['rds-instance-not-public', 'logistics', 'carrier-tracking', 'excepted'],
  ['rds-cluster-not-public', 'logistics', 'warehouse-stock', 'non-compliant'],
  ['redshift-cluster-not-public', 'data', 'finance', 'non-compliant'],
  ['redshift-cluster-not-public', 'data', 'marketing', 'non-compliant'], // enhanced VPC routing
  ['redshift-serverless-not-public', 'data', 'adhoc', 'non-compliant'],
];

describe('the breached organization', () => {
  let result: CheckResult;
  beforeAll(async () => { result = await examine('breached'); });
  test('has these breaches and no others', () => { expect(kept(result)).toEqual(expected(breaches)); });
  test('makes every rule fire', () => {
    const fired = new Set(result.findings.filter(({ verdict }) => verdict.kind === 'non-compliant').map(({ rule }) => rule));
    expect([...fired].sort()).toEqual(rules.map(({ id }) => id).sort());
  });
  test('is read whole', () => { expect(result.input.problems).toEqual([]); });
});

describe('the sound organization', () => {
  let result: CheckResult;
  beforeAll(async () => { result = await examine('sound'); });
  test('keeps only its three exceptions', () => {
    expect(kept(result)).toEqual(expected([
      ['rds-instance-not-public', 'logistics', 'carrier-tracking', 'excepted'],
      ['vpc-endpoint-trusted-principals', 'network', 'workspaces-s3', 'excepted'],
      ['vpc-endpoint-trusted-resources', 'network', 'workspaces-s3', 'excepted'],
    ]));
  });
  test('leaves no rule without something to judge', () => {
    expect(Object.entries(result.summary).filter(([, { compliant }]) => compliant === 0)).toEqual([]);
  });
  test('is read whole', () => { expect(result.input.problems).toEqual([]); });
});

test.each(['breached', 'sound'] as const)('the committed %s example is what the script makes; otherwise run `npm run examples`', (state) => {
  const root = join(folder, state);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(root.length + 1).replaceAll('\\', '/'));
  const committed = paths.map((path) => {
    const bytes = readFileSync(join(root, path));
    return { path, text: (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8') };
  });
  expect(committed.sort((a, b) => a.path < b.path ? -1 : 1)).toEqual(exampleFiles(state));
});
