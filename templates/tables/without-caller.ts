/**
 * Actions that RCPs bind and whose requests carry no caller: a Deny on the caller stops everybody. As of 2026-11. Sources: the pages below,
 * and the operations that take no signature in AWS's service models (`auth: none`) of all services that RCPs bind, as far as they are actions.
 * Those of STS stand in `rcp-federation.ts`, for a token or an assertion tells whose it is.
 */
const of = (prefix: string, names: string): readonly string[] => names.split(' ').map((name) => `${prefix}:${name}`);

/** Never signed, while all else that the service does is. Whoever calls has a password, a code or a token, or nothing yet. */
const unsigned: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/cognito/latest/developerguide/vpc-interface-endpoints.html
  'cognito-identity': of('cognito-identity', 'GetId GetCredentialsForIdentity GetOpenIdToken UnlinkIdentity'),
  // https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
  'cognito-idp': of('cognito-idp', 'InitiateAuth RespondToAuthChallenge SignUp ConfirmSignUp ResendConfirmationCode ForgotPassword ConfirmForgotPassword GetTokensFromRefreshToken RevokeToken '
    + 'GetUser UpdateUserAttributes DeleteUserAttributes GetUserAttributeVerificationCode VerifyUserAttribute ChangePassword DeleteUser GlobalSignOut SetUserMFAPreference SetUserSettings '
    + 'AssociateSoftwareToken VerifySoftwareToken ConfirmDevice ForgetDevice GetDevice ListDevices UpdateDeviceStatus UpdateAuthEventFeedback'),
  // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/application-network-access.html
  opensearch: of('opensearch', 'ViewLoginPage'),
};

/**
 * Checked before AWS knows who signs in to the console. The two actions that follow tell `aws:PrincipalArn` and `aws:PrincipalAccount`, and
 * no organization. https://docs.aws.amazon.com/signin/latest/userguide/reference-signin-condition-keys.html
 */
const beforeSignIn: Readonly<Record<string, readonly string[]>> = { signin: of('signin', 'Authenticate') };

const listed = (table: Readonly<Record<string, readonly string[]>>, prefix: string): readonly string[] => Object.hasOwn(table, prefix) ? table[prefix]! : [];

/** What a service does without a signature, beside what callers sign; none: all is signed, or unsigned calls are kept out like strangers. */
export const unsignedActionsOf = (prefix: string): readonly string[] => listed(unsigned, prefix);

/** What a service asks RCPs about before it knows the caller. */
export const actionsBeforeSignIn = (prefix: string): readonly string[] => listed(beforeSignIn, prefix);
