import { pathsOfMine, pinsFor, type Outside } from '../../core/pins.ts';
import { withMine } from '../../core/pinned-statements.ts';
import { asList, operatorParts, type Statement } from '../../core/policy-document.ts';
import { serviceNames } from '../../core/services.ts';
import { conditionsOf, operatorsOn, quoted, withoutTest, withTest, type StatementChange } from '../../core/statement-changes.ts';
import { asSlip, type CountedChange } from './counted.ts';
import { isKeptAway } from './inverted.ts';
import { isOfMine, isOfOwn, withOwnAccounts, withOwnCallers, withOwnSource } from './own-accounts.ts';
import type { Objective, Question } from '../../policy/index.ts';
import { networkKeys } from '../../policy/tables/key-groups.ts';

interface Test { readonly operator: string; readonly key: string; readonly given: unknown; readonly values: readonly unknown[]; readonly isNegated: boolean }
const testsOf = (statement: Statement): Test[] => Object.entries(conditionsOf(statement)).flatMap(([operator, keys]) =>
  Object.entries(keys).map(([key, given]) => ({ operator, key, given, values: asList(given), isNegated: /Not/.test(operatorParts(operator).name) })));

/** What a Deny that spares too much may have wrong: a value too many, another's in the place of mine, an operator that does not hold of what is missing, or the opposite of the one or of the flag that is meant. */
export const inDeny = (question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): CountedChange[] => [
  ...withOwnAccounts(question, statement, place),
  ...testsOf(statement).flatMap((test) => withoutStrays(question, statement, test, place)),
  ...objective === 'deputies' ? withOwnSource(question, answer, statement, place) : [],
  ...withMine(pinsFor(question, objective, answer), statement, place), ...objective === 'principals' && !sparesMine(question, statement) ? withOwnSpared(question, answer, statement, place) : [],
  ...objective === 'resources' || objective === 'networks' ? withOwnTags(question, statement, place) : [],
  ...withMissing(statement, place), ...isKeptAway(question, objective) ? [] : withOpposite(question, statement, place), ...withRightFlag(objective, statement, place),
  ...withoutSpared(question, objective, statement, place),
];

/** Two at once, for a Deny with two mistakes: a value or flag that is put right or a test that is to hold of what is missing, and another such test, or somebody whom it spares. */
export const inDenyTwice = (question: Question, objective: Objective, answer: Outside, statement: Statement, place: string): CountedChange[] =>
  [...withOwnAccounts(question, statement, place), ...withMine(pinsFor(question, objective, answer), statement, place), ...withMissing(statement, place), ...withRightFlag(objective, statement, place)].flatMap((one: CountedChange) =>
    [...withMissing(one.statement, place), ...withoutExemption(objective, one.statement, place)].map((other) => ({ ...one, ...other, text: `${one.text}, and ${other.text}` })));

/** A Deny of callers, changed, that would refuse services, too, spares those. */
export const sparingServices = ({ text, statement, ...others }: CountedChange): CountedChange[] => ['aws:PrincipalIsAWSService', 'aws:PrincipalServiceName', serviceNames].some((key) => operatorsOn(statement, key).length > 0) || statement['NotPrincipal'] !== undefined ? [] : [{
  ...others, text: `${text}, and add \`"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}\` to its \`Condition\``, statement: withTest(statement, 'BoolIfExists', 'aws:PrincipalIsAWSService', 'BoolIfExists', 'false'),
}];

/** Whether one of its tests spares somebody of mine: what others it spares beside, nobody meant to be mine. */
export const sparesMine = (question: Question, statement: Statement): boolean => testsOf(statement).some(({ isNegated, values }) => isNegated && values.some((one) => isOfMine(question, String(one))));

/** Callers of mine in the place of those whom a Deny spares, by account, ARN or path. */
const withOwnSpared = (question: Question, answer: Outside, statement: Statement, place: string): StatementChange[] => [...withOwnCallers(question, answer, statement, place), ...withMine(pathsOfMine(question.perimeter), statement, place)];

/** A negated test with fewer values spares fewer. */
function withoutStrays(question: Question, statement: Statement, { operator, key, values, isNegated }: Test, place: string): StatementChange[] {
  if (!isNegated || values.length < 2) return [];
  const others = values.filter((one) => !isOfMine(question, String(one)));
  const where = `\`${key}\`${operatorsOn(statement, key).length > 1 ? ` under \`${operator}\`` : ''} in ${place}`;
  return [...values.map((one) => [one]), ...others.length > 1 && others.length < values.length ? [others] : []]
    .map((gone) => ({ text: `remove ${quoted(gone)} from ${where}`, statement: withTest(statement, operator, key, operator, values.filter((one) => !gone.includes(one))) }));
}

const withOperators = (statement: Statement, { operator, key, given }: Test, operators: readonly string[], place: string): StatementChange[] =>
  operators.filter((to) => conditionsOf(statement)[to]?.[key] === undefined).map((to) => ({ text: `write \`${to}\` instead of \`${operator}\` for \`${key}\` in ${place}`, statement: withTest(statement, operator, key, to, given) }));

