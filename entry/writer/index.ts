import { once, settings } from '../evaluator/clients.ts';
import { ledgerPorts, ledgerTable } from '../remediation/aws-ledger.ts';
import { write, type WritePorts } from './write.ts';

const ec2 = once(async () => { const sdk = await import('@aws-sdk/client-ec2'); return { sdk, client: new sdk.EC2Client(settings) }; });
const iam = once(async () => { const sdk = await import('@aws-sdk/client-iam'); return { sdk, client: new sdk.IAMClient(settings) }; });

/** The Lambda function behind `WriteWith` Function. */
export const handler = (event: unknown): ReturnType<typeof write> => {
  const ports: WritePorts = {
    ...ledgerPorts, ledgerTable: ledgerTable(), now: () => Date.now(),
    async modifyVpcEndpoint(input) { const { sdk, client } = await ec2(); return client.send(new sdk.ModifyVpcEndpointCommand(input)); },
    async updateAssumeRolePolicy(input) { const { sdk, client } = await iam(); return client.send(new sdk.UpdateAssumeRolePolicyCommand(input)); },
  };
  return write(event, ports);
};
