import { conditionExceptions } from './condition-exceptions.ts';
import { elementExceptions } from './element-exceptions.ts';
import { textExceptions } from './text-exceptions.ts';
import type { Split } from './splits.ts';

/** Something the peer is known to do otherwise: a fault of its, or a reading where AWS's text leaves room. */
export interface Exception {
  readonly name: string;
  readonly is: 'fault' | 'reading';
  readonly reason: string;
  readonly source: string;
  /** Recognizes this and nothing else, the direction of the disagreement included. */
  readonly recognizes: (split: Split) => boolean;
}

const exceptions: readonly Exception[] = [...conditionExceptions, ...textExceptions, ...elementExceptions];
export const exceptionFor = (split: Split): Exception | undefined => exceptions.find((one) => one.recognizes(split));
export const exceptionNamed = (name: string): Exception => exceptions.find((one) => one.name === name)!;
