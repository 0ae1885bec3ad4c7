import { remediationRoles } from '../../../deployment/remediation-roles.ts';
import { roleName } from '../../../deployment/names.ts';
import { remediations } from '../../../remediations/index.ts';
import { motoAccount, motoRegion, type Credentials, type Moto } from './moto.ts';

const filled = (value: unknown): string => JSON.stringify(value).replaceAll('${AWS::Partition}', 'aws').replaceAll('${AWS::Region}', motoRegion).replaceAll('${AWS::AccountId}', motoAccount);
export const roleArn = (stem: string): string => `arn:aws:iam::${motoAccount}:role/${roleName(stem, motoRegion)}`;

/**
 * The roles of runbooks and functions as the stack makes them, and their credentials by stem. moto heeds actions alone: it takes
 * a condition that no call meets for a Deny, and knows no resources. So this proves actions, no more.
 */
export async function installRoles(moto: Moto): Promise<ReadonlyMap<string, Credentials>> {
  const made = new Map<string, Credentials>();
  for (const { stem, trust, statements } of remediationRoles(remediations)) {
    const RoleName = roleName(stem, motoRegion);
    await moto.call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: filled({ Version: '2012-10-17', Statement: [trust] }) });
    await moto.call('iam', 'PutRolePolicy', { RoleName, PolicyName: 'remediation', PolicyDocument: filled({ Version: '2012-10-17', Statement: statements.filter(({ Effect }) => Effect === 'Allow').map(({ Effect, Action }) => ({ Effect, Action, Resource: '*' })) }) });
    const { Credentials: credentials } = await moto.call('sts', 'AssumeRole', { RoleArn: roleArn(stem), RoleSessionName: 'remediation-test' });
    made.set(stem, credentials as Credentials);
  }
  return made;
}
