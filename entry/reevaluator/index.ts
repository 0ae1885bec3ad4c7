import { EVALUATOR } from '../../deployment/names.ts';
import { awsPorts } from './aws.ts';
import { reevaluate } from './reevaluate.ts';

interface Context { readonly invokedFunctionArn: string; readonly getRemainingTimeInMillis: () => number }

/** What is left of the function's time when it stops waiting for AWS Config, in milliseconds. */
const RESERVE = 30_000;

/** The Lambda function that has AWS Config evaluate rules anew; started by a schedule, whose event says nothing. */
export async function handler(_event: unknown, { invokedFunctionArn, getRemainingTimeInMillis }: Context): Promise<void> {
  const ports = awsPorts();
  const evaluator = [...invokedFunctionArn.split(':').slice(0, 6), EVALUATOR].join(':');
  try {
    // Named by the build, so that verdicts of another evaluator are made anew.
    await reevaluate({ evaluator, code: process.env.PERIMETER_EVALUATOR_SHA256 ?? '', until: ports.now() + getRemainingTimeInMillis() - RESERVE }, ports);
  } catch (error) {
    ports.log('error', error instanceof Error ? error.message : String(error), { error: error instanceof Error ? error.name : 'Error' });
    throw error;
  }
}
