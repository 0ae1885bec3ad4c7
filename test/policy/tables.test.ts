import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointService } from '../../items/tables/endpoint-services.ts';
import { actions, asOf } from '../../policy/tables/actions-data.ts';
import { actionsOf } from '../../policy/tables/actions.ts';
import { awsOwnedResources } from '../../policy/tables/aws-owned-resources.ts';
import { deputies, deputySources } from '../../policy/tables/deputy-sources.ts';
import { asOf as keysAsOf, keys } from '../../policy/tables/keys-data.ts';
import { isMultivalued, keyKind } from '../../policy/tables/keys.ts';
import type { KeyKind } from '../../policy/tables/kinds.ts';
import { asOf as rcpAsOf, rcpServices } from '../../policy/tables/rcp-services.ts';
import { actionPrefix } from '../../policy/tables/service-prefixes.ts';
import { mappedClaims, tenancyClaims } from '../../policy/tables/shared-issuers.ts';
import { speller, symbols, unfold } from '../../policy/tables/unfold.ts';
import { sendsEndpointOwner } from '../../policy/tables/vpce-keys.ts';
import { asOf as wordsAsOf, words } from '../../policy/tables/words-data.ts';
import { bundledBytes } from '../../scripts/bench/size.ts';
import { agedTables } from '../../scripts/tables/aged.ts';
import { fold, piecesOf } from '../../scripts/tables/fold.ts';
import { chooseWords, writer } from '../../scripts/tables/words.ts';

it.each([
  ['s3', 'ListAllMyBuckets', true], ['s3', 'GetObject', false], ['dynamodb', 'ListTables', true], ['dynamodb', 'GetItem', false], ['sqs', 'ListQueues', true],
  ['sts', 'GetCallerIdentity', true], ['sts', 'AssumeRole', false], ['kms', 'ListKeys', true], ['kms', 'Decrypt', false], ['ec2', 'DescribeInstances', true],
])('%s:%s takes no resource: %s', (prefix, action, expected) => {
  expect(actionsOf(prefix).withoutResource.includes(`${prefix}:${action}`)).toBe(expected);
});

it('knows nothing of a service by the name of an object\'s own member', () => { expect(actionsOf('constructor')).toEqual({ withResource: [], withoutResource: [], takesNone: false }); });

it.each([
  ['com.amazonaws.eu-west-1.s3', { supportsPolicy: true, prefix: 's3' }], ['com.amazonaws.eu-west-1.ecr.api', { supportsPolicy: true, prefix: 'ecr' }],
  ['com.amazonaws.us-gov-west-1.monitoring', { supportsPolicy: true, prefix: 'cloudwatch' }], ['com.amazonaws.eu-west-1.kinesis-streams', { supportsPolicy: true, prefix: 'kinesis' }],
  ['cn.com.amazonaws.cn-north-1.sts', { supportsPolicy: true, prefix: 'sts' }], ['com.amazonaws.eu-west-1.email-smtp', { supportsPolicy: false, prefix: 'ses' }],
  ['com.amazonaws.eu-west-1.something-new', { supportsPolicy: undefined, prefix: 'something-new' }], ['com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0', undefined],
])('reads the endpoint service %s', (name, expected) => { expect(endpointService(name)).toEqual(expected); });

it.each([['ecr.dkr', 'ecr'], ['s3', 's3'], ['sagemaker.runtime', 'sagemaker'], ['kinesis-firehose', 'firehose'], ['com.amazonaws.eu-west-1.s3', 's3'], ['com.amazonaws.us-gov-west-1.ecr.api', 'ecr'], ['com.amazonaws.s3-global.accesspoint', 's3'], ['cn.com.amazonaws.cn-north-1.sqs', 'sqs'], ['aws.sagemaker.eu-west-1.notebook', 'sagemaker'], ['aws.api.eu-west-1.bedrock-runtime', 'bedrock'], ['api.aws.eu-west-1.cassandra-streams', 'cassandra'], ['com.amazonaws.eu-west-1.dsql-fnh4', 'dsql'], ['aws.api.global.codecatalyst', 'codecatalyst'], ['aws.sagemaker.eu-west-1.experiments', undefined], ['com.amazonaws.eu-west-1.geo.maps', undefined]])('takes the actions of %s to begin with %s', (service, prefix) => { expect(actionPrefix(service)).toBe(prefix); });

