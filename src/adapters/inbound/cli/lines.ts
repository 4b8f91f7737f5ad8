/** Where a command writes; each call is one line. */
export interface Lines {
  /** What was asked for. */
  readonly out: (line: string) => void;
  /** What a person should know besides. */
  readonly err: (line: string) => void;
}
