import { paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { Aws } from '../aws/clients.ts';
import { ORGANIZATION_PACK_STACK } from '../../deployment/names.ts';
import { rules } from '../../rules/index.ts';
import { MOST_BODY, MOST_PARAMETER, MOST_TEMPLATE, type Desired } from './desired.ts';
import type { StackSetPreview } from './preview.ts';
import type { Settings } from './settings.ts';
import { findStack, isMade } from './stack.ts';

/** A limit of AWS that is reached, or near: an `error` stops a deployment. */
export interface LimitProblem { readonly severity: 'error' | 'warning' | 'unknown'; readonly message: string; readonly next: string }

/** What AWS allows without being asked for more. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const INSTANCES_IN_STACK_SET = 100_000;
const SERVICE = 'cloudformation';
/** https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html */
const RULES_IN_REGION = 1000;
const RULES_IN_PACK = 130;
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html */
const UNITS_IN_OPERATION = 50;
const RULES_OF_ORGANIZATION_PACKS = 350;

/** Limits that the deployment would meet. */
export async function limitsOf(desired: Desired, { aws, settings }: { readonly aws: Aws; readonly settings: Settings }, stackSet: StackSetPreview | undefined): Promise<readonly LimitProblem[]> {
  const left = desired.place.kind === 'organization' && settings.pack === 'stackset' ? await leftPacks(aws, settings) : [];
  return [...fixedLimits(desired, settings), ...left, ...stackSet === undefined ? [] : await instanceLimit(aws, settings.homeRegion, stackSet.accounts * stackSet.regions.length)];
}

/** Those that can be told without asking. */
export function fixedLimits({ bucketStack, stacks, packs, stackSet, place, definitions }: Pick<Desired, 'bucketStack' | 'stacks' | 'packs' | 'stackSet' | 'place' | 'definitions'>, { pack }: Pick<Settings, 'pack'>): readonly LimitProblem[] {
  const problems: LimitProblem[] = [];
  const error = (message: string, next: string): void => { problems.push({ severity: 'error', message, next }); };
  const warning = (message: string, next: string): void => { problems.push({ severity: 'warning', message, next }); };
  for (const { source: { name, bytes } } of [...stacks, ...packs, ...stackSet === undefined ? [] : [{ source: stackSet.template }]]) {
    if (bytes > MOST_TEMPLATE) error(`the template \`${name}\` has ${bytes} bytes, CloudFormation takes ${MOST_TEMPLATE}`, 'report it: the code of the functions must become smaller');
    else if (bytes > MOST_TEMPLATE * 0.9) warning(`the template \`${name}\` has ${bytes} of the ${MOST_TEMPLATE} bytes that CloudFormation takes`, 'a later version may not fit; report it');
  }
  if (bucketStack !== undefined && bucketStack.source.bytes > MOST_BODY) error(`the template \`bucket\` has ${bucketStack.source.bytes} bytes, CloudFormation takes ${MOST_BODY} without a bucket`, 'report it');
  const units = stackSet === undefined ? 0 : stackSet.wanted.units.length + stackSet.wanted.canary.length;
  if (units > UNITS_IN_OPERATION) error(`${units} organizational units are named, CloudFormation takes ${UNITS_IN_OPERATION} at a time`, 'name the units above them in `targets`, and leave accounts out with `excludeAccounts`');
  if (rules.length > RULES_IN_PACK) error(`the pack has ${rules.length} rules, a conformance pack takes ${RULES_IN_PACK}`, 'report it');
  if (pack === 'organization-pack' && place.kind === 'organization') {
    warning(`${rules.length} of the ${RULES_OF_ORGANIZATION_PACKS} rules that organization packs may have in a Region are the pack's`, 'see how many there are: aws configservice describe-organization-conformance-packs');
    warning('an organization conformance pack fails as a whole where one account has no recorder', 'run `perimeter doctor`, and name such accounts in `excludeAccounts`');
  }
  if (rules.length > RULES_IN_REGION * 0.1) warning(`${rules.length} of the ${RULES_IN_REGION} rules that an account may have in a Region are the pack's`, 'see how many there are: aws configservice describe-config-rules');
  if (place.kind === 'account' && definitions.length > 0) warning(`the definition has more than the ${MOST_PARAMETER} bytes that a Systems Manager parameter holds`, 'nothing: functions read it from the bucket');
  return problems;
}

/** Organization packs from before the pack came into the accounts' own stacks: each rule would be there twice, and paid for twice. */
async function leftPacks(aws: Aws, { regions }: Settings): Promise<readonly LimitProblem[]> {
  const found = await Promise.all(regions.map(async (region) => isMade(await findStack(aws.cloudFormation(region), ORGANIZATION_PACK_STACK)) ? [region] : []));
  return found.flat().map((region) => ({
    severity: 'warning', message: `the stack ${ORGANIZATION_PACK_STACK} in ${region} still gives every account the rules, which its own stack has, too`,
    next: `after this deployment, remove it: aws cloudformation delete-stack --region ${region} --stack-name ${ORGANIZATION_PACK_STACK}`,
  }));
}

/** Stacks of the StackSet beside what AWS allows; what cannot be asked is said to be unknown. */
async function instanceLimit(aws: Aws, region: string, wanted: number): Promise<readonly LimitProblem[]> {
  const next = `aws service-quotas list-service-quotas --region ${region} --service-code ${SERVICE}, then request-service-quota-increase for the one of stack instances`;
  const found = await instanceQuota(aws, region);
  if (found instanceof Error) return [{ severity: 'unknown', message: `how many stacks a StackSet may have could not be read; AWS usually allows ${INSTANCES_IN_STACK_SET}, and ${wanted} are wanted`, next: found.message }];
  if (wanted > found) return [{ severity: 'error', message: `${wanted} stacks are wanted, a StackSet may have ${found}`, next }];
  return wanted > found * 0.8 ? [{ severity: 'warning', message: `${wanted} of the ${found} stacks that a StackSet may have would be used`, next }] : [];
}

/** By its name: Service Quotas lists those of CloudFormation that it knows, and not all have a number that is documented. */
async function instanceQuota(aws: Aws, region: string): Promise<number | Error> {
  try {
    for await (const { Quotas = [] } of paginateListServiceQuotas({ client: aws.serviceQuotas(region) }, { ServiceCode: SERVICE })) {
      const found = Quotas.find(({ QuotaName = '' }) => /stack instances per stack ?set/i.test(QuotaName));
      if (found?.Value !== undefined) return found.Value;
    }
    return INSTANCES_IN_STACK_SET;
  } catch (error) { return error instanceof Error ? error : new Error(String(error)); }
}
