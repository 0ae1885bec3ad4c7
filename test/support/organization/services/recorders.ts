import type { Recorder } from '../options.ts';
import type { State } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { AwsError } from '../wire/error.ts';
import type { Fields } from '../wire/decode.ts';

/** The recorder of an account and Region: what the script says of the Region, else of the account, else one that records all with IAM's types. */
export const recorderOf = ({ options: { recorders = {} } }: State, account: string, region: string): Recorder => recorders[`${account}/${region}`] ?? recorders[account] ?? { all: true, global: true };

const iamTypes = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'];

/** Whether a recorder records a type. */
export function records(recorder: Recorder, type: string): boolean {
  if (recorder === 'none' || recorder === 'off') return false;
  if (typeof recorder === 'string') return true;
  if ('types' in recorder) return recorder.types.includes(type);
  if ('except' in recorder) return !recorder.except.includes(type);
  return recorder.global || !iamTypes.includes(type);
}

function groupOf(recorder: Recorder): Fields {
  if (typeof recorder === 'object' && 'types' in recorder) return { allSupported: false, includeGlobalResourceTypes: false, resourceTypes: recorder.types, recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' } };
  if (typeof recorder === 'object' && 'except' in recorder) return { allSupported: false, includeGlobalResourceTypes: false, resourceTypes: [], exclusionByResourceTypes: { resourceTypes: recorder.except }, recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } };
  return { allSupported: true, includeGlobalResourceTypes: typeof recorder === 'string' || recorder.global, resourceTypes: [], recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } };
}

function recorderAsked({ state, account, region }: Context, { ConfigurationRecorderNames: names }: Fields): Recorder | undefined {
  const recorder = recorderOf(state, account, region);
  const lost = ((names ?? []) as string[]).find((name) => recorder === 'none' || name !== 'default');
  if (lost !== undefined) throw new AwsError('NoSuchConfigurationRecorderException', `Cannot find configuration recorder with the specified name '${lost}'.`);
  return recorder === 'none' ? undefined : recorder;
}

/** AWS Config: recorders and delivery channels. */
export const recorders: Handlers = {
  DescribeConfigurationRecorders(input, context) {
    const recorder = recorderAsked(context, input);
    const { state: { partition }, account, region } = context;
    return { ConfigurationRecorders: recorder === undefined ? [] : [{
      arn: `arn:${partition}:config:${region}:${account}:configuration-recorder/default/abcdefgh12345678`, name: 'default', roleARN: `arn:${partition}:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      recordingGroup: groupOf(recorder), recordingMode: { recordingFrequency: 'CONTINUOUS' }, recordingScope: 'PAID',
    }] };
  },
  DescribeConfigurationRecorderStatus(input, context) {
    const recorder = recorderAsked(context, input);
    return { ConfigurationRecordersStatus: recorder === undefined ? [] : [{
      name: 'default', recording: recorder !== 'off', lastStartTime: 1_700_000_000, lastStatusChangeTime: 1_700_000_000,
      ...recorder === 'off' ? { lastStopTime: 1_700_000_100 } : recorder === 'failing' ? { lastStatus: 'Failure', lastErrorCode: 'AccessDenied', lastErrorMessage: 'Insufficient delivery policy to s3 bucket' } : { lastStatus: 'Success' },
    }] };
  },
  DescribeDeliveryChannels(input, { state, account, region }) {
    const recorder = recorderOf(state, account, region);
    const isThere = recorder !== 'none' && recorder !== 'no-channel';
    const lost = ((input['DeliveryChannelNames'] ?? []) as string[]).find((name) => !isThere || name !== 'default');
    if (lost !== undefined) throw new AwsError('NoSuchDeliveryChannelException', `Cannot find delivery channel with specified name '${lost}'.`);
    return { DeliveryChannels: isThere ? [{ name: 'default', s3BucketName: `config-${account}-${region}` }] : [] };
  },
};
