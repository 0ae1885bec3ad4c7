/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const ORGANIZATION_ID = 'o-[a-z0-9]{10,32}';
/** For how many days a stack can have logs kept: a few of those that CloudWatch Logs offers. */
export const LOG_RETENTION_DAYS: readonly number[] = [30, 90, 180, 365, 731, 1827, 3653];

/** Conditions: the parameter has no value, */
export const isEmpty = (name: string): object => ({ 'Fn::Equals': [{ Ref: name }, ''] });
/** or it has one; */
export const isGiven = (name: string): object => ({ 'Fn::Not': [isEmpty(name)] });
/** and a list has one. */
export const isListGiven = (name: string): object => ({ 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': [',', { Ref: name }] }, ''] }] });
