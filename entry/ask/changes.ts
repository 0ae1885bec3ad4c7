import { denialBeside } from './denials.ts';
import { asList, placeOf, statementsOf, withStatement, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, inConditions, placeInWords, withCondition, withMine, withoutPrincipals, type Outside, type StatementChange } from '../../core/statement-changes.ts';
import { ask, compare, formulaOf, issuerOf, parsePolicy, type Answer, type Objective, type Question } from '../../policy/index.ts';

/** Changes to a policy, one after another, the document they make, and whether the engine finds that closed. */
export interface Closing { readonly changes: readonly string[]; readonly closed: boolean; readonly document: Document }

const MOST_CHANGES = 6;

/**
 * The smallest changes that close what is open: each was made to the document and the question asked again, so that none
 * is named that does not help. Where no change on its own does, an instruction stands last, and `closed` is false.
 */
export function closingChanges(question: Question, document: Document, objective: Objective): Closing {
  const changes: string[] = [];
  let [asked, current] = [question, document];
  while (changes.length < MOST_CHANGES) {
    const answer = ask(asked, objective);
    if (answer.answer !== 'outside') return { changes, closed: answer.answer === 'inside', document: current };
    const index = statementsOf(current).findIndex((_, i) => placeOf(current, i) === answer.at);
    const statement = statementsOf(current)[index];
    const helping = (statement === undefined ? [] : changesTo(asked, objective, answer, current, index)).map((change) => ({ ...change, asked: { ...asked, policy: parsePolicy(change.document) } }))
      .filter((one) => helps(ask(one.asked, objective), answer));
    const helpful = helping.find((one) => one.isRemoval === true || admitsSomebody(one.asked, one.document, index));
    if (helpful === undefined) return { changes: [...changes, inWords(asked, objective, answer, statement)], closed: false, document: current };
    changes.push(helpful.text);
    [asked, current] = [helpful.asked, helpful.document];
  }
  return { changes, closed: ask(asked, objective).answer === 'inside', document: current };
}

/** Whether nobody gets through after a change, or only elsewhere. */
const helps = (after: Answer, before: Outside): boolean => after.answer === 'inside' || (after.answer === 'outside' && after.at !== before.at);

/** Whether the statement still lets somebody in, under the Denies beside it: a change after which it does not would lock out its owner. */
function admitsSomebody(question: Question, document: Document, index: number): boolean {
  const formulaFor = (statements: readonly Statement[]): ReturnType<typeof formulaOf> => formulaOf({ ...question, policy: parsePolicy({ ...document, Statement: statements }) });
  const statements = statementsOf(document);
  const { added } = compare(question, formulaFor([]), formulaFor(statements.filter((one, i) => i === index || one['Effect'] === 'Deny')));
  return added.kind !== 'nothing';
}

/** `isRemoval`: the statement, or the principal of it that is outside, goes on purpose. */
interface Change { readonly text: string; readonly document: Document; readonly isRemoval?: true }

/** The changes worth trying, the smallest first. */
function changesTo(question: Question, objective: Objective, answer: Outside, document: Document, index: number): Change[] {
  const statement = statementsOf(document)[index]!;
  const place = placeInWords(answer, statement);
  // What binds an account or an organization has no Allow of its own to condition.
  if (question.kind === 'scp' || question.kind === 'rcp') return [];
  const inPlace = (changes: readonly StatementChange[]): Change[] => changes.map((one) => ({ text: one.text, document: withStatement(document, index, one.statement) }));
  const denial = denialBeside(question, objective, statement);
  return [
    ...inPlace(inConditions(statement, place, question.perimeter)),
    ...denial === undefined ? [] : [{ text: `add the statement \`${JSON.stringify(denial)}\``, document: { ...document, Statement: [...statementsOf(document), denial] } }],
    // A service does not go because others could use it, too: what it does for mine goes on under a condition.
    ...objective === 'deputies' ? [] : [...inPlace(withoutPrincipals(statement, answer, place)), ...inPlace(withoutStatement(question, answer, statement, place)).map((one): Change => ({ ...one, isRemoval: true }))],
    ...inPlace(withCondition(question, objective, answer, statement, place)),
    ...inDenies(question, objective, answer, document),
  ];
}

