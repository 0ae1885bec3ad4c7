import { BUCKET_STACK } from '../../deployment/names.ts';
import type { Aws } from '../aws/clients.ts';
import { describeFault } from '../aws/faults.ts';
import type { Desired, DesiredStack } from './desired.ts';
import { readParameter, writeParameter } from './parameter-store.ts';
import { rollOut, type Failing } from './rollout.ts';
import type { Settings } from './settings.ts';
import type { OnProgress } from './stack-set.ts';
import { applyStack, findStack, isMade, type Clock } from './stack.ts';
import { bucketExists, objectExists, readObject, upload, type Upload } from './uploads.ts';
import { mustExist } from './templates-elsewhere.ts';

/** One thing that was seen to. */
export interface Done { readonly what: string; readonly change: 'created' | 'updated' | 'unchanged' }

export interface Applied {
  readonly done: readonly Done[];
  /** Accounts and Regions that are not as they should be. */
  readonly failing: readonly Failing[];
  /** What did not come about: the phase, and why. Phases after it were not begun. */
  readonly error: { readonly phase: string; readonly message: string } | undefined;
  /** Phases that were not begun. */
  readonly notBegun: readonly string[];
}

export interface ApplyPorts { readonly aws: Aws; readonly settings: Settings; readonly clock: Clock; readonly say: (line: string) => void; readonly onProgress: (what: string) => OnProgress }

interface Phase { readonly name: string; readonly run: () => Promise<readonly Failing[]> }

/**
 * Makes everything that is desired stand, phase by phase, and leaves alone what stands already. A phase that fails ends the run, for the next
 * ones rest on it; another run goes on where this one ended. Nothing is thrown: what AWS refused is part of the answer.
 */
export async function apply(desired: Desired, ports: ApplyPorts): Promise<Applied> {
  const done: Done[] = [];
  const failing: Failing[] = [];
  const phases = phasesOf(desired, ports, done);
  for (const [place, phase] of phases.entries()) {
    ports.say(`${place + 1} of ${phases.length}: ${phase.name}`);
    try {
      const failed = await phase.run();
      failing.push(...failed);
      // An organization pack needs what the member stacks make in every account.
      if (failed.length > 0) return { done, failing, error: undefined, notBegun: phases.slice(place + 1).map(({ name }) => name) };
    } catch (error) {
      return { done, failing, error: { phase: phase.name, message: describeFault(error) }, notBegun: phases.slice(place + 1).map(({ name }) => name) };
    }
  }
  return { done, failing, error: undefined, notBegun: [] };
}

function phasesOf(desired: Desired, ports: ApplyPorts, done: Done[]): readonly Phase[] {
  const { bucket, bucketStack, templates, definitions, parameters, stacks, stackSet, packs, place } = desired;
  const { aws, settings, clock, say } = ports;
  const phase = (name: string, run: () => Promise<readonly Failing[] | void>): Phase => ({ name, run: async () => await run() ?? [] });
  const stackPhase = (stack: DesiredStack): Phase => phase(`stack ${stack.name} in ${stack.region}`, async () => {
    const wanted = stack.name === BUCKET_STACK ? await withImports(ports, desired, stack) : stack;
    done.push({ what: `stack ${stack.name} in ${stack.region}`, change: await applyStack(aws.cloudFormation(stack.region), wanted, clock, (what) => { say(`  ${what}`); }) });
  });
  return [
    ...bucketStack === undefined ? [] : [stackPhase(bucketStack)],
    ...templates.length === 0 ? [] : [phase(`templates in ${bucket.name}`, () => place.kind === 'management' ? findTemplates(desired) : uploadTemplates(desired, done))],
    ...definitions.map((one) => phase(`${one.key} in ${bucket.name}`, () => uploadDefinition(desired, one, done))),
    ...parameters.map(({ region, name, value }) => phase(`parameter ${name} in ${region}`, async () => {
      const known = await readParameter(aws.ssm(region), name);
      if (known !== value) await writeParameter(aws.ssm(region), name, value);
      done.push({ what: `parameter ${name} in ${region}`, change: known === undefined ? 'created' : known === value ? 'unchanged' : 'updated' });
    })),
    ...stacks.map(stackPhase),
    ...stackSet === undefined || place.kind !== 'organization' ? [] : [phase('stacks of all accounts', async () => {
      const sets = { client: aws.cloudFormation(settings.homeRegion), callAs: place.callAs };
      const { changed, failing, stopped } = await rollOut({ aws, sets, settings, clock, say: (line) => { say(`  ${line}`); }, onProgress: ports.onProgress }, stackSet);
      done.push({ what: `StackSet with ${stackSet.wanted.accounts.length * stackSet.wanted.regions.length} stacks`, change: changed === 0 ? 'unchanged' : 'updated' });
      if (stopped) say('  accounts that come first failed; the others were left as they are');
      return failing;
    })],
    ...packs.map(stackPhase),
  ];
}

/** A bucket outlives its stack; a new stack takes it in, for it cannot make another of the same name. */
async function withImports({ aws }: ApplyPorts, { bucket }: Desired, stack: DesiredStack): Promise<DesiredStack> {
  if (isMade(await findStack(aws.cloudFormation(stack.region), stack.name)) || !await bucketExists(bucket)) return stack;
  const ResourceIdentifier = { BucketName: bucket.name };
  return { ...stack, imports: [
    { ResourceType: 'AWS::S3::Bucket', LogicalResourceId: 'Bucket', ResourceIdentifier },
    { ResourceType: 'AWS::S3::BucketPolicy', LogicalResourceId: 'BucketPolicy', ResourceIdentifier: { Bucket: bucket.name } },
  ] };
}

async function uploadTemplates({ bucket, templates }: Desired, done: Done[]): Promise<void> {
  for (const one of templates) {
    const isThere = await objectExists(bucket, one.key);
    if (!isThere) await upload(bucket, one);
    done.push({ what: one.key, change: isThere ? 'unchanged' : 'created' });
  }
}

/** For the management account, which may read templates of the administrator's bucket and write none. */
async function findTemplates({ bucket, templates }: Desired): Promise<void> {
  for (const { key } of templates) await mustExist(bucket, key);
}

async function uploadDefinition({ bucket }: Desired, one: Upload, done: Done[]): Promise<void> {
  const known = await readObject(bucket, one.key);
  if (known !== one.text) await upload(bucket, one);
  done.push({ what: one.key, change: known === undefined ? 'created' : known === one.text ? 'unchanged' : 'updated' });
}
