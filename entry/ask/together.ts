import { statementsOf, withMore, withStatement, type Document, type Statement } from '../../core/policy-document.ts';
import { ask, askTogether, parsePolicy, prefixOf, type Objective, type Question, type QuestionKind } from '../../policy/index.ts';
import { resourceServices } from '../../templates/tables/resource-services.ts';
import { isOfIdentity } from './answer-to.ts';
import { bindings, holding, isLetIn, keysOf, MOST_ASKED, withWider, type Loosened } from './bindings.ts';
import { closingChanges, MOST_CHANGES, type Closing } from './changes.ts';
import { costOf, keepingOut } from './cost.ts';
import { denialsBeside } from './denials.ts';
import { networksToList } from './instructions.ts';
import { canBeAsked, planesOf, type AskedTogether, type Part, type PlaneKind } from './question.ts';

/** Changes to one of several policies after which all together are closed, and the question with that changed. */
export interface ClosingTogether extends Omit<Closing, 'document'> { readonly all: readonly AskedTogether[] }

/**
 * What closes policies together: the changes that close one of them by itself, in whichever that takes fewest, asked again together. Where none does,
 * what a person must do in one of them. `all`: the same as of each account that it may be about.
 */
export function closingTogether(all: readonly [AskedTogether, ...AskedTogether[]], objective: Objective): ClosingTogether {
  const isInside = (some: readonly AskedTogether[]): boolean => some.every(({ subject, planes }) => askTogether(subject, planes, objective).answer === 'inside');
  const [{ parts }] = all;
  if (isInside(all)) return { changes: [], closed: true, all };
  const tried = parts.flatMap((_, index) => closingIn(all, index, objective, isInside) ?? []);
  const [best] = tried.toSorted((a, b) => Number(b.closed) - Number(a.closed) || Number(isWritten(a)) - Number(isWritten(b)) || a.changes.length - b.changes.length || worth(a) - worth(b) || lost(a) - lost(b));
  if (best?.closed === true || objective !== 'networks') return best ?? { changes: [], closed: false, all };
  return denyingElsewhere(all, isInside) ?? best ?? { changes: [besideAll(all[0])], closed: false, all };
}

/**
 * What closes one of them by itself, asked about what gets through all of them, and again about what does so then. `undefined`: nothing does, or what closes this one alone
 * leaves what another lets through beside it.
 */
function closingIn(all: readonly AskedTogether[], index: number, objective: Objective, isInside: (all: readonly AskedTogether[]) => boolean): ClosingTogether | undefined {
  const [{ parts }] = all as readonly [AskedTogether, ...AskedTogether[]];
  const part = parts[index]!;
  const changed = (document: Document): readonly AskedTogether[] => all.map((one) => withDocument(one, sameIn(one, parts, index), document));
  const idle = idleIn(part.document, (document) => isInside(changed(document)));
  const asked = new Set<string | undefined>();
  let [document, after, changes]: [Document, readonly AskedTogether[], readonly string[]] = [idle.reduce((made, i) => withStatement(made, i, emptied(statementsOf(made)[i]!)), part.document), all, []];
  for (;;) {
    const service = part.kind === 'scp' || part.kind === 'rcp' ? serviceFound(after, objective) : undefined;
    const [first, ...others] = asked.has(service) ? [] : all.flatMap((one) => questionOf(one, sameIn(one, parts, index), objective, service) ?? []);
    if (first === undefined) return undefined;
    asked.add(service);
    const closing = closingChanges([first, ...others], document, objective, parts.flatMap((one) => one === part ? [] : [one.document]));
    if (closing.changes.length === 0) return undefined;
    ({ document } = closing);
    after = changed(idle.reduce((made, i) => withStatement(made, i, statementsOf(part.document)[i]), document));
    changes = [...changes, ...closing.changes.map((one) => inPart(one, part, parts))];
    const closed = closing.closed && isInside(after);
    // An SCP, or the policies of resources, close it and keep none of mine out.
    if (isOfIdentity(first, objective) && (!closed || changes.some(isCostly))) return undefined;
    if (closed || !closing.closed || changes.length >= MOST_CHANGES) return { changes: changes.slice(0, MOST_CHANGES), closed: closed && changes.length <= MOST_CHANGES, all: after };
  }
}

/** The service of a request that gets through all of them, where they are not about one alone. */
function serviceFound(all: readonly AskedTogether[], objective: Objective): string | undefined {
  for (const { subject, planes, parts } of all) {
    const found = parts.length === 1 || prefixOf(subject) !== undefined ? undefined : askTogether(subject, planes, objective);
    if (found?.answer === 'outside') return found.witness.action.split(':', 1)[0];
  }
  return undefined;
}

