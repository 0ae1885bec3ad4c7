import type { AnyRemediation } from '../../core/remediation.ts';
import type { AnyRule } from '../../core/rule.ts';
import { GLOBAL_TYPES } from '../conformance-pack.ts';
import { newFindings, starter } from './starter.ts';

/** What starts the planner beside runbooks. Plans change nothing, so they are made unless the administrator says otherwise. */
export function planning(remediations: readonly AnyRemediation[]): Readonly<Record<string, object>> {
  const planned = remediations.filter(({ decidedBy }) => decidedBy === 'planner');
  const starts = { starts: 'PlannerFunction', onlyIf: 'PlansFindings' };
  return {
    ...starter('PlanChanges', { name: 'plan-findings', description: 'Plans for resources that became non-compliant.', ...starts, when: { EventPattern: newFindings(planned.flatMap(({ rules }) => rules.map(({ id }: AnyRule) => id))) } }),
    // A resource that was non-compliant and still is, by another policy, is no change of compliance.
    ...starter('PlanResources', { name: 'plan-resources', description: 'Plans for resources that were made or changed.', ...starts, when: { EventPattern: changedResources(planned) } }),
    // For what was non-compliant before the stack was there, and for plans that time or the definition made old.
    ...starter('PlanDaily', { name: 'plan-daily', description: 'Plans for all resources that are non-compliant.', ...starts, when: { ScheduleExpression: 'rate(1 day)' } }),
  };
}

/** https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
function changedResources(remediations: readonly AnyRemediation[]): object {
  const types = [...new Set(remediations.map(({ resourceType }) => resourceType as string))];
  const regional = types.filter((type) => !GLOBAL_TYPES.has(type));
  return {
    source: ['aws.config'], 'detail-type': ['Config Configuration Item Change'],
    detail: {
      messageType: ['ConfigurationItemChangeNotification'],
      configurationItem: {
        // Where AWS Config records IAM in several Regions, the ledger of one is enough.
        resourceType: regional.length === types.length ? types : { 'Fn::If': ['InHomeRegion', types, regional] },
        configurationItemStatus: ['OK', 'ResourceDiscovered'],
      },
    },
  };
}
