import { type ClientConfig, Client, Pool, type PoolClient, TypeOverrides, types } from 'pg';

import { type StoreClock } from '../../../application/ports/outbound/store-clock.ts';
import { StoreUnavailableError } from '../../../application/ports/outbound/store-unavailable-error.ts';
import { correctClock } from './clock-correction.ts';
import { DatabaseClock } from './database-clock.ts';
import { ClockJumpedError, asStoreError, isRace, storeUnavailable } from './postgres-error.ts';
import { PostgresSession, type SessionTime } from './postgres-session.ts';
import { prepareConnection } from './prepare-connection.ts';

/** How long work may take from asking to commit, ms, where nothing else is said. */
const WITHIN_MS = 5_000;

/** Work that meets others at the same rows is begun anew so often at most. */
const MAX_ATTEMPTS = 8;

const CONNECTIONS = 10;
const CONNECT_WITHIN_MS = 3_000;

/** A server that does not answer at all, as behind a cut cable, is found out after so long, ms. */
const ANSWER_WITHIN_MS = 5_000;

const KEEP_ALIVE_AFTER_MS = 10_000;

/** Ids and times are far below 2^53; the driver gives 64-bit numbers as text otherwise. */
const numbersAsNumbers = new TypeOverrides();
numbersAsNumbers.setTypeParser(types.builtins.INT8, Number);

type Work<T> = (session: PostgresSession) => Promise<T>;

export interface PostgresDatabaseOptions {
  /** `postgres://account:password@host:port/database?sslmode=...` */
  readonly url: string;
  /** Given in tests; otherwise the database's own clock. */
  readonly clock?: StoreClock;
  /** Ms from any fixed instant, which the time of day does not move. */
  readonly elapsedMs?: () => number;
  /** Called after a jump of the database's clock was made good by this process, ms. */
  readonly onClockJump?: (ms: number) => void;
}

/** Some connections to one server; a lost one is replaced when the next work needs it. */
export class PostgresDatabase {
  readonly #pool: Pool;
  readonly #url: string;
  readonly #time: SessionTime;
  readonly #onClockJump: (ms: number) => void;
  readonly #running = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor({ url, clock, elapsedMs, onClockJump }: PostgresDatabaseOptions) {
    this.#url = url;
    this.#time = {
      ...(clock === undefined ? {} : { given: clock }),
      database: new DatabaseClock(),
      elapsedMs: elapsedMs ?? ((): number => performance.now()),
    };
    this.#onClockJump = onClockJump ?? ((): void => undefined);
    this.#pool = new Pool({
      ...connectionConfig(url),
      max: CONNECTIONS,
      verify: (client, done) => {
        prepareConnection(client).then(() => {
          done();
        }, done);
      },
    });
    // An error event that nobody hears ends the process. The work that runs learns it from its
    // statement, and an idle connection's end harms nobody.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => {
      client.on('error', () => undefined);
    });
  }

  /** A connection outside the pool, for one statement of any length or many short ones; the caller ends it. */
  async dedicated(statements: 'long' | 'short'): Promise<Client> {
    const { query_timeout: limit, ...config } = connectionConfig(this.#url);
    const client = new Client(statements === 'long' ? config : { ...config, query_timeout: limit });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await prepareConnection(client);
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw asStoreError(error);
    }
  }

  /** Runs reads, each of which sees the state of its own moment. */
  read<T>(work: Work<T>): Promise<T> {
    return this.#bounded(WITHIN_MS, (expiry) =>
      this.#begunAnew(expiry, (client) => work(new PostgresSession(client, this.#time))),
    );
  }

  /**
   * Runs work in a transaction of its own, anew when others were first at the same rows; it must
   * not have any other effect.
   *
   * @returns The work's result, once it is on disk.
   * @throws What the work throws, nothing of it kept; StoreUnavailableError when the database
   *   cannot be reached or did not confirm in time.
   */
  write<T>(work: Work<T>, withinMs: number = WITHIN_MS): Promise<T> {
    return this.#bounded(withinMs, (expiry) =>
      this.#begunAnew(expiry, (client) => this.#transaction(client, work)),
    );
  }

  /** Finishes what was asked for, then closes the connections. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.allSettled(this.#running);
    await this.#pool.end();
  }

  async #bounded<T>(withinMs: number, run: (expiry: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw storeUnavailable('it is closed');
    const expiry = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        expiry.abort();
        reject(storeUnavailable(`no answer within ${withinMs} ms`));
      }, withinMs);
    });
    const running = Promise.race([run(expiry.signal), tooLate]);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      clearTimeout(timer);
      this.#running.delete(running);
    }
  }

  async #begunAnew<T>(expiry: AbortSignal, run: (client: PoolClient) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#withClient(expiry, run);
      } catch (error) {
        if (!isRace(error)) throw error;
        if (attempt === MAX_ATTEMPTS || expiry.aborted) throw asStoreError(error);
        if (error instanceof ClockJumpedError) await this.#correctClock(expiry);
      }
      await briefPause(attempt);
    }
  }

  async #correctClock(expiry: AbortSignal): Promise<void> {
    const jump = await this.#withClient(expiry, (client) =>
      this.#transaction(client, (tx) => correctClock(tx, this.#time.database)),
    );
    if (jump !== 0) this.#onClockJump(jump);
  }

  /** Lends a connection; one whose state is not known for sure does not go back. */
  async #withClient<T>(expiry: AbortSignal, run: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let isReleased = false;
    const release = (isBroken: boolean): void => {
      if (isReleased) return;
      isReleased = true;
      client.release(isBroken);
    };
    const expire = (): void => {
      release(true);
    };
    expiry.addEventListener('abort', expire);
    try {
      if (expiry.aborted) throw storeUnavailable('too many ask at once');
      const result = await run(client);
      release(false);
      return result;
    } catch (error) {
      release(error instanceof StoreUnavailableError);
      throw error;
    } finally {
      expiry.removeEventListener('abort', expire);
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async #transaction<T>(client: PoolClient, work: Work<T>): Promise<T> {
    const session = new PostgresSession(client, this.#time);
    await session.run('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE');
    try {
      const result = await work(session);
      await session.run('COMMIT');
      return result;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) await session.run('ROLLBACK');
      throw error;
    }
  }
}

/** What every connection has in common. */
function connectionConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'whatsapp-agent',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types: numbersAsNumbers,
  };
}

/** Without jitter, those who met once would meet again. */
function briefPause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, attempt * (1 + 4 * Math.random())));
}
