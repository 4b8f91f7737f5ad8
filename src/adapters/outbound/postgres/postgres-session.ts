import { type ClientBase, type QueryResult } from 'pg';

import { type StoreClock } from '../../../application/ports/outbound/store-clock.ts';
import { type ContactId } from '../../../domain/contact.ts';
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

/** The database's time as an expression of SQL. */
export const DATABASE_TIME = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Every statement is parsed and planned once a connection, under a name of its own. */
const names = new Map<string, string>();

/** One connection for the length of one piece of work; in a write, its transaction. */
export class PostgresSession {
  readonly #client: ClientBase;
  readonly #clock: StoreClock | undefined;
  readonly #locked = new Set<ContactId>();
  #now: number | undefined;

  constructor(client: ClientBase, clock: StoreClock | undefined) {
    this.#client = client;
    this.#clock = clock;
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
   */
  async now(): Promise<number> {
    this.#now ??=
      this.#clock?.now() ?? Number((await this.get(`SELECT ${DATABASE_TIME} AS now`))?.['now']);
    return this.#now;
  }

  /** Takes over the database's time that a statement has brought along. */
  noteTime(now: number): void {
    this.#now ??= this.#clock?.now() ?? now;
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
      return await this.#client.query<Row>({
        name: nameOf(sql),
        text: sql,
        values: parameters.map(storable),
      });
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
