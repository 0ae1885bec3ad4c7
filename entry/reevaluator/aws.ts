import { getObject, getParameter, once, settings } from '../evaluator/clients.ts';
import { loadDefinition } from '../evaluator/definition.ts';
import { jsonLog } from '../evaluator/log.ts';
import { ledgerPorts, ledgerTable } from '../remediation/aws-ledger.ts';
import type { Ports } from './reevaluate.ts';

const config = once(async () => { const sdk = await import('@aws-sdk/client-config-service'); return { sdk, client: new sdk.ConfigServiceClient(settings) }; });

/** The re-evaluator's ports as AWS answers them. */
export function awsPorts(): Ports {
  const pointer = process.env['PERIMETER_DEFINITION'];
  return {
    getItem: ledgerPorts.getItem, putItem: ledgerPorts.putItem, ledgerTable: ledgerTable(),
    now: () => Date.now(),
    sleep: (duration) => new Promise((wake) => { setTimeout(wake, duration); }),
    log: jsonLog((line) => { process.stdout.write(`${line}\n`); }),
    async definition() {
      // Evaluators hold it against the rules and fail by themselves; the rules would make this function ten times as large.
      const loaded = await loadDefinition(pointer, undefined, () => undefined, { getObject, getParameter });
      if (loaded === undefined) throw new Error(`the definition \`${pointer}\` was answered as unchanged, though nothing was known of it`);
      return loaded;
    },
    async describeConfigRules() {
      const { sdk, client } = await config();
      const found = [];
      for await (const { ConfigRules = [] } of sdk.paginateDescribeConfigRules({ client }, {})) found.push(...ConfigRules);
      return found;
    },
    async startConfigRulesEvaluation(names) { const { sdk, client } = await config(); return client.send(new sdk.StartConfigRulesEvaluationCommand({ ConfigRuleNames: [...names] })); },
  };
}
