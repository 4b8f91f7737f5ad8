import { createLogger, format, transports, type Logger as Winston } from 'winston';
import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { type LogFields, type Logger } from '../../../application/ports/outbound/logger.ts';
import { Redactor } from './redactor.ts';

/** How the log is written. */
export interface WinstonOptions {
  /** The least important level that is written. */
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** `json` for machines, `readable` for somebody who watches. Both write one line an event. */
  readonly style: 'json' | 'readable';
  /** Values that never appear, wherever they come from. */
  readonly secrets: readonly string[];
  /** Stands in every line, for instance the process id. */
  readonly common?: LogFields;
  readonly stream: NodeJS.WritableStream;
  /**
   * Writes the lines of one turn of the event loop in one piece: for every message, winston's streams
   * and the system call cost more than the line itself. A killed process loses the lines of that turn;
   * one that ends must call {@link WinstonLogger.flush}.
   */
  readonly gathers?: boolean;
}

type Level = WinstonOptions['level'];

/** What a terminal or a log reader could take for more than text, and JSON does not escape. */
const UNESCAPED =
  /[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|\p{Surrogate}/gu;

/** Most lines have nothing else, and need no second look. */
const PLAIN_LINE = /^[ -~]*$/u;

/** Values that need no quotes to be told from what follows. */
const BARE_VALUE = /^[\w.:/*@+-]+$/u;

/** Logs through winston, one line an event, without secrets and full phone numbers. */
export class WinstonLogger implements Logger {
  private readonly lines: string[] = [];
  private readonly winston: Winston;
  private readonly redactor: Redactor;

  constructor(
    private readonly options: WinstonOptions,
    private readonly clock: Clock,
  ) {
    this.redactor = new Redactor(options.secrets);
    this.winston = createLogger({
      level: options.level,
      format: format.printf(({ lines }) => String(lines)),
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston's types call the transport an interface, not the class it is
      transports: [new transports.Stream({ stream: options.stream, eol: '\n' })],
    });
  }

  debug(event: string, fields?: LogFields): void {
    this.write('debug', event, fields);
  }

  info(event: string, fields?: LogFields): void {
    this.write('info', event, fields);
  }

  warn(event: string, fields?: LogFields): void {
    this.write('warn', event, fields);
  }

  error(event: string, fields?: LogFields): void {
    this.write('error', event, fields);
  }

  /** Everything that was logged has been written afterwards. */
  flush(): void {
    const lines = this.lines.splice(0).join('\n');
    if (lines !== '') this.winston.log({ level: this.options.level, message: '', lines });
  }

  private write(level: Level, event: string, fields: LogFields = {}): void {
    if (!this.winston.isLevelEnabled(level)) return;
    const head = {
      time: new Date(this.clock.now()).toISOString(),
      level,
      event: this.redactor.text(event),
    };
    const rest = this.redactor.fields({ ...this.options.common, ...fields });
    const line = this.options.style === 'json' ? jsonLine(head, rest) : readableLine(head, rest);
    this.lines.push(line);
    if (this.options.gathers !== true) this.flush();
    else if (this.lines.length === 1) {
      setImmediate(() => {
        this.flush();
      });
    }
  }
}

interface Head {
  readonly time: string;
  readonly level: string;
  readonly event: string;
}

function jsonLine(head: Head, fields: LogFields): string {
  // The head comes first in the line, and wins over fields of the same name.
  const line: Record<string, unknown> = { ...head };
  for (const name of Object.keys(fields)) if (!(name in head)) line[name] = fields[name];
  return escaped(JSON.stringify(line));
}

function readableLine({ event, level, time }: Head, fields: LogFields): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${plain(name)}=${plain(value)}`);
  const label = level.toUpperCase().padEnd(5);
  return escaped([time.slice(11, 23), label, plainEvent(event), ...pairs].join(' '));
}

function plain(value: unknown): string {
  return typeof value === 'string' && BARE_VALUE.test(value) ? value : JSON.stringify(value);
}

/** An event is words; line feeds and the like in it are escaped as in JSON. */
function plainEvent(event: string): string {
  return JSON.stringify(event).slice(1, -1);
}

function escaped(line: string): string {
  if (PLAIN_LINE.test(line)) return line;
  return line.replace(
    UNESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
