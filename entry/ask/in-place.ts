import { regionNamed } from '../../core/inside.ts';
import { BadParameter } from '../../core/parameters.ts';
import { asList, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { and, compare, formulaOf, or, policy, prefixOf, type Formula, type Objective, type Question } from '../../policy/index.ts';
import { endpointPolicy } from '../../templates/endpoint-policy.ts';
import { ownedFor } from '../../templates/owned.ts';
import { CannotWrite, documentOfParts, writeWith } from '../../templates/template.ts';
import { insideOf } from './cost.ts';
import { parsed } from './parsed.ts';

/** Says of a policy as AWS gives it to an endpoint, whoever it is held to, that the one that `perimeter write` writes lets in what a change keeps out; nothing where it does not. */
export function inPlaceOfDefault(question: Question, objective: Objective, document: Document, cost: readonly string[]): string {
  const made = cost.some((of) => /AWS/.test(of)) && question.kind === 'vpc-endpoint' && statementsOf(document).length === 1 && statementsOf(document).every(isOfAnything) ? writtenFor(question) : undefined;
  if (made === undefined) return '';
  const formula = (of: Document): Formula => formulaOf({ ...question, policy: parsed(of) });
  // Callers of mine on whatever is not mine are not what it is for, nor are strangers on what is AWS's.
  const others = or(...insideOf(question, objective === 'resources' ? 'principals' : 'resources').filter(({ of }) => !/^calls that AWS services make/.test(of)).map((one) => policy(one.policy)));
  const kept = insideOf(question, objective).filter(({ of }) => cost.includes(of)).map((one) => policy(one.policy));
  if (kept.length < cost.length || kept.some((one) => compare(question, and(one, others, formula(document)), formula(made.document)).removed.kind !== 'nothing')) return '';
  return ` (the policy that \`perimeter write endpoint-policy ${made.options}\` writes lets those in)`;
}

const isOfAnything = ({ Effect, Action, Resource }: Statement): boolean => Effect === 'Allow' && [Action, Resource].every((one) => asList(one).join() === '*');

/** The policy that the definition makes for the question's endpoint, and the options that it is written with. */
function writtenFor(question: Question): { readonly document: Document; readonly options: string } | undefined {
  const { perimeter, account, service: name = '' } = question;
  const [service, region] = [name.replace(/^com\.amazonaws\.(?:[a-z-]+-\d\.)?/, ''), regionNamed(name)];
  try {
    const [draft] = writeWith(endpointPolicy, perimeter, { service, account, region: region ?? 'us-east-1' }).drafts;
    const ownedIn = (where: string): number => ownedFor(perimeter, 'vpc-endpoint', prefixOf(question)!, where).length;
    return { document: documentOfParts(draft!.parts), options: `--service ${service}${region !== undefined ? ` --region ${region}` : ownedIn('us-east-1') > ownedIn('') ? ' --region REGION' : ''}` };
  } catch (error) {
    if (!(error instanceof CannotWrite || error instanceof BadParameter)) throw error;
    return undefined;
  }
}
