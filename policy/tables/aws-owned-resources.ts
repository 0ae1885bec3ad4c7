/**
 * Resources that AWS owns and that workloads reach in the ordinary course: repositories, agents and templates.
 * `${region}` stands for a Region's name. As of 2026-11. Sources, service by service:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-minimum-s3-permissions.html,
 * https://docs.aws.amazon.com/linux/al2023/ug/ec2.html, https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
 */
const buckets = [
  'amazonlinux.${region}.amazonaws.com', 'amazonlinux-2-repos-${region}', 'al2023-repos-${region}-de612dc2', 'packages.${region}.amazonaws.com', 'repo.${region}.amazonaws.com',
  'aws-ssm-${region}', 'aws-windows-downloads-${region}', 'amazon-ssm-${region}', 'amazon-ssm-packages-${region}', '${region}-birdwatcher-prod', 'aws-ssm-distributor-file-${region}',
  'aws-ssm-document-attachments-${region}', 'patch-baseline-snapshot-${region}', 'aws-patch-manager-${region}-a7d5e9a6', 'prod-${region}-starport-layer-bucket',
  'aws-codedeploy-${region}', 'cloudformation-custom-resource-response-${region}', 'cloudformation-waitcondition-${region}', 'elasticbeanstalk-platform-assets-${region}',
  'elasticbeanstalk-env-resources-${region}', 'elasticbeanstalk-samples-${region}', 'amazoncloudwatch-agent-${region}', 'aws-neptune-notebook-${region}', 'ec2imagebuilder-toe-${region}-prod',
  'aws-glue-assets-${region}', 'awslambda-${region}-tasks', 'prod.${region}.appinfo.src', 'sagemaker-sample-data-${region}', 'jumpstart-cache-prod-${region}', 'aws-data-wrangler-public-artifacts',
];

export const awsOwnedResources: readonly string[] = [
  ...buckets.flatMap((name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]),
  'arn:aws:ssm:${region}::parameter/aws/*', 'arn:aws:ssm:${region}::document/AWS-*', 'arn:aws:ssm:${region}::patchbaseline/*', 'arn:aws:iam::aws:policy/*',
];
