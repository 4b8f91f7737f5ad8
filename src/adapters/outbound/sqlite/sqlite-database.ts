import { closeSync, fchmodSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite';

import { StoreUnavailableError } from '../../../application/ports/outbound/store-unavailable-error.ts';
import { applySettings } from './apply-settings.ts';
import { asStoreError, isBusy, storeUnavailable } from './sqlite-error.ts';

/** How long a write or read waits for other processes, ms, where nothing else is said. */
const WITHIN_MS = 3_000;

/** So many turns of the event loop a transaction waits for further work, at the most. */
const MOST_TICKS = 6;

/** A transaction takes no further work after so long, ms: other processes and this event loop want their turn. */
const TRANSACTION_MS = 15;

export interface SqliteDatabaseOptions {
  /** Path of the file; its folder is created. */
  readonly file: string;
  /** Waits for a moment while another process writes. */
  readonly pause?: () => Promise<void>;
  /** Ms from any fixed instant; measures how long was waited. */
  readonly elapsedMs?: () => number;
}

export type Row = Record<string, SQLOutputValue>;
type Parameter = SQLInputValue | undefined;

interface AskedWrite {
  readonly run: () => () => void;
  readonly reject: (error: unknown) => void;
  readonly giveUpAt: number;
}

/**
 * One connection. Writes that are asked for within one tick of the event loop share one
 * transaction and so one fsync; nothing ever waits inside SQLite.
 */
export class SqliteDatabase {
  readonly #db: DatabaseSync;
  readonly #pause: () => Promise<void>;
  readonly #elapsedMs: () => number;
  readonly #statements = new Map<string, StatementSync>();
  #asked: AskedWrite[] = [];
  /** Whether the next transaction guards each work from the others. */
  #isGuarded = false;
  #draining: Promise<void> | undefined;
  /** Since when every write of this process has found another one writing; of {@link #elapsedMs}. */
  #refusedSince: number | undefined;
  #transactions = 0;
  #isClosed = false;

  private constructor(db: DatabaseSync, options: SqliteDatabaseOptions) {
    this.#db = db;
    this.#pause = options.pause ?? briefPause;
    this.#elapsedMs = options.elapsedMs ?? (() => performance.now());
  }

  /**
   * Opens the file, which other processes may be opening too.
   *
   * @throws Error when SQLite does not keep to a setting that durability rests on.
   */
  static async open(options: SqliteDatabaseOptions): Promise<SqliteDatabase> {
    mkdirSync(path.dirname(path.resolve(options.file)), { recursive: true });
    // Customers' words are for this account only; SQLite gives its side files the same rights.
    const file = openSync(options.file, 'a', 0o600);
    fchmodSync(file, 0o600);
    closeSync(file);
    const database = new SqliteDatabase(new DatabaseSync(options.file, { timeout: 0 }), options);
    try {
      await database.#retry(() => {
        applySettings(database.#db);
      });
    } catch (error) {
      database.#db.close();
      throw error;
    }
    return database;
  }

  /** How long no write has got through because another process was writing, ms; 0 when the last one did. */
  get refusedForMs(): number {
    return this.#refusedSince === undefined ? 0 : this.#elapsedMs() - this.#refusedSince;
  }

  /** How many write transactions have begun: tells what belongs to one from what belongs to the next. */
  get transactions(): number {
    return this.#transactions;
  }

  get(sql: string, ...parameters: readonly Parameter[]): Row | undefined {
    return this.#statement(sql).get(...asSql(parameters));
  }

  all(sql: string, ...parameters: readonly Parameter[]): Row[] {
    return this.#statement(sql).all(...asSql(parameters));
  }

  /** @returns How many rows were changed, and the id of the row that was inserted last. */
  run(sql: string, ...parameters: readonly Parameter[]): { changes: number; id: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...asSql(parameters));
    return { changes: Number(changes), id: Number(lastInsertRowid) };
  }

  /** Runs several statements; for migrations. */
  script(sql: string): void {
    this.#db.exec(sql);
  }

  /** Runs reads that see one state of the database at a time. */
  async read<T>(work: () => T): Promise<T> {
    if (this.#isClosed) throw closedError();
    return this.#retry(work);
  }

  /**
   * Runs synchronous work inside a write transaction, together with what else is asked for in this tick.
   *
   * @returns The work's result, once it is on disk.
   * @throws What the work throws, its own writes undone and its neighbours' kept; or
   *   StoreUnavailableError when nothing could be written, at the latest after `withinMs` of waiting for others.
   */
  write<T>(work: () => T, withinMs: number = WITHIN_MS): Promise<T> {
    if (this.#isClosed) return Promise.reject(closedError());
    return new Promise<T>((resolve, reject) => {
      const run = (): (() => void) => {
        const result = work();
        return () => {
          resolve(result);
        };
      };
      this.#asked.push({ run, reject, giveUpAt: this.#elapsedMs() + withinMs });
      this.#draining ??= this.#drain();
    });
  }

  /**
   * Moves what the write-ahead log holds into the file and cuts the log to nothing, so that what was
   * overwritten there is in neither.
   *
   * @returns `false` when other processes were reading or writing all the time.
   */
  async emptyLog(): Promise<boolean> {
    // Most of it without keeping writers waiting.
    await this.read(() => this.get('PRAGMA wal_checkpoint(PASSIVE)'));
    const giveUpAt = this.#elapsedMs() + WITHIN_MS;
    for (;;) {
      const answer = await this.read(() => this.get('PRAGMA wal_checkpoint(TRUNCATE)'));
      if (answer?.['busy'] === 0) return true;
      if (this.#elapsedMs() >= giveUpAt) return false;
      await this.#pause();
    }
  }

  /** Finishes what was asked for, then closes the file. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#draining;
    this.#statements.clear();
    this.#db.close();
  }

  async #drain(): Promise<void> {
    while (this.#asked.length > 0) {
      await this.#gather();
      if (!this.#commitAsked() && this.#asked.length > 0) await this.#pause();
    }
    this.#draining = undefined;
  }

  /**
   * Waits a tick, and more as long as each brings more: under load a commit then takes half as many
   * writes again (measured: 48 instead of 30 of 50 in flight), alone it waits for nothing.
   */
  async #gather(): Promise<void> {
    let gathered = 0;
    for (let ticks = 0; ticks < MOST_TICKS && this.#asked.length > gathered; ticks += 1) {
      gathered = this.#asked.length;
      await nextTick();
    }
  }

  /** @returns `false` when another process was writing. */
  #commitAsked(): boolean {
    if (!this.#begin()) return false;
    const taken: AskedWrite[] = [];
    const isGuarded = this.#isGuarded;
    this.#isGuarded = false;
    let isCommitting = false;
    try {
      const deliveries = this.#runAsked(taken, isGuarded);
      isCommitting = true;
      this.#statement('COMMIT').run();
      for (const deliver of deliveries) deliver();
    } catch (error) {
      // One work has failed: all of them once more, each guarded from the others.
      this.#isGuarded = !isGuarded && !isCommitting && this.#db.isTransaction;
      this.#rollBack();
      if (this.#isGuarded) taken.length = 0;
      for (const { reject } of taken) reject(storeUnavailable(error));
    } finally {
      this.#asked = this.#asked.slice(taken.length);
    }
    return true;
  }

  /** Whoever has waited too long for other processes is turned away; a failing disk turns all away. */
  #begin(): boolean {
    try {
      this.#statement('BEGIN IMMEDIATE').run();
      this.#transactions += 1;
      this.#refusedSince = undefined;
      return true;
    } catch (error) {
      const now = isBusy(error) ? this.#elapsedMs() : Infinity;
      if (isBusy(error)) this.#refusedSince ??= now;
      this.#rejectAsked(error, ({ giveUpAt }) => giveUpAt <= now);
      return false;
    }
  }

  /** A rollback that fails leaves nothing to be undone: the disk has ended the transaction already. */
  #rollBack(): void {
    try {
      if (this.#db.isTransaction) this.#statement('ROLLBACK').run();
    } catch (error) {
      if (this.#db.isTransaction) throw error;
    }
  }

  /**
   * Runs what was asked for. Guarded, each work has a savepoint of its own, and this throws only
   * when the whole transaction is gone; savepoints cost a fifth of an intake, so they come second.
   */
  #runAsked(taken: AskedWrite[], isGuarded: boolean): (() => void)[] {
    const deliveries: (() => void)[] = [];
    const endAt = performance.now() + TRANSACTION_MS;
    const asked = this.#asked;
    while (taken.length < asked.length && (taken.length === 0 || performance.now() < endAt)) {
      const write = asked[taken.length];
      if (write === undefined) break;
      taken.push(write);
      deliveries.push(isGuarded ? this.#runGuarded(write) : write.run());
    }
    return deliveries;
  }

  #runGuarded(write: AskedWrite): () => void {
    this.#statement('SAVEPOINT work').run();
    try {
      const deliver = write.run();
      this.#statement('RELEASE work').run();
      return deliver;
    } catch (error) {
      // A full disk or a failing one ends the whole transaction by itself.
      if (!this.#db.isTransaction) throw error;
      this.#statement('ROLLBACK TO work').run();
      this.#statement('RELEASE work').run();
      return () => {
        write.reject(asStoreError(error));
      };
    }
  }

  #rejectAsked(cause: unknown, isChosen: (write: AskedWrite) => boolean): void {
    const rejected = this.#asked.filter((write) => isChosen(write));
    this.#asked = this.#asked.filter((write) => !rejected.includes(write));
    for (const { reject } of rejected) reject(storeUnavailable(cause));
  }

  /** Even a read can meet a lock: while another process recovers the log, or closes last. */
  async #retry<T>(work: () => T): Promise<T> {
    const giveUpAt = this.#elapsedMs() + WITHIN_MS;
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || this.#elapsedMs() >= giveUpAt) throw asStoreError(error);
      }
      await this.#pause();
    }
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function asSql(parameters: readonly Parameter[]): SQLInputValue[] {
  return parameters.map((parameter) => parameter ?? null);
}

function closedError(): StoreUnavailableError {
  return new StoreUnavailableError('the database is closed');
}

/** Lets every write that this turn of the event loop brings join the transaction. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Without jitter, processes that met once would meet again. */
function briefPause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1 + Math.random()));
}
