/**
 * Actions that data planes inside a VPC authorize: they pass no VPC endpoint and show no public address, so no condition on the network
 * can hold. The whitepaper had those of OpenSearch Service and some of DAX. As of 2026-11. Sources: the endpoints' own guides,
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html, https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.access-control.html,
 * https://docs.aws.amazon.com/neptune/latest/userguide/iam-data-access-policies.html, https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html,
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/s3-outposts/S3OutpostsIAM.html
 */
export const networkExempt: readonly string[] = [
  'es:ESHttp*', ...['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'].map((one) => `dax:${one}`),
  'elasticfilesystem:Client*', 'kafka-cluster:*', 'neptune-db:*', 'rds-db:connect', 's3-outposts:*',
];
