/** What a command may touch of the process it runs in; tests give their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether standard output is a terminal. */
  readonly isTTY: boolean;
  readonly color: boolean;
  /** Characters a line of standard output holds. */
  readonly columns: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Asks the person at the terminal; absent where there is none. */
  readonly question?: (text: string) => Promise<string>;
  readonly setExitCode: (code: number) => void;
}
