import type { Perimeter, Request } from '../policy/index.ts';
import { decides, type Place } from './claims.ts';
import type { Conditions } from './conditions.ts';
import type { Claim } from './template.ts';

/** ARNs of public images and snapshots name no account. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-resources-for-iam-policies */
export const imageArns = ['arn:aws:ec2:*::image/*', 'arn:aws:ec2:*::snapshot/*'];
/** Holds for those of Amazon, from which most machines are launched; no definition lists them. */
export const ofAmazon: Conditions = { StringEquals: { 'ec2:Owner': 'amazon' } };
export const notOfAmazon: Conditions = { StringNotEqualsIfExists: { 'ec2:Owner': 'amazon' } };

/** Single requests for images by a member of mine, of whom `caller` are the keys; a key tells the owner. */
export function aboutImages({ organizations, standaloneAccounts, exclusionTags }: Perimeter, place: Place, caller: Request['context'] = {}): readonly Claim[] {
  const launch = (context: Request['context']): Request => ({ principal: { kind: 'role', account: place.account, arn: `arn:aws:iam::${place.account}:role/app` }, action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0', context: { ...caller, ...context } });
  const [tag] = Object.entries(exclusionTags.principal);
  return [
    decides(place, 'images of others', launch({ 'aws:ResourceAccount': '999999999999', 'ec2:Owner': '999999999999' }), false), decides(place, 'images of Amazon', launch({ 'aws:ResourceAccount': '999999999999', 'ec2:Owner': 'amazon' }), true),
    ...organizations.map((id) => decides(place, `images of ${id}`, launch({ 'aws:ResourceOrgID': id }), true)), ...standaloneAccounts.map((id) => decides(place, `images of ${id}`, launch({ 'aws:ResourceAccount': id }), true)),
    ...tag === undefined ? [] : [decides(place, 'images of others to principals with an exclusion tag', launch({ 'aws:ResourceAccount': '999999999999', [`aws:PrincipalTag/${tag[0]}`]: tag[1] }), true)],
  ];
}
