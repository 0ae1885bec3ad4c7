import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import * as face from '../../policy/index.ts';

const { node22, node24 } = inject('parts');
/** Somebody's project, into which the package is unpacked as npm would: it depends on nothing. */
const project = mkdtempSync(join(tmpdir(), 'perimeter-library-'));
afterAll(() => { rmSync(project, { recursive: true }); });

const into = join(project, 'node_modules', 'aws-perimeter-pack');
const write = (name: string, text: string): string => { const path = join(project, name); writeFileSync(path, text); return path; };
const page = readFileSync('docs/policy-engine.md', 'utf8');
const examples = [...page.matchAll(/^<!-- example: library -->\n```ts\n([^]*?)^```$/gm)].map(([, text = '']) => text);
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

beforeAll(() => {
  // It has been built already.
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [packed] = readdirSync(project);
  mkdirSync(into, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, packed!), '-C', into, '--strip-components', '1']);
  write('package.json', JSON.stringify({ private: true, type: 'module' }));
});

/** What a program prints, or what it ends with otherwise. */
const printed = (node: string, path: string): string => { const { status, stdout, stderr } = spawnSync(node, [path], { cwd: project, encoding: 'utf8' }); return status === 0 ? stdout : stderr; };

test.each([['Node of the tests', process.execPath], ['Node 22', node22], ['Node 24', node24]])('exports from JavaScript what the engine exports, as a module and by require: %s', (_, node) => {
  const names = `${JSON.stringify(Object.keys(face).sort())}\n`;
  expect(printed(node, write('module.mjs', "import * as face from 'aws-perimeter-pack';\nconsole.log(JSON.stringify(Object.keys(face).sort()));\n"))).toBe(names);
  expect(printed(node, write('script.cjs', "console.log(JSON.stringify(Object.keys(require('aws-perimeter-pack')).sort()));\n"))).toBe(names);
});

