import { createHash } from 'node:crypto';
import { page, speaksForOrganization, type OrganizationPack, type State } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { standing, textAt } from '../stacks/content.ts';
import { readParameters, readTemplate, resolver } from '../stacks/template.ts';
import { AwsError } from '../wire/error.ts';
import { recorderOf } from './recorders.ts';
import type { Fields } from '../wire/decode.ts';

interface Pack { readonly name: string; readonly id: string; readonly createdBy: string | undefined; readonly parameters: readonly { readonly ParameterName: string; readonly ParameterValue: string }[]; readonly template: string }
const SETUP = 'config-multiaccountsetup.amazonaws.com';
const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Accounts that an organization pack is for. */
const covered = ({ accounts }: State, pack: OrganizationPack): string[] => accounts.filter(({ id, status }) => status === 'ACTIVE' && !pack.excluded.includes(id)).map(({ id }) => id);

/** Packs of an account and Region: those of its stacks, and those that the organization put there. */
function packsOf(state: State, account: string, region: string): Pack[] {
  return [
    ...standing(state, 'AWS::Config::ConformancePack', account, region).map((resource): Pack => {
      const { TemplateBody, TemplateS3Uri, ConformancePackInputParameters = [] } = resource.properties() as { TemplateBody?: string; TemplateS3Uri?: string; ConformancePackInputParameters?: Pack['parameters'] };
      return { name: resource.physicalId, id: `conformance-pack-${shortHash(`${account}${region}${resource.physicalId}`)}`, createdBy: undefined, parameters: ConformancePackInputParameters, template: TemplateBody ?? textAt(state.buckets, TemplateS3Uri!.replace(/^s3:\/\/([^/]+)\//, 'https://$1.s3.amazonaws.com/')) };
    }),
    ...state.organizationPacks.filter((pack) => pack.region === region && covered(state, pack).includes(account) && recorderOf(state, account, region) !== 'none').map((pack): Pack => (
      { name: `OrgConformsPack-${pack.name}-${shortHash(pack.name)}`, id: `conformance-pack-${shortHash(`${account}${region}org${pack.name}`)}`, createdBy: SETUP, parameters: pack.parameters as unknown as Pack['parameters'], template: pack.template })),
  ];
}

const arnOf = ({ state, account, region }: Context, { name, id }: Pack): string => `arn:${state.partition}:config:${region}:${account}:conformance-pack/${name}/${id}`;

function rulesOf(context: Context): Fields[] {
  const { state, account, region } = context;
  return packsOf(state, account, region).flatMap((pack) => {
    const template = readTemplate(pack.template);
    const parameters = readParameters(template, pack.parameters.map(({ ParameterName: ParameterKey, ParameterValue }) => ({ ParameterKey, ParameterValue })));
    return resolver(template, parameters, { partition: state.partition, account, region, stackName: `awsconfigconforms-${pack.name}`, stackId: pack.id }).resources().filter(({ type }) => type === 'AWS::Config::ConfigRule').map(({ physicalId, properties }) => {
      const { InputParameters, Description, Scope, Source } = properties() as Record<string, unknown>;
      const name = `${physicalId}-${pack.id}`;
      return {
        ConfigRuleName: name, ConfigRuleArn: `arn:${state.partition}:config:${region}:${account}:config-rule/aws-service-rule/config-conforms.amazonaws.com/config-rule-${shortHash(name)}`, ConfigRuleId: `config-rule-${shortHash(name)}`, ConfigRuleState: 'ACTIVE', CreatedBy: 'config-conforms.amazonaws.com',
        ...Description === undefined ? {} : { Description }, ...Scope === undefined ? {} : { Scope }, Source, ...InputParameters === undefined ? {} : { InputParameters: typeof InputParameters === 'string' ? InputParameters : JSON.stringify(InputParameters) },
      };
    });
  });
}

function named<T>(all: readonly T[], nameOf: (one: T) => string, names: unknown, missing: (name: string) => AwsError): T[] {
  if (names === undefined) return [...all];
  return (names as string[]).map((name) => { const found = all.find((one) => nameOf(one) === name); if (found === undefined) throw missing(name); return found; });
}
const noRule = (): AwsError => new AwsError('NoSuchConfigRuleException', 'The ConfigRule provided in the request is invalid. Please check the configRule name');
const noPack = (name: string): AwsError => new AwsError('NoSuchConformancePackException', `Cannot find conformance pack with the specified name '${name}'.`);
const noOrganizationPack = (name: string): AwsError => new AwsError('NoSuchOrganizationConformancePackException', `Cannot find organization conformance pack with the specified name '${name}'.`);

/** Packs of the caller's account in its Region; those of the management account are none of the delegated administrator's, and the other way round. */
function organizationPacks({ state, account, region }: Context, names: unknown): OrganizationPack[] {
  if (state.options.organization === false) throw new AwsError('NoAvailableOrganizationException', 'Organization is no longer available.');
  if (!state.serviceAccess.has(SETUP) || !speaksForOrganization(state, account, SETUP)) throw new AwsError('OrganizationAccessDeniedException', 'This action can only be performed if you are a registered delegated administrator for AWS Config with permissions to call ListDelegatedAdministrators API.');
  return named(state.organizationPacks.filter((pack) => pack.account === account && pack.region === region), ({ name }) => name, names, noOrganizationPack);
}

/** An organization pack fails as a whole when it fails in one account, as in one without a recorder. */
const failedIn = (state: State, pack: OrganizationPack): string[] => covered(state, pack).filter((account) => recorderOf(state, account, pack.region) === 'none');
const NO_RECORDER = { ErrorCode: 'NoAvailableConfigurationRecorder', ErrorMessage: 'Configuration recorder is not available to record your resources.' };

/** AWS Config: rules and conformance packs, of accounts and of the organization. */
export const packs: Handlers = {
  DescribeConfigRules(input, context) {
    const { items, next } = page(named(rulesOf(context), ({ ConfigRuleName }) => String(ConfigRuleName), input['ConfigRuleNames'], noRule), input['NextToken'], 25);
    return { ...next, ConfigRules: items };
  },
  StartConfigRulesEvaluation(input, context) {
    const names = (input['ConfigRuleNames'] ?? []) as string[];
    named(rulesOf(context), ({ ConfigRuleName }) => String(ConfigRuleName), names, noRule);
    context.state.evaluations.push({ account: context.account, region: context.region, rules: names });
    return {};
  },
  DescribeConformancePacks(input, context) {
    const { items, next } = page(named(packsOf(context.state, context.account, context.region), ({ name }) => name, input['ConformancePackNames'], noPack), input['NextToken'], Math.min(Number(input['Limit'] ?? 10), 20));
    return { ...next, ConformancePackDetails: items.map((pack) => ({
      ConformancePackName: pack.name, ConformancePackArn: arnOf(context, pack), ConformancePackId: pack.id, ConformancePackInputParameters: pack.parameters, LastUpdateRequestedTime: 1_700_000_000, ...pack.createdBy === undefined ? {} : { CreatedBy: pack.createdBy },
    })) };
  },
  DescribeConformancePackStatus(input, context) {
    const { items, next } = page(named(packsOf(context.state, context.account, context.region), ({ name }) => name, input['ConformancePackNames'], noPack), input['NextToken'], Math.min(Number(input['Limit'] ?? 10), 20));
    return { ...next, ConformancePackStatusDetails: items.map((pack) => ({
      ConformancePackName: pack.name, ConformancePackId: pack.id, ConformancePackArn: arnOf(context, pack), ConformancePackState: 'CREATE_COMPLETE', LastUpdateRequestedTime: 1_700_000_000, LastUpdateCompletedTime: 1_700_000_060,
      StackArn: `arn:${context.state.partition}:cloudformation:${context.region}:${context.account}:stack/awsconfigconforms-${pack.id}/1`,
    })) };
  },
  DescribeOrganizationConformancePacks(input, context) {
    const { items, next } = page(organizationPacks(context, input['OrganizationConformancePackNames']), input['NextToken'], Number(input['Limit'] ?? 100));
    return { ...next, OrganizationConformancePacks: items.map(({ name, bucket, parameters, excluded, updatedAt }) => ({
      OrganizationConformancePackName: name, OrganizationConformancePackArn: `arn:${context.state.partition}:config:${context.region}:${context.account}:organization-conformance-pack/${name}-${shortHash(name)}`, DeliveryS3Bucket: bucket, ConformancePackInputParameters: parameters, ExcludedAccounts: excluded, LastUpdateTime: updatedAt,
    })) };
  },
  DescribeOrganizationConformancePackStatuses(input, context) {
    const { items, next } = page(organizationPacks(context, input['OrganizationConformancePackNames']), input['NextToken'], Number(input['Limit'] ?? 100));
    return { ...next, OrganizationConformancePackStatuses: items.map((pack) => {
      const isRunning = pack.polls-- > 0;
      const isFailed = failedIn(context.state, pack).length > 0;
      return { OrganizationConformancePackName: pack.name, Status: isRunning ? 'CREATE_IN_PROGRESS' : isFailed ? 'CREATE_FAILED' : 'CREATE_SUCCESSFUL', LastUpdateTime: pack.updatedAt, ...!isRunning && isFailed ? NO_RECORDER : {} };
    }) };
  },
  GetOrganizationConformancePackDetailedStatus(input, context) {
    const pack = organizationPacks(context, [input['OrganizationConformancePackName']])[0]!;
    const failed = failedIn(context.state, pack);
    const { AccountId, Status } = (input['Filters'] ?? {}) as { AccountId?: string; Status?: string };
    const all: Fields[] = covered(context.state, pack).map((account) => ({
      AccountId: account, ConformancePackName: `OrgConformsPack-${pack.name}-${shortHash(pack.name)}`, Status: pack.polls > 0 ? 'CREATE_IN_PROGRESS' : failed.includes(account) ? 'CREATE_FAILED' : 'CREATE_SUCCESSFUL', LastUpdateTime: pack.updatedAt,
      ...pack.polls <= 0 && failed.includes(account) ? NO_RECORDER : {},
    }));
    const { items, next } = page(all.filter((one) => (AccountId ?? one['AccountId']) === one['AccountId'] && (Status ?? one['Status']) === one['Status']), input['NextToken'], Math.min(Number(input['Limit'] ?? 100), 100));
    return { ...next, OrganizationConformancePackDetailedStatuses: items };
  },
};
