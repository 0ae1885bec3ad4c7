import type { Diagnosis } from '../diagnose.ts';
import { severities } from '../finding.ts';
import { grouped } from '../group.ts';

/** What a program reads: all findings with every account, and how much could not be looked at. */
export function jsonReport({ findings, checks, regions, accounts, looked, places }: Diagnosis): string {
  const groups = grouped(findings);
  return `${JSON.stringify({
    checks, regions, accounts: accounts?.length ?? null, lookedInto: { places: looked, of: places },
    counts: Object.fromEntries(severities.map((one) => [one, groups.filter(({ severity }) => severity === one).length])),
    findings: groups.map(({ accounts: found, ...said }) => ({ ...said, places: [...found].map(([account, all]) => ({ account, regions: all })) })),
  }, null, 2)}\n`;
}
