import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { benchEngine } from './bench/engine.ts';

/**
 * Prints what `perimeter check` costs beside a process that only gunzips and parses the same file, and what the engine
 * costs for each policy. Ratios of one run: absolute times say more of the machine. Pass `--million` for the large
 * snapshot, `--engine` for the engine alone.
 */
const folder = mkdtempSync(join(tmpdir(), 'perimeter-bench-'));
const organization = 'o-4tkekae453';
const definition = join(folder, 'perimeter.yaml');
writeFileSync(definition, `version: 1\norganizations: [${organization}]\naccounts: ["111111111111", "222222222222"]\n`);

function item(index: number): object {
  const account = index % 2 === 0 ? '111111111111' : '222222222222';
  const id = index.toString(16).padStart(17, '0');
  const base = {
    configurationItemVersion: '1.3', configurationItemCaptureTime: '2026-08-31T10:15:00.000Z', configurationItemStatus: 'OK', configurationStateId: 1788171300000 + index, configurationStateMd5Hash: '',
    awsAccountId: account, awsRegion: 'eu-west-1', availabilityZone: 'Multiple Availability Zones', tags: { team: `team-${index % 40}`, stage: 'production' }, relatedEvents: [], supplementaryConfiguration: {},
    relationships: [{ resourceType: 'AWS::EC2::VPC', resourceId: `vpc-${id}`, resourceName: null, name: 'Is contained in Vpc' }],
  };
  const filler = Array.from({ length: 6 }, (_, i) => ({ key: `property-${i}`, value: `${id}-${i}`.repeat(4) }));
  if (index % 5 !== 0) return { ...base, resourceType: 'AWS::EC2::NetworkInterface', resourceId: `eni-${id}`, resourceName: null, ARN: `arn:aws:ec2:eu-west-1:${account}:network-interface/eni-${id}`, configuration: { description: 'bench', filler } };
  if (index % 10 === 0 && index % 100 !== 0) {
    const [service, prefix] = [['s3', 's3'], ['dynamodb', 'dynamodb'], ['sqs', 'sqs'], ['kms', 'kms']][index / 10 % 4]!;
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [
      { Sid: `S${index / 10 % 250}`, Effect: 'Allow', Principal: '*', Action: `${prefix}:*`, Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization, 'aws:ResourceOrgID': organization } } },
      { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } },
    ] });
    return { ...base, resourceType: 'AWS::EC2::VPCEndpoint', resourceId: `vpce-${id}`, resourceName: null, ARN: `arn:aws:ec2:eu-west-1:${account}:vpc-endpoint/vpce-${id}`, configuration: { vpcEndpointId: `vpce-${id}`, vpcEndpointType: 'Interface', serviceName: `com.amazonaws.eu-west-1.${service}`, vpcId: `vpc-${id}`, policyDocument: policy, filler: filler.slice(0, 2) } };
  }
  // One of 1,000 policies; one in a hundred items is a breach.
  const distinct = (index / 5) % 500;
  const open = index % 100 === 0;
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: `S${distinct}`, Effect: 'Allow', Principal: { AWS: open ? '*' : [`arn:aws:iam::${account}:role/app-${distinct}`, `arn:aws:iam::${account}:role/ops`] }, Action: 'sts:AssumeRole', ...(open ? {} : { Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }) }] });
  return { ...base, awsRegion: 'global', resourceType: 'AWS::IAM::Role', resourceId: `AROA${id.toUpperCase()}`, resourceName: `role-${index}`, ARN: `arn:aws:iam::${account}:role/role-${index}`, configuration: { path: '/', roleName: `role-${index}`, assumeRolePolicyDocument: encodeURIComponent(policy), filler: filler.slice(0, 2) } };
}

async function snapshot(items: number): Promise<{ path: string; bytes: number }> {
  const path = join(folder, `111111111111_Config_eu-west-1_ConfigSnapshot_${items}.json.gz`);
  const gzip = createGzip({ level: 1 });
  const file = gzip.pipe(createWriteStream(path));
  let bytes = 0;
  const write = async (text: string): Promise<void> => { bytes += Buffer.byteLength(text); if (!gzip.write(text)) await new Promise((resolve) => { gzip.once('drain', resolve); }); };
  await write('{"fileVersion":"1.0","configSnapshotId":"bench","configurationItems":[');
  for (let i = 0; i < items; i++) await write(`${i === 0 ? '' : ','}${JSON.stringify(item(i))}`);
  await write(']}');
  gzip.end();
  await finished(file);
  return { path, bytes };
}

interface Run { readonly seconds: number; readonly mebibytes: number; readonly output: string }
/** Runs Node and reports the whole process: wall time, and the peak resident set as the process itself saw it. */
function run(args: readonly string[]): Run {
  const peak = join(folder, 'peak');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(hook, `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`);
  const start = performance.now();
  const { stdout, status, stderr } = spawnSync(process.execPath, ['--require', hook, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status === 2 || status === null) throw new Error(stderr);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, mebibytes: Number(spawnSync('cat', [peak], { encoding: 'utf8' }).stdout) / 1024, output: stdout };
}
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;

async function compare(items: number, rounds: number): Promise<void> {
  const { path, bytes } = await snapshot(items);
  const baseline = ['-e', 'const z=require("node:zlib"),f=require("node:fs");console.log(JSON.parse(z.gunzipSync(f.readFileSync(process.argv[1]))).configurationItems.length)', path];
  const checking = ['bin/perimeter.mjs', 'check', path, '--perimeter', definition, '--format', 'jsonl'];
  const rows = Array.from({ length: rounds }, () => ({ check: run(checking), parse: items > 400_000 ? undefined : run(baseline) }));
  const mebibytes = bytes / 2 ** 20;
  const seconds = median(rows.map((row) => row.check.seconds));
  console.log(`${items.toLocaleString('en-US')} items, ${mebibytes.toFixed(0)} MiB: check ${seconds.toFixed(2)} s (${(mebibytes / seconds).toFixed(0)} MiB/s), peak RSS ${median(rows.map((row) => row.check.mebibytes)).toFixed(0)} MiB`);
  const ratios = rows.flatMap((row) => row.parse === undefined ? [] : [row.check.seconds / row.parse.seconds]);
  if (ratios.length > 0) console.log(`  against gunzip and JSON.parse of the whole file: ${median(ratios).toFixed(2)}× (${ratios.map((one) => one.toFixed(2)).join(', ')})`);
}

try {
  console.log(`Node ${process.version}, ${cpus().length} processors`);
  if (!process.argv.includes('--engine')) {
    await compare(200_000, 3);
    if (process.argv.includes('--million')) await compare(1_000_000, 1);
    for (const file of ['dist/perimeter.mjs', 'dist/evaluator/index.js']) console.log(`${file}: ${(statSync(file).size / 1024).toFixed(1)} KiB`);
  }
  await benchEngine();
} finally { rmSync(folder, { recursive: true, force: true }); }
