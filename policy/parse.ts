import { duplicateKey } from './duplicate-keys.ts';
import { operatorNamed, type Operator } from './operators.ts';
import { parseTemplate, plainGlob, variablesOf, type Pattern, type Template } from './pattern.ts';

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
  readonly actions: { readonly negated: boolean; readonly patterns: readonly Pattern[] };
  /** `undefined`: the statement names no resource (trust policies). */
  readonly resources: { readonly negated: boolean; readonly patterns: readonly Template[] } | undefined;
  readonly conditions: readonly Condition[];
  /** Keys that variables of the statement name, in lower case. */
  readonly variables: readonly string[];
}

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

/** One key under one operator; keys and operators are AND-ed, values OR-ed (NOR-ed where the operator negates). */
export interface Condition {
  readonly operator: Operator;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  /** Lower case: key names are case-insensitive. */
  readonly key: string;
  /** The key as written. */
  readonly name: string;
  readonly values: readonly string[];
  readonly templates: readonly Template[];
  /** Keys that variables of the values name, in lower case. */
  readonly variables: readonly string[];
}

/** A policy that cannot be read, with the place in it. */
export class PolicyError extends Error {
  override name = 'PolicyError';
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function texts(value: unknown, at: string, what: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((one, i) => {
    if (typeof one !== 'string') throw new PolicyError(`\`${at}${Array.isArray(value) ? `/${i}` : ''}\`: expected ${what}, found ${JSON.stringify(one) ?? 'nothing'}`);
    return one;
  });
}

function principals(value: unknown, at: string, negated: boolean): Principals {
  if (value === '*') return { negated, everyone: true, aws: [], services: [], federated: [], canonicalUsers: [] };
  if (!isObject(value)) throw new PolicyError(`\`${at}\`: expected "*" or an object, found ${JSON.stringify(value)}`);
  const known = ['AWS', 'Service', 'Federated', 'CanonicalUser'];
  for (const type of Object.keys(value)) {
    if (!known.includes(type)) throw new PolicyError(`\`${at}\`: unknown kind of principal \`${type}\`; known: ${known.join(', ')}`);
  }
  const of = (type: string): string[] => value[type] === undefined ? [] : texts(value[type], `${at}/${type}`, 'text');
  const aws = of('AWS');
  return { negated, everyone: aws.includes('*'), aws: aws.filter((one) => one !== '*'), services: of('Service'), federated: of('Federated'), canonicalUsers: of('CanonicalUser') };
}

function conditions(value: unknown, at: string, variables: boolean): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) throw new PolicyError(`\`${at}\`: expected an object of operators`);
  return Object.entries(value).flatMap(([written, keys]) => {
    const [, quantifier, rest = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/i.exec(written) ?? [];
    const ifExists = /IfExists$/i.test(rest);
    const operator = operatorNamed(ifExists ? rest.slice(0, -'IfExists'.length) : rest);
    const place = `${at}/${written}`;
    if (operator === undefined) throw new PolicyError(`\`${place}\`: unknown condition operator \`${written}\``);
    if (operator.name === 'Null' && ifExists) throw new PolicyError(`\`${place}\`: Null takes no IfExists`);
    if (!isObject(keys)) throw new PolicyError(`\`${place}\`: expected an object of keys`);
    return Object.entries(keys).map(([name, given]): Condition => {
      const list: unknown[] = Array.isArray(given) ? given : [given];
      const values = list.map((one) => {
        if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') return String(one);
        throw new PolicyError(`\`${place}/${name}\`: expected text, found ${JSON.stringify(one) ?? 'nothing'}`);
      });
      const problem = values.map((one) => operator.problem?.(one)).find((one) => one !== undefined);
      if (problem !== undefined && !(variables && values.some((one) => one.includes('${')))) throw new PolicyError(`\`${place}/${name}\`: ${problem}`);
      const templates = values.map((one) => parseTemplate(one, { wildcards: operator.wildcards, variables }));
      return {
        templates, variables: templates.flatMap(variablesOf), operator, ifExists, name, key: name.toLowerCase(), values,
        quantifier: quantifier === undefined ? undefined : quantifier.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue',
      };
    });
  });
}

const elements = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

function statement(value: unknown, at: string, variables: boolean): Statement {
  if (!isObject(value)) throw new PolicyError(`\`${at}\`: expected a statement object`);
  for (const name of Object.keys(value)) if (!elements.includes(name)) throw new PolicyError(`\`${at}\`: unknown element \`${name}\``);
  for (const name of ['Principal', 'Action', 'Resource']) {
    if (value[name] !== undefined && value[`Not${name}`] !== undefined) throw new PolicyError(`\`${at}\`: has both ${name} and Not${name}`);
  }
  const effect = value['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError(`\`${at}/Effect\`: expected "Allow" or "Deny", found ${JSON.stringify(effect) ?? 'nothing'}`);
  const element = (name: string): { negated: boolean; value: unknown; at: string } | undefined => {
    if (value[name] !== undefined) return { negated: false, value: value[name], at: `${at}/${name}` };
    if (value[`Not${name}`] !== undefined) return { negated: true, value: value[`Not${name}`], at: `${at}/Not${name}` };
    return undefined;
  };
  const [principal, action, resource] = [element('Principal'), element('Action'), element('Resource')];
  if (action === undefined) throw new PolicyError(`\`${at}\`: has neither Action nor NotAction`);
  const sid = value['Sid'];
  if (sid !== undefined && typeof sid !== 'string') throw new PolicyError(`\`${at}/Sid\`: expected text`);
  const resources = resource && { negated: resource.negated, patterns: texts(resource.value, resource.at, 'a resource').map((one) => parseTemplate(one, { wildcards: true, variables })) };
  const tests = conditions(value['Condition'], `${at}/Condition`, variables);
  return {
    effect, at, sid, resources, conditions: tests,
    variables: [...resources?.patterns.flatMap(variablesOf) ?? [], ...tests.flatMap((one) => one.variables)],
    principals: principal && principals(principal.value, principal.at, principal.negated),
    actions: { negated: action.negated, patterns: texts(action.value, action.at, 'an action').map(plainGlob) },
  };
}

/** Reads a policy from an object or from JSON text; throws PolicyError naming the place. */
export function parsePolicy(input: unknown): Policy {
  let document = input;
  if (typeof input === 'string') {
    try { document = JSON.parse(input); } catch (error) { throw new PolicyError(`not JSON: ${(error as Error).message}`); }
    const twice = duplicateKey(input);
    if (twice !== undefined) throw new PolicyError(`\`${twice}\`: the member stands there twice`);
  }
  if (!isObject(document)) throw new PolicyError('expected a policy object');
  for (const name of Object.keys(document)) if (!['Version', 'Id', 'Statement'].includes(name)) throw new PolicyError(`\`/\`: unknown element \`${name}\``);
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') throw new PolicyError(`\`/Version\`: expected "2012-10-17" or "2008-10-17", found ${JSON.stringify(version)}`);
  const list = document['Statement'];
  if (list === undefined) throw new PolicyError('`/`: has no Statement');
  const variables = version === '2012-10-17';
  return {
    version,
    statements: Array.isArray(list) ? list.map((one, i) => statement(one, `/Statement/${i}`, variables)) : [statement(list, '/Statement', variables)],
  };
}
