import type { Document } from '../../core/policy-document.ts';
import { parsePolicy, policy, type Policy, type Question } from '../../policy/index.ts';
import { rcpServices } from '../../policy/tables/rcp-services.ts';
import { isUnsigned } from '../../templates/conditions.ts';
import { actionsBeforeSignIn, unsignedActionsOf } from '../../templates/tables/without-caller.ts';
import { isMet } from './cost.ts';
import { servicesAsked } from './written.ts';

/** Whether an RCP in place of another stops what users sign in by, wherever they call from: what closes it to callers of others shuts out all. */
export function locksOut(question: Question, before: Document, after: Document): boolean {
  if (question.kind !== 'rcp') return false;
  const asked = servicesAsked(question);
  return (asked.length > 0 ? asked : [...rcpServices]).some((service) => {
    const actions = [...unsignedActionsOf(service), ...actionsBeforeSignIn(service)];
    const isOpen = (document: Document): boolean => isMet({ ...question, service }, policy(unsigned(actions)), document);
    return actions.length > 0 && isOpen(before) && !isOpen(after);
  });
}

const unsigned = (actions: readonly string[]): Policy => parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: actions, Resource: '*', Condition: isUnsigned }] });
