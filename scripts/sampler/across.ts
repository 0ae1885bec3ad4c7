import type { QuestionKind } from '../../policy/index.ts';
import type { Random } from '../bench/random.ts';
import { accounts, foreign, mine, own, partner, stranger } from './cast.ts';
import { randomDocument, type Document, type Statement } from './documents.ts';
import { blurred } from './meet.ts';
import { arnOf, services } from './services.ts';

/** Patterns of resources across services, Regions, accounts and partitions, as people write them. */
export function anyResource(random: Random, about: string): string {
  const { pick } = random;
  const service = services[about]!.prefix;
  const account = pick([own, own, pick(accounts), '*']);
  const partition = pick(['aws', 'aws', '*', 'aws-cn', 'aws*']);
  return pick([
    `arn:${partition}:*:*:${account}:*`, `arn:${partition}:${service}:*:*:*`, `arn:${partition}:${service}:*`, `arn:${partition}:${service}:*:${account}:*`, `*:${account}:*`, `arn:${partition}:*:${pick(['eu-west-1', 'eu-*'])}:*`, `arn:*:${service.slice(0, 2)}*:*:${account}:*`,
    `arn:${partition}:s3:::*`, `arn:${partition}:s3:::*-logs/*`, `arn:${partition}:s3:::acme-*`, `arn:${partition}:s3:::*-${account}-*-an`, `arn:${partition}:s3:::*-${account}-*-an/*`, `arn:${partition}:s3:*:${account}:accesspoint/*`, `arn:${partition}:s3::${account}:accesspoint/*`, `arn:${partition}:s3:::data-\${aws:PrincipalAccount}-*`, 'arn:aws:s3:::${aws:PrincipalTag/Team}*',
    `arn:${partition}:ec2:*::image/*`, `arn:${partition}:ec2:*::snapshot/*`, `arn:${partition}:ec2:*:*:*`, `arn:${partition}:ec2:*:${account}:*`, `arn:${partition}:route53:::hostedzone/*`, `arn:${partition}:logs:*:${account}:log-group:*:*`, `arn:${partition}:kms:*:${account}:alias/*`, `arn:${partition}:lambda:*:${account}:function:*:*`, `arn:${partition}:iam::${account}:role/*`, 'arn:aws:*:*:${aws:PrincipalAccount}:*', `arn:aws:sqs:*:${pick([partner, stranger])}:*`, `*${pick([own, foreign, mine])}*`, `arn:${partition}:${service}:*:????????????:*`, `arn:${partition}:${service}:*-*:*:*`, `arn:${partition}:${service}::*:*`, `arn:${partition}:${service}:*::*`, blurred(random, arnOf(services[about]!, account, 'eu-west-1', pick(services[about]!.names))),
  ]);
}

/** A policy about several services, some of whose statements are about several of them. */
export function mixedDocument(random: Random, kind: QuestionKind, about: readonly string[]): Document {
  const { chance, pick } = random;
  const documents = about.map((one) => randomDocument(random, kind, one));
  const statements: Statement[] = [];
  for (const one of documents.flatMap(({ Statement: of }) => of)) {
    const at = statements.findIndex((other) => other.Effect === one.Effect && (['Action', 'NotAction', 'Resource', 'NotResource'] as const).every((element) => (element in other) === (element in one)));
    if (at >= 0 && chance(0.5)) statements[at] = joint(statements[at]!, one, pick([true, false])); else statements.push(one);
  }
  return { Version: documents[0]!.Version!, Statement: statements };
}
/** One statement about what two are about, under the conditions of one of them. */
const joint = (one: Statement, other: Statement, first: boolean): Statement => ({
  ...first ? one : other, ...Object.fromEntries((['Action', 'NotAction', 'Resource', 'NotResource'] as const).filter((element) => element in one).map((element) => [element, [...new Set([one[element], other[element]].flat())]])),
});
