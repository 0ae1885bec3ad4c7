import { accountIn } from './accounts.ts';
import { addedBy, lettingThrough } from './added.ts';
import { admitting, isForOwn, ownOf } from './admitting.ts';
import { answerTo, isOfIdentity } from './answer-to.ts';
import { costOf, insideOf, isMet, isOwn, keepingOut, servicesNamed, weightOf } from './cost.ts';
import { cheapestOf, helps, inDocument, isOfAnother, once, type Change, type Costly } from './change.ts';
import type { CountedChange } from './counted.ts';
import { denialsBeside, isInVpc } from './denials.ts';
import { withOwnBeginnings, withoutForeign } from './foreign-values.ts';
import { inPlaceOfDefault } from './in-place.ts';
import { insteadOfRemoving, instruction, nothingAgreed, partnerOf } from './instructions.ts';
import { inDeny, inDenyTwice, sparesMine, sparingServices, withoutExemption } from './in-denies.ts';
import { isKeptAway, withOpposites } from './inverted.ts';
import { isPinnedUnlisted } from './issuers.ts';
import { isTaken } from './layers.ts';
import { locksOut } from './locked-out.ts';
import { inPlaceOfUnknownKeys, unheardOf, withKnownKeys } from './misspelled.ts';
import { isOfMine, sourcesOfOthers, withOwnAccounts } from './own-accounts.ts';
import { parsed } from './parsed.ts';
import { usualOf } from './question.ts';
import { tagsUnlisted, withoutTagged } from './tagged.ts';
import { asWideAs } from './too-narrow.ts';
import { unsignedApart } from './unsigned.ts';
import { asksInVain, isUntold } from './untold.ts';
import { writtenBeside } from './written.ts';
import { asAgreed, asReachable } from '../../core/agreed.ts';
import { certify } from '../../core/certificate.ts';
import { pinsFor, type Outside } from '../../core/pins.ts';
import { apart, withCondition, type Apart } from '../../core/pinned-statements.ts';
import { asList, placeOf, statementsOf, withMore, withStatement, type Document, type Statement } from '../../core/policy-document.ts';
import { inConditions, isIt, placeInWords, principalsOf, withoutOutsiders, withoutPrincipals, withoutResources, type StatementChange } from '../../core/statement-changes.ts';
import { and, ask, issuerOf, not, or, parsePolicy, policy, type Answer, type Objective, type Question } from '../../policy/index.ts';
import { isCognito } from '../../policy/tables/shared-issuers.ts';

/** Changes to a policy, one after another, the document they make, and whether the engine finds that closed. */
export interface Closing { readonly changes: readonly string[]; readonly closed: boolean; readonly document: Document }

export const MOST_CHANGES = 6;

/**
 * The smallest changes that close what is open: each was made to the document and the question asked again, so that none
 * is named that does not help. `questions`: the same as of each account that it may be about. `beside`: policies that a request meets as well. Where no change
 * on its own does, an instruction stands last, and `closed` is false.
 */
export function closingChanges(questions: readonly Question[], document: Document, objective: Objective, beside: readonly Document[] = []): Closing {
  const changes: string[] = [];
  // A change that closes all is asked about no second time.
  const answering = once((question: Question) => once((of: Document) => answerTo({ ...question, policy: parsed(of) }, objective)));
  let current = document;
  for (;;) {
    const answers = questions.map((question) => ({ question, answer: answering(question)(current) }));
    const open = answers.find((one) => one.answer.answer === 'outside');
    const unsettled = answers.find((one) => one.answer.answer === 'undecided');
    if (open?.answer.answer !== 'outside') return { changes: unsettled === undefined || changes.length === 0 ? changes : [...changes, `settle what is undecided then: ${unsettled.answer.because}`], closed: unsettled === undefined, document: current };
    if (changes.length === MOST_CHANGES) return { changes, closed: false, document: current };
    const change = helpful({ ...open.question, policy: parsed(current) }, objective, open.answer, current, beside, answering(open.question));
    if (typeof change === 'string') return { changes: [...changes, change], closed: false, document: current };
    changes.push(change.text);
    current = change.document;
  }
}

