import type { Evaluation, PutEvaluationsCommandInput } from '@aws-sdk/client-config-service';
import { firstOf } from './first-of.ts';

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html */
const MOST_A_CALL = 100;
const ATTEMPTS = 4;

export interface PutPorts {
  readonly putEvaluations: (input: PutEvaluationsCommandInput) => Promise<{ readonly FailedEvaluations?: readonly Evaluation[] | undefined }>;
  /** Milliseconds. */
  readonly sleep: (duration: number) => Promise<void>;
}

/** By convention of the Rule Development Kit: validate the call, store nothing. */
export const TEST_TOKEN = 'TESTMODE';

/** Stores evaluations; what Config failed to keep is sent again, and an error in the end. */
export async function putAll(evaluations: readonly Evaluation[], resultToken: string, { putEvaluations, sleep }: PutPorts): Promise<void> {
  // A scheduled run that found nothing still reports, with an empty list, so that Config sees it has run.
  for (let from = 0; from === 0 || from < evaluations.length; from += MOST_A_CALL) {
    let pending = evaluations.slice(from, from + MOST_A_CALL);
    for (let attempt = 1; ; attempt++) {
      const { FailedEvaluations: failed = [] } = await putEvaluations({
        ResultToken: resultToken, Evaluations: pending, ...resultToken === TEST_TOKEN ? { TestMode: true } : {},
      });
      if (failed.length === 0) break;
      const lost = new Set(failed.map(nameOf));
      const kept = pending.filter((one) => lost.has(nameOf(one)));
      if (kept.length === 0) throw new Error(`AWS Config reports evaluations as failed that were not sent: ${firstOf([...lost])}`);
      if (attempt === ATTEMPTS) throw new Error(`AWS Config did not store ${kept.length} evaluations in ${ATTEMPTS} attempts: ${firstOf(kept.map(nameOf))}`);
      pending = kept;
      await sleep(200 * 2 ** (attempt - 1));
    }
  }
}

const nameOf = (one: Evaluation): string => `${one.ComplianceResourceType} ${one.ComplianceResourceId}`;
