import { strangeAccounts } from './accounts.ts';
import { foreignOrganizations, serviceCallers, servicesNamed } from './callers.ts';
import { asArnPattern, plainGlob } from './pattern.ts';
import type { Case, Cases } from './principals.ts';
import type { Question } from './question.ts';
import { ownOwner, regionOf } from './regions.ts';
import type { Work } from './classes.ts';
import { deputySources } from './tables/deputy-sources.ts';
import { actionsToTry } from './targets.ts';

/**
 * Requests an AWS service makes for somebody else: its principal with a source that is not mine.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function foreignSources(question: Question, work: Work): Cases | undefined {
  const accounts = strangeAccounts(question, work);
  const organizations = foreignOrganizations(question, work);
  const actions = actionsToTry(question, work);
  if (accounts === undefined || organizations === undefined || actions === undefined) return undefined;
  const owner = ownOwner(question);
  const notes: string[] = [];
  const cases: Case[] = [];
  const open = question.policy.statements.some((one) => one.effect === 'Allow' && (one.principals === undefined || one.principals.everyone || one.principals.negated));
  const names = [...new Set([...servicesNamed(question), ...(open ? ['cloudtrail.amazonaws.com'] : [])])];
  for (const name of names) {
    const sends = deputySources(name);
    if (sends === undefined) { notes.push(`what \`${name}\` sends of its source is not in our table, so it is not judged as a deputy`); continue; }
    const strange = [accounts.fresh, ...accounts.matched, ...accounts.named.filter(() => question.perimeter.accounts !== undefined)];
    for (const account of strange) {
      for (const organization of sends.organization ? [undefined, ...organizations] : [undefined]) {
        const [caller] = serviceCallers(question, [name], 'service');
        if (caller === undefined) continue;
        const made = {
          ...caller,
          fixed: { ...caller.fixed, 'aws:sourceaccount': sends.account ? [account] : null, 'aws:sourceowner': sends.account ? [account] : null, 'aws:sourceorgid': organization === undefined ? null : [organization] },
          freedom: (key: string) => {
            if (key === 'aws:sourcearn') return sends.arn ? { missing: false, present: true, form: name === 's3.amazonaws.com' ? plainGlob('arn:aws*:s3:::???*') : asArnPattern(plainGlob(`arn:aws*:*:*:${account}:?*`)), except: (value: string) => isMyBucket(question, value) } : { missing: true, present: false };
            if (key === 'aws:sourceorgpaths') return organization === undefined ? { missing: true, present: false } : { missing: false, present: true, one: true, form: plainGlob(`${organization}/*/`) };
            return caller.freedom(key);
          },
        };
        cases.push({ caller: made, owner, region: regionOf(question, made, owner, actions, work) });
      }
    }
  }
  return { cases, notes };
}

const isMyBucket = ({ perimeter }: Question, arn: string): boolean => {
  const bucket = /^arn:[^:]*:s3:::([^/]+)$/.exec(arn)?.[1];
  return bucket !== undefined && perimeter.buckets.includes(bucket);
};
