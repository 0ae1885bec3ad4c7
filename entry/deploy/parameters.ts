import type { Definition } from '../../core/definition.ts';
import { excludedAccounts } from '../../deployment/organization-pack-stack.ts';
import { bucketName, DEFINITION_KEY, DEFINITION_PARAMETER, FINDINGS, logicalId } from '../../deployment/names.ts';
import { partitionOf } from '../../policy/tables/regions.ts';
import { offeredModes } from './settings-schema.ts';
import type { Settings } from './settings.ts';

/** Values of a stack's parameters, by name. */
export type Parameters = Readonly<Record<string, string>>;

/** The account that administers, and the organization it is of; no organization: there is but this account. */
export interface Administration { readonly account: string; readonly organization: string | undefined; /** How a function gets the definition. */ readonly definition: 'bucket' | 'parameter' }

const switches = ({ remediations, homeRegion, plannedRemediationMode, edition = '' }: Settings): Parameters => ({
  HomeRegion: homeRegion,
  ...Object.fromEntries([...offeredModes.keys()].map((id) => [logicalId(id), remediations[id] ?? 'off'])),
  PlannedRemediationMode: plannedRemediationMode, Edition: edition,
});

const networkOf = ({ vpc }: Settings, region: string): Parameters => {
  const { subnetIds = [], securityGroupIds = [] } = vpc[region] ?? {};
  return { SubnetIds: subnetIds.join(','), SecurityGroupIds: securityGroupIds.join(',') };
};

export const bucketParameters = ({ organization = '' }: Administration): Parameters => ({ OrganizationId: organization });

export const administratorParameters = (settings: Settings, { organization = '' }: Administration): Parameters => ({
  OrganizationId: organization, NotifyEmail: settings.notify ?? '', PermissionsBoundary: settings.permissionsBoundary ?? '',
  ...networkOf(settings, settings.homeRegion), LogRetentionDays: String(settings.logRetentionDays),
});

/** For member stacks of every account and Region; networks, which are of a Region, stand in the template. */
export function memberParameters(settings: Settings, { account, organization, definition }: Administration, { perimeter }: Definition): Parameters {
  const { homeRegion } = settings;
  // A policy compares one tag; the functions know all of them.
  const [key = '', value = ''] = Object.entries(perimeter.exclusionTags.resource)[0] ?? [];
  return {
    ...definition === 'bucket'
      ? { DefinitionBucket: bucketName(account, homeRegion), DefinitionKey: DEFINITION_KEY, DefinitionParameter: '' }
      : { DefinitionBucket: '', DefinitionKey: '', DefinitionParameter: DEFINITION_PARAMETER },
    PackMode: organization === undefined ? 'stackset' : settings.pack,
    ...switches(settings),
    AdministratorAccount: organization === undefined ? '' : account, OrganizationId: organization ?? '',
    FindingsBusArn: organization === undefined ? '' : `arn:${partitionOf(homeRegion)}:events:${homeRegion}:${account}:event-bus/${FINDINGS}`,
    PlanFindings: settings.planFindings ? 'on' : 'off', ExclusionTagKey: key, ExclusionTagValue: value, PermissionsBoundary: settings.permissionsBoundary ?? '',
    SubnetIds: '', SecurityGroupIds: '',
    LogRetentionDays: String(settings.logRetentionDays), LedgerTable: settings.ledger,
  };
}

export const managementParameters = (templateUrl: string, member: Parameters): Parameters => ({ TemplateURL: templateUrl, ...member });

/** `excluded`: accounts that the pack does not go to; throws if they are more than AWS Config takes. */
export const organizationPackParameters = (settings: Settings, excluded: readonly string[]): Parameters => ({ ...switches(settings), ...excludedAccounts(excluded) });
