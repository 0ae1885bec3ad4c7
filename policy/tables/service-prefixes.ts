/**
 * The prefix of the actions that an endpoint's service authorizes, where it is not the first part of the service's name.
 * As of 2026-11. Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html beside
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const prefixes: Readonly<Record<string, string>> = {
  'kinesis-streams': 'kinesis', 'kinesis-firehose': 'firehose', monitoring: 'cloudwatch', elasticmapreduce: 'elasticmapreduce', 'emr-containers': 'emr-containers',
  email: 'ses', 'email-smtp': 'ses', 'git-codecommit': 'codecommit', 'git-codecommit-fips': 'codecommit', 'codecommit-fips': 'codecommit', 'codebuild-fips': 'codebuild',
  'kms-fips': 'kms', 'sts-fips': 'sts', 'ec2-fips': 'ec2', 's3-global': 's3', 'application-autoscaling': 'application-autoscaling', 'autoscaling-plans': 'autoscaling-plans',
  'ecs-agent': 'ecs', 'ecs-telemetry': 'ecs', 'cassandra-fips': 'cassandra', 'sync-states': 'states', 'synthetics-fips': 'synthetics', 'transcribestreaming': 'transcribe',
  'elasticbeanstalk-health': 'elasticbeanstalk', 'bedrock-runtime': 'bedrock', 'bedrock-agent': 'bedrock', 'bedrock-agent-runtime': 'bedrock', 'redshift-data': 'redshift-data',
  'redshift-serverless': 'redshift-serverless', 'rds-data': 'rds-data', 'wisdom': 'wisdom', 'private-networks': 'private-networks', 'notebook': 'sagemaker', 'studio': 'sagemaker',
  'elasticfilesystem-fips': 'elasticfilesystem', 'lookoutvision': 'lookoutvision', 'airflow': 'airflow', 'grafana-workspace': 'grafana', 'aps-workspaces': 'aps', 'iotwireless': 'iotwireless',
  'servicediscovery': 'servicediscovery', 'data-servicediscovery': 'servicediscovery', 'savingsplans': 'savingsplans', 'dynamodb-streams': 'dynamodb',
};

/** The IAM prefix of a service as endpoints (`ecr.api`, `s3`) or actions (`s3`) name it. */
export function actionPrefix(service: string): string {
  const name = service.toLowerCase();
  const first = name.split('.')[0] ?? name;
  return prefixes[name] ?? prefixes[first] ?? first;
}
