import type { Perimeter } from '../policy/index.ts';

/** The account that a policy is proved for where nobody names one: which of mine it is makes no difference. */
export const accountOf = ({ accounts, standaloneAccounts }: Perimeter, given: string): string => given !== '' ? given : accounts?.[0] ?? standaloneAccounts[0] ?? '000000000000';
