import type { Perimeter } from '../policy/index.ts';
import { CannotWrite } from './template.ts';

/** The account that a policy is proved for where nobody names one: which of mine it is makes no difference. Throws CannotWrite. */
export function accountOf({ accounts, standaloneAccounts }: Perimeter, given: string): string {
  if (given === '') return accounts?.[0] ?? standaloneAccounts[0] ?? '000000000000';
  if (!/^\d{12}$/.test(given)) throw new CannotWrite(`\`account\`: expected 12 digits, found \`${given}\``);
  return given;
}
