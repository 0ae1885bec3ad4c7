import { defineRemediation, type Proposal } from '../core/remediation.ts';
import { redshiftServerlessWorkgroupState, type RedshiftServerlessWorkgroupState } from '../items/redshift-serverless-workgroup-state.ts';
import { redshiftServerlessNotPublic } from '../rules/redshift-serverless-not-public.ts';
import { lostClients, stackDrift } from './network/risks.ts';
import { onceReady } from './network/steps.ts';

export const makeRedshiftServerlessPrivate = defineRemediation({
  id: 'make-redshift-serverless-private',
  title: 'Take the public address away from a Redshift Serverless workgroup',
  rules: [redshiftServerlessNotPublic],
  resourceType: 'AWS::RedshiftServerless::Workgroup',
  start: 'direct', decidedBy: 'runbook',
  risk: 'Clients that connect over the internet are cut off.',
  undo: 'Update the workgroup with public access turned on, after entering an exception in `perimeter.yaml`.',
  parameters: {},
  needs: { securityGroups: { type: 'AWS::EC2::SecurityGroup', ids: ({ securityGroupIds }: RedshiftServerlessWorkgroupState) => securityGroupIds } },
  // The ARN of a workgroup ends in its id, not in the name that the API takes.
  permissions: [
    { action: 'redshift-serverless:GetWorkgroup', resource: 'arn:${AWS::Partition}:redshift-serverless:${AWS::Region}:${AWS::AccountId}:workgroup/*' },
    { action: 'redshift-serverless:UpdateWorkgroup', resource: 'arn:${AWS::Partition}:redshift-serverless:${AWS::Region}:${AWS::AccountId}:workgroup/*' },
  ],
  references: ['https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_UpdateWorkgroup.html'],
  // Not R19: AWS Config does not record the type, so it cannot start the runbook.
  requirements: ['R45'],
  facts: redshiftServerlessWorkgroupState,
  plan({ name, status, securityGroupIds }, { item, related: { securityGroups } }): Proposal {
    if (status === 'DELETING') return { outcome: 'refuse', because: `\`${name}\` is being deleted`, next: 'wait until it is gone' };
    return {
      outcome: 'change',
      steps: onceReady(name, status, ['AVAILABLE'], `turn public access of \`${name}\` off`),
      before: { publiclyAccessible: true }, after: { publiclyAccessible: false },
      // UpdateWorkgroup takes one setting a request.
      calls: [{ service: 'redshift-serverless', api: 'UpdateWorkgroup', input: { workgroupName: name, publiclyAccessible: false } }],
      approval: [],
      risks: [...lostClients(name, securityGroupIds, securityGroups), ...stackDrift(item)],
    };
  },
});
