import { bucketName, DEFINITION_KEY, DEFINITION_SOURCE_KEY, PUBLISHER } from '../../names.ts';
import { lambdaTrust, logs, type Role } from '../../role.ts';
import { alarm } from '../alarms.ts';
import { lambdaFunction } from '../functions.ts';
import { sub } from '../role-resource.ts';
import { starter } from '../starter.ts';

const bucket = bucketName('${AWS::AccountId}', '${AWS::Region}');
const bucketArn = `arn:\${AWS::Partition}:s3:::${bucket}`;
const object = (key: string): string => `${bucketArn}/${key}`;

/** Reads the organization and what was written, writes what functions read. */
export const publisherRole = (): Role => ({
  stem: 'publisher', heedsExclusion: [], trust: lambdaTrust,
  description: `The function ${PUBLISHER} runs as this role, which lists the accounts of the organization and writes ${DEFINITION_KEY}.`,
  statements: [
    // These calls name no resource.
    { Sid: 'ReadOrganization', Effect: 'Allow', Action: ['organizations:DescribeOrganization', 'organizations:ListAccounts'], Resource: ['*'] },
    { Sid: 'ReadDefinition', Effect: 'Allow', Action: ['s3:GetObject'], Resource: [object(DEFINITION_KEY), object(DEFINITION_SOURCE_KEY)] },
    // S3 says that there is no such object only to who may list the bucket: others are denied. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    { Sid: 'TellMissing', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [bucketArn] },
    { Sid: 'WriteDefinition', Effect: 'Allow', Action: ['s3:PutObject'], Resource: [object(DEFINITION_KEY)] },
    logs(PUBLISHER),
  ],
});

/** What keeps the list of accounts current. `alarmActions`: what tells of its errors. */
export const publisher = (code: string, alarmActions: readonly object[]): Readonly<Record<string, object>> => ({
  ...lambdaFunction('Publisher', {
    role: publisherRole(), code, policies: [], memory: 256,
    description: `Writes ${DEFINITION_KEY} from ${DEFINITION_SOURCE_KEY} and the accounts of the organization, when one of the two has changed.`,
    environment: { PERIMETER_BUCKET: sub(bucket) },
    // Accounts come twenty at a time, and Organizations answers few calls a second.
    timeout: 300,
  }),
  PublisherErrors: alarm({
    AlarmName: `${PUBLISHER}-errors`, AlarmDescription: `Errors of ${PUBLISHER}: the list of accounts is not current, so new accounts are taken for strangers, and those that left for members.`,
    Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'PublisherFunction' } }],
    // One failed run is made good by the next; two in a row are not.
  }, { Period: 900, EvaluationPeriods: 2, DatapointsToAlarm: 2, AlarmActions: alarmActions }),
  ...starter('PublishOften', { name: 'publish', description: 'Looks for accounts that joined or left the organization.', when: { ScheduleExpression: 'rate(15 minutes)' }, starts: 'PublisherFunction' }),
});
