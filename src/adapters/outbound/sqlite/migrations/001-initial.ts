/**
 * Every table that the service is planned to need. Times are store time in ms unless they say
 * otherwise; booleans are 0 and 1, as no type is common to SQLite and Postgres.
 *
 * - `outbox.due_at` is when the next thing happens to an open reply: sending it, giving its process
 *   up, or giving its echo up; NULL once it has ended. One column, so that one index finds all work.
 * - `inbox_waiting` is in the order of ids, so that messages are added at its end: in the order of contacts
 *   each would take another page of the log, a third of an acknowledgement. Whoever looks for one contact's
 *   walks all that wait, INBOX_MAX at most: half a millisecond for 10,000.
 * - `inbox.message_key` is given once only, without an index that says so: `filed_key` has the keys of all messages
 *   up to `key_filing.filed_to`, and of some up to `filing_to`; those of later ones are held in memory
 *   (`MessageKeys`). A key goes with its message.
 * - `inbox.raw_id` is no foreign key, and what is erased by age is found by ids, which follow time and
 *   are never given twice: every index that a message need not write makes its acknowledgement cheaper.
 * - `instance.ingress_at` is the last beat of any process that serves, `ingress_gap_at` when the last
 *   gap of more than 3 s in these beats ended: before, an echo may have gone unheard.
 * - `worker` has a row for every process: its name in leases, what its pid can be checked by, and since
 *   when it has ended. `outbox.owner` is the process that began the last send.
 * - `outbox.unconfirmed_since` is the start of the first send that may have left unconfirmed, once it
 *   has been sent again; `echo_ms` is what its echo took.
 * - `send_count` has several rows a count, of which a transaction changes the one of its contact.
 * - `outbox.wa_message_id` is not unique: a gateway that hands out an id twice must not keep a
 *   reply that has left from being settled.
 */
