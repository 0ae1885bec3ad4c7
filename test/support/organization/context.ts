import type { State } from './state.ts';
import type { Fields } from './wire/decode.ts';

/** Who calls, where, and what the organization is. */
export interface Context { readonly state: State; readonly account: string; readonly role: string; readonly arn: string; readonly region: string; readonly url: string }
/** Operations by name: input as the model has it → output as the model has it. Refusals are thrown as `AwsError`. */
export type Handlers = Readonly<Record<string, (input: Fields, context: Context) => Fields>>;
