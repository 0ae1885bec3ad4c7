import type { ComplianceType, Evaluation, GetComplianceDetailsByConfigRuleCommandInput, GetComplianceDetailsByConfigRuleCommandOutput } from '@aws-sdk/client-config-service';
import type { Definition } from '../../core/definition.ts';
import { evaluateItem, relatedIds } from '../../core/evaluate.ts';
import type { AnyRule } from '../../core/rule.ts';
import { notApplicable, undecided, type Verdict } from '../../core/verdict.ts';
import { isPresent, type ConfigurationItem } from '../../items/configuration-item.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { UnreadableItem } from '../../items/read.ts';
import { evaluationOf } from './evaluations.ts';
import { BadEvent, readEvent, type Identity, type Message, type RuleEvent } from './event.ts';
import { itemOf, type HistoryPorts } from './history.ts';
import { listResources, type ListingPorts } from './listing.ts';
import { logVerdict, type Log } from './log.ts';
import { putAll, type PutPorts } from './put.ts';
import type { Lookup } from './related.ts';

/** All that the evaluator asks of the world. */
export interface Ports extends PutPorts, HistoryPorts, ListingPorts {
  readonly definition: () => Promise<Definition>;
  readonly related: (wanted: ReturnType<typeof relatedIds>) => Promise<Lookup>;
  /** The policy of a VPC endpoint; `undefined` where EC2 has none or knows no such endpoint. */
  readonly endpointPolicy: (id: string) => Promise<string | undefined>;
  readonly getComplianceDetails: (input: GetComplianceDetailsByConfigRuleCommandInput) => Promise<Pick<GetComplianceDetailsByConfigRuleCommandOutput, 'EvaluationResults' | 'NextToken'>>;
  readonly now: () => number;
  readonly log: Log;
}

/** Where the function runs, as its own ARN tells. */
export interface Place { readonly accountId: string; readonly region: string }

/** Takes one event of AWS Config to the evaluations it asks for. */
export async function handle(event: unknown, place: Place, rules: readonly AnyRule[], ports: Ports): Promise<void> {
  const read = readEvent(event);
  const rule = rules.find(({ id }) => id === read.ruleId);
  if (rule === undefined) throw new BadEvent(`\`ruleParameters.ruleId\` is \`${read.ruleId}\`, which this version does not have; known: ${rules.map(({ id }) => `\`${id}\``).join(', ')}`);
  refuseStrangers(read, place);
  const definition = await ports.definition();
  const evaluations = read.message.kind === 'scheduled'
    ? await scheduled(rule, read, read.message.time, place, definition, ports)
    : [await changed(rule, read, read.message, definition, ports)];
  await putAll(evaluations, read.resultToken, ports);
}

/** A rule of another account could otherwise have this function read and report for it. */
function refuseStrangers({ accountId, message }: RuleEvent, place: Place): void {
  if (accountId !== place.accountId) throw new BadEvent(`the event is of account \`${accountId}\`, and this function judges account \`${place.accountId}\` only`);
  if (message.kind !== 'scheduled' && message.identity.accountId !== place.accountId) {
    throw new BadEvent(`the item is of account \`${message.identity.accountId}\`, and the event of account \`${accountId}\``);
  }
}

async function changed(rule: AnyRule, event: RuleEvent, message: Exclude<Message, { kind: 'scheduled' }>, definition: Definition, ports: Ports): Promise<Evaluation> {
  if (rule.trigger !== 'change') throw new BadEvent(`\`${rule.id}\` is a periodic rule and takes no change notifications; see its \`SourceDetails\``);
  const { identity } = message;
  const verdict = await verdictOfChange(rule, event, message, definition, ports);
  logVerdict(ports.log, rule.id, identity, verdict);
  return evaluationOf(verdict, identity, identity.captureTime);
}

