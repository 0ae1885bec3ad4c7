import { Condition, holds, testOn, type ValueOf } from '../conditions.ts';
import { accountNamed, isCanonical, isFederatedBy, matchesNobody, matchesPrincipal, matchesResource, type Setting } from '../decide.ts';
import type { Formula } from '../formula.ts';
import { patternsOperator } from '../operators.ts';
import { ACTION, RESOURCE, type Policy, type Principals, type Statement } from '../parse.ts';
import { patternOf, step, type Pattern, type Token } from '../pattern.ts';
import { isMultivalued } from '../tables/keys.ts';
import { all, any, FALSE, literalOf, negated, TRUE, truth, type Node } from './logic.ts';
import { CLOCK, EPOCH } from './numbers.ts';
import { settledChoice, type Domain, type Region } from './region.ts';
import { isApart } from './texts.ts';

export const PRINCIPAL_ARN = 'aws:principalarn';
export const USER_NAME = 'aws:username';

/** What a formula asks of the requests of a region, once all that the region settles is filled in. */
export function compile(formula: Formula, region: Region): Node {
  switch (formula.kind) {
    case 'policy': return compilePolicy(formula.policy, formula.setting, region);
    case 'and': return all(formula.of.map((one) => compile(one, region)));
    case 'or': return any(formula.of.map((one) => compile(one, region)));
    case 'not': return negated(compile(formula.of, region));
  }
}

function compilePolicy(policy: Policy, setting: Setting, region: Region): Node {
  const allows: Node[] = [];
  for (const one of policy.statements) {
    if (one.effect !== 'Allow') continue;
    const allow = compileStatement(one, setting, region);
    if (allow !== FALSE) allows.push(allow);
  }
  if (allows.length === 0) return FALSE;
  // What no Deny leaves open is cheap to see, so refusals go first.
  const parts: Node[] = [];
  for (const one of policy.statements) {
    if (one.effect !== 'Deny') continue;
    const deny = compileStatement(one, setting, region);
    if (deny === TRUE) return FALSE;
    if (deny !== FALSE) parts.push(negated(deny));
  }
  return all([...parts, any(allows)]);
}

function compileStatement(one: Statement, setting: Setting, region: Region): Node {
  const principal = compilePrincipal(one, setting, region);
  if (principal === FALSE) return FALSE;
  const parts: Node[] = [principal, among(ACTION, one.actions.test, one.actions.negated)];
  const valueOf = valuesIn(region);
  for (const condition of one.conditions) {
    const part = compileCondition(condition.filled(valueOf), region);
    if (part === FALSE) return FALSE;
    parts.push(part);
  }
  if (one.resources !== undefined) {
    if (region.resources === undefined) parts.push(truth(matchesResource(one, undefined, valueOf)));
    else parts.push(among(RESOURCE, one.resources.test.filled(valueOf), one.resources.negated));
  }
  return all(parts);
}

/** That an element takes in the request: what any does is seen at once. */
const among = (key: string, test: Condition, negated: boolean): Node => test.patterns.some((pattern) => pattern.isEverything) ? truth(!negated) : literalOf(key, test, !negated);

/** The values that a region settles, for variables. */
export const valuesIn = (region: Region): ValueOf => (key) => {
  const choice = isMultivalued(key) ? null : settledChoice(region.domain(key));
  return choice?.length === 1 ? choice[0] : undefined;
};

export function compileCondition(condition: Condition, region: Region): Node {
  const settled = outcomeIn(region.domain(condition.key), condition);
  if (settled !== undefined) return truth(settled);
  if (condition.key === EPOCH) return literalOf(CLOCK, condition, true);
  if (condition.key === USER_NAME) return onUserName(condition);
  return literalOf(condition.key, condition, true);
}

/** Whether a condition holds of all that a key may carry, or of nothing; `undefined`: that is not seen at once. The condition's variables are filled in. */
export function outcomeIn(domain: Domain, condition: Condition): boolean | undefined {
  const choice = settledChoice(domain);
  if (choice !== undefined) return holds(condition, choice ?? undefined, () => undefined);
  const { negated } = condition.operator;
  // What holds of these values must hold of none, which IfExists and quantifiers turn; a missing key adds nothing to that.
  return domain.forms !== undefined && !condition.isEmpty && holds(condition, undefined, () => undefined) === negated && isApart(condition, domain.forms) ? negated : undefined;
}

/** A test of a user's name by its number, time or address, put to the user's ARN. */
class OfName extends Condition {
  override fits(arn: string): boolean { return super.fits(arn.slice(arn.lastIndexOf('/') + 1)); }
}

/** A pattern of a name, which holds no slash. */
const inName = ({ tokens }: Pattern): readonly Token[] => tokens.map((token) => typeof token === 'string' ? token : { ...token, of: 'no-slash' });

/** What a pattern of a user's ARN leaves of it for the name: the rest behind each place where the last slash may stand. */
export function namesIn(pattern: Pattern): Pattern[] {
  const tokens = inName(pattern);
  const last = tokens.lastIndexOf('/');
  return tokens.flatMap((_, i) => i < last ? [] : step(pattern.tokens, [i], '/', false).slice(0, 1)).map((at) => patternOf(tokens.slice(at)));
}

/** Patterns of names as ones of the ARNs that they end; one with a slash is no name's. */
export const inArns = (patterns: readonly Pattern[]): Pattern[] => patterns.map(inName).filter((tokens) => !tokens.includes('/')).map((tokens) => patternOf({ of: 'any', times: 'many' }, '/', tokens));

/** A user's name is the end of its ARN, so a test of the name is one of the ARN. */
function onUserName(condition: Condition): Node {
  const { operator, quantifier, ifExists } = condition;
  if (operator.family === 'null') return truth(condition.fits('false'));
  if (operator.family === 'number' || operator.family === 'date' || operator.family === 'ip') return literalOf(PRINCIPAL_ARN, new OfName(condition.name, condition, condition.given), true);
  // Where no name can be any of them, the test is still one of values.
  return literalOf(PRINCIPAL_ARN, new Condition(PRINCIPAL_ARN, { operator: { ...patternsOperator, ignoreCase: operator.ignoreCase, negated: operator.negated }, quantifier, ifExists }, inArns(condition.patterns), condition.isEmpty), true);
}

export function compilePrincipal(one: Statement, setting: Setting, region: Region): Node {
  const { principal } = region;
  const { principals } = one;
  if (principals === undefined || principals.everyone || principal.arn !== undefined || principal.account === undefined) return truth(matchesPrincipal(one, principal, setting));
  const listed = compileListed(principals, principal.account, setting, region);
  return principals.negated ? negated(listed) : listed;
}

/** Whether an IAM principal whose ARN is free is among those listed. */
function compileListed(list: Principals, account: string, { gateway = false }: Setting, { principal }: Region): Node {
  if (isFederatedBy(list, principal) || isCanonical(list, principal)) return TRUE;
  const arns: string[] = [];
  for (const one of list.aws) {
    if (!one.includes(account) || matchesNobody(one)) continue;
    if (accountNamed(one) === undefined) { if (one === principal.sessionArn) return TRUE; arns.push(one); } else if (!gateway) return TRUE;
  }
  return arns.length === 0 ? FALSE : literalOf(PRINCIPAL_ARN, testOn(PRINCIPAL_ARN, patternsOperator, arns), true);
}
