import { type Jid } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';

export type ManualSendOutcome =
  | { readonly outcome: 'sent'; readonly id: OutboxId }
  /** Certainly not sent, and will not be. */
  | { readonly outcome: 'failed'; readonly id: OutboxId; readonly reason: string }
  /** May have been sent; the outbox goes on settling it. */
  | { readonly outcome: 'unknown'; readonly id: OutboxId; readonly reason: string };

/** Sends a message that a person of the business wrote, as `/send-message` does. */
export interface SendManualMessage {
  /** Waits for the gateway's answer for at most 15 s. The message enters the contact's history as a person's. */
  execute(to: Jid, text: string): Promise<ManualSendOutcome>;
}