async function verdictOfChange(rule: AnyRule, event: RuleEvent, message: Exclude<Message, { kind: 'scheduled' }>, definition: Definition, ports: Ports): Promise<Verdict> {
  // The status first: what is gone may have no configuration left to read.
  if (event.eventLeftScope) return notApplicable("the resource left the rule's scope");
  if (isGone(message.identity)) return notApplicable(`the item has the status \`${message.identity.status}\``);
  const raw = message.kind === 'change' ? message.item : await itemOf(message.identity, ports);
  try {
    return await verdictOf(rule, normalizeItem(raw), definition, ports);
  } catch (error) {
    if (error instanceof UnreadableItem) return undecided(error.message);
    throw error;
  }
}

const isGone = (identity: Identity): boolean => !isPresent(identity) && ['ResourceDeleted', 'ResourceNotRecorded', 'ResourceDeletedNotRecorded'].includes(identity.status);

async function verdictOf(rule: AnyRule, item: ConfigurationItem, definition: Definition, ports: Ports): Promise<Verdict> {
  const wanted = relatedIds(rule, item, definition);
  const related: Lookup = wanted.length === 0 ? () => undefined : await ports.related(wanted);
  const judge = (judged: ConfigurationItem): Verdict => evaluateItem(rule, judged, { definition, related, now: ports.now() });
  const verdict = judge(item);
  if (verdict.kind !== 'undecided' || item.resourceType !== 'AWS::EC2::VPCEndpoint' || hasDocument(item)) return verdict;
  // Only an endpoint that is undecided for want of its document is worth a call.
  const policyDocument = await ports.endpointPolicy(item.resourceId);
  return policyDocument === undefined ? verdict : judge({ ...item, configuration: { ...item.configuration, policyDocument } });
}

function hasDocument({ configuration }: ConfigurationItem): boolean {
  const document = configuration['policyDocument'];
  return document !== undefined && document !== null && document !== '';
}

async function scheduled(rule: AnyRule, event: RuleEvent, time: Date, place: Place, definition: Definition, ports: Ports): Promise<readonly Evaluation[]> {
  if (rule.trigger !== 'periodic') throw new BadEvent(`\`${rule.id}\` is triggered by changes and takes no \`ScheduledNotification\`; see its \`SourceDetails\``);
  const evaluations: Evaluation[] = [];
  for (const type of rule.resourceTypes) {
    for (const item of await listResources(type, { ...place, time }, ports)) {
      const verdict = await verdictOf(rule, item, definition, ports);
      logVerdict(ports.log, rule.id, item, verdict);
      evaluations.push(evaluationOf(verdict, item, time));
    }
  }
  const here = new Set(evaluations.map((one) => `${one.ComplianceResourceType} ${one.ComplianceResourceId}`));
  const vanished = (await reported(event.configRuleName, ports)).filter(({ resourceType, resourceId }) => !here.has(`${resourceType} ${resourceId}`));
  return [...evaluations, ...vanished.map((one) => evaluationOf(notApplicable('the resource no longer exists'), one, time))];
}

/** Results stay until told otherwise, so those of resources that have gone must be found and ended. */
async function reported(configRuleName: string, { getComplianceDetails }: Ports): Promise<readonly { readonly resourceType: string; readonly resourceId: string }[]> {
  const ComplianceTypes: ComplianceType[] = ['COMPLIANT', 'NON_COMPLIANT'];
  const found: { resourceType: string; resourceId: string }[] = [];
  let token: string | undefined;
  do {
    const { EvaluationResults = [], NextToken } = await getComplianceDetails({ ConfigRuleName: configRuleName, ComplianceTypes, Limit: 100, ...token === undefined ? {} : { NextToken: token } });
    for (const { EvaluationResultIdentifier } of EvaluationResults) {
      const { ResourceType: resourceType, ResourceId: resourceId } = EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
      if (resourceType === undefined || resourceId === undefined) throw new Error(`AWS Config reports a result of \`${configRuleName}\` without its resource`);
      found.push({ resourceType, resourceId });
    }
    token = NextToken;
  } while (token !== undefined && token !== '');
  return found;
}
