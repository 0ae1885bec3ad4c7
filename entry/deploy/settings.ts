import { basename } from 'node:path';
import { safeParse } from 'valibot';
import { DefinitionError, type DefinitionIssue } from '../../core/definition.ts';
import { partitionOf } from '../../policy/tables/regions.ts';
import { parseYamlText, readYamlFile, type FileKind } from '../yaml-file.ts';
import { offeredModes, settingsSchema, type WrittenSettings } from './settings-schema.ts';

/** `deployment.yaml`, validated, with its defaults applied. */
export interface Settings {
  readonly homeRegion: string;
  /** The home Region is one of them. */
  readonly regions: readonly string[];
  /** Organizational units and roots; empty where there is but one account. */
  readonly targets: readonly string[];
  readonly canary: readonly string[];
  readonly excludeAccounts: readonly string[];
  readonly pack: 'stackset' | 'organization-pack';
  /** By remediation id; those that are not named are off. */
  readonly remediations: Readonly<Record<string, string>>;
  readonly plannedRemediationMode: 'Plan' | 'Apply';
  readonly planFindings: boolean;
  /** Any text, by whose change rules are evaluated anew. */
  readonly edition: string | undefined;
  readonly notify: string | undefined;
  /** By Region. */
  readonly vpc: Readonly<Record<string, { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] }>>;
  readonly permissionsBoundary: string | undefined;
  readonly logRetentionDays: number;
  readonly ledger: 'create' | 'existing';
  readonly failureTolerancePercentage: number;
  readonly maxConcurrentPercentage: number;
}

const kind: FileKind = { what: 'deployment settings', firstBy: 'perimeter deploy init' };

/** Reads `deployment.yaml`; throws YamlFileError with the lines of everything that is wrong. */
export const loadSettings = async (path: string): Promise<Settings> => parseSettings(await readYamlFile(path, kind), basename(path));

/** Reads settings from their text; `name` stands before the line in errors. */
export const parseSettings = (text: string, name: string): Settings => parseYamlText(text, name, kind, readSettings);

function readSettings(value: unknown): Settings {
  const { success, output, issues } = safeParse(settingsSchema, value, { abortPipeEarly: true });
  if (!success) throw new DefinitionError(issues.map(({ path = [], message }) => ({ path: path.map(({ key }) => key as string | number), message })));
  const contradictions = findContradictions(output);
  if (contradictions.length > 0) throw new DefinitionError(contradictions);
  const { homeRegion, regions = [homeRegion], vpc = {} } = output;
  return {
    homeRegion, regions: [...new Set(regions)], targets: output.targets ?? [], canary: output.canary ?? [], excludeAccounts: [...new Set(output.excludeAccounts)],
    pack: output.pack ?? 'stackset', remediations: output.remediations ?? {}, plannedRemediationMode: output.plannedRemediationMode ?? 'Plan', planFindings: output.planFindings ?? true, edition: output.edition,
    notify: output.notify, vpc: Object.fromEntries(Object.entries(vpc).map(([region, { subnetIds = [], securityGroupIds = [] }]) => [region, { subnetIds, securityGroupIds }])),
    permissionsBoundary: output.permissionsBoundary, logRetentionDays: output.logRetentionDays ?? 365, ledger: output.ledger ?? 'create',
    failureTolerancePercentage: output.failureTolerancePercentage ?? 10, maxConcurrentPercentage: output.maxConcurrentPercentage ?? 25,
  };
}


/** What each setting allows by itself, but not beside the others. */
function findContradictions({ homeRegion, regions = [homeRegion], targets, canary = [], remediations = {}, vpc = {} }: WrittenSettings): readonly DefinitionIssue[] {
  const issues: DefinitionIssue[] = [];
  if (!regions.includes(homeRegion)) issues.push({ path: ['regions'], message: `expected the home Region \`${homeRegion}\` among them, for rules about IAM run there and nowhere else` });
  regions.forEach((region, index) => {
    if (partitionOf(region) !== partitionOf(homeRegion)) issues.push({ path: ['regions', index], message: `expected a Region of the partition \`${partitionOf(homeRegion)}\`, as \`${homeRegion}\` is; another partition is another organization, with a deployment of its own` });
  });
  if (canary.length > 0 && (targets ?? []).length === 0) issues.push({ path: ['canary'], message: 'expected `targets` beside it, found none: units that come first, before nothing' });
  for (const [id, mode] of Object.entries(remediations)) {
    const modes = offeredModes.get(id);
    if (modes === undefined) issues.push({ path: ['remediations', id], message: `AWS Config can start no remediation \`${id}\`; known here: ${[...offeredModes.keys()].map((one) => `\`${one}\``).join(', ')}` });
    else if (!modes.includes(mode)) issues.push({ path: ['remediations', id], message: `expected ${modes.map((one) => `\`${one}\``).join(' or ')}, found \`${mode}\`: a person must start it` });
  }
  for (const [region, { subnetIds = [], securityGroupIds = [] }] of Object.entries(vpc)) {
    if (!regions.includes(region)) issues.push({ path: ['vpc', region], message: 'expected one of `regions`, found a Region that is not listed there' });
    if (subnetIds.length === 0 || securityGroupIds.length === 0) issues.push({ path: ['vpc', region], message: 'expected `subnetIds` and `securityGroupIds`; leave the Region out for functions outside of VPCs' });
  }
  return issues;
}
