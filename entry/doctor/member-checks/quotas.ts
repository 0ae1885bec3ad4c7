import { paginateDescribeConfigRules, paginateDescribeConformancePacks } from '@aws-sdk/client-config-service';
import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { paginateListDocuments } from '@aws-sdk/client-ssm';
import { GLOBAL_TYPES } from '../../../deployment/conformance-pack.ts';
import { PACK, PREFIX } from '../../../deployment/names.ts';
import { runbooksOf } from '../../../deployment/runbooks.ts';
import type { Context, Member, MemberCheck } from '../check.ts';
import { problem, warning } from '../finding.ts';
import { memberRoles } from '../policies/roles.ts';

/** What an account uses of a quota. */
export interface Use {
  readonly used: number;
  readonly limit: number;
  /** How many of `used` the pack has made already; `undefined`: cannot be told. */
  readonly ours: number | undefined;
}
export interface Quota {
  readonly id: string;
  /** What is counted, in the plural. */
  readonly what: string;
  readonly per: MemberCheck['per'];
  /** What the pack does with it. */
  readonly verb: 'makes' | 'should find free';
  /** How more can be had. */
  readonly raise: string;
  readonly read: (member: Member) => Promise<Use>;
  /** How many the pack makes. */
  readonly needs: (context: Context, member: Member) => number;
}

/** Quotas of AWS Config and of documents are in no list of Service Quotas; as of 2026-11, from the pages named. IAM and Lambda tell the account's own. */
export const quotas: readonly Quota[] = [
  {
    // https://docs.aws.amazon.com/general/latest/gr/awsconfig.html
    id: 'quota-config-rules', what: 'AWS Config rules', per: 'region', verb: 'makes', raise: 'it cannot be raised: delete rules that nobody needs',
    async read({ aws, region }) {
      const names: string[] = [];
      for await (const { ConfigRules = [] } of paginateDescribeConfigRules({ client: aws.config(region) }, {})) names.push(...ConfigRules.map(({ ConfigRuleName = '' }) => ConfigRuleName));
      return { used: names.length, limit: 1000, ours: undefined };
    },
    needs: ({ rules }, { isHome }) => rules.filter(({ resourceTypes }) => isHome || !(resourceTypes as readonly string[]).some((type) => GLOBAL_TYPES.has(type))).length,
  },
  {
    id: 'quota-conformance-packs', what: 'conformance packs', per: 'region', verb: 'makes', raise: 'it cannot be raised: delete packs that nobody needs',
    async read({ aws, region }) {
      const names: string[] = [];
      for await (const { ConformancePackDetails = [] } of paginateDescribeConformancePacks({ client: aws.config(region) }, {})) names.push(...ConformancePackDetails.map(({ ConformancePackName = '' }) => ConformancePackName));
      return { used: names.length, limit: 50, ours: names.filter((name) => name === PACK || name.startsWith(`OrgConformsPack-${PACK}-`)).length };
    },
    needs: () => 1,
  },
  {
    // https://docs.aws.amazon.com/general/latest/gr/ssm.html
    id: 'quota-ssm-documents', what: 'Systems Manager documents', per: 'region', verb: 'makes', raise: 'ask for more: https://console.aws.amazon.com/servicequotas/home/services/ssm/quotas, or delete documents that nobody needs',
    async read({ aws, region }) {
      const names: string[] = [];
      for await (const { DocumentIdentifiers = [] } of paginateListDocuments({ client: aws.ssm(region), pageSize: 50 }, { Filters: [{ Key: 'Owner', Values: ['Self'] }] })) names.push(...DocumentIdentifiers.map(({ Name = '' }) => Name));
      return { used: names.length, limit: 500, ours: names.filter((name) => name.startsWith(PREFIX)).length };
    },
    needs: ({ remediations }) => runbooksOf(remediations).length,
  },
  {
    id: 'quota-lambda-concurrency', what: 'concurrent executions of Lambda functions', per: 'region', verb: 'should find free', raise: 'ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000, or give reserved concurrency back',
    async read({ aws, region }) {
      const { AccountLimit } = await aws.lambda(region).send(new GetAccountSettingsCommand({}));
      const { ConcurrentExecutions: limit = 0, UnreservedConcurrentExecutions: free = limit } = AccountLimit ?? {};
      return { used: limit - free, limit, ours: 0 };
    },
    // The pack reserves none; with fewer than this, AWS Config's first run over all resources leaves the account's other functions nothing.
    needs: () => 20,
  },
  {
    id: 'quota-iam-roles', what: 'IAM roles', per: 'account', verb: 'makes', raise: 'ask for more: aws service-quotas request-service-quota-increase --service-code iam --quota-code L-FE177D64 --desired-value 2000, or delete roles that nobody needs',
    async read({ aws, region }) {
      const { SummaryMap } = await aws.iam(region).send(new GetAccountSummaryCommand({}));
      const [used, limit] = [SummaryMap?.['Roles'], SummaryMap?.['RolesQuota']];
      if (used === undefined || limit === undefined) throw new Error('iam:GetAccountSummary tells no number of roles');
      return { used, limit, ours: undefined };
    },
    needs: ({ rules, remediations, settings }) => memberRoles(rules, remediations).length * settings.regions.length,
  },
];

export const quotaChecks: readonly MemberCheck[] = quotas.map((quota): MemberCheck => ({
  id: quota.id, per: quota.per,
  title: `There is room for the pack's ${quota.what}`,
  async run(member, context) {
    const { used, limit, ours } = await quota.read(member);
    const needed = quota.needs(context, member);
    const more = Math.max(0, needed - (ours ?? 0));
    if (used + more <= limit) return [];
    const message = `${used} of ${limit} ${quota.what} are in use, and the pack ${quota.verb} ${needed}`;
    // Where functions have to wait for each other, the pack is slow rather than broken; and what stands already needs no room.
    if (quota.verb !== 'makes') return [warning(message, quota.raise)];
    return [ours === undefined ? warning(`${message}, unless they stand already`, quota.raise) : problem(ours > 0 ? `${message}, of which ${ours} stand already` : message, quota.raise)];
  },
}));
