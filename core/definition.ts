import type { Perimeter } from '../policy/index.ts';

/** `perimeter.yaml`, validated, with its defaults applied. */
export interface Definition {
  readonly perimeter: Perimeter;
  /** By rule id: parameters as written, or whether an opt-in rule is on. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly exceptions: readonly Exception[];
}

export interface Exception {
  readonly rule: string;
  /** ARN, or a pattern of it with `*`. */
  readonly resource: string;
  readonly owner: string;
  readonly reason: string;
  /** `YYYY-MM-DD`; the exception holds through that day (UTC). */
  readonly expires: string;
  readonly allow?: { readonly unsignedActions?: readonly string[]; readonly accounts?: readonly string[]; readonly organizations?: readonly string[]; readonly services?: readonly string[]; readonly resources?: readonly string[] };
}
