import { type MessageKind } from '../../../domain/incoming-message.ts';

/** As what a message is stored. */
export interface StoredAs {
  readonly author: 'customer' | 'person';
  /** `held`: whose it is shows when a send under way has ended. */
  readonly state: 'pending' | 'held' | 'ignored' | 'done';
  readonly reason?: string;
}

/** A message that looks like a person's, and may be an echo. */
export interface HeldRow {
  readonly id: number;
  readonly message_key: string | null;
  readonly kind: MessageKind;
  readonly text: string;
  readonly received_at: number;
  /** {@link RESUMED}, or nothing. */
  readonly reason: string | null;
}

/** The agent was let on again after this message, so that it begins no pause. */
export const RESUMED = 'resumed';
