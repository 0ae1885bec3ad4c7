import { readFileSync } from 'node:fs';
import type { AnyRemediation } from '../../core/remediation.ts';
import { remediationRoles } from '../../deployment/remediation-roles.ts';
import type { Ports } from '../../entry/planner/given.ts';
import { handle } from '../../entry/planner/handle.ts';
import { write, type WritePorts } from '../../entry/writer/write.ts';
import { confineIamRoleTrust } from '../../remediations/confine-iam-role-trust.ts';
import { confineVpcEndpointPolicy } from '../../remediations/confine-vpc-endpoint-policy.ts';
import { remediations } from '../../remediations/index.ts';
import { virtualClock } from '../support/automation/clock.ts';
import { fakeAws, type FakeAws, type Options } from '../support/automation/fake-aws/index.ts';
import type { Handler } from '../support/automation/fake-aws/lambda.ts';
import { withFaults, type Fault } from '../support/automation/faults.ts';
import { runAutomation } from '../support/automation/run.ts';
import type { CallApi, Clock, Fields, Readings, Run } from '../support/automation/types.ts';
import { policy } from '../support/items.ts';
import { definition, strangerAccount } from '../support/perimeter.ts';
import { role, start } from './play.ts';
import { itemsOf, ledgerTable, recordOf, type Attributes } from './runbook.ts';

export const plannerRole = 'arn:aws:iam::111111111111:role/perimeter-planner';
export const writerRole = 'arn:aws:iam::111111111111:role/perimeter-writer';

/** One of the two resources whose policies are confined, with policies by what a plan makes of them. */
export interface Kind {
  readonly remediation: AnyRemediation;
  readonly apply: string;
  readonly undo: string;
  readonly resourceId: string;
  readonly write: string;
  readonly read: string;
  readonly policies: { readonly open: object; readonly named: object; readonly sound: object; readonly braces: object };
  readonly state: (policy: object) => NonNullable<Options['state']>;
  readonly policyOf: (fake: FakeAws) => unknown;
  readonly set: (fake: FakeAws, policy: object) => void;
  readonly remove: (fake: FakeAws) => void;
}

const endpointId = 'vpce-0123456789abcdef0';
const send = (Principal: unknown, Condition?: object): Record<string, unknown> => ({ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: '*', ...Condition === undefined ? {} : { Condition } });
const mine = { StringEquals: { 'aws:PrincipalOrgID': 'o-4tkekae453', 'aws:ResourceOrgID': 'o-4tkekae453' } };
const theirs = { StringEquals: { 'aws:ResourceOrgID': 'o-4tkekae453' } };

const endpoint: Kind = {
  remediation: confineVpcEndpointPolicy, apply: 'confine-vpc-endpoint-policy', undo: 'roll-back-vpc-endpoint-policy', resourceId: endpointId, write: 'ec2:ModifyVpcEndpoint', read: 'ec2:DescribeVpcEndpoints',
  policies: {
    open: policy(send('*')), named: policy(send({ AWS: `arn:aws:iam::${strangerAccount}:root` }, theirs), send('*', mine)), sound: policy(send('*', mine)),
    braces: policy(send('*', { StringNotEquals: { 'aws:UserAgent': '{{x}}' } })),
  },
  state: (document) => ({ endpoints: { [endpointId]: {
    VpcEndpointId: endpointId, VpcEndpointType: 'Interface', VpcId: 'vpc-0a1b2c3d4e5f60718', ServiceName: 'com.amazonaws.eu-west-1.sqs', State: 'available', RequesterManaged: false, Tags: [], PolicyDocument: JSON.stringify(document),
  } } }),
  policyOf: ({ state }) => JSON.parse(String(state.endpoints[endpointId]!['PolicyDocument'])) as unknown,
  set: ({ state }, document) => { state.endpoints[endpointId]!['PolicyDocument'] = JSON.stringify(document); },
  remove: ({ state }) => { delete state.endpoints[endpointId]; },
};

