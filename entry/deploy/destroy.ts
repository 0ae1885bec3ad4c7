import { DeleteObjectsCommand, ListObjectVersionsCommand, DeleteBucketCommand } from '@aws-sdk/client-s3';
import { ADMINISTRATOR_STACK, BUCKET_STACK, DEFINITION_PARAMETER, LEDGER, MANAGEMENT_STACK, MEMBER_STACK, ORGANIZATION_PACK_STACK } from '../../deployment/names.ts';
import type { Aws } from '../aws/clients.ts';
import { describeFault } from '../aws/faults.ts';
import type { Applied } from './apply.ts';
import type { Desired } from './desired.ts';
import { removeParameter } from './parameter-store.ts';
import { waitForOthers, whenFree, type Failing } from './rollout.ts';
import type { Settings } from './settings.ts';
import type { Batch } from './stack-set-plan.ts';
import { deleteInstances, deleteStackSet, findStackSet, listInstances, waitFor, type OnProgress } from './stack-set.ts';
import { findStack, removeStack, type Clock } from './stack.ts';
import { bucketExists, type Bucket } from './uploads.ts';

interface DestroyPorts { readonly aws: Aws; readonly settings: Settings; readonly clock: Clock; readonly say: (line: string) => void; readonly onProgress: (what: string) => OnProgress; readonly deleteBucket: boolean }

export interface Removed { readonly removed: readonly string[]; readonly failing: readonly Failing[]; readonly error: Applied['error']; readonly notBegun: readonly string[]; /** What is left behind on purpose, and how to remove it. */ readonly kept: readonly string[] }

/**
 * Removes a deployment, in the order in which nothing still used is taken away: organization packs, stacks of all accounts, the StackSet,
 * the administrator's stack, the bucket's. Nothing is thrown: what AWS refused is part of the answer, and another run goes on from there.
 */
export async function destroy(desired: Desired, ports: DestroyPorts): Promise<Removed> {
  const { place, bucket } = desired;
  const { aws, settings, clock, deleteBucket } = ports;
  const removed: string[] = [];
  const stackPhase = (name: string, region: string): readonly [string, () => Promise<readonly Failing[] | void>] => [`stack ${name} in ${region}`, async () => {
    const client = aws.cloudFormation(region);
    if (await findStack(client, name) === undefined) return;
    await removeStack(client, name, region, clock);
    removed.push(`stack ${name} in ${region}`);
  }];
  const regions = [...settings.regions].reverse();
  const phases: readonly (readonly [string, () => Promise<readonly Failing[] | void>])[] = [
    ...place.kind === 'organization' ? [...regions.map((region) => stackPhase(ORGANIZATION_PACK_STACK, region)), ['stacks of all accounts', () => removeStackSet(desired, ports, removed)] as const, stackPhase(ADMINISTRATOR_STACK, settings.homeRegion)] : [],
    ...place.kind === 'management' ? regions.map((region) => stackPhase(MANAGEMENT_STACK, region)) : [],
    ...place.kind === 'account' ? regions.map((region) => stackPhase(MEMBER_STACK, region)) : [],
    ...place.kind === 'account' ? settings.regions.map((region) => [`parameter ${DEFINITION_PARAMETER} in ${region}`, () => removeParameter(aws.ssm(region), DEFINITION_PARAMETER)] as const) : [],
    ...place.kind === 'management' ? [] : [stackPhase(BUCKET_STACK, settings.homeRegion)],
    ...deleteBucket && place.kind !== 'management' ? [[`bucket ${bucket.name}`, async () => { if (await removeBucket(bucket)) removed.push(`bucket ${bucket.name}`); }] as const] : [],
  ];
  const kept = keptOf(desired, deleteBucket);
  for (const [at, [name, run]] of phases.entries()) {
    ports.say(`${at + 1} of ${phases.length}: ${name}`);
    const notBegun = phases.slice(at + 1).map(([one]) => one);
    try {
      const failing = await run() ?? [];
      if (failing.length > 0) return { removed, failing, error: undefined, notBegun, kept };
    } catch (error) { return { removed, failing: [], error: { phase: name, message: describeFault(error) }, notBegun, kept }; }
  }
  return { removed, failing: [], error: undefined, notBegun: [], kept };
}

