import { GLOBAL_TYPES } from '../../deployment/conformance-pack.ts';
import type { Place } from '../../deployment/cost/evaluations.ts';
import { isPresent } from '../../items/configuration-item.ts';
import { normalizeItem } from '../../items/normalize.ts';
import { UnreadableItem } from '../../items/read.ts';
import { rules } from '../../rules/index.ts';
import { filesBelow, type InputProblem } from '../input/files.ts';
import { readItems, type DeliveredItem } from '../input/read.ts';

/** Types that some rule judges. */
export const judgedTypes: readonly string[] = [...new Set(rules.flatMap(({ resourceTypes }) => resourceTypes as readonly string[]))].sort();

export class BadCount extends Error { override name = 'BadCount' }

/** What somebody knows by heart: accounts, Regions, and how many resources of a type an account has on average, in each Region where the type is of Regions. */
export interface Averages { readonly accounts: number; readonly regions: number; readonly resources: Readonly<Record<string, number>> }

/** `--resources AWS::IAM::Role=120`; throws BadCount. */
export function readAverages(accounts: string | undefined, regions: string | undefined, resources: readonly string[]): Averages {
  const average: Record<string, number> = {};
  for (const one of resources) {
    const [, type, count] = /^([^=]+)=(\d+(?:\.\d+)?)$/.exec(one) ?? [];
    if (type === undefined) throw new BadCount(`\`--resources ${one}\`: expected a type and a number, such as \`AWS::IAM::Role=120\``);
    if (!judgedTypes.includes(type)) throw new BadCount(`\`--resources ${one}\`: no rule judges \`${type}\`; those that count are ${judgedTypes.join(', ')}`);
    if (average[type] !== undefined) throw new BadCount(`\`--resources ${one}\`: \`${type}\` is given twice`);
    average[type] = Number(count);
  }
  return { accounts: whole('--accounts', accounts), regions: whole('--regions', regions ?? '1'), resources: average };
}

function whole(option: string, text: string | undefined): number {
  if (text === undefined) throw new BadCount(`\`${option}\` is missing: say how many there are, or name files and folders of what AWS Config recorded`);
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new BadCount(`\`${option}\`: expected a number of 1 or more, found \`${text}\``);
  return Number(text);
}

export function placesOf({ accounts, regions, resources }: Averages): readonly Place[] {
  const regional = Object.fromEntries(Object.entries(resources).filter(([type]) => !GLOBAL_TYPES.has(type)));
  const home: Place = { times: accounts, isHome: true, resources, changes: {} };
  return regions === 1 ? [home] : [home, { times: accounts * (regions - 1), isHome: false, resources: regional, changes: {} }];
}

export interface Counted { readonly places: readonly Place[]; readonly items: number; readonly problems: readonly InputProblem[] }

interface Resource { time: number; present: boolean; account: string; region: string; type: string }
/** Below so many days a recording tells nothing of how often things change. */
const FEW_DAYS = 7;
const DAY = 86_400_000;
const DAYS_OF_A_MONTH = 730 / 24;

/**
 * Counts what AWS Config recorded below the paths, by account and Region. Where a recording spans a week or more and holds older states too,
 * it also tells how often resources change. Global types are counted in `homeRegion`.
 */
export async function countResources(paths: readonly string[], homeRegion: string): Promise<Counted> {
  const problems: InputProblem[] = [];
  const latest = new Map<string, Resource>();
  const states = new Map<string, number>();
  let [first, last, items] = [Infinity, -Infinity, 0];
  const item = (delivered: DeliveredItem): void => {
    items++;
    if (delivered.type !== undefined && !judgedTypes.includes(delivered.type)) return;
    try {
      const read = normalizeItem(objectIn(delivered.bytes));
      if (!judgedTypes.includes(read.resourceType)) return;
      const region = GLOBAL_TYPES.has(read.resourceType) ? homeRegion : read.region;
      const time = Date.parse(read.captureTime) || 0;
      [first, last] = [Math.min(first, time), Math.max(last, time)];
      const group = `${read.accountId} ${region} ${read.resourceType}`;
      const key = `${group} ${read.resourceId}`;
      // Snapshots repeat a state that has not changed.
      if (!states.has(`${key} ${time}`)) states.set(`${key} ${time}`, 1);
      const before = latest.get(key);
      if (before === undefined || before.time < time) latest.set(key, { time, present: isPresent(read), account: read.accountId, region, type: read.resourceType });
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof UnreadableItem)) throw error;
      problems.push({ file: delivered.file, place: delivered.place, message: error instanceof SyntaxError ? `not JSON: ${error.message}` : error.message });
    }
  };
  const problem = (one: InputProblem): void => { problems.push(one); };
  for (const file of filesBelow(paths, problem)) await readItems(file, { item, problem, progress: () => undefined });
  const months = (last - first) / DAY >= FEW_DAYS && states.size > latest.size ? (last - first) / DAY / DAYS_OF_A_MONTH : undefined;
  return { places: grouped(latest, states, months, homeRegion), items, problems };
}

function objectIn(bytes: Buffer): Record<string, unknown> {
  const raw: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new UnreadableItem('an item is an object');
  return raw as Record<string, unknown>;
}

function grouped(latest: ReadonlyMap<string, Resource>, states: ReadonlyMap<string, number>, months: number | undefined, homeRegion: string): readonly Place[] {
  const places = new Map<string, { isHome: boolean; resources: Record<string, number>; changes: Record<string, number> }>();
  const placeOf = (account: string, region: string): { resources: Record<string, number>; changes: Record<string, number> } => {
    const key = `${account} ${region}`;
    const place = places.get(key) ?? { isHome: region === homeRegion, resources: {}, changes: {} };
    places.set(key, place);
    return place;
  };
  for (const { account, region, type, present } of latest.values()) {
    const { resources } = placeOf(account, region);
    resources[type] = (resources[type] ?? 0) + (present ? 1 : 0);
  }
  if (months !== undefined) for (const { account, region, type } of latest.values()) placeOf(account, region).changes[type] ??= 0;
  if (months !== undefined) for (const key of states.keys()) {
    const [account = '', region = '', type = ''] = key.split(' ');
    const { changes } = placeOf(account, region);
    changes[type] = (changes[type] ?? 0) + 1 / months;
  }
  if (months !== undefined) for (const { account, region, type } of latest.values()) {
    // The first state of a resource is no change that was seen.
    const { changes } = placeOf(account, region);
    changes[type] = Math.max(0, (changes[type] ?? 0) - 1 / months);
  }
  return [...places.values()].map((place) => ({ times: 1, ...place }));
}
