import { DescribeConfigurationRecorderStatusCommand } from '@aws-sdk/client-config-service';
import type { MemberCheck } from '../check.ts';
import { problem } from '../finding.ts';

export const recorder: MemberCheck = {
  id: 'recorder', per: 'region',
  title: 'AWS Config records',
  async run({ aws, region, recorder: read }) {
    const found = await read();
    if (found === undefined) return [problem('AWS Config has no recorder, so no rule runs, and an organization conformance pack fails as a whole', 'set AWS Config up in the Region: where AWS Control Tower governs the account, by enrolling it there; else `aws configservice put-configuration-recorder`, `put-delivery-channel` and `start-configuration-recorder`')];
    const { ConfigurationRecordersStatus: [status] = [] } = await aws.config(region).send(new DescribeConfigurationRecorderStatusCommand({}));
    if (status?.recording !== true) return [problem('the recorder is off, so no rule runs on changes', `aws configservice start-configuration-recorder --configuration-recorder-name ${found.name ?? 'default'} --region REGION`)];
    if (status.lastStatus !== 'Failure') return [];
    const said = [status.lastErrorCode, status.lastErrorMessage].filter((one) => one !== undefined && one !== '').join(': ');
    return [problem(`the recorder fails${said === '' ? '' : `: ${said}`}`, 'look at the role of the recorder, and at the SCPs that bind it: AWS Config must be able to read the resources and to write to the delivery channel')];
  },
};
