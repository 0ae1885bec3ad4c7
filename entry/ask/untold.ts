import { certify } from '../../core/certificate.ts';
import { matches } from '../../core/exceptions.ts';
import type { Clause } from '../../core/inside.ts';
import { asList, statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { conditionsOf } from '../../core/statement-changes.ts';
import { parsePolicy, prefixOf, type Question } from '../../policy/index.ts';
import { untoldActions, untoldKeys, untoldServices } from '../../policy/tables/untold-owners.ts';
import { parsed } from './parsed.ts';

/** Actions of the question's service, or of any, whose requests tell no owner, as policies write them. */
const untoldOf = (question: Question): readonly string[] => {
  const prefix = prefixOf(question);
  return (prefix === undefined ? untoldServices : [prefix]).flatMap((one) => untoldActions(one).map((name) => `${one}:${name}`));
};

/** Whether requests of an action tell no owner. */
export function isUntold(action: string): boolean {
  const [prefix = ''] = action.split(':', 1);
  return untoldActions(prefix.toLowerCase()).some((name) => isLike(`${prefix}:${name}`, action));
}

/** Whether a statement allows nothing but that, of an endpoint whose service has nothing else whatever it allows. */
const isOfUntold = (question: Question, { Action }: Statement): boolean => untoldActions(prefixOf(question) ?? '').includes('*') || (Action !== undefined && asList(Action).every((one) => isUntold(String(one))));
/** Whether a statement asks whose the resource is though none of its requests tells: it would allow nothing. */
export const asksInVain = (question: Question, statement: Statement): boolean => isOfUntold(question, statement)
  && Object.entries(conditionsOf(statement)).some(([operator, keys]) => !/Not|IfExists|ForAllValues|Null/.test(operator) && Object.keys(keys).some((key) => untoldKeys.has(key.toLowerCase())));

/** ARNs of mine, and of what has no account in its ARN, which may be mine. */
const ownArns = ({ account }: Question): string[] => [`arn:*:*:*:${account}:*`, 'arn:*:ec2:*::snapshot/*', 'arn:*:ec2:*::image/*', 'arn:*:route53:::hostedzone/*'];

/** What my own account can do no longer with resources of mine, since what tells their owner is asked for; and Amazon's images, which are nobody's account's of mine. */
export function lostOfUntold(question: Question, before: Document, after: Document): readonly Pick<Clause, 'of'>[] {
  if (!/aws:Resource(?:Org|Account)/i.test(JSON.stringify(after))) return [];
  const isLost = (Action: readonly string[], Resource: readonly string[], condition: object): boolean => certify({ ...question, policy: parsed(before) }, [{ policy: parsed(after), inside: [{ of: '', policy: parsePolicy({
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource, Condition: { StringEquals: { 'aws:PrincipalAccount': question.account, ...condition }, Bool: { 'aws:PrincipalIsAWSService': 'false' }, BoolIfExists: { 'aws:ViaAWSService': 'false' } } }],
  }) }] }]).lost.length > 0;
  const named = untoldOf(question).filter((one) => isAllowed(before, one));
  const ofService = (prefix: string): string[] => named.filter((one) => one.startsWith(`${prefix}:`));
  const lost = untoldServices.map(ofService).filter((some) => some.length > 0 && isLost(some, ownArns(question), {})).flat();
  const isOfImages = launching.some((one) => isAllowed(before, one)) && [undefined, 'ec2'].includes(prefixOf(question)) && isLost(launching, ['arn:aws:ec2:*::image/*'], { 'ec2:Owner': 'amazon' });
  return [...lost.length === 0 ? [] : [{ of: `calls that tell no owner (${lost.slice(0, 3).join(', ')}${lost.length > 3 ? ` and ${lost.length - 3} more` : ''})` }], ...isOfImages ? [{ of: 'images of Amazon (a statement for `arn:aws:ec2:*::image/*` with `"ec2:Owner": "amazon"` lets those in)' }] : []];
}

/** What starts from an image. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
const launching = ['RunInstances', 'CreateFleet', 'ModifyFleet', 'RequestSpotFleet', 'RequestSpotInstances', 'CreateReplaceRootVolumeTask'].map((one) => `ec2:${one}`);

/** Whether some Allow takes in an action, or part of what stands for several. */
const isAllowed = (document: Document, action: string): boolean => statementsOf(document).some(({ Effect, Action, NotAction }) => Effect === 'Allow'
  && (Action === undefined ? !asList(NotAction).some((one) => isLike(String(one), action)) : asList(Action).some((one) => isLike(String(one), action) || isLike(action, String(one)))));
const isLike = (pattern: string, action: string): boolean => matches(pattern.toLowerCase(), action.toLowerCase());
