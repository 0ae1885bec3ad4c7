import { BadParameter } from '../../core/parameters.ts';
import type { Outside } from '../../core/pins.ts';
import { withMore, type Document, type Statement } from '../../core/policy-document.ts';
import { ask, parsePolicy, prefixOf, type Objective, type Policy, type Question } from '../../policy/index.ts';
import { isBoundByRcps, rcpServices } from '../../policy/tables/rcp-services.ts';
import { networkScp } from '../../templates/network-scp.ts';
import { rcp } from '../../templates/rcp.ts';
import { resourceScp } from '../../templates/resource-scp.ts';
import { actionsBeforeSignIn } from '../../templates/tables/before-sign-in.ts';
import { CannotWrite, writeWith, type AnyTemplate } from '../../templates/template.ts';

/** The SCPs or RCPs that `perimeter write` makes of the definition, whose Denies spare what that counts as mine, that of fewer services first; none where the definition says too little for one. */
export const writtenBeside = (question: Question, objective: Objective): Written[] => templatesFor(question, objective).flatMap(([template, options]) => {
  const set = Object.entries(options).map(([name, value]) => ` --set ${name}=${value}`).join('');
  try {
    const { drafts } = writeWith(template, question.perimeter, options);
    return [{ text: `add the statements that \`perimeter write ${template.kind}${set}\` writes of the definition, or attach its policy beside`, statements: drafts.flatMap(({ parts }) => parts.map((one) => one.statement)) }];
  } catch (error) {
    if (!(error instanceof CannotWrite || error instanceof BadParameter)) throw error;
    return [];
  }
});

export interface Written { readonly text: string; readonly statements: readonly Statement[] }

/** Whether what is open stays so beside all that `perimeter write` writes of the definition. */
export function isLeft(question: Question, objective: Objective, { witness: { action, principal } }: Outside, document: Document, written: Written | undefined): boolean {
  if (written === undefined) return false;
  const beside = ask({ ...question, policy: parsePolicy(withMore(document, ...written.statements)) }, objective);
  return beside.answer === 'outside' && beside.witness.action === action && beside.witness.principal.kind === principal.kind;
}

function templatesFor(question: Question, objective: Objective): readonly (readonly [AnyTemplate, Readonly<Record<string, string>>])[] {
  const prefix = prefixOf(question);
  if (question.kind === 'scp') return [objective === 'networks' ? [networkScp, {}] : [resourceScp, prefix === undefined ? {} : { service: prefix }]];
  if (question.kind !== 'rcp' || (prefix !== undefined && !isBoundByRcps(prefix))) return [];
  const boundary = objective === 'networks' ? { boundary: 'network' } : {};
  const named = servicesAsked(question);
  if (named.length > 0) return told(named).length === 0 ? [] : [[rcp, { services: told(named).join(','), ...boundary }]];
  return [[rcp, boundary], [rcp, { services: told([...rcpServices]).join(','), ...boundary }]];
}

/** Services whose callers RCPs can tell apart. */
const told = (services: readonly string[]): readonly string[] => services.filter((one) => actionsBeforeSignIn(one).length === 0);

/** The services that a question about an RCP is about, where it is not about all. */
export function servicesAsked(question: Question): readonly string[] {
  const prefix = prefixOf(question);
  return prefix === undefined ? namedIn(question.policy) : [prefix];
}

/** The services that an RCP names one by one, of those that RCPs bind; none where it speaks of others as well. */
function namedIn({ statements }: Policy): readonly string[] {
  const named = [...new Set(statements.flatMap(({ actions }) => actions.negated ? ['*'] : actions.test.patterns.map(({ text }) => text.split(':', 1)[0]!.toLowerCase())))];
  return named.every((one) => /^[a-z0-9-]+$/.test(one)) ? named.filter(isBoundByRcps) : [];
}
