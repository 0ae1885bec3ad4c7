import { readFileSync } from 'node:fs';
import { virtualClock } from '../../support/automation/clock.ts';
import { runAutomation } from '../../support/automation/run.ts';
import { finish } from '../../support/automation/schedule.ts';
import type { Fields, Invoke, Result } from '../../support/automation/types.ts';
import { motoAccount, motoRegion, type Credentials, type Moto } from './moto.ts';
import { roleArn } from './roles.ts';

/** Runs a runbook against moto under its own role; functions are `invoke`'s to play. */
export function runbook(moto: Moto, roles: ReadonlyMap<string, Credentials>, invoke: Invoke) {
  let executions = 0;
  return async (stem: string, parameters: Fields): Promise<Result & { readonly executionId: string }> => {
    const text = readFileSync(new URL(`../../../ssm-documents/${stem}.yaml`, import.meta.url), 'utf8');
    const executionId = `execution-${++executions}`;
    const run = runAutomation(text, { AutomationAssumeRole: roleArn(stem), ...parameters }, {
      account: motoAccount, region: motoRegion, executionId, clock: virtualClock(Date.now()), invoke,
      callApi: (service, api, input) => moto.call(service, api, input, roles.get(stem)),
    });
    return { ...await finish(run), executionId };
  };
}
