import { randomUUID } from 'node:crypto';
import { GetAutomationExecutionCommand, SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AutomationPorts } from './apply.ts';

const settings = { retryMode: 'standard', maxAttempts: Number(process.env['AWS_MAX_ATTEMPTS'] ?? 5) };

const outcomes = ['noop', 'planned', 'needs-approval', 'refused', 'held', 'applied'];

/** Systems Manager as AWS answers for it, with the credentials that the AWS command line would use. */
export function automation(): AutomationPorts {
  const clients = new Map<string, SSMClient>();
  const ssm = (region: string): SSMClient => {
    const client = clients.get(region) ?? new SSMClient({ ...settings, region });
    clients.set(region, client);
    return client;
  };
  return {
    sleep: (duration) => new Promise((wake) => { setTimeout(wake, duration); }),
    async caller(region) {
      const { Account = '', Arn = '' } = await new STSClient({ ...settings, region }).send(new GetCallerIdentityCommand({}));
      return { account: Account, arn: Arn };
    },
    async start({ documentName, region, parameters }) {
      const { AutomationExecutionId } = await ssm(region).send(new StartAutomationExecutionCommand({
        DocumentName: documentName, Parameters: Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, [...values]])),
        // A request that is sent again, for its answer was lost, starts no second run.
        ClientToken: randomUUID(),
      }));
      if (AutomationExecutionId === undefined) throw new Error('Systems Manager gave no execution id');
      return AutomationExecutionId;
    },
    async follow(region, id) {
      const { AutomationExecution: run } = await ssm(region).send(new GetAutomationExecutionCommand({ AutomationExecutionId: id }));
      // A runbook has an `Outcome` for each of its ends, and Systems Manager fills those of steps that did not run with a sentence.
      const outcome = Object.entries(run?.Outputs ?? {}).flatMap(([name, values]) => name.endsWith('.Outcome') ? values : []).find((one) => outcomes.includes(one));
      return { status: run?.AutomationExecutionStatus ?? 'unknown', outcome, message: run?.FailureMessage };
    },
  };
}
