/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const ORGANIZATION_ID = 'o-[a-z0-9]{10,32}';
/** A condition: the parameter has a value. */
export const isGiven = (name: string): object => ({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: name }, ''] }] });
