import type { Statement } from '../../core/policy-document.ts';
import type { StatementChange } from '../../core/statement-changes.ts';

/**
 * `from`: what it costs counts from there, not from the statement as it is. `slip`: the statement with what is mistyped in it put right, and nothing else:
 * what that lets in was meant to be, and nobody need be told.
 */
export interface CountedChange extends StatementChange { readonly from?: Statement; readonly slip?: Statement }

/** A change that does no more than put right what is mistyped. */
export const asSlip = <T extends StatementChange>(change: T): T & { readonly slip: Statement } => ({ ...change, slip: change.statement });
