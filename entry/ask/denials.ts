import { asList, operatorParts, type Statement } from '../../core/policy-document.ts';
import { partnerOf } from './instructions.ts';
import type { Outside } from '../../core/pins.ts';
import { conditionsOf } from '../../core/statement-changes.ts';
import { prefixOf, type Objective, type Question } from '../../policy/index.ts';
import { rcpServices } from '../../policy/tables/rcp-services.ts';

type Conditions = Record<string, Record<string, unknown>>;

/**
 * Denies that close what an Allow opens and spare whom a condition in the Allow would lock out, in the form of AWS's own samples:
 * principals of mine carry no source, and come from more than one kind of network.
 * https://github.com/aws-samples/data-perimeter-policy-examples
 */
export function denialsBeside(question: Question, objective: Objective, { witness: { principal } }: Outside, statement: Statement): Statement[] {
  const { Action, NotAction, Resource, NotResource } = statement;
  const given = Object.fromEntries(Object.entries({ Action, NotAction, Resource, NotResource }).filter(([, value]) => value !== undefined));
  // One kind of network is told as shortly by the Allow itself.
  const conditions = objective === 'networks' ? kindsOfNetworks(question) < 2 ? [] : foreignNetwork(question) : isForServices(statement) ? []
    : objective === 'deputies' ? [foreignSource(question)] : principal.kind === 'service' && principal.name !== rolesAnywhere ? foreignService(question) : [];
  return conditions.map((Condition) => ({ Effect: 'Deny', Principal: '*', ...given, Condition }));
}

const rolesAnywhere = 'rolesanywhere.amazonaws.com';

/**
 * The same for an SCP or RCP, whose Allow is AWS's own that allows everything: of the service that is asked about, or of all. An RCP names
 * services, since it may not deny `*`. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export function guardrails(question: Question, objective: Objective, answer: Outside): Statement[] {
  const { kind } = question;
  const { principal } = answer.witness;
  if (kind !== 'scp' && kind !== 'rcp') return [];
  const prefix = prefixOf(question);
  const services = prefix !== undefined ? [prefix] : kind === 'scp' ? ['*'] : [...rcpServices];
  const all = services.map((one) => one === '*' ? '*' : `${one}:*`);
  // Calls with a token or an assertion carry no organization, so a condition on it would deny them all.
  const signed = services.flatMap((one) => one === 'sts' ? ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'] : [`${one}:*`]);
  const partner = objective === 'principals' ? partnerOf(question, answer) : undefined;
  const conditions = objective === 'resources' ? foreignResource(question) : objective === 'networks' ? foreignNetwork(question) : objective === 'deputies' ? [foreignSource(question)]
    : principal.kind === 'service' ? foreignService(question) : principal.kind === 'web-identity' || principal.kind === 'saml' ? [] : [partner === undefined ? foreignPrincipal(question) : { StringEquals: among('aws:PrincipalAccount', partner.accounts) }];
  const agreed = (partner?.resources ?? []).map(({ arn }) => arn);
  return conditions.flatMap((Condition) => (objective === 'principals' && services.includes('sts') ? [signed, all] : [all]).map((Action) => ({
    Effect: 'Deny', ...(kind === 'rcp' ? { Principal: '*' } : {}), Action: Action.length === 1 ? Action[0] : Action, ...(agreed.length > 0 ? { NotResource: agreed } : { Resource: '*' }), Condition,
  })));
}

/** Whether nobody but AWS services comes through the statement, so that a condition on their source keeps nobody else out. */
function isForServices(statement: Statement): boolean {
  const { Principal: listed } = statement;
  if (typeof listed === 'object' && listed !== null && Object.keys(listed).every((type) => type === 'Service')) return true;
  return Object.entries(conditionsOf(statement)).some(([operator, keys]) => Object.entries(keys).some(([key, values]) => {
    const { name, ifExists } = operatorParts(operator);
    return !ifExists && !/Not/.test(name) && (/^aws:principalservicename$/i.test(key) || (/^aws:principalisawsservice$/i.test(key) && asList(values).every((one) => String(one) === 'true')));
  }));
}

