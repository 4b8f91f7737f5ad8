/** Values beside an event: short facts, never a text somebody wrote, never a full number, never a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Tells the operator what happened and what to do next. `event` is a constant, lower-case phrase. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
