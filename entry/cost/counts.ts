import { GLOBAL_TYPES } from '../../deployment/conformance-pack.ts';
import { DAYS, type Place } from '../../deployment/cost/evaluations.ts';
import { isPresent } from '../../items/configuration-item.ts';
import { rules } from '../../rules/index.ts';
import { filesBelow, type InputProblem } from '../input/files.ts';
import { itemIn, itemProblem } from '../input/item.ts';
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

export interface Counted { readonly accounts: number; readonly places: readonly Place[]; readonly items: number; readonly problems: readonly InputProblem[] }

interface Resource { readonly account: string; readonly region: string; readonly type: string; latest: { readonly time: number; readonly present: boolean }; /** By milliseconds since 1970: whether the state is a change. */ readonly states: Map<number, boolean> }
/** Below so many days a recording tells nothing of how often things change. */
const FEW_DAYS = 7;
const DAY = 86_400_000;

/**
 * Counts what AWS Config recorded, from files and folders: resources by account, Region and type, and, of types of which some resource came
 * in several states, the changes in the month before the newest. Where history files are missing, there were more. Global types are counted
 * in `homeRegion`. What could not be read is in `problems`.
 */
export async function countResources(paths: readonly string[], homeRegion: string): Promise<Counted> {
  const problems: InputProblem[] = [];
  const resources = new Map<string, Resource>();
  let items = 0;
  const item = (delivered: DeliveredItem): void => {
    items++;
    if (delivered.type !== undefined && !judgedTypes.includes(delivered.type)) return;
    try {
      const read = itemIn(delivered.bytes);
      if (!judgedTypes.includes(read.resourceType)) return;
      const region = GLOBAL_TYPES.has(read.resourceType) ? homeRegion : read.region;
      const latest = { time: Date.parse(read.captureTime) || 0, present: isPresent(read) };
      const key = `${read.accountId} ${region} ${read.resourceType} ${read.resourceId}`;
      const known = resources.get(key) ?? { account: read.accountId, region, type: read.resourceType, latest, states: new Map() };
      resources.set(key, known);
      if (known.latest.time < latest.time) known.latest = latest;
      // What AWS Config finds when recording begins is no change, and looks like what was made.
      known.states.set(latest.time, read.status !== 'ResourceDiscovered');
    } catch (error) {
      problems.push(itemProblem(delivered, error));
    }
  };
  const problem = (one: InputProblem): void => { problems.push(one); };
  for (const file of filesBelow(paths, problem)) await readItems(file, { item, problem, progress: () => undefined });
  const places = grouped([...resources.values()], homeRegion);
  return { accounts: new Set(places.map(({ account }) => account)).size, places, items, problems };
}

function grouped(resources: readonly Resource[], homeRegion: string): readonly Place[] {
  const places = new Map<string, { times: 1; account: string; isHome: boolean; resources: Record<string, number>; changes: Record<string, number> }>();
  const changesOf = changesIn(resources);
  for (const resource of resources) {
    const { account, region, type, latest } = resource;
    const key = `${account} ${region}`;
    const place = places.get(key) ?? { times: 1, account, isHome: region === homeRegion, resources: {}, changes: {} };
    places.set(key, place);
    place.resources[type] = (place.resources[type] ?? 0) + (latest.present ? 1 : 0);
    const changes = changesOf(resource);
    if (changes !== undefined) place.changes[type] = (place.changes[type] ?? 0) + changes;
  }
  return [...places.values()];
}

/** Changes a month of a resource; `undefined` where the recording does not tell. */
function changesIn(resources: readonly Resource[]): (resource: Resource) => number | undefined {
  const known = new Set(resources.filter(({ states }) => states.size > 1).map(({ type }) => type));
  let [first, last] = [Infinity, -Infinity];
  for (const { states } of resources) for (const time of states.keys()) [first, last] = [Math.min(first, time), Math.max(last, time)];
  // A resource that has not changed for years says when, so the newest month is the one that is known best.
  const days = Math.min((last - first) / DAY, DAYS);
  if (!(days >= FEW_DAYS)) return () => undefined;
  return ({ type, states }) => known.has(type) ? [...states].filter(([time, isChange]) => isChange && time > last - days * DAY).length * DAYS / days : undefined;
}
