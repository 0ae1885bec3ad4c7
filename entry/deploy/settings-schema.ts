/** `deployment.yaml` as a schema: where the pack is to be, how it gets there, and what it may mend. */
import * as v from 'valibot';
import { account, arn, expected, list, mapping, object, section, text } from '../../core/definition-schema.ts';
import { LOG_RETENTION_DAYS } from '../../deployment/stack/parameters.ts';
import { remediations as allRemediations } from '../../remediations/index.ts';

const region = text('a Region such as `eu-west-1`', /^[a-z]{2}(-[a-z]+)+-\d$/);
const unit = text('the id of an organizational unit or of the root, such as `ou-ab12-c3d4e5f6` or `r-ab12`', /^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/);
const units = list(unit, 'ids of organizational units, or of the root');
const percentage = (least: number) => {
  const message = expected(`a whole number from ${least} to 100`);
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(100, message));
};

/** Those that AWS Config can offer or start; the others are started from `perimeter plan`. */
const offered = allRemediations.filter(({ start }) => start !== 'direct');
const modes = ['off', 'manual', 'automatic'] as const;

const network = object({
  subnetIds: section(list(text('a subnet id such as `subnet-012abc01`', /^subnet-[0-9a-f]{8,17}$/), 'subnet ids'), 'subnets of the functions'),
  securityGroupIds: section(list(text('a security group id such as `sg-012abc01`', /^sg-[0-9a-f]{8,17}$/), 'security group ids'), 'security groups of the functions'),
});

export const settingsSchema = object({
  homeRegion: v.pipe(region, v.description('the Region of the bucket and the administrator stack, where rules about IAM run')),
  regions: section(v.pipe(list(region, 'Regions'), v.minLength(1, expected('at least one Region'))), 'Regions in which the pack runs; left out: the home Region'),
  targets: section(units, 'organizational units whose accounts get the pack, or the root for all of them'),
  canary: section(units, 'organizational units that are deployed to first; if that fails, the others stay as they are'),
  excludeAccounts: section(list(account, 'account ids'), 'accounts of those units that are left out'),
  pack: section(v.picklist(['stackset', 'organization-pack'], expected('`stackset` or `organization-pack`')), 'whether each account’s stack holds the conformance pack, or AWS Config puts it into all accounts of the organization; left out: stackset'),
  remediations: section(
    mapping(v.picklist(modes, expected('`off`, `manual` or `automatic`')), 'a mapping of remediation ids to `off`, `manual` or `automatic`'),
    'by remediation id: whether AWS Config offers it or starts it by itself; left out: off',
  ),
  plannedRemediationMode: section(v.picklist(['Plan', 'Apply'], expected('`Plan` or `Apply`')), 'what remediations with a plan do when AWS Config starts them; left out: Plan'),
  edition: section(text('up to 20 letters, digits, dots and hyphens', /^[A-Za-z0-9.-]{1,20}$/), 'any text; another one has AWS Config evaluate all rules anew'),
  planFindings: section(v.boolean(expected('true or false')), 'whether plans are made for findings, which changes nothing; left out: true'),
  notify: section(text('an e-mail address', /^[^\s@]+@[^\s@]+\.[^\s@]+$/), 'who is written to about new findings; AWS asks there for confirmation'),
  vpc: section(mapping(network, 'a mapping of Regions to networks'), 'by Region: subnets and security groups of the functions; left out: functions outside of VPCs'),
  permissionsBoundary: section(arn, 'ARN of the permissions boundary of all roles; it must exist in every account'),
  logRetentionDays: section(v.picklist(LOG_RETENTION_DAYS, expected(`one of ${LOG_RETENTION_DAYS.join(', ')}`)), 'for how long logs of functions are kept; left out: 365'),
  ledger: section(v.picklist(['create', 'existing'], expected('`create` or `existing`')), '`existing` where a removed deployment left its ledgers behind; left out: create'),
  failureTolerancePercentage: section(percentage(0), 'accounts of a Region that may fail before the others are stopped; left out: 10'),
  maxConcurrentPercentage: section(percentage(1), 'accounts of a Region that are deployed to at a time; left out: 25'),
});

export type WrittenSettings = v.InferOutput<typeof settingsSchema>;

/** Remediation ids that settings may name, with the words each takes. */
export const offeredModes: ReadonlyMap<string, readonly string[]> = new Map(offered.map(({ id, start }) => [id, start === 'automatic' ? modes : modes.slice(0, 2)]));
