import { remediations } from '../../remediations/index.ts';
import { rules } from '../../rules/index.ts';
import { awsPorts } from './aws.ts';
import { publish } from './publish.ts';

/** The Lambda function in the administrator account that keeps the list of accounts current; started by a schedule, whose event says nothing. */
export async function handler(_event: unknown, context: { readonly invokedFunctionArn: string }): Promise<void> {
  const bucket = process.env['PERIMETER_BUCKET'];
  if (bucket === undefined || bucket === '') throw new Error('the environment variable `PERIMETER_BUCKET` is missing; set it to the name of the bucket that holds the definition');
  const account = context.invokedFunctionArn.split(':')[4] ?? '';
  const ports = awsPorts(bucket, account);
  try { await publish({ rules, remediations }, ports); } catch (error) {
    ports.log('error', error instanceof Error ? error.message : String(error), { error: error instanceof Error ? error.name : 'Error' });
    throw error;
  }
}
