import { existsSync, writeFileSync } from 'node:fs';

/** Writes the three files of a new rule, ready to be filled in: `npm run new-rule -- <id>`. */
const [id] = process.argv.slice(2);
if (id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id) || id.length > 37) {
  console.error('usage: npm run new-rule -- <id>: kebab-case, at most 37 characters, such as `sqs-queue-trusted-principals`');
  process.exit(2);
}
const name = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const example = (kind: string, publiclyAccessible: boolean): string => `<!-- example: ${kind} -->
\`\`\`json
${JSON.stringify({
  awsAccountId: '111111111111', awsRegion: 'eu-west-1', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ', resourceName: 'orders',
  ARN: 'arn:aws:rds:eu-west-1:111111111111:db:orders', configurationItemStatus: 'OK', configurationItemCaptureTime: '2026-08-31T10:15:00.000Z',
  configuration: { dBInstanceIdentifier: 'orders', dbiResourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ', publiclyAccessible },
}, null, 2)}
\`\`\`
`;

const files: Readonly<Record<string, string>> = {
  [`rules/${id}.ts`]: `import { defineRule } from '../core/rule.ts';
import { compliant, nonCompliant } from '../core/verdict.ts';

export const ${name} = defineRule({
  id: '${id}',
  title: 'The state you want, as a sentence without a full stop',
  why: 'What goes wrong otherwise.',
  fix: 'What a person does on Monday morning.',
  severity: 'high', boundary: 'resource', objective: 'networks',
  resourceTypes: ['AWS::RDS::DBInstance'], trigger: 'change', exception: 'whole',
  parameters: {},
  references: ['https://docs.aws.amazon.com/'],
  requirements: ['R01'],

  evaluate({ publiclyAccessible }) {
    if (!publiclyAccessible) return compliant();
    return nonCompliant({ at: '/publiclyAccessible', severity: 'high', message: 'who could do what' });
  },
});
`,
  [`test/rules/${id}.test.ts`]: `import { ${name} } from '../../rules/${id}.ts';
import { dbInstance } from '../support/items.ts';
import { testRule } from '../support/test-rule.ts';

testRule(${name}, {
  compliant: { 'a private instance': { item: dbInstance() } },
  nonCompliant: {
    'a public instance': { item: dbInstance({ publiclyAccessible: true }), findings: [{ at: '/publiclyAccessible', severity: 'high', message: 'who could do what' }] },
  },
});
`,
  [`docs/rules/${id}.md`]: `<!-- begin header -->
<!-- end header -->

## What it catches

## Examples

❌ What is wrong with it.

${example('non-compliant', true)}
✅ What is right about it.

${example('compliant', false)}
## How to fix it

## Exceptions
`,
};
const standing = Object.keys(files).filter((path) => existsSync(path));
if (standing.length > 0) {
  console.error(`there already is ${standing.join(', ')}`);
  process.exit(2);
}
for (const [path, text] of Object.entries(files)) { writeFileSync(path, text); console.log(`wrote ${path}`); }
console.log('next: write the table of cases, then `evaluate`, then `npm run generate` and `npm test`');
