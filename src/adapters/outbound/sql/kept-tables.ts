import { type ErasedCounts, type KeptRows } from '../../../application/ports/outbound/retention.ts';
import { type RetentionAges } from '../../../domain/retention.ts';
import { IS_DEAD_TURN } from './dead-letter-rows.ts';

type Age = (ages: RetentionAges) => number;

/** Something that is erased from a table. */
export interface Erasure {
  readonly counts: keyof ErasedCounts;
  readonly age: Age;
  /** The statement up to its WHERE. */
  readonly change: string;
  /** The instant from which the age counts. */
  readonly since: string;
  /** Which of the old rows are meant. */
  readonly where: string;
}

/** A table from which rows are erased by age; its ids follow time. */
export interface KeptTable {
  readonly rows: KeptRows;
  readonly name: string;
  /** The instant at which a row was made. */
  readonly madeAt: string;
  /** How much a row weighs. */
  readonly bytes: string;
  /** From which age on there is something to erase. */
  readonly age: Age;
  readonly erasures: readonly Erasure[];
}

const rawBodyAge: Age = ({ rawBodyMs }) => rawBodyMs;
const echoAge: Age = ({ echoMs }) => echoMs;
const embeddingAge: Age = ({ embeddingMs }) => embeddingMs;
const textAge: Age = ({ textMs }) => textMs;
const rowAge: Age = ({ rowMs }) => rowMs;

/** Belongs to a turn that may still be answered anew. */
const IS_UNANSWERED = `EXISTS (SELECT 1 FROM turn WHERE turn.id = inbox.turn_id AND ${IS_DEAD_TURN})`;

/** A reply that has ended and that nobody will want to send again. */
const IS_SPENT = `outbox.due_at IS NULL
  AND (outbox.state IN ('sent', 'cancelled') OR outbox.dismissed_at IS NOT NULL)`;

/** A message that waits for nothing. */
const IS_DONE = `inbox.state IN ('answered', 'ignored', 'done') AND NOT ${IS_UNANSWERED}`;

const RAW_BODIES: KeptTable = {
  rows: 'rawBodies',
  name: 'raw_body',
  madeAt: 'received_at',
  bytes: 'octet_length(body)',
  age: rawBodyAge,
  erasures: [
    {
      counts: 'rawBodies',
      age: rawBodyAge,
      change: 'DELETE FROM raw_body',
      since: 'received_at',
      where: 'TRUE',
    },
  ],
};

const HISTORY: KeptTable = {
  rows: 'history',
  name: 'history',
  madeAt: 'at',
  bytes: 'octet_length(text)',
  age: textAge,
  erasures: [
    {
      counts: 'history',
      age: textAge,
      change: 'DELETE FROM history',
      since: 'at',
      where: `NOT EXISTS (SELECT 1 FROM outbox
                          WHERE history_id = history.id AND NOT (${IS_SPENT}))`,
    },
  ],
};

const ECHOES: KeptTable = {
  rows: 'echoes',
  name: 'echo',
  madeAt: 'seen_at',
  bytes: 'octet_length(text)',
  age: echoAge,
  erasures: [
    {
      counts: 'echoes',
      age: echoAge,
      change: 'DELETE FROM echo',
      since: 'seen_at',
      where: 'TRUE',
    },
  ],
};

const REPLIES: KeptTable = {
  rows: 'replies',
  name: 'outbox',
  madeAt: 'created_at',
  bytes: 'octet_length(body)',
  age: textAge,
  erasures: [
    {
      counts: 'replies',
      age: rowAge,
      change: 'DELETE FROM outbox',
      since: 'coalesce(ended_at, created_at)',
      where: `${IS_SPENT} AND NOT EXISTS (SELECT 1 FROM echo WHERE claimed_by = outbox.id)`,
    },
    {
      counts: 'texts',
      age: textAge,
      change: `UPDATE outbox SET body = '', body_hash = '', last_error = NULL`,
      since: 'created_at',
      where: `${IS_SPENT} AND (body <> '' OR body_hash <> '' OR last_error IS NOT NULL)`,
    },
  ],
};

const MESSAGES: KeptTable = {
  rows: 'messages',
  name: 'inbox',
  madeAt: 'received_at',
  bytes: 'octet_length(text)',
  age: textAge,
  erasures: [
    {
      counts: 'messages',
      age: rowAge,
      change: 'DELETE FROM inbox',
      since: 'received_at',
      where: `${IS_DONE} AND NOT EXISTS (SELECT 1 FROM history WHERE message_id = inbox.id)`,
    },
    {
      counts: 'texts',
      age: textAge,
      change: `UPDATE inbox SET text = '', text_hash = NULL, media = NULL, quoted_id = NULL`,
      since: 'received_at',
      where: `${IS_DONE} AND (text <> '' OR coalesce(text_hash, media, quoted_id) IS NOT NULL)`,
    },
  ],
};

const TURNS: KeptTable = {
  rows: 'turns',
  name: 'turn',
  madeAt: 'ended_at',
  bytes: 'coalesce(octet_length(passages), 0)',
  age: textAge,
  erasures: [
    {
      counts: 'turns',
      age: rowAge,
      change: 'DELETE FROM turn',
      since: 'ended_at',
      where: `NOT EXISTS (SELECT 1 FROM inbox WHERE turn_id = turn.id)
              AND NOT EXISTS (SELECT 1 FROM history WHERE turn_id = turn.id)
              AND NOT EXISTS (SELECT 1 FROM outbox WHERE turn_id = turn.id)`,
    },
    {
      counts: 'texts',
      age: textAge,
      change: 'UPDATE turn SET passages = NULL, facts = NULL, error = NULL',
      since: 'ended_at',
      where: `coalesce(passages, facts, error) IS NOT NULL AND NOT (${IS_DEAD_TURN})`,
    },
  ],
};

const EMBEDDINGS: KeptTable = {
  rows: 'embeddings',
  name: 'embedding',
  madeAt: 'made_at',
  bytes: 'coalesce(octet_length(vector), 0)',
  age: embeddingAge,
  erasures: [
    {
      counts: 'embeddings',
      age: embeddingAge,
      change: 'DELETE FROM embedding',
      since: 'used_at',
      where: 'TRUE',
    },
  ],
};

/** In this order nothing is erased that something else still points to. */
export const KEPT_TABLES = [
  RAW_BODIES,
  HISTORY,
  ECHOES,
  REPLIES,
  MESSAGES,
  TURNS,
  EMBEDDINGS,
] as const;

/** What is looked at after the rows of a table; after the last one, keys that have a time of their own. */
export function following({ rows }: KeptTable): KeptRows {
  const index = KEPT_TABLES.findIndex((table) => table.rows === rows);
  return KEPT_TABLES[index + 1]?.rows ?? 'dedupKeys';
}
