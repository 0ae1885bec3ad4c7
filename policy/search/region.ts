import type { Condition } from '../conditions.ts';
import type { Pattern } from '../pattern.ts';
import type { Principal } from '../request.ts';
import type { Literal, Node } from './logic.ts';

/** What one key carries: missing (`null`) or values. */
export type Choice = readonly string[] | null;

/** A text must, or must not, fit some value of the test. */
export interface TextTest { readonly test: Condition; readonly want: boolean }

/** What values under a key may be like. */
interface Values {
  /** The values, where caller and resource settle them. */
  readonly only?: readonly string[];
  /** Each value has one of these forms; left out: any text. */
  readonly forms?: readonly Pattern[] | undefined;
  /** What else each value must pass. */
  readonly tests?: readonly TextTest[];
  /** Whether there may be several values; left out: as the key's kind has it. */
  readonly many?: boolean;
  /** Only addresses a stranger anywhere could have: in a range wider than /8, or /32 for IPv6, which is what S3 counts as public. */
  readonly wide?: boolean;
  /** Values people recognize, tried first. */
  readonly liked?: readonly string[] | undefined;
}

/** What a request of a region may carry under one key: a value, nothing, or either. */
export interface Domain extends Values { readonly missing: boolean; readonly present: boolean }

// Domains are read far more often than made, so all have the same members.
const domain = (missing: boolean, present: boolean, { only, forms, tests, many, wide, liked }: Values): Domain => ({ missing, present, only, forms, tests, many, wide, liked }) as Domain;

/** A key that every request carries; that some may. */
export const present = (values: Values): Domain => domain(false, true, values);
export const maybe = (values: Values): Domain => domain(true, true, values);
export const absent = domain(true, false, {});
export const anything = maybe({});
export const always = present({});
export const only = (...values: readonly string[]): Domain => present({ only: values });

/** What a key carries in every request of the domain; `undefined`: that is open. */
export const settledChoice = ({ missing, present, only: values }: Domain): Choice | undefined => !present ? null : missing ? undefined : values;

/** A set of requests: one class of callers, and what each key may carry. */
export interface Region {
  /** The ARN is left out where `aws:PrincipalArn` is open; a provider that `aws:FederatedProvider` tells and a service's name that `aws:PrincipalServiceName` tells are empty, one that `saml:doc` tells ends with `::`. */
  readonly principal: Principal;
  /** By the key in lower case. */
  readonly domain: (key: string) => Domain;
  readonly actions: Domain;
  /** `undefined`: the requests name no resource. */
  readonly resources: (() => Domain) | undefined;
  /** What else must hold of a request of the region. */
  readonly also?: () => Node;
  /** Tests beside the formula's by which values of variables are told apart. */
  readonly told?: readonly Literal[];
  /** Milliseconds since 1970: requests are made from then on. */
  readonly now: number;
}
