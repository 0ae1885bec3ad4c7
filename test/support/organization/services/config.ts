import { page } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { standing } from '../stacks/content.ts';
import { AwsError } from '../wire/error.ts';
import { packs } from './packs.ts';
import { recorderOf, recorders, records } from './recorders.ts';

const usual: Readonly<Record<string, number>> = { 'AWS::EC2::SecurityGroup': 40, 'AWS::EC2::VPCEndpoint': 5, 'AWS::IAM::Role': 60, 'AWS::KMS::Key': 12, 'AWS::Lambda::Function': 20, 'AWS::RDS::DBInstance': 3, 'AWS::S3::Bucket': 25, 'AWS::SNS::Topic': 8, 'AWS::SQS::Queue': 10 };

/** What the recorder of an account and Region has discovered, by type that the recorder records; IAM's types in each Region whose recorder does. */
const discovered = ({ state }: Context, account: string, region: string): [string, number][] => Object.entries(state.options.discovered ?? usual).filter(([type]) => records(recorderOf(state, account, region), type));

const lowerToken = ({ NextToken }: { readonly NextToken?: string }): { readonly nextToken?: string } => NextToken === undefined ? {} : { nextToken: NextToken };

const counts: Handlers = {
  GetDiscoveredResourceCounts(input, context) {
    const wanted = (input['resourceTypes'] ?? []) as string[];
    const all = discovered(context, context.account, context.region).filter(([type]) => wanted.length === 0 || wanted.includes(type));
    const { items, next } = page(all, input['nextToken'], Math.min(Number(input['limit'] ?? 100) || 100, 100));
    return { ...lowerToken(next), totalDiscoveredResources: all.reduce((sum, [, count]) => sum + count, 0), resourceCounts: items.map(([resourceType, count]) => ({ resourceType, count })) };
  },
  GetAggregateDiscoveredResourceCounts(input, context) {
    const name = String(input['ConfigurationAggregatorName']);
    if (!standing(context.state, 'AWS::Config::ConfigurationAggregator', context.account, context.region).some(({ physicalId }) => physicalId === name)) throw new AwsError('NoSuchConfigurationAggregatorException', 'The configuration aggregator does not exist.');
    const { ResourceType, AccountId, Region } = (input['Filters'] ?? {}) as { ResourceType?: string; AccountId?: string; Region?: string };
    const groups = new Map<string, number>();
    let total = 0;
    for (const { id: account, status } of context.state.accounts) for (const region of context.state.options.regions ?? ['eu-west-1', 'us-east-1']) {
      if (status !== 'ACTIVE' || (AccountId ?? account) !== account || (Region ?? region) !== region) continue;
      for (const [type, count] of discovered(context, account, region)) {
        if ((ResourceType ?? type) !== type) continue;
        total += count;
        const group = input['GroupByKey'] === 'ACCOUNT_ID' ? account : input['GroupByKey'] === 'AWS_REGION' ? region : type;
        groups.set(group, (groups.get(group) ?? 0) + count);
      }
    }
    const { items, next } = page([...groups], input['NextToken'], Math.min(Number(input['Limit'] ?? 1000) || 1000, 1000));
    return { ...next, TotalDiscoveredResources: total, ...input['GroupByKey'] === undefined ? {} : { GroupByKey: input['GroupByKey'], GroupedResourceCounts: items.map(([GroupName, ResourceCount]) => ({ GroupName, ResourceCount })) } };
  },
};

export const config: Handlers = { ...recorders, ...packs, ...counts };