/** The change that helps and costs the inside least, the first of several, or what a person must do in its place. */
function helpful(question: Question, objective: Objective, answer: Outside, document: Document, beside: readonly Document[], answerTo: (document: Document) => Answer): Change | string {
  const index = statementsOf(document).findIndex((_, i) => placeOf(document, i) === answer.at);
  const statement = statementsOf(document)[index];
  // Tokens of mine are let in by a pin, and only the definition lacks them: a change would keep those out as well.
  if (isPinnedUnlisted(question, answer, statement)) return instruction(question, objective, answer, statement, document);
  const changes = changesTo(question, objective, answer, document, index).filter((one) => isTaken(question, document, one.document) && !(objective === 'resources' && statement !== undefined && asksInVain(question, statementsOf(one.document)[index]!)));
  const after = (change: Change): Answer => answerTo(change.document);
  const admits = admitting(question, objective, document, index);
  // What else is usually asked stays closed where it is.
  const closed = usualOf(question.kind).filter((one) => one !== objective && ask(question, one).answer === 'inside');
  const opens = ({ document: to }: Change): boolean => closed.some((one) => ask({ ...question, policy: parsed(to) }, one).answer === 'outside');
  const isHarmless = once((change: Change): boolean => (change.isOnPurpose === true || (change.from === undefined ? admits : admitting(question, objective, change.from, index))(change.document)) && !opens(change) && !locksOut(question, document, change.document));
  const added = once((change: Change): readonly string[] | undefined => addedBy(question, objective, document, change.document, change.slip));
  const cheapest = (isMeant: (change: Change) => boolean, isFit: (change: Change) => boolean): Costly | undefined => cheapestOf(changes, (change) => isMeant(change) && isHarmless(change) && isFit(change), ({ from = document, document: to }) => costOf({ ...question, policy: parsed(from) }, objective, answer, from, to, beside));
  const best = (isFit: (change: Change) => boolean): Costly | undefined => {
    const whole = cheapest((change) => helps(after(change), answer), isFit);
    // One of several outsiders goes where all together cost more.
    const part = whole?.cost.length === 0 ? undefined : cheapest((change) => change.isForOne === true && isOfAnother(after(change), answer), isFit);
    return part !== undefined && weightOf(part.cost) < weightOf(whole?.cost ?? ['']) ? part : whole ?? cheapest((change) => after(change).answer === 'undecided', isFit);
  };
  // A document that refuses all of mine has a mistake in it, and so may change what it lets in. Otherwise what adds nothing goes before what does, whatever it costs.
  // A template is for what nothing there is meant to say: beside a Deny that refuses mine they stay refused.
  const isMistaken = once((of: Document) => !isMet(question, ownOf(question, objective), of));
  const found = best((change) => added(change)?.length === 0 ? change.isBeside !== true : added(change) !== undefined && isMistaken(document)) ?? best((change) => added(change) !== undefined);
  if (found !== undefined) return { ...found.change, text: `${found.change.text}${keepingOut(found.cost)}${inPlaceOfDefault(question, objective, document, found.cost)}${lettingThrough(added(found.change) ?? [])}${found.change.or === undefined ? '' : `; or ${found.change.or}`}` };
  // A condition that holds it to mine would close it, and nobody would be left.
  return (changes.some((change) => helps(after(change), answer)) ? withoutDead(question, objective, answer, document, index, beside) : undefined) ?? instruction(question, objective, answer, statement, document);
}

