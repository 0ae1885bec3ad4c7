import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { awsPorts } from './aws.ts';
import type { Ports } from './given.ts';
import { handle, type Answer } from './handle.ts';
import type { Place } from './item.ts';

let ports: Ports | undefined;

/** The Lambda function that plans for the runbooks, and for findings by schedule and as they come. It can change the ledger and nothing else. */
export async function handler(event: unknown, context: { readonly invokedFunctionArn: string }): Promise<Answer> {
  ports ??= awsPorts(rules);
  try {
    return await handle(event, placeOf(context.invokedFunctionArn), remediations, ports);
  } catch (error) {
    ports.log('error', error instanceof Error ? error.message : String(error), { error: error instanceof Error ? error.name : 'Error' });
    throw error;
  }
}

function placeOf(arn: string): Place {
  const [, partition = '', , region = '', accountId = ''] = arn.split(':');
  if (!/^\d{12}$/.test(accountId) || region === '') throw new Error(`the function's ARN \`${arn}\` names no account and Region`);
  return { accountId, region, partition };
}
