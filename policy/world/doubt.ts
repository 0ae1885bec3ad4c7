import type { Request } from '../request.ts';
import type { World } from './world.ts';

/** What the definition does not tell, if somebody getting through only raises a question; with the accounts whose owner it is about. */
export interface Doubt { readonly because: string | ((found: Request) => string); readonly accounts?: readonly string[] }
/** Without a list of accounts it does not tell whose an account is that is named. */
export const doubtAbout = ({ perimeter, strangers: { alike } }: World, ...accounts: readonly string[]): Doubt | undefined => perimeter.accounts !== undefined ? undefined
  : { because: `whose account${accounts.length === 1 ? '' : 's'} ${accounts.map((one) => `\`${one}\``).join(', ')} ${accounts.length === 1 ? 'is' : 'are'}`, accounts: accounts.flatMap(alike) };
