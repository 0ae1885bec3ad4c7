import { statementsOf, type Document, type Statement } from '../../core/policy-document.ts';
import { serviceNames } from '../../core/services.ts';
import type { Perimeter } from '../../policy/index.ts';
import type { Candidate, Opening } from './narrow.ts';

const GUARD_SID = 'DataPerimeterGuard';
const ANCHOR_SID = 'DataPerimeterAnchors';

/**
 * A Deny of sts:AssumeRole to everybody outside, behind the statements as they are. Never of the calls of federated users, which carry no
 * organization, and never of AWS services: a key that is missing makes a negated operator true, so both would be locked out.
 * The role's own account is spared by its id, for it carries no organization once it has left one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function* guards(opening: Opening): Generator<Candidate> {
  const { question: { perimeter, account }, document, cost } = opening;
  const made = (accounts: readonly string[]): Document => withStatement(document, guard(perimeter, accounts));
  let spared = [...new Set([account, ...perimeter.standaloneAccounts, ...perimeter.partners.filter(({ externalIds }) => externalIds !== undefined).flatMap((one) => one.accounts)])];
  const least = cost(made(spared)).lost.length;
  // As few as keep the inside: each is a hole in the guard that somebody must account for.
  for (const other of spared.slice(1).reverse()) {
    const fewer = spared.filter((one) => one !== other);
    if (cost(made(fewer)).lost.length <= least) spared = fewer;
  }
  const text = `deny sts:AssumeRole to all but ${perimeter.organizations.length === 0 ? '' : 'the organization, '}AWS services and account${spared.length === 1 ? '' : 's'} ${spared.join(', ')}, in a statement at the end`;
  yield { text, document: made(spared) };
  const anchors = (perimeter.identityProviders ?? []).flatMap((one) => one.kind === 'trust-anchors' ? one.arns : []);
  if (anchors.length > 0) yield { text: `${text}, and to IAM Roles Anywhere from trust anchors that are not mine in another`, document: withStatement(made(spared), anchorGuard(anchors.filter((arn) => arn.split(':')[4] === account))) };
}

/** IAM Roles Anywhere calls as a service, in the name of a trust anchor of the role's account. https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html */
const anchorGuard = (mine: readonly string[]): Statement => ({
  Sid: ANCHOR_SID, Effect: 'Deny', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: 'sts:AssumeRole',
  ...mine.length === 0 ? {} : { Condition: { ArnNotEquals: { 'aws:SourceArn': some(mine) } } },
});

const some = (values: readonly string[]): string | readonly string[] => values.length === 1 ? values[0]! : values;

function guard({ organizations, organizationPaths: paths, services }: Perimeter, accounts: readonly string[]): Statement {
  return {
    Sid: GUARD_SID, Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole',
    Condition: {
      StringNotEquals: {
        ...organizations.length === 0 || paths.length > 0 ? {} : { 'aws:PrincipalOrgID': some(organizations) },
        'aws:PrincipalAccount': some(accounts),
      },
      ...paths.length === 0 ? {} : { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': some(paths) } },
      ...services === 'any' ? { Bool: { 'aws:PrincipalIsAWSService': 'false' } } : { 'ForAllValues:StringNotEquals': { [serviceNames]: some(services) } },
    },
  };
}

/** A statement in the place of the one with its `Sid`, else at the end. */
function withStatement(document: Document, made: Statement): Document {
  const all = statementsOf(document);
  const isKnown = all.some((one) => one['Sid'] === made['Sid']);
  return { ...document, Statement: isKnown ? all.map((one) => one['Sid'] === made['Sid'] ? made : one) : [...all, made] };
}
