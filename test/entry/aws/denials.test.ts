import { describe, expect, it } from 'vitest';
import { Denied, explain, type Call } from '../../../entry/aws/denials.ts';
import { describeFault } from '../../../entry/aws/faults.ts';

const caller = 'arn:aws:sts::111111111111:assumed-role/Deployer/ana';
const error = (name: string, message: string, status?: number): Error => Object.assign(new Error(message), { name, ...status === undefined ? {} : { $metadata: { httpStatusCode: status } } });
const call = (client: string, operation: string, input: object = {}): Call => ({ client, operation, region: 'eu-west-1', input });
const told = async (fault: Error, of: Call): Promise<readonly string[]> => describeFault(await explain(fault, of, () => Promise.resolve(caller))).split('\n');

describe('a denial', () => {
  it.each<readonly [title: string, fault: Error, of: Call, lines: readonly string[]]>([
    [
      'by no policy that allows it', error('AccessDenied', `User: ${caller} is not authorized to perform: cloudformation:CreateStackSet on resource: arn:aws:cloudformation:eu-west-1:111111111111:stackset/perimeter-member:* because no identity-based policy allows the cloudformation:CreateStackSet action`, 403),
      call('CloudFormationClient', 'CreateStackSet'),
      [
        `cloudformation:CreateStackSet is denied to ${caller} on arn:aws:cloudformation:eu-west-1:111111111111:stackset/perimeter-member:*, in eu-west-1`, expect.stringContaining('AWS answered: AccessDenied: User:') as string,
        '  allow the caller: {"Effect":"Allow","Action":"cloudformation:CreateStackSet","Resource":"arn:aws:cloudformation:eu-west-1:111111111111:stackset/perimeter-member:*"}',
      ],
    ],
    [
      'by a policy of the organization', error('AccessDeniedException', `User: ${caller} is not authorized to perform: lambda:GetFunction on resource: arn:aws:lambda:eu-west-1:111111111111:function:perimeter-evaluator with an explicit deny in a service control policy`, 403), call('LambdaClient', 'GetFunction'),
      [expect.stringContaining('lambda:GetFunction is denied') as string, expect.any(String) as string, '  a service control policy denies it: except the caller there, or use another role'],
    ],
    [
      'by what a boundary leaves out', error('AccessDenied', `User: ${caller} is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:eu-west-1:111111111111:parameter/perimeter/definition because no permissions boundary allows the ssm:PutParameter action`, 400), call('SSMClient', 'PutParameter'),
      [expect.any(String) as string, expect.any(String) as string, '  the permissions boundary of the caller does not allow it: add there {"Effect":"Allow","Action":"ssm:PutParameter","Resource":"arn:aws:ssm:eu-west-1:111111111111:parameter/perimeter/definition"}'],
    ],
    [
      'of S3, which gives no reason', error('403', 'UnknownError', 403), call('S3Client', 'HeadBucket', { Bucket: 'b' }),
      [`s3:ListBucket is denied to ${caller}, in eu-west-1`, 'AWS answered: 403: UnknownError', '  allow the caller: {"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}'],
    ],
    [
      'of Organizations, to an account that administers nothing', error('AccessDeniedException', "You don't have permissions to access this resource.", 400), call('OrganizationsClient', 'ListAccounts'),
      [
        `organizations:ListAccounts is denied to ${caller}, in eu-west-1`, expect.any(String) as string, '  allow the caller: {"Effect":"Allow","Action":"organizations:ListAccounts","Resource":"*"}',
        '  and, unless 111111111111 is a delegated administrator already, in the management account of the organization, run:',
        '  aws organizations register-delegated-administrator --account-id 111111111111 --service-principal member.org.stacksets.cloudformation.amazonaws.com',
      ],
    ],
    [
      'of StackSets, without trusted access', error('ValidationError', 'You must enable organizations access to operate a service managed stack set', 400), call('CloudFormationClient', 'CreateStackSet'),
      [`cloudformation:CreateStackSet in eu-west-1: the organization gives StackSets no access, asked by ${caller}`, expect.any(String) as string, '  in the management account of the organization, run:', '  aws cloudformation activate-organizations-access --region eu-west-1'],
    ],
    [
      'of StackSets, without delegation', error('ValidationError', 'Account used is not a delegated administrator', 400), call('CloudFormationClient', 'DescribeStackSet'),
      [
        expect.stringContaining('administers no StackSets') as string, expect.any(String) as string, '  in the management account of the organization, run:', '  aws cloudformation activate-organizations-access --region eu-west-1',
        '  aws organizations register-delegated-administrator --account-id 111111111111 --service-principal member.org.stacksets.cloudformation.amazonaws.com',
        '  if that is done already, allow the caller organizations:ListDelegatedAdministrators: {"Effect":"Allow","Action":"organizations:ListDelegatedAdministrators","Resource":"*"}',
      ],
    ],
    [
      'without credentials', error('ExpiredToken', 'The security token included in the request is expired', 403), call('STSClient', 'GetCallerIdentity'),
      ['sts:GetCallerIdentity in eu-west-1: there are no valid credentials', expect.any(String) as string, '  sign in, or set AWS_PROFILE; `aws sts get-caller-identity` must answer'],
    ],
    [
      'outside of any organization', error('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.', 400), call('OrganizationsClient', 'DescribeOrganization'),
      [expect.stringContaining('the account is in no organization') as string, expect.any(String) as string, '  pass --single-account to deploy to this account alone, or use credentials of an account of the organization'],
    ],
  ])('%s tells what grants it', async (_, fault, of, lines) => {
    expect(await told(fault, of)).toEqual(lines);
    expect(await explain(fault, of, () => Promise.resolve(caller))).toBeInstanceOf(Denied);
  });

  it('is nothing else', async () => {
    const fault = error('LimitExceededException', 'too many', 400);
    expect(await explain(fault, call('CloudFormationClient', 'CreateStackInstances'), () => Promise.resolve(caller))).toBe(fault);
    expect(describeFault(fault)).toBe('cloudformation:CreateStackInstances in eu-west-1: AWS answered LimitExceededException: too many');
  });
});
