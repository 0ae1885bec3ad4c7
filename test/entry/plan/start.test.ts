import { expect, test } from 'vitest';
import type { Result } from '../../../entry/check.ts';
import type { ChangingFix } from '../../../entry/plan.ts';
import { commandOf, startOf } from '../../../entry/plan/start.ts';
import { remediations } from '../../../remediations/index.ts';

const hash = 'ab'.repeat(32);
function fixOf(remediation: string, found: Partial<Result>): ChangingFix {
  const result: Result = {
    rule: 'a-rule', accountId: '111111111111', region: 'eu-west-1', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'orders', arn: 'arn:aws:rds:eu-west-1:111111111111:db:orders',
    captureTime: '', verdict: { kind: 'not-applicable', because: '' }, ...found,
  };
  return {
    remediation: remediations.find(({ id }) => id === remediation)!, findings: [result], planSha256: hash,
    plan: { outcome: 'apply', steps: ['x'], before: {}, after: {}, calls: [{ service: 'rds', api: 'X', input: {} }], approval: [], risks: [] },
  };
}
const role = { region: 'global', resourceId: 'AROAEXAMPLE', arn: 'arn:aws:iam::111111111111:role/x' };

test.each<[string, ChangingFix, ReturnType<typeof startOf>]>([
  ['a runbook that decides for itself takes no hash', fixOf('make-rds-instance-private', {}), {
    documentName: 'perimeter-make-rds-instance-private', region: 'eu-west-1',
    parameters: { AutomationAssumeRole: ['arn:aws:iam::111111111111:role/perimeter-make-rds-instance-private-eu-west-1'], ResourceId: ['db-1'], Mode: ['Apply'] },
  }],
  ['a role, which is in no Region', fixOf('confine-iam-role-trust', role), {
    documentName: 'perimeter-confine-iam-role-trust', region: 'eu-north-1',
    parameters: { AutomationAssumeRole: ['arn:aws:iam::111111111111:role/perimeter-confine-iam-role-trust-eu-north-1'], ResourceId: ['AROAEXAMPLE'], Mode: ['Apply'], ApprovedPlanSha256: [hash] },
  }],
  ['another partition, by the ARN', fixOf('make-rds-instance-private', { region: 'cn-north-1', arn: 'arn:aws-cn:rds:cn-north-1:111111111111:db:orders' }), {
    documentName: 'perimeter-make-rds-instance-private', region: 'cn-north-1',
    parameters: { AutomationAssumeRole: ['arn:aws-cn:iam::111111111111:role/perimeter-make-rds-instance-private-cn-north-1'], ResourceId: ['db-1'], Mode: ['Apply'] },
  }],
  ['another partition, by the Region', fixOf('make-rds-instance-private', { region: 'us-gov-west-1', arn: '' }), {
    documentName: 'perimeter-make-rds-instance-private', region: 'us-gov-west-1',
    parameters: { AutomationAssumeRole: ['arn:aws-us-gov:iam::111111111111:role/perimeter-make-rds-instance-private-us-gov-west-1'], ResourceId: ['db-1'], Mode: ['Apply'] },
  }],
])('%s', (_, fix, start) => { expect(startOf(fix, 'eu-north-1')).toEqual(start); });

test('a name cannot leave its quotes in the command', () => {
  expect(commandOf({ documentName: 'perimeter-x', region: 'eu-west-1', parameters: { ResourceId: ["a'; rm -rf ~ #"] } }))
    .toBe(String.raw`aws ssm start-automation-execution --region eu-west-1 --document-name perimeter-x --parameters '{"ResourceId":["a'\''; rm -rf ~ #"]}'`);
});

test('names of roles and documents fit what AWS takes, in the Region with the longest name', () => {
  expect(remediations.map(({ id }) => `perimeter-${id}-ap-southeast-1`).filter((name) => name.length > 64)).toEqual([]);
});
