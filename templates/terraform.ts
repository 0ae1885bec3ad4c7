import type { PolicyDocument } from './split.ts';
import { CannotWrite } from './template.ts';

/** Policies as Terraform. https://developer.hashicorp.com/terraform/language/expressions/strings#heredoc-strings */
export const terraform = (documents: readonly PolicyDocument[], text: (one: PolicyDocument) => string): string => documents.map((one) => block(one, text(one))).join('\n');

function block(one: PolicyDocument, policy: string): string {
  const { name, parts, characters, quota } = one;
  const label = name.replace(/[^a-zA-Z0-9]+/g, '_');
  const { type, before, argument, asked } = resourceOf(one, label);
  // As `terraform fmt` aligns it.
  const width = Math.max(argument.length, ...before.map(([key]) => key.length));
  return [
    ...asked === undefined ? [] : [`variable "${asked}" {`, '  type = string', '}', ''],
    `# ${characters} of ${quota.most} ${quota.of}`, ...parts.map((part) => `# ${String(part.statement['Sid'])}: ${part.does}`),
    `resource "${type}" "${label}" {`, ...before.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`), `  ${argument.padEnd(width)} = <<-POLICY`,
    ...escaped(policy).split('\n').map((line) => `    ${line}`), '  POLICY', '}', '',
  ].join('\n');
}

/** Terraform would take policy variables for its own. In the text that replaces, `$$` would stand for one dollar. */
const escaped = (text: string): string => text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
const quoted = (text: string): string => JSON.stringify(text);
const last = (arn: string): string => quoted(arn.split(/[:/]/).at(-1) ?? '');

/** `asked`: a variable that somebody has to set. */
interface Resource { readonly type: string; readonly before: readonly (readonly [string, string])[]; readonly argument: string; readonly asked?: string }

function resourceOf({ hangsOn, name, service = '', resource = '' }: PolicyDocument, label: string): Resource {
  const asking = (type: string, key: string): Resource => ({ type, before: [[key, `var.${label}_${key}`]], argument: 'policy', asked: `${label}_${key}` });
  const naming = (type: string, key: string, value: string): Resource => ({ type, before: [[key, value]], argument: 'policy' });
  switch (hangsOn) {
    case 'scp': case 'rcp': return { type: 'aws_organizations_policy', before: [['name', quoted(name)], ['type', quoted(hangsOn === 'scp' ? 'SERVICE_CONTROL_POLICY' : 'RESOURCE_CONTROL_POLICY')]], argument: 'content' };
    case 'identity': return naming('aws_iam_policy', 'name', quoted(name));
    case 'trust': return { type: 'aws_iam_role', before: [['name', quoted(name)]], argument: 'assume_role_policy' };
    case 'vpc-endpoint': return asking('aws_vpc_endpoint_policy', 'vpc_endpoint_id');
    case 'resource': switch (service) {
      case 's3': return naming('aws_s3_bucket_policy', 'bucket', last(resource));
      case 'sqs': return asking('aws_sqs_queue_policy', 'queue_url');
      case 'sns': return naming('aws_sns_topic_policy', 'arn', quoted(resource));
      case 'kms': return asking('aws_kms_key_policy', 'key_id');
      case 'secretsmanager': return asking('aws_secretsmanager_secret_policy', 'secret_arn');
      case 'ecr': return asking('aws_ecr_repository_policy', 'repository');
      case 'dynamodb': return naming('aws_dynamodb_resource_policy', 'resource_arn', quoted(resource));
      case 'events': return naming('aws_cloudwatch_event_bus_policy', 'event_bus_name', last(resource));
      case 'kinesis': return naming('aws_kinesis_resource_policy', 'resource_arn', quoted(resource));
      default: throw new CannotWrite(`Terraform has no resource for a policy of \`${service}\`: write it as json or cloudformation`);
    }
  }
}
