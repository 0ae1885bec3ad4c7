import { compare, formulaOf, parsePolicy, type Answer, type Formula, type Objective, type Question } from '../../policy/index.ts';
import { statementsOf } from '../../core/policy-document.ts';
import type { AskedTogether, Part } from './question.ts';

type Said = Pick<Answer, 'answer' | 'because'>;

/** What is to be said of several policies beside the answer about them. */
export const notesTogether = (asked: AskedTogether, objective: Objective, answer: Said): string[] =>
  answer.answer === 'inside' ? [...allowingNothing(asked), ...objective === 'resources' || objective === 'networks' ? levelsApart(asked) : []] : [...isThroughEndpoint(asked, objective, answer) ? ['nothing tells in which VPC the endpoint is: where that is yours, so is the network that these requests come from'] : []];

/** Who comes through the endpoint that is asked about comes from there, from wherever else nothing keeps it. */
export const comingThrough = <T extends Said>(asked: AskedTogether, objective: Objective, answer: T): T => isThroughEndpoint(asked, objective, answer) ? { ...answer, because: answer.because.replace(/ from anywhere$/, ' through the endpoint') } : answer;
const isThroughEndpoint = ({ subject, planes }: AskedTogether, objective: Objective, { answer, because }: Said): boolean =>
  objective === 'networks' && answer === 'outside' && subject.viaEndpoint === true && planes.endpoint !== undefined && / (?:from anywhere|through the endpoint)$/.test(because);

const allows = ({ policy: { statements } }: Part): boolean => statements.some(({ effect }) => effect === 'Allow');

/** A boundary grants nothing, but beyond what it allows nothing is granted, where an SCP of Denies stands beside FullAWSAccess. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
const allowingNothing = ({ parts }: AskedTogether): string[] => parts.some((one) => one.kind === 'boundary' && !allows(one))
  ? ['the permissions boundary allows nothing, so that its principal can do nothing that an identity policy grants: Denies alone need an Allow beside them'] : [];

/**
 * SCPs of which each allows what the other does not are more likely of one level, where what they allow adds up, than of two, of which the lower allows less.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
function levelsApart({ subject, parts }: AskedTogether): string[] {
  const levels = parts.filter((one) => one.kind === 'scp' && allows(one));
  const question = (of: Part): Question => ({ ...subject, kind: 'scp', policy: parsePolicy({ ...of.document, Statement: statementsOf(of.document).filter((one) => one['Effect'] === 'Allow') }) });
  const isApart = (one: Formula, other: Formula): boolean => { const { added, removed } = compare({ ...subject, kind: 'scp' }, one, other); return added.kind === 'request' && removed.kind === 'request'; };
  const formulas = levels.map((one) => formulaOf(question(one)));
  return formulas.some((one, i) => formulas.slice(i + 1).some((other) => isApart(one, other))) ? ['each SCP counts as a level of its own, of which all must allow; what those of one level allow adds up, so put them into one file'] : [];
}
