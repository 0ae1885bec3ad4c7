import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readDefinition } from '../core/definition.ts';
import type { Io } from '../entry/commands/io.ts';
import { program } from '../entry/cli.ts';
import { parseSettings } from '../entry/deploy/settings.ts';
import { checkIds } from '../entry/doctor/checks/index.ts';

const text = (page: string): string => readFileSync(new URL(`../docs/${page}`, import.meta.url), 'utf8');
const page = text('operations.md');

/** A shell goes on in the next line after a backslash. */
const lines = page.replaceAll(/ \\\n +/g, ' ').split('\n');
/** Commands of ours in blocks, and in running text with `npx`. */
const commands = [...new Set(lines.flatMap((line) => [...line.matchAll(/npx perimeter ([^`|]+)/g)].map((found) => found[1]!.replace(/ >.*$/, '').trim())))].map((command) => ({ command }));

/** YAML in blocks, and settings in running text. */
const written = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm), ...page.matchAll(/`((?:pack|ledger|edition): [^`]+)`/g)].map((found) => ({ yaml: found[1]! }));

const silent: Io = { out: () => undefined, err: () => undefined, isTTY: false, color: false, columns: 80, now: () => 0, setExitCode: () => undefined };

/** The command that the words lead to, and those words that are left. */
function leaf(command: Command, words: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } {
  const next = command.commands.find((one) => one.name() === words[0]);
  return next === undefined ? { command, rest: words } : leaf(next, words.slice(1));
}

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-');
const anchorsOf = (markdown: string): readonly string[] => [...markdown.matchAll(/^#+ (.+)$/gm)].map((found) => anchorOf(found[1]!));

describe('docs/operations.md', () => {
  it('shows commands', () => { expect(commands.length).toBeGreaterThan(15); });

  it.each(commands)('perimeter $command is one that there is', ({ command }) => {
    const found = leaf(program(silent), command.split(/\s+/));
    expect(found.command.commands, 'a whole command').toEqual([]);
    expect(found.command.parent).not.toBeNull();
    const flags = found.rest.filter((word) => word.startsWith('--'));
    expect(flags.filter((flag) => !found.command.options.some(({ long }) => long === flag))).toEqual([]);
  });

  it('names checks of `doctor` that there are', () => {
    const named = commands.flatMap(({ command }) => [...command.matchAll(/--only (\S+)/g)].map((found) => found[1]!));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !checkIds.includes(id))).toEqual([]);
  });

  it.each(written)('says in YAML: $yaml', ({ yaml }) => {
    // What is no definition is a part of the settings.
    if (yaml.startsWith('version:')) expect(readDefinition(parse(yaml)).perimeter.organizations).toHaveLength(1);
    else parseSettings(`homeRegion: eu-west-1\n${yaml}\n`, 'deployment.yaml');
  });

  it('has the section that the re-evaluator names', () => { expect(page).toContain('\n### Rules that cannot be started\n'); });

  it('leads to pages and sections that there are', () => {
    const links = [...page.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]+))?\)/g)].map((found) => ({ file: found[1]!, anchor: found[2] }));
    expect(links.length).toBeGreaterThan(5);
    const broken = links.filter(({ file, anchor }) => {
      if (file !== '' && !existsSync(new URL(`../docs/${file}`, import.meta.url))) return true;
      return anchor !== undefined && !anchorsOf(file === '' ? page : text(file)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});
