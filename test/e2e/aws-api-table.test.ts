import { execFileSync } from 'node:child_process';
import { expect, inject, test } from 'vitest';

test('the committed table of APIs is what botocore says', () => {
  expect(execFileSync(inject('parts').python, ['scripts/aws-api-table.py', '--check'], { encoding: 'utf8' })).toBe('deployment/tables/aws-api-data.json matches botocore 1.43.11\n');
});
