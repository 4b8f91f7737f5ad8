import { type LogFields, type Logger } from '../../src/application/ports/outbound/logger.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogEntry {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** Keeps what is logged, in order. */
export class RecordingLogger implements Logger {
  readonly entries: LogEntry[] = [];

  debug(event: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'debug', event, fields });
  }

  info(event: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'info', event, fields });
  }

  warn(event: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'warn', event, fields });
  }

  error(event: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'error', event, fields });
  }

  /** The events of one level, or of all. */
  events(level?: LogLevel): readonly string[] {
    return this.entries
      .filter((entry) => level === undefined || entry.level === level)
      .map(({ event }) => event);
  }

  /** Everything that was logged as one text, to look for what must not be in it. */
  text(): string {
    return JSON.stringify(this.entries);
  }
}
