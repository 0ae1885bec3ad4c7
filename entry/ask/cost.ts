import { certify, type Loss } from '../../core/certificate.ts';
import { matches } from '../../core/exceptions.ts';
import { insideCallers, insideResources, presenting, regionNamed, type Clause, type Place } from '../../core/inside.ts';
import type { Outside } from '../../core/pins.ts';
import { asList, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { isServiceOfMine } from '../../core/services.ts';
import { principalsOf } from '../../core/statement-changes.ts';
import { and, compare, formulaOf, issuerOf, or, parsePolicy, policy, prefixOf, type Formula, type Objective, type Policy, type Question } from '../../policy/index.ts';
import { rolesOfServices } from '../../policy/tables/service-roles.ts';
import { tenancyClaims } from '../../policy/tables/shared-issuers.ts';
import { isPinned, unlistedIn } from './issuers.ts';
import { isOfMine } from './own-accounts.ts';
import { parsed } from './parsed.ts';
import { lostOfUntold } from './untold.ts';

/**
 * Kinds of requests that the definition counts as mine, or admits, and that a document in place of the question's policy would no longer allow: those
 * that the policy lets in on purpose, for whoever writes `*` alone means nobody in particular; but for what everybody needs of AWS's own, agents and packages
 * among it, and gets by no other policy. Resources, partners and tags may be meant by policies `beside` it, too.
 */
export function costOf(question: Question, objective: Objective, { witness: { principal } }: Outside, before: Document, after: Document, beside: readonly Document[]): readonly string[] {
  const text = JSON.stringify(before);
  const statements = [before, ...beside].flatMap(statementsOf);
  const all = JSON.stringify([before, ...beside]);
  const names = (some: readonly string[]): boolean => some.some((one) => all.includes(one));
  const inside = insideOf(question, objective);
  // Of tokens of the issuer that it is about, fewer are meant, if not none.
  const isNarrowed = (of: string): boolean => issuerIn(of) === issuerOf(principal.provider) && inside.some((one) => one.of === of && isMet(question, policy(one.policy), after));
  const isNamed = (kind: Policy): boolean => isAny(question, and(policy(kind), policy(onNamed(statements))));
  const isMeant = ({ of, policy: kind }: Clause): boolean => isOfServices(of) ? objective === 'deputies' || /PrincipalIsAWSService|PrincipalServiceName/i.test(text) || statementsOf(before).some((one) => isForSources(one) || (question.kind === 'vpc-endpoint' && isOfAll(one)))
    : /^(tokens|federated|SAML)/.test(of) ? of.startsWith('tokens of ') && text.includes('"Federated"') && text.includes(issuerIn(of)) && !isNarrowed(of)
      // A policy that denies, and does not spare a tag, shuts out those who have it anyway.
      : /^my principals with the tag /.test(of) ? names(Object.keys(question.perimeter.exclusionTags.principal)) || statementsOf(before).every((one) => one['Effect'] === 'Allow')
      // What hangs on a resource stands for whoever was granted that.
      : /partner/.test(of) ? question.kind === 'resource' || question.perimeter.partners.some((one) => names([...one.accounts, ...one.reachable, ...Array.isArray(one.externalIds) ? one.externalIds as readonly string[] : []]))
        : /AWS-owned/.test(of) ? (isOfAwsToo(question) && (of === ownedByAws || prefixOf(question) === 's3')) || isNamed(kind)
        // What the definition admits unsigned comes through the endpoints of its services, whatever these name.
        : /unsigned/.test(of) ? (question.kind === 'vpc-endpoint' && /^unsigned (?:calls|reads of public)/.test(of)) || statements.some((one) => asList(one['Resource']).some((arn) => /^arn:[^:]*:s3:::[^*]/.test(String(arn)))) : true;
  const lost = certify(question, [{ policy: parsed(after), inside: inside.filter(isMeant).map((one) => /AWS-owned/.test(one.of) && !isNamed(one.policy) ? ofNobodyNamed(one, text) : one) }]).lost;
  return [...new Set([...lost, ...objective === 'deputies' ? [] : [...lostOfServices(question, before, after), ...lostOfProviders(question, before, after)], ...objective === 'resources' ? lostOfUntold(question, before, after) : []].map(({ of }) => of))];
}

/** What AWS owns is neither of the organizations nor of the accounts that a policy lists: a stranger in a list is no sign of it. Nor is a call that an AWS service makes for somebody: what mine use of it they call themselves. */
const ofNobodyNamed = ({ of, policy: kind }: Clause, text: string): Clause => butFor({ of, policy: kind }, { 'aws:ResourceOrgID': text.match(/\bo-[a-z0-9]{10,32}\b/g) ?? [], 'aws:ResourceAccount': text.match(/\b\d{12}\b/g) ?? [], 'aws:ViaAWSService': ['true'] });

/** Requests of a kind without those that carry one of some values. */
const butFor = ({ of, policy: kind }: Clause, values: Readonly<Record<string, readonly string[]>>): Clause => {
  const denied = parsePolicy({ Version: '2012-10-17', Statement: Object.entries(values).filter(([, some]) => some.length > 0).map(([key, some]) => ({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { [key]: some } } })) });
  return { of, policy: { ...kind, statements: [...kind.statements, ...denied.statements.map((one, i) => ({ ...one, at: `/Statement/${i + 1}` }))] } };
};

