import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonical } from '../../core/plan-text.ts';
import type { Change } from '../../core/remediation.ts';
import { dateTime, type Item } from '../remediation/ledger.ts';
import { sha256 } from '../remediation/hash.ts';
import type { Decided } from './decide.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html, less what key and names take. */
export const LARGEST = 390 * 1024;
/** Longer than any of the runbooks runs, so that a lock never passes to another run while one writes. */
const LEASE = 60 * 60;

export interface Planned extends Decided {
  readonly mode: 'Plan' | 'Apply';
  readonly summary: string;
  readonly planSha256: string | undefined;
  readonly approved: string | undefined;
  readonly change: Pick<Change, 'before' | 'after' | 'calls' | 'certificate'> | undefined;
  /** Of a rollback: the run it undoes, and until when the resource is held. */
  readonly rollback?: { readonly undoes: string; readonly holdUntil: string };
}

/** A planned run as the ledger holds it. What there is nothing of is `none`: a runbook's step that selects a missing attribute fails. */
export function recordOf({ decision, because, mode, summary, planSha256, approved, change, rollback }: Planned, now: number): Item {
  const seconds = Math.floor(now / 1000);
  const text = (value: string | undefined): AttributeValue => ({ S: value ?? 'none' });
  return {
    startedAt: text(dateTime(now)), mode: text(mode), decision: text(decision), because: text(shown(because)), summary: text(shown(summary)),
    planSha256: text(planSha256), approvedPlanSha256: text(approved),
    before: text(json(change?.before)), beforeSha: text(hashOf(change?.before)), after: text(json(change?.after)), afterSha: text(hashOf(change?.after)),
    certificate: text(json(change?.certificate)),
    undoes: text(rollback?.undoes), holdUntil: text(rollback?.holdUntil),
    now: { N: String(seconds) }, leaseUntil: { N: String(seconds + LEASE) },
    precheck: text('none'), verify: text('none'), outcome: text('none'),
    policy: text('none'), name: text('none'), ...change === undefined ? {} : stepInputs(change.calls[0]),
  };
}

/** What the runbook's own step writes, as attributes that a selector takes whole. */
function stepInputs({ api, input }: Change['calls'][0]): Item {
  switch (api) {
    case 'ModifyVpcEndpoint': return { policy: { S: String(input['PolicyDocument']) } };
    case 'UpdateAssumeRolePolicy': return { policy: { S: String(input['PolicyDocument']) }, name: { S: String(input['RoleName']) } };
    case 'UpdateFunctionConfiguration': {
      const { SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack } = input['VpcConfig'] as { readonly SubnetIds: readonly string[]; readonly SecurityGroupIds: readonly string[]; readonly Ipv6AllowedForDualStack: boolean };
      const texts = (all: readonly string[]): AttributeValue => ({ L: all.map((S) => ({ S })) });
      return { revisionId: { S: String(input['RevisionId']) }, subnetIds: texts(SubnetIds), securityGroupIds: texts(SecurityGroupIds), ipv6: { BOOL: Ipv6AllowedForDualStack } };
    }
    default: throw new Error(`no runbook sends \`${api}\` from a plan`);
  }
}

const json = (value: object | undefined): string | undefined => value === undefined ? undefined : JSON.stringify(value);
export const hashOf = (value: object | undefined): string | undefined => value === undefined ? undefined : sha256(canonical(value));

/** Systems Manager expands what stands in two braces: a plan that sends them is refused, and what is only shown loses them. */
const shown = (text: string): string => text.replaceAll('{{', '{ {');

export const isTooLarge = (record: Item): boolean => Buffer.byteLength(JSON.stringify(record)) > LARGEST;
