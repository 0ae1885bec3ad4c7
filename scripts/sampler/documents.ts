import type { QuestionKind } from '../../policy/index.ts';
import type { Random } from '../bench/random.ts';
import { anyResource } from './across.ts';
import { accounts, callerArns, foreign, mine, own, partner, partnersOther, principals, services, stranger, vpc } from './cast.ts';
import { anchor, foreignAnchor, issuers, providerOf, rolesAnywhere } from './issuers.ts';
import { claimKeys, keys, type Key } from './keys.ts';

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
export interface Statement { readonly Effect: 'Allow' | 'Deny'; readonly Condition?: Conditions; readonly [element: string]: unknown }
export interface Document { readonly Version?: string; readonly Statement: readonly Statement[] }

const namesNobody = (kind: QuestionKind): boolean => kind === 'identity' || kind === 'scp';

/** A random policy of a kind, about a service: of its own or like those that AWS recommends, with a mistake. */
export function randomDocument(random: Random, kind: QuestionKind, service: string): Document {
  const { below, chance, pick } = random;
  // Tests on the same keys are those that interact.
  const issuer = pick(issuers).name;
  const focus = chance(0.6) ? Array.from({ length: 1 + below(2) }, () => service === 'sts' && chance(0.4) ? pick(claimKeys(issuer, 1)) : randomKey(random, service)) : [];
  const statements = kind === 'trust' && chance(0.5) ? [trusting(random, issuer)] : chance(0.45) ? pick(shapes)(random).map((one) => ofKind(random, kind, service, one)) : [randomStatement(random, kind, service, kind === 'rcp' ? 'Deny' : 'Allow', focus)];
  for (let i = below(3); i > 0; i--) {
    if (chance(0.5)) statements.push(randomStatement(random, kind, service, chance(0.6) ? 'Deny' : 'Allow', focus));
    else { const at = below(statements.length); statements[at] = changed(random, kind, service, statements[at]!, focus); }
  }
  return { Version: chance(0.92) ? '2012-10-17' : '2008-10-17', Statement: statements };
}

export function randomStatement(random: Random, kind: QuestionKind, service: string, effect: 'Allow' | 'Deny', focus: readonly Key[]): Statement {
  const { below, chance } = random;
  const tests = Array.from({ length: below(4) }, () => randomTest(random, service, focus));
  return { Effect: effect, ...principalElement(random, kind, effect), ...actionElement(random, service, effect), ...resourceElement(random, kind, service), ...tests.length === 0 || (effect === 'Allow' && chance(0.25)) ? {} : { Condition: joined(tests) } };
}

export const joined = (tests: readonly Conditions[]): Conditions => tests.reduce((all, one) => {
  const [[operator, of]] = Object.entries(one) as [[string, Conditions[string]]];
  return { ...all, [operator]: { ...all[operator], ...of } };
}, {});

const randomKey = ({ below }: Random, service: string): Key => {
  const possible = keys.filter((one) => one.of === undefined || one.of.includes(service));
  let left = below(possible.reduce((sum, one) => sum + one.weight, 0));
  return possible.find((one) => (left -= one.weight) < 0)!;
};

function randomTest(random: Random, service: string, focus: readonly Key[]): Conditions {
  const { chance, pick } = random;
  const key = focus.length > 0 && chance(0.5) ? pick(focus) : randomKey(random, service);
  const name = chance(0.9) ? key.name : pick([key.name.toLowerCase(), key.name.toUpperCase()]);
  if (chance(0.08)) return { Null: { [name]: pick(['true', 'false']) } };
  const operator = pick(key.operators);
  const quantifier = chance(key.isList === true ? 0.75 : 0.04) ? pick(['ForAnyValue:', 'ForAllValues:']) : '';
  const isText = /^(String|Arn)/i.test(operator);
  const value = (): string => isText && key.variables !== undefined && chance(0.2) ? pick(key.variables) : isText ? alike(random, key.value(random), /Like|^Arn/.test(operator)) : key.value(random);
  const values = Array.from({ length: pick([1, 1, 1, 2, 3]) }, value);
  return { [`${quantifier}${operator}${chance(0.22) ? 'IfExists' : ''}`]: { [name]: values.length === 1 ? values[0]! : values } };
}

/** A value or one near it: with wildcards, in another case, one character off, longer. */
function alike({ below, chance, pick }: Random, value: string, wildcards: boolean): string {
  if (chance(0.65)) return value;
  const at = below(value.length);
  const [before, after] = [value.slice(0, at), value.slice(at + 1)];
  return pick(wildcards ? [`${before}*`, `${before}?${after}`, `${before}*${after}`, `*${after}`, value.toUpperCase(), `${value}*`] : [value.toUpperCase(), `${before}x${after}`, `${value}x`, `${before}1${after}`]) || value;
}

