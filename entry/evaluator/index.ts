import { rules } from '../../rules/index.ts';
import { awsPorts } from './aws.ts';
import { handle, type Place, type Ports } from './handle.ts';

let ports: Ports | undefined;

/** The Lambda function of all the pack's rules; the rule's input parameter `ruleId` says which one an event is for. */
export async function handler(event: unknown, context: { readonly invokedFunctionArn: string }): Promise<void> {
  const place = placeOf(context.invokedFunctionArn);
  ports ??= awsPorts(rules, place);
  try {
    await handle(event, place, rules, ports);
  } catch (error) {
    ports.log('error', error instanceof Error ? error.message : String(error), { error: error instanceof Error ? error.name : 'Error' });
    throw error;
  }
}

function placeOf(arn: string): Place {
  const [, , , region = '', accountId = ''] = arn.split(':');
  if (!/^\d{12}$/.test(accountId) || region === '') throw new Error(`the function's ARN \`${arn}\` names no account and Region`);
  return { accountId, region };
}
