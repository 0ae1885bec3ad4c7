import type { AnyRule } from '../../core/rule.ts';
import { PREFIX } from '../names.ts';
import { forwarderRole } from '../reporting-roles.ts';
import { roleResource } from './role-resource.ts';
import { newAlarms, newFindings } from './starter.ts';

const ROLE = 'ForwarderRole';

/** Tells the event bus of the administrator account what the pack's rules found and which alarms went off, where there is such a bus. */
export const forwarding = (rules: readonly AnyRule[]): Readonly<Record<string, object>> => ({
  [ROLE]: { Condition: 'ForwardsFindings', ...roleResource(forwarderRole()) },
  ForwardFindings: forward('forward-findings', 'Tells the administrator account of resources that became non-compliant.', newFindings(rules.map(({ id }) => id))),
  ForwardAlarms: forward('forward-alarms', 'Tells the administrator account that a function of the pack failed.', newAlarms),
});

const forward = (name: string, Description: string, EventPattern: object): object => ({
  Type: 'AWS::Events::Rule', Condition: 'ForwardsFindings',
  Properties: { Name: `${PREFIX}${name}`, Description, EventPattern, State: 'ENABLED', Targets: [{ Id: 'administrator', Arn: { Ref: 'FindingsBusArn' }, RoleArn: { 'Fn::GetAtt': [ROLE, 'Arn'] } }] },
});
