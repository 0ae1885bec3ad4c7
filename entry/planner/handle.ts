import { remediationIssues } from '../../core/check-remediations.ts';
import { DefinitionError } from '../../core/definition.ts';
import type { AnyRemediation } from '../../core/remediation.ts';
import { Ledger } from '../remediation/ledger.ts';
import { planFindings } from './findings.ts';
import type { Given, Ports } from './given.ts';
import type { Place } from './item.ts';
import { plan } from './plan.ts';
import { precheck } from './precheck.ts';
import { BadRequest, readRequest } from './request.ts';
import { planRollback } from './rollback.ts';
import { verify } from './verify.ts';

/** What a runbook gets: it reads everything else from the ledger, which has types. */
export interface Answer { readonly ok: 'true' }

/** Takes a request of a runbook, or an event of EventBridge, to what the ledger is to hold of it. Changes nothing but the ledger. */
export async function handle(event: unknown, place: Place, remediations: readonly AnyRemediation[], ports: Ports): Promise<Answer> {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw new BadRequest('the event is not an object');
  const fields = event as Readonly<Record<string, unknown>>;
  const definition = await ports.definition();
  const issues = remediationIssues(definition, remediations);
  if (issues.length > 0) throw new DefinitionError(issues);
  const planned = remediations.filter(({ decidedBy }) => decidedBy === 'planner');
  const given: Given = { place, remediations: planned, definition, ledger: new Ledger(ports.ledgerTable, ports), ports };
  if ('detail-type' in fields) await planFindings(fields, given);
  else await answer(fields, given);
  return { ok: 'true' };
}

async function answer(fields: Readonly<Record<string, unknown>>, given: Given): Promise<void> {
  const request = readRequest(fields);
  const remediation = given.remediations.find(({ id }) => id === request.remediation);
  if (remediation === undefined) throw new BadRequest(`\`remediation\` is \`${request.remediation}\`, which nothing is planned for; known: ${given.remediations.map(({ id }) => `\`${id}\``).join(', ')}`);
  switch (request.op) {
    case 'plan': return given.ledger.put(request, await plan(remediation, request, given));
    case 'precheck': return given.ledger.note(request, 'precheck', await precheck(remediation, request, given));
    case 'verify': return given.ledger.note(request, 'verify', await verify(remediation, request, given));
    case 'plan-rollback': return given.ledger.put(request, await planRollback(remediation, request, given));
  }
}
