import type { ConfigurationItem } from './configuration-item.ts';
import { dbCluster } from './db-cluster.ts';
import { dbInstance } from './db-instance.ts';
import { iamRole } from './iam-role.ts';
import { lambdaFunction } from './lambda-function.ts';
import { redshiftCluster } from './redshift-cluster.ts';
import { redshiftServerlessWorkgroup } from './redshift-serverless-workgroup.ts';
import { subnet } from './subnet.ts';
import { vpcEndpoint } from './vpc-endpoint.ts';

/** One reader for each resource type a rule judges; the type of a rule's facts follows from this table. */
export const readers = {
  'AWS::EC2::VPCEndpoint': vpcEndpoint,
  'AWS::IAM::Role': iamRole,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::RDS::DBCluster': dbCluster,
  'AWS::RDS::DBInstance': dbInstance,
  'AWS::Redshift::Cluster': redshiftCluster,
  'AWS::RedshiftServerless::Workgroup': redshiftServerlessWorkgroup,
} satisfies Record<string, (item: ConfigurationItem) => unknown>;

/** Types that rules look at beside their own item. */
export const relatedReaders = { 'AWS::EC2::Subnet': subnet } satisfies Record<string, (item: ConfigurationItem) => unknown>;

export type ResourceType = keyof typeof readers;
export type Facts<T extends ResourceType> = ReturnType<(typeof readers)[T]>;
export type RelatedType = keyof typeof relatedReaders;
export type Related<T extends RelatedType> = ReturnType<(typeof relatedReaders)[T]>;
