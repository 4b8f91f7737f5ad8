import { type SqliteDatabase } from './sqlite-database.ts';

/** So many messages are looked for in memory before their keys are filed: 2.4 MB, and 25 ms at a start. */
const MOST_UNFILED = 32_768;

/** Keys are filed by their first characters, one after the other: those of one are neighbours in the index. */
const SHARES = 128;

/** Whether a message with the key `?1` is stored; `?5` is what {@link MessageKeys.unfiledId} says of it. */
export const IS_KNOWN = `(EXISTS (SELECT 1 FROM filed_key WHERE key = ?1)
  OR EXISTS (SELECT 1 FROM inbox WHERE id = ?5 AND message_key = ?1))`;

/** Committed messages by their keys. */
type Share = Map<string, number>;

/**
 * By which keys messages are known. Keys have no order in time: an index that takes them as they come
 * writes a page of the log for each, half of a group commit. So the index, `filed_key`, takes them by the
 * ten thousand and in its own order; until then each process holds them in memory, and reads at the
 * beginning of a transaction what others have added.
 *
 * What is held is committed, but for the keys of the transaction that runs, which are kept apart. It may
 * have been erased since, or undone with its work, and is looked up by its id before it counts.
 */
export class MessageKeys {
  readonly #db: SqliteDatabase;
  readonly #mostUnfiled: number;
  #shares: readonly Share[] = Array.from({ length: SHARES }, () => new Map<string, number>());
  /** What the running transaction has stored. */
  readonly #running = new Map<string, number>();
  /** The transaction that {@link #running} belongs to. */
  #transaction = 0;
  /** Up to which message everything committed has been read. */
  #seenTo = 0;
  /** Up to which message all keys are filed. */
  #filedTo = 0;
  #isFiling = false;

  /** @param mostUnfiled - So many messages are held before their keys are filed. */
  constructor(db: SqliteDatabase, mostUnfiled = MOST_UNFILED) {
    this.#db = db;
    this.#mostUnfiled = mostUnfiled;
  }

  /**
   * The id of the only message that may have the key without being filed; whether it has, {@link IS_KNOWN}
   * tells. To be asked inside a transaction before anything is stored there, of messages without a key too:
   * what the transaction stores must not be taken for committed.
   */
  unfiledId(key: string | undefined): number | undefined {
    this.#enter();
    if (key === undefined) return undefined;
    return this.#running.get(key) ?? this.#shareOf(key).get(key);
  }

  /** Notes what the running transaction stores. */
  note(key: string | undefined, id: number): void {
    if (key !== undefined) this.#running.set(key, id);
  }

  /** Reads what has been committed; at a start outside any transaction, so that the first one is short. */
  catchUp(): void {
    this.#forgetFiled();
    const after = Math.max(this.#seenTo, this.#filedTo);
    const rows = this.#db.all('SELECT id, message_key FROM inbox WHERE id > ? ORDER BY id', after);
    for (const { id, message_key: key } of rows) {
      if (typeof key === 'string') this.#shareOf(key).set(key, Number(id));
    }
    this.#seenTo = Number(rows.at(-1)?.['id'] ?? after);
  }

  #enter(): void {
    const { transactions } = this.#db;
    if (this.#transaction === transactions) return;
    this.#running.clear();
    this.catchUp();
    this.#transaction = transactions;
    if (this.#isLong() && !this.#isFiling) void this.#file();
  }

  #isLong(): boolean {
    return this.#seenTo - this.#filedTo > this.#mostUnfiled;
  }

  #forgetFiled(): void {
    const filedTo = Number(this.#db.get('SELECT filed_to FROM key_filing')?.['filed_to']);
    if (filedTo === this.#filedTo) return;
    this.#filedTo = filedTo;
    this.#shares = this.#shares.map(
      (share) => new Map([...share].filter(([, id]) => id > filedTo)),
    );
  }

  /** Each step joins an ordinary transaction. After a failure the next message asks for another one. */
  async #file(): Promise<void> {
    this.#isFiling = true;
    try {
      while (await this.#db.write(() => this.#fileStep()));
    } catch {
      // Nothing is lost: what is not filed is held, and counts.
    } finally {
      this.#isFiling = false;
    }
  }

  /**
   * Files one share. How far it has come is in the database, so that several processes do it together and the
   * next one goes on where one has died.
   *
   * @returns Whether there is more to do.
   */
  #fileStep(): boolean {
    this.#enter();
    const db = this.#db;
    const { filing_to: filingTo, next_share: from } = db.get(
      'SELECT filing_to, next_share FROM key_filing',
    ) as { filing_to: number | null; next_share: number };
    if (filingTo === null) return this.#begin();
    const next = this.#shares.findIndex((share, index) => index >= from && share.size > 0);
    const share = this.#shares[next];
    if (share === undefined) {
      db.run('UPDATE key_filing SET filed_to = filing_to, filing_to = NULL, next_share = 0');
      return false;
    }
    this.#fileShare(share, filingTo);
    db.run('UPDATE key_filing SET next_share = ?', next + 1);
    return true;
  }

  #begin(): boolean {
    if (!this.#isLong()) return false;
    this.#db.run('UPDATE key_filing SET filing_to = ?', this.#seenTo);
    return true;
  }

  /** A message that was erased meanwhile leaves no key. */
  #fileShare(share: Share, filingTo: number): void {
    const ids = [...share.values()].filter((id) => id <= filingTo);
    this.#db.run(
      `INSERT OR IGNORE INTO filed_key (key)
       SELECT message_key FROM json_each(?) AS held CROSS JOIN inbox ON inbox.id = held.value
       ORDER BY message_key`,
      JSON.stringify(ids),
    );
  }

  #shareOf(key: string): Share {
    const share = this.#shares[key.charCodeAt(0) % SHARES];
    if (share === undefined) throw new Error('a key is empty');
    return share;
  }
}
