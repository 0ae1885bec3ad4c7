import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { validationError } from '../wire/error.ts';

type Fields = Record<string, unknown>;
export interface ResourceDeclaration { readonly Type: string; readonly Properties?: Fields; readonly Condition?: string; readonly DeletionPolicy?: string; readonly DependsOn?: string | string[] }
interface ParameterDeclaration { readonly Type: string; readonly Default?: unknown; readonly AllowedValues?: readonly unknown[]; readonly AllowedPattern?: string; readonly MinLength?: number; readonly MaxLength?: number; readonly ConstraintDescription?: string; readonly NoEcho?: boolean }
export interface Template {
  readonly text: string;
  readonly Description?: string;
  readonly Parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Mappings: Readonly<Record<string, Record<string, Fields>>>;
  readonly Resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Description?: string; readonly Condition?: string; readonly Export?: { readonly Name: unknown } }>>;
}
export interface Place { readonly partition: string; readonly account: string; readonly region: string; readonly stackName: string; readonly stackId: string }
export interface Resource { readonly logicalId: string; readonly type: string; readonly physicalId: string; readonly retained: boolean; readonly properties: () => Fields }

const read = new Map<string, Template>();

/** Reads a template as CloudFormation does: JSON or YAML 1.1 (without short forms of functions), references that lead somewhere, at most 500 resources and 200 parameters. */
export function readTemplate(text: string): Template {
  const known = read.get(text);
  if (known !== undefined) return known;
  let written: unknown;
  try { written = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { version: '1.1', strict: true }); } catch (error) { throw validationError(`Template format error: ${text.trimStart().startsWith('{') ? 'JSON' : 'YAML'} not well-formed. (${(error as Error).message})`); }
  if (typeof written !== 'object' || written === null) throw validationError('Template format error: unsupported structure.');
  const template: Template = { Parameters: {}, Conditions: {}, Mappings: {}, Outputs: {}, ...written as { Resources: Template['Resources'] }, text };
  if (Object.keys(template.Resources ?? {}).length === 0) throw validationError('Template format error: At least one Resources member must be defined.');
  if (Object.keys(template.Resources).length > 500) throw validationError(`Template format error: Number of resources, ${Object.keys(template.Resources).length}, is greater than maximum allowed, 500`);
  if (Object.keys(template.Parameters).length > 200) throw validationError(`Template format error: Number of parameters, ${Object.keys(template.Parameters).length}, is greater than maximum allowed, 200`);
  checkReferences(template);
  read.set(text, template);
  return template;
}

function checkReferences(template: Template): void {
  const names = new Set([...Object.keys(template.Parameters), ...Object.keys(template.Resources)]);
  const lost = new Set<string>();
  const seeConditions = (name: unknown): void => { if (typeof name === 'string' && !Object.hasOwn(template.Conditions, name)) throw validationError(`Template format error: Unresolved condition dependency ${name} in the Resources block of the template`); };
  const look = (value: unknown): void => {
    if (Array.isArray(value)) { for (const one of value) look(one); return; }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, held] of Object.entries(value)) {
      if (key === 'Ref' && typeof held === 'string' && !held.startsWith('AWS::') && !names.has(held)) lost.add(held);
      if (key === 'Fn::GetAtt') { const name = Array.isArray(held) ? String(held[0]) : String(held).split('.')[0]!; if (!names.has(name)) lost.add(name); }
      if (key === 'Fn::If' && Array.isArray(held)) seeConditions(held[0]);
      if (key === 'Fn::Sub') {
        const [text, values] = Array.isArray(held) ? held as [string, Fields] : [held as string, {}];
        for (const [, name = ''] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) if (!name.startsWith('AWS::') && !Object.hasOwn(values, name) && !names.has(name.split('.')[0]!)) lost.add(name.split('.')[0]!);
      }
      look(held);
    }
  };
  for (const { Properties, Condition, DependsOn } of Object.values(template.Resources)) {
    look(Properties);
    if (Condition !== undefined) seeConditions(Condition);
    for (const name of [DependsOn ?? []].flat()) if (!Object.hasOwn(template.Resources, name)) lost.add(name);
  }
  if (lost.size > 0) throw validationError(`Template format error: Unresolved resource dependencies [${[...lost].join(', ')}] in the Resources block of the template`);
}

