import { expect, test } from 'vitest';
import type { Result } from '../../../entry/check.ts';
import type { PlanResult } from '../../../entry/plan.ts';
import { planMarkdown } from '../../../entry/report/plan-markdown.ts';
import { planText } from '../../../entry/report/plan-text.ts';
import { remediations } from '../../../remediations/index.ts';

// Names, tags and policies are whoever's who made the resource.
const name = 'x](http://a.example) <b>#!\u001b[2J\u202e';
const found: Result = {
  rule: 'a-rule', accountId: '111111111111', region: 'eu-west-1', resourceType: 'AWS::IAM::Role', resourceId: "a'b", resourceName: name, arn: '', captureTime: '2026-08-31T10:15:00.000Z',
  verdict: { kind: 'non-compliant', notes: [], findings: [{ at: '', severity: 'high', message: `\`${name}\` is open` }] },
};
const result: PlanResult = {
  fixes: [{
    remediation: remediations.find(({ id }) => id === 'make-rds-instance-private')!, findings: [found], planSha256: 'ab'.repeat(32),
    plan: { outcome: 'apply', steps: ['close it'], before: { policyDocument: { Sid: '```\u202e' } }, after: { policyDocument: { Sid: 'x' } }, calls: [{ service: 'rds', api: 'X', input: {} }], approval: [], risks: [] },
  }],
  byHand: [], nothing: [], unmatched: [name], input: { files: 1, items: 1, bytes: 1, superseded: 0, deleted: 0, duplicates: 0, conflicts: 0, problems: [{ file: name, place: '', message: 'not JSON' }] },
};

test('Markdown of recorded names makes no links, markup or ends of blocks', () => {
  const lines = planMarkdown(result, 'us-east-1').split('\n');
  expect(lines.filter((line) => /^###|is open|Sid|``|no finding|not JSON|start-auto/.test(line))).toEqual([
    String.raw`### high: x\](http://a.example) \<b\>\#\!\\u001b\[2J\\u202e, make-rds-instance-private`,
    '- `x](http://a.example) <b>#!\\u001b[2J\\u202e` is open (a-rule).',
    '````diff', '-  "Sid": "```\\u202e"', '+  "Sid": "x"', '````',
    '```sh', String.raw`aws ssm start-automation-execution --region eu-west-1 --document-name perimeter-make-rds-instance-private --parameters '{"AutomationAssumeRole":["arn:aws:iam::111111111111:role/perimeter-make-rds-instance-private-eu-west-1"],"ResourceId":["a'\''b"],"Mode":["Apply"]}'`, '```',
    String.raw`- no finding is of x\](http://a.example) \<b\>\#\!\\u001b\[2J\\u202e`,
    String.raw`- x\](http://a.example) \<b\>\#\!\\u001b\[2J\\u202e: not JSON`,
  ]);
});

test('text of recorded names drives no terminal', () => {
  expect(planText(result, { color: false, columns: 100, isFollowed: false }).match(/[\u0000-\u0009\u000b-\u001f\u202e]/g)).toBeNull();
});
