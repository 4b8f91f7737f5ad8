import { type ContactId } from '../../../domain/contact.ts';
import { type DeliveryState, type OutboxId, type ReplySource } from '../../../domain/delivery.ts';
import { type ContactRow } from './contact-row.ts';

/** A reply that is to be delivered. */
export interface NewReply {
  readonly contact: ContactRow;
  readonly parts: readonly string[];
  readonly source: ReplySource;
  readonly turnId?: number;
  /** Whether every fact in it was found in what the model was shown. */
  readonly approved?: true | undefined;
}

/** Names a reply and whose it is. */
export interface ReplyRow {
  readonly id: OutboxId;
  readonly contact_id: ContactId;
}

/** A reply whose attempt has ended. */
export interface AttemptedRow extends ReplyRow {
  readonly state: DeliveryState;
  readonly attempt: number;
  /** Since when it is tried: made, or retried by a person. */
  readonly tried_since: number;
  readonly started_at: number;
  readonly body: string;
  readonly body_hash: string;
  readonly how: 'response' | 'echo' | null;
  readonly wa_message_id: string | null;
}

/** The columns of an {@link AttemptedRow}. */
export const ATTEMPTED_COLUMNS = `id, contact_id, state, attempt,
  coalesce(retried_at, created_at) AS tried_since, started_at, body, body_hash, how, wa_message_id`;

/**
 * A contact's replies leave one after the other: only its first open one may be begun, and none while
 * one is under way. The later one of the two has begun where a person has retried the earlier.
 */
export const IS_NEXT = `NOT EXISTS (
  SELECT 1 FROM outbox AS other
  WHERE other.contact_id = outbox.contact_id AND other.id <> outbox.id AND other.due_at IS NOT NULL
    AND (other.id < outbox.id OR other.state <> 'pending')
)`;
