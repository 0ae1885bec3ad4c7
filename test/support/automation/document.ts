import { parse } from 'yaml';
import { InvalidDocument } from './errors.ts';
import { readDeclarations, type Declarations } from './parameters.ts';
import { readStep, type Step } from './step.ts';
import { isObject, show } from './values.ts';

export interface Document {
  readonly assumeRole: string;
  readonly parameters: Declarations;
  readonly variables: Declarations;
  readonly steps: readonly Step[];
  readonly outputs: readonly string[];
}

const known = ['schemaVersion', 'description', 'assumeRole', 'parameters', 'variables', 'mainSteps', 'outputs'];

export function readDocument(text: string): Document {
  const raw = parse(text) as unknown;
  // Java readers of YAML take `no` for false and `1_000` for a number, newer ones do not; a document must not depend on it.
  if (JSON.stringify(raw) !== JSON.stringify(parse(text, { version: '1.1' }))) throw new InvalidDocument('versions 1.1 and 1.2 of YAML read the document differently; quote the value');
  if (!isObject(raw)) throw new InvalidDocument('the document is not a map');
  for (const key of Object.keys(raw)) if (!known.includes(key)) throw new InvalidDocument(`\`${key}\` is not played here`);
  if (raw.schemaVersion !== '0.3') throw new InvalidDocument(`\`schemaVersion\` is ${show(raw.schemaVersion)}, not the text 0.3`);
  // Without it the runbook runs as whoever starts it, and nobody could say with which permissions.
  if (typeof raw.assumeRole !== 'string') throw new InvalidDocument('`assumeRole` is missing');
  if (!Array.isArray(raw.mainSteps) || raw.mainSteps.length === 0) throw new InvalidDocument('`mainSteps` needs a step');
  const parameters = readDeclarations('parameter', raw.parameters);
  const variables = readDeclarations('variable', raw.variables);
  const steps = (raw.mainSteps as unknown[]).map((one) => readStep(one, { variables }));
  checkWays(steps);
  return { assumeRole: raw.assumeRole, parameters, variables, steps, outputs: readOutputs(raw.outputs, steps) };
}

/** Every step that can follow; AWS refuses a runbook with a circle. */
function checkWays(steps: readonly Step[]): void {
  const places = new Map(steps.map(({ name }, index) => [name, index]));
  if (places.size < steps.length) throw new InvalidDocument('two steps have the same name');
  const ways = steps.map(({ name, action, inputs, nextStep, isEnd, onFailure }, index) => {
    const names = [...action.jumps?.(inputs) ?? [], ...nextStep === undefined ? [] : [nextStep], ...onFailure.startsWith('step:') ? [onFailure.slice('step:'.length)] : []];
    const next = nextStep === undefined && !isEnd && index + 1 < steps.length && !(action.jumps !== undefined && inputs.Default !== undefined) ? [index + 1] : [];
    return [...next, ...names.map((one) => places.get(one) ?? refuseWay(name, one))];
  });
  const done = new Set<number>();
  const visit = (index: number, path: readonly number[]): void => {
    if (path.includes(index)) throw new InvalidDocument(`the steps run in a circle: ${[...path.slice(path.indexOf(index)), index].map((one) => steps[one]!.name).join(' → ')}`);
    if (done.has(index)) return;
    for (const way of ways[index]!) visit(way, [...path, index]);
    done.add(index);
  };
  visit(0, []);
}

function refuseWay(from: string, to: string): never {
  throw new InvalidDocument(`step \`${from}\`: there is no step \`${to}\``);
}

/** AWS documents `Step.Output` alone; `variable:x` is refused until somebody has seen it work. */
function readOutputs(raw: unknown, steps: readonly Step[]): string[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) throw new InvalidDocument('`outputs` is not a list');
  const lambda = ['StatusCode', 'Payload', 'FunctionError'];
  return (raw as unknown[]).map((one) => {
    const [name, output, ...more] = typeof one === 'string' ? one.split('.') : [];
    const step = steps.find((each) => each.name === name);
    const held = step?.inputs.FunctionName === undefined || step.outputs.length > 0 ? step?.outputs.map((each) => each.name) : lambda;
    if (more.length > 0 || output === undefined || held?.includes(output) !== true) throw new InvalidDocument(`outputs: ${show(one)} is not an output of a step, written \`Step.Output\``);
    return one as string;
  });
}
