import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkRules } from '../core/check-rules.ts';
import { readDefinition } from '../core/definition.ts';
import { evaluateItem } from '../core/evaluate.ts';
import { normalizeItem } from '../items/normalize.ts';
import { rules } from '../rules/index.ts';
import { definition, now } from './support/perimeter.ts';

type Kind = 'compliant' | 'non-compliant' | 'undecided' | 'not-applicable' | 'related';

const kinds: readonly string[] = ['compliant', 'non-compliant', 'undecided', 'not-applicable', 'related'] satisfies Kind[];

/** Every fenced block of a page, with the language and the comment on the line before it. */
const blocks = (page: string) => [...page.matchAll(/(?:^<!-- example: (?<kind>[\w-]+) -->\n)?^```(?<language>\w+)\n(?<text>[^]*?)^```$/gm)]
  .map(({ groups }) => ({ kind: groups?.['kind'], language: groups?.['language'], text: groups?.['text'] ?? '' }));

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('docs/rules/$id.md', ({ id, rule }) => {
  const all = blocks(readFileSync(new URL(`../docs/rules/${id}.md`, import.meta.url), 'utf8'));
  const examples = all.filter(({ language }) => language === 'json').map(({ kind = 'unmarked', text }) => ({ kind, item: normalizeItem(JSON.parse(text) as Record<string, unknown>) }));
  const beside = examples.filter(({ kind }) => kind === 'related').map(({ item }) => item);

  it('marks every example, and has a right and a wrong one', () => {
    expect(examples.filter(({ kind }) => !kinds.includes(kind))).toEqual([]);
    expect(examples.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['compliant', 'non-compliant']));
  });

  it.each(examples.filter(({ kind }) => kind !== 'related').map((example, i) => ({ ...example, i })))('example $i is $kind', ({ kind, item }) => {
    const verdict = evaluateItem(rule, item, { definition, now, related: (type, resource) => beside.find((one) => one.resourceType === type && one.resourceId === resource) });
    expect({ kind: verdict.kind, verdict }).toEqual({ kind, verdict });
  });

  it.each(all.filter(({ language }) => language === 'yaml').map(({ text }) => ({ text })))('perimeter.yaml may say: $text', ({ text }) => {
    checkRules(readDefinition({ version: 1, organizations: [...definition.perimeter.organizations], ...parse(text) as object }), rules);
  });
});
