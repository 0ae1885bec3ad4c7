import { canonical } from '../../core/plan-text.ts';
import { sha256 } from '../remediation/hash.ts';
import { Ledger, textOf, type LedgerPorts } from '../remediation/ledger.ts';
import { changesPolicy, policyMembers } from '../remediation/policy-members.ts';

export interface WritePorts extends LedgerPorts {
  readonly ledgerTable: string;
  readonly modifyVpcEndpoint: (input: { readonly VpcEndpointId: string; readonly PolicyDocument: string }) => Promise<unknown>;
  readonly updateAssumeRolePolicy: (input: { readonly RoleName: string; readonly PolicyDocument: string }) => Promise<unknown>;
  readonly now: () => number;
}

/**
 * Writes the policy that a run has planned, in the place of the runbook's own step. It takes no policy from its caller: whoever may
 * invoke it can only have done what the ledger holds, for a run that has the lock and passed its precheck.
 */
export async function write(event: unknown, ports: WritePorts): Promise<{ readonly ok: 'true' }> {
  const { remediation, resourceId, executionId, ...others } = (event ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof remediation !== 'string' || typeof resourceId !== 'string' || typeof executionId !== 'string' || Object.keys(others).length > 0) {
    throw new Error('the event is not `{ remediation, resourceId, executionId }`, each of them text');
  }
  if (!changesPolicy(remediation)) throw new Error(`\`remediation\` is \`${remediation}\`, which is not written here`);
  const run = { remediation, resourceId, executionId };
  const refuse = (because: string): never => { throw new Error(`nothing is written for run \`${executionId}\`: ${because}`); };

  const ledger = new Ledger(ports.ledgerTable, ports);
  const { lockedBy, lockUntil } = await ledger.state(run);
  if (lockedBy !== executionId) refuse(`it does not hold the lock of \`${resourceId}\``);
  if (lockUntil * 1000 <= ports.now()) refuse('its lock has expired');
  const record = await ledger.run(run) ?? refuse('the ledger has no record of it');
  const [decision, precheck, policy = '', afterSha, name = ''] = ['decision', 'precheck', 'policy', 'afterSha', 'name'].map((one) => textOf(record, one));
  if (decision !== 'apply') refuse(`its decision is \`${decision}\``);
  if (precheck !== 'unchanged') refuse(`its precheck is \`${precheck}\``);
  if (hashOf(policyMembers[remediation], policy) !== afterSha) refuse('its policy is not the one that was planned');

  if (remediation === 'confine-vpc-endpoint-policy') await ports.modifyVpcEndpoint({ VpcEndpointId: resourceId, PolicyDocument: policy });
  else await ports.updateAssumeRolePolicy({ RoleName: name, PolicyDocument: policy });
  return { ok: 'true' };
}

function hashOf(member: string, policy: string): string | undefined {
  try { return sha256(canonical({ [member]: JSON.parse(policy) as unknown })); } catch { return undefined; }
}
