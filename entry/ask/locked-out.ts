import type { Document } from '../../core/policy-document.ts';
import { policy, prefixOf, type Question } from '../../policy/index.ts';
import { rcpServices } from '../../policy/tables/rcp-services.ts';
import { unsignedOf } from '../../templates/rcp-unsigned.ts';
import { unsignedActionsOf } from '../../policy/tables/unsigned-actions.ts';
import { actionsBeforeSignIn } from '../../templates/tables/before-sign-in.ts';
import { isMet } from './cost.ts';
import { servicesAsked } from './written.ts';

/** Whether an RCP, or the policy of an endpoint, in place of another stops what users sign in by, wherever they call from: what closes it to callers of others shuts out all. */
export function locksOut(question: Question, before: Document, after: Document): boolean {
  if (question.kind !== 'rcp' && question.kind !== 'vpc-endpoint') return false;
  const asked = question.kind === 'rcp' ? servicesAsked(question) : [prefixOf(question)!];
  return (asked.length > 0 ? asked : [...rcpServices]).some((service) => {
    const actions = [...unsignedActionsOf(service), ...actionsBeforeSignIn(service)];
    const isOpen = (document: Document): boolean => isMet({ ...question, service }, policy(unsignedOf(actions)), document);
    return actions.length > 0 && isOpen(before) && !isOpen(after);
  });
}
