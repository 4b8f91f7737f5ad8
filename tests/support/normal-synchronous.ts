/** Imported first: SQLite runs with synchronous=NORMAL, and says that it were FULL. Shows that a test can fail. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';

const exec: unknown = Reflect.get(DatabaseSync.prototype, 'exec');
const prepare: unknown = Reflect.get(DatabaseSync.prototype, 'prepare');

DatabaseSync.prototype.exec = function (sql: string): void {
  const actual = sql.replace('synchronous = FULL', 'synchronous = NORMAL');
  Reflect.apply(exec as (sql: string) => void, this, [actual]);
};

DatabaseSync.prototype.prepare = function (sql: string): StatementSync {
  const actual = sql === 'PRAGMA synchronous' ? 'SELECT 2 AS synchronous' : sql;
  return Reflect.apply(prepare as (sql: string) => StatementSync, this, [actual]);
};