/** Whether there is a request of a kind. */
export const isAny = (question: Question, kind: Formula): boolean => compare(question, or(), kind).added.kind !== 'nothing';
/** Whether a document lets in anybody of some. */
export const isMet = (question: Question, whom: Formula, document: Document): boolean => isAny(question, and(whom, formulaOf({ ...question, policy: parsed(document) })));

/** Whatever is done with resources that Allows name: by ARNs that leave neither the account nor the whole name open. */
const onNamed = (statements: readonly Statement[]): Policy => parsePolicy({ Version: '2012-10-17', Statement: {
  Effect: 'Allow', Principal: '*', Action: '*', Resource: statements.flatMap((one) => one['Effect'] === 'Allow' ? asList(one['Resource']) : []).filter((arn) => /^arn:[^:]*:[^:*]+:[^:]*:[^:*]*:[^*]/.test(String(arn))),
} });

/** Whether a statement lets in whoever acts for some accounts, which services alone tell. */
const isForSources = (statement: Statement): boolean => statement['Effect'] === 'Allow' && servicesNamed(statement).length === 0 && /aws:Source(?:Account|Arn|Org)/i.test(JSON.stringify(statement['Condition'] ?? {}));

/** Whether a policy is about what AWS owns as well as about mine; of that S3 alone is read unsigned. */
const isOfAwsToo = ({ kind }: Question): boolean => kind === 'vpc-endpoint' || kind === 'identity' || kind === 'scp';
const ownedByAws = 'AWS-owned resources';
/** Whether a statement lets in everything, as the policy does that AWS gives an endpoint. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const isOfAll = ({ Effect, Principal, Action, Resource, Condition }: Statement): boolean => Effect === 'Allow' && [Principal, Action, Resource].every((one) => asList(one).join() === '*') && Condition === undefined;

const isOfServices = (of: string): boolean => /AWS services|Roles Anywhere/.test(of);

/** The issuer of a kind of tokens, as far as no pattern stands for it. */
const issuerIn = (of: string): string => of.endsWith('identity pools') ? 'cognito-identity.amazonaws.com' : of.split(' ').at(-1)!.split('*', 1)[0]!;

