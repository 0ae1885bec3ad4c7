import type { Fields } from '../types.ts';
import { AwsError } from './service.ts';

/** The IAM actions that a call needs. */
export function actionsOf(service: string, api: string, input: Fields): string[] {
  if (service === 'sts' && api === 'GetCallerIdentity') return []; // needs no permission
  if (service === 'lambda' && api === 'Invoke') return ['lambda:InvokeFunction'];
  // Lambda looks the network up as its caller.
  if (service === 'lambda' && api === 'UpdateFunctionConfiguration' && input.VpcConfig !== undefined) return ['lambda:UpdateFunctionConfiguration', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'];
  return [`${service}:${api}`];
}

const codes: Readonly<Record<string, string>> = { ec2: 'UnauthorizedOperation', rds: 'AccessDenied', redshift: 'AccessDenied', iam: 'AccessDenied' };

/** By role the IAM actions it may use, whole names without wildcards; without `grants` every role may everything. */
export function gate(grants: Readonly<Record<string, readonly string[]>> | undefined): { allow(service: string, api: string, input: Fields, role: string): void; used(role: string): string[] } {
  const uses = new Map<string, Set<string>>();
  return {
    allow(service, api, input, role) {
      const used = uses.get(role) ?? new Set();
      uses.set(role, used);
      for (const action of actionsOf(service, api, input)) {
        if (grants !== undefined && grants[role]?.includes(action) !== true) throw new AwsError(codes[service] ?? 'AccessDeniedException', `\`${role}\` may not ${action}`);
        used.add(action);
      }
    },
    used: (role) => [...uses.get(role) ?? []].sort(),
  };
}
