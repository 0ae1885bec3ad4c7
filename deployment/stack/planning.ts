import type { AnyRemediation } from '../../core/remediation.ts';
import type { AnyRule } from '../../core/rule.ts';

/** What starts the planner beside runbooks. Plans change nothing, so they are made unless the administrator says otherwise. */
export function planning(remediations: readonly AnyRemediation[]): Readonly<Record<string, object>> {
  const ids = remediations.filter(({ decidedBy }) => decidedBy === 'planner').flatMap(({ rules }) => rules.map(({ id }: AnyRule) => id));
  return {
    ...starter('PlanChanges', 'Plans for resources that became non-compliant.', { EventPattern: {
      source: ['aws.config'], 'detail-type': ['Config Rules Compliance Change'],
      // By prefix: a pack puts a suffix on the names of its rules.
      detail: { messageType: ['ComplianceChangeNotification'], configRuleName: ids.map((prefix) => ({ prefix })), newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
    } }),
    // For what was non-compliant before the stack was there, and for plans that time or the definition made old.
    ...starter('PlanDaily', 'Plans for all resources that are non-compliant.', { ScheduleExpression: 'rate(1 day)' }),
  };
}

const starter = (id: string, Description: string, when: object): Record<string, object> => ({
  [id]: {
    Type: 'AWS::Events::Rule',
    Properties: { Description, ...when, State: { 'Fn::If': ['PlansFindings', 'ENABLED', 'DISABLED'] }, Targets: [{ Id: 'planner', Arn: { 'Fn::GetAtt': ['PlannerFunction', 'Arn'] } }] },
  },
  [`${id}Permission`]: {
    Type: 'AWS::Lambda::Permission',
    Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'PlannerFunction' }, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [id, 'Arn'] } },
  },
});
