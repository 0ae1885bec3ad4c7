import { Condition, testOn, type Written } from './conditions.ts';
import { duplicateKey, inPointer } from './duplicate-keys.ts';
import { KeepingPolicy } from './kept.ts';
import { actionsOperator, operatorNamed, operatorNames, patternsOperator, problemWith } from './operators.ts';
import { isPattern, parseTemplate, plainGlob, withoutVariables, type Pattern, type Template, type TemplateOptions } from './pattern.ts';

/**
 * An IAM policy document, read once and strictly: an element this module does not know is an error with its place.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface Policy {
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** JSON pointer into the document, such as `/Statement/0`. */
  readonly at: string;
  readonly sid: string | undefined;
  /** `undefined`: the statement names no principal. */
  readonly principals: Principals | undefined;
  readonly actions: Element;
  /** `undefined`: the statement names no resource (trust policies). */
  readonly resources: Element | undefined;
  readonly conditions: readonly Condition[];
  /** Keys that variables of the statement name, in lower case. */
  readonly variables: readonly string[];
}

/** Action or Resource, or their negation. */
export interface Element { readonly negated: boolean; readonly test: Condition }

export interface Principals {
  /** NotPrincipal. */
  readonly negated: boolean;
  /** `"*"`, which is the same as `{"AWS": "*"}`. */
  readonly everyone: boolean;
  readonly aws: readonly string[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUsers: readonly string[];
}

/** A policy that cannot be read. */
export class PolicyError extends Error {
  override name = 'PolicyError';
  /** The place in it, as a JSON pointer, which the message begins with; empty: the whole. https://datatracker.ietf.org/doc/html/rfc6901 */
  readonly at: string;

  constructor(at: string, problem: string) {
    super(at === '' ? problem : `\`${at}\`: ${problem}`);
    this.at = at;
  }
}

/** What a request is held against beside its condition keys; no key of AWS begins like this, and none is read that does. */
export const ACTION = '#action';
export const RESOURCE = '#resource';

/** A value of the document, as far as a message has room for it. */
function shown(value: unknown): string {
  let text: string;
  try { text = JSON.stringify(value) ?? 'nothing'; } catch { return 'something nested too deeply'; }
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function texts(value: unknown, at: string, name: string, what: string): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) throw new PolicyError(`${at}/${name}`, `expected ${what}, found ${shown(value)}`);
  for (let i = 0; i < value.length; i++) if (typeof value[i] !== 'string') throw new PolicyError(`${at}/${name}/${i}`, `expected ${what}, found ${shown(value[i])}`);
  return value as string[];
}

/** Names that stand where only some are known. */
function refuseUnknown(names: readonly string[], known: readonly string[], at: string, what: string): void {
  const other = names.find((one) => !known.includes(one));
  if (other !== undefined) throw new PolicyError(at, `unknown ${what} \`${other}\`; known: ${known.join(', ')}`);
}

const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'];
const NONE: readonly never[] = [];
const EVERYONE: Principals = { negated: false, everyone: true, aws: NONE, services: NONE, federated: NONE, canonicalUsers: NONE };

function principals(value: unknown, at: string, name: string, negated: boolean): Principals {
  if (value === '*') return negated ? { ...EVERYONE, negated } : EVERYONE;
  if (!isObject(value)) throw new PolicyError(`${at}/${name}`, `expected "*" or an object, found ${shown(value)}`);
  const place = `${at}/${name}`;
  refuseUnknown(Object.keys(value), principalTypes, place, 'kind of principal');
  const aws = textsOf(value, 'AWS', place);
  const everyone = aws.includes('*');
  return { negated, everyone, aws: everyone ? aws.filter((one) => one !== '*') : aws, services: textsOf(value, 'Service', place), federated: textsOf(value, 'Federated', place), canonicalUsers: textsOf(value, 'CanonicalUser', place) };
}

/** A copy, so that what becomes of the document does not matter. */
const textsOf = (value: Record<string, unknown>, type: string, place: string): readonly string[] => value[type] === undefined ? NONE : [...texts(value[type], place, type, 'text')];

