import { byName } from '../../policy/tables/by-name.ts';

/**
 * Actions that RCPs bind and that AWS checks before it knows who signs in to the console: a Deny on the caller stops everybody. The two actions that
 * follow tell `aws:PrincipalArn` and `aws:PrincipalAccount`, and no organization. As of 2026-11. Source:
 * https://docs.aws.amazon.com/signin/latest/userguide/reference-signin-condition-keys.html
 */
const beforeSignIn = byName<readonly string[]>({ signin: ['signin:Authenticate'] });
const NONE: readonly string[] = [];

/** What a service asks RCPs about before it knows the caller. */
export const actionsBeforeSignIn = (prefix: string): readonly string[] => beforeSignIn[prefix] ?? NONE;
