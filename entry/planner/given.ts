import type { Definition } from '../../core/definition.ts';
import type { AnyRemediation } from '../../core/remediation.ts';
import type { Log } from '../evaluator/log.ts';
import type { Ledger, LedgerPorts } from '../remediation/ledger.ts';
import type { FindingPorts } from './findings.ts';
import type { Place } from './item.ts';
import { readResource, type ReadPorts } from './read.ts';

/** All that the planner asks of the world. */
export interface Ports extends ReadPorts, LedgerPorts, FindingPorts {
  readonly definition: () => Promise<Definition>;
  readonly ledgerTable: string;
  /** Milliseconds. */
  readonly sleep: (duration: number) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

/** What every operation is given. */
export interface Given {
  readonly place: Place;
  readonly remediations: readonly AnyRemediation[];
  readonly definition: Definition;
  readonly ledger: Ledger;
  readonly ports: Ports;
}

/** The resource of a remediation as it is now, or why there is none. */
export const readNow = (remediation: AnyRemediation, { resourceId }: { readonly resourceId: string }, { place, ports }: Given): ReturnType<typeof readResource> =>
  readResource(remediation.resourceType, resourceId, place, ports);

