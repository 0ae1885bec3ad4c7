/**
 * Compute of AWS that runs in a VPC of mine only where it is told to, with the condition keys that tell. As of 2026-11. Source: the keys of
 * each action, https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface VpcSetting {
  readonly actions: readonly string[];
  /** A key that the request carries only where it names a VPC. */
  readonly presence: string;
  /** Keys with the VPC, the subnets and the security groups themselves, where the service has them. */
  readonly vpc?: string;
  readonly subnets?: string;
  readonly securityGroups?: string;
  /** Values that further keys of some actions must have. */
  readonly must?: readonly { readonly actions: readonly string[]; readonly key: string; readonly value: string }[];
}

const of = (prefix: string, names: string): string[] => names.split(' ').map((name) => `${prefix}:${name}`);

export const vpcSettings: Readonly<Record<string, VpcSetting>> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#vpc-conditions
  lambda: { actions: of('lambda', 'CreateFunction UpdateFunctionConfiguration'), presence: 'lambda:VpcIds', vpc: 'lambda:VpcIds', subnets: 'lambda:SubnetIds', securityGroups: 'lambda:SecurityGroupIds' },
  // https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html
  sagemaker: {
    actions: of('sagemaker', 'CreateAutoMLJob CreateAutoMLJobV2 CreateCluster CreateDataQualityJobDefinition CreateDomain CreateHyperParameterTuningJob CreateModel CreateModelBiasJobDefinition '
      + 'CreateModelExplainabilityJobDefinition CreateModelQualityJobDefinition CreateMonitoringSchedule CreateNotebookInstance CreateProcessingJob CreateTrainingJob UpdateMonitoringSchedule'),
    presence: 'sagemaker:VpcSubnets', subnets: 'sagemaker:VpcSubnets', securityGroups: 'sagemaker:VpcSecurityGroupIds', 
    must: [
      { actions: of('sagemaker', 'CreateDomain'), key: 'sagemaker:AppNetworkAccessType', value: 'VpcOnly' },
      { actions: of('sagemaker', 'CreateNotebookInstance'), key: 'sagemaker:DirectInternetAccess', value: 'Disabled' },
    ],
  },
  // https://docs.aws.amazon.com/glue/latest/dg/using-identity-based-policies.html#glue-identity-based-policy-condition-vpc
  glue: { actions: of('glue', 'CreateJob CreateSession UpdateJob'), presence: 'glue:VpcIds', vpc: 'glue:VpcIds', subnets: 'glue:SubnetIds', securityGroups: 'glue:SecurityGroupIds' },
  // https://docs.aws.amazon.com/cloudshell/latest/userguide/aws-cloudshell-vpc-permissions-1.html
  cloudshell: { actions: of('cloudshell', 'CreateEnvironment'), presence: 'cloudshell:VpcIds', vpc: 'cloudshell:VpcIds', subnets: 'cloudshell:SubnetIds', securityGroups: 'cloudshell:SecurityGroupIds' },
  // https://docs.aws.amazon.com/apprunner/latest/dg/network-vpc.html
  apprunner: { actions: of('apprunner', 'CreateService UpdateService'), presence: 'apprunner:VpcConnectorArn' },
  // https://docs.aws.amazon.com/codebuild/latest/userguide/action-context-keys.html
  codebuild: { actions: of('codebuild', 'CreateFleet CreateProject UpdateFleet UpdateProject'), presence: 'codebuild:vpcConfig', vpc: 'codebuild:vpcConfig.vpcId', subnets: 'codebuild:vpcConfig.subnets', securityGroups: 'codebuild:vpcConfig.securityGroupIds' },
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/security-vpc-condition.html
  'bedrock-agentcore': { actions: of('bedrock-agentcore', 'CreateAgentRuntime CreateBrowser CreateCodeInterpreter UpdateAgentRuntime'), presence: 'bedrock-agentcore:subnets', subnets: 'bedrock-agentcore:subnets', securityGroups: 'bedrock-agentcore:securityGroups' },
};
