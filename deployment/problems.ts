/** One thing to say about a document that is to be deployed. */
export interface Problem<Severity extends string = 'error' | 'warning'> {
  readonly severity: Severity;
  /** From 1. */
  readonly line: number;
  /** What is wrong, the limit, the next step, and the AWS page that says so. */
  readonly message: string;
}

/** `what` says what is wrong with its limit, `next` what to do. */
export type Say<Source extends string> = (line: number, what: string, next: string, source: Source) => void;

/** Collects problems of one severity; `sources` are the pages by the names that checks give them. */
export function collector<Severity extends string, Source extends string>(problems: Problem<Severity>[], severity: Severity, sources: Readonly<Record<Source, string>>): Say<Source> {
  return (line, what, next, source) => { problems.push({ severity, line, message: `${what}; ${next} (${sources[source]})` }); };
}
