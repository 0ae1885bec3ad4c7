import { allSteps, type Step } from './runbook.ts';
import { actionOf } from './actions.ts';

/** Where the steps of a runbook lead. */
export interface Flow {
  readonly reached: ReadonlySet<Step>;
  /** Whether `earlier` can, or will on every way, have given its outputs when `step` begins. */
  before(step: Step, earlier: Step): 'never' | 'perhaps' | 'always';
  /** The first step of every cycle that no way leads out of, failures apart. */
  readonly endless: readonly Step[];
}

/** Where a step leads; `Abort` leads nowhere. */
interface Ways { readonly success: readonly Step[]; /** A way on which the step has given nothing. */ readonly failure: readonly Step[]; readonly ends: boolean }

export function flowOf(steps: readonly Step[], named: ReadonlyMap<string, Step>): Flow {
  const index = new Map([...allSteps(steps)].map((step, at) => [step, at]));
  const bit = (step: Step): bigint => 1n << BigInt(index.get(step) ?? 0);
  const may = new Map<Step, bigint>();
  const must = new Map<Step, bigint>();
  const reached = new Set<Step>();
  const endless: Step[] = [];

  function walk(list: readonly Step[], mayBefore: bigint, mustBefore: bigint): void {
    const [first] = list;
    if (first === undefined) return;
    const ways = new Map(list.map((step, at) => [step, waysOf(step, list[at + 1], named)]));
    const inside = new Set(list);
    for (const step of reachedFrom([first], (one) => leads(ways.get(one))).filter((one) => inside.has(one))) reached.add(step);
    settle(first, list.filter((step) => reached.has(step)), ways, mayBefore, mustBefore);
    endless.push(...endlessOf(list.filter((step) => reached.has(step)), ways));
    for (const step of list) {
      if (step.steps.length === 0 || !reached.has(step)) continue;
      // The second round has seen all of the first.
      const all = [...allSteps(step.steps)].reduce((bits, one) => bits | bit(one), 0n);
      walk(step.steps, (may.get(step) ?? 0n) | all, must.get(step) ?? 0n);
    }
  }
  /** What each step may and must find done, until nothing changes. */
  function settle(first: Step, list: readonly Step[], ways: ReadonlyMap<Step, Ways>, mayBefore: bigint, mustBefore: bigint): void {
    may.set(first, mayBefore);
    must.set(first, mustBefore);
    for (let changed = true; changed;) {
      changed = false;
      for (const step of list) {
        const [seen, sure] = [may.get(step), must.get(step)];
        if (seen === undefined || sure === undefined) continue;
        const all = [...allSteps(step.steps)].reduce((bits, one) => bits | bit(one), bit(step));
        const pass = (to: Step, mayPass: bigint, mustPass: bigint): void => {
          if (to.within !== step.within) return;
          const newMay = (may.get(to) ?? 0n) | mayPass;
          const newMust = must.has(to) ? must.get(to)! & mustPass : mustPass;
          if (newMay === may.get(to) && newMust === must.get(to)) return;
          may.set(to, newMay); must.set(to, newMust); changed = true;
        };
        const { success = [], failure = [] } = ways.get(step) ?? {};
        for (const to of success) pass(to, seen | all, sure | bit(step));
        for (const to of failure) pass(to, givesOnFailure(step) ? seen | all : seen, sure);
      }
    }
  }
  walk(steps, 0n, 0n);
  return {
    reached, endless,
    before(step, earlier) {
      if (((may.get(step) ?? 0n) & bit(earlier)) === 0n) return 'never';
      return ((must.get(step) ?? 0n) & bit(earlier)) === 0n ? 'perhaps' : 'always';
    },
  };
}

/** An API call that failed has no answer to select from; of an action that is not known nothing is said. */
const givesOnFailure = (step: Step): boolean => actionOf(step.action)?.givesOnFailure ?? actionOf(step.action) === undefined;

function waysOf(step: Step, following: Step | undefined, named: ReadonlyMap<string, Step>): Ways {
  const target = (name: string | undefined): Step[] => { const found = named.get(name ?? ''); return found === undefined ? [] : [found]; };
  const next = textIn(step, 'nextStep');
  const isEnd = textIn(step, 'isEnd')?.toLowerCase() === 'true';
  const onward = next !== undefined ? target(next) : following === undefined || isEnd ? [] : [following];
  const { choices, standard } = branchOf(step);
  const success = [...choices.flatMap(target), ...(standard === undefined ? onward : target(standard))];
  const [onFailure, onCancel] = ['onFailure', 'onCancel'].map((key) => textIn(step, key));
  // A loop takes over what its steps do on failure.
  const ofBody = step.steps.map((one) => textIn(one, 'onFailure')).filter((text) => text?.startsWith('step:')).flatMap((text) => target(text?.slice(5))).filter((one) => one.within === step.within);
  // `isEnd` ends on failure too.
  const failed = isEnd ? [] : onFailure === 'Continue' ? onward : onFailure?.startsWith('step:') ? target(onFailure.slice(5)) : [];
  const cancelled = onCancel?.startsWith('step:') ? target(onCancel.slice(5)) : [];
  return { success, failure: [...failed, ...cancelled, ...ofBody], ends: standard === undefined && next === undefined && (isEnd || following === undefined) };
}

function branchOf(step: Step): { choices: string[]; standard: string | undefined } {
  if (step.action !== 'aws:branch' || step.inputs === undefined) return { choices: [], standard: undefined };
  const choices = step.inputs.entries.get('Choices')?.value;
  const names = (choices?.kind === 'list' ? choices.items : []).flatMap((choice) => {
    const next = choice.kind === 'map' ? choice.entries.get('NextStep')?.value : undefined;
    return next?.kind === 'scalar' ? [next.text] : [];
  });
  const standard = step.inputs.entries.get('Default')?.value;
  return { choices: names, standard: standard?.kind === 'scalar' ? standard.text : undefined };
}
function textIn(step: Step, key: string): string | undefined {
  const value = step.map.entries.get(key)?.value;
  return value?.kind === 'scalar' ? value.text : undefined;
}
const leads = (ways: Ways | undefined): Step[] => [...(ways?.success ?? []), ...(ways?.failure ?? [])];

function reachedFrom(from: readonly Step[], next: (step: Step) => readonly Step[]): Step[] {
  const seen = new Set(from);
  // A set takes in while it is walked.
  for (const step of seen) for (const one of next(step)) seen.add(one);
  return [...seen];
}

function endlessOf(list: readonly Step[], ways: ReadonlyMap<Step, Ways>): Step[] {
  const backward = new Map<Step, Step[]>();
  for (const step of list) for (const to of leads(ways.get(step))) backward.set(to, [...(backward.get(to) ?? []), step]);
  // A target outside the list ends this one.
  const ending = list.filter((step) => ways.get(step)?.ends === true || leads(ways.get(step)).some((to) => !list.includes(to)) || leads(ways.get(step)).length === 0);
  const ended = new Set(reachedFrom(ending, (step) => backward.get(step) ?? []));
  const told = new Set<Step>();
  return list.filter((step) => {
    if (ended.has(step) || told.has(step)) return false;
    const around = reachedFrom(leads(ways.get(step)), (one) => leads(ways.get(one)));
    if (!around.includes(step)) return false;
    for (const one of around) told.add(one);
    return true;
  });
}
