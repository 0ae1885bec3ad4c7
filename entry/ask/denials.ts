import { asList, operatorParts, type Statement } from '../../core/policy-document.ts';
import { conditionsOf } from '../../core/statement-changes.ts';
import type { Objective, Question } from '../../policy/index.ts';

type Conditions = Record<string, Record<string, unknown>>;

/**
 * A Deny that closes what an Allow opens and spares whom a condition in the Allow would lock out, in the form of AWS's own samples:
 * principals of mine carry no source, and come from more than one kind of network.
 * https://github.com/aws-samples/data-perimeter-policy-examples
 */
export function denialBeside(question: Question, objective: Objective, statement: Statement): Statement | undefined {
  const condition = objective === 'deputies' && !isForServices(statement) ? foreignSource(question) : objective === 'networks' ? foreignNetwork(question) : undefined;
  if (condition === undefined) return undefined;
  const { Action, NotAction, Resource, NotResource } = statement;
  const given = Object.entries({ Action, NotAction, Resource, NotResource }).filter(([, value]) => value !== undefined);
  return { Effect: 'Deny', Principal: '*', ...Object.fromEntries(given), Condition: condition };
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

function foreignNetwork({ perimeter: { networks, organizations, partners, exclusionTags } }: Question): Conditions | undefined {
  const ofMine = { ...among('aws:SourceVpc', networks.vpcs), ...among('aws:SourceVpce', networks.vpcEndpoints), ...(networks.organization ? among('aws:VpceOrgID', organizations) : {}) };
  // One kind of network is told as shortly by the Allow itself.
  if (Object.keys(ofMine).length + Math.sign(networks.cidrs.length) < 2) return undefined;
  const spared = { ...among('aws:PrincipalAccount', partners.flatMap((one) => one.accounts)), ...Object.fromEntries(Object.entries(exclusionTags.principal).map(([name, value]) => [`aws:PrincipalTag/${name}`, value])) };
  return {
    ...(networks.cidrs.length === 0 ? {} : { NotIpAddressIfExists: among('aws:SourceIp', networks.cidrs) }), StringNotEqualsIfExists: { ...ofMine, ...spared },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
  };
}

/** A key with its values, one as it is; nothing where there are none. */
const among = (key: string, values: readonly string[]): Record<string, unknown> => values.length === 0 ? {} : { [key]: values.length === 1 ? values[0] : values };
