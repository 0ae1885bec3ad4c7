import { contextKeys } from './deputy-sources.ts';

/**
 * What condition keys tell of, in lower case. As of 2026-11. Sources:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and, for S3, EFS and KMS, the keys' own pages under
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Whose identity pool a guest's call is about, or that of a user who has signed in, neither of which names a resource. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitoidentity.html */
const [poolAccounts, poolArns] = ['cognito-identity-auth:accountid cognito-identity-unauth:accountid', 'cognito-identity-auth:identitypoolarn cognito-identity-unauth:identitypoolarn cognito-identity:identitypoolarn'];
export const [poolKeys, poolArnKeys] = [words(`${poolAccounts} ${poolArns}`), words(poolArns)];

/** Account ids; ARNs that hold one; organizations and their paths, of whomever. */
export const accountKeys = words(`aws:principalaccount aws:userid aws:sourceowner kms:calleraccount aws:sourceaccount aws:resourceaccount s3:resourceaccount ec2:owner aws:vpceaccount ${poolAccounts}`);
export const arnKeys: ReadonlySet<string> = new Set([...words('aws:principalarn aws:sourcearn aws:sourcevpcarn aws:federatedprovider ec2:sourceinstancearn ssm:sourceinstancearn lambda:sourcefunctionarn'), ...contextKeys, ...poolArnKeys]);
export const organizationKeys = words('aws:principalorgid aws:resourceorgid aws:sourceorgid aws:vpceorgid');
export const pathKeys = words('aws:principalorgpaths aws:resourceorgpaths aws:sourceorgpaths aws:vpceorgpaths');

/** Who owns the resource; in which organization. */
export const ownerKeys = words(`aws:resourceaccount s3:resourceaccount ec2:owner aws:resourceorgid aws:resourceorgpaths ${poolAccounts} ${poolArns}`);
export const ownerOrganizationKeys = words('aws:resourceorgid aws:resourceorgpaths');

/** What kind of principal calls; which service principal; through which services a call came, in KMS's own words too. */
export const kindKeys = words('aws:principalarn aws:principaltype aws:username aws:userid aws:assumedroot aws:tokenissuetime');
export const serviceNameKeys = words('aws:principalservicename aws:principalservicenameslist');
export const chainKeys = words('aws:calledvia aws:calledviafirst aws:calledvialast kms:viaservice');
export const viaKeys = words('aws:viaawsservice');

/** The service whose rules send events as their account, and what tells them; AWS services that call for somebody tell the same. */
export const RULES = 'events';
export const ruleKeys = words('aws:sourcearn aws:sourceaccount');

/** Where a request comes from: the VPC, the endpoint's owner, and what single services tell. */
export const vpcKeys = words('aws:sourcevpc aws:sourcevpce aws:vpcsourceip aws:sourcevpcarn');
export const endpointOwnerKeys = words('aws:vpceaccount aws:vpceorgid aws:vpceorgpaths');
export const endpointAccountKeys = words('aws:vpceaccount aws:sourcevpcarn');
export const serviceNetworkKeys = words('s3:accesspointnetworkorigin elasticfilesystem:accessedviamounttarget vpc-lattice-svcs:sourcevpc vpc-lattice-svcs:sourcevpcowneraccount');
export const networkKeys: ReadonlySet<string> = new Set(['aws:sourceip', ...vpcKeys, ...endpointOwnerKeys, ...serviceNetworkKeys]);

/** What every evaluator wants to see of a request, whether or not the policy tests it. */
export const shownKeys = words('aws:principalorgid aws:principalaccount aws:principalarn aws:principaltype aws:principalisawsservice aws:principalservicename aws:username aws:sourceaccount '
  + 'aws:sourceorgid aws:federatedprovider aws:resourceaccount aws:resourceorgid');

/** Older AWS text has services that do not always send aws:ViaAWSService. */
export const mayOmitVia = words('ec2 glue lakeformation opsworks opsworks-cm');

/** Keys that keep outsiders out when a policy tests them, by what is asked. Claims of tokens stand with their issuers. */
export const binding = {
  principals: /^(aws:principal(orgid|orgpaths|orgmasteraccountid|account|arn|servicename.*)|aws:sourceowner|kms:calleraccount|sts:externalid)$/,
  resources: /^((aws|s3):resource(account|orgid|orgpaths)|ec2:owner|cognito-identity(-(un)?auth)?:(accountid|identitypoolarn))$/,
  deputies: /^aws:source(account|arn|orgid|orgpaths)$/,
  networks: /^aws:(sourceip|sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip|vpceaccount|vpceorgid|vpceorgpaths)$/,
};
