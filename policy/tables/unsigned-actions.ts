import { byName } from './by-name.ts';

/**
 * Actions that are never signed, while all else that their service does is: whoever calls has a password, a code or a token, or nothing yet, and
 * no policy hears of a caller. As of 2026-11. Sources: the pages below, and the operations that take no signature in AWS's service models
 * (`auth: none`) of all services that RCPs bind, as far as they are actions. Those of STS stand apart, for a token or an assertion tells whose it is.
 */
const of = (prefix: string, names: string): readonly string[] => names.split(' ').map((name) => `${prefix}:${name}`);
const unsigned = byName<readonly string[]>({
  // https://docs.aws.amazon.com/cognito/latest/developerguide/vpc-interface-endpoints.html
  'cognito-identity': of('cognito-identity', 'GetId GetCredentialsForIdentity GetOpenIdToken UnlinkIdentity'),
  // https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
  'cognito-idp': of('cognito-idp', 'InitiateAuth RespondToAuthChallenge SignUp ConfirmSignUp ResendConfirmationCode ForgotPassword ConfirmForgotPassword GetTokensFromRefreshToken RevokeToken '
    + 'GetUser UpdateUserAttributes DeleteUserAttributes GetUserAttributeVerificationCode VerifyUserAttribute ChangePassword DeleteUser GlobalSignOut SetUserMFAPreference SetUserSettings '
    + 'AssociateSoftwareToken VerifySoftwareToken ConfirmDevice ForgetDevice GetDevice ListDevices UpdateDeviceStatus UpdateAuthEventFeedback'),
  // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/application-network-access.html
  opensearch: of('opensearch', 'ViewLoginPage'),
});
const NONE: readonly string[] = [];

/** What a service does without a signature, beside what callers sign; none: all is signed, or unsigned calls are kept out like strangers. */
export const unsignedActionsOf = (prefix: string): readonly string[] => unsigned[prefix] ?? NONE;
