import { type EndedTurn } from '../../../application/ports/outbound/conversation-store.ts';
import { type TurnOutcome } from '../../../application/ports/outbound/inbox.ts';
import { type ContactId, type Jid } from '../../../domain/contact.ts';
import { shownNumber } from './contact-row.ts';

/** The columns of a turn that tell how its answer came about, beside those of its contact. */
export const TURN_COLUMNS = `turn.id, turn.contact_id, contact.phone_jid, contact.lid_jid, turn.ended_at,
  turn.outcome, turn.model, turn.tokens_in, turn.tokens_cached, turn.tokens_out, turn.cost, turn.model_ms,
  turn.knowledge_version, turn.passages, turn.facts, turn.verdict, turn.error`;

/** A turn as its row says. */
export interface TurnRow {
  readonly id: number;
  readonly contact_id: ContactId;
  readonly phone_jid: Jid | null;
  readonly lid_jid: Jid | null;
  readonly ended_at: number;
  readonly outcome: TurnOutcome;
  readonly model: string | null;
  readonly tokens_in: number | null;
  readonly tokens_cached: number | null;
  readonly tokens_out: number | null;
  readonly cost: number | null;
  readonly model_ms: number | null;
  readonly knowledge_version: string | null;
  readonly passages: string | null;
  readonly facts: string | null;
  readonly verdict: string | null;
  readonly error: string | null;
}

export function asEndedTurn(row: TurnRow): EndedTurn {
  const given: Readonly<Record<string, unknown>> = {
    model: row.model,
    tokensIn: row.tokens_in,
    tokensCached: row.tokens_cached,
    tokensOut: row.tokens_out,
    cost: row.cost,
    modelMs: row.model_ms,
    knowledgeVersion: row.knowledge_version,
    passages: parsed(row.passages),
    facts: parsed(row.facts),
    verdict: row.verdict,
    error: row.error,
  };
  const record = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  return {
    turnId: row.id,
    contactId: row.contact_id,
    number: shownNumber(row),
    endedAt: row.ended_at,
    outcome: row.outcome,
    record: record,
  };
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
