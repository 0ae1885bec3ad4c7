import { askedOf, Denied } from './denials.ts';

/** An error as a person is told of it: a denial with what grants it, another error of AWS with the call that it answers and its code. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Denied) return error.message;
  const asked = askedOf(error);
  return asked === undefined ? error.message : `${asked}: AWS answered ${error.name}: ${error.message}`;
}