/** What the caller gave for a template's parameters, over what the stack has, over defaults. */
export function readParameters(template: Template, given: readonly { readonly ParameterKey?: string; readonly ParameterValue?: string; readonly UsePreviousValue?: boolean }[] = [], previous: Readonly<Record<string, string>> = {}): Record<string, string> {
  const unknown = given.map(({ ParameterKey }) => ParameterKey ?? '').filter((name) => !Object.hasOwn(template.Parameters, name));
  if (unknown.length > 0) throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const [name, declared] of Object.entries(template.Parameters)) {
    const one = given.find(({ ParameterKey }) => ParameterKey === name);
    const value = one?.UsePreviousValue === true ? previous[name] : one?.ParameterValue ?? (declared.Default === undefined ? undefined : String(declared.Default));
    if (value === undefined) { missing.push(name); continue; }
    const fault = `Parameter '${name}' ${declared.ConstraintDescription === undefined ? '' : `failed to satisfy constraint: ${declared.ConstraintDescription}`}`;
    if (declared.AllowedValues !== undefined && !declared.AllowedValues.map(String).includes(value)) throw validationError(declared.ConstraintDescription === undefined ? `Parameter '${name}' must be one of AllowedValues` : fault);
    if (declared.AllowedPattern !== undefined && !new RegExp(`^(?:${declared.AllowedPattern})$`).test(value)) throw validationError(declared.ConstraintDescription === undefined ? `Parameter '${name}' must match pattern ${declared.AllowedPattern}` : fault);
    if (value.length < (declared.MinLength ?? 0) || value.length > (declared.MaxLength ?? 4096)) throw validationError(`Parameter '${name}' must contain between ${declared.MinLength ?? 0} and ${declared.MaxLength ?? 4096} characters`);
    if (declared.Type === 'Number' && Number.isNaN(Number(value))) throw validationError(`Parameter '${name}' must be a number`);
    values[name] = value;
  }
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}

/** The property that names a resource, by type; other types get a name made up. */
const naming: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'RoleName', 'AWS::Lambda::Function': 'FunctionName', 'AWS::S3::Bucket': 'BucketName', 'AWS::DynamoDB::Table': 'TableName', 'AWS::SSM::Parameter': 'Name', 'AWS::SSM::Document': 'Name',
  'AWS::Events::EventBus': 'Name', 'AWS::Events::Rule': 'Name', 'AWS::Logs::LogGroup': 'LogGroupName', 'AWS::CloudWatch::Alarm': 'AlarmName', 'AWS::Config::ConformancePack': 'ConformancePackName',
  'AWS::Config::OrganizationConformancePack': 'OrganizationConformancePackName', 'AWS::Config::ConfigurationAggregator': 'ConfigurationAggregatorName', 'AWS::Config::ConfigRule': 'ConfigRuleName',
  'AWS::Config::StoredQuery': 'QueryName', 'AWS::SNS::Topic': 'TopicName',
};
const globalTypes = new Set(['AWS::IAM::Role', 'AWS::S3::Bucket']);

/** What an account holds only one of by its name; `undefined` where a second one does no harm. */
export const uniqueName = ({ type, physicalId }: Resource, region: string): string | undefined => naming[type] === undefined ? undefined : `${globalTypes.has(type) ? '' : region}/${type}/${physicalId}`;

