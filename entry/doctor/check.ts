import type { ConfigurationRecorder } from '@aws-sdk/client-config-service';
import type { Definition } from '../../core/definition.ts';
import type { AnyRemediation } from '../../core/remediation.ts';
import type { AnyRule } from '../../core/rule.ts';
import type { Aws, Caller } from '../aws/clients.ts';
import type { Settings } from '../deploy/settings.ts';
import type { Said, Place } from './finding.ts';
import type { Organization } from './organization/organization.ts';

/** What every check is given. */
export interface Context {
  readonly definition: Definition;
  readonly settings: Settings;
  readonly rules: readonly AnyRule[];
  readonly remediations: readonly AnyRemediation[];
  /** Whether the pack stands in this account alone. */
  readonly isSingleAccount: boolean;
  readonly aws: Aws;
  readonly caller: Caller;
  /** Read when first asked for; rejects where it cannot be read. */
  readonly organization: () => Promise<Organization>;
  /** Accounts that get the pack; rejects where the organization cannot be read. */
  readonly accounts: () => Promise<readonly string[]>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An account in a Region, with credentials for it. */
export interface Member {
  readonly account: string;
  readonly region: string;
  readonly isHome: boolean;
  readonly aws: Aws;
  /** What AWS Config records here, which several checks look at; read once. `undefined`: there is no recorder. */
  readonly recorder: () => Promise<ConfigurationRecorder | undefined>;
}

/** A finding that names its own place; without one it is of the whole, or of the member that is looked at. */
export type Located = Said & { readonly place?: Place };

interface Common {
  /** Lower case, with hyphens: findings bear it, and `--only` takes it. */
  readonly id: string;
  /** The state we want, as a sentence without a full stop. */
  readonly title: string;
}
/** Looks once. */
export interface Check extends Common { readonly run: (context: Context) => Promise<readonly Located[]> }
/** Looks at every account in every Region, or once in each account. */
export interface MemberCheck extends Common {
  readonly per: 'region' | 'account';
  readonly run: (member: Member, context: Context) => Promise<readonly Said[]>;
}
