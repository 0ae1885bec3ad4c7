import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { administratorStack, administratorStackCompact } from '../../deployment/administrator-stack.ts';
import { bucketStack } from '../../deployment/bucket-stack.ts';
import { managementStack } from '../../deployment/management-stack.ts';
import { organizationPackStack } from '../../deployment/organization-pack-stack.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { deploy, type Template } from '../support/cloudformation.ts';
import { motoAccount, motoRegion, startMoto, type Moto } from './moto/moto.ts';

const code = { publisher: 'exports.handler = async () => {};\n' };
/** What the command `cfn-lint` runs. */
const lint = 'import sys; from cfnlint.runner import main; sys.exit(main())';

describe.each([['aws', ['us-east-1', 'eu-west-1', 'mx-central-1']], ['aws-us-gov', ['us-gov-west-1', 'us-gov-east-1']], ['aws-cn', ['cn-north-1', 'cn-northwest-1']]] as const)('in %s', (partition, regions) => {
  const place = { partition, account: '111122223333', region: regions[0] };
  test.each([
    ['bucket', bucketStack()], ['administrator', administratorStack(rules, code)], ['administrator in the fewest bytes', administratorStackCompact(rules, code)], ['management', managementStack(remediations)],
    ['organization-pack', organizationPackStack(rules, remediations, place)],
  ])('cfn-lint has nothing to say about the template %s', (name, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'perimeter-templates-'));
    try {
      const path = join(folder, `${name.replaceAll(' ', '-')}.yaml`);
      writeFileSync(path, text);
      // E1029 takes what the pack itself fills in for a forgotten `Fn::Sub`.
      const { status, stdout, stderr } = spawnSync(inject('parts').python, ['-c', lint, '--include-checks', 'I', '--format', 'parseable', '--regions', ...regions, ...name === 'organization-pack' ? ['--ignore-checks', 'E1029'] : [], '--', path], { encoding: 'utf8' });
      expect({ status, stdout: stdout.trim(), stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    } finally { rmSync(folder, { recursive: true }); }
  });
});

/** What moto 5.2 cannot make: it ends at a rule on a bus that the same template makes, and so at what refers to one. */
const unplayable = ['AWS::Events::Rule', 'AWS::Lambda::Permission'];

/**
 * moto makes of conditions, references and functions what they come to by code that is not ours, and its IAM takes the policies. It passes
 * over AWS Config, alarms, most of a bucket, and the policies of buckets, topics and buses in silence, delivers no event and encrypts
 * nothing: of those this proves nothing.
 */
describe('as moto deploys them', () => {
  const given = { OrganizationId: 'o-4tkekae453', SubnetIds: 'subnet-1', SecurityGroupIds: 'sg-1' };
  const { OrganizationId } = given;
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto(inject('parts').python);
    const whole = parse(administratorStack(rules, code)) as Template;
    await create('perimeter-bucket', bucketStack(), { OrganizationId });
    await create('perimeter-administrator', JSON.stringify({ ...whole, Resources: Object.fromEntries(Object.entries(whole.Resources).filter(([, { Type }]) => !unplayable.includes(Type))) }), given);
  });
  afterAll(async () => { await moto.stop(); });

  async function create(StackName: string, TemplateBody: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    await moto.call('cloudformation', 'CreateStack', { StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'], Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })) });
  }
  const administrator = deploy(parse(administratorStack(rules, code)) as Template, { partition: 'aws', region: motoRegion, account: motoAccount, parameters: given });

  test('the bucket has its name and its keys', async () => {
    expect(await moto.call('s3', 'GetBucketEncryption', { Bucket: `perimeter-${motoAccount}-${motoRegion}` })).toMatchObject({ ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } });
  });
  test.each(['publisher', 'aggregator', 'notifier'])('the role of the %s has its trust and its policy', async (stem) => {
    const RoleName = `perimeter-${stem}-${motoRegion}`;
    const { Properties } = Object.values(administrator).find(({ Properties: held }) => held['RoleName'] === RoleName)!;
    const { Role } = await moto.call('iam', 'GetRole', { RoleName });
    expect((Role as Record<string, unknown>)['AssumeRolePolicyDocument']).toEqual(Properties['AssumeRolePolicyDocument']);
    const { PolicyDocument } = await moto.call('iam', 'GetRolePolicy', { RoleName, PolicyName: 'work' });
    // A key has an id of its own. botocore answers with the policy as an object, or as moto kept it.
    expect(JSON.parse((typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument)).replace(/key\/[0-9a-f-]{36}/, 'key/FindingsKey'))).toEqual((Properties['Policies'] as [{ PolicyDocument: unknown }])[0].PolicyDocument);
  });
  test('the function has its code, its role and its bucket', async () => {
    const { Configuration } = await moto.call('lambda', 'GetFunction', { FunctionName: 'perimeter-publisher' });
    expect(Configuration).toMatchObject({ Role: `arn:aws:iam::${motoAccount}:role/perimeter-publisher-${motoRegion}`, Environment: { Variables: { PERIMETER_BUCKET: `perimeter-${motoAccount}-${motoRegion}` } }, Handler: 'index.handler' });
  });
});
