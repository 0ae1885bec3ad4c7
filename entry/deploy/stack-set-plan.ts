import { LEDGER } from '../../deployment/names.ts';

/** One stack of a StackSet, as CloudFormation lists it. */
export interface Instance {
  readonly account: string;
  readonly region: string;
  /** `CURRENT`, `OUTDATED` or `INOPERABLE`; only the first is as the StackSet says. */
  readonly status: string;
  /** Such as `FAILED` or `SKIPPED_SUSPENDED_ACCOUNT`. */
  readonly detail: string | undefined;
  readonly reason: string | undefined;
}

/** The StackSet as it stands. */
export interface Current {
  readonly instances: readonly Instance[];
  /** Units and roots that have been targeted, whose new accounts CloudFormation deploys to. */
  readonly units: readonly string[];
  /** Accounts below those of them that are no longer wanted, by unit. */
  readonly stale: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Whether an operation has the instance before it, or at hand. */
export const isUnderWay = ({ detail }: Instance): boolean => detail === 'PENDING' || detail === 'RUNNING';

/** What the StackSet's instances should be. */
export interface Wanted {
  /** Units or roots that are targeted as a whole, */
  readonly units: readonly string[];
  /** and more of them, which hold accounts that came first. */
  readonly canary: readonly string[];
  /** Accounts of those units that are left out; CloudFormation leaves the management account and suspended ones out by itself. */
  readonly excluded: readonly string[];
  /** Active accounts of the units without the excluded ones. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** Accounts and Regions to be treated alike by one operation; accounts of `units` if `accounts` is undefined. */
export interface Batch { readonly regions: readonly string[]; readonly accounts: readonly string[] | undefined; readonly units: readonly string[]; readonly count: number }

export interface InstancePlan {
  readonly create: readonly Batch[];
  /** Where a ledger stands that an earlier stack left behind. */
  readonly takeIn: readonly Batch[];
  /** Instances that are not as the StackSet says: operations that failed or never came to them. */
  readonly update: readonly Batch[];
  readonly remove: readonly Batch[];
  /** What no operation mends. */
  readonly inoperable: readonly Instance[];
}

/** A ledger outlives its stack, as when an account was left out for a while, and then another one cannot be made. */
export const hasLeftLedger = ({ status, reason = '' }: Instance): boolean => status === 'OUTDATED' && reason.includes(LEDGER) && /already exists/i.test(reason);

const placeOf = ({ account, region }: { readonly account: string; readonly region: string }): string => `${account} ${region}`;

/** How to get from the instances there are to those that are wanted. Where nothing is wanted, all batches are empty. */
export function planInstances(wanted: Wanted, current: Current): InstancePlan {
  const accounts = new Set(wanted.accounts);
  const regions = new Set(wanted.regions);
  const isWanted = ({ account, region }: Instance): boolean => accounts.has(account) && regions.has(region);
  const kept = current.instances.filter(isWanted);
  // Suspended accounts are not wanted, and CloudFormation can do nothing in them: their stacks go with the account.
  const gone = current.instances.filter((one) => !isWanted(one) && one.detail !== 'SKIPPED_SUSPENDED_ACCOUNT');
  const have = new Set(kept.map(placeOf));
  const missing = wanted.regions.flatMap((region) => wanted.accounts.filter((account) => !have.has(placeOf({ account, region }))).map((account) => ({ account, region })));
  return {
    create: createBatches(wanted, current, missing),
    takeIn: listed([...wanted.units, ...wanted.canary], kept.filter(hasLeftLedger)),
    update: updateBatches(wanted, kept.filter((one) => one.status !== 'CURRENT' && one.status !== 'INOPERABLE' && !hasLeftLedger(one))),
    remove: removeBatches(wanted, current, gone),
    inoperable: kept.filter(({ status }) => status === 'INOPERABLE'),
  };
}

type Place = Pick<Instance, 'account' | 'region'>;

/** By accounts, in as few operations as have the same Regions. */
function listed(units: readonly string[], places: readonly Place[]): readonly Batch[] {
  const byAccount = grouped(places, ({ account }) => account);
  const byRegions = grouped([...byAccount.values()], (here) => here.map(({ region }) => region).sort().join());
  return [...byRegions.values()].map((same) => {
    const regions = same[0]!.map(({ region }) => region).sort();
    const accounts = same.map(([first]) => first!.account).sort();
    return { units, regions, accounts, count: accounts.length * regions.length };
  });
}

/**
 * Units as a whole where nothing stands by them yet, for CloudFormation deploys to new accounts of units that were targeted so; by
 * accounts, where a few are missing.
 */
function createBatches({ units, canary, regions }: Wanted, current: Current, missing: readonly Place[]): readonly Batch[] {
  const isFresh = (region: string): boolean => units.some((unit) => !current.units.includes(unit)) || !current.instances.some((one) => one.region === region);
  const fresh = regions.filter((region) => isFresh(region) && missing.some((one) => one.region === region));
  const whole = { units, regions: fresh, accounts: undefined, count: missing.filter(({ region }) => fresh.includes(region)).length };
  return [...fresh.length === 0 ? [] : [whole], ...listed([...units, ...canary], missing.filter(({ region }) => !fresh.includes(region)))];
}

/** Most of all are named by their units: a request holds a megabyte. Those that are as they should be stay so. */
function updateBatches({ units, canary, accounts, regions }: Wanted, outdated: readonly Place[]): readonly Batch[] {
  const all = [...units, ...canary];
  return outdated.length * 2 > accounts.length * regions.length ? [{ units: all, regions, accounts: undefined, count: outdated.length }] : listed(all, outdated);
}

/** A unit that is no longer targeted, as a whole, so that its new accounts are left alone; single accounts and Regions by name. */
function removeBatches({ units, canary, accounts }: Wanted, current: Current, gone: readonly Instance[]): readonly Batch[] {
  const all = [...new Set([...units, ...canary, ...current.units])];
  // Another unit that is targeted may hold a stale one, and then accounts of it are still wanted.
  const whole = [...current.stale].filter(([, below]) => !accounts.some((account) => below.has(account)));
  const isWhole = ({ account }: Place): boolean => whole.some(([, below]) => below.has(account));
  return [
    ...whole.flatMap(([unit, below]): Batch[] => {
      const here = gone.filter(({ account }) => below.has(account));
      return here.length === 0 ? [] : [{ units: [unit], regions: [...new Set(here.map(({ region }) => region))].sort(), accounts: undefined, count: here.length }];
    }),
    ...listed(all, gone.filter((one) => !isWhole(one))),
  ];
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]); else group.push(one);
  }
  return groups;
}
