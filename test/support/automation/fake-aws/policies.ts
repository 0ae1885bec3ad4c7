import { AwsError, change, filters, found, members, type Service, type Setting } from './service.ts';

function parsed(text: string, code: string): Record<string, unknown> {
  try {
    const document = JSON.parse(text) as Record<string, unknown>;
    if (document.Statement !== undefined) return document;
  } catch { /* told below */ }
  throw new AwsError(code, 'the document is not a policy');
}

export const ec2 = (setting: Setting): Service => ({
  DescribeVpcEndpoints(input) {
    members(input, { VpcEndpointIds: 'texts', Filters: 'list' });
    const { endpoints } = setting.state;
    const names = { 'vpc-endpoint-id': 'VpcEndpointId', 'vpc-id': 'VpcId', 'service-name': 'ServiceName' };
    const wanted = filters(input.Filters, Object.keys(names));
    const chosen = input.VpcEndpointIds === undefined ? Object.values(endpoints) : (input.VpcEndpointIds as string[]).map((id) => found(endpoints, id, 'InvalidVpcEndpointId.NotFound'));
    return { VpcEndpoints: chosen.filter((one) => wanted.every(([name, values]) => values.includes(String(one[names[name as keyof typeof names]])))) };
  },
  ModifyVpcEndpoint(input) {
    members(input, { VpcEndpointId: 'text!', PolicyDocument: 'text', ResetPolicy: 'flag' });
    const id = input.VpcEndpointId as string;
    const endpoint = found(setting.state.endpoints, id, 'InvalidVpcEndpointId.NotFound');
    if (input.ResetPolicy === true) throw new AwsError('InvalidParameter', '`ResetPolicy` is not played here');
    const text = input.PolicyDocument as string | undefined;
    if (text !== undefined) {
      parsed(text, 'InvalidPolicyDocument');
      if (text.length > 20_480) throw new AwsError('InvalidPolicyDocument', `${text.length} characters are more than 20480`);
      if (endpoint.State !== 'available') throw new AwsError('IncorrectState', `\`${id}\` is ${String(endpoint.State)}`);
      change(setting, 'endpoints', id, setting.lagSeconds, { PolicyDocument: text });
    }
    return { Return: true };
  },
});

/** AWS's first quota; an account may have a higher one. */
const mostTrustCharacters = 2048;

export const iam = (setting: Setting): Service => ({
  GetRole(input) {
    members(input, { RoleName: 'text!' });
    return { Role: found(setting.state.roles, input.RoleName, 'NoSuchEntity') };
  },
  UpdateAssumeRolePolicy(input) {
    members(input, { RoleName: 'text!', PolicyDocument: 'text!' });
    const name = input.RoleName as string;
    const role = found(setting.state.roles, name, 'NoSuchEntity');
    if (String(role.Path).startsWith('/aws-service-role/')) throw new AwsError('UnmodifiableEntity', `\`${name}\` belongs to a service`);
    const text = input.PolicyDocument as string;
    const AssumeRolePolicyDocument = parsed(text, 'MalformedPolicyDocument');
    const length = text.replace(/\s/g, '').length;
    if (length > mostTrustCharacters) throw new AwsError('LimitExceeded', `${length} characters are more than ${mostTrustCharacters}`);
    change(setting, 'roles', name, setting.lagSeconds, { AssumeRolePolicyDocument });
    return {};
  },
});

export const sts = ({ account }: Setting): Service => ({
  GetCallerIdentity(input, role) {
    members(input, {});
    return { UserId: 'AROAEXAMPLE:session', Account: account, Arn: `${role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/session` };
  },
});

export const config = ({ state }: Setting): Service => ({
  ListDiscoveredResources(input) {
    members(input, { resourceType: 'text!', resourceIds: 'texts', resourceName: 'text' });
    if (input.resourceIds !== undefined && input.resourceName !== undefined) throw new AwsError('ValidationException', '`resourceIds` and `resourceName` exclude each other');
    return { resourceIdentifiers: state.discovered.filter(({ resourceType, resourceId, resourceName }) => resourceType === input.resourceType
      && (input.resourceIds === undefined || (input.resourceIds as string[]).includes(String(resourceId))) && (input.resourceName ?? resourceName) === resourceName) };
  },
});
