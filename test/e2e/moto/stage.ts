import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { startConfigServer } from '../../support/config-server.ts';
import type { Result } from '../../support/automation/types.ts';
import { runEvaluator } from '../evaluator-process.ts';
import { functionsAt } from './functions.ts';
import { motoAccount, motoRegion, startMoto, type Moto } from './moto.ts';
import { installRoles } from './roles.ts';
import { runbook } from './world.ts';

/** A file's own account at moto, with the pack's roles, its ledger and its built functions in it. */
export class Stage {
  moto!: Moto;
  /** Runs a runbook with IAM enforced, under its own role. */
  run!: ReturnType<typeof runbook>;
  readonly #node = inject('parts').node22;
  readonly #folder = mkdtempSync(join(tmpdir(), 'perimeter-remediation-'));
  readonly #definition = join(this.#folder, 'definition.json');

  constructor() {
    this.define({});
    beforeAll(async () => {
      this.moto = await startMoto(inject('parts').python);
      const roles = await installRoles(this.moto);
      await this.moto.call('dynamodb', 'CreateTable', {
        TableName: 'perimeter-ledger', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' }],
      });
      const run = runbook(this.moto, roles, functionsAt(this.moto, roles, this.#node, `file:${this.#definition}`));
      this.run = async (...given) => {
        await this.moto.enforceIam(true);
        try { return await run(...given); } finally { await this.moto.enforceIam(false); }
      };
    });
    afterAll(async () => { await this.moto.stop(); rmSync(this.#folder, { recursive: true }); });
  }

  /** Sections of the definition beside the organization and the account. */
  define(more: object): void {
    writeFileSync(this.#definition, JSON.stringify({ version: 1, organizations: ['o-4tkekae453'], accounts: [motoAccount], ...more }));
  }

  /** What the built evaluator reports of a resource, as AWS Config would get it. */
  async verdict(ruleId: string, resourceType: string, resourceId: string, configuration: object, related: readonly object[] = []): Promise<unknown> {
    const server = await startConfigServer({ always: { BatchGetResourceConfig: () => ({ baseConfigurationItems: related }) } });
    const time = '2026-01-10T10:00:00.000Z';
    try {
      const invokingEvent = {
        messageType: 'ConfigurationItemChangeNotification', notificationCreationTime: time, recordVersion: '1.3', configurationItemDiff: null,
        configurationItem: {
          awsAccountId: motoAccount, awsRegion: motoRegion, ARN: `arn:aws:x:${motoRegion}:${motoAccount}:${resourceId}`, resourceType, resourceId, resourceName: resourceId,
          configurationItemVersion: '1.3', configurationItemStatus: 'OK', configurationItemCaptureTime: time, tags: {}, supplementaryConfiguration: {}, configuration,
        },
      };
      return await this.#evaluated(server, event(ruleId, invokingEvent));
    } finally { await server.close(); }
  }

  /** What it reports of the one resource of a type that AWS Config does not record. */
  async scheduledVerdict(ruleId: string, always: Readonly<Record<string, () => Record<string, unknown>>>): Promise<unknown> {
    const server = await startConfigServer({ always });
    try {
      return await this.#evaluated(server, event(ruleId, { messageType: 'ScheduledNotification', awsAccountId: motoAccount, notificationCreationTime: '2026-01-10T10:00:00.000Z', recordVersion: '1.0' }));
    } finally { await server.close(); }
  }

  async #evaluated(server: Awaited<ReturnType<typeof startConfigServer>>, asked: object): Promise<unknown> {
    const { outcomes } = await runEvaluator(this.#node, server.url, `file:${this.#definition}`, [{ event: asked, functionArn: `arn:aws:lambda:${motoRegion}:${motoAccount}:function:perimeter-evaluator` }]);
    expect({ outcomes, violations: server.violations }).toEqual({ outcomes: [null], violations: [] });
    const [put] = server.calls.filter(({ operation }) => operation === 'PutEvaluations');
    return (put!.input['Evaluations'] as { ComplianceType: string }[])[0]!.ComplianceType;
  }
}

const event = (ruleId: string, invokingEvent: object): object => ({
  version: '1.0', invokingEvent: JSON.stringify(invokingEvent), ruleParameters: JSON.stringify({ ruleId }), resultToken: 'token', eventLeftScope: false, executionRoleArn: `arn:aws:iam::${motoAccount}:role/config`,
  configRuleArn: `arn:aws:config:${motoRegion}:${motoAccount}:config-rule/config-rule-1`, configRuleName: ruleId, configRuleId: 'config-rule-1', accountId: motoAccount,
});

/** How a run ended, as the console shows it. */
export const outcome = ({ status, message, outputs }: Result): unknown => ({ status, message, outcome: Object.entries(outputs).filter(([name]) => name.endsWith('.Outcome')).map(([, value]) => value) });
export const ended = (how: string): unknown => ({ status: 'Success', message: undefined, outcome: [how] });
/** What a run sent beside reads and its notes in the ledger. */
export const sent = ({ calls }: Result): string[] => calls.filter(({ service, api }) => service !== 'dynamodb' && !/^(Describe|Get)/.test(api)).map(({ service, api }) => `${service}:${api}`);

/** AWS Config writes members with a small first letter. */
export const recorded = (described: object): Record<string, unknown> => Object.fromEntries(Object.entries(described).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value as unknown]));
