import { administratorStackCompact } from '../../deployment/administrator-stack.ts';
import { bucketStack } from '../../deployment/bucket-stack.ts';
import { managementStack } from '../../deployment/management-stack.ts';
import { memberStackCompact } from '../../deployment/member-stack.ts';
import { templateKey } from '../../deployment/names.ts';
import { organizationPackStack } from '../../deployment/organization-pack-stack.ts';
import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { partitionOf } from '../../policy/tables/regions.ts';
import { sha256 } from '../remediation/hash.ts';
import { readCode, readRunbooks, type Code } from './code.ts';
import { withNetworks } from './networks.ts';
import type { Settings } from './settings.ts';

export type TemplateName = 'bucket' | 'administrator' | 'member' | 'management' | 'organization-pack';

/** A stack template as CloudFormation gets it. */
export interface Template {
  readonly name: TemplateName;
  readonly text: string;
  /** In bytes of UTF-8. */
  readonly bytes: number;
  /** Key in the bucket; it changes with the text. */
  readonly key: string;
}

/** Templates with code; those of organization packs are of one account and Region. */
export interface Templates {
  readonly code: Code;
  readonly bucket: Template;
  readonly administrator: Template;
  readonly member: Template;
  readonly management: Template;
  readonly organizationPack: (account: string, region: string) => Template;
}

const template = (name: TemplateName, text: string): Template => ({ name, text, bytes: Buffer.byteLength(text), key: templateKey(sha256(text), name) });

/** What this version deploys with these settings; throws NotBuilt where bundles are missing. */
export function synthesize(settings: Settings, code: Code = readCode(), runbooks: Readonly<Record<string, string>> = readRunbooks()): Templates {
  return {
    code,
    bucket: template('bucket', bucketStack()),
    administrator: template('administrator', administratorStackCompact(rules, code)),
    member: template('member', withNetworks(memberStackCompact(rules, remediations, runbooks, code), settings)),
    management: template('management', managementStack(remediations)),
    organizationPack: (account, region) => template('organization-pack', organizationPackStack(rules, remediations, { partition: partitionOf(region), account, region })),
  };
}
