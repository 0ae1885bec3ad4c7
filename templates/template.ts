import { readParameters, type Parameters, type Values } from '../core/parameters.ts';
import type { Document, Statement } from '../core/policy-document.ts';
import type { Perimeter } from '../policy/index.ts';
import type { Quota } from './quotas.ts';

/** What a policy is attached to. */
export type HangsOn = 'scp' | 'rcp' | 'identity' | 'vpc-endpoint' | 'resource' | 'trust';

/** A statement with its reason: what `--explain` prints. */
export interface Part {
  readonly statement: Statement;
  /** What the statement does, such as `lets members of o-4tkekae453 reach resources of o-4tkekae453`. */
  readonly does: string;
  /** Which exceptions it makes, if any. */
  readonly exceptions?: readonly string[];
}

/** Something that is proved of a policy before anybody sees it. */
export interface Claim {
  /** Such as `nobody outside gets through to s3`. */
  readonly of: string;
  /** What is wrong, or `undefined`: the claim holds. `now`: milliseconds since 1970. */
  readonly fault: (document: Document, now: number) => string | undefined;
}

/** A policy as a template thinks of it: of any size, with what it must hold. */
export interface Draft {
  /** Stem of file names, such as `endpoint-policy-s3`. */
  readonly name: string;
  readonly hangsOn: HangsOn;
  readonly parts: readonly Part[];
  readonly claims: readonly Claim[];
  readonly quota: Quota;
  /** The service of the endpoint or resource, as its endpoint or its actions spell it. */
  readonly service?: string;
  readonly endpointType?: 'gateway' | 'interface';
  /** The ARN the policy hangs on. */
  readonly resource?: string;
  readonly account?: string;
}

/** A CloudFormation template, which one kind writes around a policy. */
export interface Stack { readonly name: string; readonly template: Document }

export interface Written {
  readonly drafts: readonly Draft[];
  /** What of the definition does not stand in the policies, and why: one sentence each. */
  readonly leftOut: readonly string[];
  readonly stack?: Stack;
}

export interface Template<P extends Parameters = Parameters> {
  /** The stem of the template's file, such as `endpoint-policy`. */
  readonly kind: string;
  /** What the policy sees to, as a sentence without a full stop. */
  readonly title: string;
  readonly hangsOn: HangsOn;
  readonly options: P;
  /** Rows of the requirements table (docs/requirements.yaml). */
  readonly requirements: readonly [string, ...string[]];
  readonly references: readonly [string, ...string[]];
  /** The options with which `--all` writes it, once for each; none where it needs what no definition says. */
  readonly usual: (perimeter: Perimeter) => readonly Readonly<Record<string, unknown>>[];
  /** What `--all` does not write of it, and why: one sentence each. */
  readonly unusual?: (perimeter: Perimeter) => readonly string[];
  /** Pure: definition and options in, policies out. Throws CannotWrite. */
  write(perimeter: Perimeter, options: Values<P>): Written;
}

/** What stands in the way of a policy, as a sentence for whoever asked for it. */
export class CannotWrite extends Error { override name = 'CannotWrite' }

export function defineTemplate<const P extends Parameters>(template: Template<P>): Template<P> {
  return template;
}
/** A template with options of its own: what the registry holds. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each template has its own options, which only `writeWith` joins again
export type AnyTemplate = Template<any>;

/** Writes with options as a person gives them; throws BadParameter or CannotWrite. */
export const writeWith = (template: AnyTemplate, perimeter: Perimeter, given: Readonly<Record<string, unknown>>): Written =>
  template.write(perimeter, readParameters(template.options as Parameters, given));

export const documentOfParts = (parts: readonly Part[]): Document => ({ Version: '2012-10-17', Statement: parts.map((one) => one.statement) });