function principalElement(random: Random, kind: QuestionKind, effect: string): object {
  const { chance } = random;
  if (namesNobody(kind)) return {};
  if (kind === 'rcp' || (effect === 'Deny' && chance(0.7)) || chance(0.35)) return { Principal: chance(0.85) ? '*' : { AWS: '*' } };
  const element = effect === 'Deny' && kind !== 'trust' && chance(0.5) ? 'NotPrincipal' : 'Principal';
  return { [element]: principalsNamed(random, kind) };
}
function principalsNamed({ pick, chance, some }: Random, kind: QuestionKind): object {
  const arn = (): string => { const account = pick(accounts); return pick([account, account, `arn:aws:iam::${account}:root`, ...callerArns(account), `arn:aws:sts::${account}:assumed-role/app/jo`]); };
  const federated = (): string => pick([...issuers.map(({ name }) => providerOf(name, pick([own, own, own, ...accounts]))), `arn:aws:iam::${own}:saml-provider/Okta`, `arn:aws:iam::${pick(accounts)}:saml-provider/Other`]);
  const listed = (one: () => string): string | string[] => { const length = pick([1, 1, 2, 3]); return length === 1 ? one() : Array.from({ length }, one); };
  const kinds = some(['AWS', 'AWS', 'Service', ...kind === 'trust' || chance(0.2) ? ['Federated'] : []], 1, 3);
  return Object.fromEntries(kinds.map((one) => [one, one === 'AWS' ? (chance(0.12) ? '*' : listed(arn)) : one === 'Service' ? some(principals, 1, 2) : listed(federated)]));
}

