import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aws, type Aws } from '../../../entry/aws/clients.ts';
import { runApply, runDestroy, runPreview, runStatus, told, type Surroundings, type Target } from '../../../entry/deploy/run.ts';
import type { Settings } from '../../../entry/deploy/settings.ts';
import { synthesize, type Templates } from '../../../entry/deploy/templates.ts';
import { startOrganization, type Organization, type OrganizationOptions } from '../../support/organization/index.ts';

/** Code of functions, short and told apart. */
export const code = Object.fromEntries(['evaluator', 'planner', 'writer', 'reevaluator', 'publisher'].map((stem) => [stem, `exports.handler = () => '${stem}';`])) as unknown as Templates['code'];

/** Synthesis takes a while, and the same settings give the same templates. */
const known = new Map<string, Templates>();
export function templatesFor(settings: Settings, of = code): Templates {
  const key = JSON.stringify([settings, of]);
  const templates = known.get(key) ?? synthesize(settings, of);
  known.set(key, templates);
  return templates;
}

export interface Answer { readonly exit: number; readonly out: string; readonly err: string }
export interface Stage {
  readonly organization: Organization;
  readonly preview: (options?: Partial<Target> & { readonly json?: boolean }) => Promise<Answer>;
  readonly apply: (options?: Partial<Target> & { readonly json?: boolean }) => Promise<Answer>;
  readonly status: (options?: Partial<Target> & { readonly json?: boolean; readonly shallow?: boolean }) => Promise<Answer>;
  readonly destroy: (options?: Partial<Target> & { readonly deleteBucket?: boolean }) => Promise<Answer>;
  /** Replaces a file of the administrator. */
  readonly write: (file: 'perimeter.yaml' | 'deployment.yaml', text: string) => void;
  /** The next commands come from another account. */
  readonly as: (account: string) => void;
  /** Another version of the functions is deployed from now on. */
  readonly release: (next: Templates['code']) => void;
  /** What commands are asked and answer at a terminal; none: there is no terminal. */
  answers: string[] | undefined;
  readonly aws: () => Aws;
  readonly close: () => Promise<void>;
}

export const settingsText = 'homeRegion: eu-west-1\nregions: [eu-west-1, us-east-1]\ntargets: [r-perm]\n';
const definitionText = 'version: 1\norganizations: [o-perimeter01]\naccounts: organization\n';

/** An administrator with files, in front of an organization on a loopback port. */
export async function openStage(options: OrganizationOptions = {}, settings = settingsText, definition = definitionText): Promise<Stage> {
  const organization = await startOrganization({ accounts: 8, polls: 0, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  const before = { ...process.env };
  const enter = (account?: string): void => { Object.assign(process.env, organization.env(account), { AWS_MAX_ATTEMPTS: '3', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }); };
  enter();
  const write = (file: string, text: string): void => { writeFileSync(join(folder, file), text); };
  write('perimeter.yaml', definition);
  write('deployment.yaml', settings);
  let current = code;
  const target = { perimeter: join(folder, 'perimeter.yaml'), settings: join(folder, 'deployment.yaml') };

  const run = async (command: string, act: (around: Surroundings) => Promise<number>): Promise<Answer> => {
    const said = { out: '', err: '' };
    const { answers } = stage;
    const around: Surroundings = {
      io: {
        out: (text) => { said.out += text; }, err: (text) => { said.err += text; }, isTTY: false, color: false, columns: 100, now: Date.now, setExitCode: () => undefined,
        ...answers === undefined ? {} : { question: (text: string) => { said.err += text; return Promise.resolve(answers.shift() ?? ''); } },
      },
      aws: aws(), clock: { now: Date.now, sleep: () => Promise.resolve() }, synthesize: (given) => templatesFor(given, current),
    };
    return { exit: await told(command, around, () => act(around)), ...said };
  };
  const stage: Stage = {
    organization, write, as: enter, release: (next) => { current = next; }, answers: undefined, aws,
    preview: (more = {}) => run('preview', (around) => runPreview({ ...target, ...more }, around)),
    apply: (more = {}) => run('apply', (around) => runApply({ ...target, ...stage.answers === undefined ? { yes: true } : {}, ...more }, around)),
    status: (more = {}) => run('status', (around) => runStatus({ ...target, ...more }, around)),
    destroy: (more = {}) => run('destroy', (around) => runDestroy({ ...target, ...stage.answers === undefined ? { yes: more.management === true ? 'perimeter-management' : 'perimeter-member' } : {}, ...more }, around)),
    async close() {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      rmSync(folder, { recursive: true });
      await organization.close();
    },
  };
  return stage;
}

/** Operations that change something, of those that were called. */
export const writesIn = ({ calls }: Organization, from = 0): readonly string[] =>
  calls.slice(from).filter(({ operation }) => /^(Create|Update|Delete|Put|Execute|Start|Activate|Enable|Register)/.test(operation)).map(({ service, operation }) => `${service}:${operation}`);