function foreignSource({ perimeter: { organizations, standaloneAccounts }, account }: Question): Conditions {
  const accounts = organizations.length > 0 ? standaloneAccounts : [...new Set([account, ...standaloneAccounts])];
  return {
    StringNotEqualsIfExists: { ...among('aws:SourceOrgID', organizations), ...among('aws:SourceAccount', accounts) },
    Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' },
  };
}

const kindsOfNetworks = ({ perimeter: { networks } }: Question): number => [networks.vpcs.length, networks.vpcEndpoints.length, Number(networks.organization), networks.cidrs.length].filter((one) => one > 0).length;

function foreignNetwork({ perimeter: { networks, organizations, partners, exclusionTags } }: Question): Conditions[] {
  const ofMine = { ...among('aws:SourceVpc', networks.vpcs), ...among('aws:SourceVpce', networks.vpcEndpoints), ...(networks.organization ? among('aws:VpceOrgID', organizations) : {}) };
  if (Object.keys(ofMine).length + networks.cidrs.length === 0) return [];
  const spared = { ...ofMine, ...among('aws:PrincipalAccount', partners.flatMap((one) => one.accounts)), ...Object.fromEntries(Object.entries(exclusionTags.principal).map(([name, value]) => [`aws:PrincipalTag/${name}`, value])) };
  return [{
    ...(networks.cidrs.length === 0 ? {} : { NotIpAddressIfExists: among('aws:SourceIp', networks.cidrs) }), ...under('StringNotEqualsIfExists', spared),
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
  }];
}

/** Callers of other organizations, on other paths of mine, or in neither, but for partners. */
function foreignPrincipal({ perimeter: { organizations, organizationPaths, standaloneAccounts, partners }, account }: Question): Conditions {
  const accounts = organizations.length > 0 ? standaloneAccounts : [...new Set([account, ...standaloneAccounts])];
  const members = organizationPaths.length > 0 ? {} : among('aws:PrincipalOrgID', organizations);
  const paths = organizationPaths.length > 0 ? { 'ForAllValues:StringNotLikeIfExists': among('aws:PrincipalOrgPaths', organizationPaths) } : {};
  return { ...under('StringNotEqualsIfExists', { ...members, ...among('aws:PrincipalAccount', [...accounts, ...partners.flatMap((one) => one.accounts)]) }), ...paths, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
}

/** Resources of others; those of partners are spared, and where that leaves them too much, not. */
function foreignResource({ perimeter: { organizations, standaloneAccounts, partners }, account }: Question): Conditions[] {
  const accounts = organizations.length > 0 ? standaloneAccounts : [...new Set([account, ...standaloneAccounts])];
  return [partners.filter((one) => one.reachable.length > 0).flatMap((one) => one.accounts), []].map((spared) => under('StringNotEqualsIfExists', { ...among('aws:ResourceOrgID', organizations), ...among('aws:ResourceAccount', [...accounts, ...spared]) }));
}

/** Services that the definition does not admit, where it lists those that it does. */
const foreignService = ({ perimeter: { services } }: Question): Conditions[] => services === 'any' || services.length === 0 ? []
  : [{ ...under('StringNotEqualsIfExists', among('aws:PrincipalServiceName', services)), Bool: { 'aws:PrincipalIsAWSService': 'true' } }];

const under = (operator: string, tests: Record<string, unknown>): Conditions => Object.keys(tests).length === 0 ? {} : { [operator]: tests };

/** A key with its values, one as it is; nothing where there are none. */
const among = (key: string, values: readonly string[]): Record<string, unknown> => values.length === 0 ? {} : { [key]: values.length === 1 ? values[0] : values };
