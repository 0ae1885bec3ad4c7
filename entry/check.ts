import type { Definition } from '../core/definition.ts';
import { evaluateItem, relatedIds } from '../core/evaluate.ts';
import type { AnyRule } from '../core/rule.ts';
import type { Verdict } from '../core/verdict.ts';
import { undecided } from '../core/verdict.ts';
import { isPresent, type ConfigurationItem } from '../items/configuration-item.ts';
import { relatedReaders } from '../items/facts.ts';
import { rules as allRules } from '../rules/index.ts';
import { filesBelow, type InputProblem } from './input/files.ts';
import { itemIn, itemProblem } from './input/item.ts';
import { Kept } from './input/kept.ts';
import { readItems, type DeliveredItem } from './input/read.ts';
import { Resources } from './input/resources.ts';
import { Spool } from './input/spool.ts';

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly definition: Definition;
  readonly rules?: readonly AnyRule[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
}

/** One rule on one resource. */
export interface Result {
  readonly rule: string;
  readonly accountId: string;
  readonly region: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName: string | undefined;
  readonly arn: string;
  readonly captureTime: string;
  readonly verdict: Verdict;
}

export interface RuleSummary { readonly compliant: number; readonly nonCompliant: number; readonly undecided: number; readonly notApplicable: number; readonly excepted: number }

export interface CheckResult {
  /** Non-compliant, undecided and excepted results; the others are counted. */
  readonly findings: readonly Result[];
  readonly summary: Readonly<Record<string, RuleSummary>>;
  readonly input: {
    readonly files: number; readonly items: number; readonly bytes: number;
    /** Items older than another of the same resource. */
    readonly superseded: number;
    /** Resources whose latest item says they were deleted. */
    readonly deleted: number;
    /** Items delivered twice. */
    readonly duplicates: number;
    /** Items of the same resource and time that differ: of their verdicts the worst counts, and neither's deletion. */
    readonly conflicts: number;
    readonly problems: readonly InputProblem[];
  };
}

/** The worst comes last. */
const codes = ['none', 'notApplicable', 'compliant', 'excepted', 'undecided', 'nonCompliant'] as const;
type Code = (typeof codes)[number];
const codeOf = (verdict: Verdict): Code => {
  switch (verdict.kind) {
    case 'compliant': return verdict.excepted === undefined ? 'compliant' : 'excepted';
    case 'non-compliant': return 'nonCompliant';
    case 'undecided': return 'undecided';
    case 'not-applicable': return 'notApplicable';
  }
};

/** Items behind a check, for as long as what follows it runs. */
export interface Recorded {
  /** The item that a finding is of. */
  readonly itemOf: (finding: Result) => ConfigurationItem;
  /** The latest item of a type that was asked for, by resource id or ARN. */
  readonly find: (type: string, id: string) => ConfigurationItem | undefined;
  /** Adds a problem to those of the input. */
  readonly problem: (problem: InputProblem) => void;
}

/** Evaluates everything AWS Config delivered into these files and folders; the latest state of each resource counts. */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const run = new Run(options, undefined);
  try { return await run.read(); } finally { run.close(); }
}

/** A check, and what follows from the items it found fault with and from any others of these types. */
export async function checkAnd<T>(options: CheckOptions, types: readonly string[], then: (result: CheckResult, recorded: Recorded) => T): Promise<T> {
  const run = new Run(options, new Set(types));
  try {
    const result = await run.read();
    return then(result, run.recorded());
  } finally { run.close(); }
}

class Run {
  readonly #options: CheckOptions;
  readonly #rules = new Map<string, AnyRule[]>();
  readonly #resources = new Resources();
  readonly #findings = new Map<number, Map<string, Result>>();
  readonly #related = new Map<string, ConfigurationItem>();
  readonly #problems: InputProblem[] = [];
  readonly #counts = { items: 0, bytes: 0, superseded: 0, deleted: 0, duplicates: 0, conflicts: 0 };
  readonly #tally: Record<string, Record<Code, number>> = {};
  #spool: Spool | undefined;
  readonly #keepTypes: ReadonlySet<string>;
  readonly #kept: Kept | undefined;

