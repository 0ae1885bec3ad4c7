import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readParameters, type Parameters } from '../core/parameters.ts';
import { readers } from '../items/facts.ts';
import { rules } from '../rules/index.ts';

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);
const stems = (folder: string, ending: string): string[] => readdirSync(at(folder)).filter((name) => name.endsWith(ending) && name !== 'index.ts').map((name) => name.slice(0, -ending.length)).sort();
const ids = rules.map(({ id }) => id).sort();
const sentence = /^[A-Z][^]*[.]$/;

describe('the pack', () => {
  it('has a file, a test and a page for every rule, and none besides', () => {
    expect({ rules: stems('rules', '.ts'), tests: stems('test/rules', '.test.ts'), pages: stems('docs/rules', '.md') }).toEqual({ rules: ids, tests: ids, pages: ids });
  });
  it('says nothing twice', () => {
    for (const text of ['title', 'fix', 'why'] as const) expect(new Set(rules.map((rule) => rule[text])).size).toBe(rules.length);
  });
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  // Packs append 27 characters and SSM takes 64.
  it('has an id that fits', () => { expect(id).toMatch(/^(?=.{1,37}$)[a-z]+(?:-[a-z]+)*$/); });
  it('has a title that is a state, without a full stop', () => { expect(rule.title).toMatch(/^[A-Z].*[^.]$/); });
  it('says why, and what to do', () => {
    expect(rule.why).toMatch(sentence);
    expect(rule.fix).toMatch(sentence);
    // Config's console shows a rule's description cut at 256 characters.
    expect(rule.why.length).toBeLessThanOrEqual(256);
    expect(rule.fix.length).toBeLessThanOrEqual(256);
  });
  it('refers to pages of AWS', () => {
    for (const reference of rule.references) expect(new URL(reference)).toMatchObject({ protocol: 'https:', hostname: 'docs.aws.amazon.com' });
  });
  it('cites requirements that are there', () => {
    const known = readFileSync(at('docs/requirements.yaml'), 'utf8');
    expect(rule.requirements.filter((row: string) => !new RegExp(`\\b${row}\\b`).test(known))).toEqual([]);
  });
  it('judges types that have a reader', () => { expect(Object.keys(readers)).toEqual(expect.arrayContaining([...rule.resourceTypes])); });
  it('explains its parameters, and takes their defaults as text', () => {
    const declared = rule.parameters as Parameters;
    for (const [name, { about, fallback, parse }] of Object.entries(declared)) {
      expect(about, name).toMatch(/^[a-z].{10,}[^.]$/);
      const asText = Array.isArray(fallback) ? fallback.join(',') : String(fallback);
      if (asText !== '') expect(parse(asText), name).toEqual(fallback);
    }
    expect(readParameters(declared, {})).toEqual(Object.fromEntries(Object.entries(declared).map(([name, { fallback }]) => [name, fallback])));
  });
  it('has a page with a header to generate', () => {
    expect(existsSync(at(`docs/rules/${id}.md`))).toBe(true);
    expect(readFileSync(at(`docs/rules/${id}.md`), 'utf8')).toMatch(/^<!-- begin header -->\n[^]*\n<!-- end header -->\n/);
  });
});
