import type { Action } from '../action.ts';
import { StepFailed } from '../errors.ts';
import type { Fields } from '../types.ts';
import { fits, isObject, show, type Type } from '../values.ts';

type Operator = readonly [Type, (variable: never, operand: never) => boolean];
const text = (holds: (variable: string, operand: string) => boolean): Operator => ['String', holds];
const number = (holds: (variable: number, operand: number) => boolean): Operator => ['Integer', holds];
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: text((a, b) => a === b),
  EqualsIgnoreCase: text((a, b) => a.toLowerCase() === b.toLowerCase()),
  StartsWith: text((a, b) => a.startsWith(b)),
  EndsWith: text((a, b) => a.endsWith(b)),
  Contains: text((a, b) => a.includes(b)),
  NumericEquals: number((a, b) => a === b),
  NumericGreater: number((a, b) => a > b),
  NumericLesser: number((a, b) => a < b),
  NumericGreaterOrEquals: number((a, b) => a >= b),
  NumericLesserOrEquals: number((a, b) => a <= b),
  BooleanEquals: ['Boolean', (a: boolean, b: boolean) => a === b],
};

const reference = (value: unknown): boolean => typeof value === 'string' && value.includes('{{');

function checkCondition(condition: unknown): string | undefined {
  if (!isObject(condition)) return `${show(condition)} is not a condition`;
  const { NextStep: _, ...rest } = condition;
  const names = Object.keys(rest);
  if (names.length === 1 && (names[0] === 'And' || names[0] === 'Or')) {
    const several = rest[names[0]];
    return Array.isArray(several) && several.length > 1 ? several.map(checkCondition).find((fault) => fault !== undefined) : `\`${names[0]}\` needs a list of two conditions or more`;
  }
  if (names.length === 1 && names[0] === 'Not') return checkCondition(rest.Not);
  const [name, ...others] = names.filter((one) => one !== 'Variable');
  const operator = operators[name ?? ''];
  if (operator === undefined || others.length > 0) return `${show(condition)} needs one operation that AWS knows`;
  if (!reference(rest.Variable)) return `\`Variable\` is ${show(rest.Variable)}, not a reference`;
  const operand = rest[name!];
  return reference(operand) || fits(operator[0], operand) ? undefined : `\`${name!}\` compares with ${show(operand)}, not a ${operator[0]}`;
}

/** AWS does not convert within an input, so an Integer held against StringEquals fails the step. */
function holds(condition: Fields): boolean {
  const { And, Or, Not, NextStep: _, Variable, ...rest } = condition;
  if (And !== undefined) return (And as Fields[]).map(holds).every(Boolean);
  if (Or !== undefined) return (Or as Fields[]).map(holds).some(Boolean);
  if (Not !== undefined) return !holds(Not as Fields);
  const [[name, operand]] = Object.entries(rest) as [[string, unknown]];
  const [type, compare] = operators[name]!;
  for (const value of [Variable, operand]) if (!fits(type, value)) throw new StepFailed(`\`${name}\` met ${show(value)}, not a ${type}`);
  return compare(Variable as never, operand as never);
}

export const branch: Action = {
  inputs: { required: ['Choices'], optional: ['Default'] }, timeoutSeconds: Infinity,
  check({ Choices, Default }) {
    if (!Array.isArray(Choices) || Choices.length === 0) return '`Choices` needs a list of one choice or more';
    for (const choice of Choices as unknown[]) {
      if (isObject(choice) && typeof choice.NextStep !== 'string') return `${show(choice)} has no \`NextStep\``;
      const fault = checkCondition(choice);
      if (fault !== undefined) return fault;
    }
    return Default === undefined || typeof Default === 'string' ? undefined : `\`Default\` is ${show(Default)}, not a step`;
  },
  jumps: ({ Choices, Default }) => [...(Choices as { NextStep: string }[]).map(({ NextStep }) => NextStep), ...Default === undefined ? [] : [Default as string]],
  async *run({ Choices, Default }) {
    const choice = (Choices as (Fields & { NextStep: string })[]).find(holds);
    return { outputs: {}, jump: choice?.NextStep ?? (Default as string | undefined) };
  },
};
