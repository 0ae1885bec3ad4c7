import { testOn } from '../conditions.ts';
import { kept } from '../kept.ts';
import { actionsOperator } from '../operators.ts';
import { ACTION } from '../parse.ts';
import { literal, patternOf, type Wildcard } from '../pattern.ts';
import { present, type Domain, type TextTest } from '../search/region.ts';
import { actionsOf } from '../tables/actions.ts';
import { untoldActions } from '../tables/untold-owners.ts';
import type { World } from './world.ts';

export interface Acts {
  readonly prefix: string;
  readonly domain: Domain;
  readonly takesResource: boolean;
  /** Whether requests may leave out whose resource it is. */
  readonly isUntold?: boolean;
  /** Whether the service authorization data know no resource that they take. */
  readonly isUntyped?: boolean;
  /** Whether they are done in the caller's own account alone. */
  readonly isOfItself?: boolean;
}
/** Those of them that pass a test, or do not. */
export const amongActs = (acts: Acts, test: TextTest): Acts => ({ ...acts, domain: { ...acts.domain, tests: [...acts.domain.tests ?? [], test] } });

const letter: Wildcard = { of: 'letter', times: 'one' };
const letters: Wildcard = { of: 'alphanumeric', times: 'many' };

/** Actions of a service: those that take a resource, existing ones first, and those that support no resource type. */
export const actsOf = kept((prefix): readonly Acts[] => {
  const { withResource, withoutResource, takesNone } = actionsOf(prefix);
  const any = patternOf(`${prefix}:`, letter, letters);
  if (takesNone) return [{ prefix, takesResource: false, domain: present({ forms: [any], liked: withoutResource }) }];
  const none = { test: testOn(ACTION, actionsOperator, withoutResource), want: false };
  const acts: Acts[] = [{ prefix, takesResource: true, domain: present({ forms: [any], tests: withoutResource.length > 0 ? [none] : [], liked: withResource }) }];
  return withoutResource.length === 0 ? acts : [...acts, { prefix, takesResource: false, domain: present({ forms: withoutResource.map(literal) }) }];
});

/**
 * Those that support no resource type, as far as the policies name them one by one: some policies rule them by ARNs all the same, as the list of one's buckets by `arn:aws:s3:::*`.
 * https://docs.aws.amazon.com/codeartifact/latest/ug/domain-policies.html (CreateRepository), https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html (GetBootstrapBrokers),
 * https://docs.aws.amazon.com/cognito/latest/developerguide/vpc-interface-endpoints.html (InitiateAuth), https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example1.html (ListAllMyBuckets)
 */
export function actsNamed({ policies }: World, prefix: string): readonly Acts[] {
  const unresourced = namesWithout(prefix);
  if (unresourced.size === 0) return NONE;
  const names = new Set<string>();
  for (const { statements } of policies) for (const { actions } of statements) for (const { literal: text } of actions.test.patterns) {
    const name = text === undefined ? undefined : unresourced.get(text.toLowerCase());
    if (name !== undefined) names.add(name);
  }
  return names.size === 0 ? NONE : [{ prefix, takesResource: true, isUntyped: true, domain: present({ forms: [...names].map(literal) }) }];
}
const NONE: readonly never[] = [];
/** By the name in lower case. */
const namesWithout = kept((prefix): ReadonlyMap<string, string> => new Map(actionsOf(prefix).withoutResource.map((one) => [one.toLowerCase(), one])));

/** Those of a service that may leave out whose resource it is. */
export const untoldActsOf = kept((prefix): readonly Acts[] => {
  const names = untoldActions(prefix);
  return names.length === 0 ? [] : [{ prefix, takesResource: true, isUntold: true, domain: names.includes('*') ? actsOf(prefix)[0]!.domain : present({ forms: names.map((one) => literal(`${prefix}:${one}`)) }) }];
});

/**
 * What takes resources that STS has itself: sessions of federated users and one's own, which are of the caller's account.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export const ownSts: Acts = { prefix: 'sts', takesResource: true, isOfItself: true, domain: present({ forms: ['GetFederationToken', 'SetContext'].map((one) => literal(`sts:${one}`)) }) };

/** Root users are assumed in one's own organization. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html */
export const assumingRoot: Acts = { prefix: 'sts', takesResource: true, domain: present({ forms: [literal('sts:AssumeRoot')] }) };

/** What a trust policy may allow. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html */
export const everySts: Acts = {
  prefix: 'sts', takesResource: false,
  domain: present({ forms: ['AssumeRole', 'AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML', 'TagSession', 'SetSourceIdentity', 'SetContext'].map((one) => literal(`sts:${one}`)) }),
};
