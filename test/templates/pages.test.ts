import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { proxy } from '../../templates/proxy.ts';
import { endpointQuota, managedPolicyQuota, rcpQuota, scpQuota, trustQuota } from '../../templates/quotas.ts';

const page = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8');
const table = (name: string): string[] => (page.split(`<!-- ${name}: `)[1] ?? '').split('\n\n')[0]!.split('\n').filter((line) => line.startsWith('|')).slice(2);

it('lists every kind', () => {
  expect(table('kinds')).toEqual([...templates, { ...proxy, hangsOn: 'Squid' }].map(({ kind, hangsOn, title }) => `| ${kind} | ${hangsOn} | ${title} |`));
});
it('lists the quotas', () => {
  expect(table('quotas')).toEqual([scpQuota, rcpQuota, endpointQuota, trustQuota, managedPolicyQuota].map(({ of, most, documents, source }) => `| ${of} | ${most} | ${documents} | ${source} |`));
});
it('has each kind once, in a file of its name', () => {
  expect(new Set(templates.map(({ kind }) => kind)).size).toBe(templates.length);
  for (const { kind } of [...templates, proxy]) expect(readFileSync(new URL(`../../templates/${kind}.ts`, import.meta.url), 'utf8')).toContain(`kind: '${kind}'`);
});
it('cites rows and pages', () => {
  for (const { requirements, references } of [...templates, proxy]) {
    expect((requirements as readonly string[]).filter((row) => !/^R\d\d$/.test(row))).toEqual([]);
    expect((references as readonly string[]).filter((url) => !url.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
  }
});