/** A Deny for all actions on the resource, whichever of the policies lets them through, as AWS's bucket policy has it: https://github.com/aws-samples/data-perimeter-policy-examples */
function denyingElsewhere(all: readonly [AskedTogether, ...AskedTogether[]], isInside: (all: readonly AskedTogether[]) => boolean): ClosingTogether | undefined {
  const [{ subject, planes, parts }] = all;
  const index = parts.findIndex(({ kind }) => kind === 'resource');
  const [part, question, answer, prefix] = [parts[index], questionOf(all[0], index, 'networks'), askTogether(subject, planes, 'networks'), prefixOf(subject)];
  if (part === undefined || question === undefined || subject.resource === undefined || prefix === undefined || answer.answer !== 'outside') return undefined;
  // Some services take no other actions in the policies of their resources than those.
  const Action = (Object.hasOwn(resourceServices, prefix) ? resourceServices[prefix]!.actions : undefined) ?? `${prefix}:*`;
  for (const Resource of [subject.resource, [subject.resource, `${subject.resource}/*`], '*']) for (const statement of denialsBeside(question, 'networks', answer, { Action, Resource })) {
    const document = withMore(part.document, statement);
    const after = all.map((one) => withDocument(one, sameIn(one, parts, index), document));
    if (!isInside(after)) continue;
    const cost = costOf(question, 'networks', answer, part.document, document, parts.flatMap((one) => one === part ? [] : [one.document]));
    return { changes: [inPart(`add the statement \`${JSON.stringify(statement)}\`${keepingOut(cost)}`, part, parts)], closed: true, all: after };
  }
  return undefined;
}

/** What a person must do beside policies of which none, changed, holds the others. */
const besideAll = ({ subject: { perimeter }, parts }: AskedTogether): string => networksToList(perimeter)
  ?? `deny what comes from elsewhere: by the SCP that \`perimeter write network-scp\` writes of the definition, or in policies of resources, for no change to ${parts.length === 1 ? 'this policy' : 'one of these'} was found that does`;

const inPart = (change: string, part: Part, parts: readonly Part[]): string => parts.length === 1 ? change : `in ${nameOf(part)}: ${change}`;

