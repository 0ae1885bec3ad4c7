/**
 * Stands in for @aws-sdk/credential-provider-node in the evaluator's bundle: Lambda hands its role's credentials over in the
 * environment, and the SDK's chain of other sources would double the size of the bundle. Read anew on each call.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error('the environment holds no credentials; set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`');
  return { accessKeyId, secretAccessKey, ...sessionToken ? { sessionToken } : {} };
};
