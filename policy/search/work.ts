/** What a question may still spend, in steps: counted, not timed, so that no answer depends on the machine. */
export class Work {
  left: number;
  /** Texts found for the same tests, for those who ask within this work. */
  readonly texts = new Map<string, { readonly text: string | undefined }>();
  constructor(steps: number) { this.left = steps; }
  /** Throws PastBudget when nothing is left. */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new PastBudget();
  }
}

/** The search was given up; nothing is known of what it had not yet seen. */
export class PastBudget extends Error { override name = 'PastBudget' }