/** A tag that the definition lists, with the value that it has there; whoever has it with another is not meant to be spared. */
const withOwnTags = ({ perimeter: { exclusionTags } }: Question, statement: Statement, place: string): CountedChange[] => testsOf(statement).flatMap(({ operator, key, values, isNegated }) =>
  Object.entries(exclusionTags.principal).filter(([tag, value]) => isNegated && key.toLowerCase() === `aws:principaltag/${tag}`.toLowerCase() && !values.includes(value)).map(([, value]) => {
    const made = withTest(statement, operator, key, operator, value);
    return asSlip({ text: `write \`${value}\` instead of ${quoted(values)} for \`${key}\` in ${place}`, statement: made, from: made });
  }));

/** A test that holds of what is missing, too. */
const withMissing = (statement: Statement, place: string): StatementChange[] => testsOf(statement).flatMap((test) => {
  const { quantifier, name, ifExists } = operatorParts(test.operator);
  return withOperators(statement, test, [...test.isNegated || ifExists || name === 'Null' ? [] : [`${test.operator}IfExists`], ...quantifier === 'ForAnyValue' ? [test.operator.replace('ForAnyValue', 'ForAllValues')] : []], place);
});

/** The opposite of a test, of a key with several values that none of them meets it. Where a Deny that is inverted names the account itself, only those whom it refuses besides count as lost: those who do not carry the key. */
const withOpposite = (question: Question, statement: Statement, place: string): CountedChange[] => testsOf(statement).flatMap((test) => {
  const { quantifier, name } = operatorParts(test.operator);
  const opposite = test.isNegated ? name : name.replace(/^(?:String|Arn)(?=Equals|Like)/, '$&Not').replace(/^IpAddress$/, 'NotIpAddress');
  return opposite === name ? [] : withOperators(statement, test, [quantifier === undefined ? test.operator.replace(name, opposite) : `ForAllValues:${opposite}`], place)
    .map((made) => ({ ...made, from: isOfOwn(question, test.key, test.values) ? withTest(made.statement, 'Null', test.key, 'Null', 'false') : statement }));
});

/** A Deny of sources is about services, and every other about whoever is none. */
const withRightFlag = (objective: Objective, statement: Statement, place: string): StatementChange[] => testsOf(statement).flatMap(({ operator, key, values }) => {
  const [right, wrong] = objective === 'deputies' ? ['true', 'false'] : ['false', 'true'];
  return operatorParts(operator).name !== 'Bool' || !/^aws:PrincipalIsAWSService$/i.test(key) || values.map(String).join() !== wrong ? []
    : [{ text: `write \`${right}\` instead of \`${wrong}\` for \`${key}\` in ${place}`, statement: withTest(statement, operator, key, operator, right) }];
});

/** One of several that `NotPrincipal` spares, or all that are not mine. */
function withoutSpared(question: Question, objective: Objective, statement: Statement, place: string): StatementChange[] {
  const { NotPrincipal: listed } = statement;
  if (typeof listed !== 'object' || listed === null) return [];
  const all = Object.entries(listed).map(([type, names]) => [type, asList(names)] as const);
  // A service that others could use, too, does not go for that.
  const names = all.flatMap(([type, some]) => objective === 'deputies' && type === 'Service' ? [] : some);
  const others = names.filter((one) => !isOfMine(question, String(one)));
  const count = all.flatMap(([, some]) => some).length;
  return [...count > 1 ? names.map((one) => [one]) : [], ...others.length > 1 && others.length < count ? [others] : []].map((gone) => ({
    text: `remove ${quoted(gone)} from \`NotPrincipal\` in ${place}`,
    statement: { ...statement, NotPrincipal: Object.fromEntries(all.map(([type, some]) => [type, some.filter((one) => !gone.includes(one))] as const).filter(([, some]) => some.length > 0)) },
  }));
}

/** A Deny without a test by which it spares somebody; one that has no other stays as it is. */
export const withoutExemption = (objective: Objective, statement: Statement, place: string): StatementChange[] => testsOf(statement).flatMap((test, _, all): StatementChange[] => {
  const { operator, key, given } = test;
  if (!spares(objective, test) || all.length < 2 || (objective === 'networks' && isLastOfNetworks(key, all))) return [];
  const isTag = /^aws:PrincipalTag\//i.test(key) && (objective === 'resources' || objective === 'networks');
  return [{
    text: `remove \`"${key}": ${JSON.stringify(given)}\` from \`${operator}\` in ${place}${isTag ? ', which spares principals with that tag, or list the tag under `exclusionTags`' : isViaServices(key) ? ', which spares calls that AWS services make for anybody' : ''}`,
    statement: withoutTest(statement, operator, key),
  }];
});

/** Whether a test is one for whose sake a Deny does not hold of some: what is negated, and a flag, a time, a number or whether a key is there, which none but the opposite negates; but for what tells services from callers, or in a Deny of networks where calls come from. */
function spares(objective: Objective, { operator, key, isNegated }: Test): boolean {
  if (isNegated) return true;
  return /^(?:Bool|Null|Date|Numeric)/.test(operatorParts(operator).name) && !/^aws:principal(?:isawsservice|servicename)/i.test(key) && !(objective === 'networks' && (isViaServices(key) || networkKeys.has(key.toLowerCase())));
}
const isViaServices = (key: string): boolean => /^aws:ViaAWSService$/i.test(key);

/** Whether no other test than that of a key spares a network: without it a Deny would refuse whoever calls, from wherever. */
const isLastOfNetworks = (key: string, all: readonly Test[]): boolean => networkKeys.has(key.toLowerCase()) && all.filter((one) => one.isNegated && networkKeys.has(one.key.toLowerCase())).length < 2;
