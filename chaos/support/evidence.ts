import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Miss } from './accounting.ts';
import { type Database } from './database.ts';

const TABLES = ['contact', 'inbox', 'turn', 'outbox', 'echo', 'worker', 'instance', 'history'];
const MOST_EXPLAINED = 20;

/** What each miss looks like in the database, a line each, so that it can be told why. */
export async function explained(
  database: Database,
  misses: readonly Miss[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { what, contact, subject } of misses.slice(0, MOST_EXPLAINED)) {
    const found = await database.rows(
      what === 'unexpected' ? repliesTo(contact, subject) : wayOf(subject),
    );
    lines.push(
      `${what} ${contact} ${subject}: ${found.map((row) => JSON.stringify(row)).join(' ')}`,
    );
  }
  if (misses.length > MOST_EXPLAINED) lines.push(`and ${misses.length - MOST_EXPLAINED} more`);
  return lines;
}

/** Keeps what happened on both sides of the service. */
export async function keepEvidence(
  folder: string,
  database: Database,
  seen: Readonly<Record<string, readonly unknown[]>>,
): Promise<void> {
  for (const [name, rows] of Object.entries(seen)) keep(folder, name, rows);
  for (const table of TABLES) {
    // Evidence of a database that is gone is that it is gone.
    const rows = await database.rows(`SELECT * FROM ${table}`).catch((error: unknown) => [error]);
    keep(folder, table, rows);
  }
}

function keep(folder: string, name: string, rows: readonly unknown[]): void {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(join(folder, `${name}.ndjson`), text);
}

function wayOf(mark: string): string {
  return `SELECT inbox.id AS message, inbox.state, inbox.reason, turn.id AS turn, turn.outcome, turn.error,
      turn.verdict, outbox.id AS reply, outbox.state AS reply_state, outbox.how, outbox.attempt, outbox.resends,
      outbox.last_error
    FROM inbox LEFT JOIN turn ON turn.id = inbox.turn_id LEFT JOIN outbox ON outbox.turn_id = turn.id
    WHERE inbox.text LIKE '%${mark}%'`;
}

function repliesTo(jid: string, text: string): string {
  return `SELECT outbox.id AS reply, outbox.state AS reply_state, turn.id AS turn, turn.outcome, turn.error
    FROM outbox LEFT JOIN turn ON turn.id = outbox.turn_id
    WHERE outbox.to_jid = '${jid}' AND outbox.body = '${text.replaceAll("'", "''")}'`;
}
