import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDocument, pretty } from '../report/plan-diff.ts';
import { nameOf } from '../report/lines.ts';
import { isChange, type PlanResult } from '../plan.ts';

/** Why the policies were not written. */
export class NotWritten extends Error { override name = 'NotWritten' }

interface PolicyFile { readonly name: string; readonly text: string }

/** The policies of all plans as they are and as they would be; a name for each that no file system reads as another's. */
export function policyFiles({ fixes }: Pick<PlanResult, 'fixes'>): readonly PolicyFile[] {
  const taken = new Set<string>();
  return fixes.filter(isChange).flatMap(({ remediation, findings: [found], plan: { before, after } }) => {
    // Names are what people look for; an id stands in where there is none.
    const policies = remediation.decidedBy === 'planner' ? Object.keys(after).filter((member) => /policy/i.test(member) && isDocument(after[member])) : [];
    return policies.flatMap((member): readonly PolicyFile[] => {
      const stem = [found.accountId, found.region === '' ? 'global' : found.region, nameOf(found)].map(safe).join('-');
      let name = stem;
      for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${stem}-${i}`;
      taken.add(name.toLowerCase());
      return [{ name: `${name}.before.json`, text: pretty(before[member]) }, { name: `${name}.after.json`, text: pretty(after[member]) }];
    });
  });
}

const safe = (text: string): string => text.replace(/[^\w.=@+-]/g, '_').slice(0, 100);

/** Writes all of them or, where one is there already, none; throws NotWritten. */
export function writePolicies(files: readonly PolicyFile[], folder: string, force: boolean): void {
  const there = force ? [] : files.filter(({ name }) => existsSync(join(folder, name)));
  const [first] = there;
  if (first !== undefined) throw new NotWritten(`\`${join(folder, first.name)}\`${there.length === 1 ? ' is' : ` and ${there.length - 1} more are`} there already: pass --force to replace files, or another folder`);
  try {
    if (files.length > 0) mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) writeFileSync(join(folder, name), text, { flag: force ? 'w' : 'wx' });
  } catch (error) { throw new NotWritten(`cannot write to \`${folder}\`: ${(error as Error).message}`); }
}