export const initialSchema = `
CREATE TABLE worker (
  owner TEXT PRIMARY KEY,
  slot TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  place TEXT NOT NULL,
  pid INTEGER NOT NULL,
  pid_started INTEGER NOT NULL,
  beat_at INTEGER NOT NULL,
  ended_at INTEGER,
  UNIQUE (slot, incarnation)
) STRICT;

CREATE TABLE instance (
  id TEXT PRIMARY KEY,
  own_jid TEXT,
  connected INTEGER,
  changed_at INTEGER,
  paused_until INTEGER,
  pause_reason TEXT,
  ingress_at INTEGER,
  ingress_gap_at INTEGER
) STRICT;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  instance TEXT NOT NULL REFERENCES instance (id),
  name TEXT,
  phone_jid TEXT,
  lid_jid TEXT,
  merged_into INTEGER REFERENCES contact (id),
  created_at INTEGER NOT NULL,
  first_pending_at INTEGER,
  ready_at INTEGER,
  lease_owner TEXT,
  lease_since INTEGER,
  lease_until INTEGER,
  fence INTEGER NOT NULL DEFAULT 0,
  redo INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  deaths INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER,
  recent_texts TEXT,
  paused_until INTEGER,
  paused_by TEXT,
  person_since INTEGER,
  person_reason TEXT
) STRICT;
CREATE INDEX contact_ready ON contact (ready_at, lease_until) WHERE ready_at IS NOT NULL;
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX contact_person ON contact (person_since) WHERE person_since IS NOT NULL;

CREATE TABLE contact_alias (
  instance TEXT NOT NULL REFERENCES instance (id),
  alias TEXT NOT NULL,
  kind TEXT NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (instance, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_alias_contact ON contact_alias (contact_id);

CREATE TABLE raw_body (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  body BLOB NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;

CREATE TABLE turn (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  fence INTEGER NOT NULL,
  redo INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  model TEXT,
  tokens_in INTEGER,
  tokens_cached INTEGER,
  tokens_out INTEGER,
  model_ms INTEGER,
  cost REAL,
  knowledge_version TEXT,
  passages TEXT,
  facts TEXT,
  verdict TEXT,
  unanswered INTEGER,
  error TEXT,
  retried_at INTEGER,
  dismissed_at INTEGER
) STRICT;
CREATE INDEX turn_contact ON turn (contact_id, ended_at);
CREATE INDEX turn_ended ON turn (ended_at);
CREATE INDEX turn_unanswered ON turn (ended_at) WHERE unanswered = 1;
CREATE INDEX turn_dead ON turn (contact_id)
  WHERE outcome = 'apologised' AND retried_at IS NULL AND dismissed_at IS NULL;

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  instance TEXT NOT NULL,
  message_key TEXT,
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  author TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  text_hash TEXT,
  media TEXT,
  quoted_id TEXT,
  to_jid TEXT,
  sent_at INTEGER,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  turn_id INTEGER REFERENCES turn (id),
  raw_id INTEGER
) STRICT;
CREATE INDEX inbox_waiting ON inbox (id, contact_id) WHERE state = 'pending';
CREATE INDEX inbox_held ON inbox (contact_id) WHERE state = 'held';
CREATE INDEX inbox_contact ON inbox (contact_id) WHERE state <> 'pending';
CREATE INDEX inbox_turn ON inbox (turn_id) WHERE turn_id IS NOT NULL;

CREATE TABLE filed_key (
  key TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TRIGGER inbox_erased AFTER DELETE ON inbox WHEN old.message_key IS NOT NULL
BEGIN
  DELETE FROM filed_key WHERE key = old.message_key;
END;

CREATE TABLE key_filing (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  filed_to INTEGER NOT NULL,
  filing_to INTEGER,
  next_share INTEGER NOT NULL
) STRICT;
INSERT INTO key_filing (id, filed_to, next_share) VALUES (1, 0, 0);

CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  author TEXT NOT NULL,
  source TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  message_id INTEGER REFERENCES inbox (id),
  turn_id INTEGER REFERENCES turn (id),
  approved INTEGER,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX history_contact ON history (contact_id, at, id);
CREATE INDEX history_message ON history (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX history_turn ON history (turn_id) WHERE turn_id IS NOT NULL;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  instance TEXT NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  to_jid TEXT NOT NULL,
  source TEXT NOT NULL,
  turn_id INTEGER REFERENCES turn (id),
  part_no INTEGER NOT NULL,
  history_id INTEGER REFERENCES history (id) ON DELETE SET NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  owner TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  resends INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  unconfirmed_since INTEGER,
  started_at INTEGER,
  due_at INTEGER,
  ended_at INTEGER,
  wa_message_id TEXT,
  how TEXT,
  echoed_at INTEGER,
  echo_ms INTEGER,
  last_error TEXT,
  retried_at INTEGER,
  dismissed_at INTEGER,
  UNIQUE (turn_id, part_no)
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_open ON outbox (contact_id, id) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_contact ON outbox (contact_id, id);
CREATE INDEX outbox_gateway_id ON outbox (instance, wa_message_id) WHERE wa_message_id IS NOT NULL;
CREATE INDEX outbox_history ON outbox (history_id) WHERE history_id IS NOT NULL;
CREATE INDEX outbox_confirmed ON outbox (instance, ended_at, id) WHERE how = 'response';
CREATE INDEX outbox_echoed ON outbox (instance, echoed_at, id) WHERE echo_ms IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (contact_id) WHERE state IN ('failed', 'held') AND dismissed_at IS NULL;

CREATE TABLE send_count (
  instance TEXT NOT NULL,
  what TEXT NOT NULL,
  shard INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (instance, what, shard)
) STRICT;

CREATE TABLE echo (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  instance TEXT NOT NULL,
  wa_message_id TEXT NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  claimed_by INTEGER REFERENCES outbox (id),
  settled_as TEXT NOT NULL,
  UNIQUE (instance, wa_message_id)
) STRICT;
CREATE INDEX echo_contact ON echo (contact_id);
CREATE INDEX echo_claimed ON echo (claimed_by) WHERE claimed_by IS NOT NULL;

CREATE TABLE dedup (
  key TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX dedup_expires ON dedup (expires_at);

CREATE TABLE metric_snapshot (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  figures TEXT NOT NULL,
  written_at INTEGER NOT NULL
) STRICT;

CREATE TABLE embedding (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  model TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  vector BLOB,
  claimed_until INTEGER,
  made_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  UNIQUE (model, text_hash)
) STRICT;

CREATE TABLE knowledge_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL,
  version TEXT,
  requested_at INTEGER
) STRICT;
INSERT INTO knowledge_state (id, generation) VALUES (1, 0);
`;
