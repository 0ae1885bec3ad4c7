/**
 * Condition operators, a `!` before those that are true where no value fits. As of 2026-11. Sources:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and, for what may hold variables,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export interface Kind {
  readonly family: 'string' | 'arn' | 'number' | 'date' | 'bool' | 'ip' | 'binary' | 'null';
  /** Whether `*` and `?` of its values are wildcards, whether they may hold variables, and whether case does not matter. */
  readonly wildcards?: true;
  readonly variables?: true;
  readonly ignoreCase?: true;
}
export const operators: readonly (Kind & { readonly names: string })[] = [
  { family: 'string', names: 'StringEquals !StringNotEquals', variables: true },
  { family: 'string', names: 'StringEqualsIgnoreCase !StringNotEqualsIgnoreCase', variables: true, ignoreCase: true },
  { family: 'string', names: 'StringLike !StringNotLike', variables: true, wildcards: true },
  { family: 'arn', names: 'ArnEquals !ArnNotEquals ArnLike !ArnNotLike', variables: true, wildcards: true },
  { family: 'number', names: 'NumericEquals !NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals' },
  { family: 'date', names: 'DateEquals !DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals' },
  { family: 'ip', names: 'IpAddress !NotIpAddress' },
  { family: 'bool', names: 'Bool', variables: true, ignoreCase: true },
  { family: 'binary', names: 'BinaryEquals' },
  { family: 'null', names: 'Null', ignoreCase: true },
];