test('brings the command, which needs nothing else either', () => {
  const all = readdirSync(join(into, 'dist', 'chunks')).filter((one) => one.endsWith('.mjs'));
  expect(printed(process.execPath, write('chunks.mjs', `const all = ${JSON.stringify(all)};\nfor (const one of all) await import('./node_modules/aws-perimeter-pack/dist/chunks/' + one);\nconsole.log(all.length);\n`))).toBe(`${all.length}\n`);
  const { status, stderr } = spawnSync(process.execPath, ['bin/perimeter.mjs', 'check', 'examples/breached', '--perimeter', 'examples/perimeter.yaml', '--exit-zero'], { cwd: into, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(readFileSync(join(into, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
});

test('brings the licences of what is bundled', () => {
  const told = readFileSync(join(into, 'dist', 'LICENSES.txt'), 'utf8');
  for (const name of ['commander', 'valibot', '@aws-sdk/client-config-service']) {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { readonly version: string };
    expect(told).toContain(`${name} ${version}\n`);
  }
  expect(told).toContain(readFileSync('node_modules/commander/LICENSE', 'utf8').trim());
});

test('tells JavaScript what is missing', () => {
  const path = write('unread.mjs', "import { ask } from 'aws-perimeter-pack';\ntry { ask({ kind: 'trust', account: '111111111111', now: 0, policy: { Statement: [] } }, 'principals'); } catch (error) { console.log(String(error)); }\n");
  expect(printed(process.execPath, path)).toBe('TypeError: `policy`: expected what parsePolicy returns, found `object`\n');
});

/** Names every type of the library, and reads into each as far as it is described. */
const consumer = `
import {
  and, ask, askTogether, compare, decide, defaultPerimeter, describeAnswer, describePrincipal, describeRequest, duplicateKey, emptyPerimeter, findRequest, formulaOf, issuerOf, not, objectivesByKind, objectivesOf, or, parsePolicy, policy, PolicyError, prefixOf, satisfies,
  type Answer, type Condition, type Decision, type Difference, type Element, type Formula, type Found, type IdentityProvider, type Networks, type Objective, type Partner, type Perimeter, type Planes, type Policy, type Principal, type PrincipalKind, type Principals, type Question, type QuestionKind, type Reach, type Request, type Setting, type Statement, type Subject, type TogetherAnswer,
} from 'aws-perimeter-pack';

const networks: Networks = { ...emptyPerimeter.networks, vpcs: ['vpc-012abc01'] };
const partner: Partner = { name: 'Example Monitoring', accounts: ['123456789012'], externalIds: 'pinned', resources: [], reachable: [] };
const provider: IdentityProvider = { kind: 'own', issuer: 'issuer.example' };
const perimeter: Perimeter = { ...defaultPerimeter, organizations: ['o-4tkekae453'], networks, partners: [partner], identityProviders: [provider] };
const [kind, objective]: [QuestionKind, Objective] = ['resource', objectivesByKind.resource[1] ?? 'deputies'];
const subject: Subject = { kind, perimeter, account: '111111111111', now: 0 };
const text: string = '{}';

export function all(): readonly unknown[] {
  try { parsePolicy(text); } catch (error) { if (error instanceof PolicyError) return [error.message satisfies string, error.at satisfies string, duplicateKey(text, {}) satisfies string | undefined]; }
  const read: Policy = parsePolicy(text);
  const question: Question = { ...subject, policy: read };
  const planes: Planes = { scps: [read], rcps: [], resource: read };
  const answer: Answer = ask(question, objective);
  const together: TogetherAnswer = askTogether(subject, planes, objectivesOf(planes)[0] ?? 'principals');
  const setting: Setting = { attached: true };
  const formula: Formula = and(or(policy(read, setting), formulaOf(question)), not(policy(read)));
  const found: Found = findRequest(question, formula);
  const difference: Difference = compare(question, formula, formula).added;
  const said = [describeAnswer(answer), answer.notes[0], together.stoppedBy?.[0], prefixOf(subject), issuerOf('')];
  if (answer.answer === 'outside') said.push(answer.reach satisfies Reach, answer.at, answer.witness.action);
  if (found.kind !== 'request' || difference.kind !== 'request') return said;
  const request: Request = found.request;
  const principal: Principal = request.principal;
  const by: PrincipalKind = principal.kind;
  const decision: Decision = decide(read, request);
  const statement: Statement | undefined = decision.by ?? found.statement;
  const [element, named, condition]: [Element | undefined, Principals | undefined, Condition | undefined] = [statement?.actions, statement?.principals, statement?.conditions[0]];
  return [...said, describeRequest(request), describePrincipal(principal), by, element?.negated, named?.aws[0], condition?.name, condition?.values[0], statement?.at, difference.at, satisfies(formula, request)];
}

// @ts-expect-error a document is no policy
ask({ ...subject, policy: { Version: '2012-10-17', Statement: [] } }, objective);
// @ts-expect-error an objective of nobody's
ask({ ...subject, policy: parsePolicy(text) }, 'callers');
// @ts-expect-error a perimeter of one member
export const short: Perimeter = { organizations: [] };
// @ts-expect-error answers are not for changing
ask({ ...subject, policy: parsePolicy(text) }, objective).notes.push('');
// @ts-expect-error neither are policies
parsePolicy(text).statements.length = 0;
`;

test.each([['nodenext', 'nodenext'], ['esnext', 'bundler']])('is typed for strict TypeScript as %s, resolved as %s', (module, moduleResolution) => {
  // Without types of Node and browsers: the library stands by itself.
  const compilerOptions = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, target: 'es2022', lib: ['es2022'], types: [], module, moduleResolution };
  write('globals.d.ts', 'declare const console: { log(...values: unknown[]): void };\n');
  write('consumer.ts', consumer);
  write('script.cts', consumer);
  examples.forEach((text, i) => write(`example-${i}.ts`, text));
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts', '*.cts'] }));
  expect(spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' }).stdout).toBe('');
});

test('does what its page shows', () => {
  expect(examples).not.toEqual([]);
  // What an example prints stands in comments of their own lines.
  examples.forEach((text, i) => {
    const shown = [...text.matchAll(/^\/\/ (.*\n)/gm)].map(([, line]) => line).join('');
    expect(printed(process.execPath, write(`example-${i}.mjs`, transformSync(text, { loader: 'ts' }).code))).toBe(shown);
  });
});
