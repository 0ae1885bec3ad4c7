import { execFileSync } from 'node:child_process';
import { expect, inject, test } from 'vitest';

test('the committed service model is what botocore says', () => {
  expect(execFileSync(inject('parts').python, ['scripts/aws-model.py', '--check'], { encoding: 'utf8' })).toBe('test/support/aws-model.json matches botocore 1.43.11\n');
});
