import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { parseSettings, type Settings } from '../../../entry/deploy/settings.ts';
import type { Aws } from '../../../entry/aws/clients.ts';
import type { Context, Member } from '../../../entry/doctor/check.ts';
import type { Organization } from '../../../entry/doctor/organization/organization.ts';
import { remediations } from '../../../remediations/index.ts';
import { rules } from '../../../rules/index.ts';
import { definition, now, organization as organizationId } from '../../support/perimeter.ts';

export const settingsOf = (more: string): Settings => parseSettings(`homeRegion: eu-west-1\nregions: [eu-west-1, us-east-1]\n${more}`, 'deployment.yaml');

/** Asks nothing of AWS; a test that needs an answer gives the client. */
const noAws = new Proxy({}, { get: (_, service) => () => { throw new Error(`nobody answers for ${String(service)}`); } }) as Aws;

const root = { id: 'r-ab12', name: 'Root' };
const unit = { id: 'ou-ab12-c3d4e5f6', name: 'Workloads' };
export const organization: Organization = {
  id: organizationId, managementAccount: '100000000001', hasAllFeatures: true, policyTypes: new Set(),
  accounts: [{ id: '100000000001', path: [root] }, { id: '111111111111', path: [root, unit] }, { id: '222222222222', path: [root, unit] }],
};

/** The administrator account `111111111111`, which gives the pack to itself and to `222222222222`. */
export const contextOf = (more: Partial<Context> = {}): Context => ({
  definition, settings: settingsOf(''), rules, remediations, isSingleAccount: false, aws: noAws, now,
  caller: { account: '111111111111', arn: 'arn:aws:sts::111111111111:assumed-role/Security/ana', partition: 'aws' },
  organization: () => Promise.resolve(organization), accounts: () => Promise.resolve(['111111111111', '222222222222']), ...more,
});

/** One whose clients answer each command by its name, in one page. */
export const memberOf = (answers: Readonly<Record<string, unknown>>, more: Partial<Member> = {}): Member => {
  const answering = <C extends object>(client: C): (() => C) => () => Object.assign(client, { send: (command: object) => {
    const name = command.constructor.name.replace(/Command$/, '');
    return name in answers ? Promise.resolve(answers[name]) : Promise.reject(new Error(`nobody answers ${name}`));
  } });
  const region = { region: 'eu-west-1' };
  const aws = { config: answering(new ConfigServiceClient(region)), iam: answering(new IAMClient(region)), lambda: answering(new LambdaClient(region)), ssm: answering(new SSMClient(region)) };
  return { account: '222222222222', region: 'eu-west-1', isHome: true, aws: aws as unknown as Aws, recorder: () => Promise.resolve(undefined), ...more };
};
