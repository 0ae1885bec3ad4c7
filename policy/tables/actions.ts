export function actionsOf(prefix: string): { readonly withResource: readonly string[]; readonly withoutResource: readonly string[] } {
  const t: Record<string, { withResource: string[]; withoutResource: string[] }> = { s3: { withResource: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'], withoutResource: ['s3:ListAllMyBuckets'] }, dynamodb: { withResource: ['dynamodb:GetItem', 'dynamodb:PutItem'], withoutResource: ['dynamodb:ListTables', 'dynamodb:DescribeLimits'] } };
  return t[prefix] ?? { withResource: [], withoutResource: [] };
}
