import { type Identity } from '../../../domain/contact.ts';
import { type EchoDelays } from '../../../domain/echo-evidence.ts';
import {
  type AttemptStanding,
  type Delivery,
  type DeliveryState,
  type OutboxId,
  type SendOutcome,
  type SettledBy,
} from '../../../domain/delivery.ts';

/** A reply's state, for whoever waits for it. */
export interface OutboxEntry {
  readonly id: OutboxId;
  readonly state: DeliveryState;
  /** Why the last attempt did not end in `sent`. */
  readonly lastError?: string;
}

/** A message that a person of the business sends through the service. */
export interface ManualMessage {
  readonly identity: Identity;
  /** In the parts in which it is sent; at least one. */
  readonly parts: readonly string[];
}

/** What there is to tell about the outbox, of all processes together. */
export interface OutboxFigures {
  /** Replies that have not ended, by their state, and those that wait for a person's decision. */
  readonly replies: Readonly<Record<'pending' | 'sending' | 'unknown' | 'held', number>>;
  /** Age of the oldest reply that has not ended, ms; absent: none is open. A held one does not count. */
  readonly oldestOpenMs?: number;
  /**
   * How sends were settled since the store was made. One that was sent again, or held, is counted
   * anew under what ended it in the end.
   */
  readonly settled: Readonly<Record<SettledBy, number>>;
  /** Copies that left although one had arrived, as far as their ids tell, since the store was made. */
  readonly duplicates: number;
  /** How late the last 50 echoes came; absent: none was seen. */
  readonly echoDelays?: EchoDelays;
  /** How long a send waits for its echo now, ms. */
  readonly echoWindowMs: number;
  /** The share, 0 to 1, of the last confirmed sends that were echoed in time; absent: too few are known. */
  readonly echoCoverage?: number;
}

/** Keeps every reply until it has left, one open reply a contact at a time, in order. */
export interface Outbox {
  /**
   * Begins at most `limit` deliveries that are due; each is durably `sending` before this returns.
   * Unconfirmed ones whose time has passed are settled first: they are to be sent again, or held and
   * their contact flagged for a person. Nothing is begun for a blocked
   * instance, but for one probe each time its pause has passed.
   */
  claimDeliveries(limit: number): Promise<readonly Delivery[]>;

  /**
   * Records how an attempt ended and what follows from it.
   *
   * @returns The state afterwards. An attempt that an echo or a later attempt has settled changes
   *   nothing, but for the id that the gateway gave it.
   */
  settle(delivery: Delivery, outcome: SendOutcome): Promise<DeliveryState>;

  /** Stores a manual message, in the contact's history too; the contact does not wait for a person any more. @returns The ids of its parts, in order. */
  enqueue(message: ManualMessage): Promise<readonly OutboxId[]>;

  find(id: OutboxId): Promise<OutboxEntry | undefined>;

  /** What the attempt is still worth: a process that stood still may have been given up. */
  standing(delivery: Delivery): Promise<AttemptStanding>;

  /**
   * Takes back replies that are `pending` and have certainly not left, and what the history says of
   * them.
   *
   * @returns Whether all of them were such.
   */
  cancel(ids: readonly OutboxId[]): Promise<boolean>;

  /** Ms until a delivery is due; 0 when one is; `undefined` when none waits. */
  nextDeliveryInMs(): Promise<number | undefined>;

  /** How many replies have not ended. */
  depth(): Promise<number>;

  figures(): Promise<OutboxFigures>;
}
