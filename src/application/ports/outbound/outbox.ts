import { type Identity } from '../../../domain/contact.ts';
import {
  type Delivery,
  type DeliveryState,
  type OutboxId,
  type SendOutcome,
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

/** Keeps every reply until it has left, one open reply a contact at a time, in order. */
export interface Outbox {
  /**
   * Begins at most `limit` deliveries that are due; each is durably `sending` before this returns.
   * Unconfirmed ones whose time has passed are settled first. Nothing is begun for a blocked
   * instance, but for one probe each time its pause has passed.
   */
  claimDeliveries(limit: number): Promise<readonly Delivery[]>;

  /**
   * Records how an attempt ended and what follows from it.
   *
   * @returns The state afterwards. An attempt that an echo or a later attempt has settled changes nothing.
   */
  settle(delivery: Delivery, outcome: SendOutcome): Promise<DeliveryState>;

  /** Stores a manual message, in the contact's history too; the contact does not wait for a person any more. @returns The ids of its parts, in order. */
  enqueue(message: ManualMessage): Promise<readonly OutboxId[]>;

  find(id: OutboxId): Promise<OutboxEntry | undefined>;

  /** Whether the attempt is still the one that counts: a process that stood still may have been given up. */
  isCurrent(delivery: Delivery): Promise<boolean>;

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
}
