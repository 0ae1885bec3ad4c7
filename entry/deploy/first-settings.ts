import { offeredModes } from './settings-schema.ts';

/** What a first file is written from; a member that is absent becomes a line to fill in. */
export interface FirstSettings { readonly homeRegion?: string; readonly regions?: readonly string[]; /** Root or organizational units. */ readonly targets?: readonly string[]; readonly isSingleAccount: boolean }

/** A Region that nobody has named. */
export const placeholderRegion = 'us-east-1';
/** Stands for a root that nobody has named yet. */
export const placeholderRoot = 'r-0000';

/** The text of a first deployment.yaml: what must be said, and as comments what may be said. */
export function firstSettings({ homeRegion = placeholderRegion, regions = [homeRegion], targets = [placeholderRoot], isSingleAccount }: FirstSettings): string {
  return [
    ['# How the pack gets into accounts, and what it may do there. What "ours" means is said in perimeter.yaml.',
      '# Here are the bucket of the definition and the administrator stack, and rules about IAM run here: AWS Config must record global types in this Region.',
      `homeRegion: ${homeRegion}`,
      '# Every Region in which the pack runs; AWS Config must record there.',
      `regions: [${regions.join(', ')}]`],
    isSingleAccount ? [] : [
      '# Organizational units whose accounts get the pack, or the root for all: `aws organizations list-roots` tells its id.',
      `targets: [${targets.join(', ')}]${targets.includes(placeholderRoot) ? ' # replace with the id of your root or of units' : ''}`,
      '# Units that are deployed to first; if that fails, the others stay as they are.', '# canary: [ou-ab12-c3d4e5f6]',
      '# Accounts of those units that are left out.', '# excludeAccounts: ["111111111111"]',
      '# Where the conformance pack comes from: each account’s stack, or an organization conformance pack (all accounts but those above).', '# pack: stackset',
    ],
    ['# Remediations that AWS Config offers (`manual`) or starts by itself (`automatic`); each is off unless it is named.', '# remediations:',
      ...[...offeredModes].map(([id, modes]) => `#   ${id}: ${modes[1]!} # ${modes.join(', ')}`)],
    ['# Who is written to about new findings.', '# notify: security@example.com'],
    ['# By Region: where the functions run; left out, outside of VPCs.', '# vpc:', `#   ${homeRegion}: { subnetIds: [subnet-012abc01], securityGroupIds: [sg-012abc01] }`],
    ['# Permissions boundary of all roles, in every account.', '# permissionsBoundary: arn:aws:iam::aws:policy/NAME', '# For how many days logs are kept.', '# logRetentionDays: 365'],
    isSingleAccount ? [] : ['# Accounts of a Region that are deployed to at a time, and that may fail before the others are stopped, in percent.', '# maxConcurrentPercentage: 25', '# failureTolerancePercentage: 10'],
  ].filter((lines) => lines.length > 0).map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
}