/** What a template writes is many statements in one change. */
const isWritten = ({ changes }: ClosingTogether): boolean => changes.some((one) => one.includes('`perimeter write '));
const isCostly = (change: string): boolean => change.includes('; that keeps out ');
/** Of as many changes those that keep nobody else out go first, and then those that mend what is there: they show the mistake. */
const worth = ({ changes }: ClosingTogether): number => Number(changes.some(isCostly)) * 2 + Number(changes.some((one) => /^(?:in `[^`]*`: )?add /.test(one)));

/** How many kinds of requests of mine are lost, as its text tells them. */
const lost = ({ changes }: ClosingTogether): number => changes.reduce((sum, one) => sum + (one.split('; that keeps out ')[1]?.replaceAll(/\([^)]*\)/g, '').split(', ').length ?? 0), 0);

/** Allows through which by themselves nothing gets that the other policies let through: they stay as they are. */
function idleIn(document: Document, isInside: (document: Document) => boolean): number[] {
  const allows = statementsOf(document).flatMap((one, i) => one['Effect'] === 'Allow' ? [i] : []);
  return allows.length < 2 ? [] : allows.filter((i) => isInside(allows.reduce((made, other) => other === i ? made : withStatement(made, other, emptied(statementsOf(made)[other]!)), document)));
}
/** Allows nothing, and those that follow keep their numbers. */
const emptied = ({ Action: _, ...statement }: Statement): Statement => ({ ...statement, NotAction: '*' });

const nameOf = ({ file, kind }: Part): string => `\`${file ?? kind}\``;

/** Where a policy stands in the question as of another account, which may leave out those of the resource. */
function sameIn({ parts }: AskedTogether, all: readonly Part[], index: number): number {
  const { kind } = all[index]!;
  const nth = all.slice(0, index).filter((one) => one.kind === kind).length;
  return parts.flatMap((one, i) => one.kind === kind ? [i] : [])[nth] ?? -1;
}

export function withDocument(asked: AskedTogether, index: number, document: Document): AskedTogether {
  if (index === -1) return asked;
  const parts = asked.parts.map((one, i) => i === index ? { ...one, document, policy: parsePolicy(document) } : one);
  return { ...asked, parts, planes: planesOf(parts).planes };
}

/** The question about one of the policies by itself, of a service where they are not about one; `undefined`: it cannot be asked about the objective. */
export function questionOf({ subject, parts }: AskedTogether, index: number, objective: Objective, service?: string): Question | undefined {
  const part = parts[index];
  if (part === undefined) return undefined;
  const kind: QuestionKind = part.kind === 'boundary' ? 'identity' : part.kind;
  const { resource, ...others } = subject;
  const isOnResource = kind === 'resource' || kind === 'trust' || kind === 'rcp';
  // What an RCP says of roles it says of the actions that assume them.
  const ofRoles = kind === 'rcp' && subject.kind === 'trust' ? { service: 'sts' } : {};
  // What an SCP or an RCP says of other services than those of what gets through, the policies beside it refuse, or none of them needs.
  const prefix = kind === 'scp' && objective === 'networks' ? prefixOf(subject) ?? service : service;
  const ofService = prefix === undefined ? {} : { service: prefix };
  return canBeAsked(kind, objective) || isOfIdentity({ kind }, objective) ? { ...others, ...isOnResource && resource !== undefined ? { resource } : {}, ...ofRoles, ...ofService, kind, policy: part.policy } : undefined;
}

/** The kind of the policies on a plane that the engine names. */
export const planeKind: Readonly<Record<string, PlaneKind>> = { 'identity policy': 'identity', 'permissions boundary': 'boundary', SCP: 'scp', RCP: 'rcp', 'endpoint policy': 'vpc-endpoint', 'resource policy': 'resource', 'trust policy': 'trust' };

/** Statements with the files that they stand in, where there are several; the engine names those of a plane in the order of its policies, and none of one that only denies. */
export function withFiles<T extends { readonly plane: string }>({ parts }: AskedTogether, all: readonly T[]): (T & { readonly file?: string })[] {
  return all.map((one, i) => {
    const nth = all.slice(0, i).filter(({ plane }) => plane === one.plane).length;
    const file = parts.filter(({ kind, policy }) => kind === planeKind[one.plane] && policy.statements.some(({ effect }) => effect === 'Allow'))[nth]?.file;
    return parts.length === 1 || file === undefined ? one : { ...one, file };
  });
}

/**
 * The parts of the policies that keep outsiders out. Of one that does by itself, what does so in it; of several that do together, what cannot be taken
 * away from any. `stoppedBy`: the planes that the engine names.
 */
export function bindingsTogether(asked: AskedTogether, objective: Objective, stoppedBy: readonly string[]): string[] {
  const kinds = stoppedBy.map((one) => planeKind[one]);
  const concerned = asked.parts.flatMap((part, index) => kinds.includes(part.kind) ? [{ part, index, question: questionOf(asked, index, objective) }] : []);
  const alone = concerned.flatMap(({ part, question }) => question !== undefined && canBeAsked(question.kind, objective) && ask(question, objective).answer === 'inside' ? bindings(question, part.document, objective).map((one) => inFile(asked, part, one)) : []);
  if (alone.length > 0) return alone;
  const others = { ...asked, parts: asked.parts.filter((one) => kinds.includes(one.kind)) };
  return others.parts.flatMap((part, of) => {
    const opens = (changed: Document): boolean => {
      const { subject, planes } = withDocument(others, of, changed);
      return isLetIn(askTogether(subject, planes, objective));
    };
    const beside = others.parts.reduce((sum, { policy }) => sum + policy.statements.length, 0) - part.policy.statements.length;
    return holding(part.document, opens, (one, i) => {
      const place = `Statement${Array.isArray(part.document['Statement']) ? ` ${i}` : ''}`;
      if (one['Effect'] === 'Deny') return [{ document: withStatement(part.document, i, undefined), words: `the Deny of ${place}${keysOf(one)}` }];
      const without = (name: string, wide: Statement, words: string): Loosened[] => one[name] === undefined ? [] : [{ document: withWider(part.document, wide), words }];
      const { Condition: _, ...unconditioned } = one;
      return [
        ...without('Condition', unconditioned, `the conditions of ${place}${keysOf(one)}`),
        ...without('Principal', { ...one, Principal: '*' }, `whom ${place} names`), ...without('Resource', { ...one, Resource: '*' }, `the resources that ${place} names`),
      ];
    }, MOST_ASKED, beside).map((words) => inFile(asked, part, words));
  });
}
const inFile = ({ parts }: AskedTogether, part: Part, text: string): string => parts.length === 1 ? text : `${text}, in ${nameOf(part)}`;
