// Finds the parts of the end-to-end tests that are no dependencies, or fetches them into a cache outside the tree:
// Node 22 and 24, on which Lambda runs the functions, and a Python with botocore, from whose models scripts/aws-model.py derives,
// cfn-lint, which knows CloudFormation's resources, moto, which plays AWS, and Squid, which the proxies are written for.
// Prints what it uses; `--json` prints the paths as { node22, node24, python, squid } for programs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const NODES = { node22: '22.23.3', node24: '24.21.0' };
const PACKAGES = { botocore: '1.43.11', 'cfn-lint': '1.51.0', moto: '5.2.1' };
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'aws-perimeter-pack');

const output = (file, args, options = {}) => execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options }).trim();
const tried = (act) => { try { return act(); } catch { return undefined; } };

/** Fills a new folder and gives it its name when it is whole, so that a broken fetch leaves nothing that looks finished. */
function fetchInto(folder, by, installLine) {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  try {
    by(unfinished);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`cannot fetch a part of the end-to-end tests; run: ${installLine}\n${error.stderr ?? error.message}`, { cause: error });
  }
}

function node(version) {
  const fits = (path) => tried(() => output(path, ['--version'])) === `v${version}`;
  if (process.version === `v${version}`) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(cache, `node-${version}`);
  const path = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const args = (into) => ['install', '--prefix', into, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`];
  const installLine = `npm ${args(folder).join(' ')}`;
  if (!fits(path)) fetchInto(folder, (into) => { output('npm', args(into)); }, installLine);
  if (!fits(path)) throw new Error(`\`${path}\` is not Node ${version}; run: ${installLine}`);
  return path;
}

function python() {
  const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name} ${version}`).join(', ');
  // moto brings its server as an extra, which no version tells: Flask does.
  const script = `import importlib.metadata as m, flask, flask_cors; print(', '.join(f'{name} {m.version(name)}' for name in ${JSON.stringify(Object.keys(PACKAGES))}))`;
  const fits = (path) => tried(() => output(path, ['-c', script])) === wanted;
  if (fits('python3')) return output('python3', ['-c', 'import sys; print(sys.executable)']);
  const folder = join(cache, ['python', ...Object.values(PACKAGES)].join('-'));
  const path = join(folder, 'bin', 'python3');
  const pinned = Object.entries(PACKAGES).map(([name, version]) => `${name === 'moto' ? 'moto[server]' : name}==${version}`);
  const installLine = `python3 -m venv ${folder} && ${path} -m pip install ${pinned.map((one) => `'${one}'`).join(' ')}`;
  // In place: the scripts of a virtual environment hold its path.
  if (!fits(path)) {
    try {
      mkdirSync(cache, { recursive: true });
      output('python3', ['-m', 'venv', '--clear', folder]);
      output(path, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...pinned]);
    } catch (error) {
      throw new Error(`there is no Python with ${wanted}; run: ${installLine}\n${error.stderr ?? error.message}`, { cause: error });
    }
  }
  if (!fits(path)) throw new Error(`\`${path}\` has not ${wanted}; run: ${installLine}`);
  return path;
}

/** Squid of the system, or Debian's packages unpacked beside it, for which nobody need be root. */
function squid() {
  const installLine = 'apt-get update && apt-get install -y --no-install-recommends squid';
  const runs = (one) => tried(() => output(one.program, ['-v'], { env: { ...process.env, ...one.env } }))?.includes('Squid Cache');
  const installed = ['squid', '/usr/sbin/squid'].map((program) => ({ program, env: {}, share: '/usr/share/squid' })).find(runs);
  if (installed !== undefined) return installed;
  const folder = join(cache, 'squid');
  const unpacked = () => {
    const libraries = existsSync(join(folder, 'usr', 'lib')) ? readdirSync(join(folder, 'usr', 'lib')).filter((name) => name.includes('-linux-')).map((name) => join(folder, 'usr', 'lib', name)) : [];
    return { program: join(folder, 'usr', 'sbin', 'squid'), env: { LD_LIBRARY_PATH: libraries.join(':') }, share: join(folder, 'usr', 'share', 'squid') };
  };
  if (!runs(unpacked())) {
    fetchInto(folder, (into) => {
      // What an installation would add to this system, without what it would only renew.
      const added = output('apt-get', ['install', '--simulate', '--no-install-recommends', 'squid']).matchAll(/^Inst (\S+) \(/gm);
      output('apt-get', ['download', ...[...added].map(([, name]) => name)], { cwd: into });
      for (const name of readdirSync(into).filter((one) => one.endsWith('.deb'))) output('dpkg', ['-x', join(into, name), into]);
    }, installLine);
  }
  if (!runs(unpacked())) throw new Error(`Squid does not run out of \`${folder}\`; run: ${installLine}`);
  return unpacked();
}

try {
  const parts = { node22: node(NODES.node22), node24: node(NODES.node24), python: python(), squid: squid() };
  const lines = [`Node ${NODES.node22}: ${parts.node22}`, `Node ${NODES.node24}: ${parts.node24}`, `Python with ${Object.entries(PACKAGES).map(([name, version]) => `${name} ${version}`).join(', ')}: ${parts.python}`, `Squid: ${parts.squid.program}`];
  for (const line of lines) console.error(`e2e-parts: ${line}`);
  if (process.argv.includes('--json')) console.log(JSON.stringify(parts));
} catch (error) {
  console.error(`e2e-parts: ${error.message}`);
  process.exitCode = 1;
}
