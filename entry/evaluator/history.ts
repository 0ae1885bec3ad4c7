import type { GetResourceConfigHistoryCommandInput, GetResourceConfigHistoryCommandOutput } from '@aws-sdk/client-config-service';
import type { Identity } from './event.ts';
import { plain } from './plain.ts';

export interface HistoryPorts {
  readonly getResourceConfigHistory: (input: GetResourceConfigHistoryCommandInput) => Promise<Pick<GetResourceConfigHistoryCommandOutput, 'configurationItems' | 'nextToken'>>;
}

/** The item that an oversized notification stands for; a later one must not slip in, nor an earlier one pass for it. */
export async function itemOf(summary: Identity, { getResourceConfigHistory }: HistoryPorts): Promise<Record<string, unknown>> {
  const { resourceType, resourceId, captureTime, accountId } = summary;
  const name = `\`${resourceType} ${resourceId}\``;
  let nextToken: string | undefined;
  do {
    const page = await getResourceConfigHistory({
      // The SDK's list of types lacks some that Config records.
      resourceType: resourceType as NonNullable<GetResourceConfigHistoryCommandInput['resourceType']>,
      resourceId, laterTime: captureTime, limit: 1, ...nextToken === undefined ? {} : { nextToken },
    });
    const [item] = page.configurationItems ?? [];
    if (item !== undefined) {
      if (item.resourceType !== resourceType || item.resourceId !== resourceId || item.accountId !== accountId) {
        throw new Error(`the history of ${name} answers with \`${item.resourceType} ${item.resourceId}\` of account \`${item.accountId}\``);
      }
      // The API keeps milliseconds in some fields and seconds in others.
      const recorded = item.configurationItemCaptureTime?.getTime() ?? NaN;
      if (!(Math.abs(recorded - captureTime.getTime()) <= 1000)) {
        throw new Error(`the history of ${name} does not hold the item captured at ${captureTime.toISOString()}`);
      }
      return plain(item);
    }
    // A page covers some days of records, so one without items may be followed by others.
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== '');
  throw new Error(`the history of ${name} holds no item up to ${captureTime.toISOString()}`);
}
