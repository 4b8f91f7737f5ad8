import { type ClientBase, type QueryResult } from 'pg';

import { type StoreClock } from '../../../application/ports/outbound/store-clock.ts';
import { type ContactId } from '../../../domain/contact.ts';
import { type DatabaseClock, type Hearing } from './database-clock.ts';
import { RaceLostError, asStoreError, isRace } from './postgres-error.ts';

export type Row = Record<string, unknown>;

export type Parameter =
  | string
  | number
  | boolean
  | Uint8Array
  | readonly string[]
  | readonly (number | null)[]
  | null
  | undefined;

/** The store's time as an expression of SQL: the database's, but for the jumps of its clock. */
export const STORE_TIME =
  '(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + (SELECT offset_ms FROM store_clock))';

/** What the time is read from: the database, unless a clock is given. */
export interface SessionTime {
  readonly given?: StoreClock;
  readonly database: DatabaseClock;
  /** This process's own clock: ms from any fixed instant, which the time of day does not move. */
  readonly elapsedMs: () => number;
}

/** Every statement is parsed and planned once a connection, under a name of its own. */
const names = new Map<string, string>();

/** One connection for the length of one piece of work; in a write, its transaction. */
export class PostgresSession {
  readonly #client: ClientBase;
  readonly #time: SessionTime;
  readonly #locked = new Set<ContactId>();
  #now: number | undefined;
  /** When the last statement was sent and answered, by this process's own clock, ms. */
  #lastStatement = { asked: 0, heard: 0 };

  constructor(client: ClientBase, time: SessionTime) {
    this.#client = client;
    this.#time = time;
  }

  async all(sql: string, ...parameters: readonly Parameter[]): Promise<Row[]> {
    const { rows } = await this.#query(sql, parameters);
    return rows;
  }

  async get(sql: string, ...parameters: readonly Parameter[]): Promise<Row | undefined> {
    const [row] = await this.all(sql, ...parameters);
    return row;
  }

  /** @returns How many rows were changed. */
  async run(sql: string, ...parameters: readonly Parameter[]): Promise<number> {
    const { rowCount } = await this.#query(sql, parameters);
    return rowCount ?? 0;
  }

  /** Inserts one row. @returns Its id. */
  async insert(sql: string, ...parameters: readonly Parameter[]): Promise<number> {
    const row = await this.get(`${sql} RETURNING id`, ...parameters);
    return Number(row?.['id']);
  }

  /**
   * Store time, ms: the database's, so that all machines count in the same. One instant for the
   * whole work, taken when it is first asked for; whoever waits for locks asks afterwards.
   *
   * @throws ClockJumpedError when the database's clock has jumped, and nobody has made that good yet.
   */
  async now(): Promise<number> {
    this.#now ??= this.#time.given?.now() ?? this.#believed(await this.hear());
    return this.#now;
  }

  /** Takes over the time that the last statement has brought along; throws as {@link now} does. */
  noteTime(time: number): void {
    this.#now ??= this.#time.given?.now() ?? this.#believed({ time, ...this.#lastStatement });
  }

  /** What the database says of the time, believed or not. */
  async hear(): Promise<Hearing> {
    const row = await this.get(`SELECT ${STORE_TIME} AS now`);
    return { time: Number(row?.['now']), ...this.#lastStatement };
  }

  #believed(hearing: Hearing): number {
    this.#time.database.believe(hearing);
    return hearing.time;
  }

  /** Notes that this transaction holds the contact's row, or has made it. */
  noteLocked(id: ContactId): void {
    this.#locked.add(id);
  }

  /**
   * Everything that belongs to a contact is changed by whoever holds its row, and by nobody else.
   *
   * @throws RaceLostError when the row is not held, since what was read before it might be outdated.
   */
  requireLocked(id: ContactId): void {
    if (!this.#locked.has(id)) throw new RaceLostError(`contact ${id} is not locked`);
  }

  async #query(sql: string, parameters: readonly Parameter[]): Promise<QueryResult<Row>> {
    try {
      const asked = this.#time.elapsedMs();
      const result = await this.#client.query<Row>({
        name: nameOf(sql),
        text: sql,
        values: parameters.map(storable),
      });
      this.#lastStatement = { asked, heard: this.#time.elapsedMs() };
      return result;
    } catch (error) {
      throw isRace(error) ? error : asStoreError(error);
    }
  }
}

function nameOf(sql: string): string {
  const name = names.get(sql) ?? `s${names.size}`;
  names.set(sql, name);
  return name;
}

/** PostgreSQL's text takes neither NUL nor half of a surrogate pair. */
function storable(parameter: Parameter): Parameter {
  if (typeof parameter !== 'string') return parameter;
  return parameter.toWellFormed().replaceAll('\0', '');
}
