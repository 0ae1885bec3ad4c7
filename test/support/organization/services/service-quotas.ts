import { page } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import type { Quota } from '../options.ts';
import { AwsError } from '../wire/error.ts';
import type { Fields } from '../wire/decode.ts';

/** Quotas that a deployment meets, with AWS's codes and defaults. A test may give others, which come before these. */
const quotas: readonly Quota[] = [
  { service: 'cloudformation', code: 'L-0485CB21', name: 'Stack count', value: 2000, default: 2000 },
  { service: 'cloudformation', code: 'L-EC62D81A', name: 'Stack sets per administrator account', value: 1000, default: 1000 },
  { service: 'iam', code: 'L-FE177D64', name: 'Roles per account', value: 1000, default: 1000 },
  { service: 'lambda', code: 'L-B99A9384', name: 'Concurrent executions', value: 1000, default: 1000 },
  { service: 'dynamodb', code: 'L-F98FE922', name: 'Maximum number of tables', value: 2500, default: 2500 },
];

const known = ({ state }: Context): Quota[] => [...state.options.quotas ?? [], ...quotas.filter(({ service, code }) => state.options.quotas?.some((one) => one.service === service && one.code === code) !== true)];

const described = ({ state, account, region }: Context, { service, code, name }: Quota, value: number, isDefault: boolean): Fields => ({
  ServiceCode: service, ServiceName: service, QuotaCode: code, QuotaName: name, Value: value, Unit: 'None', Adjustable: true, GlobalQuota: service === 'iam',
  QuotaArn: `arn:${state.partition}:servicequotas:${service === 'iam' ? '' : region}:${isDefault ? '' : account}:${service}/${code}`,
});

function quotaOf(context: Context, { ServiceCode, QuotaCode }: Fields): Quota {
  const found = known(context).find(({ service, code }) => service === ServiceCode && code === QuotaCode);
  if (found === undefined) throw new AwsError('NoSuchResourceException', `The request failed because the specified quota ${String(QuotaCode)} of service ${String(ServiceCode)} does not exist.`);
  return found;
}

export const serviceQuotas: Handlers = {
  GetServiceQuota(input, context) { const quota = quotaOf(context, input); return { Quota: described(context, quota, quota.value, false) }; },
  GetAWSDefaultServiceQuota(input, context) { const quota = quotaOf(context, input); return { Quota: described(context, quota, quota.default, true) }; },
  ListServiceQuotas(input, context) {
    const found = known(context).filter(({ service, code }) => service === input['ServiceCode'] && (input['QuotaCode'] ?? code) === code);
    if (found.length === 0) throw new AwsError('NoSuchResourceException', `The request failed because the specified service ${String(input['ServiceCode'])} does not exist.`);
    const { items, next } = page(found, input['NextToken'], Math.min(Number(input['MaxResults'] ?? 100), 100));
    return { ...next, Quotas: items.map((quota) => described(context, quota, quota.value, false)) };
  },
};