/** A statement goes of which, held to mine, nothing would be left; `undefined`: something would, or it may be meant. */
function withoutDead(question: Question, objective: Objective, answer: Outside, document: Document, index: number, beside: readonly Document[]): Change | undefined {
  const statement = statementsOf(document)[index];
  const away = isKeptAway(question, objective);
  if (statement === undefined || (objective === 'resources' && isUntold(answer.witness.action)) || objective === 'networks' || question.kind === 'scp' || ['service', 'saml', 'web-identity'].includes(answer.witness.principal.kind) || partnerOf(question, answer) !== undefined) return undefined;
  // What a Deny beside it refuses is not its own fault, but where that is meant.
  if (!away && isForOwn(question, objective, document, statement)) return undefined;
  const removed = withStatement(document, index, emptied(statement));
  return costOf(question, objective, answer, document, removed, beside).length > 0 ? undefined
    : { text: `remove ${placeInWords(answer, statement)}: held to what is yours it lets nobody in${away ? '; or list what partners let you reach under `reachable`' : ''}`, document: removed };
}

/** Whether a document is open where it was. */
function isOpenStill(question: Question, objective: Objective, { at }: Outside, document: Document): boolean {
  const after = answerTo({ ...question, policy: parsed(document) }, objective);
  return after.answer === 'outside' && after.at === at;
}

const costless = (change: Change): Change => ({ ...change, from: change.document });

/** The changes worth trying, the smallest first. */
function changesTo(question: Question, objective: Objective, answer: Outside, document: Document, index: number): Change[] {
  const statement = statementsOf(document)[index];
  const denials = (statements: readonly Statement[]): Change[] => statements.map((one) => ({ text: `add the statement \`${JSON.stringify(one)}\``, document: withMore(document, one) }));
  // What binds an account or an organization has no Allow of its own to condition.
  if (question.kind === 'scp' || question.kind === 'rcp' || statement === undefined) return [...inDenies(question, objective, answer, document), ...writtenBeside(question, objective).map(({ text, statements }) => costless({ text, document: withMore(document, ...statements), isBeside: true }))];
  const place = placeInWords(answer, statement);
  const inPlace = (changes: readonly CountedChange[]): Change[] => changes.map(inDocument(document, index));
  const onPurpose = (changes: readonly StatementChange[]): Change[] => inPlace(changes).map((one): Change => ({ ...one, isOnPurpose: true }));
  const inTwo = ({ text, rest, own }: Apart): Change => ({ text, document: withMore(withStatement(document, index, rest), own) });
  // Tokens are let in by name: mine in the place of another's would be let in where nobody meant to.
  const isGranted = (...made: Statement[]): boolean => answer.witness.principal.kind !== 'web-identity' || !isMet(question, not(policy(parsePolicy({ ...document, Statement: [statement] }))), { ...document, Statement: made });
  const parted = apart(question, objective, answer, statement, place).filter(({ rest, own }) => isGranted(rest, own));
  const added = parted.map((one): Change => ({ ...inTwo(one), isForOne: true }));
  const respelled = inPlace(withKnownKeys(statement, place));
  const conditions = withCondition(question, objective, answer, statement, place).filter((one) => isGranted(one.statement));
  const inTests = inPlace([...inConditions(statement, place, question.perimeter), ...withOpposites(question, objective, statement, place), ...withoutForeign(statement, place, (one) => isOpenStill(question, objective, answer, withStatement(document, index, one)))]);
  const corrected = inPlace(conditions.filter(isCorrection));
  // Where an identity policy says nothing of networks, an SCP or the policies of resources say it for all; of calls that tell none nothing does.
  if (isOfIdentity(question, objective) || (objective === 'networks' && isInVpc(answer))) return [...inTests, ...corrected, ...inDenies(question, objective, answer, document)];
  return [
    ...inPlace([...withOwnAccounts(question, statement, place), ...withOwnBeginnings(question, objective, answer, statement, place)]),
    ...taggedApart(question, objective, document, index, place),
    ...objective === 'resources' ? inPlace(withoutResources(question, answer, statement, place)) : [],
    ...respelled.flatMap((one) => [one, ...changesTo(question, objective, answer, one.document, index).filter((other) => other.isOnPurpose !== true).map(({ from = one.from, ...other }): Change => ({ ...one, ...other, text: `${one.text}, and ${other.text}`, ...one.from === undefined || from === undefined ? {} : { from } }))]),
    ...inPlace(inPlaceOfUnknownKeys(question, objective, answer, statement, place)),
    ...inTests,
    ...objective === 'deputies' ? onPurpose(withoutSources(question, statement, place)) : [],
    ...corrected,
    ...objective === 'principals' ? inPlace(asAgreed(question, answer, statement, place)) : [],
    ...inDenies(question, objective, answer, document),
    ...objective === 'resources' ? inPlace(asReachable(question, answer, statement, place)) : [],
    // A service does not go because others could use it, too: what it does for mine goes on under a condition.
    ...objective === 'deputies' ? [] : [...added, ...inPlace([...withoutPrincipals(statement, answer, place, question.perimeter), ...withoutOutsiders(question, statement, place)]).map((one): Change => ({ ...one, or: insteadOfRemoving(question, answer, statement, place), isForOne: true }))],
    ...objective === 'deputies' ? [] : onPurpose([...withoutTokens(question, objective, answer, document, statement, place), ...withoutStatement(question, answer, statement, place)]),
    // A condition on the caller's organization keeps out services and tokens that stand beside and come in; beside a key that AWS never sends it would hold nobody to mine.
    ...(objective === 'principals' && principalsOf(statement).length > 1 && parted.some(({ rest }) => isMet(question, and(), { ...document, Statement: [rest] }))) || unheardOf(statement).length > 0 ? [] : inPlace(conditions.filter((one) => !isCorrection(one))),
    ...objective === 'principals' ? unsignedApart(question, answer, document, statement, place).map(inTwo) : [],
    // Denies of networks and of sources name on purpose what tells those.
    ...objective === 'networks' || objective === 'deputies' ? [] : tooNarrow(question, document, statement),
    ...denials(denialsBeside(question, objective, answer, statement)),
  ];
}