/** A statement of a trust policy as AWS recommends it for somebody who comes with a token, an assertion, a certificate or an external id. */
function trusting(random: Random, issuer: string): Statement {
  const { chance, pick, some } = random;
  const allow = (principal: object, action: string | readonly string[], tests: readonly Conditions[]): Statement => ({ Effect: 'Allow', Principal: principal, Action: chance(0.15) ? 'sts:*' : action, ...tests.length === 0 ? {} : { Condition: joined(tests) } });
  const tested = claimKeys(issuer, 1);
  return pick<() => Statement>([
    () => allow({ Federated: chance(0.9) ? providerOf(issuer) : [providerOf(issuer), providerOf(pick(issuers).name)] }, pick(['sts:AssumeRoleWithWebIdentity', ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']]), Array.from({ length: pick([0, 1, 1, 2, 2]) }, () => randomTest(random, 'sts', tested))),
    () => allow({ Federated: some([`arn:aws:iam::${own}:saml-provider/Okta`, `arn:aws:iam::${pick(accounts)}:saml-provider/Okta`], 1, 2) }, 'sts:AssumeRoleWithSAML', [{ StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }]),
    () => allow({ AWS: pick<string | readonly string[]>([partner, [partner, partnersOther], `arn:aws:iam::${partner}:root`, `arn:aws:iam::${partner}:role/app`, '*']) }, 'sts:AssumeRole', [{ [pick(['StringEquals', 'StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'StringEqualsIfExists'])]: { 'sts:ExternalId': pick([['12345'], ['12345', 'Ext-Id'], ['67890'], ['123*']]) } }]),
    () => allow({ Service: rolesAnywhere }, ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], chance(0.2) ? [] : [{ [pick(['ArnEquals', 'ArnLike', 'StringEquals', 'ArnNotEquals'])]: { 'aws:SourceArn': pick([anchor, foreignAnchor, `arn:aws:rolesanywhere:*:${own}:trust-anchor/*`]) } }]),
  ])();
}

function actionElement({ chance, pick, some }: Random, service: string, effect: string): object {
  const { actions } = services[service]!;
  if (service === 'sts') return { Action: pick<string | readonly string[]>(['sts:AssumeRole', 'sts:AssumeRole', 'sts:*', ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'sts:TagSession'], 'sts:AssumeRoleWithWebIdentity', 'sts:Assume*']) };
  if (chance(effect === 'Deny' ? 0.6 : 0.3)) return { Action: pick(['*', `${service}:*`]) };
  const named = pick([some(actions, 1, 2), [`${service}:Get*`], [pick(actions).toUpperCase()], [pick(actions)]]);
  return chance(0.08) ? { NotAction: named } : { Action: named };
}

function resourceElement(random: Random, kind: QuestionKind, service: string): object {
  const { chance, pick, some } = random;
  const { asked, arn, names } = services[service]!;
  if (kind === 'trust') return {};
  if (chance(0.5)) return { Resource: '*' };
  const wide = (): string => anyResource(random, service);
  const listed = chance(0.3) ? [wide(), ...chance(0.4) ? [wide()] : []] : some([asked, `${asked}/*`, `${asked}*`, arn(pick(accounts), '*', pick(names)), arn('*', '*', pick(names)), arn(pick(accounts), 'eu-west-1', '*'), ...service === 's3' ? [`${asked}/home/\${aws:username}/*`, `${asked}/\${aws:PrincipalTag/Team}/\${aws:PrincipalTag/Team}`, `${asked}/home/\${aws:PrincipalAccount}/*`, `${asked}/home/\${aws:PrincipalOrgID}/*`, `${asked}/home/${pick([stranger, foreign, '3333*', 'o-a*'])}/*`, `${asked}/AWSLogs/${pick([own, stranger, '${aws:SourceAccount}'])}/*`] : []], 1, 2);
  return chance(0.15) ? { NotResource: listed } : { Resource: listed };
}

const everybody = (Condition?: Conditions): Statement => ({ Effect: 'Allow', ...Condition === undefined ? {} : { Condition } });
const guarded = (Condition: Conditions): Statement => ({ Effect: 'Deny', Condition });
/** Shapes that AWS publishes, each with a choice at which policies go wrong. */
const shapes: readonly ((random: Random) => readonly Statement[])[] = [
  ({ pick }) => [everybody(), guarded({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': mine }, [pick(['Bool', 'BoolIfExists'])]: { 'aws:PrincipalIsAWSService': 'false' } })],
  ({ pick }) => [everybody(), guarded({ [pick(['StringNotEquals', 'StringNotEqualsIfExists'])]: { 'aws:ResourceOrgID': pick([mine, '${aws:PrincipalOrgID}']) } })],
  ({ pick }) => [everybody(), guarded({ NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' }, [pick(['StringNotEquals', 'StringNotEqualsIfExists'])]: { 'aws:SourceVpc': vpc }, Bool: { 'aws:ViaAWSService': 'false' } })],
  ({ pick }) => [everybody(), guarded({ StringNotEqualsIfExists: { 'aws:SourceOrgID': mine }, [pick(['Null', 'StringEquals'])]: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' } })],
  ({ pick }) => [everybody(), guarded({ [pick(['ForAllValues:StringNotLike', 'ForAnyValue:StringNotLike', 'ForAllValues:StringNotLikeIfExists'])]: { 'aws:PrincipalOrgPaths': `${mine}/r-ab12/ou-ab12-11111111/*` } })],
  ({ pick }) => [everybody({ [pick(['StringEquals', 'StringLike', 'StringEqualsIfExists'])]: { 'aws:PrincipalOrgID': mine, 'aws:ResourceOrgID': mine } })],
  ({ pick }) => [everybody({ StringEquals: { 'aws:SourceAccount': pick([own, stranger]) }, ArnLike: { 'aws:SourceArn': pick(['arn:aws:s3:::acme-*', `arn:aws:sns:*:${own}:*`]) } })],
  ({ pick }) => [everybody({ StringEquals: { 'aws:PrincipalAccount': pick(['${aws:ResourceAccount}', own]) } }), guarded({ StringNotEquals: { 'aws:VpceAccount': '${aws:PrincipalAccount}' } })],
  ({ pick }) => [everybody({ StringEquals: { 'aws:PrincipalTag/Team': '${aws:ResourceTag/Team}' } }), guarded({ [pick(['StringNotEquals', 'ArnNotLike'])]: { 'aws:PrincipalArn': pick(callerArns(own)) } })],
];
const ofKind = (random: Random, kind: QuestionKind, service: string, { Effect, Condition }: Statement): Statement => ({
  Effect, ...namesNobody(kind) ? {} : { Principal: '*' }, ...kind === 'trust' ? { Action: 'sts:AssumeRole' } : { Action: random.pick(['*', `${service}:*`]), Resource: '*' }, ...Condition === undefined ? {} : { Condition },
});

/** A statement with one thing changed. */
function changed(random: Random, kind: QuestionKind, service: string, of: Statement, focus: readonly Key[]): Statement {
  const { chance, pick } = random;
  const operators = Object.keys(of.Condition ?? {});
  if (operators.length === 0 || chance(0.3)) return { ...of, Condition: joined([...separate(of), randomTest(random, service, focus)]) };
  if (chance(0.25)) { const { Principal: _1, NotPrincipal: _2, ...rest } = of; return { ...rest, ...principalElement(random, kind, of.Effect) } as Statement; }
  const tests = separate(of);
  const at = tests.indexOf(pick(tests));
  const [[operator, test]] = Object.entries(tests[at]!) as [[string, Conditions[string]]];
  const otherwise = pick([operator.endsWith('IfExists') ? operator.slice(0, -8) : operator === 'Null' ? operator : `${operator}IfExists`, /^(String|Arn)Not/.test(operator) ? operator.replace('Not', '') : operator.replace(/^(String|Arn)(?!Not)/, '$1Not')]);
  return { ...of, Condition: joined(chance(0.3) ? tests.filter((_, i) => i !== at) : tests.map((one, i) => i === at ? { [otherwise]: test } : one)) };
}
/** The conditions of a statement, one key under one operator each. */
export const separate = ({ Condition = {} }: Statement): Conditions[] => Object.entries(Condition).flatMap(([operator, tests]) => Object.entries(tests).map(([key, values]) => ({ [operator]: { [key]: values } })));
