import { strFromU8, unzipSync } from 'fflate';
import type { Resource } from '../../support/cloudformation.ts';
import type { Fields } from '../../support/automation/types.ts';

/** Calls moto in one account. */
export type Call = (service: string, api: string, input: Fields) => Promise<Record<string, unknown>>;

/** A resource as its own service describes it, and as the template has it, in one form. */
interface Held { readonly found: unknown; readonly wanted: unknown }

type Properties = Resource['Properties'];

/**
 * What each service tells of a resource of a stack. What moto passes over is left out here, for it would prove nothing: alarms and the
 * conformance pack, of which it makes none; of functions their architecture, of the table its encryption and its recovery.
 */
const services: Readonly<Record<string, (call: Call, properties: Properties) => Promise<Held>>> = {
  'AWS::IAM::Role': async (call, { RoleName, AssumeRolePolicyDocument, Policies }) => {
    const { Role } = await call('iam', 'GetRole', { RoleName });
    const { PolicyNames } = await call('iam', 'ListRolePolicies', { RoleName });
    const policies = await Promise.all((PolicyNames as string[]).map(async (PolicyName) => {
      const { PolicyDocument } = await call('iam', 'GetRolePolicy', { RoleName, PolicyName });
      return { PolicyName, PolicyDocument: typeof PolicyDocument === 'string' ? JSON.parse(PolicyDocument) as unknown : PolicyDocument };
    }));
    return { found: { trust: (Role as Fields)['AssumeRolePolicyDocument'], policies }, wanted: { trust: AssumeRolePolicyDocument, policies: Policies } };
  },
  'AWS::Lambda::Function': async (call, { FunctionName, Role, Handler, Runtime, Timeout, MemorySize, Environment, Code }) => {
    const all = (await call('lambda', 'GetFunction', { FunctionName }))['Configuration'] as Fields;
    return {
      found: { ...Object.fromEntries(['Role', 'Handler', 'Runtime', 'Timeout', 'MemorySize', 'Environment'].map((name) => [name, all[name]])), files: await filesOf(call, String(FunctionName)) },
      wanted: { Role, Handler, Runtime, Timeout, MemorySize, Environment, files: { 'index.js': (Code as Fields)['ZipFile'] } },
    };
  },
  'AWS::Lambda::Permission': async (call, { FunctionName, Principal, Action, SourceArn, SourceAccount }) => {
    const { Policy } = await call('lambda', 'GetPolicy', { FunctionName });
    const { Statement } = JSON.parse(String(Policy)) as { Statement: readonly Fields[] };
    const wanted = { Effect: 'Allow', Principal: { Service: Principal }, Action, Condition: SourceArn === undefined ? { StringEquals: { 'AWS:SourceAccount': SourceAccount } } : { ArnLike: { 'AWS:SourceArn': SourceArn } } };
    const told = Statement.map(({ Effect, Principal: principal, Action: action, Condition }) => ({ Effect, Principal: principal, Action: action, Condition }));
    return { found: told.find((one) => JSON.stringify(one) === JSON.stringify(wanted)) ?? told, wanted };
  },
  'AWS::SSM::Document': async (call, { Name, DocumentType, Content }) => {
    const told = await call('ssm', 'GetDocument', { Name, DocumentFormat: 'JSON' });
    return { found: { type: told['DocumentType'], content: typeof told['Content'] === 'string' ? JSON.parse(told['Content']) as unknown : told['Content'] }, wanted: { type: DocumentType, content: Content } };
  },
  'AWS::Events::Rule': async (call, { Name, EventPattern, ScheduleExpression, State, Targets }) => {
    const told = await call('events', 'DescribeRule', { Name });
    const { Targets: targets } = await call('events', 'ListTargetsByRule', { Rule: Name });
    return {
      found: { pattern: told['EventPattern'] === undefined ? undefined : JSON.parse(String(told['EventPattern'])) as unknown, schedule: told['ScheduleExpression'], state: told['State'], targets },
      wanted: { pattern: EventPattern, schedule: ScheduleExpression, state: State, targets: Targets },
    };
  },
  'AWS::Logs::LogGroup': async (call, { LogGroupName, RetentionInDays }) => {
    const { logGroups } = await call('logs', 'DescribeLogGroups', { logGroupNamePrefix: LogGroupName });
    return { found: (logGroups as readonly Fields[]).map(({ retentionInDays }) => retentionInDays), wanted: [Number(RetentionInDays)] };
  },
  'AWS::DynamoDB::Table': async (call, { TableName, KeySchema, AttributeDefinitions, BillingMode, DeletionProtectionEnabled }) => {
    const { Table } = await call('dynamodb', 'DescribeTable', { TableName });
    const told = Table as Fields;
    return {
      found: { keys: told['KeySchema'], attributes: told['AttributeDefinitions'], billing: (told['BillingModeSummary'] as Fields)['BillingMode'], isProtected: told['DeletionProtectionEnabled'] },
      wanted: { keys: KeySchema, attributes: AttributeDefinitions, billing: BillingMode, isProtected: DeletionProtectionEnabled },
    };
  },
};

/** The texts in a function's package, by file. */
export async function filesOf(call: Call, FunctionName: string): Promise<Readonly<Record<string, string>>> {
  const { Location } = (await call('lambda', 'GetFunction', { FunctionName }))['Code'] as { readonly Location: string };
  const files = unzipSync(new Uint8Array(await (await fetch(Location)).arrayBuffer()));
  return Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file, strFromU8(bytes)]));
}

/** All resources of a stack that moto makes, by logical id, as their services tell of them and as the stack should have made them. */
export async function held(call: Call, resources: Readonly<Record<string, Resource>>): Promise<{ readonly found: Fields; readonly wanted: Fields; readonly types: readonly string[] }> {
  const known = Object.entries(resources).filter(([, { Type }]) => services[Type] !== undefined);
  const all = await Promise.all(known.map(async ([id, { Type, Properties }]) => [id, await services[Type]!(call, Properties)] as const));
  return {
    found: Object.fromEntries(all.map(([id, { found }]) => [id, found])), wanted: Object.fromEntries(all.map(([id, { wanted }]) => [id, wanted])),
    types: [...new Set(known.map(([, { Type }]) => Type))].sort(),
  };
}
