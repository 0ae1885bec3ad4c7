import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = new URL('../scripts/fresh-folder.mjs', import.meta.url).href;
let folder = '';
const inPlace = (): string => readFileSync(join(folder, 'dist', 'made'), 'utf8');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perimeter-fresh-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'made'), 'before');
});
afterEach(() => { rmSync(folder, { recursive: true }); });

/** A process that makes a folder `dist`; `act`: what it does with it, and with `write`, which fills it. */
const building = (act: string): ReturnType<typeof spawn> => spawn(process.execPath, ['--input-type=module', '-e', `
  import { renameSync, rmSync, writeFileSync } from 'node:fs';
  import { freshFolder } from '${script}';
  const { fresh, putInPlace } = freshFolder('dist');
  const write = (text) => { writeFileSync(fresh + '/made', text); };
  ${act}`], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const build = async (act: string): Promise<unknown> => (await once(building(act), 'exit'))[0];

it('takes the place of what was there', async () => {
  writeFileSync(join(folder, 'dist', 'no longer made'), '');
  expect(await build("write('after'); putInPlace();")).toBe(0);
  expect([readdirSync(folder), readdirSync(join(folder, 'dist')), inPlace()]).toEqual([['dist'], ['made'], 'after']);
});

it('takes a place where nothing was', async () => {
  rmSync(join(folder, 'dist'), { recursive: true });
  expect(await build("write('after'); putInPlace();")).toBe(0);
  expect([readdirSync(folder), inPlace()]).toEqual([['dist'], 'after']);
});

it.each([
  ['fails before it is done', "write('half'); throw new Error();"],
  ['fails between the renames', "write('half'); rmSync(fresh, { recursive: true }); putInPlace();"],
])('leaves what was there, and nothing else, where it %s', async (_, act) => {
  expect(await build(act)).toBe(1);
  expect([readdirSync(folder), inPlace()]).toEqual([['dist'], 'before']);
});

it('leaves what was there, and nothing else, where somebody stops it', async () => {
  const process = building("write('half'); console.log('ready'); setInterval(() => {}, 1_000);");
  await once(process.stdout!, 'data');
  process.kill('SIGTERM');
  await once(process, 'exit');
  expect([readdirSync(folder), inPlace()]).toEqual([['dist'], 'before']);
});

it('does as well beside others that do the same', async () => {
  const statuses = await Promise.all(['a', 'b', 'c', 'd'].map((name) => build(`
    for (let i = 0; i < 50; i++) {
      const other = freshFolder('dist');
      writeFileSync(other.fresh + '/made', '${name}');
      other.putInPlace();
    }`)));
  expect(statuses).toEqual([0, 0, 0, 0]);
  expect([readdirSync(folder), readdirSync(join(folder, 'dist'))]).toEqual([['dist'], ['made']]);
  expect(['a', 'b', 'c', 'd']).toContain(inPlace());
});
