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
  ['wal_autocheckpoint', '1000', 1_000],
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
