import type { Document } from '../../core/policy-document.ts';
import { policy, type Question } from '../../policy/index.ts';
import { rcpServices } from '../../policy/tables/rcp-services.ts';
import { unsignedOf } from '../../templates/rcp-unsigned.ts';
import { actionsBeforeSignIn, unsignedActionsOf } from '../../templates/tables/without-caller.ts';
import { isMet } from './cost.ts';
import { servicesAsked } from './written.ts';

/** Whether an RCP in place of another stops what users sign in by, wherever they call from: what closes it to callers of others shuts out all. */
export function locksOut(question: Question, before: Document, after: Document): boolean {
  if (question.kind !== 'rcp') return false;
  const asked = servicesAsked(question);
  return (asked.length > 0 ? asked : [...rcpServices]).some((service) => {
    const actions = [...unsignedActionsOf(service), ...actionsBeforeSignIn(service)];
    const isOpen = (document: Document): boolean => isMet({ ...question, service }, policy(unsignedOf(actions)), document);
    return actions.length > 0 && isOpen(before) && !isOpen(after);
  });
}