async function removeStackSet({ place, stackSet }: Desired, { aws, settings, clock, say, onProgress }: DestroyPorts, removed: string[]): Promise<readonly Failing[]> {
  if (place.kind !== 'organization' || stackSet === undefined) return [];
  const sets = { client: aws.cloudFormation(settings.homeRegion), callAs: place.callAs };
  const ports = { sets, clock, say: (line: string) => { say(`  ${line}`); }, onProgress };
  const set = await findStackSet(sets);
  if (set === undefined) return [];
  await waitForOthers(ports);
  const instances = await listInstances(sets);
  if (instances.length > 0) {
    const targeted = set.OrganizationalUnitIds ?? [];
    const batch: Batch = { units: targeted.length > 0 ? targeted : stackSet.wanted.units, regions: [...new Set(instances.map(({ region }) => region))].sort(), accounts: undefined, count: instances.length };
    const operation = await whenFree(() => deleteInstances(sets, batch, settings), ports);
    const status = await waitFor(sets, operation, clock, onProgress('removing stacks'));
    if (status !== 'SUCCEEDED') say(`  removing stacks: ${status}`);
  }
  const left = await listInstances(sets);
  removed.push(`${instances.length - left.length} stacks of members`);
  if (left.length > 0) return left.map(({ account, region, reason, detail, status }) => ({ account, region, what: 'not removed', reason: reason ?? detail ?? status }));
  await deleteStackSet(sets);
  removed.push(`StackSet ${MEMBER_STACK}`);
  return [];
}

/** Deletes all versions of all objects, and the bucket; answers whether there was one. */
async function removeBucket(bucket: Bucket): Promise<boolean> {
  if (!await bucketExists(bucket)) return false;
  const of = { Bucket: bucket.name, ExpectedBucketOwner: bucket.account };
  for (;;) {
    // The first page each time, for what it names is gone afterwards.
    const { Versions = [], DeleteMarkers = [] } = await bucket.client.send(new ListObjectVersionsCommand(of));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId }) => ({ Key, ...VersionId === undefined ? {} : { VersionId } }));
    if (Objects.length === 0) break;
    const { Errors = [] } = await bucket.client.send(new DeleteObjectsCommand({ ...of, Delete: { Objects, Quiet: true } }));
    const [first] = Errors;
    if (first !== undefined) throw new Error(`${Errors.length} objects of ${bucket.name} could not be deleted, such as ${first.Key ?? ''}: ${first.Code ?? ''} ${first.Message ?? ''}`);
  }
  await bucket.client.send(new DeleteBucketCommand(of));
  return true;
}

/** The ledger has a deletion protection of its own, and holds what a roll-back needs; nobody but the account itself can take it away. */
function keptOf({ place, bucket }: Desired, deleteBucket: boolean): readonly string[] {
  const where = place.kind === 'organization' ? 'in each account and Region' : 'in each Region';
  return [
    ...deleteBucket || place.kind === 'management' ? [] : [`bucket ${bucket.name} with definition and templates; --delete-bucket removes it`],
    `table ${LEDGER} ${where}, with what a roll-back of a remediation needs. It is protected; --delete-ledger says how to delete it`,
  ];
}

/** Commands for one account and Region, to be run there once its stack is gone. */
export const ledgerRemoval = (region: string): readonly string[] => [
  `aws dynamodb update-table --region ${region} --table-name ${LEDGER} --no-deletion-protection-enabled`,
  `aws dynamodb delete-table --region ${region} --table-name ${LEDGER}`,
];