  /** `keepTypes`: types that what follows the check may ask for; `undefined`: nothing follows. */
  constructor(options: CheckOptions, keepTypes: ReadonlySet<string> | undefined) {
    this.#options = options;
    this.#keepTypes = keepTypes ?? new Set();
    if (keepTypes !== undefined) this.#kept = new Kept((item) => this.#parse(item));
    for (const rule of options.rules ?? allRules) {
      this.#tally[rule.id] = { none: 0, compliant: 0, nonCompliant: 0, undecided: 0, notApplicable: 0, excepted: 0 };
      for (const type of rule.resourceTypes as readonly string[]) this.#rules.set(type, [...this.#rules.get(type) ?? [], rule]);
    }
  }

  close(): void { this.#spool?.remove(); this.#kept?.close(); }

  recorded(): Recorded {
    const indices = new Map([...this.#findings].flatMap(([index, results]) => [...results.values()].map((result) => [result, index] as const)));
    return {
      itemOf: (finding) => this.#kept!.of(indices.get(finding)!)!,
      find: (type, id) => this.#kept!.find(type, id),
      problem: (one) => { this.#problems.push(one); },
    };
  }

  async read(): Promise<CheckResult> {
    const problem = (one: InputProblem): void => { this.#problems.push(one); };
    const files = filesBelow(this.#options.paths, problem);
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let done = 0;
    for (const file of files) {
      const { bytes } = await readItems(file, {
        problem, item: (item) => { this.#take(item); },
        progress: (read) => { done += read; this.#options.onProgress?.(done, total); },
      });
      this.#counts.bytes += bytes;
    }
    for (const { note, bytes } of this.#spool?.items() ?? []) this.#judgeLater(note, bytes);
    const summary = Object.fromEntries(Object.entries(this.#tally).map(([rule, { none: _, ...tally }]) => [rule, tally]));
    return { findings: [...this.#findings.values()].flatMap((one) => [...one.values()]), summary, input: { files: files.length, ...this.#counts, problems: this.#problems } };
  }

  #parse(delivered: DeliveredItem): ConfigurationItem | undefined {
    try { return itemIn(delivered.bytes); } catch (error) {
      this.#problems.push(itemProblem(delivered, error));
      return undefined;
    }
  }

  #take(delivered: DeliveredItem): void {
    this.#counts.items++;
    const wanted = (type: string): boolean => this.#rules.has(type) || Object.hasOwn(relatedReaders, type) || this.#keepTypes.has(type);
    // An item whose type no rule reads needs no parsing.
    if (delivered.type !== undefined && !wanted(delivered.type)) return;
    const item = this.#parse(delivered);
    if (item === undefined || !wanted(item.resourceType)) return;
    if (Number.isNaN(Date.parse(item.captureTime)) && item.captureTime !== '') {
      this.#problems.push({ file: delivered.file, place: delivered.place, message: `\`configurationItemCaptureTime\` is not a time: \`${item.captureTime}\`; the item counts as the oldest of its resource` });
    }
    const time = timeOf(item);
    const identity = `${item.accountId} ${item.region === 'global' ? '' : item.region} ${item.resourceType} ${item.arn === '' ? item.resourceId : item.arn}`;
    const { standing, resource: index } = this.#resources.enter(identity, time, contentOf(item));
    if (standing === 'older') { this.#counts.superseded++; return; }
    if (standing === 'same') { this.#counts.duplicates++; return; }
    const isDeleted = !isPresent(item) && item.status.includes('Deleted');
    if (standing === 'conflict') {
      this.#counts.conflicts++;
      if (isDeleted) return;
      if (this.#resources.state(index) === DELETED) this.#forget(index, item.resourceType);
    }
    if (standing === 'newer') { this.#counts.superseded++; this.#forget(index, item.resourceType); }
    if (Object.hasOwn(relatedReaders, item.resourceType)) this.#keepRelated(item);
    if (this.#keepTypes.has(item.resourceType)) this.#kept?.enter(index, item, delivered);
    if (isDeleted) { this.#counts.deleted++; this.#resources.remember(index, DELETED); return; }
    const rules = [...(this.#rules.get(item.resourceType) ?? []).entries()];
    if (rules.some(([, rule]) => this.#needsOthers(rule, item))) {
      this.#spool ??= new Spool();
      this.#spool.add({ index, file: delivered.file, place: delivered.place }, delivered.bytes);
    }
    this.#judgeBy(rules.filter(([, rule]) => !this.#needsOthers(rule, item)), item, index, delivered);
  }

  /** A rule that fails at this has no others to wait for: judging comes to the same failure and names it. */
  #needsOthers(rule: AnyRule, item: ConfigurationItem): boolean {
    try { return relatedIds(rule, item, this.#options.definition).length > 0; } catch { return false; }
  }

  #keepRelated(item: ConfigurationItem): void {
    const key = `${item.resourceType} ${item.resourceId}`;
    if (isPresent(item)) this.#related.set(key, { ...item, tags: {}, supplementaryConfiguration: {} });
    else this.#related.delete(key);
  }

  /** An item that was put aside: judged if it is still the latest of its resource. */
  #judgeLater({ index, file, place }: { index: number; file: string; place: string }, bytes: Buffer): void {
    const item = this.#parse({ bytes, file, place, type: undefined });
    // A later item of the resource may have come after it.
    if (item === undefined || timeOf(item) !== this.#resources.timeOf(index)) return;
    const rules = [...(this.#rules.get(item.resourceType) ?? []).entries()].filter(([, rule]) => this.#needsOthers(rule, item));
    this.#judgeBy(rules, item, index, { bytes, file, place, type: undefined });
  }

  #judgeBy(rules: readonly (readonly [position: number, rule: AnyRule])[], item: ConfigurationItem, index: number, delivered: DeliveredItem): void {
    const told = rules.filter(([position, rule]) => this.#judge(rule, position, item, index));
    if (told.length > 0) this.#kept?.keep(index, delivered);
  }

  /** Whether there is something to tell that another item of the same time has not told. */
  #judge(rule: AnyRule, position: number, item: ConfigurationItem, index: number): boolean {
    const { definition, now } = this.#options;
    let verdict: Verdict;
    try { verdict = evaluateItem(rule, item, { definition, now, related: (type, id) => this.#related.get(`${type} ${id}`) }); } catch (error) {
      verdict = undecided(`the rule failed: ${(error as Error).message}`);
      this.#problems.push({ file: item.arn, place: rule.id, message: `the rule failed, which is a fault of this program: ${(error as Error).message}` });
    }
    const code = codeOf(verdict);
    const state = this.#resources.state(index);
    const before = (state >> (position * 4)) & 7;
    if (before >= codes.indexOf(code)) return false;
    this.#tally[rule.id]![codes[before]!]--;
    this.#tally[rule.id]![code]++;
    this.#resources.remember(index, (state & ~(7 << (position * 4))) | (codes.indexOf(code) << (position * 4)));
    if (code === 'compliant' || code === 'notApplicable') return false;
    const { accountId, region, resourceType, resourceId, resourceName, arn, captureTime } = item;
    const results = this.#findings.get(index) ?? new Map<string, Result>();
    results.set(rule.id, { rule: rule.id, accountId, region, resourceType, resourceId, resourceName, arn, captureTime, verdict });
    this.#findings.set(index, results);
    return true;
  }

  /** Takes back what an older item of the resource came to. */
  #forget(index: number, type: string): void {
    const state = this.#resources.state(index);
    if (state === DELETED) this.#counts.deleted--;
    else for (const [position, rule] of (this.#rules.get(type) ?? []).entries()) {
      const code = codes[(state >> (position * 4)) & 7];
      if (code !== undefined && code !== 'none') this.#tally[rule.id]![code]--;
    }
    this.#findings.delete(index);
    this.#kept?.forget(index);
    this.#resources.remember(index, 0);
  }
}
/** What an item says of its resource, alike however it was delivered. */
const contentOf = ({ status, tags, configuration, supplementaryConfiguration }: ConfigurationItem): string => JSON.stringify([status, tags, configuration, supplementaryConfiguration]);
/** Zero where the item tells no time. */
const timeOf = (item: ConfigurationItem): number => Date.parse(item.captureTime) || 0;
/** State of a resource whose latest item is its deletion; no rule's code is as large. */
const DELETED = codes.length;
