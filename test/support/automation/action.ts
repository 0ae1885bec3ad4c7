import type { Declarations } from './parameters.ts';
import type { Segment } from './selector.ts';
import type { Fields, Invocation, Point, World } from './types.ts';
import type { Type } from './values.ts';

export interface Output { readonly name: string; readonly selector: readonly Segment[]; readonly text: string; readonly type: Type }

/** What one attempt of a step may use. The generators yield before they touch the world. */
export interface Attempt {
  readonly outputs: readonly Output[];
  /** The step's own, or the action's default. */
  readonly timeoutSeconds: number;
  readonly world: World;
  call(service: string, api: string, input: Fields): AsyncGenerator<Point, unknown, void>;
  invoke(functionName: string, payload: unknown): AsyncGenerator<Point, Invocation, void>;
  waitUntil(time: number): AsyncGenerator<Point, void, void>;
  /** Throws StepFailed for a value that the variable's declaration does not take. */
  setVariable(name: string, value: unknown): void;
}

/** `jump`: the step that follows, whatever stands next. */
export interface Done { readonly outputs: Fields; readonly jump?: string | undefined }

export interface Action {
  readonly inputs: { readonly required: readonly string[]; readonly optional: readonly string[] | 'any' };
  readonly takesOutputs?: true;
  readonly timeoutSeconds: number;
  /** What AWS does not go beyond, whatever the step says. */
  readonly mostSeconds?: number;
  /** Says what is wrong with the inputs as they are written. */
  check(inputs: Fields, document: { readonly variables: Declarations }): string | undefined;
  jumps?(inputs: Fields): string[];
  run(inputs: Fields, attempt: Attempt): AsyncGenerator<Point, Done, void>;
}