const roleId = 'AROAEXAMPLEEXAMPLE123';
const assume = (Principal: unknown): Record<string, unknown> => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
const trust: Kind = {
  remediation: confineIamRoleTrust, apply: 'confine-iam-role-trust', undo: 'roll-back-iam-role-trust', resourceId: roleId, write: 'iam:UpdateAssumeRolePolicy', read: 'iam:GetRole',
  policies: {
    open: policy(assume('*')), named: policy(assume({ AWS: `arn:aws:iam::${strangerAccount}:root` }), assume({ Service: 'ec2.amazonaws.com' })), sound: policy(assume({ Service: 'ec2.amazonaws.com' })),
    braces: policy({ ...assume('*'), Condition: { StringNotEquals: { 'aws:UserAgent': '{{x}}' } } }),
  },
  state: (document) => ({
    roles: { deploy: { RoleName: 'deploy', RoleId: roleId, Path: '/', Arn: 'arn:aws:iam::111111111111:role/deploy', AssumeRolePolicyDocument: document, Tags: [] } },
    discovered: [{ resourceType: 'AWS::IAM::Role', resourceId: roleId, resourceName: 'deploy' }],
  }),
  policyOf: ({ state }) => state.roles['deploy']!['AssumeRolePolicyDocument'],
  set: ({ state }, document) => { state.roles['deploy']!['AssumeRolePolicyDocument'] = document; },
  remove: ({ state }) => { delete state.roles['deploy']; },
};
export const kinds = { 'VPC endpoint': endpoint, 'IAM role': trust } as const;

export interface Setting extends Pick<Options, 'lagSeconds'> {
  readonly policy?: object;
  readonly faults?: (stage: () => Stage) => readonly Fault[];
  readonly readings?: Readings;
  readonly ledger?: readonly Record<string, unknown>[];
  /** Replaces what the runbook's role may do. */
  readonly actions?: readonly string[];
  /** Stands in for a function, or in front of it. */
  readonly handlers?: (handlers: Readonly<Record<string, Handler>>) => Readonly<Record<string, Handler>>;
}
export interface Stage {
  readonly kind: Kind;
  readonly fake: FakeAws;
  readonly clock: Clock;
  readonly apply: (executionId: string, given?: Fields) => Run;
  readonly undo: (executionId: string, undoes: string, given?: Fields) => Run;
}

/** What the runbooks' role may do, as its remediation declares it. Role ids become names in the planner. */
export const declared = ({ remediation }: Kind): string[] => [
  ...remediation.permissions.map(({ action }) => action), 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'lambda:InvokeFunction',
].sort();

/** An AWS in which a runbook runs with the planner and the writer of the pack, each under a role of its own. */
export function stageOf(kind: Kind, { policy: document = kind.policies.open, faults, readings, ledger = [], actions = declared(kind), handlers: wrap = (all) => all, lagSeconds = 0 }: Setting = {}): Stage {
  const clock = virtualClock(start);
  const front: { callApi?: CallApi } = {};
  const functions: Readonly<Record<string, Handler>> = {
    'perimeter-planner': ((event: unknown) => handle(event, { accountId: '111111111111', region: 'eu-west-1', partition: 'aws' }, remediations, plannerPorts((...call) => front.callApi!(...call), clock))) as Handler,
    'perimeter-writer': ((event: unknown) => write(event, writerPorts((...call) => front.callApi!(...call), clock))) as Handler,
  };
  const actionsOf = (stem: string): string[] => remediationRoles(remediations).find((one) => one.stem === stem)!.statements.flatMap(({ Effect, Action }) => Effect === 'Allow' ? Action : []);
  const fake = fakeAws({
    clock, lagSeconds, handlers: wrap(functions), grants: { [role]: actions, [plannerRole]: actionsOf('planner'), [writerRole]: actionsOf('writer') },
    state: { ...kind.state(document), tables: { [ledgerTable]: { key: ['pk', 'sk'], items: structuredClone([...ledger]) } } },
  });
  const faulty = withFaults(
    { callApi: watched(kind, fake, clock), invoke: fake.invoke, clock, account: '111111111111', region: 'eu-west-1', executionId: '', ...readings === undefined ? {} : { readings } },
    ...faults?.(() => stage) ?? [],
  );
  front.callApi = faulty.callApi;
  const run = (stem: string, executionId: string, given: Fields): Run => {
    const text = readFileSync(new URL(`../../ssm-documents/${stem}.yaml`, import.meta.url), 'utf8');
    return runAutomation(text, { AutomationAssumeRole: role, ResourceId: kind.resourceId, ...given }, { ...faulty, executionId });
  };
  const stage: Stage = {
    kind, fake, clock,
    apply: (executionId, given = { Mode: 'Apply' }) => run(kind.apply, executionId, given),
    undo: (executionId, UndoExecutionId, given = {}) => run(kind.undo, executionId, { UndoExecutionId, ...given }),
  };
  return stage;
}

