import type {
  AttributeValue, GetItemCommandInput, GetItemCommandOutput, PutItemCommandInput, QueryCommandInput, QueryCommandOutput, UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

export interface LedgerPorts {
  readonly getItem: (input: GetItemCommandInput) => Promise<Pick<GetItemCommandOutput, 'Item'>>;
  readonly putItem: (input: PutItemCommandInput) => Promise<unknown>;
  readonly updateItem: (input: UpdateItemCommandInput) => Promise<unknown>;
  readonly query: (input: QueryCommandInput) => Promise<Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>>;
}
export type Item = Record<string, AttributeValue>;

/** What a run is about, and which. */
export interface RunName { readonly remediation: string; readonly resourceId: string; readonly executionId: string }
type ResourceName = Pick<RunName, 'remediation' | 'resourceId'>;

const resourceKey = ({ remediation, resourceId }: ResourceName): AttributeValue => ({ S: `${remediation}#${resourceId}` });
const runKey = (name: RunName): Item => ({ pk: resourceKey(name), sk: { S: `RUN#${name.executionId}` } });

/** The lock and the hold of a resource. */
export interface State {
  readonly lockedBy: string | undefined;
  /** Seconds since 1970. */
  readonly lockUntil: number;
  /** As `dateTime` writes it; empty where there is none. */
  readonly holdUntil: string;
  readonly holdBy: string | undefined;
  readonly holdReason: string | undefined;
}

export const textOf = (item: Item, name: string): string | undefined => item[name]?.S;

/** The ledger's items, read so that no write before is missed. */
export class Ledger {
  readonly #table: string;
  readonly #ports: LedgerPorts;
  constructor(table: string, ports: LedgerPorts) { this.#table = table; this.#ports = ports; }

  async run(name: RunName): Promise<Item | undefined> {
    return (await this.#ports.getItem({ TableName: this.#table, Key: runKey(name), ConsistentRead: true })).Item;
  }
  async state(name: ResourceName): Promise<State> {
    const { Item: item = {} } = await this.#ports.getItem({ TableName: this.#table, Key: { pk: resourceKey(name), sk: { S: 'STATE' } }, ConsistentRead: true });
    return {
      lockedBy: textOf(item, 'lockedBy'), lockUntil: Number(item['lockUntil']?.N ?? 0),
      holdUntil: textOf(item, 'holdUntil') ?? '', holdBy: textOf(item, 'holdBy'), holdReason: textOf(item, 'holdReason'),
    };
  }
  /** What a run has planned can be planned anew until its precheck: from there on the record is what was before the write. */
  async put(name: RunName, attributes: Item): Promise<void> {
    await this.#ports.putItem({
      TableName: this.#table, Item: { ...attributes, ...runKey(name) },
      ConditionExpression: 'attribute_not_exists(precheck) OR precheck = :none', ExpressionAttributeValues: { ':none': { S: 'none' } },
    });
  }
  async note(name: RunName, attribute: 'precheck' | 'verify', value: string): Promise<void> {
    await this.#ports.updateItem({
      TableName: this.#table, Key: runKey(name), UpdateExpression: `SET ${attribute} = :value`, ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeValues: { ':value': { S: value } },
    });
  }
  /** The run that was planned last; the sort key does not tell, for ids of executions have no order. */
  async newest({ remediation, resourceId }: ResourceName): Promise<Item | undefined> {
    let newest: Item | undefined;
    let from: Item | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.#ports.query({
        TableName: this.#table, ConsistentRead: true, KeyConditionExpression: 'pk = :pk AND begins_with(sk, :run)',
        ExpressionAttributeValues: { ':pk': resourceKey({ remediation, resourceId }), ':run': { S: 'RUN#' } }, ...from === undefined ? {} : { ExclusiveStartKey: from },
      });
      for (const item of Items) if (newest === undefined || Number(item['now']?.N) >= Number(newest['now']?.N)) newest = item;
      from = LastEvaluatedKey;
    } while (from !== undefined);
    return newest;
  }
}

/** A time as Automation's `global:DATE_TIME` writes it, so that texts compare as times do. */
export function dateTime(milliseconds: number): string {
  const [date = '', time = ''] = new Date(milliseconds).toISOString().split('T');
  return `${date}_${time.slice(0, 8).replaceAll(':', '.')}`;
}
