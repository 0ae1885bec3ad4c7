import type { Outside } from '../../core/pins.ts';
import { withMore, type Document } from '../../core/policy-document.ts';
import { ask, parsePolicy, prefixOf, type Question } from '../../policy/index.ts';
import { isBoundByRcps } from '../../policy/tables/rcp-services.ts';
import { besideNone, besideNoUnsigned, takesUnsigned } from '../../templates/rcp-unsigned.ts';
import { unsignedActionsOf } from '../../policy/tables/unsigned-actions.ts';
import { actionsBeforeSignIn } from '../../templates/tables/before-sign-in.ts';
import { isLeft, servicesAsked, writtenBeside, type Written } from './written.ts';

/** An RCP cannot tell every token and assertion of others from mine, nor who makes unsigned calls, nor bind what RCPs do not. */
export function ofRcp(question: Question, answer: Outside, document: Document): string {
  const prefix = prefixOf(question);
  if (prefix !== undefined && !isBoundByRcps(prefix)) return `close the policies of resources: RCPs do not bind those of \`${prefix}\``;
  const [written] = writtenBeside(question, 'principals');
  const early = servicesAsked(question).filter((one) => actionsBeforeSignIn(one).length > 0 && isOpen(question, one, document));
  const held = early.length === 0 ? [] : [toNetworks(early)];
  if (written === undefined) return held[0] ?? 'say in the definition what is yours, such as `organizations`; then `perimeter write rcp` writes the Denies';
  const unsigned = servicesOf(written).filter((one) => takesUnsigned(one) && isOpen(question, one, withMore(document, ...written.statements)));
  return [...ofSigned(question, answer, besideNoUnsigned(besideNone(document, early), unsigned), written), ...unsigned.length === 0 ? [] : [denyByName(unsigned)], ...held].join('; ');
}

/** What is to be done about callers whom statements can tell apart, where the document leaves any. */
function ofSigned(question: Question, found: Outside, document: Document, written: Written): readonly string[] {
  const asked = ask({ ...question, policy: parsePolicy(document) }, 'principals');
  if (asked.answer === 'inside') return [];
  const answer = asked.answer === 'outside' ? asked : found;
  if (isLeft(question, 'principals', answer, document, written)) return [`keep out of ${answer.witness.action} in trust policies of roles those who are not yours: \`perimeter write rcp\` leaves it open as well`];
  return [written.text, ...servicesOf(written).includes('sts') ? ['tokens and assertions that they leave, trust policies of roles must keep out'] : []];
}

const servicesOf = ({ statements }: Written): readonly string[] => [...new Set(statements.flatMap(({ Action }) => [Action].flat()).map((one) => String(one).split(':', 1)[0]!))];

const isOpen = (question: Question, service: string, document: Document): boolean => ask({ ...question, service, policy: parsePolicy(document) }, 'principals').answer === 'outside';

const toNetworks = (services: readonly string[]): string => `hold ${services.map((one) => `\`${one}\``).join(', ')} to networks of yours at most: AWS checks ${services.flatMap(actionsBeforeSignIn).join(', ')} before it knows who calls, so a Deny on callers would lock everybody out`;

const denyByName = (services: readonly string[]): string => `deny by name the unsigned calls of ${services.map((one) => `\`${one}\``).join(', ')} that no app of yours makes, such as ${services.map((one) => unsignedActionsOf(one)[0]!).join(', ')}: `
  + 'they tell no caller, so `perimeter write rcp` leaves them open as well';
