import { kept } from '../kept.ts';

/**
 * The prefix of the actions that an endpoint's service authorizes, where it is not the first part of the service's name. As of 2026-10.
 * Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html beside
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const prefixes = new Map(Object.entries({
  appconfig: 'appconfigdata', appmesh: 'appmesh-envoy-management', appsync: 'appsync-api', aps: 'aps-workspaces', arsenal: 'arsenal-discovery',
  bedrock: 'bedrock-agent bedrock-agent-runtime bedrock-data-automation bedrock-data-automation-runtime bedrock-runtime', 'bedrock-agentcore': 'bedrock-agentcore-control',
  cassandra: 'cassandra-streams', chime: 'chime-sdk-voice', cloudformation: 'cloudcontrolapi', cloudhsm: 'cloudhsmv2', cloudwatch: 'monitoring', codecommit: 'git-codecommit',
  dynamodb: 'dynamodb-streams', ecs: 'ecs-agent ecs-telemetry', elasticbeanstalk: 'elasticbeanstalk-health', 'emr-serverless': 'emr-serverless-services', evidently: 'evidently-dataplane',
  firehose: 'kinesis-firehose', forecast: 'forecastquery', grafana: 'grafana-workspace', guardduty: 'guardduty-data', iotdeviceadvisor: 'deviceadvisor', iotwireless: 'lorawan',
  kinesis: 'kinesis-streams', memorydb: 'memory-db', mobiletargeting: 'pinpoint', 'neptune-graph': 'neptune-graph-data', networkflowmonitor: 'networkflowmonitorreports',
  personalize: 'personalize-events personalize-runtime', pipes: 'pipes-data', quicksight: 'quicksight-website', rekognition: 'streaming-rekognition', rum: 'rum-dataplane', s3: 's3-global',
  sagemaker: 'notebook partner-app studio', servicecatalog: 'servicecatalog-appregistry', servicediscovery: 'data-servicediscovery', ses: 'email email-smtp mail-manager mail-manager-smtp',
  'sms-voice': 'pinpoint-sms-voice-v2', states: 'sync-states', tag: 'tagging', transcribe: 'transcribestreaming', 'user-subscriptions': 'service',
}).flatMap(([prefix, names]) => names.split(' ').map((name) => [name, prefix] as const)));
/** Services that have several endpoints, told apart by what comes before: `workflows-omics`. */
const ends: readonly (readonly [end: string, prefix: string])[] = [['-lex', 'lex'], ['-marketplace', 'aws-marketplace'], ['-medical-imaging', 'medical-imaging'], ['-omics', 'omics']];
/** Names of which AWS does not say whether their actions begin so or as those of another service of the family. */
const unclear: ReadonlySet<string> = new Set(['experiments', 'geo']);

/** What comes before the service in the name of an endpoint's: `com.amazonaws.eu-west-1.`. */
const head = /^(?:cn\.)?(?:com\.amazonaws|aws\.api|api\.aws)\.(?:[a-z-]+-\d\.|global\.)?|^aws\.sagemaker\.[a-z-]+-\d\./;
/** The IAM prefix of a service as endpoints (`ecr.api`, `s3`) or actions (`s3`) name it; `undefined` where nothing tells. */
export const actionPrefix = kept((service): string | undefined => {
  const first = (service.toLowerCase().replace(head, '').split('.')[0] ?? '').replace(/-fips$/, '');
  if (unclear.has(first)) return undefined;
  // Each cluster has an endpoint service of its own.
  return first.startsWith('dsql-') ? 'dsql' : prefixes.get(first) ?? ends.find(([end]) => first.endsWith(end))?.[1] ?? first;
});
