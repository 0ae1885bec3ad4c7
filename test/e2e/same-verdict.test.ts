import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import type { AnyRule } from '../../core/rule.ts';
import type { Verdict } from '../../core/verdict.ts';
import { check, type Result, type RuleSummary } from '../../entry/check.ts';
import { loadDefinition } from '../../entry/definition-file.ts';
import { filesBelow } from '../../entry/input/files.ts';
import { readItems } from '../../entry/input/read.ts';
import type { ConfigurationItem } from '../../items/configuration-item.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { rules } from '../../rules/index.ts';
import { startConfigServer } from '../support/config-server.ts';
import { runEvaluator, type Invocation } from './evaluator-process.ts';

const parts = inject('parts');
const folder = mkdtempSync(join(tmpdir(), 'perimeter-e2e-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const perimeter = 'examples/perimeter.yaml';
const definition = join(folder, 'perimeter.json');
writeFileSync(definition, JSON.stringify(parse(readFileSync(perimeter, 'utf8'))));

interface Recorded { readonly raw: Record<string, unknown>; readonly item: ConfigurationItem }

/** The latest item of each resource, by a reckoning of its own. */
async function latestOf(path: string): Promise<readonly Recorded[]> {
  const latest = new Map<string, Recorded>();
  const problems: unknown[] = [];
  const problem = (one: unknown): void => { problems.push(one); };
  for (const file of filesBelow([path], problem)) {
    await readItems(file, { problem, progress: () => {}, item: ({ bytes }) => {
      const raw = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
      const item = normalizeItem(raw);
      const before = latest.get(item.arn);
      if (before === undefined || item.captureTime > before.item.captureTime) latest.set(item.arn, { raw, item });
    } });
  }
  expect(problems).toEqual([]);
  return [...latest.values()];
}

/** A resource on a rule, under the name that the recording and the service's API share. */
interface Judged { readonly rule: string; readonly item: ConfigurationItem }

const functionArn = ({ accountId }: ConfigurationItem): string => `arn:aws:lambda:eu-west-1:${accountId}:function:perimeter`;
const invocation = (rule: AnyRule, item: ConfigurationItem, token: string, invokingEvent: object): Invocation => ({
  functionArn: functionArn(item),
  event: { accountId: item.accountId, configRuleName: rule.id, resultToken: token, eventLeftScope: false, ruleParameters: JSON.stringify({ ruleId: rule.id }), invokingEvent: JSON.stringify(invokingEvent) },
});
const changed = ({ raw, item }: Recorded): object => ({
  messageType: 'ConfigurationItemChangeNotification',
  // Query results name some fields otherwise than events do.
  configurationItem: { ...raw, awsAccountId: item.accountId, ARN: item.arn, configurationItemStatus: item.status, configurationItemCaptureTime: item.captureTime },
});
const scheduled = ({ accountId, captureTime }: ConfigurationItem): object => ({ messageType: 'ScheduledNotification', awsAccountId: accountId, notificationCreationTime: captureTime });

/** As BatchGetResourceConfig answers it. */
const baseItem = ({ accountId, region, resourceType, resourceId, arn, captureTime, availabilityZone, configuration }: ConfigurationItem): object => ({
  accountId, awsRegion: region, resourceType, resourceId, arn, configurationItemStatus: 'OK', configurationItemCaptureTime: Date.parse(captureTime) / 1000, supplementaryConfiguration: {},
  configuration: JSON.stringify(configuration), ...availabilityZone === undefined ? {} : { availabilityZone },
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const fails = (verdict: Verdict | undefined): boolean => verdict?.kind === 'non-compliant' || verdict?.kind === 'undecided';

describe.each(['examples/breached', 'examples/sound'])('%s', (path) => {
  test.each([['Node 22', parts.node22], ['Node 24', parts.node24]])('comes to the same verdicts by check and by the evaluator on %s', async (_, node) => {
    const byCheck = await check({ paths: [path], definition: await loadDefinition(perimeter), now: Date.now() });
    const recorded = await latestOf(path);
    const ofType = (rule: AnyRule): readonly Recorded[] => recorded.filter(({ item }) => rule.resourceTypes.includes(item.resourceType as never));

    const judged: Judged[] = [];
    const invocations: Invocation[] = [];
    const listings: (() => Record<string, unknown>)[] = [];
    for (const rule of rules) {
      for (const one of ofType(rule)) {
        const token = `token-${judged.length}`;
        judged.push({ rule: rule.id, item: one.item });
        invocations.push(invocation(rule, one.item, token, rule.trigger === 'change' ? changed(one) : scheduled(one.item)));
        // A workgroup an event, so that each evaluation has a token of its own.
        if (rule.trigger === 'periodic') listings.push(() => ({ workgroups: [one.item.configuration] }));
      }
    }

    const subnets = recorded.map(({ item }) => item).filter(({ resourceType }) => resourceType === 'AWS::EC2::Subnet');
    const server = await startConfigServer({
      answers: { ListWorkgroups: listings },
      always: {
        BatchGetResourceConfig: ({ resourceKeys }) => ({
          baseConfigurationItems: subnets.filter(({ resourceId }) => (resourceKeys as { resourceId: string }[]).some((key) => key.resourceId === resourceId)).map(baseItem),
        }),
      },
    });
    const { outcomes, log } = await runEvaluator(node, server.url, `file:${definition}`, invocations).finally(() => server.close());
    expect(server.violations).toEqual([]);
    expect(outcomes).toEqual(invocations.map(() => null));

    const findings = new Map(byCheck.findings.map((one: Result) => [`${one.rule} ${one.arn}`, one.verdict]));
    const puts = new Map(server.calls.filter(({ operation }) => operation === 'PutEvaluations').map(({ input }) => [input['ResultToken'], input['Evaluations'] as Record<string, unknown>[]]));
    const summary: Record<string, Record<keyof RuleSummary, number>> = Object.fromEntries(rules.map(({ id }) => [id, { compliant: 0, nonCompliant: 0, undecided: 0, notApplicable: 0, excepted: 0 }]));
    expect(log.length).toBe(judged.length);
    for (const [index, { rule, item }] of judged.entries()) {
      const name = `${rule} ${item.arn}`;
      const verdict = log[index]!['verdict'] as Verdict;
      const finding = findings.get(name);
      // Whole verdicts with their witnesses; of what is in order `check` keeps the count alone.
      if (finding !== undefined) expect({ name, verdict }).toEqual({ name, verdict: plain(finding) });
      const evaluations = puts.get(`token-${index}`) ?? [];
      expect({ name, types: evaluations.map(({ ComplianceType }) => ComplianceType === 'NON_COMPLIANT') }).toEqual({ name, types: [fails(finding)] });
      if (fails(finding)) expect((evaluations[0]!['Annotation'] as string).length).toBeLessThanOrEqual(256);
      findings.delete(name);
      if (item.status === 'ResourceDeleted') expect(evaluations[0]!['ComplianceType']).toBe('NOT_APPLICABLE');
      else summary[rule]![countedAs(verdict)]++;
    }
    expect([...findings.keys()]).toEqual([]);
    expect(summary).toEqual(byCheck.summary);
    if (path === 'examples/breached') expect(rules.filter(({ id }) => summary[id]!.nonCompliant === 0).map(({ id }) => id)).toEqual([]);
  });
});

function countedAs(verdict: Verdict): keyof RuleSummary {
  switch (verdict.kind) {
    case 'compliant': return verdict.excepted === undefined ? 'compliant' : 'excepted';
    case 'non-compliant': return 'nonCompliant';
    case 'undecided': return 'undecided';
    case 'not-applicable': return 'notApplicable';
  }
}
