import type { DescribeConfigRulesCommandInput, DescribeConfigRulesCommandOutput, GetComplianceDetailsByConfigRuleCommandInput, GetComplianceDetailsByConfigRuleCommandOutput } from '@aws-sdk/client-config-service';
import type { AnyRemediation } from '../../core/remediation.ts';
import type { AnyRule } from '../../core/rule.ts';
import { textOf, type Item } from '../remediation/ledger.ts';
import type { Decision } from './decide.ts';
import type { Given } from './given.ts';
import { plan } from './plan.ts';
import { BadRequest } from './request.ts';

export interface FindingPorts {
  readonly describeConfigRules: (input: DescribeConfigRulesCommandInput) => Promise<Pick<DescribeConfigRulesCommandOutput, 'ConfigRules' | 'NextToken'>>;
  readonly getComplianceDetails: (input: GetComplianceDetailsByConfigRuleCommandInput) => Promise<Pick<GetComplianceDetailsByConfigRuleCommandOutput, 'EvaluationResults' | 'NextToken'>>;
}

interface Finding {
  readonly remediation: AnyRemediation;
  readonly resourceId: string;
  /** Whether a rule found fault with the resource; one that only changed is mostly as it should be. */
  readonly isFound: boolean;
}

/**
 * Plans what our rules find fault with, and resources as they are made or changed, and starts nothing. AWS Config could start runbooks in Mode Plan by itself, but its console
 * would then call the resource remediated.
 */
export async function planFindings(event: Readonly<Record<string, unknown>>, given: Given): Promise<void> {
  const id = event['id'];
  if (typeof id !== 'string' || !/^[\w-]{1,50}$/.test(id)) throw new BadRequest('`id` of the event is missing');
  const findings = await findingsOf(event, given);
  const failures: string[] = [];
  for (const finding of findings) {
    try { await planOne(finding, `event-${id}`, given); } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      given.ports.log('error', message, { remediation: finding.remediation.id, resourceId: finding.resourceId });
      failures.push(`\`${finding.resourceId}\`: ${message}`);
    }
  }
  // Lambda tries an event again that failed, and what was planned is not planned twice.
  if (failures.length > 0) throw new Error(`${failures.length} of ${findings.length} findings could not be planned: ${failures.slice(0, 3).join('; ')}`);
}

const outcomes: Readonly<Record<Decision, string>> = { noop: 'noop', planned: 'planned', refuse: 'refused', held: 'held', 'needs-approval': 'needs-approval', apply: 'none' };

async function planOne({ remediation, resourceId, isFound }: Finding, executionId: string, given: Given): Promise<void> {
  const name = { remediation: remediation.id, resourceId, executionId };
  const record = await plan(remediation, { resourceId, mode: 'Plan', approved: undefined }, given);
  const newest = await given.ledger.newest(name);
  const decision = textOf(record, 'decision') as Decision;
  const known = newest !== undefined && isSame(newest, record);
  // Most changes leave a resource as it should be, and the ledger keeps what it gets.
  const isIdle = !isFound && newest === undefined && decision === 'noop';
  if (!known && !isIdle) await given.ledger.put(name, { ...record, outcome: { S: outcomes[decision] } });
  given.ports.log('info', known ? 'planned before' : decision, { ...name, because: textOf(record, 'because'), planSha256: textOf(record, 'planSha256') });
}

/** Whether the newest plan says the same; one that was carried out does not, for then the finding has come back. */
function isSame(newest: Item, record: Item): boolean {
  const [old, made] = [newest, record].map((one) => ['decision', 'planSha256'].map((name) => textOf(one, name))) as [string[], string[]];
  if (textOf(newest, 'decision') === 'apply') return false;
  return made[1] === 'none' ? old[0] === made[0] && textOf(newest, 'because') === textOf(record, 'because') : old[1] === made[1];
}

async function findingsOf(event: Readonly<Record<string, unknown>>, given: Given): Promise<readonly Finding[]> {
  switch (event['detail-type']) {
    case 'Config Rules Compliance Change': return changed(event['detail'], given);
    case 'Config Configuration Item Change': return recorded(event['detail'], given);
    case 'Scheduled Event': return all(given);
    default: throw new BadRequest(`\`detail-type\` is \`${String(event['detail-type'])}\`; known: \`Config Rules Compliance Change\`, \`Config Configuration Item Change\`, \`Scheduled Event\``);
  }
}