/** Whether values give way to others in a test that stands there. */
const isCorrection = ({ text }: StatementChange): boolean => text.startsWith('write ');

/** Denies beside it that spare too much: what is wrong in them, before what takes somebody out of them whole. */
function inDenies(question: Question, objective: Objective, answer: Outside, document: Document): Change[] {
  const each = (changesOf: (statement: Statement, place: string, i: number) => readonly CountedChange[]): Change[] => statementsOf(document).flatMap((one, i) => one['Effect'] !== 'Deny' ? []
    : changesOf(one, placeInWords({ at: placeOf(document, i) }, one), i).map(inDocument(document, i)));
  const put = (one: Statement, place: string): CountedChange[] => inDeny(question, objective, answer, one, place);
  const namesServices = objective === 'principals' && statementsOf(document).some((one) => servicesNamed(one).length > 0);
  return [
    ...each((one, place) => withKnownKeys(one, place).flatMap((known) => [known, ...[...put(known.statement, place), ...withoutExemption(objective, known.statement, place)].map((other): CountedChange => ({ ...other, text: `${known.text}, and ${other.text}` }))].map(({ from: _, ...change }) => ({ ...known, ...change })))),
    ...each((one, place, i) => withoutForeign(one, place, (made) => isOpenStill(question, objective, answer, withStatement(document, i, made)))), ...each(put), ...namesServices ? each((one, place) => put(one, place).flatMap(sparingServices)) : [], ...each((one, place) => withoutExemption(objective, one, place)),
    ...each((one, place) => inDenyTwice(question, objective, answer, one, place)),
  ];
}

/** A statement for the sake of a tag goes where nothing of mine is lost with it, and so costs those alone whom it tells. */
const taggedApart = (question: Question, objective: Objective, document: Document, index: number, place: string): Change[] => {
  const tags = tagsUnlisted(question, objective, statementsOf(document)[index]!);
  const removed = withStatement(document, index, emptied(statementsOf(document)[index]!));
  return tags.length === 0 || certify(question, [{ policy: parsed(removed), inside: insideOf(question, objective).filter(isOwn) }]).lost.length > 0 ? [] : [costless({ ...withoutTagged(tags, place), document: removed, isOnPurpose: true })];
};