/** What services lose that Allows name: those are let in on purpose, whatever is meant by others. */
function lostOfServices(question: Question, before: Document, after: Document): readonly Loss[] {
  const { perimeter } = question;
  const services = statementsOf(before).flatMap(servicesNamed).filter((one) => isServiceOfMine(perimeter, one));
  if (services.length === 0) return [];
  const forServices = (document: Document, held: (one: Statement) => Statement = (one) => one): Policy =>
    parsePolicy({ ...document, Statement: statementsOf(document).flatMap((one) => one['Effect'] === 'Deny' ? [one] : servicesNamed(one).length > 0 ? [held(one)] : []) });
  const inside = insideCallers({ ...perimeter, services }, placeOf(question)).filter(({ of }) => isOfServices(of));
  // A list of names holds others than the one that is named, who come through `*` beside it.
  return certify({ ...question, policy: forServices(before, (one) => ({ ...one, Principal: { Service: servicesNamed(one) } })) }, [{ policy: forServices(after), inside }]).lost;
}
/** What assertions lose of providers of mine that Allows name, and tokens of issuers that may be mine where the definition lists none; of issuers with many tenants those of which nobody is left. */
function lostOfProviders(question: Question, before: Document, after: Document): readonly Pick<Loss, 'of'>[] {
  if (question.kind !== 'trust') return [];
  const { identityProviders } = question.perimeter;
  const listed = (identityProviders ?? []).flatMap((one) => one.kind === 'saml' ? [one.arn] : []);
  const isMine = (name: string): boolean => isOfMine(question, name) && (/:saml-provider\//.test(name) ? listed.length === 0 || listed.some((one) => matches(one, name)) : identityProviders === undefined && tenancyClaims(issuerOf(name)) === undefined);
  const providers = statementsOf(before).flatMap((one) => named(one, 'Federated')).filter(isMine);
  return [...certify({ ...question, policy: parsed(before) }, [{ policy: parsed(after), inside: presenting(providers) }]).lost, ...lostOfUnlisted(question, before, after)];
}
/** A list of providers that lacks one may be meant to, but for whom a statement pins. Whoever removes a provider by name sees that it goes. */
function lostOfUnlisted(question: Question, before: Document, after: Document): readonly Clause[] {
  const isMeant = (one: string, statement: Statement): boolean => tenancyClaims(issuerOf(one)) !== undefined && (question.perimeter.identityProviders === undefined || isPinned(statement, issuerOf(one)));
  const providers = statementsOf(after).flatMap((one) => one['Effect'] === 'Deny' ? [] : unlistedIn(question, one).filter((name) => isMeant(name, one)));
  return presenting([...new Set(providers)]).filter((one) => isMet(question, policy(one.policy), before) && !isMet(question, policy(one.policy), after));
}

const named = (statement: Statement, wanted: string): string[] => statement['Effect'] === 'Deny' ? [] : principalsOf(statement).flatMap(([type, names]) => type === wanted ? names.map(String) : []);
/** Services that an Allow names. */
export const servicesNamed = (statement: Statement): string[] => named(statement, 'Service');

/** Whether a kind of requests is of my own principals or resources, not of services and partners. */
export const isOwn = ({ of }: Pick<Clause, 'of'>): boolean => /^(?:members|principals|resources|known accounts|my principals) /.test(of);

/** Whether a kind of requests is of my own principals as they come from networks of mine. */
export const isFromMine = (of: string): boolean => of === inNetworks || of === fromAddresses;
const [inNetworks, fromAddresses] = ['my principals in networks of mine', 'my principals from addresses of mine'];

/** What is lost, as a change's text goes on. */
export const keepingOut = (cost: readonly string[]): string => cost.length === 0 ? '' : `; that keeps out ${cost.join(', ')}, too`;

/** What is lost, as it weighs against others: losing any of my own more than losing all besides. */
export const weightOf = (cost: readonly string[]): number => cost.length + cost.filter((of) => isOwn({ of })).length * 100;

/** My own principals, whatever they do. */
export const ownCallers = (question: Question): readonly Clause[] => insideCallers(question.perimeter, placeOf(question)).filter(isOwn);

/** Requests for whose sake a policy stands, kind by kind. */
export function insideOf(question: Question, objective: Objective): readonly Clause[] {
  const { perimeter } = question;
  const place = placeOf(question);
  switch (objective) {
    case 'principals': return insideCallers(perimeter, place).map((one) => apartFromPartners(question, one));
    case 'resources': return insideResources(perimeter, place);
    // Of services those that act for somebody of mine; whichever they are.
    case 'deputies': return [...insideCallers({ ...perimeter, services: [] }, place), ...actingForMine(question)];
    // Whoever of mine comes from elsewhere is to be kept out.
    case 'networks': return [...insideCallers(perimeter, place).filter(({ of }) => !/^(members|principals|known accounts) /.test(of)), ...fromNetworksOfMine(question)];
  }
}

const placeOf = (question: Question): Place => ({ kind: question.kind, account: question.account, region: regionOf(question), service: prefixOf(question) });
/** The Region of the resource, or that the service's name or the policy holds, for AWS-owned resources are of one. */
const regionOf = ({ resource, service = '', policy: of }: Question): string => resource?.split(':')[3] || (regionNamed(service) ?? regionNamed(JSON.stringify(of)) ?? 'us-east-1');

/** Where the definition does not list my accounts, any but a partner's may be of my organization, and no partner is. */
function apartFromPartners({ perimeter: { partners, organizations } }: Question, { of, policy }: Clause): Clause {
  const [key, values] = /^members /.test(of) ? ['aws:PrincipalAccount', partners.flatMap((one) => one.accounts)] : /^(?:what )?partner /.test(of) ? ['aws:PrincipalOrgID', organizations] : ['', []];
  return butFor({ of, policy }, { [key]: values });
}

/** Principals of mine as they come from networks of mine, or from none. */
function fromNetworksOfMine({ perimeter: { organizations, standaloneAccounts, networks, exclusionTags }, account, policy }: Question): Clause[] {
  const accounts = organizations.length > 0 ? standaloneAccounts : [...new Set([account, ...standaloneAccounts])];
  const ofVpcs = Object.entries({ 'aws:SourceVpc': networks.vpcs, 'aws:SourceVpce': networks.vpcEndpoints, 'aws:VpceOrgID': networks.organization ? organizations : [] }).filter(([, values]) => values.length > 0);
  const [noVpc, direct] = [{ Null: { 'aws:SourceVpc': 'true', 'aws:SourceVpce': 'true' } }, { BoolIfExists: { 'aws:ViaAWSService': 'false' } }];
  // One range of AWS's stands for all. Whoever carries a tag that a Deny spares may come from anywhere. https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
  const tags = policy.statements.flatMap((one) => one.conditions).flatMap(({ key }) => /^aws:principaltag\//i.test(key) ? [[key, 'true']] : []);
  const fromAws = { IpAddress: { 'aws:SourceIp': '52.94.76.0/22' }, Null: { ...noVpc.Null, ...Object.fromEntries(tags) } };
  const ways: [of: string, conditions: object][] = [
    ...ofVpcs.length === 0 ? [] : [[inNetworks, { StringLike: Object.fromEntries(ofVpcs), Null: { 'aws:SourceIp': 'true' }, ...direct }] as [string, object]],
    ...networks.cidrs.length === 0 ? [] : [[fromAddresses, { IpAddress: { 'aws:SourceIp': networks.cidrs }, ...noVpc, ...direct }] as [string, object]],
    ['calls that services make for my principals', { Bool: { 'aws:ViaAWSService': 'true' }, ...fromAws }],
    ...Object.entries(exclusionTags.principal).map(([tag, value]) => [`my principals with the tag \`${tag}\``, { StringLike: { [`aws:PrincipalTag/${tag}`]: value } }] as [string, object]),
    ['roles of AWS\'s services', { ArnLike: { 'aws:PrincipalArn': rolesOfServices }, ...fromAws }],
  ];
  const whose = [...organizations.length === 0 ? [] : [{ 'aws:PrincipalOrgID': organizations }], ...accounts.length === 0 ? [] : [{ 'aws:PrincipalAccount': accounts }]];
  return ways.flatMap(([of, conditions]) => whose.map((StringEquals): Clause => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { ...conditions, StringEquals } }] }) })));
}

/** Services whose source is in an account of mine, by its ARN, too, where that tells. */
function actingForMine({ perimeter: { organizations, accounts = [], standaloneAccounts }, account }: Question): Clause[] {
  const acting = (of: readonly string[], test: object): Clause => ({ of: 'AWS services that act for you', policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: {
    Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringEquals: { 'aws:SourceAccount': of, ...test }, ArnLikeIfExists: { 'aws:SourceArn': ['', ...of].map((one) => `arn:*:*:*:${one}:*`) },
  } }] }) });
  return [...organizations.length === 0 ? [] : [acting([account, ...accounts], { 'aws:SourceOrgID': organizations })], ...standaloneAccounts.length === 0 ? [] : [acting(standaloneAccounts, {})]];
}
