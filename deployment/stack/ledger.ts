import { LEDGER } from '../names.ts';

/** The record of what was before each change outlives the stack, so nothing deletes it by the way; no item of it expires. */
export const ledger = {
  Type: 'AWS::DynamoDB::Table', Condition: 'CreatesLedger', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
  Properties: {
    TableName: LEDGER, BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { SSEEnabled: true }, DeletionProtectionEnabled: true,
  },
};
