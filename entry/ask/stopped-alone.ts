import { asList, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { askTogether, type Objective, type TogetherAnswer } from '../../policy/index.ts';
import type { AskedTogether, Part } from './question.ts';
import { planeKind, withDocument } from './together.ts';

/**
 * An answer about networks that names those of the policies which stop it by themselves. The engine takes a resource's policy and an identity's together wherever one of
 * them may suffice without the other; where either does, whatever the other asks for, it alone is what holds.
 */
export function stoppedAlone(asked: AskedTogether, objective: Objective, answer: TogetherAnswer): TogetherAnswer {
  const { stoppedBy = [] } = answer;
  if (objective !== 'networks' || answer.answer !== 'inside' || !answer.because.startsWith('no policy alone')) return answer;
  const actions = actionsOf(asked);
  const alone = stoppedBy.filter((plane) => {
    const besideOpen = asked.parts.reduce((made, part, i) => part.kind === planeKind[plane] ? made : withDocument(made, i, opened(part, actions, asked.subject.account)), asked);
    return askTogether(besideOpen.subject, besideOpen.planes, objective).answer === 'inside';
  });
  return alone.length === 0 ? answer : { ...answer, stoppedBy: alone, because: `the ${alone.join(' and the ')} ${alone.length > 1 ? 'each stop' : 'stops'} it` };
}

/** All actions of the services that some of the policies name in what they allow; of all, where none names one. */
function actionsOf({ parts }: AskedTogether): readonly string[] {
  const given = parts.flatMap(({ document }) => statementsOf(document)).flatMap(({ Effect, Action = '*' }) => Effect === 'Deny' ? [] : asList(Action).map((one) => String(one).replace(/:.*/, ':*')));
  const named = [...new Set(given)].filter((one) => one !== '*');
  return named.length === 0 ? ['*'] : named;
}

/** A policy that asks nothing of those whom it lets in; a resource's lets in those whom it names, and leaves the rest of its account to their own policies. */
function opened({ kind, document }: Part, actions: readonly string[], account: string): Document {
  const allow = (more: object): Statement => ({ Effect: 'Allow', Action: actions, ...kind === 'trust' ? {} : { Resource: '*' }, ...more });
  const named = statementsOf(document).flatMap(({ Effect, Principal, NotPrincipal }) => Effect === 'Deny' ? [] : [allow(Principal === undefined ? { NotPrincipal } : { Principal })]);
  const onResource = kind === 'resource' || kind === 'trust';
  return { Version: '2012-10-17', Statement: onResource ? [...named, allow({ Principal: { AWS: account }, Action: '*' })] : [allow(kind === 'rcp' || kind === 'vpc-endpoint' ? { Principal: '*', Action: '*' } : {})] };
}
