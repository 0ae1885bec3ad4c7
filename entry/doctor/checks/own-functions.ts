import { evaluateItem } from '../../../core/evaluate.ts';
import { EVALUATOR, PLANNER, PREFIX, PUBLISHER, REEVALUATOR, WRITER } from '../../../deployment/names.ts';
import type { ConfigurationItem } from '../../../items/configuration-item.ts';
import type { Check, Context, Located } from '../check.ts';
import { warning } from '../finding.ts';

const RULE = 'lambda-in-perimeter-vpc';

export const ownFunctions: Check = {
  id: 'own-functions',
  title: 'The pack does not find its own functions',
  async run(context) {
    const { rules, definition, settings, now, caller, isSingleAccount } = context;
    const rule = rules.find(({ id }) => id === RULE);
    if (rule === undefined) return [];
    const accounts = await accountsOf(context);
    return settings.regions.flatMap((region): Located[] => {
      const network = settings.vpc[region];
      const functions = (account: string): readonly string[] => [EVALUATOR, PLANNER, ...!isSingleAccount && account === caller.account && region === settings.homeRegion ? [PUBLISHER] : [], REEVALUATOR, WRITER];
      const found = (account: string): readonly string[] => functions(account).filter((name) =>
        evaluateItem(rule, item(name, account, region, caller.partition, network?.subnetIds ?? []), { definition, related: () => undefined, now }).kind === 'non-compliant');
      return accounts.flatMap((account): Located[] => {
        const names = found(account);
        return names.length === 0 ? [] : [{
          ...network === undefined
            ? warning(`the rule ${RULE} will find the pack's own functions ${names.join(', ')}, which run in no VPC`, ...outOfVpc(region, caller.partition, now))
            : warning(`the rule ${RULE} will find the pack's own functions ${names.join(', ')}: the subnets of \`vpc\` are outside the networks of the perimeter`, 'name the VPC under `networks.vpcs`, or the subnets under `networks.subnets`, of perimeter.yaml'),
          place: { account, region },
        }];
      });
    });
  },
};

/** An exception may name one account; where the accounts cannot be read, this one stands for all. */
async function accountsOf({ accounts, caller }: Context): Promise<readonly string[]> {
  try { return await accounts(); } catch { return [caller.account]; }
}

const YEAR = 365 * 24 * 60 * 60 * 1000;
const outOfVpc = (region: string, partition: string, now: number): readonly string[] => [
  `name subnets and security groups for ${region} under \`vpc\` of the deployment settings`,
  `or grant an exception in perimeter.yaml: {rule: ${RULE}, resource: "arn:${partition}:lambda:*:*:function:${PREFIX}*", owner: YOU, reason: the pack itself, expires: ${new Date(now + YEAR).toISOString().slice(0, 10)}}`,
];

/** The function as AWS Config would record it. */
const item = (name: string, accountId: string, region: string, partition: string, subnetIds: readonly string[]): ConfigurationItem => {
  const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  return {
    accountId, region, resourceType: 'AWS::Lambda::Function', resourceId: name, resourceName: name, arn, status: 'OK', captureTime: '', tags: {}, availabilityZone: undefined,
    configuration: { functionName: name, functionArn: arn, vpcConfig: { subnetIds, securityGroupIds: [] } }, supplementaryConfiguration: {},
  };
};
