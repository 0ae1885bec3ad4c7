export interface Statement { readonly effect: 'Allow' | 'Deny'; readonly at: string }
export interface Policy { readonly version: string; readonly statements: readonly Statement[] }
export class PolicyError extends Error { override name = 'PolicyError' }
export function parsePolicy(_input: unknown): Policy { throw new PolicyError('not yet'); }
