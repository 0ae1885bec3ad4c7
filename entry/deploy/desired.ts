import type { Definition } from '../../core/definition.ts';
import { ADMINISTRATOR_STACK, BUCKET_STACK, bucketName, DEFINITION_KEY, DEFINITION_PARAMETER, DEFINITION_SOURCE_KEY, MANAGEMENT_STACK, MEMBER_STACK, ORGANIZATION_PACK_STACK } from '../../deployment/names.ts';
import type { Aws } from '../aws/clients.ts';
import { definitionsOf } from './definitions.ts';
import { administratorParameters, bucketParameters, managementParameters, memberParameters, organizationPackParameters, type Administration, type Parameters } from './parameters.ts';
import type { Place } from './place.ts';
import type { Settings } from './settings.ts';
import type { WantedStack } from './stack.ts';
import type { Wanted } from './stack-set-plan.ts';
import type { Template, Templates } from './templates.ts';
import { urlOf, type Bucket, type Upload } from './uploads.ts';

/** A stack with the template that it is made from. */
export interface DesiredStack extends WantedStack { readonly source: Template }
export interface DesiredStackSet { readonly template: Template; readonly templateUrl: string; readonly parameters: Parameters; readonly wanted: Wanted; /** Those that come first, if any. */ readonly canary: Wanted | undefined }

/** Everything that is to stand, in the order in which it is made. */
export interface Desired {
  readonly place: Place;
  readonly bucket: Bucket;
  /** Absent for the management account, which uses the administrator's bucket. */
  readonly bucketStack: DesiredStack | undefined;
  /** Objects whose key changes with what they hold, */
  readonly templates: readonly Upload[];
  /** and those whose key stays. */
  readonly definitions: readonly Upload[];
  /** Systems Manager parameters, one in each Region. */
  readonly parameters: readonly { readonly region: string; readonly name: string; readonly value: string }[];
  /** Stacks of the caller's account that come before the StackSet. */
  readonly stacks: readonly DesiredStack[];
  readonly stackSet: DesiredStackSet | undefined;
  /** Stacks of organization conformance packs. */
  readonly packs: readonly DesiredStack[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, in bytes */
export const MOST_BODY = 51_200;
export const MOST_TEMPLATE = 1_000_000;
/** What an advanced parameter of Systems Manager holds, in bytes. */
export const MOST_PARAMETER = 8192;

export interface Given { readonly settings: Settings; readonly definition: Definition; readonly written: unknown; readonly templates: Templates }

/** What is to stand at the place; reads nothing. */
export function desired(aws: Aws, place: Place, { settings, definition, written, templates }: Given): Desired {
  const { homeRegion, regions } = settings;
  const account = place.kind === 'management' ? place.administrator : place.caller.account;
  const name = bucketName(account, homeRegion);
  const bucket: Bucket = { client: aws.s3(homeRegion), name, account, region: homeRegion };
  const { source, published } = definitionsOf(written, place);
  const isParameter = place.kind === 'account' && Buffer.byteLength(source) <= MOST_PARAMETER;
  const administration: Administration = { account, organization: place.kind === 'account' ? undefined : place.organization.id, definition: isParameter ? 'parameter' : 'bucket' };
  const url = (template: Template): string => urlOf(bucket, template.key);
  const stack = (stackName: string, region: string, template: Template, parameters: Parameters): DesiredStack =>
    ({ name: stackName, region, source: template, text: template.text, template: template.bytes <= MOST_BODY ? { body: template.text } : { url: url(template) }, parameters });
  const uploadsOf = (stacks: readonly DesiredStack[]): readonly Upload[] => [...new Map(stacks.filter(({ template }) => 'url' in template).map(({ source: { key, text } }) => [key, { key, text }])).values()];
  const member = memberParameters(settings, administration, definition);
  const bucketStack = stack(BUCKET_STACK, homeRegion, templates.bucket, bucketParameters(administration));
  const common = { place, bucket, parameters: [], stackSet: undefined, packs: [] };

  if (place.kind === 'management') {
    // The organization's pack leaves this account out, for the pack is refused everywhere if one account has no recorder.
    const parameters = managementParameters(url(templates.member), { ...member, PackMode: 'stackset' });
    return { ...common, bucketStack: undefined, templates: [{ key: templates.member.key, text: templates.member.text }], definitions: [], stacks: regions.map((region) => stack(MANAGEMENT_STACK, region, templates.management, parameters)) };
  }
  if (place.kind === 'account') {
    const stacks = regions.map((region) => stack(MEMBER_STACK, region, templates.member, member));
    return {
      ...common, bucketStack, templates: uploadsOf(stacks), definitions: isParameter ? [] : [{ key: DEFINITION_KEY, text: source }],
      parameters: isParameter ? regions.map((region) => ({ region, name: DEFINITION_PARAMETER, value: source })) : [], stacks,
    };
  }
  const stacks = [stack(ADMINISTRATOR_STACK, homeRegion, templates.administrator, administratorParameters(settings, administration))];
  const wanted: Wanted = { units: settings.targets, canary: settings.canary, excluded: settings.excludeAccounts, accounts: place.accounts, regions };
  const out = new Set(place.accounts);
  const excluded = place.members.map(({ id }) => id).filter((id) => !out.has(id)).sort();
  const packs = settings.pack === 'stackset' ? [] : regions.map((region) => stack(ORGANIZATION_PACK_STACK, region, templates.organizationPack(account, region), organizationPackParameters(settings, excluded)));
  return {
    ...common, bucketStack, stacks, packs,
    templates: [...uploadsOf([...stacks, ...packs]), { key: templates.member.key, text: templates.member.text }],
    definitions: [{ key: DEFINITION_SOURCE_KEY, text: source }, ...published === undefined ? [] : [{ key: DEFINITION_KEY, text: published }]],
    stackSet: {
      template: templates.member, templateUrl: url(templates.member), parameters: member, wanted,
      canary: settings.canary.length === 0 ? undefined : { ...wanted, units: settings.canary, canary: [], accounts: place.canary },
    },
  };
}
