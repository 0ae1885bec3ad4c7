import { operatorParts, placeOf, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf, placeInWords, principalsOf } from '../../core/statement-changes.ts';
import { and, type Question } from '../../policy/index.ts';
import { isMet } from './cost.ts';
import { isNeverCarried } from './never-carried.ts';

/** So many statements are asked about, each twice at most and once more for every Deny. */
const MOST_STATEMENTS = 20;

/** Allows that let nobody in, for what they ask of callers or for what a Deny refuses: whoever takes such a policy for one that lets mine in loosens it as soon as they find themselves shut out. */
export function lettingNobodyIn(question: Question, document: Document): string[] {
  const statements = statementsOf(document);
  if (!['resource', 'trust', 'vpc-endpoint'].includes(question.kind) || statements.length > MOST_STATEMENTS) return [];
  const isOpen = (...some: readonly Statement[]): boolean => isMet(question, and(), { ...document, Statement: some });
  const denies = statements.flatMap((one, i) => one['Effect'] === 'Deny' ? [{ one, place: placed(document, one, i) }] : []);
  return statements.flatMap((one, i) => {
    const place = placed(document, one, i);
    if (one['Effect'] === 'Deny' || isOfUnknown(one) || isOpen(one, ...denies.map((deny) => deny.one))) return [];
    if (!isOpen(one)) return [withoutMeeting(one, place)];
    const refusing = denies.filter((deny) => !isOpen(one, deny.one)).map((deny) => deny.place);
    return [`${refusing.length === 0 ? 'what is denied' : `the Deny of ${refusing.join(', and that of ')}`} refuses all whom ${place} lets in`];
  });
}

const placed = (document: Document, statement: Statement, index: number): string => placeInWords({ at: placeOf(document, index) }, statement);
/** Callers of whom nothing tells whose they are match no request. */
const isOfUnknown = ({ Principal }: Statement): boolean => /CanonicalUser|:iam::cloudfront:/.test(JSON.stringify(Principal ?? ''));

/** Keys of an organization or an account by which requests of services tell for whom they act. */
const ofSource: Readonly<Record<string, string>> = { 'aws:principalorgid': 'aws:SourceOrgID', 'aws:principalorgpaths': 'aws:SourceOrgPaths', 'aws:principalaccount': 'aws:SourceAccount' };

function withoutMeeting(statement: Statement, place: string): string {
  const isForServices = principalsOf(statement).length > 0 && principalsOf(statement).every(([type]) => type === 'Service');
  const asked = Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) => { const { name, ifExists } = operatorParts(operator); return ifExists || /Not|Null/.test(name) ? [] : Object.keys(keys); });
  const missing = isForServices ? asked.find((key) => isNeverCarried(key.toLowerCase(), { kind: 'service' })) : undefined;
  if (missing === undefined) return `${place} lets nobody in: no request meets all that it asks`;
  const meant = ofSource[missing.toLowerCase()];
  return `${place} lets nobody in, for requests of AWS services carry no \`${missing}\`${meant === undefined ? '' : `; is \`${meant}\` meant?`}`;
}
