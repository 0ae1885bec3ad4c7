import { certify, type Certificate, type Loss, type Stage } from '../../core/certificate.ts';
import type { Document } from '../../core/policy-document.ts';
import type { ApiCall, Proposal } from '../../core/remediation.ts';
import { describeRequest, parsePolicy, type Question } from '../../policy/index.ts';
import { narrow, type Goal } from './narrow.ts';

export interface PolicyChange {
  readonly question: Question;
  readonly document: Document;
  /** Objectives in the order in which the policy is narrowed to them. */
  readonly goals: readonly Goal[];
  /** Member of the item's configuration that holds the document. */
  readonly member: string;
  /** Characters of the new document without white space that AWS takes. */
  readonly quota: number;
  readonly call: (text: string) => ApiCall;
  readonly risks: readonly string[];
}

/** The plan to put a narrower policy in the place of one, with what was proved of it. */
export function proposePolicy({ question, document, goals, member, quota, call, risks }: PolicyChange): Proposal {
  const refuse = (because: string, next: string): Proposal => ({ outcome: 'refuse', because, next });
  // Systems Manager would take it for a variable of the runbook.
  if (JSON.stringify(document).includes('{{')) return refuse('the policy contains `{{`, which Systems Manager expands', 'change the policy by hand');
  const steps: string[] = [];
  const named: string[] = [];
  let made = document;
  const stages: Stage[] = [];
  for (const goal of goals) {
    const result = narrow({ ...question, policy: parsePolicy(made) }, made, goal);
    if (result.kind === 'stuck') return refuse(result.because, 'change the policy by hand, as the rule says');
    steps.push(...result.steps);
    named.push(...result.named);
    made = result.document;
    if (result.steps.length > 0) stages.push({ policy: parsePolicy(made), inside: goal.inside });
  }
  const [first, ...rest] = steps;
  if (first === undefined) return { outcome: 'noop', because: 'nobody outside gets through the policy' };
  const text = JSON.stringify(made);
  if (text.length > quota) return refuse(`the new policy has ${text.length} characters, and AWS takes ${quota}`, 'shorten the policy first, such as by merging statements, then plan again');
  const certificate = certify(question, stages);
  const [granted] = certificate.granted;
  if (granted !== undefined) return refuse(`it could not be proved that the new policy grants nothing new: ${inWords(granted)}`, 'change the policy by hand, as the rule says');
  return {
    outcome: 'change', steps: [first, ...rest], before: { [member]: document }, after: { [member]: made }, calls: [call(text)], risks, certificate,
    approval: [...named.map((one) => `the policy lets somebody in by name: ${one}`), ...lossesIn(certificate)],
  };
}

const lossesIn = ({ lost }: Certificate): string[] => lost.map((one) => 'request' in one ? `${one.of} would be cut off: ${inWords(one)}` : `nobody can tell whether ${one.of} would be cut off: ${one.because}`);
const inWords = (loss: Loss): string => 'request' in loss ? describeRequest(loss.request) : loss.because;
