import { expect, test } from 'vitest';
import { readRequest, type Request } from '../../../entry/planner/request.ts';

const run = { remediation: 'confine-iam-role-trust', resourceId: 'AROAEXAMPLEEXAMPLE123', executionId: '11111111-aaaa' };
const sha = 'a'.repeat(64);

test.each<[string, Record<string, unknown>, Request]>([
  ['plan', { mode: 'Plan', approvedPlanSha256: 'none' }, { ...run, op: 'plan', mode: 'Plan', approved: undefined }],
  ['plan', { mode: 'Apply', approvedPlanSha256: sha }, { ...run, op: 'plan', mode: 'Apply', approved: sha }],
  ['precheck', {}, { ...run, op: 'precheck' }],
  ['verify', {}, { ...run, op: 'verify' }],
  ['plan-rollback', { undo: 'e1', force: 'false', holdDays: '30' }, { ...run, op: 'plan-rollback', undo: 'e1', force: false, holdDays: 30 }],
  ['plan-rollback', { undo: 'e1', force: 'true', holdDays: '3650' }, { ...run, op: 'plan-rollback', undo: 'e1', force: true, holdDays: 3650 }],
])('%s with %j', (op, more, request) => { expect(readRequest({ ...run, op, ...more })).toEqual(request); });

test.each<[Record<string, unknown>, string]>([
  [{}, '`op` is missing or not text'],
  [{ op: 'apply' }, '`op` is `apply`, which does not fit `^(plan|precheck|verify|plan-rollback)$`'],
  [{ op: 'plan', mode: 'Plan' }, '`approvedPlanSha256` is missing or not text'],
  [{ op: 'plan', mode: 'plan', approvedPlanSha256: 'none' }, '`mode` is `plan`, which does not fit `^(Plan|Apply)$`'],
  [{ op: 'plan', mode: 'Plan', approvedPlanSha256: 'A'.repeat(64) }, `\`approvedPlanSha256\` is \`${'A'.repeat(64)}\`, which does not fit`],
  [{ op: 'precheck', mode: 'Plan' }, '`mode` is unknown to the operation `precheck`'],
  [{ op: 'verify', executionId: 'e1#STATE' }, '`executionId` is `e1#STATE`, which does not fit'],
  [{ op: 'verify', resourceId: '' }, '`resourceId` is ``, which does not fit'],
  [{ op: 'verify', remediation: 1 }, '`remediation` is missing or not text'],
  [{ op: 'plan-rollback', undo: 'e1', force: 'True', holdDays: '30' }, '`force` is `True`, which does not fit'],
  [{ op: 'plan-rollback', undo: 'e1', force: 'true', holdDays: '0' }, '`holdDays` is `0`, not 1 to 3650'],
  [{ op: 'plan-rollback', undo: 'e1', force: 'true', holdDays: '3651' }, '`holdDays` is `3651`, not 1 to 3650'],
])('%j is refused', (more, message) => { expect(() => readRequest({ ...run, ...more })).toThrow(message); });
