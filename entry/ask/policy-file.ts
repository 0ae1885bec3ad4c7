import { readFileSync, statSync } from 'node:fs';
import { duplicateKey } from '../../policy/index.ts';
import { jsonFault } from '../json-fault.ts';
import { unreadable } from '../unreadable.ts';
import { BadQuestion } from './bad-question.ts';

/** Far more than the largest policy that AWS takes. */
const MOST_BYTES = 1 << 20;

/** Where commands of the AWS CLI print a policy, as text or as it is. */
const places: readonly (readonly string[])[] = [
  ['Policy', 'Content'], // organizations describe-policy
  ['Policy'], // s3api get-bucket-policy, kms get-key-policy, lambda get-policy
  ['Attributes', 'Policy'], // sns get-topic-attributes, sqs get-queue-attributes
  ['Role', 'AssumeRolePolicyDocument'], // iam get-role
  ['PolicyVersion', 'Document'], // iam get-policy-version
  ['PolicyDocument'], // iam get-role-policy
  ['ResourcePolicy'], // secretsmanager get-resource-policy
  ['policyText'], // ecr get-repository-policy
  ['VpcEndpoints', '0', 'PolicyDocument'], // ec2 describe-vpc-endpoints
];

/**
 * The policy of a file, `-` for standard input: the document itself, or what a command of the AWS CLI prints around it. Throws BadQuestion,
 * which names the file and what to do.
 */
export function policyIn(file: string): unknown {
  const name = file === '-' ? 'standard input' : file;
  const bad = (fault: string): BadQuestion => new BadQuestion(`${name}: ${fault}`);
  const text = textOf(file).trim();
  if (text === '') throw new BadQuestion(`${file === '-' ? name : `${file}: the file`} is empty; expected a policy document as JSON`);
  let value: unknown;
  try { value = JSON.parse(text); } catch (error) {
    const isYaml = /^(?:---|[\w"']+\s*:\s)/.test(text);
    throw bad(`not JSON: ${jsonFault(text, error)}${isYaml ? '; policies are read as JSON, not as YAML' : ''}`);
  }
  if (typeof value === 'string') return decoded(value);
  if (Array.isArray(value)) throw bad('expected one policy document, found a list; give each document a file of its own');
  if (!isObject(value) || 'Statement' in value) return text;
  const twice = duplicateKey(text, value);
  if (twice !== undefined) throw bad(`\`${twice}\`: the member stands there twice`);
  const list: unknown = value['VpcEndpoints'];
  if (Array.isArray(list) && list.length !== 1) throw bad(`expected one policy document, found ${list.length} endpoints; name one with \`aws ec2 describe-vpc-endpoints --vpc-endpoint-ids …\``);
  for (const path of places) {
    const found = path.reduce((one: unknown, name) => isObject(one) || Array.isArray(one) ? (one as Record<string, unknown>)[name] : undefined, value);
    if (typeof found === 'string') return decoded(found);
    if (isObject(found) && 'Statement' in found) return found;
  }
  throw bad(`expected a policy document with \`Statement\`, found ${kindOf(value)}`);
}

/** IAM's API gives documents as URL-encoded text; JSON cannot begin with a percent sign. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
function decoded(document: string): string {
  try { return document.startsWith('%') ? decodeURIComponent(document) : document; } catch { return document; }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What people hand in instead of a policy, with what to do. */
function kindOf(value: Record<string, unknown>): string {
  if ('Resources' in value || 'AWSTemplateFormatVersion' in value) return 'a CloudFormation template; take the document out of it';
  if ('configurationItems' in value || 'resourceType' in value) return 'a recording of AWS Config; `perimeter check` reads those';
  if ('Attributes' in value) return '`Attributes` without `Policy`; name it with `--attribute-names Policy`, if the queue has one';
  if (isObject(value['Policy']) && 'DefaultVersionId' in value['Policy']) return '`Policy` without its document, which `aws iam get-policy-version` prints';
  const names = Object.keys(value);
  return names.length === 0 ? '{}' : names.slice(0, 3).map((one) => `\`${one}\``).join(', ');
}

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    if (file !== '-' && statSync(file).isDirectory()) throw new BadQuestion(`\`${file}\` is a folder; name a file with one policy document`);
    if (file !== '-' && statSync(file).size > MOST_BYTES) throw new BadQuestion(`${file}: larger than any policy that AWS takes; \`perimeter check\` reads recordings`);
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    if (error instanceof BadQuestion) throw error;
    throw new BadQuestion(unreadable(file, error));
  }
  if (bytes.length > MOST_BYTES) throw new BadQuestion(`${file}: larger than any policy that AWS takes`);
  // PowerShell writes UTF-16 where output is redirected.
  try { return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes); } catch { throw new BadQuestion(`${file}: not UTF-8 text; save it as UTF-8`); }
}