/** Denies of everybody but mine that do not reach as far as a statement does. */
const tooNarrow = (question: Question, document: Document, statement: Statement): Change[] => statementsOf(document).flatMap((one, i) => one['Effect'] !== 'Deny' || !sparesMine(question, one) ? []
  : asWideAs(statement, one, placeInWords({ at: placeOf(document, i) }, one)).map(inDocument(document, i)));

/** The statement goes where it names only accounts of others or of a partner with whom nothing is agreed, for a condition on my organization would leave one that admits nobody. */
function withoutStatement(question: Question, answer: Outside, statement: Statement, place: string): StatementChange[] {
  const { account, perimeter } = question;
  const { reach, witness: { principal } } = answer;
  const { Principal: listed } = statement;
  const text = nothingAgreed(question, answer, statement, place);
  const names = principalsOf(statement).flatMap(([, some]) => some);
  if (text !== undefined) return names.length === 0 || !names.every(isIt(answer, perimeter)) ? [] : [{ text, statement: emptied(statement) }];
  if ((reach !== 'named-account' && reach !== 'network-bound') || principal.account === undefined || typeof listed !== 'object' || listed === null) return [];
  const accounts = [...new Set(Object.values(listed).flatMap(asList).map((name) => /\d{12}/.exec(String(name))?.[0]))];
  const mine = [account, ...perimeter.accounts ?? [], ...perimeter.standaloneAccounts, ...perimeter.partners.flatMap((one) => one.accounts)];
  if (accounts.some((one) => one === undefined || mine.includes(one))) return [];
  return [{
    text: `remove ${place}, which names only ${accounts.join(', ')}; or list what is yours of that under \`accounts\`, and whose access is agreed under \`partners\``,
    statement: emptied(statement),
  }];
}

/** It goes as well where none of the tokens that it lets in is mine, though the definition tells mine of that issuer. */
function withoutTokens(question: Question, objective: Objective, answer: Outside, document: Document, statement: Statement, place: string): StatementChange[] {
  const { kind, provider } = answer.witness.principal;
  const isKnown = kind === 'web-identity' && pinsFor(question, objective, answer).length > 0 && (accountIn(provider) === undefined || isOfMine(question, provider!));
  if (!isKnown || isMet(question, or(...insideOf(question, objective).map((one) => policy(one.policy))), { ...document, Statement: [statement] })) return [];
  const counted = question.perimeter.identityProviders?.map((one) => one.kind === 'cognito' ? { ...one, guests: true } : one);
  const isOfGuests = isCognito(issuerOf(provider)) && ask({ ...question, perimeter: { ...question.perimeter, identityProviders: counted }, policy: parsePolicy({ ...document, Statement: [statement] }) }, objective).answer === 'inside';
  const text = isOfGuests ? `remove ${place}, which lets in nobody but guests of your identity pools; or let those count by \`guests: true\` under \`identityProviders\`` : `remove ${place}, which lets in no token of yours; or list under \`identityProviders\` what is yours of those that it does`;
  return [{ text, statement: emptied(statement) }];
}

/** It goes as well where it lets services in for nothing but resources of others: another source would be another's work. */
function withoutSources(question: Question, statement: Statement, place: string): StatementChange[] {
  const accounts = sourcesOfOthers(question, statement);
  return accounts.length === 0 ? [] : [{ text: `remove ${place}, which lets AWS services in only for ${accounts.join(', ')}; or list what is yours of that under \`accounts\``, statement: emptied(statement) }];
}

/** What stands in the place of a statement that goes, so that those that follow keep their numbers: it allows nothing. */
const emptied = ({ Action: _, ...statement }: Statement): Statement => ({ ...statement, NotAction: '*' });
