import { stringify } from 'yaml';
import { cloudFormation } from '../../templates/cloudformation.ts';
import type { Proved } from '../../templates/index.ts';
import { minified, type PolicyDocument } from '../../templates/split.ts';
import { terraform } from '../../templates/terraform.ts';

export const formats = ['json', 'cloudformation', 'terraform'] as const;
export type Format = typeof formats[number];
export interface Rendered { readonly name: string; readonly text: string }
export const extensions: Readonly<Record<Format, string>> = { json: 'json', cloudformation: 'yaml', terraform: 'tf' };

/** What was written as texts, one for each document; a kind that writes a stack gives that. */
export function render({ documents, stack }: Proved, format: Format, minify: boolean): readonly Rendered[] {
  const json = (value: unknown): string => minify ? JSON.stringify(value) : JSON.stringify(value, null, 2);
  if (stack !== undefined) return [{ name: stack.name, text: format === 'json' ? `${json(stack.template)}\n` : yaml(stack.template) }];
  return documents.map((one) => ({ name: one.name, text: textOf(one, format, json, minify) }));
}

function textOf(one: PolicyDocument, format: Format, json: (value: unknown) => string, minify: boolean): string {
  switch (format) {
    case 'json': return `${json(one.document)}\n`;
    case 'cloudformation': return `${comments(one)}${yaml(cloudFormation([one]))}`;
    case 'terraform': return terraform([one], (policy) => minify ? minified(policy.document) : JSON.stringify(policy.document, null, 2));
  }
}

const yaml = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

const comments = ({ parts, characters, quota }: PolicyDocument): string =>
  [`# ${characters} of ${quota.most} ${quota.of}`, ...parts.map((part) => `# ${String(part.statement['Sid'])}: ${part.does}`), ''].join('\n');
