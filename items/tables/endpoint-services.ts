import { actionPrefix } from '../../policy/tables/service-prefixes.ts';

/**
 * AWS services whose endpoints take no policy: whoever reaches the endpoint may use the service, and nobody can change that.
 * Items do not say it. As of 2026-11. Source: column "VPC endpoint policies" of
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const withoutPolicy = new Set([
  'cloudhsmv2', 'email-smtp', 'ecs-agent', 'ecs-telemetry', 'deviceadvisor.iot', 'iot.credentials', 'iot.fleethub.api', 'iotsitewise.data', 'iotwireless.api', 'lorawan.cups', 'lorawan.lns',
  'codecommit-fips', 'git-codecommit-fips', 'm2', 'mgn', 'migrationhub-strategy', 'nimble', 'notebook', 'studio', 'panorama', 'private-networks', 'profile',
  'emrwal.prod', 'grafana-workspace', 'appstream.streaming', 'workspaces-instances', 'autoscaling-plans', 'transfer.server', 'awsconnector', 'ssm-contacts', 'verifiedpermissions', 'wisdom', 'dms-fips',
  'refactor-spaces', 'sms-voice', 'elastic-inference.runtime', 'groundstation', 'honeycode', 'iotroborunner', 'omics-storage', 'support', 'textract-fips',
]);

const known = new Set([
  's3', 's3-global', 'dynamodb', 'dynamodb-streams', 'sts', 'kms', 'kms-fips', 'sqs', 'sns', 'secretsmanager', 'ssm', 'ssmmessages', 'ec2messages', 'ec2', 'ecr.api', 'ecr.dkr', 'logs', 'monitoring', 'events',
  'lambda', 'execute-api', 'kinesis-streams', 'kinesis-firehose', 'states', 'sync-states', 'athena', 'glue', 'sagemaker.api', 'sagemaker.runtime', 'elasticfilesystem', 'elasticloadbalancing',
  'autoscaling', 'application-autoscaling', 'cloudformation', 'cloudtrail', 'config', 'codebuild', 'codecommit', 'git-codecommit', 'codedeploy', 'codepipeline', 'codeartifact.api', 'codeartifact.repositories',
  'rds', 'rds-data', 'redshift', 'redshift-data', 'redshift-serverless', 'elasticmapreduce', 'emr-containers', 'batch', 'ecs', 'eks', 'backup', 'datasync', 'dms', 'fsx', 'guardduty-data', 'imagebuilder', 'inspector2',
  'kafka', 'macie2', 'organizations', 'iam', 'bedrock', 'bedrock-runtime', 'bedrock-agent', 'bedrock-agent-runtime', 'scheduler', 'securityhub', 'servicecatalog', 'email', 'storagegateway', 'textract', 'transcribe',
  'transfer', 'workspaces', 'xray', 'acm-pca', 'airflow.api', 'airflow.env', 'airflow.ops', 'comprehend', 'rekognition', 'translate', 'polly', 'cassandra', 'elasticache', 'access-analyzer', 'sts-fips', 'ec2-fips',
]);

export interface EndpointService {
  /** `undefined`: the table does not have the service. */
  readonly supportsPolicy: boolean | undefined;
  /** The prefix of its actions, as far as its name tells; `undefined` where it does not. */
  readonly prefix: string | undefined;
}

/** What is known of the service behind a name such as `com.amazonaws.eu-west-1.s3`; `undefined` where it is no service of AWS. */
export function endpointService(serviceName: string): EndpointService | undefined {
  const name = /^(?:cn\.)?(?:com\.amazonaws|aws\.sagemaker|aws\.api|com\.amazonaws\.cn)\.(?:[a-z]{2,}(?:-[a-z]+)+-\d\.)?(.+)$/.exec(serviceName)?.[1];
  if (name === undefined || name.startsWith('vpce.')) return undefined;
  return { supportsPolicy: withoutPolicy.has(name) ? false : known.has(name) ? true : undefined, prefix: actionPrefix(name) };
}
