import { type DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/**
 * Every connection's settings, and what SQLite must answer when asked for them. NORMAL would lose
 * acknowledged messages in a power cut; a busy handler would block the event loop.
 */
const SETTINGS: readonly (readonly [name: string, value: string, answer: SQLOutputValue])[] = [
  ['busy_timeout', '0', 0],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  // 48 MB: a checkpoint writes a page once however often it is in the log, so rarer ones write less.
  ['wal_autocheckpoint', '12000', 12_000],
  // A savepoint's journal would otherwise spill into a temporary file: a third of an intake.
  ['temp_store', 'MEMORY', 2],
  // KiB, taken as needed. More costs more: whenever two pages of an index change places, SQLite walks
  // the table of all that it holds at the commit; what it does not hold the system does.
  ['cache_size', '-8000', -8000],
  ['journal_size_limit', '67108864', 67_108_864],
];

/**
 * Leaves the connection durable, and never waiting inside SQLite.
 *
 * @throws Error when SQLite does not keep to a setting, as where the file cannot have a write-ahead log.
 */
export function applySettings(db: DatabaseSync): void {
  for (const [name, value, expected] of SETTINGS) {
    db.exec(`PRAGMA ${name} = ${value}`);
    const answer = Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    if (answer === expected) continue;
    throw new Error(`SQLite answers ${name} = ${String(answer)} where ${value} was set`);
  }
}
