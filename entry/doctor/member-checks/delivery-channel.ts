import { DescribeDeliveryChannelsCommand } from '@aws-sdk/client-config-service';
import type { MemberCheck } from '../check.ts';
import { problem } from '../finding.ts';

export const deliveryChannel: MemberCheck = {
  id: 'delivery-channel', per: 'region',
  title: 'AWS Config has a bucket to deliver to',
  async run({ aws, region, recorder }) {
    // Without a recorder there is more to do, and that has been said.
    if (await recorder() === undefined) return [];
    const { DeliveryChannels = [] } = await aws.config(region).send(new DescribeDeliveryChannelsCommand({}));
    return DeliveryChannels.length > 0 ? [] : [problem('AWS Config has no delivery channel, without which its recorder does not start', 'aws configservice put-delivery-channel --delivery-channel name=default,s3BucketName=BUCKET --region REGION')];
  },
};
