import { KeepingPolicy } from '../kept.ts';
import type { Policy, Statement } from '../parse.ts';

interface Index { readonly others: readonly Statement[]; readonly byAccount: ReadonlyMap<string, readonly Statement[]> }

/** The statements that may speak of an IAM principal of the account: those that name accounts, and not this one, are left out. */
export function statementsFor(policy: Policy, account: string | undefined): readonly Statement[] {
  if (account === undefined || policy.statements.length < 8) return policy.statements;
  const index = KeepingPolicy.once(policy, 'statements by account', () => indexOf(policy));
  const named = index.byAccount.get(account);
  return named === undefined ? index.others : [...index.others, ...named];
}

function indexOf({ statements }: Policy): Index {
  const others: Statement[] = [];
  const byAccount = new Map<string, Statement[]>();
  for (const one of statements) {
    const accounts = accountsOf(one);
    if (accounts === undefined) { others.push(one); continue; }
    for (const account of accounts) {
      const before = byAccount.get(account);
      if (before === undefined) byAccount.set(account, [one]); else before.push(one);
    }
  }
  return { others, byAccount };
}

/** The only accounts whose principals a statement may speak of, by whom it lists or by one of its conditions; `undefined`: any. */
function accountsOf({ principals, conditions }: Statement): ReadonlySet<string> | undefined {
  if (principals !== undefined && !principals.everyone && !principals.negated) return new Set(principals.aws.flatMap((name) => /\d{12}/.exec(name)?.[0] ?? []));
  for (const { key, operator, quantifier, ifExists, values, variables } of conditions) {
    if (operator.negated || operator.family === 'null' || quantifier === 'ForAllValues' || ifExists || variables.length > 0) continue;
    const accounts = key === 'aws:principalaccount' ? values : key === 'aws:principalarn' ? values.map((one) => one.split(':')[4] ?? '') : [];
    if (accounts.length > 0 && accounts.every((one) => /^\d{12}$/.test(one)) && (key !== 'aws:principalarn' || operator.family === 'arn' || values.every((one) => /^arn:[a-z-]+:iam::\d{12}:/.test(one)))) return new Set(accounts);
  }
  return undefined;
}
