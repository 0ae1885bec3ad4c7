import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkRules } from '../core/check-rules.ts';
import { readDefinition } from '../core/definition.ts';
import { run } from '../entry/cli.ts';
import { rules } from '../rules/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/^```(?<language>\w*)\n(?<text>[^]*?)^```$/gm)].map(({ groups }) => ({ language: groups?.['language'], text: groups?.['text'] ?? '' }));

const printed = blocks.filter(({ language, text }) => language === '' && /^(?: {2,}breached |CRITICAL |HIGH |MEDIUM |LOW |UNDECIDED )/.test(text)).map(({ text }) => text);
const definitions = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);

async function outputOf(words: readonly string[]): Promise<string> {
  let output = '';
  const io = { out: (text: string) => { output += text; }, err: (text: string) => { output += text; }, isTTY: false, color: false, columns: 100, now: Date.now, setExitCode: () => undefined };
  await run(words, io);
  return output;
}

it('shows parts of what `npm start` prints', async () => {
  const output = await outputOf(['check', 'examples/breached', '--perimeter', 'examples/perimeter.yaml', '--exit-zero']);
  expect(printed).not.toEqual([]);
  for (const part of printed) expect(output).toContain(part);
});

it.each(blocks.filter(({ text }) => text.startsWith('$ npx perimeter ')).map(({ text }) => text))('shows parts of what the command prints: %s', async (text) => {
  const [, command = '', ...lines] = /^\$ npx perimeter (.*)\n([^]*)$/.exec(text) ?? [];
  const output = await outputOf(command.split(' '));
  for (const part of lines.join('').split(/^ *…\n/m)) expect(output).toContain(part);
});

it('shows definitions that can be read', () => {
  expect(definitions).not.toEqual([]);
  for (const text of definitions) checkRules(readDefinition(parse(text)), rules);
});
