import type { Source } from './report.ts';
import type { Type } from './types.ts';

export interface Action {
  readonly page: Source;
  /** Inputs it cannot do without. */
  readonly required: readonly string[];
  /** All its inputs; `undefined` where this list may be behind AWS's or where an API defines them. */
  readonly inputs?: readonly string[];
  /** Outputs it gives without being asked; a type that is not documented is `undefined`. */
  readonly gives: Readonly<Record<string, Type | undefined>>;
  /** Whether its outputs have names of somebody else, such as a child runbook. */
  readonly givesMore?: boolean;
  /** Whether a step may select outputs of its own. */
  readonly selects?: boolean;
  /** Whether `onCancel` may stand on it. */
  readonly cancels?: boolean;
  /** The most seconds it runs, whatever `timeoutSeconds` says. */
  readonly longest?: number;
  /** Whether its inputs are checked beyond the required ones. */
  readonly checked?: boolean;
  /** Whether a step that failed may still have given its outputs. */
  readonly givesOnFailure?: boolean;
}

const API = ['Service', 'Api'];
const DAYS = 86_400;

/** Every action of Automation: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html, as of 2026-11. */
const table: Readonly<Record<string, Action>> = {
  'aws:approve': { page: 'approve', required: ['Approvers'], inputs: ['Approvers', 'Message', 'MinRequiredApprovals', 'NotificationArn'], gives: { ApprovalStatus: 'String', ApproverDecisions: undefined }, cancels: false, longest: 30 * DAYS, checked: true },
  'aws:assertAwsResourceProperty': { page: 'assert', required: [...API, 'PropertySelector', 'DesiredValues'], gives: {}, selects: true, checked: true },
  'aws:branch': { page: 'branch', required: ['Choices'], inputs: ['Choices', 'Default'], gives: {}, checked: true },
  'aws:changeInstanceState': { page: 'changeInstanceState', required: ['InstanceIds', 'DesiredState'], gives: { InstanceIds: 'StringList' }, givesOnFailure: true },
  'aws:copyImage': { page: 'copyImage', required: ['SourceRegion', 'SourceImageId', 'ImageName'], gives: { ImageId: 'String', ImageState: 'String' }, givesOnFailure: true },
  'aws:createImage': { page: 'createImage', required: ['InstanceId', 'ImageName'], gives: { ImageId: 'String', ImageState: 'String' }, givesOnFailure: true },
  'aws:createStack': { page: 'createStack', required: ['StackName'], gives: { StackId: 'String', StackStatus: 'String', StackStatusReason: 'String' }, givesOnFailure: true },
  'aws:createTags': { page: 'createTags', required: ['ResourceIds', 'Tags'], gives: {} },
  'aws:deleteImage': { page: 'deleteImage', required: ['ImageId'], gives: {} },
  'aws:deleteStack': { page: 'deleteStack', required: ['StackName'], gives: {} },
  'aws:executeAutomation': { page: 'executeAutomation', required: ['DocumentName'], gives: {}, givesMore: true, givesOnFailure: true },
  'aws:executeAwsApi': { page: 'executeAwsApi', required: API, gives: { OutputPayload: undefined }, selects: true, checked: true },
  'aws:executeScript': { page: 'executeScript', required: ['Runtime'], inputs: ['Attachment', 'Handler', 'InputPayload', 'Runtime', 'Script'], gives: { Payload: undefined, OutputPayload: undefined }, selects: true, longest: 600, checked: true, givesOnFailure: true },
  'aws:executeStateMachine': { page: 'executeStateMachine', required: ['stateMachineArn'], gives: {}, givesMore: true, givesOnFailure: true },
  'aws:invokeLambdaFunction': { page: 'invokeLambdaFunction', required: ['FunctionName'], inputs: ['ClientContext', 'FunctionName', 'InputPayload', 'InvocationType', 'LogType', 'Payload', 'Qualifier'], gives: { StatusCode: undefined, FunctionError: 'String', LogResult: 'String', Payload: 'String' }, selects: true, longest: 300, checked: true, givesOnFailure: true },
  'aws:invokeWebhook': { page: 'invokeWebhook', required: ['IntegrationName'], inputs: ['Body', 'IntegrationName'], gives: { Response: 'String', ResponseCode: undefined }, checked: true, givesOnFailure: true },
  'aws:loop': { page: 'loop', required: ['Steps'], inputs: ['IteratorDataType', 'Iterators', 'LoopCondition', 'MaxIterations', 'Steps'], gives: {}, givesMore: true, selects: true, cancels: false, checked: true, givesOnFailure: true },
  'aws:pause': { page: 'pause', required: [], gives: {}, cancels: false, longest: 30 * DAYS, checked: true },
  'aws:runCommand': { page: 'runCommand', required: ['DocumentName'], gives: { CommandId: 'String', Status: 'String', ResponseCode: undefined, Output: 'String' }, givesMore: true, givesOnFailure: true },
  'aws:runInstances': { page: 'runInstances', required: ['ImageId'], gives: { InstanceIds: 'StringList', InstanceStates: 'StringList' }, givesOnFailure: true },
  'aws:sleep': { page: 'sleep', required: [], inputs: ['Duration', 'TimeStamp', 'Timestamp'], gives: {}, cancels: false, checked: true },
  'aws:updateVariable': { page: 'updateVariable', required: ['Name', 'Value'], inputs: ['Name', 'Value'], gives: {}, cancels: false, checked: true },
  'aws:waitForAwsResourceProperty': { page: 'wait', required: [...API, 'PropertySelector', 'DesiredValues'], gives: {}, selects: true, checked: true },
};
export const actionNames: readonly string[] = Object.keys(table);
export const actionOf = (name: string): Action | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);

/** Actions that call an API operation by its name. */
export const callsApi = (name: string): boolean => name === 'aws:executeAwsApi' || waits(name);
/** Those that compare what they read. */
export const waits = (name: string): boolean => name === 'aws:assertAwsResourceProperty' || name === 'aws:waitForAwsResourceProperty';