/** In every test: who writes has the lock, has recorded what was before and passed the precheck, and a rollback has placed its hold. */
const watched = (kind: Kind, fake: FakeAws, clock: Clock): CallApi => async (service, api, input, by) => {
  if (`${service}:${api}` === kind.write) {
    const state = stateOf(fake);
    const run = recordOf(fake, String(state?.['lockedBy']?.['S']));
    if (run === undefined || Number(state!['lockUntil']!['N']) * 1000 <= clock.now()) throw new Error('a write without a lock');
    if (run['decision']!['S'] !== 'apply' || run['precheck']!['S'] !== 'unchanged' || run['before']!['S'] === 'none') throw new Error('a write without a record of what was before');
    if (run['undoes']!['S'] !== 'none' && state!['holdUntil']?.['S'] !== run['holdUntil']!['S']) throw new Error('a rollback without a hold');
  }
  return fake.callApi(service, api, input, by);
};
export const stateOf = (fake: FakeAws): Attributes | undefined => itemsOf(fake).find(({ sk }) => sk!['S'] === 'STATE');

const unplayed = (): never => { throw new TypeError('no runbook comes here'); };

function plannerPorts(callApi: CallApi, clock: Clock): Ports {
  const call = (service: string, api: string) => (input: object): Promise<never> => callApi(service, api, input as Fields, plannerRole) as Promise<never>;
  return {
    ...ledgerPorts(call), ledgerTable, now: () => clock.now(), sleep: async (duration) => { clock.advanceTo(clock.now() + duration); }, log: () => undefined,
    definition: async () => definition,
    describeVpcEndpoints: call('ec2', 'DescribeVpcEndpoints'), listDiscoveredResources: call('config', 'ListDiscoveredResources'),
    async role(name) {
      try {
        const { Role } = await call('iam', 'GetRole')({ RoleName: name }) as { readonly Role: Fields };
        // The JavaScript client leaves the document encoded, boto3 does not.
        return { ...Role, AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(Role['AssumeRolePolicyDocument'])) } as never;
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchEntity') return undefined;
        throw error;
      }
    },
    describeSubnets: unplayed, describeSecurityGroups: unplayed, rolePolicies: unplayed, functionConfiguration: unplayed, functionTags: unplayed, describeConfigRules: unplayed, getComplianceDetails: unplayed,
  };
}

function writerPorts(callApi: CallApi, clock: Clock): WritePorts {
  const call = (service: string, api: string) => (input: object): Promise<never> => callApi(service, api, input as Fields, writerRole) as Promise<never>;
  return { ...ledgerPorts(call), ledgerTable, now: () => clock.now(), modifyVpcEndpoint: call('ec2', 'ModifyVpcEndpoint'), updateAssumeRolePolicy: call('iam', 'UpdateAssumeRolePolicy') };
}

const ledgerPorts = (call: (service: string, api: string) => (input: object) => Promise<never>) =>
  ({ getItem: call('dynamodb', 'GetItem'), putItem: call('dynamodb', 'PutItem'), updateItem: call('dynamodb', 'UpdateItem'), query: call('dynamodb', 'Query') });
