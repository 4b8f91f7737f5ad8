import { DatabaseSync } from 'node:sqlite';
import { rowsOf } from '../../tests/support/postgres-server.ts';

type Row = Readonly<Record<string, unknown>>;

/** The database of a service that runs, looked at from outside; SQL that both kinds read alike. */
export class Database {
  /** @param url - As in DATABASE_URL. */
  constructor(readonly url: string) {}

  async rows(sql: string): Promise<readonly Row[]> {
    return this.url.startsWith('file:') ? this.#sqliteRows(sql) : rowsOf(this.url, sql);
  }

  async number(sql: string): Promise<number> {
    const [row] = await this.rows(sql);
    return Number(Object.values(row ?? {})[0]);
  }

  /** `ok` where nothing is broken; PostgreSQL checks itself. */
  async integrity(): Promise<string> {
    if (!this.url.startsWith('file:')) return 'ok';
    const [row] = await this.rows('PRAGMA integrity_check');
    return String(row?.['integrity_check']);
  }

  #sqliteRows(sql: string): readonly Row[] {
    const db = new DatabaseSync(this.url.slice('file:'.length), { readOnly: true, timeout: 5_000 });
    try {
      return db.prepare(sql).all();
    } finally {
      db.close();
    }
  }
}
