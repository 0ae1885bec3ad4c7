import type { Report } from './report.ts';
import { typeOf, type Type } from './types.ts';
import type { Entry, Mapping, Value } from './tree.ts';

/** A parameter, variable or output with what it holds; `undefined` where its type cannot be told. */
export interface Declared { readonly line: number; readonly type: Type | undefined; /** For parameters: the only values it may have. */ readonly allowed?: readonly string[] }
export interface Step {
  /** As written; empty where it has none. */
  readonly name: string;
  /** As written; empty where it has none. */
  readonly action: string;
  /** Line of the step's name, or else of the step. */
  readonly line: number;
  readonly map: Mapping;
  readonly inputs: Mapping | undefined;
  readonly outputs: ReadonlyMap<string, Declared>;
  /** The steps of a loop. */
  readonly steps: readonly Step[];
  /** The loop it stands in. */
  readonly within: Step | undefined;
}
export interface Runbook {
  readonly report: Report;
  readonly top: Mapping;
  readonly parameters: ReadonlyMap<string, Declared>;
  readonly variables: ReadonlyMap<string, Declared>;
  /** Those of `mainSteps`. */
  readonly steps: readonly Step[];
  /** Those in loops too; of two with one name the first. */
  readonly named: ReadonlyMap<string, Step>;
}

/** Reads what can be read; the checks say what cannot. */
export function readRunbook(top: Mapping, report: Report): Runbook {
  const steps = readSteps(top.entries.get('mainSteps')?.value, undefined);
  const named = new Map<string, Step>();
  for (const step of allSteps(steps)) if (step.name !== '' && !named.has(step.name)) named.set(step.name, step);
  return { report, top, parameters: readDeclared(top, 'parameters'), variables: readDeclared(top, 'variables'), steps, named };
}

/** What messages call a step. */
export const called = ({ name }: Step): string => (name === '' ? 'a step' : `step \`${name.length > 128 ? `${name.slice(0, 20)}…` : name}\``);

export function* allSteps(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) { yield step; yield* allSteps(step.steps); }
}

export function entriesOf(map: Mapping, key: string): ReadonlyMap<string, Entry> {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'map' ? value.entries : new Map();
}
function scalarText(map: Mapping, key: string): string {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'scalar' && value.value !== null ? value.text : '';
}

function readDeclared(top: Mapping, section: string): Map<string, Declared> {
  return new Map([...entriesOf(top, section)].map(([name, { line, value }]) => {
    if (value.kind !== 'map') return [name, { line, type: undefined }];
    const allowed = value.entries.get('allowedValues')?.value;
    const texts = allowed?.kind === 'list' && allowed.items.length > 0 && allowed.items.every(({ kind }) => kind === 'scalar') ? allowed.items.map((item) => (item.kind === 'scalar' ? item.text : '')) : undefined;
    return [name, { line, type: typeOf(scalarText(value, 'type')), ...(texts === undefined ? {} : { allowed: texts }) }];
  }));
}

function readSteps(value: Value | undefined, within: Step | undefined): Step[] {
  const items = value?.kind === 'list' ? value.items : [];
  return items.flatMap((map) => {
    if (map.kind !== 'map') return [];
    const inputs = map.entries.get('inputs')?.value;
    const steps: Step[] = [];
    const step: Step = {
      name: scalarText(map, 'name'), action: scalarText(map, 'action'), line: map.entries.get('name')?.line ?? map.line, map,
      inputs: inputs?.kind === 'map' ? inputs : undefined, outputs: readOutputs(map), steps, within,
    };
    if (step.action === 'aws:loop' && step.inputs !== undefined) steps.push(...readSteps(step.inputs.entries.get('Steps')?.value, step));
    return [step];
  });
}

function readOutputs(map: Mapping): Map<string, Declared> {
  const value = map.entries.get('outputs')?.value;
  const outputs = new Map<string, Declared>();
  for (const item of value?.kind === 'list' ? value.items : []) {
    if (item.kind !== 'map') continue;
    const name = scalarText(item, 'Name');
    if (name !== '') outputs.set(name, { line: item.line, type: item.entries.has('Type') ? typeOf(scalarText(item, 'Type')) : 'String' });
  }
  return outputs;
}
