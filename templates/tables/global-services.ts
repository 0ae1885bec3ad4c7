/**
 * Endpoints of services that answer for the whole partition from one place, and where that is. Host names are whole: whatever stands before
 * them is not theirs. As of 2026-11. Source: `partitionEndpoint` in endpoints.json of botocore 1.43.11, and
 * https://docs.aws.amazon.com/general/latest/gr/rande.html#global-endpoints
 */
export interface GlobalService { readonly name: string; readonly host: string; readonly home: string }

const of = (home: string, hosts: string): GlobalService[] => hosts.split(' ').map((host) => ({ name: host.split('.').find((label) => label !== 'global')!, host, home }));

export const globalServices: Readonly<Record<string, readonly GlobalService[]>> = {
  aws: [
    ...of('us-east-1', 'account.us-east-1.amazonaws.com billingconductor.us-east-1.amazonaws.com budgets.amazonaws.com ce.us-east-1.amazonaws.com cloudfront.amazonaws.com global.health.amazonaws.com iam.amazonaws.com '
      + 'organizations.us-east-1.amazonaws.com route53.amazonaws.com savingsplans.amazonaws.com shield.us-east-1.amazonaws.com sts.amazonaws.com support.us-east-1.amazonaws.com tax.us-east-1.amazonaws.com waf.amazonaws.com'),
    // From endpoint-rule-set-1.json of these services.
    ...of('us-east-1', 'iam.global.api.aws route53.global.api.aws cloudfront.global.api.aws'),
    // https://docs.aws.amazon.com/general/latest/gr/global_accelerator.html
    ...of('us-west-2', 'globalaccelerator.us-west-2.amazonaws.com networkmanager.us-west-2.amazonaws.com'),
  ],
  'aws-cn': [
    ...of('cn-northwest-1', 'account.cn-northwest-1.amazonaws.com.cn budgets.amazonaws.com.cn ce.cn-northwest-1.amazonaws.com.cn cloudfront.cn-northwest-1.amazonaws.com.cn global.health.amazonaws.com.cn '
      + 'organizations.cn-northwest-1.amazonaws.com.cn route53.amazonaws.com.cn'),
    ...of('cn-north-1', 'iam.cn-north-1.amazonaws.com.cn support.cn-north-1.amazonaws.com.cn'),
  ],
  'aws-us-gov': of('us-gov-west-1', 'iam.us-gov.amazonaws.com networkmanager.us-gov-west-1.amazonaws.com organizations.us-gov-west-1.amazonaws.com route53.us-gov.amazonaws.com support.us-gov-west-1.amazonaws.com'),
};

/** Where `s3.amazonaws.com` and `bucket.s3.amazonaws.com` stand, which name no Region and lead to buckets of any. */
export const legacyS3: Readonly<Record<string, string>> = { aws: 'us-east-1' };
