import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { startConfigServer, type Call, type Script } from '../support/config-server.ts';
import { bundle, runEvaluator } from './evaluator-process.ts';

const parts = inject('parts');
const account = '111122223333';
const time = '2026-01-10T10:00:00.000Z';
const seconds = Date.parse(time) / 1000;
const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:perimeter`;
const folder = mkdtempSync(join(tmpdir(), 'perimeter-e2e-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const written = (name: string, text: string): string => { const path = join(folder, name); writeFileSync(path, text); return `file:${path}`; };
const definition = written('definition.json', JSON.stringify({ version: 1, organizations: ['o-4tkekae453'], accounts: [account] }));

const rds = 'rds-instance-not-public';
const serverless = 'redshift-serverless-not-public';
const summary = {
  awsAccountId: account, awsRegion: 'eu-west-1', ARN: `arn:aws:rds:eu-west-1:${account}:db:ledger`, resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'ledger',
  configurationItemVersion: '1.3', configurationItemStatus: 'OK', configurationItemCaptureTime: time,
};
const instance = (publiclyAccessible: boolean): object => ({ ...summary, tags: {}, supplementaryConfiguration: {}, configuration: { dBInstanceIdentifier: 'ledger', publiclyAccessible } });
const event = (invokingEvent: object, more: object = {}): object => ({
  version: '1.0', invokingEvent: JSON.stringify(invokingEvent), ruleParameters: JSON.stringify({ ruleId: rds }), resultToken: 'token', eventLeftScope: false,
  executionRoleArn: `arn:aws:iam::${account}:role/config`, configRuleArn: `arn:aws:config:eu-west-1:${account}:config-rule/config-rule-1`, configRuleName: 'some-name', configRuleId: 'config-rule-1', accountId: account, ...more,
});
const change = (configurationItem: object, more?: object): object => event({ messageType: 'ConfigurationItemChangeNotification', configurationItem, configurationItemDiff: null, notificationCreationTime: time, recordVersion: '1.3' }, more);
const oversized = event({ messageType: 'OversizedConfigurationItemChangeNotification', configurationItemSummary: summary, notificationCreationTime: time, recordVersion: '1.3' });
const scheduled = event({ messageType: 'ScheduledNotification', awsAccountId: account, notificationCreationTime: time, recordVersion: '1.0' }, { ruleParameters: JSON.stringify({ ruleId: serverless }) });

const put = (evaluations: readonly object[], more: object = {}): Call => ({ operation: 'PutEvaluations', input: { ResultToken: 'token', Evaluations: evaluations, ...more } });
const evaluation = (ComplianceType: string, Annotation?: string): Record<string, unknown> => ({
  ComplianceResourceType: 'AWS::RDS::DBInstance', ComplianceResourceId: 'db-1', ComplianceType, ...Annotation === undefined ? {} : { Annotation }, OrderingTimestamp: seconds,
});
const compliant = put([evaluation('COMPLIANT')]);
const isPublic = 'anyone on the internet whom its security groups let in can connect to this database: it has a public address';
const failing = ({ Evaluations }: Record<string, unknown>): Record<string, unknown> => ({ FailedEvaluations: Evaluations });
/** An item as GetResourceConfigHistory answers it: other names, texts for objects, seconds for times. */
const recorded = {
  version: '1.3', accountId: account, awsRegion: 'eu-west-1', arn: summary.ARN, resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'ledger', configurationItemStatus: 'OK',
  configurationItemCaptureTime: seconds, tags: {}, supplementaryConfiguration: {}, configuration: JSON.stringify({ dBInstanceIdentifier: 'ledger', publiclyAccessible: true }),
};
const history = (more: object = {}): Call => ({ operation: 'GetResourceConfigHistory', input: { resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', laterTime: seconds, limit: 1, ...more } });
const workgroup = (name: string, publiclyAccessible: boolean): Record<string, unknown> => ({ workgroupName: name, workgroupArn: `arn:aws:redshift-serverless:eu-west-1:${account}:workgroup/${name}`, publiclyAccessible });
const group = (name: string, ComplianceType: string, Annotation?: string): object => ({
  ComplianceResourceType: 'AWS::RedshiftServerless::Workgroup', ComplianceResourceId: name, ComplianceType, ...Annotation === undefined ? {} : { Annotation }, OrderingTimestamp: seconds,
});
const details = (more: object = {}): Call => ({ operation: 'GetComplianceDetailsByConfigRule', input: { ConfigRuleName: 'some-name', ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT'], Limit: 100, ...more } });
const reported = (id: string): object => ({ EvaluationResultIdentifier: { EvaluationResultQualifier: { ConfigRuleName: 'some-name', ResourceType: 'AWS::RedshiftServerless::Workgroup', ResourceId: id } }, ComplianceType: 'COMPLIANT' });

const endpoint = {
  ...summary, ARN: `arn:aws:ec2:eu-west-1:${account}:vpc-endpoint/vpce-1`, resourceType: 'AWS::EC2::VPCEndpoint', resourceId: 'vpce-1', resourceName: null, tags: {}, supplementaryConfiguration: {},
  configuration: { vpcEndpointId: 'vpce-1', vpcEndpointType: 'Gateway', serviceName: 'com.amazonaws.eu-west-1.s3', vpcId: 'vpc-1' },
};
const endpointChange = change(endpoint, { ruleParameters: JSON.stringify({ ruleId: 'vpc-endpoint-trusted-principals' }) });
const ofOrganization = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453' } } }] });
const describeEndpoint: Call = { operation: 'DescribeVpcEndpoints', input: { 'Action': 'DescribeVpcEndpoints', 'Version': '2016-11-15', 'Filter.1.Name': 'vpc-endpoint-id', 'Filter.1.Value.1': 'vpce-1' } };
const ofEndpoint = (ComplianceType: string, Annotation?: string): object => ({ ...evaluation(ComplianceType, Annotation), ComplianceResourceType: 'AWS::EC2::VPCEndpoint', ComplianceResourceId: 'vpce-1' });

interface Case { readonly event: object; readonly script?: Script; readonly definition?: string | undefined; readonly calls: readonly Call[]; readonly error?: string }
const cases: Readonly<Record<string, Case>> = {
  'a change costs one call': { event: change(instance(false)), calls: [compliant] },
  'a finding is put with its sentence': { event: change(instance(true)), calls: [put([evaluation('NON_COMPLIANT', isPublic)])] },
  'a test token stores nothing': { event: change(instance(false), { resultToken: 'TESTMODE' }), calls: [put([evaluation('COMPLIANT')], { ResultToken: 'TESTMODE', TestMode: true })] },
  'a deleted resource is not applicable': {
    event: change({ ...summary, configurationItemStatus: 'ResourceDeleted', configuration: null }), calls: [put([evaluation('NOT_APPLICABLE', 'the item has the status `ResourceDeleted`')])],
  },
  'a resource that left the scope is not applicable': { event: change(instance(true), { eventLeftScope: true }), calls: [put([evaluation('NOT_APPLICABLE', "the resource left the rule's scope")])] },
  'an oversized item is fetched, past an empty page': {
    event: oversized,
    script: { answers: { GetResourceConfigHistory: [() => ({ configurationItems: [], nextToken: 'second' }), () => ({ configurationItems: [recorded] })] } },
    calls: [history(), history({ nextToken: 'second' }), put([evaluation('NON_COMPLIANT', isPublic)])],
  },
  'an oversized item that the history lacks is an error': {
    event: oversized, calls: [history()], error: `the history of \`AWS::RDS::DBInstance db-1\` holds no item up to ${time}`,
  },
  'throttling is waited for': { event: change(instance(false)), script: { answers: { PutEvaluations: ['throttling', 'throttling'] } }, calls: [compliant, compliant, compliant] },
  'a server error is tried again': { event: change(instance(false)), script: { answers: { PutEvaluations: ['server-error'] } }, calls: [compliant, compliant] },
  'a slow answer is waited for': { event: change(instance(false)), script: { answers: { PutEvaluations: [{ slow: 1500 }] } }, calls: [compliant] },
  'a failed evaluation is put again': { event: change(instance(false)), script: { answers: { PutEvaluations: [failing] } }, calls: [compliant, compliant] },
  'evaluations that keep failing are an error': {
    event: change(instance(false)), script: { always: { PutEvaluations: failing } }, calls: [compliant, compliant, compliant, compliant],
    error: 'AWS Config did not store 1 evaluations in 4 attempts: `AWS::RDS::DBInstance db-1`',
  },
  'an event of another account is refused': {
    event: change(instance(false), { accountId: '444455556666' }), calls: [], error: `the event is of account \`444455556666\`, and this function judges account \`${account}\` only`,
  },
  'an item of another account is refused': {
    event: change({ ...instance(false), awsAccountId: '444455556666' }), calls: [], error: `the item is of account \`444455556666\`, and the event of account \`${account}\``,
  },
  'no definition is an error': {
    event: change(instance(false)), definition: undefined, calls: [], error: 'the environment variable `PERIMETER_DEFINITION` is missing; set it to `s3://bucket/key` or `ssm:/name`',
  },
  'a definition from S3': {
    event: change(instance(false)), definition: 's3://larkfield-config/perimeter.json', script: { objects: { '/larkfield-config/perimeter.json': '{"version":1,"organizations":["o-4tkekae453"]}' } },
    calls: [{ operation: 'GetObject', input: { path: '/larkfield-config/perimeter.json' } }, compliant],
  },
  'a definition that S3 does not hold is an error': {
    event: change(instance(false)), definition: 's3://larkfield-config/perimeter.json', calls: [{ operation: 'GetObject', input: { path: '/larkfield-config/perimeter.json' } }],
    error: 'the definition `s3://larkfield-config/perimeter.json` cannot be loaded: The specified key does not exist.',
  },
  'a schedule reads all pages and ends what has gone': {
    event: scheduled,
    script: { answers: {
      ListWorkgroups: [() => ({ workgroups: [workgroup('first', false)], nextToken: 'second' }), () => ({ workgroups: [], nextToken: 'third' }), () => ({ workgroups: [workgroup('second', true)] })],
      GetComplianceDetailsByConfigRule: [() => ({ EvaluationResults: [], NextToken: 'second' }), () => ({ EvaluationResults: [reported('first'), reported('gone')] })],
    } },
    calls: [
      { operation: 'ListWorkgroups', input: {} }, { operation: 'ListWorkgroups', input: { nextToken: 'second' } }, { operation: 'ListWorkgroups', input: { nextToken: 'third' } },
      details(), details({ NextToken: 'second' }),
      put([group('first', 'COMPLIANT'), group('second', 'NON_COMPLIANT', isPublic.replace('database', 'workgroup')), group('gone', 'NOT_APPLICABLE', 'the resource no longer exists')]),
    ],
  },
  'an endpoint whose item holds no document is asked for': { event: endpointChange, script: { endpoints: { 'vpce-1': ofOrganization } }, calls: [describeEndpoint, put([ofEndpoint('COMPLIANT')])] },
  'an endpoint that nobody finds is undecided': {
    event: endpointChange,
    calls: [describeEndpoint, put([ofEndpoint('NON_COMPLIANT', 'Undecided: the item holds no policy document; the evaluator in the account asks EC2 for it, a recording alone cannot tell')])],
  },
  'a schedule that finds nothing reports an empty list': { event: scheduled, calls: [{ operation: 'ListWorkgroups', input: {} }, details(), put([])] },
};

