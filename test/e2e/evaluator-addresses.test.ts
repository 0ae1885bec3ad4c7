import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { afterAll, expect, inject, test } from 'vitest';
import { bundle, runFunction } from './evaluator-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'perimeter-e2e-'));
afterAll(() => { rmSync(folder, { recursive: true }); });
/** Where the function would call, it says in an error. */
const refusing = join(folder, 'refusing.cjs');
writeFileSync(refusing, "require('node:https').request = ({ host }) => { throw new Error(`calls ${host}`); };\n");
const definition = join(folder, 'definition.json');
writeFileSync(definition, JSON.stringify({ version: 1, organizations: ['o-4tkekae453'] }));

const account = '111122223333';
const event = {
  version: '1.0', ruleParameters: JSON.stringify({ ruleId: 'rds-instance-not-public' }), resultToken: 'token', eventLeftScope: false, executionRoleArn: `arn:aws:iam::${account}:role/config`,
  configRuleArn: `arn:aws:config:eu-west-1:${account}:config-rule/config-rule-1`, configRuleName: 'some-name', configRuleId: 'config-rule-1', accountId: account,
  invokingEvent: JSON.stringify({ messageType: 'ConfigurationItemChangeNotification', configurationItemDiff: null, notificationCreationTime: '2026-01-10T10:00:00.000Z', recordVersion: '1.3', configurationItem: {
    awsAccountId: account, awsRegion: 'eu-west-1', ARN: `arn:aws:rds:eu-west-1:${account}:db:ledger`, resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-1', resourceName: 'ledger', configurationItemVersion: '1.3',
    configurationItemStatus: 'OK', configurationItemCaptureTime: '2026-01-10T10:00:00.000Z', tags: {}, supplementaryConfiguration: {}, configuration: { dBInstanceIdentifier: 'ledger', publiclyAccessible: false },
  } }),
};

const called = async (environment: Readonly<Record<string, string>>): Promise<string> => {
  const { outcomes } = await runFunction(inject('parts').node22, '', bundle, {
    PERIMETER_DEFINITION: `file:${definition}`, AWS_MAX_ATTEMPTS: '1', NODE_OPTIONS: `--require ${refusing}`, ...environment,
  }, [{ event, functionArn: `arn:aws:lambda:eu-west-1:${account}:function:perimeter` }]);
  return outcomes[0] ?? '';
};

// The bundle has the rules of Config's addresses in short (scripts/build.mjs).
test.concurrent.each(['eu-west-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1'].flatMap((region) => [[false, false], [true, false], [false, true], [true, true]].map(([fips, dual]) => [region, fips!, dual!] as const)))('in %s, FIPS %s, dual stack %s, the bundle calls where the client does', async (region, fips, dual) => {
  const { config } = new ConfigServiceClient({ region });
  const ofClient = ((): string | undefined => {
    try { return config.endpointProvider({ Region: region, UseFIPS: fips, UseDualStack: dual }).url.host; } catch { return undefined; }
  })();
  const outcome = await called({ AWS_REGION: region, ...fips ? { AWS_USE_FIPS_ENDPOINT: 'true' } : {}, ...dual ? { AWS_USE_DUALSTACK_ENDPOINT: 'true' } : {} });
  if (ofClient === undefined) expect(outcome).toMatch(/FIPS or dual stack is asked for, which the partition [a-z-]+ does not have/);
  else expect(outcome).toContain(`calls ${ofClient}`);
});
