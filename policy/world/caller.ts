import type { Principal, Reach } from '../request.ts';
import type { Node } from '../search/logic.ts';
import type { Domain } from '../search/region.ts';
import type { Doubt } from './doubt.ts';

/** A class of callers: who they are, and what their requests carry under every key but those of the resource. */
export interface Caller {
  readonly principal: Principal;
  readonly reach: Reach;
  domain(key: string): Domain;
  also?(): Node;
  readonly doubt?: Doubt | undefined;
  /** The account of a partner. */
  readonly partner?: string | undefined;
  readonly mine?: boolean | undefined;
  /** Of AWS, in which its account is. */
  readonly partition?: string | undefined;
}