it.each([
  ['monitoring', 'cloudwatch'], ['email', 'ses'], ['mail-manager-smtp.auth.fips', 'ses'], ['dynamodb-fips', 'dynamodb'], ['bedrock-data-automation-runtime-fips', 'bedrock'], ['cloudcontrolapi', 'cloudformation'],
  ['workflows-omics-fips', 'omics'], ['runtime-v2-lex', 'lex'], ['metering-marketplace', 'aws-marketplace'], ['dicom-medical-imaging', 'medical-imaging'], ['lorawan.cups', 'iotwireless'], ['service.user-subscriptions', 'user-subscriptions'],
  ['data-servicediscovery', 'servicediscovery'], ['S3-Global.accesspoint', 's3'], ['constructor', 'constructor'],
])('takes the actions of the endpoint service %s to begin with %s', (service, prefix) => { expect(actionPrefix(service)).toBe(prefix); });

it.each<[string, string[]]>([
  ['', []], ['List', ['List']], ['Get{Item,Records},List', ['GetItem', 'GetRecords', 'List']], ['{Get,Put}Item{,s}', ['GetItem', 'GetItems', 'PutItem', 'PutItems']],
  ['a:{b{,.c},d/{e,f}},g', ['a:b', 'a:b.c', 'a:d/e', 'a:d/f', 'g']],
])('unfolds %j', (folded, all) => { expect(unfold(folded)).toEqual(all); });

it.each<[string[], string]>([
  [[], ''], [['List'], 'List'], [['ListKeys', 'GetItem', 'GetRecords', 'PutItem'], '{Get,Put}Item,GetRecords,ListKeys'], [['GetItem', 'GetItems', 'PutItem', 'PutItems'], '{Get,Put}{Item{,s}}'],
  [['ListMultipartUploadParts', 'ListMultipartUploads', 'ListMultipartUpload'], 'List{MultipartUpload{,Parts,s}}'],
])('folds %j', (all, folded) => { expect(fold(all)).toBe(folded); });

