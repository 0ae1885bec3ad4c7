import type { Verdict } from '../../core/verdict.ts';

export type Log = (level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>) => void;

/** One line of JSON an entry, as CloudWatch Logs Insights reads it. */
export const jsonLog = (write: (line: string) => void): Log => (level, message, fields) => { write(JSON.stringify({ level, message, ...fields })); };

/** The whole verdict: annotations hold 256 characters, a finding's witness needs more. */
export function logVerdict(log: Log, rule: string, resource: { readonly accountId: string; readonly resourceType: string; readonly resourceId: string }, verdict: Verdict): void {
  const { accountId, resourceType, resourceId } = resource;
  log(verdict.kind === 'non-compliant' || verdict.kind === 'undecided' ? 'warn' : 'info', verdict.kind, { rule, accountId, resourceType, resourceId, verdict });
}