const broken: Readonly<Record<string, readonly [definition: string, error: RegExp]>> = {
  'a definition that is not there': ['file:/nowhere/perimeter.json', /^the definition `file:\/nowhere\/perimeter\.json` cannot be loaded: ENOENT/],
  'a definition that is not JSON': [written('broken.json', '{'), /^the definition `file:.*broken\.json` is not valid: /],
  'a definition that lacks a section': [written('empty.json', '{"version":1}'), /^the definition `file:.*empty\.json` is not valid: organizations: is missing/],
  'a pointer of another kind': ['https://example.com/perimeter.json', /: expected `s3:\/\/bucket\/key` or `ssm:\/name`$/],
};

describe.each([['Node 22', parts.node22], ['Node 24', parts.node24]])('%s', (_, node) => {
  test.concurrent.each(Object.entries(cases))('%s', async (_name, one) => {
    const server = await startConfigServer(one.script);
    try {
      const { outcomes } = await runEvaluator(node, server.url, 'definition' in one ? one.definition : definition, [{ event: one.event, functionArn }]);
      expect({ violations: server.violations, outcomes, calls: server.calls }).toEqual({ violations: [], outcomes: [one.error ?? null], calls: one.calls });
    } finally { await server.close(); }
  });

  test.concurrent.each(Object.entries(broken))('%s is an error and puts nothing', async (_name, [pointer, error]) => {
    const server = await startConfigServer();
    try {
      const { outcomes, log } = await runEvaluator(node, server.url, pointer, [{ event: change(instance(false)), functionArn }]);
      expect(server.calls).toEqual([]);
      expect(outcomes).toEqual([expect.stringMatching(error)]);
      expect(log).toEqual([{ level: 'error', message: outcomes[0], error: 'Error' }]);
    } finally { await server.close(); }
  });

  test.concurrent('the bundle needs no other package for a change, faults and all', async () => {
    const alone = join(mkdtempSync(join(folder, 'alone-')), 'evaluator');
    cpSync(dirname(bundle), alone, { recursive: true });
    const server = await startConfigServer({ answers: { PutEvaluations: ['throttling', 'server-error'] } });
    try {
      const { outcomes } = await runEvaluator(node, server.url, definition, [{ event: change(instance(false)), functionArn }], join(alone, 'index.js'));
      expect({ outcomes, calls: server.calls }).toEqual({ outcomes: [null], calls: [compliant, compliant, compliant] });
      for (const agent of server.agents) expect(agent).toMatch(/^aws-sdk-js\/3\.[\d.]+ ua\/2\.1 os\/linux#\S+ lang\/js md\/nodejs#[\d.]+ api\/config-service#3\.[\d.]+$/);
    } finally { await server.close(); }
  });

  test.concurrent('150 evaluations go in two calls', async () => {
    const names = Array.from({ length: 150 }, (_each, index) => `workgroup-${index}`);
    const server = await startConfigServer({ always: { ListWorkgroups: () => ({ workgroups: names.map((name) => workgroup(name, false)) }) } });
    try {
      await runEvaluator(node, server.url, definition, [{ event: scheduled, functionArn }]);
      expect(server.violations).toEqual([]);
      expect(server.calls.slice(2)).toEqual([names.slice(0, 100), names.slice(100)].map((some) => put(some.map((name) => group(name, 'COMPLIANT')))));
    } finally { await server.close(); }
  });
});

test('the bundle weighs at most 340 KiB', () => {
  expect(statSync(bundle).size).toBeLessThanOrEqual(340 * 1024);
});
