/**
 * How much a finding matters. `problem`: something does not work, or will not; `warning`: it works, but not as one may think, or not for
 * long; `unknown`: it could not be looked at, which is never taken for fine; `note`: nothing has to be done.
 */
export const severities = ['problem', 'warning', 'unknown', 'note'] as const;
export type Severity = typeof severities[number];

/** Where a finding was made; one of the whole organization is in neither. */
export interface Place { readonly account?: string; readonly region?: string }

/** What a check says. */
export interface Said {
  readonly severity: Severity;
  /** A sentence without a full stop, and without the place, so that findings of many accounts can be told as one. */
  readonly message: string;
  /** What to do; one line each. */
  readonly next: readonly string[];
  /** What the message shortens, in full. */
  readonly details?: readonly string[];
}
export interface Finding extends Said {
  /** Id of the check. */
  readonly check: string;
  readonly place: Place;
}

const say = (severity: Severity) => (message: string, ...next: readonly string[]): Said => ({ severity, message, next });
export const problem = say('problem');
export const warning = say('warning');
export const unknown = say('unknown');
export const note = say('note');

/** What could not be looked at, and why. A denial brings its next steps with it; account and Region of the place give way to words, so that equal denials of many places are one. */
export function unread(what: string, error: unknown, { account, region }: Place = {}): Said {
  const text = error instanceof Error ? (error.message === '' ? error.name : error.message) : String(error);
  const anywhere = [[account, 'ACCOUNT'], [region, 'REGION']].reduce((all, [name, word]) => name === undefined ? all : all.replaceAll(name, word!), text);
  const [head = '', ...lines] = anywhere.split('\n');
  const next = lines.filter((line) => line.startsWith('  ')).map((line) => line.trim());
  const answers = lines.filter((line) => !line.startsWith('  '));
  return unknown(`${what}: ${[head, ...answers].join('; ')}`, ...next.length > 0 ? next : ['run `perimeter doctor` again; if it stays, look at the message of AWS']);
}
