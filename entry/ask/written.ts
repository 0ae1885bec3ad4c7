import { BadParameter } from '../../core/parameters.ts';
import type { Statement } from '../../core/policy-document.ts';
import { prefixOf, type Objective, type Question } from '../../policy/index.ts';
import { isBoundByRcps, rcpServices } from '../../policy/tables/rcp-services.ts';
import { networkScp } from '../../templates/network-scp.ts';
import { rcp } from '../../templates/rcp.ts';
import { resourceScp } from '../../templates/resource-scp.ts';
import { CannotWrite, writeWith, type AnyTemplate } from '../../templates/template.ts';

/** The SCP or RCP that `perimeter write` makes of the definition, whose Denies spare what that counts as mine; none where the definition says too little for it. */
export function writtenBeside(question: Question, objective: Objective): { readonly text: string; readonly statements: readonly Statement[] }[] {
  const [template, options] = templateFor(question, objective) ?? [];
  if (template === undefined) return [];
  const set = Object.entries(options ?? {}).map(([name, value]) => ` --set ${name}=${value}`).join('');
  try {
    const { drafts } = writeWith(template, question.perimeter, options ?? {});
    return [{ text: `add the statements that \`perimeter write ${template.kind}${set}\` writes of the definition, or attach its policy beside`, statements: drafts.flatMap(({ parts }) => parts.map((one) => one.statement)) }];
  } catch (error) {
    if (!(error instanceof CannotWrite || error instanceof BadParameter)) throw error;
    return [];
  }
}

function templateFor(question: Question, objective: Objective): readonly [AnyTemplate, Readonly<Record<string, string>>] | undefined {
  const prefix = prefixOf(question);
  if (question.kind === 'scp') return objective === 'networks' ? [networkScp, {}] : [resourceScp, prefix === undefined ? {} : { service: prefix }];
  if (question.kind !== 'rcp' || (prefix !== undefined && !isBoundByRcps(prefix))) return undefined;
  return [rcp, { services: prefix ?? [...rcpServices].join(','), ...objective === 'networks' ? { boundary: 'network' } : {} }];
}
