import type { QuestionKind } from '../../policy/index.ts';
import type { Random } from '../bench/random.ts';
import { anyResource } from './across.ts';
import { accounts, callerArns, foreign, mine, own, stranger, vpc } from './cast.ts';
import { issuers } from './issuers.ts';
import type { Key } from './keys.ts';
import { blurred } from './meet.ts';
import { namesNobody, principalElement, trusting } from './principals.ts';
import { arnOf, services } from './services.ts';
import { focusOf, joined, randomTest, separate, type Conditions } from './tests.ts';

export interface Statement { readonly Effect: 'Allow' | 'Deny'; readonly Condition?: Conditions; readonly [element: string]: unknown }
export interface Document { readonly Version?: string; readonly Statement: readonly Statement[] }

/** A random policy of a kind, about a service: of its own or like those that AWS recommends, with a mistake. */
export function randomDocument(random: Random, kind: QuestionKind, service: string): Document {
  const { below, chance, pick } = random;
  const issuer = pick(issuers);
  const focus = focusOf(random, service, issuer);
  const statements = kind === 'trust' && chance(0.5) ? [trusting(random, issuer.name)] : chance(0.45) ? pick(shapes)(random).map((one) => ofKind(random, kind, service, one)) : [randomStatement(random, kind, service, kind === 'rcp' ? 'Deny' : 'Allow', focus)];
  for (let i = below(3); i > 0; i--) {
    if (chance(0.5)) statements.push(randomStatement(random, kind, service, chance(0.6) ? 'Deny' : 'Allow', focus));
    else { const at = below(statements.length); statements[at] = changed(random, kind, service, statements[at]!, focus); }
  }
  return { Version: chance(0.92) ? '2012-10-17' : '2008-10-17', Statement: statements };
}

export function randomStatement(random: Random, kind: QuestionKind, service: string, effect: 'Allow' | 'Deny', focus: readonly Key[]): Statement {
  const { below, chance } = random;
  const tests = Array.from({ length: below(4) }, () => randomTest(random, service, focus));
  return { Effect: effect, ...principalElement(random, kind, effect, focus), ...actionElement(random, service, effect), ...resourceElement(random, kind, service), ...tests.length === 0 || (effect === 'Allow' && chance(0.25)) ? {} : { Condition: joined(tests) } };
}

function actionElement({ chance, pick, some }: Random, service: string, effect: string): object {
  const { actions } = services[service]!;
  if (service === 'sts') return { Action: pick<string | readonly string[]>(['sts:AssumeRole', 'sts:AssumeRole', 'sts:*', ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'sts:TagSession'], 'sts:AssumeRoleWithWebIdentity', 'sts:Assume*']) };
  if (chance(effect === 'Deny' ? 0.6 : 0.3)) return { Action: pick(['*', `${service}:*`]) };
  const named = pick([some(actions, 1, 2), [`${service}:Get*`], [pick(actions).toUpperCase()], [pick(actions)]]);
  return chance(0.14) ? { NotAction: chance(0.3) ? 'sts:*' : named } : { Action: named };
}

function resourceElement(random: Random, kind: QuestionKind, service: string): object {
  const { chance, pick, some } = random;
  const of = services[service]!;
  const { asked, names } = of;
  const arn = (account: string, region: string, name: string): string => arnOf(of, account, region, name);
  if (kind === 'trust') return {};
  if (chance(0.5)) return { Resource: '*' };
  const wide = (): string => anyResource(random, service);
  const listed = chance(0.15) ? [blurred(random, arn(pick(accounts), pick(['eu-west-1', '*']), pick(names)))] : chance(0.3) ? [wide(), ...chance(0.4) ? [wide()] : []] : some([asked, `${asked}/*`, `${asked}*`, arn(pick(accounts), '*', pick(names)), arn('*', '*', pick(names)), arn(pick(accounts), 'eu-west-1', pick(names).replace(/^([^:]*:[^:]*:).*/, '$1*')), blurred(random, arn(pick(accounts), pick(['eu-west-1', '*']), pick(names))), ...service === 's3' ? [`${asked}/home/\${aws:username}/*`, `${asked}/\${aws:PrincipalTag/Team}*`, `${asked}/home/\${aws:username}*`, `${asked}/shared/\${aws:PrincipalTag/Team}`, `${asked}/home/*`, `${asked}/\${aws:PrincipalTag/Team}/\${aws:PrincipalTag/Team}`, `${asked}/home/\${aws:PrincipalAccount}/*`, `${asked}/home/\${aws:PrincipalOrgID}/*`, `${asked}/home/${pick([stranger, foreign, '3333*', 'o-a*'])}/*`, `${asked}/AWSLogs/${pick([own, stranger, '${aws:SourceAccount}'])}/*`] : []], 1, 2);
  return chance(0.18) ? { NotResource: listed } : { Resource: listed };
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
  // What a tag says, held against caller and owner.
  ({ chance, pick }) => {
    const [caller, owner] = pick([['aws:PrincipalAccount', 'aws:ResourceAccount'], ['aws:PrincipalOrgID', 'aws:ResourceOrgID']] as const);
    const said = pick(['${aws:PrincipalTag/Team}', '${aws:PrincipalTag/Team}', '${aws:username}', '${aws:ResourceTag/Team}']);
    return [...chance(0.7) ? [everybody({ StringEquals: { 'aws:PrincipalOrgID': mine, 'aws:ResourceOrgID': mine } })] : [], everybody(joined([{ [pick(['StringEquals', 'StringNotEquals'])]: { [caller]: said } }, { StringEquals: { [owner]: said } }]))];
  },
  // What begins as another tag says.
  ({ pick }) => [everybody({ StringLike: { 'aws:PrincipalTag/Team': pick(['x*', 'team-*']), 'aws:PrincipalTag/Project': pick(['x*', 'team-*', '${aws:RequestTag/Team}']) } }), guarded({ [pick(['StringLike', 'StringNotLike'])]: { 'aws:PrincipalTag/Team': pick(['${aws:PrincipalTag/Project}', '${aws:PrincipalTag/Project}*', '*${aws:PrincipalTag/Project}*', 'x${aws:PrincipalTag/Project}*', '${aws:PrincipalTag/Project}?']) } })],
  ({ pick }) => [everybody({ [pick(['StringLike', 'ArnLike'])]: { 'aws:PrincipalArn': pick(['arn:aws:iam::*:user/eng/*', 'arn:aws:iam::*:user/*']) }, [pick(['StringEquals', 'StringNotEquals'])]: { 'aws:username': pick(['eve', '${aws:PrincipalTag/Team}']) } })],
  // By way of a service, or directly.
  ({ pick }) => [everybody({ [pick(['ForAnyValue:StringLike', 'ForAllValues:StringLike'])]: { 'aws:CalledVia': pick(['*', 'athena.amazonaws.com']) } }), guarded({ [pick(['Bool', 'Null', 'BoolIfExists'])]: { 'aws:ViaAWSService': pick(['true', 'false']) } })],
  ({ pick }) => [everybody({ [pick(['StringLike', 'StringEqualsIgnoreCase'])]: { 'aws:userid': pick([`${own}:*`, '3333*:*', '*3:jo', 'AROA*:jo']) } })],
  ({ pick }) => [everybody({ [pick(['NumericLessThan', 'NumericGreaterThan'])]: { 'aws:PrincipalAccount': pick(['500000000000', own]) }, [pick(['StringLike', 'StringNotLike'])]: { 'aws:PrincipalAccount': pick(['*7', '1*', '3${*}*']) } })],
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