/** https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
async function changed(detail: unknown, given: Given): Promise<readonly Finding[]> {
  const { awsAccountId, awsRegion, configRuleName, resourceId, newEvaluationResult } = (detail ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof configRuleName !== 'string' || typeof resourceId !== 'string') throw new BadRequest('`detail` names no rule and resource');
  refuseStrangers({ awsAccountId, awsRegion }, [given.place.region], given);
  if ((newEvaluationResult as { readonly complianceType?: unknown } | null | undefined)?.complianceType !== 'NON_COMPLIANT') return [];
  const [named] = await rulesOf({ ConfigRuleNames: [configRuleName] }, given);
  return named === undefined ? [] : [{ remediation: named.remediation, resourceId, isFound: true }];
}

/** A resource of which AWS Config recorded a new item. Its rules may not have judged it yet, so the plan does. */
function recorded(detail: unknown, given: Given): readonly Finding[] {
  const { configurationItem } = (detail ?? {}) as Readonly<Record<string, unknown>>;
  const { awsAccountId, awsRegion, resourceType, resourceId, configurationItemStatus } = (configurationItem ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof resourceType !== 'string' || typeof resourceId !== 'string') throw new BadRequest('`detail` names no resource');
  // Config keeps IAM under `global`.
  refuseStrangers({ awsAccountId, awsRegion }, [given.place.region, 'global'], given);
  if (configurationItemStatus !== 'OK' && configurationItemStatus !== 'ResourceDiscovered') return [];
  return given.remediations.filter((remediation) => remediation.resourceType === resourceType).map((remediation) => ({ remediation, resourceId, isFound: false }));
}

function refuseStrangers({ awsAccountId, awsRegion }: { readonly awsAccountId: unknown; readonly awsRegion: unknown }, regions: readonly unknown[], { place }: Given): void {
  if (awsAccountId === place.accountId && regions.includes(awsRegion)) return;
  throw new BadRequest(`the event is of account \`${String(awsAccountId)}\` in \`${String(awsRegion)}\`, and this function plans for account \`${place.accountId}\` in \`${place.region}\` only`);
}

/** Everything that our rules call non-compliant, once for each remediation. */
async function all(given: Given): Promise<readonly Finding[]> {
  const found = new Map<string, Finding>();
  for (const { name, remediation } of await rulesOf({}, given)) {
    let token: string | undefined;
    do {
      const { EvaluationResults = [], NextToken } = await given.ports.getComplianceDetails({ ConfigRuleName: name, ComplianceTypes: ['NON_COMPLIANT'], Limit: 100, ...token === undefined ? {} : { NextToken: token } });
      for (const { EvaluationResultIdentifier } of EvaluationResults) {
        const resourceId = EvaluationResultIdentifier?.EvaluationResultQualifier?.ResourceId;
        if (resourceId === undefined) throw new Error(`AWS Config reports a result of \`${name}\` without its resource`);
        found.set(`${remediation.id} ${resourceId}`, { remediation, resourceId, isFound: true });
      }
      token = NextToken;
    } while (token !== undefined && token !== '');
  }
  return [...found.values()];
}

/** Our rules in AWS Config: a pack puts a suffix on their names, so the input parameter tells. */
async function rulesOf(input: DescribeConfigRulesCommandInput, { remediations, ports }: Given): Promise<readonly { readonly name: string; readonly remediation: AnyRemediation }[]> {
  const found: { name: string; remediation: AnyRemediation }[] = [];
  let token: string | undefined;
  do {
    const { ConfigRules = [], NextToken } = await ports.describeConfigRules({ ...input, ...token === undefined ? {} : { NextToken: token } });
    for (const { ConfigRuleName: name, InputParameters, Source } of ConfigRules) {
      const ruleId = Source?.Owner === 'CUSTOM_LAMBDA' ? ruleIdIn(InputParameters) : undefined;
      const remediation = ruleId === undefined ? undefined : remediations.find((one) => one.rules.some(({ id }: AnyRule) => id === ruleId));
      if (name !== undefined && remediation !== undefined) found.push({ name, remediation });
    }
    token = NextToken;
  } while (token !== undefined && token !== '');
  return found;
}

/** The parameters of rules of others may be anything. */
function ruleIdIn(parameters: string | undefined): string | undefined {
  try {
    const { ruleId } = JSON.parse(parameters ?? '{}') as { readonly ruleId?: unknown };
    return typeof ruleId === 'string' ? ruleId : undefined;
  } catch { return undefined; }
}
