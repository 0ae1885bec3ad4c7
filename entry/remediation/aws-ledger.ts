import { once, settings } from '../evaluator/clients.ts';
import type { LedgerPorts } from './ledger.ts';

const dynamodb = once(async () => { const sdk = await import('@aws-sdk/client-dynamodb'); return { sdk, client: new sdk.DynamoDBClient(settings) }; });

export const ledgerPorts: LedgerPorts = {
  async getItem(input) { const { sdk, client } = await dynamodb(); return client.send(new sdk.GetItemCommand(input)); },
  async putItem(input) { const { sdk, client } = await dynamodb(); return client.send(new sdk.PutItemCommand(input)); },
  async updateItem(input) { const { sdk, client } = await dynamodb(); return client.send(new sdk.UpdateItemCommand(input)); },
  async query(input) { const { sdk, client } = await dynamodb(); return client.send(new sdk.QueryCommand(input)); },
};

export const ledgerTable = (): string => process.env['PERIMETER_LEDGER'] ?? 'perimeter-ledger';