/** Values of a template's expressions in one place. */
export function resolver(template: Template, parameters: Readonly<Record<string, string>>, place: Place): { readonly value: (expression: unknown) => unknown; readonly resources: () => Resource[]; readonly outputs: () => { OutputKey: string; OutputValue: string; Description?: string; ExportName?: string }[] } {
  const conditions = new Map<string, boolean>();
  const physical = new Map<string, string>();
  const nothing = Symbol('AWS::NoValue');
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': place.account, 'AWS::Region': place.region, 'AWS::Partition': place.partition, 'AWS::StackName': place.stackName, 'AWS::StackId': place.stackId,
    'AWS::URLSuffix': place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com', 'AWS::NoValue': nothing, 'AWS::NotificationARNs': [],
  };
  const holds = (name: string): boolean => {
    const known = conditions.get(name);
    if (known !== undefined) return known;
    const held = truth(template.Conditions[name]);
    conditions.set(name, held);
    return held;
  };
  const truth = (expression: unknown): boolean => {
    const [key, held] = Object.entries(expression as Fields)[0]!;
    const list = held as unknown[];
    switch (key) {
      case 'Fn::Equals': return JSON.stringify(value(list[0])) === JSON.stringify(value(list[1]));
      case 'Fn::Not': return !truth(list[0]);
      case 'Fn::And': return list.every(truth);
      case 'Fn::Or': return list.some(truth);
      case 'Condition': return holds(held as string);
      default: throw validationError(`Template format error: \`${key}\` is no condition`);
    }
  };
  const physicalId = (logicalId: string): string => {
    const known = physical.get(logicalId);
    if (known !== undefined) return known;
    const { Type, Properties } = template.Resources[logicalId]!;
    const named = naming[Type] === undefined ? undefined : value(Properties?.[naming[Type]]);
    const id = typeof named === 'string' ? named : `${place.stackName}-${logicalId}-${createHash('sha256').update(`${place.stackId}${logicalId}`).digest('hex').slice(0, 12).toUpperCase()}`;
    physical.set(logicalId, id);
    return id;
  };
  const arn = (logicalId: string): string => {
    const [, service, kind] = template.Resources[logicalId]!.Type.split('::') as [string, string, string];
    const id = physicalId(logicalId);
    const regional = `arn:${place.partition}:${service.toLowerCase()}:${place.region}:${place.account}:`;
    switch (`${service}::${kind}`) {
      case 'IAM::Role': return `arn:${place.partition}:iam::${place.account}:role/${id}`;
      case 'S3::Bucket': return `arn:${place.partition}:s3:::${id}`;
      case 'SNS::Topic': return `${regional}${id}`;
      case 'Events::EventBus': return `${regional}event-bus/${id}`;
      case 'Logs::LogGroup': return `${regional}log-group:${id}:*`;
      default: return `${regional}${kind.toLowerCase()}${service === 'Lambda' ? ':' : '/'}${id}`;
    }
  };
  const reference = (name: string): unknown => {
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    const parameter = template.Parameters[name];
    if (parameter !== undefined) return parameter.Type === 'CommaDelimitedList' || parameter.Type.startsWith('List<') ? (parameters[name]! === '' ? [''] : parameters[name]!.split(',').map((one) => one.trim())) : parameters[name];
    return template.Resources[name]?.Type === 'AWS::SNS::Topic' ? arn(name) : physicalId(name);
  };
  const attribute = (name: string, of: string): string => {
    if (of.endsWith('Arn')) return arn(name);
    if (of === 'RegionalDomainName') return `${physicalId(name)}.s3.${place.region}.${String(pseudo['AWS::URLSuffix'])}`;
    return `${physicalId(name)}.${of}`;
  };
  const value = (expression: unknown): unknown => {
    if (Array.isArray(expression)) return expression.map(value).filter((one) => one !== nothing);
    if (typeof expression !== 'object' || expression === null) return expression;
    const entries = Object.entries(expression as Fields);
    const [key, held] = entries[0] ?? ['', undefined];
    if (entries.length === 1) switch (key) {
      case 'Ref': return reference(held as string);
      case 'Fn::Sub': {
        const [text, values] = Array.isArray(held) ? held as [string, Fields] : [held as string, {} as Fields];
        return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
          if (literal === '!') return `\${${name}}`;
          if (Object.hasOwn(values, name)) return String(value(values[name]));
          const [resource = '', of] = name.split('.');
          return of === undefined ? String(reference(name)) : attribute(resource, of);
        });
      }
      case 'Fn::GetAtt': { const [name = '', ...of] = Array.isArray(held) ? held as string[] : (held as string).split('.'); return attribute(name, of.join('.')); }
      case 'Fn::If': { const [condition, then, otherwise] = held as [string, unknown, unknown]; return value(holds(condition) ? then : otherwise); }
      case 'Fn::Join': { const [separator, list] = held as [string, unknown]; return (value(list) as unknown[]).map(String).join(separator); }
      case 'Fn::Split': { const [separator, text] = held as [string, unknown]; return String(value(text)).split(separator); }
      case 'Fn::Select': { const [index, list] = held as [unknown, unknown]; return (value(list) as unknown[])[Number(value(index))]; }
      case 'Fn::FindInMap': { const [map, first, second] = (held as unknown[]).map(value) as [string, string, string]; return template.Mappings[map]?.[first]?.[second]; }
      default: if (key.startsWith('Fn::')) throw validationError(`Template error: the function ${key} is not one this server plays`);
    }
    return Object.fromEntries(entries.map(([name, one]) => [name, value(one)]).filter(([, one]) => one !== nothing));
  };
  return {
    value,
    resources: () => Object.entries(template.Resources).filter(([, { Condition }]) => Condition === undefined || holds(Condition)).map(([logicalId, { Type, Properties, DeletionPolicy }]) => (
      { logicalId, type: Type, physicalId: physicalId(logicalId), retained: (DeletionPolicy ?? '').startsWith('Retain') && DeletionPolicy !== 'RetainExceptOnCreate', properties: () => value(Properties ?? {}) as Fields })),
    outputs: () => Object.entries(template.Outputs).filter(([, { Condition }]) => Condition === undefined || holds(Condition)).map(([OutputKey, { Value, Description, Export }]) => (
      { OutputKey, OutputValue: String(value(Value)), ...Description === undefined ? {} : { Description }, ...Export === undefined ? {} : { ExportName: String(value(Export.Name)) } })),
  };
}
