import { matches } from '../../core/exceptions.ts';
import { asList, operatorParts, type Statement } from '../../core/policy-document.ts';
import type { Outside } from '../../core/pins.ts';
import { serviceNames } from '../../core/services.ts';
import { conditionsOf } from '../../core/statement-changes.ts';
import type { Objective, Question } from '../../policy/index.ts';
import { notOfMine } from '../../templates/conditions.ts';
import { networkExempt } from '../../templates/tables/network-exempt.ts';
import { rolesOfServices } from '../../policy/tables/service-roles.ts';

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Denies that close what an Allow opens and spare whom a condition in the Allow would lock out, in the form of AWS's own samples:
 * principals of mine carry no source, come from more than one kind of network, and call through AWS services from none.
 * https://github.com/aws-samples/data-perimeter-policy-examples
 */
export function denialsBeside(question: Question, objective: Objective, answer: Outside, statement: Statement): Statement[] {
  const { Action, NotAction, Resource, NotResource } = statement;
  const given = Object.fromEntries(Object.entries({ Action, NotAction, Resource, NotResource }).filter(([, value]) => value !== undefined));
  const conditions = objective === 'networks' ? isInVpc(answer) ? [] : foreignNetwork(question) : objective === 'deputies' ? foreignSource(question, statement) : isForServices(statement) ? [] : foreignCaller(question, answer);
  return conditions.map((Condition) => ({ Effect: 'Deny', Principal: '*', ...given, Condition }));
}

/** Whether what gets through is authorized inside a VPC, where nothing tells the network: a Deny would refuse it from everywhere. */
export const isInVpc = ({ witness: { action } }: Outside): boolean => networkExempt.some((one) => matches(one.toLowerCase(), action.toLowerCase()));

/** A condition in an Allow would have to name both an organization and accounts in none, which one cannot. */
const isTwofold = ({ perimeter: { organizations, standaloneAccounts } }: Question): boolean => organizations.length > 0 && standaloneAccounts.length > 0;

function foreignCaller(question: Question, { witness: { principal } }: Outside): Conditions[] {
  switch (principal.kind) {
    case 'service': return principal.name === rolesAnywhere ? [] : foreignService(question);
    case 'web-identity': case 'saml': return [];
    default: return isTwofold(question) ? [notOfMine(question.perimeter)] : [];
  }
}

const rolesAnywhere = 'rolesanywhere.amazonaws.com';

/** Whether nobody but AWS services comes through the statement, so that a condition on their source keeps nobody else out. */
function isForServices(statement: Statement): boolean {
  const { Principal: listed } = statement;
  if (typeof listed === 'object' && listed !== null && Object.keys(listed).every((type) => type === 'Service')) return true;
  return Object.entries(conditionsOf(statement)).some(([operator, keys]) => Object.entries(keys).some(([key, values]) => {
    const { name, ifExists } = operatorParts(operator);
    return !ifExists && !/Not/.test(name) && (/^aws:principalservicename(?:slist)?$/i.test(key) || (/^aws:principalisawsservice$/i.test(key) && asList(values).every((one) => String(one) === 'true')));
  }));
}

function foreignSource(question: Question, statement: Statement): Conditions[] {
  const { perimeter: { organizations, standaloneAccounts }, account } = question;
  if (isForServices(statement) && !isTwofold(question)) return [];
  const accounts = organizations.length > 0 ? standaloneAccounts : [...new Set([account, ...standaloneAccounts])];
  return [{
    StringNotEqualsIfExists: { ...among('aws:SourceOrgID', organizations), ...among('aws:SourceAccount', accounts) },
    Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' },
  }];
}

function foreignNetwork({ perimeter: { networks, organizations, partners, exclusionTags } }: Question): Conditions[] {
  const ofMine = { ...among('aws:SourceVpc', networks.vpcs), ...among('aws:SourceVpce', networks.vpcEndpoints), ...(networks.organization ? among('aws:VpceOrgID', organizations) : {}) };
  if (Object.keys(ofMine).length + networks.cidrs.length === 0) return [];
  const spared = { ...ofMine, ...among('aws:PrincipalAccount', partners.flatMap((one) => one.accounts)), ...Object.fromEntries(Object.entries(exclusionTags.principal).map(([name, value]) => [`aws:PrincipalTag/${name}`, value])) };
  return [{
    ...(networks.cidrs.length === 0 ? {} : { NotIpAddressIfExists: among('aws:SourceIp', networks.cidrs) }), ...(Object.keys(spared).length === 0 ? {} : { StringNotEqualsIfExists: spared }),
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
    ArnNotLikeIfExists: { 'aws:PrincipalArn': rolesOfServices },
  }];
}

/** Services that the definition does not admit, where it lists those that it does. */
const foreignService = ({ perimeter: { services } }: Question): Conditions[] => services === 'any' || services.length === 0 ? []
  : [{ 'ForAllValues:StringNotEquals': among(serviceNames, services), Bool: { 'aws:PrincipalIsAWSService': 'true' } }];

/** A key with its values, one as it is; nothing where there are none. */
const among = (key: string, values: readonly string[]): Record<string, unknown> => values.length === 0 ? {} : { [key]: values.length === 1 ? values[0] : values };
