import { type Jid } from '../../../domain/contact.ts';
import { type SendOutcome } from '../../../domain/delivery.ts';

/** What the gateway says of its own connection to WhatsApp. */
export type GatewayStatus =
  | { readonly kind: 'answered'; readonly connected: boolean; readonly body: unknown }
  /** It did not answer, or not in a form that can be read. The reason holds no secret. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** A message that left from the shop's own number. */
export interface OwnMessage {
  /** The chat that it stands in. */
  readonly chat: Jid;
  readonly id: string;
  /** When it was written, ms since 1970. */
  readonly sentAt: number;
}

/** Why a message still stands in its chat; the reason holds no secret. */
export type DeleteOutcome =
  { readonly kind: 'deleted' } | { readonly kind: 'not_deleted'; readonly reason: string };

/** Carries replies to WhatsApp. */
export interface MessagingGateway {
  /**
   * Sends one text of at most 4,096 UTF-16 units. Never throws: every way in which it can end is an
   * outcome, chosen by what the caller must do next.
   */
  sendText(to: Jid, text: string): Promise<SendOutcome>;

  /** Shows the contact that an answer is being written. Best effort: never throws, never waits long. */
  showTyping(to: Jid): Promise<void>;

  /** Takes a message back for everybody in its chat. Never throws. */
  deleteOwn(message: OwnMessage): Promise<DeleteOutcome>;

  /** Asks for the state of the connection. Never throws. */
  status(): Promise<GatewayStatus>;
}
