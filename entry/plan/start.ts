import type { ChangingFix } from '../plan.ts';
import { partitionOf } from '../../policy/tables/regions.ts';

/** What starts the deployed runbook of a plan. */
export interface Start {
  readonly documentName: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
}

/** Where a runbook runs: IAM is in no Region, so its runbooks stand in the home Region. */
export const regionOf = ({ findings: [{ region }] }: ChangingFix, homeRegion: string): string => region === '' || region === 'global' ? homeRegion : region;

export function startOf(fix: ChangingFix, homeRegion: string): Start {
  const { remediation: { id, decidedBy }, findings: [{ accountId, arn, resourceId }], planSha256 } = fix;
  const region = regionOf(fix, homeRegion);
  return {
    documentName: `perimeter-${id}`, region,
    parameters: {
      AutomationAssumeRole: [`arn:${partitionIn(arn) ?? partitionOf(region)}:iam::${accountId}:role/perimeter-${id}-${region}`],
      ResourceId: [resourceId], Mode: ['Apply'],
      // The planner in the account plans anew from the resource as it is then, and refuses where that comes to anything else.
      ...decidedBy === 'planner' ? { ApprovedPlanSha256: [planSha256] } : {},
    },
  };
}

const partitionIn = (arn: string): string | undefined => /^arn:(aws[a-z-]*):/.exec(arn)?.[1];

/** The same as a command for a shell. */
export const commandOf = ({ documentName, region, parameters }: Start): string =>
  `aws ssm start-automation-execution --region ${quoted(region)} --document-name ${quoted(documentName)} --parameters ${quoted(JSON.stringify(parameters))}`;

const quoted = (text: string): string => /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