describe('the writing of the generated tables', () => {
  const names = [...Object.keys(actions).flatMap((one) => { const { withResource, withoutResource } = actionsOf(one); return [...withResource, ...withoutResource]; }), ...Object.values(keys).flatMap(unfold)];
  const name = fc.oneof(
    fc.array(fc.constantFrom('Get', 'List', 'Put', 'Item', 'Items', 'Status', 'S3', 'V2', 'KMS', 'ACL', 'Key', 's', 'x', ':', '/', '.'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: fc.constantFrom(...'abYZs09_-:/.*'), minLength: 1, maxLength: 8 }),
  );
  const law = <T>(values: fc.Arbitrary<T>, holds: (value: T) => void): void => { fc.assert(fc.property(values, holds), { seed: 20_261_125 }); };

  it('has no symbol, and nothing to escape, in the names themselves', () => {
    const first = new Set(symbols.map((symbol) => symbol[0]!));
    expect(names.filter((one) => [...one].some((letter) => first.has(letter) || ' \'\\{},'.includes(letter)))).toEqual([]);
    expect(symbols.filter((symbol) => !/^[!-~]{1,2}$/.test(symbol) || /['\\]/.test(symbol))).toEqual([]);
  });
  it('has a symbol for each word, which tells it from all others', () => {
    const all = words.split(' ');
    expect(all.length).toBeLessThanOrEqual(symbols.length);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(symbols).size).toBe(symbols.length);
    const spell = speller(words);
    expect(all.map((_, at) => spell(symbols[at]!))).toEqual(all.map(spell));
    // One symbol is never the beginning of another, so that a text reads one way only.
    const marks = symbols.filter((symbol) => symbol.length === 1);
    expect(symbols.filter((symbol) => symbol.length > 1 && marks.includes(symbol[0]!))).toEqual([]);
  });
  it('loses no letter between pieces', () => { law(name, (one) => { expect(piecesOf(one).join('')).toBe(one); }); });
  it('unfolds to what it folded', () => { law(fc.uniqueArray(name), (all) => { expect(unfold(fold(all)).sort()).toEqual([...all].sort()); }); });
  it('spells what it wrote', () => {
    law(fc.array(fc.array(name)), (lists) => {
      const texts = lists.map(fold);
      const { written, write } = writer(chooseWords(texts));
      expect(texts.map(write).map(speller(written))).toEqual(texts);
      expect(written.length + texts.map(write).join('').length).toBeLessThanOrEqual(texts.join('').length);
    });
  });
  it('makes the tables again of what they say', () => {
    const { written, write } = writer(words.split(' ').map(speller(words)));
    expect(written).toBe(words);
    const again = Object.entries(actions).map(([service, row]) => [service, row.split(' ').map(unfold).map((all, at) => write(at === 0 ? all.join(',') : fold(all))).join(' ')]);
    expect(Object.fromEntries(again)).toEqual(actions);
    expect(Object.fromEntries(Object.entries(keys).map(([kind, texts]) => [kind, write(fold(unfold(texts)))]))).toEqual(keys);
  });
});

describe('actions', () => {
  const services = Object.keys(actions);
  it('holds those of services with endpoint, resource or resource control policies, each with one on a resource to show, and none in both lists', () => {
    expect(services).toEqual(expect.arrayContaining(['s3', 'sts', 'dynamodb', 'secretsmanager', 'events', 'cloudfront', 'aoss', 'cognito-idp', 'textract', 'transfer', 'xray', 'iot', 'route53', 'ec2', 's3express', 'ecr-public', 'vpc-lattice-svcs']));
    for (const one of services) {
      const { withResource, withoutResource } = actionsOf(one);
      expect(withResource.length > 0 || withoutResource.length > 0, one).toBe(true);
      expect([...withResource, ...withoutResource].filter((action, at, all) => all.indexOf(action) !== at || !/^[a-z\d-]+:[A-Z][A-Za-z\d-]*$/.test(action)), one).toEqual([]);
    }
  });
  it('shows those that everybody knows first', () => {
    expect(['s3', 'sqs', 'kms', 'sts', 'execute-api', 'route53'].map((one) => actionsOf(one).withResource[0])).toEqual(['s3:GetObject', 'sqs:SendMessage', 'kms:Decrypt', 'sts:AssumeRole', 'execute-api:Invoke', 'route53:ChangeResourceRecordSets']);
  });
  it('lists all that take no resource', () => {
    expect(actionsOf('sqs').withoutResource).toEqual(['sqs:ListQueues']);
    expect(actionsOf('kms').withoutResource).toEqual(['ConnectCustomKeyStore', 'CreateCustomKeyStore', 'CreateKey', 'DeleteCustomKeyStore', 'DescribeCustomKeyStores', 'DisconnectCustomKeyStore', 'GenerateRandom', 'ListAliases', 'ListKeys',
      'ListRetirableGrants', 'UpdateCustomKeyStore'].map((one) => `kms:${one}`));
  });
});

describe('tenants of shared issuers', () => {
  const hub = 'token.actions.githubusercontent.com';
  it.each<[string, readonly string[] | undefined]>([
    // A job_workflow_ref may be mine in a stranger's token, and AWS does not hand repository_owner to policies.
    [hub, ['sub', 'repository', 'repository_id', 'repository_owner_id', 'enterprise_id']], ['Token.Actions.GitHubUserContent.com', ['sub', 'repository', 'repository_id', 'repository_owner_id', 'enterprise_id']],
    [`${hub}/acme`, undefined], ['token.actions.acme.ghe.com', undefined], ['vstoken.actions.githubusercontent.com', ['sub']], ['gitlab.com', ['sub', 'namespace_id', 'project_id']], ['gitlab.acme.example', undefined],
    ['agent.buildkite.com', ['sub', 'organization_id', 'organization_slug', 'pipeline_id', 'cluster_id']], ['app.terraform.io', ['sub']], ['oidc.vercel.com', ['aud', 'sub']], ['api.pulumi.com/oidc', ['aud', 'sub']], ['sandboxes.cloud', ['aud']],
    ['oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb', ['sub']], ['oidc.op1.openshiftapps.com/another', undefined], ['cognito-identity.amazonaws.com', ['aud']],
    // A service account asks for any `oaud`.
    ['accounts.google.com', ['aud', 'sub', 'google/organization_number']], ['graph.facebook.com', ['app_id']], ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', []], ['sts.windows.net/another', undefined],
    ['oidc.eks.eu-west-1.amazonaws.com/id/ABC', undefined], ['constructor', undefined],
  ])('of %s', (issuer, claims) => { expect(tenancyClaims(issuer)).toEqual(claims); });

  const usual = ['amr', 'aud', 'email', 'oaud', 'sub'];
  const github = [...usual, 'actor', 'actor_id', 'enterprise_id', 'environment', 'job_workflow_ref', 'ref', 'repository', 'repository_id', 'repository_owner_id', 'workflow'];
  it.each<[string, readonly string[]]>([
    [hub, github], [`${hub}/acme`, github], ['token.actions.acme.ghe.com', github], ['vstoken.actions.githubusercontent.com', usual], ['app.terraform.io', usual], ['id.example.org', usual],
    ['gitlab.com', [...usual, 'namespace_id', 'pipeline_source', 'project_id', 'ref_protected', 'runner_environment', 'user_access_level', 'user_email', 'user_id', 'user_login']], ['gitlab.acme.example', usual],
    ['agent.acme.buildkite.dev', [...usual, 'build_branch', 'cluster_id', 'cluster_name', 'organization_id', 'organization_slug', 'pipeline_id', 'pipeline_slug']], ['oidc.circleci.com/org/1', [...usual, 'oidc.circleci.com/project-id']],
    ['idcs-1.identity.oraclecloud.com', [...usual, 'rpst_id']], ['accounts.google.com', [...usual, 'google/organization_number']], ['cognito-identity.amazonaws.com', ['amr', 'aud', 'oaud', 'sub']],
    ['graph.facebook.com', ['app_id', 'id']], ['www.amazon.com', ['app_id', 'sub', 'user_id']],
  ])('AWS hands over of %s', (issuer, claims) => { expect(mappedClaims(issuer)).toEqual(claims); });

  it('counts on no claim that AWS does not hand over', () => {
    const issuers = [hub, 'gitlab.com', 'agent.buildkite.com', 'accounts.google.com', 'graph.facebook.com', 'www.amazon.com', 'cognito-identity.amazonaws.com', 'app.terraform.io', 'oidc.vercel.com'];
    expect(issuers.flatMap((one) => tenancyClaims(one)!.filter((claim) => !mappedClaims(one).includes(claim)))).toEqual([]);
  });
});

describe('deputies', () => {
  it.each([
    ['cloudtrail.amazonaws.com', 'cloudtrail:*:@:*'], ['sns.amazonaws.com', 'sns:*:@:*'], ['events.amazonaws.com', 'events:*:@:*'], ['config.amazonaws.com', 'config:*:@:*'],
    // A bucket and a hosted zone name no account in their ARN.
    ['s3.amazonaws.com', 's3:::*'], ['logging.s3.amazonaws.com', 's3:::*'], ['route53.amazonaws.com', 'route53:::hostedzone/*'], ['storage-lens.s3.amazonaws.com', 's3:*:@:storage-lens/*'],
    ['delivery.logs.amazonaws.com', 'logs:*:@:*'], ['vpc-flow-logs.amazonaws.com', 'ec2:*:@:vpc-flow-log/*'], ['apigateway.amazonaws.com', 'execute-api:*:@:*'], ['cloudfront.amazonaws.com', 'cloudfront::@:distribution/*'],
    ['budgets.amazonaws.com', 'budgets::@:*'], ['costalerts.amazonaws.com', 'ce::@:anomalysubscription/*'], ['billingreports.amazonaws.com', 'cur:*:@:definition/*'], ['macie.amazonaws.com', 'macie2:*:@:*'],
    ['lexv2.amazonaws.com', 'lex:*:@:*'], ['lambda.alarms.cloudwatch.amazonaws.com', 'cloudwatch:*:@:alarm:*'], ['elasticloadbalancing.amazonaws.com', 'elasticloadbalancing:*:@:targetgroup/*'],
    ['credentials.iot.amazonaws.com', 'iot:*:@:rolealias/*'], ['events.rds.amazonaws.com', 'rds:*:@:*'], ['redshift.amazonaws.com', 'redshift:*:@:* rds:*:@:* dynamodb:*:@:table/* s3:::*'], ['pinpoint.amazonaws.com', 'mobiletargeting:*:@:*'],
    // Regions and partitions.
    ['logs.eu-west-1.amazonaws.com', 'logs:*:@:*'], ['logs.us-gov-west-1.amazonaws.com', 'logs:*:@:*'], ['logs.cn-north-1.amazonaws.com.cn', 'logs:*:@:*'], ['states.eusc-de-east-1.amazonaws.com', 'states:*:@:*'],
    ['af-south-1.aps.amazonaws.com', 'aps:*:@:*'], ['cloudfront.amazonaws.com.cn', 'cloudfront::@:distribution/*'],
  ])('%s tells an ARN arn:<partition>:%s', (service, form) => { expect(deputySources(service)?.arns).toEqual(form.split(' ')); });

  it('leave the name of their source open', () => {
    const open = deputies.flatMap((one) => { const { arns, context } = deputySources(one)!; return [...arns, ...Object.values(context)]; });
    expect(open.filter((form) => !form.endsWith('*'))).toEqual([]);
  });

  it.each(['somebody.amazonaws.com', 'ec2.amazonaws.com', 'access-analyzer.amazonaws.com', 'codestar-notifications.amazonaws.com', 'constructor.amazonaws.com', 'cloudtrail.example.org', 'cloudtrail', '', 'evil.cloudtrail.amazonaws.com'])(
    'knows nothing of %j', (service) => { expect(deputySources(service)).toBeUndefined(); });

  it('does not judge what EventBridge asks of a key', () => {
    expect(deputySources('events.amazonaws.com', 'kms')).toBeUndefined();
    expect(deputySources('events.amazonaws.com', 'sns')?.arns).toEqual(['events:*:@:*']);
    expect(deputySources('cloudtrail.amazonaws.com', 'kms')?.arns).toEqual(['cloudtrail:*:@:*']);
  });

  it('knows where else a service tells its source', () => {
    expect(deputySources('logs.eu-west-1.amazonaws.com')?.context).toEqual({ 'kms:encryptioncontext:aws:logs:arn': 'logs:*:@:*' });
    expect(deputySources('delivery.logs.amazonaws.com')?.context).toEqual({ 'kms:encryptioncontext:sourcearn': 'logs:*:@:*' });
    expect(deputySources('cloudtrail.amazonaws.com')?.context).toEqual({ 'kms:encryptioncontext:aws:cloudtrail:arn': 'cloudtrail:*:@:trail/*' });
    expect(deputySources('s3.amazonaws.com')).toEqual({ arns: ['s3:::*'], mayOmitArn: false, context: {} });
    expect(deputySources('logdelivery.elasticloadbalancing.amazonaws.com')).toEqual({ arns: ['elasticloadbalancing:*:@:loadbalancer/*'], mayOmitArn: false, context: {}, objects: 'AWSLogs/@/' });
    expect(deputySources('secretsmanager.amazonaws.com')).toEqual({ arns: ['secretsmanager:*:@:*'], mayOmitArn: true, context: {} });
  });
});

describe('keys', () => {
  it.each<[string, KeyKind | undefined]>([
    ['aws:sourceip', 'ip'], ['aws:vpcsourceip', 'ip'], ['aws:ec2instancesourceprivateipv4', 'ip'], ['aws:currenttime', 'date'], ['aws:epochtime', 'date'], ['aws:tokenissuetime', 'date'], ['aws:multifactorauthage', 'number'],
    ['ec2:roledelivery', 'number'], ['aws:viaawsservice', 'bool'], ['aws:securetransport', 'bool'], ['aws:principalisawsservice', 'bool'], ['aws:multifactorauthpresent', 'bool'], ['aws:assumedroot', 'bool'],
    ['aws:principalarn', 'arn'], ['aws:sourcearn', 'arn'], ['aws:sourcevpcarn', 'arn'], ['ec2:sourceinstancearn', 'arn'], ['lambda:sourcefunctionarn', 'arn'], ['iam:permissionsboundary', 'arn'], ['iam:policyarn', 'arn'],
    ['s3:signatureage', 'number'], ['s3:max-keys', 'number'], ['s3:tlsversion', 'number'], ['s3:object-lock-retain-until-date', 'date'], ['kms:validto', 'date'], ['elasticfilesystem:accessedviamounttarget', 'bool'],
    ['kms:grantisforawsresource', 'bool'], ['kms:bypasspolicylockoutsafetycheck', 'bool'], ['codebuild:secondarysources/any.insecuressl', 'bool'], ['codebuild:secondarysources/.insecuressl', undefined],
    ['aws:principalorgid', undefined], ['aws:principaltag/team', undefined], ['aws:requesttag/arn', undefined], ['s3:existingobjecttag/x', undefined], ['kms:encryptioncontext:aws:logs:arn', undefined], ['id.example.org:arn', undefined],
    ['autoscaling:capacityreservationresourcegrouparns', undefined], ['s3:authtype', undefined], ['constructor', undefined],
  ])('%s: %s', (key, kind) => { expect(keyKind(key)).toBe(kind); });

  it.each([
    'aws:principalorgpaths', 'aws:resourceorgpaths', 'aws:sourceorgpaths', 'aws:vpceorgpaths', 'aws:calledvia', 'aws:tagkeys', 'aws:principalservicenameslist', 'dynamodb:attributes', 'dynamodb:leadingkeys', 'ses:recipients',
    's3:requestobjecttagkeys', 'kms:resourcealiases', 'kms:encryptioncontextkeys', 'sts:transitivetagkeys', 'lambda:subnetids', 'sagemaker:vpcsubnets', 'route53:changeresourcerecordsetsrecordtypes', 'events:metadata/any',
    'cognito-identity.amazonaws.com:amr', 'token.actions.githubusercontent.com:amr', 'saml:edupersonaffiliation', 'saml:cn',
  ])('%s carries several values', (key) => { expect(isMultivalued(key)).toBe(true); });

  it.each([
    'aws:principalorgid', 'aws:principaltag/team', 'aws:requesttag/amr', 'aws:calledvialast', 'aws:sourceip', 'aws:sourcearn', 's3:existingobjecttag/x', 's3:prefix', 'kms:encryptioncontext:aws:logs:arn', 'kms:viaservice', 'sns:endpoint',
    'events:metadata/', 'saml:aud', 'saml:namequalifier', 'graph.facebook.com:app_id', 'constructor', ':amr',
  ])('%s carries one value', (key) => { expect(isMultivalued(key)).toBe(false); });

  it('writes keys as AWS does, with one variable at most', () => {
    const all = Object.values(keys).flatMap(unfold);
    expect(all.filter((key) => !/^[a-z\d.-]+:[A-Za-z\d_.:/-]*\*?[A-Za-z\d.]*$/.test(key))).toEqual([]);
    expect(all).toEqual(expect.arrayContaining(['kms:GrantIsForAWSResource', 's3:max-keys', 'codebuild:secondarySources/*.insecureSsl']));
  });
});

describe('owners of endpoints', () => {
  it.each<[string, boolean, boolean, boolean, boolean]>([
    ['s3', true, true, true, true], ['kms', true, true, true, true], ['iam', true, true, true, true], ['dynamodb', false, true, true, true], ['shield', false, true, true, true], ['sts', false, false, true, false],
    ['secretsmanager', false, false, true, false], ['sqs', false, false, false, true], ['ses', false, false, false, true], ['kinesis', false, false, false, true], ['sns', false, false, false, false], ['ec2', false, false, false, false],
    ['constructor', false, false, false, false],
  ])('%s tells the VPC %s, the account %s, the organization path %s, the organization %s', (prefix, vpc, account, paths, organization) => {
    expect([sendsEndpointOwner(prefix), sendsEndpointOwner(prefix, 'aws:sourcevpcarn'), sendsEndpointOwner(prefix, 'aws:vpceaccount'), sendsEndpointOwner(prefix, 'aws:vpceorgpaths'), sendsEndpointOwner(prefix, 'aws:vpceorgid')])
      .toEqual([vpc, vpc, account, paths, organization]);
  });
});

describe('resources of AWS', () => {
  it.each([
    'arn:aws:s3:::amazonlinux-2-repos-${region}', 'arn:aws:s3:::al2023-repos-${region}-de612dc2', 'arn:aws:s3:::prod-${region}-starport-layer-bucket', 'arn:aws:s3:::aws-ssm-${region}', 'arn:aws:s3:::amazoncloudwatch-agent',
    'arn:aws:s3:::cloudformation-custom-resource-response-euwest1', 'arn:aws:s3:::cloudformation-waitcondition-${region}', 'arn:aws:s3:::aws-patch-manager-us-east-2-552881074', 'arn:aws:s3:::aws-patchmanager-macos-us-east-2-552881074',
    'arn:aws:s3:::patch-baseline-snapshot-${region}', 'arn:aws:s3:::patch-baseline-snapshot-af-south-1-tbxdb5b9', 'arn:aws:s3:::aws-glue-studio-transforms-244479516193-prod-eu-west-1', 'arn:aws:s3:::repo.${region}.emr.amazonaws.com',
    'arn:aws:ssm:${region}::parameter/*', 'arn:aws:iam::aws:policy/*', 'arn:aws:ecr:${region}:602401143452:repository/*', 'arn:aws:ecr:me-south-1:558608220178:repository/*',
    'arn:aws:sns:us-east-1:806199016981:AmazonIpSpaceChanged', 'arn:aws:cloudformation:${region}:aws:transform/*', 'arn:aws:iot:${region}::jobtemplate/*', 'arn:aws:s3:::aws-sap-dataprovider-${region}', 'arn:aws:s3:::assets-438097961670-eu-west-1',
  ])('has %s', (arn) => { expect(awsOwnedResources).toContain(arn); });

  it('names whole buckets, no resource twice, and none that its customers\' names begin with', () => {
    const variables = awsOwnedResources.map((arn) => arn.replaceAll('${region}', 'eu-west-1'));
    expect(variables.filter((arn) => !/^arn:aws:(s3:::[a-z\d][a-z\d.-]{2,62}|(?!s3:)[a-z\d]+:[a-z\d-]*:(\d{12}|aws)?:[A-Za-z-]+(\/\*)?)$/.test(arn))).toEqual([]);
    expect(new Set(awsOwnedResources).size).toBe(awsOwnedResources.length);
    expect(awsOwnedResources).not.toContain('arn:aws:s3:::elasticbeanstalk-${region}');
    expect(awsOwnedResources).not.toContain('arn:aws:s3:::aws-sap-dataprovider');
  });
});

describe('all tables', () => {
  const files = ['policy/tables'].flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`));
  const code = ['actions.ts', 'by-name.ts', 'kinds.ts', 'unfold.ts'].map((file) => `policy/tables/${file}`);
  it.each(files.filter((file) => !code.includes(file)))('%s says as of when it is, and by which source', (file) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/As of \d{4}-\d{2}\b|asOf = '\d{4}-\d{2}-\d{2}'/);
    expect(text).toMatch(/https:\/\/[\w.-]+\/\S+/);
  });
  it('add less than 80 KiB to a bundle', async () => { const { tables } = await bundledBytes(); expect(tables).toBeGreaterThan(40 * 1024); expect(tables).toBeLessThanOrEqual(80 * 1024); });
  it('date the generated ones alike', () => { expect([asOf, keysAsOf, wordsAsOf, rcpAsOf]).toEqual([expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/), asOf, asOf, asOf]); });
  it('name the services that RCPs bind by the prefix of their actions', () => { expect([...rcpServices].filter((one) => !/^[a-z][a-z\d-]+$/.test(one))).toEqual([]); expect(['s3', 'sts', 'kms', 'sqs', 'secretsmanager'].filter((one) => !rcpServices.has(one))).toEqual([]); });

  it('are read again after a year, those written by hand', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tables-'));
    for (const [file, text] of Object.entries({ 'new.ts': '/** As of 2026-02. */', 'old.ts': '/** As of 2026-01. */', 'mixed.ts': '/** As of 2027-01. */ /** As of 2025-12. */', 'generated.ts': "export const asOf = '2020-01-01';", 'code.ts': '' })) writeFileSync(join(folder, file), text);
    expect(agedTables(folder, new Date('2027-02-01')).map((one) => one.replace(`${folder}/`, ''))).toEqual(['mixed.ts is of 2025-12', 'old.ts is of 2026-01'].map((one) => `warning: ${one}: read the sources that it names again, and write the new month there`));
    rmSync(folder, { recursive: true });
  });
});