/** Values of a Deny beside it that are none of mine give way to mine. */
const inDenies = (question: Question, objective: Objective, answer: Outside, document: Document): Change[] => statementsOf(document).flatMap((one, i) => one['Effect'] !== 'Deny' ? []
  : withMine(question, objective, answer, one, placeInWords({ at: placeOf(document, i) }, one)).map(({ text, statement }) => ({ text, document: withStatement(document, i, statement) })));

/** The statement goes where it names only accounts of others, for a condition on my organization would leave one that admits nobody. */
function withoutStatement({ account, perimeter, kind }: Question, { reach, witness: { principal } }: Outside, statement: Statement, place: string): StatementChange[] {
  const { Principal: listed } = statement;
  if (reach !== 'named-account' || principal.account === undefined || typeof listed !== 'object' || listed === null) return [];
  const accounts = [...new Set(Object.values(listed).flatMap(asList).map((name) => /\d{12}/.exec(String(name))?.[0]))];
  const mine = [account, ...perimeter.accounts ?? [], ...perimeter.standaloneAccounts, ...kind === 'trust' ? perimeter.partners.flatMap((one) => one.accounts) : []];
  if (accounts.some((one) => one === undefined || mine.includes(one))) return [];
  return [{
    text: `remove ${place}, which names only ${accounts.join(', ')}; or list what is yours of that under \`accounts\`, and whose access is agreed under \`partners\``,
    // What stands in its place keeps the numbers of those that follow.
    statement: { ...statement, Principal: { AWS: [] } },
  }];
}

/** What a person must do where no single change closes it. */
function inWords({ perimeter, kind }: Question, objective: Objective, { at, reach, witness: { principal } }: Outside, statement: Statement | undefined): string {
  const place = at === '' ? 'the policy' : at.slice(1).replace('/', ' ');
  if (kind === 'rcp') return 'deny callers outside: a statement with `"Effect": "Deny"` and `StringNotEqualsIfExists` on `aws:PrincipalOrgID`, and AWS services spared by `BoolIfExists` on `aws:PrincipalIsAWSService`';
  if (kind === 'scp' && objective === 'resources') return 'deny resources of others: a statement with `"Effect": "Deny"` and `StringNotEqualsIfExists` on `aws:ResourceOrgID`';
  if (objective === 'networks') return `deny what comes from elsewhere: in ${place}, or by an SCP over networks of yours`;
  const claims = statement === undefined || principal.kind !== 'web-identity' ? [] : claimsHeld(statement, issuerOf(principal.provider));
  if (claims.length > 0 && perimeter.identityProviders?.some((one) => one.kind === 'claims' && one.issuer === issuerOf(principal.provider)) !== true) {
    return `list the issuer under \`identityProviders\` with what is yours of ${claims.map((one) => `\`${one}\``).join(', ')}, which ${place} tests`;
  }
  if (principal.kind === 'web-identity' || reach === 'shared-issuer') return `pin the claim that names your tenancy, such as \`${issuerOf(principal.provider)}:sub\`, in ${place}, and list the issuer under \`identityProviders\``;
  if (principal.kind === 'saml') return `remove the provider from ${place}, or list it under \`identityProviders\``;
  if (principal.kind === 'service') return `remove the service from ${place}, or list it under \`services\``;
  const partner = perimeter.partners.find((one) => one.accounts.includes(principal.account ?? ''));
  if (partner !== undefined && kind === 'trust') return `agree an external id with ${partner.name} and hold \`sts:ExternalId\` to it in ${place}`;
  return `take ${place} apart: no single change to it keeps outsiders out`;
}

/** Claims of an issuer that a statement tests, but for the audience, which tells no tenants apart. */
const claimsHeld = (statement: Statement, issuer: string): string[] => Object.values(conditionsOf(statement)).flatMap((keys) => Object.keys(keys)).filter((key) => key.toLowerCase().startsWith(`${issuer.toLowerCase()}:`) && !/:aud$/i.test(key));