const writtenOperators = new Map<string, Written>();

function writtenOperator(written: string, place: string): Written {
  const known = writtenOperators.get(written);
  if (known !== undefined) return known;
  const [, quantifier, rest = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/i.exec(written) ?? [];
  const ifExists = /IfExists$/i.test(rest);
  const operator = operatorNamed(ifExists ? rest.slice(0, -'IfExists'.length) : rest);
  if (operator === undefined) throw new PolicyError(place, `unknown condition operator \`${written}\`; known, also with ForAllValues: or ForAnyValue: before them and IfExists behind: ${operatorNames.join(', ')}`);
  if (operator.name === 'Null' && ifExists) throw new PolicyError(place, 'Null takes no IfExists');
  const made: Written = { operator, ifExists, quantifier: quantifier === undefined ? undefined : quantifier.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue' };
  writtenOperators.set(written, made);
  return made;
}

/** AWS's keys have the form service:keyname: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html */
function refuseOwn(key: string, place: string): void {
  if (key.startsWith('#')) throw new PolicyError(place, `\`${key}\` is not a condition key`);
}

function template(text: string, options: TemplateOptions, at: string, name: string): Pattern | Template {
  const read = parseTemplate(text, options);
  if (!isPattern(read)) for (const key of read.variables) refuseOwn(key, `${at}/${name}`);
  return read;
}

function conditions(value: unknown, statement: string, variables: boolean): Condition[] {
  if (value === undefined) return [];
  const at = `${statement}/Condition`;
  if (!isObject(value)) throw new PolicyError(at, 'expected an object of operators');
  const all: Condition[] = [];
  for (const operatorName of Object.keys(value)) {
    const place = `${at}/${inPointer(operatorName)}`;
    const written = writtenOperator(operatorName, place);
    const { operator } = written;
    const keys = value[operatorName];
    if (!isObject(keys)) throw new PolicyError(place, 'expected an object of keys');
    for (const name of Object.keys(keys)) {
      refuseOwn(name, place);
      const given = keys[name];
      const key = inPointer(name);
      const list: readonly unknown[] = Array.isArray(given) ? given : [given];
      const values = list.map((one) => {
        if (typeof one !== 'string' && typeof one !== 'number' && typeof one !== 'boolean') throw new PolicyError(`${place}/${key}`, `expected text, found ${shown(one)}`);
        const read = template(String(one), { wildcards: operator.wildcards, variables: variables && operator.variables, arn: operator.family === 'arn' }, place, key);
        const problem = isPattern(read) ? problemWith(operator, read.text) : undefined;
        if (problem !== undefined) throw new PolicyError(`${place}/${key}`, problem);
        return read;
      });
      all.push(new Condition(name, written, values));
    }
  }
  return all;
}

const documentElements = ['Version', 'Id', 'Statement'];
const statementElements = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** The element or its negation: the name it stands under, or `undefined` where neither is there. */
function nameOf(value: Record<string, unknown>, name: string, negation: string, at: string): string | undefined {
  const [given, negated] = [value[name] !== undefined, value[negation] !== undefined];
  if (given && negated) throw new PolicyError(at, `has both ${name} and ${negation}`);
  return given ? name : negated ? negation : undefined;
}

/** An empty NotAction would mean everything, and an empty Action nothing; IAM's grammar knows neither. */
function named(all: readonly string[], at: string, name: string): readonly string[] {
  if (all.length === 0) throw new PolicyError(`${at}/${name}`, 'expected an action, found []');
  return all;
}

/** API Gateway's short form for stages and methods of the API that the policy hangs on. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html */
const ofApi = (resource: string): string => resource.startsWith('execute-api:/') ? `arn:*:execute-api:*:*:*${resource.slice('execute-api:'.length)}` : resource;
/**
 * How an ARN of fewer than six fields is read: completed by wildcards, as AWS does in policies that name no principal. Where a wildcard beside other characters may
 * stand for colons that it lacks, it is read as it is written too, as far as that opens more. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function readingsOf(arn: string, opens: boolean, isNameless: boolean): readonly string[] {
  if (!arn.startsWith('arn:') || SIX_FIELDS.test(arn)) return [arn];
  const bare = withoutVariables(arn);
  const completed = `${arn}${':*'.repeat(Math.max(0, 6 - bare.split(':').length))}`;
  return opens ? /[^:*]\*|\*[^:*]|\?/.test(bare) ? [arn, completed] : [completed] : [isNameless || arn.endsWith('*') ? completed : arn];
}
const SIX_FIELDS = /^(?:[^:$]*:){5}/;

function statement(value: unknown, at: string, variables: boolean): Statement {
  if (!isObject(value)) throw new PolicyError(at, 'expected a statement object');
  refuseUnknown(Object.keys(value), statementElements, at, 'element');
  const principal = nameOf(value, 'Principal', 'NotPrincipal', at);
  const action = nameOf(value, 'Action', 'NotAction', at);
  const resource = nameOf(value, 'Resource', 'NotResource', at);
  const effect = value['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError(`${at}/Effect`, `expected "Allow" or "Deny", found ${shown(effect)}`);
  if (action === undefined) throw new PolicyError(at, 'has neither Action nor NotAction');
  const sid = value['Sid'];
  if (sid !== undefined && typeof sid !== 'string') throw new PolicyError(`${at}/Sid`, 'expected text');
  const opens = (effect === 'Allow') === (resource === 'Resource');
  const resources = resource === undefined ? undefined : {
    negated: resource === 'NotResource',
    test: new Condition(RESOURCE, { operator: patternsOperator, quantifier: undefined, ifExists: false }, texts(value[resource], at, resource, 'a resource').flatMap((one) => readingsOf(ofApi(one), opens, principal === undefined)).map((one) => template(one, { wildcards: true, variables }, at, resource))),
  };
  const tests = conditions(value['Condition'], at, variables);
  return {
    effect, at, sid, resources, conditions: tests, variables: variablesOf(resources?.test, tests),
    principals: principal === undefined ? undefined : principals(value[principal], at, principal, principal === 'NotPrincipal'),
    actions: { negated: action === 'NotAction', test: testOn(ACTION, actionsOperator, named(texts(value[action], at, action, 'an action'), at, action).map(plainGlob)) },
  };
}

function variablesOf(resource: Condition | undefined, tests: readonly Condition[]): readonly string[] {
  const all = [...resource?.variables ?? NONE];
  for (const { variables } of tests) all.push(...variables);
  return all;
}

/** Reads a policy from an object or from JSON text; throws PolicyError naming the place. */
export function parsePolicy(input: unknown): Policy {
  let document = input;
  if (typeof input === 'string') {
    try { document = JSON.parse(input); } catch (error) { throw new PolicyError('', `not JSON: ${(error as Error).message}`); }
    const twice = duplicateKey(input, document);
    if (twice !== undefined) throw new PolicyError(twice, 'the member stands there twice');
  }
  if (!isObject(document) || ArrayBuffer.isView(document) || document instanceof String) throw new PolicyError('', `expected a policy, as text or as an object with Version and Statement, found ${isObject(document) ? document.constructor.name : shown(document)}`);
  refuseUnknown(Object.keys(document), documentElements, '', 'element');
  const version = document['Version'] === undefined ? '2008-10-17' : document['Version'];
  if (version !== '2008-10-17' && version !== '2012-10-17') throw new PolicyError('/Version', `expected "2012-10-17" or "2008-10-17", found ${shown(version)}`);
  const list = document['Statement'];
  if (list === undefined) throw new PolicyError('', 'has no Statement');
  const variables = version === '2012-10-17';
  return new KeepingPolicy({ version }, Array.isArray(list) ? [...list].map((one, i) => statement(one, `/Statement/${i}`, variables)) : [statement(list, '/Statement', variables)]);
}
